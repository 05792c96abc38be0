"""Which pieces in boxes are the rest of an item that a page cut at a full stop."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from juanzong.language.numbering import BOX, Heading, heading_of
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.notes import note_head


def box_rests(items: Sequence[Item]) -> list[tuple[int, int]]:
    """Such pieces, each with the one before it, by their indices: without a number at the head of a page, between two items
    of a box that count on, where no other item of the box has a second paragraph."""
    out: list[tuple[int, int]] = []
    titles = [k for k, x in enumerate(items) if x.is_text and BOX.match(_bare(x)) and not ends_sentence(x.s)]
    for begin, end in pairwise([*titles, len(items)]):
        out += _rests(items, range(begin + 1, end))
    return out


def _rests(items: Sequence[Item], places: range) -> list[tuple[int, int]]:
    """The rests among the items of one box, which ends where its count does: behind that nobody looks."""
    found: list[tuple[int, int]] = []
    open_: list[tuple[int, int]] = []  # without a number, behind the last one
    last: Heading | None = None
    at = -1
    paged = False
    for k in places:
        paged = paged or items[k].begins_page
        if not items[k].is_text:
            break
        head = heading_of(_bare(items[k]))
        if head is None:
            if note_head(items[k].s) is not None:
                paged = True
                continue
            if last is None or not paged or open_:  # a second paragraph of an item, or the box has ended
                break
            open_.append((at, k))
        elif (last is None and head.ordinal == 1) or (
            last is not None and (head.form, head.ordinal) == (last.form, last.ordinal + 1)
        ):
            found, open_, last = [*found, *open_], [], head
        else:
            break
        paged, at = False, k
    return found


def _bare(item: Item) -> str:
    return item.s.replace("**", "").strip()
