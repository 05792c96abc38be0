"""Lead phrases, found again in what the source and the edits before that step say."""

from __future__ import annotations

from collections.abc import Iterator

from juanzong.core import tree
from juanzong.core.traced import Traced
from juanzong.model import Edit
from juanzong.output.faults import Wrong
from juanzong.output.folder import Json, Output
from juanzong.output.rendering import APPLIED, Edits, render, traced
from juanzong.stages.structure.leads import mark_leads

_MARKED_BY = "structure"  # the pass that looks for them


def wrong_leads(output: Output, text: str, edits: list[Edit]) -> Iterator[Wrong]:
    """(file, place, message) for each paragraph whose `lead` is not the phrase that its marks or its neighbours tell."""
    if any(f["check"] == "pass-failed" for f in output.findings):
        return  # what came out flat has none
    from juanzong.run import PASSES

    names = [p.name for p in PASSES]
    done = {*names[: names.index(_MARKED_BY) + 1]}
    later = [e for e in edits if e.stage not in done]
    before = Edits(_as_it_was(e) for e in edits if e.stage in done)
    stars = dict(e.source for e in later if e.status in APPLIED and e.kind == "drop" and set(e.before.strip()) == {"*"})
    now = Edits(edits)
    undone = [e for e in edits if e.status == "rejected" and e.kind in ("join", "drop", "merge")]
    for key, document in output.documents.items():
        found = _Paragraphs(document, output.sources, text, before, stars, undone)
        mark_leads(found.body)
        for pointer, block, paragraph in found.all:
            ranges = output.sources.get((key, f"{pointer}/text"), [])
            lead = (
                tree.Paragraph(traced(render(text, [(a, b) for a, b in ranges], now)), paragraph.lead).lead_text()
                if paragraph.lead
                else None
            )
            if block.get("lead") != lead:
                yield f"documents/{key}.json", f"{pointer}/lead", f"says {block.get('lead')!r}, the source {lead!r}"


class _Paragraphs:
    """A document's body as it was when leads were looked for: bold marks still in it, what a reviewer parted whole, and
    without what he brought back."""

    def __init__(
        self,
        document: Json,
        sources: dict[tuple[str, str], list[list[int]]],
        text: str,
        edits: Edits,
        stars: dict[int, int],
        undone: list[Edit],
    ) -> None:
        self._key, self._sources, self._text, self._edits = document["id"], sources, text, edits
        self._end_of, self._begin_of = stars, {b: a for a, b in stars.items()}
        self._parted = {e.source for e in undone if e.kind == "join"}
        self._back = {_bare(text, *e.source) for e in undone if e.kind != "join"}
        self.all: list[tuple[str, Json, tree.Paragraph]] = []
        self.body = self._blocks(document["body"], "/body")

    def _blocks(self, blocks: list[Json], pointer: str) -> list[tree.Block]:
        out: list[tree.Block] = []
        whole: list[list[int]] = []  # the ranges of the paragraph before, with what was joined to it
        for i, block in enumerate(blocks):
            at = f"{pointer}/{i}"
            if block["kind"] == "paragraph":
                ranges = self._sources.get((self._key, f"{at}/text"), [])
                paragraph = tree.Paragraph(self._text_of(ranges))
                if whole and ranges and (whole[-1][1], ranges[0][0]) in self._parted:
                    whole = whole + ranges
                    out[-1].text = self._text_of(whole)  # type: ignore[union-attr]
                elif not ranges or (ranges[0][0], ranges[-1][1]) not in self._back:
                    whole = ranges
                    out.append(paragraph)
                self.all.append((at, block, paragraph))
                continue
            whole = []
            if block["kind"] == "section":
                out.append(tree.Section(1, children=self._blocks(block["children"], f"{at}/children")))
            elif block["kind"] == "box":
                out.append(tree.Box(children=self._blocks(block["children"], f"{at}/children")))
            else:
                out.append(tree.Figure())
        return out

    def _text_of(self, places: list[list[int]]) -> Traced:
        ranges: list[tuple[int, int]] = []
        for a, b in places:
            while ranges and self._end_of.get(ranges[-1][1], a + 1) <= a:
                ranges[-1] = (ranges[-1][0], self._end_of[ranges[-1][1]])
            floor = ranges[-1][1] if ranges else 0
            while a in self._begin_of and self._begin_of[a] >= floor:
                a = self._begin_of[a]
            if ranges and ranges[-1][1] == a:
                a = ranges.pop()[0]
            ranges.append((a, b))
        while ranges and ranges[-1][1] in self._end_of:
            ranges[-1] = (ranges[-1][0], self._end_of[ranges[-1][1]])
        return traced(render(self._text, ranges, self._edits))


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A range without the blanks at its ends."""
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())


def _as_it_was(edit: Edit) -> Edit:
    """An edit before a reviewer undid it."""
    return edit.model_copy(update={"status": "applied"}) if edit.status == "rejected" and edit.kind != "join" else edit
