"""Tables whose every second row is painted, cell by cell: between the sides of those cells nothing is drawn, and yet the
columns go on. Points from the top left."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from juanzong.read.glyphs import Glyph, Run, runs_of
from juanzong.read.tables import TOLERANCE, Edge, edge
from juanzong.read.tiled_rules import GAP, runs_across

FEWEST = 4  # uprights side by side: three columns
HIGHER = 3.0  # times the highest painted row a row between is at most

Row = tuple[float, float, list[float]]
"""Top, bottom, and where its cells part, from left to right."""


def sides_between(edges: Sequence[Edge], glyphs: Sequence[Glyph]) -> list[Edge]:
    """The uprights that go on between painted rows of the same columns, and the sides and lower edge of a last row that is
    not painted: where texts stand in several columns and none over a side."""
    rows = _rows(edges)
    if len(rows) < 2 or not any(_are_alike(a, b) for a, b in pairwise(rows)):
        return []
    runs = [r for r in runs_of(glyphs, GAP) if r.x1 > r.x0]
    highest = max(bottom - top for top, bottom, _ in rows)
    out: list[Edge] = []
    joined = set[int]()
    for k, (a, b) in enumerate(pairwise(rows)):
        apart = b[0] - a[1]
        if TOLERANCE < apart < HIGHER * highest and _are_alike(a, b) and _hold(_between(runs, a[1], b[0]), a[2]):
            out += [edge(x, a[1], x, b[0]) for x in a[2]]
            joined |= {k, k + 1}
    for k in joined - {k - 1 for k in joined}:  # the last of those that follow one another
        _, bottom, xs = rows[k]
        below = _row_below(runs, bottom, highest, xs)
        if below > bottom:
            out += [edge(xs[0], below, xs[-1], below), *(edge(x, bottom, x, below) for x in xs)]
    return out


def _rows(edges: Sequence[Edge]) -> list[Row]:
    """What uprights of the same ends bound side by side, from the top."""
    found: dict[tuple[int, int], list[Edge]] = {}
    for e in edges:
        if e["orientation"] == "v" and e["height"] > TOLERANCE:
            found.setdefault((round(e["top"]), round(e["bottom"])), []).append(e)
    rows = [(own[0]["top"], own[0]["bottom"], sorted(e["x0"] for e in own)) for own in found.values()]
    return sorted(row for row in rows if len(row[2]) >= FEWEST)


def _are_alike(a: Row, b: Row) -> bool:
    return len(a[2]) == len(b[2]) and all(abs(x - y) <= TOLERANCE for x, y in zip(a[2], b[2], strict=True))


def _between(runs: Sequence[Run], above: float, below: float) -> list[Run]:
    return [r for r in runs if above < (r.top + r.bottom) / 2 < below]


def _hold(runs: Sequence[Run], xs: Sequence[float]) -> bool:
    """Whether texts stand in at least half of the columns, and none over a side."""
    own = [r for r in runs if xs[0] < (r.x0 + r.x1) / 2 < xs[-1]]
    columns = {sum((r.x0 + r.x1) / 2 > x for x in xs) for r in own}
    return 2 * len(columns) >= len(xs) - 1 and not any(runs_across(r, x) for r in own for x in xs)


def _row_below(runs: Sequence[Run], bottom: float, highest: float, xs: Sequence[float]) -> float:
    """How far a row reaches that stands right below a painted one; `bottom` itself where none does."""
    below = sorted(_between(runs, bottom, bottom + HIGHER * highest), key=lambda r: r.top)
    own: list[Run] = []
    for r in below:
        reach = max((q.bottom for q in own), default=bottom)
        if r.top - reach > r.size or not xs[0] < (r.x0 + r.x1) / 2 < xs[-1] or any(runs_across(r, x) for x in xs):
            break
        own.append(r)
    return max(r.bottom for r in own) + 1.0 if own and _hold(own, xs) else bottom
