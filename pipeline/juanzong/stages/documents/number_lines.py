"""Items -> items: a heading's number that stands in a line of its own (3.1, and below it the term that a standard
defines) goes with the line below it."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.decimals import follows

_BARE = re.compile(r"[\s*]*(?P<number>\d{1,2}(?:[.．]\d{1,2}){1,3})[.．]?[\s*]*$")
_HEADED = re.compile(r"\s*(?P<number>\d{1,2}(?:[.．]\d{1,2}){0,3})[.．]?[\s　]*(?=\p{Han})")
_TITLE = re.compile(
    r"[\s*]*(?:[A-Za-zα-ω]{1,6}[\s-]?)?\p{Han}[^。；：，]{0,30}(?:[\s,][\x20-\x7e]{0,80})?$"
)  # its English may follow


def join_number_lines(items: Sequence[Item], ledger: Ledger) -> list[Item]:
    """The items; a number alone in its line that comes next after those of the headings before it is joined with the
    short line below it."""
    out: list[Item] = []
    last: tuple[int, ...] = ()
    waiting = False
    for k, item in enumerate(items):
        if waiting:
            waiting = False
            out[-1].take_rest(item, "wrapped-heading", ledger)
            continue
        alone = _BARE.match(item.s) if item.is_text else None
        head = alone or (_HEADED.match(item.s) if item.is_text else None)
        if head is not None:
            number = tuple(int(n) for n in re.split("[.．]", head["number"]))
            if alone is None or (last and follows(last, number) and k + 1 < len(items) and _is_title(items[k + 1])):
                last, waiting = number, alone is not None
        out.append(item)
    return out


def _is_title(item: Item) -> bool:
    return item.is_text and not ends_sentence(item.s) and heading_of(item.s) is None and bool(_TITLE.match(item.s))
