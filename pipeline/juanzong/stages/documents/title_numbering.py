"""The numbering behind a line, and before it: whether one begins there, as under titles, or goes on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from juanzong.language import elements as el
from juanzong.language.numbering import UNNUMBERED, Heading, heading_of
from juanzong.language.other_numbers import opens_other
from juanzong.language.text import ends_sentence
from juanzong.stages.documents.decimal_heads import FIRST_FIGURE, begins_decimals, opens_count
from juanzong.stages.pieces.items import Item

_FIRST_FORMS = ("编", "章", "条", "一、")
_COUNTED = ("编", "章", "节", "条", "一、", "（一）")  # numberings that end with their document
_NEAR, _FAR = 40, 120  # items behind a title, and before it, among which its numbering is looked for
_OPENING = 3  # items behind a title, in which its numbering begins


def begins_numbering(items: Sequence[Item], k: int, *, first: bool) -> bool:
    """Whether a numbering begins in item k or right behind it. `first`: the title above it is the bundle's first."""
    near = _before_next(items, k)
    return (
        any(_begins_numbering(item, first) for item in near)
        or begins_decimals(items, k)
        or _begins_sections(items, k)
        or (first and opens_count(items, k))
    )


def numbering_goes_on(items: Sequence[Item], before: int, end: int) -> bool:
    """Whether the first number behind a line counts on in the numbering before it: nothing begins there."""
    texts = takewhile(lambda s: not el.is_date(s), (x.s for x in items[end : end + _NEAR] if _says(x)))
    behind = map(_number, texts)
    head = next((h for h in behind if h is not None and h.form in _COUNTED), None)
    if head is None or head.ordinal == 1:
        return False
    above = (_number(x.s) for x in reversed(items[max(0, before + 1 - _FAR) : before + 1]) if _says(x))
    last = next((h for h in above if h is not None and h.rank <= head.rank), None)
    return last is not None and last.form == head.form and last.ordinal == head.ordinal - 1


def _begins_sections(items: Sequence[Item], k: int) -> bool:
    """Whether item k is a first section where no chapter stands above that it could be a part of."""
    head = _number(items[k].s) if _says(items[k]) else None
    if head is None or head.form != "节" or head.ordinal != 1:
        return False
    above = (_number(x.s) for x in items[max(0, k - _FAR) : k] if _says(x))
    return not any(h is not None and h.form in ("编", "章") for h in above)


def _before_next(items: Sequence[Item], k: int) -> Sequence[Item]:
    """The items right behind a title, from item k on, in which a numbering of its own begins: but for those behind a
    sentence that a title follows, which number what that one names."""
    ends = (j for j in range(k + 1, k + _OPENING) if j < len(items) and _closed_by(items[j - 1], items[j]))
    return items[k : next(ends, k + _OPENING)]


def _closed_by(item: Item, after: Item) -> bool:
    titled = not (ends_sentence(after.s) or _number(after.s)) and (el.noun_of(after.s) or ("", ""))[1] == "strong"
    return ends_sentence(item.s) and titled


def _begins_numbering(item: Item, first: bool) -> bool:
    """Whether an item is the first of a numbering: of chapters or articles, under the bundle's first title of any form."""
    if item.kind != "text":
        return False
    head = _number(item.s)
    if first and (
        FIRST_FIGURE.match(item.s)
        or opens_other(item.s)
        or (head is not None and head.ordinal == 1 and not ends_sentence(item.s))
    ):
        return True
    return bool(head and head.ordinal == 1 and head.form in _FIRST_FORMS) or bool(UNNUMBERED.match(item.s.strip("*")))


def _number(text: str) -> Heading | None:
    """The number that a line begins with, in emphasis or not."""
    return heading_of(text.lstrip("*_"))


def _says(item: Item) -> bool:
    return item.kind == "text" and not item.rule
