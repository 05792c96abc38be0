"""Rows of a table without rulings between them whose cells are set in the middle of their row: the name of a row stands
beside the middle of its longest cell, not beside its first line. Points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import inf

from juanzong.read.grid import ITEM
from juanzong.read.rows import FILLED, Piece, PrintedRow, fills, is_group_row, is_value

MOST_LINES = 24  # printed lines of one row; more are running text
LEVEL = 0.3  # ems that the cells of one row may lie apart
SOLID = 1.25  # times the closest distance of a column's lines: those of one cell stand no wider
BETTER = 1.0  # of cost by which a reading with cells in the middle must be better than one with cells at the top
COSTS = {
    "missing": 0.5,  # a cell of the row is empty ...
    "nameless": 1.5,  # ... the first one
    "ended": 1.0,  # a cell goes on below a line that ended before its column did
    "cut": 1.5,  # a cell ends though its last line fills the column, and the next one's stands close below
    "unlevel": 2.0,  # the first or last row on a page, cut there, whose cells do not stand level
}
"""What speaks against a reading of printed lines as rows."""

Place = Callable[[Sequence[Piece]], float]


def rows_around_middles(
    rows: Sequence[PrintedRow], widths: Sequence[float], apart: Sequence[bool]
) -> list[bool] | None:
    """Which of the printed lines end a row, where cells are set in the middle of their row's height; None where they are
    not, or as well may stand at its top.

    In: the printed lines; what each column has room for; for each two of them whether a ruling parts them.
    """
    if len(rows) < 3 or all(len(row) == len(widths) for row in rows):
        return None
    middle = _best(rows, widths, apart, lambda cell: (cell[0].middle + cell[-1].middle) / 2)
    if middle is None:
        return None
    top = _best(rows, widths, apart, lambda cell: cell[0].middle)
    return middle[1] if top is None or middle[0] + BETTER < top[0] else None


def _best(
    rows: Sequence[PrintedRow], widths: Sequence[float], apart: Sequence[bool], place: Place
) -> tuple[float, list[bool]] | None:
    """The cheapest reading of printed lines as rows whose cells stand level at their `place`, and its cost; None where there is
    none."""
    close = _closest(rows) * SOLID
    costs, begins = [0.0, *[inf] * len(rows)], [0] * (len(rows) + 1)
    for end in range(1, len(rows) + 1):
        for begin in range(end - 1, max(-1, end - 1 - MOST_LINES), -1):
            if begin < end - 1 and apart[begin]:
                break
            if costs[begin] == inf:
                continue
            cut = begin == 0 or end == len(rows)
            cost = costs[begin] + _row_cost(rows[begin:end], widths, close, place, cut)
            if begin and not apart[begin - 1]:
                cost += _cut_cost(rows, begin, widths, close)
            if cost < costs[end]:
                costs[end], begins[end] = cost, begin
    if costs[-1] == inf:
        return None
    ends, at = [False] * (len(rows) - 1), len(rows)
    while begins[at]:
        at = begins[at]
        ends[at - 1] = True
    return costs[-1], ends


def _row_cost(lines: Sequence[PrintedRow], widths: Sequence[float], close: float, place: Place, cut: bool) -> float:
    """What speaks against reading the lines as one row; infinite where they are none. `cut`: a page may cut it."""
    if len(lines) == 1 and is_group_row(lines[0]):
        return 0.0
    cells = [[line[c] for line in lines if c in line] for c in range(len(widths))]
    filled = [(cell, width) for cell, width in zip(cells, widths, strict=True) if cell]
    if len(filled) < max(2, FILLED * len(widths)) and not cut:
        return inf
    cost = COSTS["missing"] * (len(cells) - len(filled)) + (0.0 if cells[0] or cut else COSTS["nameless"])
    for cell, width in filled:
        for a, b in pairwise(cell):
            if b.middle - a.middle > close or (is_value(a.text) and is_value(b.text)):
                return inf
            cost += 0.0 if fills(a, b, width) or ITEM.match(b.text) else COSTS["ended"]
    places = [place(cell) for cell, _ in filled]
    if max(places) - min(places) > LEVEL * lines[0][min(lines[0])].size:
        if not cut:
            return inf
        cost += COSTS["unlevel"]
    return cost


def _cut_cost(rows: Sequence[PrintedRow], begin: int, widths: Sequence[float], close: float) -> float:
    """What speaks against a row's end above the printed line `begin`."""
    cost = 0.0
    for c, width in enumerate(widths):
        a = next((row[c] for row in reversed(rows[max(0, begin - 3) : begin]) if c in row), None)
        b = next((row[c] for row in rows[begin : begin + 3] if c in row), None)
        if a and b and b.middle - a.middle <= close and not is_value(a.text) and fills(a, b, width):
            cost += COSTS["cut"]
    return cost


def _closest(rows: Sequence[PrintedRow]) -> float:
    """The closest distance of two lines of one column."""
    last: dict[int, float] = {}
    out = inf
    for row in rows:
        for c, piece in row.items():
            if c in last:
                out = min(out, piece.middle - last[c])
            last[c] = piece.middle
    return out


def is_one_row(rows: Sequence[PrintedRow]) -> bool:
    """Whether all cells of some printed lines are set around one height, close line by line: a row of its own, though
    some of them have several lines."""
    cells: dict[int, list[Piece]] = {}
    for row in rows:
        for c, piece in row.items():
            cells.setdefault(c, []).append(piece)
    middles = [(own[0].middle + own[-1].middle) / 2 for own in cells.values()]
    size = max(p.size for own in cells.values() for p in own)
    solid = all(b.top - a.bottom < size for own in cells.values() for a, b in pairwise(own))
    return solid and max(middles) - min(middles) <= LEVEL * size


def all_named(rows: Sequence[PrintedRow], ends: Sequence[bool]) -> bool:
    """Whether each of the rows that end so has something in its first column."""
    named = [False]
    for row, end in zip(rows, [*ends, False], strict=True):
        named[-1] = named[-1] or 0 in row
        if end:
            named.append(False)
    return all(named)
