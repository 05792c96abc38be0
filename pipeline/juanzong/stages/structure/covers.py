"""A bundle's cover: which of its lines are its title."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.language import elements as el
from juanzong.stages.pieces.items import Item


def cover_title_lines(cover: Sequence[Item]) -> tuple[int, int]:
    """The lines that print the cover's title: the chosen one, and short ones right after it."""
    best = cover_title(cover)
    end = best + 1
    while (
        best >= 0
        and end < len(cover)
        and cover[end].blanks == 0
        and not cover[end].s.isascii()
        and not (el.is_date(cover[end].s) or el.is_doc_number(cover[end].s))
        and len(cover[end].s) <= len(cover[best].s)
        and not el.is_organ(cover[end].s)
        and not el.PART_TITLED.match(cover[end].s)
    ):
        end += 1
    return best, end


def _may_name(text: str) -> bool:
    """Whether a cover's line may be its title: no date, organ, sentence, Latin letters alone, or part that it lists."""
    part = el.PART_TITLED.match(text) is not None
    return not (part or text.isascii() or el.is_date(text) or el.is_organ(text) or text.endswith("。"))


def cover_title(lines: Sequence[Item]) -> int:
    """Index of the most specific title on a bundle's cover: the one numbered deepest, else the last that could be one.

    >>> cover_title([])
    -1
    """

    def depth(item: Item) -> int:
        m = re.match(r"\s*\d+(?:[.．]\d+)+", item.s)
        return m[0].count(".") + m[0].count("．") if m else 0

    best = max(range(len(lines)), key=lambda k: (depth(lines[k]), k), default=-1)
    if best >= 0 and depth(lines[best]) == 0:
        best = max(
            (k for k, x in enumerate(lines) if _may_name(x.s)),
            key=lambda k: (lines[k].level > 0, len(lines[k].s)),
            default=best,
        )
    return best
