"""Titles that stand among the chapters of a document whose own contents list names these: forms and samples that a tender
holds (投标函, 授权委托书), no documents of the bundle's."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core.tree import ContentsEntry
from juanzong.language.alike import skeleton
from juanzong.language.numbering import heading_of
from juanzong.stages.documents.title_worth import Title
from juanzong.stages.pieces.items import Item

_FORMS = ("编", "章")
_LEAST, _NEARLY_ALL = 3, 0.7  # chapters that show it; of those listed, that stand in the text


def without_inner(
    titles: Sequence[Title], items: Sequence[Item], gaps: Sequence[int], lists: Sequence[Sequence[ContentsEntry]]
) -> list[Title]:
    """The titles but for those between the first and the last chapter that one of the lists names. `gaps`: the item that
    follows each list."""
    spans = [_chapters(items, gap, entries) for gap, entries in zip(gaps, lists, strict=True)]
    return [t for t in titles if not any(span is not None and span[0] < t.start < span[1] for span in spans)]


def _chapters(items: Sequence[Item], gap: int, entries: Sequence[ContentsEntry]) -> tuple[int, int] | None:
    """Where the first and the last of a list's chapters stand in the text behind it, in their order; None where few do."""
    listed = [skeleton(e.number.text + e.title.text) for e in entries if _is_chapter(e)]
    if len(listed) < _LEAST:
        return None
    at: dict[str, int] = {}
    for k in range(gap, len(items)):
        if items[k].is_text and (head := heading_of(items[k].s)) is not None and head.form in _FORMS:
            at.setdefault(skeleton(items[k].s), k)
    found: list[int] = []
    for said in listed:
        k = at.get(said, -1)
        if k > (found[-1] if found else -1):
            found.append(k)
    return (found[0], found[-1]) if len(found) >= max(_LEAST, _NEARLY_ALL * len(listed)) else None


def _is_chapter(entry: ContentsEntry) -> bool:
    head = heading_of(f"{entry.number.text} {entry.title.text}")
    return head is not None and head.form in _FORMS
