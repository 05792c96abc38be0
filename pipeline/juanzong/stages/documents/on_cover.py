"""A document's own cover: its title, who made it and when, in short lines, and the contents list behind them."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item

_LINES, _LONGEST = 7, 60  # of a cover under its title, at most; characters of one


def stands_on_cover(items: Sequence[Item], end: int, contents_after: Sequence[bool]) -> bool:
    """Whether nothing but a cover's short lines stands between a title and the contents list."""
    said = 0  # sentences: a note on the edition
    for k in range(end, min(end + _LINES, len(items))):
        if items[k].s.isascii() and k == end:
            continue  # the title in English
        said += ends_sentence(items[k].s)
        short = items[k].kind == "text" and len(" ".join(items[k].s.split())) <= _LONGEST
        if not short or said > 1 or heading_of(items[k].s):
            return False
        if contents_after[k]:
            return True
    return False
