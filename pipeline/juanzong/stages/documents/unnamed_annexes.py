"""An annex whose title the print lost (it is drawn, or in a font that no tool reads): its mark (附件2) opens a page, and
text that begins anew stands right below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from juanzong.language import elements as el
from juanzong.language.numbering import heading_of
from juanzong.stages.documents.mastheads import has_body
from juanzong.stages.documents.title_numbering import numbering_goes_on
from juanzong.stages.documents.title_worth import Title
from juanzong.stages.pieces.items import Item, next_shown

_PROSE = 20  # characters of a paragraph's first piece
_LEAST = 3  # items of an annex


def with_unnamed_annexes(titles: Sequence[Title], items: Sequence[Item]) -> list[Title]:
    """The titles, and one without lines and words for each such annex: Title(k, k, ""), where its text begins."""
    taken = {k for t in titles for k in range(t.start, t.end)}
    found = [Title(k, k, "", ["annex mark"]) for k in _begun(items) if k not in taken]
    return sorted([*titles, *found], key=lambda t: (t.start, t.end))


def _begun(items: Sequence[Item]) -> Iterator[int]:
    """Where text begins below an annex's mark."""
    for k, item in enumerate(items):
        if not (item.is_text and item.begins_page and el.ANNEX_MARK.match(item.s) and any(c.isdigit() for c in item.s)):
            continue
        below = next_shown(items, k + 1)
        if below is None or not _begins_text(items[below]) or numbering_goes_on(items, k - 1, below):
            continue
        if has_body(items[below : below + _LEAST]):
            yield below


def _begins_text(item: Item) -> bool:
    """Whether an item is the first of a text: a paragraph, or the first number of a numbering."""
    head = heading_of(item.s) if item.is_text else None
    if head is not None:
        return head.ordinal == 1
    return item.is_text and len(item.s) >= _PROSE and "，" in item.s and not el.ATTACHMENT_LIST.match(item.s)
