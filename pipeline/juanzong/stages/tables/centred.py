"""Cells centred vertically: a row's number or figures stand in its middle line, a label in the middle of its rows.

Which lines make a row then shows in the geometry: each cell has as many lines above it as below, but for one. Where
that leaves a choice, how the cells' text is broken decides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from juanzong.core.traced import Traced

_MOST_LINES = 60  # in one row
_SURE = 0.25  # by which a reading is cheaper than all others
_MOST_ASKEW = 0.5  # what a row may cost, on the average

_Way = tuple[tuple[int, int], list[int]]  # how far from the middle its labels stand, where groups begin
_Lines = Sequence[Mapping[int, Traced]]
_Place = tuple[int, int]  # line, column


class Form(NamedTuple):
    """What a table's rows are told by: the lines of which each row has one (`anchors`), the columns whose cells span no
    rows, the anchors that are rows of their own (`groups`), the places in which no cell goes on (`heads`).

    `goes_on`, `begins`, `ends`: what it costs, by how the text is broken there, that a cell goes on in a place, begins
    in one or ends in one.
    """

    anchors: list[int]
    columns: range
    groups: set[int]
    heads: set[_Place]
    goes_on: Mapping[_Place, float]
    begins: Mapping[_Place, float]
    ends: Mapping[_Place, float]


class Reading(NamedTuple):
    """Lines parted into rows: what that costs, the lines in which rows begin, whether their cells are centred; of rows,
    those lines in which another reading, as good, has none begin."""

    cost: float
    rows: list[int]
    centred: bool
    doubtful: Sequence[int] = ()


def best_reading(lines: _Lines, form: Form) -> Reading | None:
    """The reading of the lines that costs least, with cells set from the top or centred; None where none comes into
    question. Where both cost the same, cells are set from the top."""
    if not form.anchors:
        return None
    found = [Reading(cost, rows, True) for up in (0, 1) for cost, rows in _chains(lines, form, up)]
    found.sort(key=lambda x: x.cost)
    best = found[0] if found else None
    top = _from_top(lines, form)
    if top is not None and (best is None or top.cost < best.cost + _SURE):
        return top
    if best is None or best.cost > _MOST_ASKEW * len(best.rows):
        return None
    second = next((x for x in found if x.rows != best.rows), None)
    if second is not None and second.cost < best.cost + _SURE:
        return best._replace(doubtful=sorted(set(best.rows) - set(second.rows)))
    return best


def rows_centred(lines: _Lines, form: Form) -> Reading | None:
    """The best reading where its cells are centred; None where rows can be read from the top, or where none has."""
    found = best_reading(lines, form) if len(form.anchors) > 1 else None
    return found if found is not None and found.centred else None


def _from_top(lines: _Lines, form: Form) -> Reading | None:
    """Rows that begin in the anchors, where all their cells are in one piece from their first line on."""
    if form.anchors[:1] != [0]:
        return None
    cost = 0.0
    for s, e in zip(form.anchors, [*form.anchors[1:], len(lines)], strict=True):
        own = _cost(lines[s:e], s, form, None)
        if own is None:
            return None
        cost += own
    return Reading(cost, form.anchors, False)


def _chains(lines: _Lines, form: Form, up: int) -> list[tuple[float, list[int]]]:
    """The two cheapest ways to part all lines into rows whose cells are centred, odd lines rounded down or `up`."""
    ways: list[list[tuple[float, int, int]]] = [
        [] for _ in lines
    ]  # of each line on: cost, height of its row, which next
    ways.append([(0.0, 0, 0)])
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
            if above < h <= _MOST_LINES and e <= after and ways[e]:
                own = _cost(lines[s:e], s, form, up)
                ways[s] += [(own + rest[0], h, n) for n, rest in enumerate(ways[e])] if own is not None else []
        ways[s] = sorted(ways[s])[:2]
    out = []
    for cost, height, which in ways[0] if lines else []:
        rows = [0]
        while rows[-1] + height < len(lines):
            rows.append(rows[-1] + height)
            _, height, which = ways[rows[-1]][which]
        out.append((cost, rows))
    return out


def _cost(row: _Lines, first: int, form: Form, up: int | None) -> float | None:
    """What it costs that lines are one row; None where they cannot be: each cell's pieces stand in lines next to each
    other, in the row's middle (`up` None: from its top), none that cannot go on but the cell's first."""
    if len(row) > 1 and any(n in form.groups for n in range(first, first + len(row))):
        return None
    cost = 0.0
    for c in form.columns:
        at = [k for k, line in enumerate(row) if c in line]
        if not at:
            continue
        begin = 0 if up is None else (len(row) - len(at) + up) // 2
        if at[0] != begin or at[-1] - at[0] != len(at) - 1 or any((first + k, c) in form.heads for k in at[1:]):
            return None
        cost += form.begins.get((first + at[0], c), 0) + form.ends.get((first + at[-1], c), 0)
        cost += sum(form.goes_on.get((first + k, c), 0) for k in at[1:])
    return cost


def labels_centred(rows: Sequence[int], labels: Sequence[tuple[int, int]], end: int) -> list[int] | None:
    """For each label the row in which its group begins, where labels stand in the middle of their groups.

    In: the lines in which the rows begin; the labels' first and last lines; the line behind the last row. Where all
    labels can stand in the middle with odd lines rounded to one side, just so; else of all ways the one with most labels
    in the very middle, by lines, then by rows. None where two are as good, or none exists.
    """
    for sides in ((0, 1), (-1, 0), (-1, 0, 1)):
        ways = _label_ways(rows, labels, end, sides)
        if ways and (len(ways) == 1 or ways[0][0] != ways[1][0]):
            return ways[0][1]
    return None


def _label_ways(rows: Sequence[int], labels: Sequence[tuple[int, int]], end: int, sides: Sequence[int]) -> list[_Way]:
    """The two best ways to part the rows into the labels' groups; `sides`: by how many lines a group may be longer than
    one with its label in the very middle."""
    edges = [*rows, end]
    number = {line: n for n, line in enumerate(edges)}
    best: dict[int, list[_Way]] = {rows[0]: [((0, 0), [])]}  # the groups so far end before line
    for top, bottom in labels:
        reached: dict[int, list[_Way]] = {}
        over = bisect_right(edges, top) - 1  # rows before the one that the label's first line stands in
        under = bisect_right(edges, bottom)
        for s, ways in best.items():
            exact = 2 * (top - s) + bottom - top + 1
            for h in (exact + more for more in sides):
                if s <= top and bottom < s + h and s + h in number:
                    cost = int(h != exact), abs((over - number[s]) - (number[s + h] - under))
                    reached.setdefault(s + h, []).extend(
                        ((lines + cost[0], aside + cost[1]), [*begins, number[s]]) for (lines, aside), begins in ways
                    )
        best = {s: sorted(ways)[:2] for s, ways in reached.items()}
    return best.get(end, [])
