"""Cells centred vertically: a row's number or figures stand in its middle line, a label in the middle of its rows.

Which lines make a row then shows in the geometry alone: each cell has as many lines above it as below, but for one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from juanzong.core.traced import Traced

_MOST_LINES = 60  # in one row

_Way = tuple[tuple[int, int], list[int]]  # how far from the middle its labels stand, where groups begin
_Lines = Sequence[Mapping[int, Traced]]


class Form(NamedTuple):
    """What a table's rows are told by: the lines of which each row has one (`anchors`), the columns whose cells span no
    rows, the places (line, column) in which no cell goes on (`heads`), and those in which none does if columns are
    filled to the last character (`strict`)."""

    anchors: list[int]
    columns: range
    heads: set[tuple[int, int]]
    strict: set[tuple[int, int]]


def read_from_top(lines: _Lines, form: Form) -> bool:
    """Whether rows that begin in the anchors have all their cells in one piece, from their first line on."""
    ends = [*form.anchors[1:], len(lines)]
    return form.anchors[:1] == [0] and all(
        _fits(lines[s:e], s, form, None) for s, e in zip(form.anchors, ends, strict=True)
    )


def rows_centred(lines: _Lines, form: Form) -> list[int] | None:
    """The lines in which rows begin, where cells are centred; None where rows can be read from the top, or where no
    reading, or more than one, has all cells centred."""
    if len(form.anchors) < 2 or read_from_top(lines, form):
        return None
    for some in (form, form._replace(heads=form.heads | form.strict)):
        found = [rows for up in (0, 1) if (rows := _chain(lines, some, up)) is not None]
        if found and all(rows == found[0] for rows in found):
            return found[0]
    return None


def _chain(lines: _Lines, form: Form, up: int) -> list[int] | None:
    """The one way to part all lines into rows whose cells are centred, odd lines rounded down or `up`."""
    ways = [0] * len(lines) + [1]  # from each line on: how many
    height = [0] * len(lines)
    anchors, following = form.anchors, len(form.anchors)
    for s in reversed(range(len(lines))):
        if following and anchors[following - 1] >= s:
            following -= 1
        if following == len(anchors):
            continue
        above = anchors[following] - s
        after = anchors[following + 1] if following + 1 < len(anchors) else len(lines)
        for h in (2 * above + 1 - up, 2 * above + 2 - up):
            e = s + h
            if above < h <= _MOST_LINES and e <= after and ways[e] and _fits(lines[s:e], s, form, up):
                ways[s] += ways[e]
                height[s] = h
    if ways[0] != 1:
        return None
    out = [0]
    while out[-1] + height[out[-1]] < len(lines):
        out.append(out[-1] + height[out[-1]])
    return out


def _fits(row: _Lines, first: int, form: Form, up: int | None) -> bool:
    """Whether lines can be one row: each cell's pieces in lines next to each other, in the row's middle (`up` None:
    from its top), none that cannot go on but the cell's first."""
    for c in form.columns:
        at = [k for k, line in enumerate(row) if c in line]
        if not at:
            continue
        begin = 0 if up is None else (len(row) - len(at) + up) // 2
        if at[0] != begin or at[-1] - at[0] != len(at) - 1 or any((first + k, c) in form.heads for k in at[1:]):
            return False
    return True


def labels_centred(rows: Sequence[int], labels: Sequence[tuple[int, int]], end: int) -> list[int] | None:
    """For each label the row in which its group begins, where labels stand in the middle of their groups.

    In: the lines in which the rows begin; the labels' first and last lines; the line behind the last row. Of all ways
    the one with most labels in the very middle, by lines, then by rows; None where two are as good, or none exists.
    """
    edges = [*rows, end]
    number = {line: n for n, line in enumerate(edges)}
    best: dict[int, list[_Way]] = {rows[0]: [((0, 0), [])]}  # the groups so far end before line
    for top, bottom in labels:
        reached: dict[int, list[_Way]] = {}
        over = bisect_right(edges, top) - 1  # rows before the one that the label's first line stands in
        under = bisect_right(edges, bottom)
        for s, ways in best.items():
            exact = 2 * (top - s) + bottom - top + 1
            for h in (exact - 1, exact, exact + 1):
                if s <= top and bottom < s + h and s + h in number:
                    cost = int(h != exact), abs((over - number[s]) - (number[s + h] - under))
                    reached.setdefault(s + h, []).extend(
                        ((lines + cost[0], aside + cost[1]), [*begins, number[s]]) for (lines, aside), begins in ways
                    )
        best = {s: sorted(ways)[:2] for s, ways in reached.items()}
    ways = best.get(end, [])
    if not ways or (len(ways) > 1 and ways[0][0] == ways[1][0]):
        return None
    return ways[0][1]
