"""Printed tables of words alone, without serial numbers and figures: in which lines their rows begin.

Each row has a first cell, and that may wrap as all others do. Where a line could begin a row or go on with the one
above, how the text of all its cells is broken decides: a cell goes on where the piece above left no room for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from juanzong.core.traced import Traced
from juanzong.language.personal_names import is_name
from juanzong.language.text import CLOSING, TERMINAL, display_width, ends_sentence, unbalanced
from juanzong.stages.tables.columns import HANGING, Pieces, goes_on, leading
from juanzong.stages.tables.kinds import item

_MOST_LINES = 16  # of a row
_NEVER, _SELDOM = 4.0, 1.0
_CHANCE = 0.7  # a cell that ends just where its column does
_EMPTY = 0.6  # a row without a cell that others have
_SAME = 0.6  # of a column's pieces have one width: that one fills it tells nothing
_EVEN = 0.8  # a line that goes on in all cells
_OFTEN = 3  # cells that end a sentence: others of the column do too
_ASKEW = 0.25  # where cells set from the top cost as much as centred ones, they are
_LEFT = 2  # display columns of room that may be left over


def worded_rows(lines: Sequence[Pieces], groups: Sequence[bool], width: int) -> list[int] | None:
    """The lines in which rows begin, of so many columns; None where no line has a first cell. `groups`: the lines that
    are rows of their own.

    Of all ways to part the lines that one which costs least: with cells set from the top, or in the rows' middle.
    """
    if width < 2 or not any(0 in line for line in lines):
        return None
    text = _Text(lines, width)
    return min(_cheapest(text, groups, up) for up in (None, 0, 1))[1]


class _Text:
    """The pieces of all lines by column, and what it costs to break them so."""

    def __init__(self, lines: Sequence[Pieces], width: int) -> None:
        self.columns = [{n: line[c] for n, line in enumerate(lines) if c in line} for c in range(width)]
        widths = [[display_width(p.text) for p in column.values()] for column in self.columns]
        self.full = [max(map(_inside, column.values()), default=0) for column in self.columns]
        self.alike = [bool(w) and Counter(w).most_common(1)[0][1] >= _SAME * len(w) for w in widths]
        self.stops = [sum(ends_sentence(p.text) for p in column.values()) >= _OFTEN for column in self.columns]
        self.whole = [len(line) == width for line in lines]
        firsts = [n for n, line in enumerate(lines) if 0 in line]
        self.usual = [2 * sum(n in column for n in firsts) >= len(firsts) for column in self.columns]

    def cell(self, c: int, first: int, end: int, up: int | None) -> float:
        """What it costs that the pieces of column c in the lines from `first` to `end` are one cell."""
        column = self.columns[c]
        at = [n for n in range(first, end) if n in column]
        if not at:
            return _NEVER if c == 0 else _EMPTY * self.usual[c]
        begin = first if up is None else first + (end - first - len(at) + up) // 2
        cost = _NEVER * (at[0] != begin) + _NEVER * (at[-1] - at[0] != len(at) - 1)
        text = column[at[0]].text
        cost += _SELDOM * (c == 0 and self._is_rest(at[0]) and len(at) == 1)
        cost += _NEVER * (text[0] in CLOSING + TERMINAL + "，、：；")
        for above, below in pairwise(at):
            cost += self._goes_on(c, column[above], column[below].text)
            text += column[below].text
        return cost + self._ends(c, column[at[-1]].text, text, self.columns[c].get(at[-1] + 1))

    def _is_rest(self, n: int) -> bool:
        """Whether a first cell is one character, below a piece that leaves no room for it."""
        above = self.columns[0].get(n - 1)
        return above is not None and len(self.columns[0][n]) == 1 and display_width(above.text) + 2 > self.full[0] > 2

    def _goes_on(self, c: int, above: Traced, below: str) -> float:
        left = self.full[c] - display_width(above.text) - leading(below)
        if item(below):
            return 0.0
        if is_name(above.text) and is_name(below):
            return _NEVER  # two people, and no name of six characters
        stop = _SELDOM if ends_sentence(above.text) and above.text[-1:] not in "；;" else 0.0
        return stop + (_NEVER if left > _LEFT else _SELDOM if left >= 0 else 0.0)

    def _ends(self, c: int, last: str, cell: str, below: Traced | None) -> float:
        if unbalanced(cell):
            return _NEVER
        if goes_on(last):
            return 2 * _SELDOM
        full = below is not None and self.full[c] - display_width(last) - leading(below.text) < 0
        if not full or ends_sentence(last):
            return 0.0
        return _CHANCE * (not self.alike[c]) + _SELDOM * self.stops[c]


def _inside(piece: Traced) -> int:
    """The width of a piece without the mark that may hang over its column's edge."""
    return display_width(piece.text) - 2 * (len(piece.text) > 1 and piece.text[-1] in HANGING)


def _cheapest(text: _Text, groups: Sequence[bool], up: int | None) -> tuple[float, list[int]]:
    """The cheapest way to part all lines into rows, each with a first cell."""
    count = len(groups)
    ways: list[tuple[float, int]] = [(0.0, 0)] * (count + 1)  # of the lines from n on: cost, where the next row begins
    for n in reversed(range(count)):
        found = []
        for end in range(n + 1, min(n + _MOST_LINES, count) + 1):
            if end > n + 1 and any(groups[n:end]):
                break
            cost = 0.0 if groups[n] else sum(text.cell(c, n, end, up) for c in range(len(text.columns)))
            cost += _EVEN * sum(text.whole[n + 1 : end])
            found.append((cost + ways[end][0], end))
        ways[n] = min(found)
    rows = [0]
    while ways[rows[-1]][1] < count:
        rows.append(ways[rows[-1]][1])
    return ways[0][0] + _ASKEW * (up is not None), rows
