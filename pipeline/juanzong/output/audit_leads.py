"""Lead phrases, found again in what the source and the edits before that step say."""

from __future__ import annotations

from collections.abc import Iterator

import regex as re

from juanzong.core import tree
from juanzong.core.traced import Traced
from juanzong.model import Edit
from juanzong.output.faults import Wrong
from juanzong.output.folder import Json, Output
from juanzong.output.rendering import APPLIED, Edits, render, traced
from juanzong.stages.structure.leads import mark_leads

_MARK = "bold-mark"  # the rule that drops stars, and the tags that were made stars
_TAG = re.compile(r"</?(?:(?P<bold>b|strong)\b|\w)[^<>]*>", re.IGNORECASE)
_BLANKS = (" ", "\t", "\u3000", "\xa0")
_MARKED_BY = "structure"  # the pass that looks for them


def wrong_leads(output: Output, text: str, edits: list[Edit]) -> Iterator[Wrong]:
    """(file, place, message) for each paragraph whose `lead` is not the phrase that its marks or its neighbours tell."""
    if any(f["check"] == "pass-failed" for f in output.findings):
        return  # what came out flat has none
    from juanzong.run import PASSES

    names = [p.name for p in PASSES]
    done = {*names[: names.index(_MARKED_BY) + 1]}
    later = [e for e in edits if e.stage not in done]
    marks = [e for e in later if e.status in APPLIED and e.kind == "drop" and set(_stars(e).strip()) == {"*"}]
    stars = dict(e.source for e in marks)
    tags = [e.model_copy(update={"kind": "replace", "after": _stars(e)}) for e in marks if "<" in e.before]
    before = Edits([*(_as_it_was(e) for e in edits if e.stage in done), *tags])
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
            while ranges and 0 <= (end := self._mark_behind(ranges[-1][1])) <= a:
                ranges[-1] = (ranges[-1][0], end)
            floor = ranges[-1][1] if ranges else 0
            while (begin := self._mark_before(a)) >= floor:
                a = begin
            if ranges and ranges[-1][1] == a:
                a = ranges.pop()[0]
            ranges.append((a, b))
        while ranges and (end := self._mark_behind(ranges[-1][1])) >= 0:
            ranges[-1] = (ranges[-1][0], end)
        return traced(render(self._text, ranges, self._edits))

    def _mark_behind(self, at: int) -> int:
        """Where a dropped mark ends that stands behind a place, or behind blanks there (**目标 **); -1 where none does."""
        while at not in self._end_of and self._text[at : at + 1] in _BLANKS:
            at += 1
        return self._end_of.get(at, -1)

    def _mark_before(self, at: int) -> int:
        """Where one begins that stands before it; -1 where none does."""
        while at not in self._begin_of and self._text[at - 1 : at] in _BLANKS:
            at -= 1
        return self._begin_of.get(at, -1)


def _stars(edit: Edit) -> str:
    """What a dropped bold mark was when leads were looked for: of a tag, the stars that an earlier pass made of it."""
    return _TAG.sub(lambda m: "**" if m["bold"] else "", edit.before) if edit.rule == _MARK else edit.before


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A range without the blanks at its ends."""
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())


def _as_it_was(edit: Edit) -> Edit:
    """An edit before a reviewer undid it."""
    return edit.model_copy(update={"status": "applied"}) if edit.status == "rejected" and edit.kind != "join" else edit
