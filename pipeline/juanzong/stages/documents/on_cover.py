"""The bundle's cover, all that its first page holds; a document's own: its title, who made it and when, in short lines, and the
contents list behind them."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.language.numbering import DECIMAL, heading_of
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item

_LINES, _LONGEST = 7, 60  # of a cover under its title, at most; characters of one
_FEWEST = 2  # lines of a bundle's cover
_DECIMAL = re.compile(DECIMAL)


def is_cover(items: Sequence[Item], end: int) -> bool:
    """Whether items[:end], all that stand before a page, are a cover's short lines: no sentence, no heading but one with
    the number of what the bundle is evidence for."""
    return _FEWEST <= end <= _LINES and all(
        x.kind == "text"
        and len(x.s) <= _LONGEST
        and (x.s.isupper() or not ends_sentence(x.s))
        and (heading_of(x.s) is None or _DECIMAL.match(x.s))
        for x in items[:end]
    )


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
