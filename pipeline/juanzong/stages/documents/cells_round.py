"""Lines that may be titles -> whether they are cells of a table that was printed one cell a line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

import regex as re

from juanzong.stages.pieces.items import Item

_LONGEST = 12  # characters of such a line
_NEAR = 12  # lines on each side
_FIGURES = 4  # among them, at least, where the header is farther off
_FIGURE = re.compile(r"\s*\d+(?:[.．]\d+)?\s*[%％]?\s*")
_CELL = 20  # characters of a cell's line
_SAID = re.compile("[，。；：]")
_HEADS = re.compile(r"\s*(?:序\s*号|编\s*号|姓\s*名|名\s*称|项\s*目|指\s*标|类\s*别)")  # a table's first column
_COUNTED = re.compile(r"\s*(?:序\s*号|编\s*号|姓\s*名)\s*")  # no title says so in its first line


def among_cells(items: Sequence[Item], i: int, k: int) -> bool:
    """Whether items[i..k] stand between the cells of a table, a line each: short lines without a stop on both sides,
    the header or figures among them; below the table's title its header would stand."""
    if _COUNTED.fullmatch(items[i].s):
        return True
    if items[i].blanks or items[i].begins_page or any(len(x.s) > _LONGEST or x.level for x in items[i : k + 1]):
        return False
    near = items[max(0, i - _NEAR) : i]
    if k + 1 == len(items) or not any(x.s.lstrip()[:1].isdigit() for x in near) or _HEADS.match(items[k + 1].s):
        return False
    above = [*takewhile(_is_cell, near[::-1])]
    below = [*takewhile(_is_cell, items[k + 1 : k + 1 + _NEAR])]
    figures = [sum(_FIGURE.fullmatch(x.s) is not None for x in side) for side in (above, below)]
    headed = any(_HEADS.match(x.s) for x in above)
    return bool(below and figures[0] and headed) or (all(figures) and sum(figures) >= _FIGURES)


def _is_cell(item: Item) -> bool:
    return item.is_text and len(item.s) <= _CELL and not _SAID.search(item.s)
