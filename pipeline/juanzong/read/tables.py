"""Rulings -> ruled tables, by pdfplumber's table finder: edges, intersections, cells, tables. Points from the top left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from juanzong.core.spans import end_to_end
from juanzong.read.grid import edges_of, table_of
from juanzong.read.printed import Box, PrintedTable

TOLERANCE = 3.0  # pdfplumber's own snap, join and intersection tolerance
OPEN_SIDES = 3  # rulings of one width, one below the other, before a missing side is drawn in
DASH = 1.0  # points: rulings this close, side by side or end to end, are one
COLUMN = 15.0  # points: the narrowest column that a ruling across alone shows
MOST_OPEN = 0.4  # of a table's width may be open where a page cuts cells beside others that end there

Edge = dict[str, Any]
"""As pdfplumber gives them: orientation "h" or "v", x0, x1, top, bottom, width, height."""


def edge(x0: float, top: float, x1: float, bottom: float) -> Edge:
    """A straight ruling as pdfplumber's functions take it."""
    sideways = x1 - x0 >= bottom - top
    return {
        "object_type": "line",
        "orientation": "h" if sideways else "v",
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
    }


def tables_of_edges(edges: Sequence[Edge], tolerance: float = TOLERANCE) -> list[PrintedTable]:
    """Tables of two columns or more, from the top; frames around text (one column) are no tables."""
    from pdfplumber import table as finder
    from pdfplumber.utils.geometry import filter_edges

    merged = finder.merge_edges(
        [*edges, *_missing_sides(edges), *_missing_ends(edges)], tolerance, tolerance, tolerance, tolerance
    )
    kept = filter_edges(merged, min_length=tolerance)
    crossings = finder.edges_to_intersections(kept, tolerance, tolerance)
    groups: Iterable[list[Box]] = finder.cells_to_tables(finder.intersections_to_cells(crossings))
    found = [table_of(cells, tolerance) for cells in groups]
    return [t for t in found if any(len(row) > 1 for row in t.rows)]


def joined(edges: Sequence[Edge]) -> list[Edge]:
    """The rulings, those that go on with one another as one: some programs draw them cell by cell."""
    from pdfplumber import table as finder

    return list(finder.merge_edges([*edges], 1, 1, TOLERANCE, TOLERANCE))


def in_one(edges: Sequence[Edge]) -> list[Edge]:
    """The rulings, those drawn over or right behind one another as one, those right beside a longer one left out: some
    programs draw a table in thousands of dashes, and each ground of a line of text beside the cell's edge."""
    lanes: dict[str, dict[int, list[tuple[float, float]]]] = {"h": {}, "v": {}}
    for e in edges:
        flat = e["orientation"] == "h"
        place, ends = (e["top"], (e["x0"], e["x1"])) if flat else (e["x0"], (e["top"], e["bottom"]))
        lanes["h" if flat else "v"].setdefault(round(place / DASH), []).append(ends)
    out: list[Edge] = []
    for orientation, parts in lanes.items():
        long = {lane: end_to_end(own, DASH) for lane, own in parts.items()}
        for lane, spans in sorted(long.items()):
            near = [
                s for k in range(1, int(TOLERANCE / DASH) + 1) for n in (lane - k, lane + k) for s in long.get(n, ())
            ]
            at = lane * DASH
            for a, b in spans:
                if b - a > DASH and not any(c <= a and b <= d and d - c > b - a + TOLERANCE for c, d in near):
                    out.append(edge(a, at, b, at) if orientation == "h" else edge(at, a, at, b))
    return out


def _missing_sides(edges: Sequence[Edge]) -> list[Edge]:
    """The outer edges of tables that are open at their sides: rulings across, uprights only between them."""
    uprights = [e for e in edges if e["orientation"] == "v"]
    level: dict[tuple[int, int], list[float]] = {}
    for e in joined(edges) if uprights else ():
        if e["orientation"] == "h":
            level.setdefault((round(e["x0"]), round(e["x1"])), []).append(e["top"])
    out: list[Edge] = []
    for (x0, x1), heights in level.items():
        inner = [e for e in uprights if x0 + TOLERANCE < e["x0"] < x1 - TOLERANCE]
        for tops in _parted(sorted(heights), inner):
            top, bottom = tops[0], tops[-1]
            within = [e for e in inner if e["top"] < bottom and e["bottom"] > top]
            whole = any(e["top"] <= top + TOLERANCE and e["bottom"] >= bottom - TOLERANCE for e in within)
            if within and (len(tops) >= OPEN_SIDES or (bottom - top > TOLERANCE and whole)):
                # not the end of a thick ruling across
                long = [e for e in uprights if e["top"] < bottom and e["bottom"] > top and e["height"] > TOLERANCE]
                out += [
                    edge(x, top, x, bottom) for x in (x0, x1) if not any(abs(e["x0"] - x) <= TOLERANCE for e in long)
                ]
    return out


def _parted(heights: Sequence[float], uprights: Sequence[Edge]) -> list[list[float]]:
    """The heights of rulings across, in order, as those of one table or of several: no upright stands between two tables."""
    out = [[heights[0]]]
    for a, b in pairwise(heights):
        if not any(e["top"] < b - TOLERANCE and e["bottom"] > a + TOLERANCE for e in uprights):
            out.append([])
        out[-1].append(b)
    return out


def _missing_ends(edges: Sequence[Edge]) -> list[Edge]:
    """The upper and lower edges of tables, or of some of their cells, that are open there, as where a page cuts them:
    uprights that end together."""
    uprights = [e for e in edges if e["orientation"] == "v" and e["height"] > TOLERANCE]
    across = [e for e in edges if e["orientation"] == "h" and e["width"] > TOLERANCE]  # no end of a thick upright
    if not across:
        return []
    out: list[Edge] = []
    for end in ("top", "bottom"):
        level: dict[int, list[Edge]] = {}
        for e in uprights:
            level.setdefault(round(e[end] / TOLERANCE), []).append(e)
        for group in level.values():
            xs = edges_of([e["x0"] for e in group], TOLERANCE)
            y = group[0][end]
            there = [e for e in across if abs(e["top"] - y) <= TOLERANCE]
            gaps = [
                (a, b)
                for a, b in pairwise(xs)
                if not any(e["x0"] < b - TOLERANCE and e["x1"] > a + TOLERANCE for e in there)
            ]
            whole = bool(gaps) and not there
            if not whole:  # between two tables side by side nothing stands at any height
                gaps = [(a, b) for a, b in gaps if _is_crossed(across, group, a, b)]
            open_part = sum(b - a for a, b in gaps)
            if len(xs) >= OPEN_SIDES and (whole or open_part < MOST_OPEN * (xs[-1] - xs[0])):
                out += [edge(a, y, b, y) for a, b in gaps]
                out += _beyond(across, group, xs) if whole else []
    return out


def _is_crossed(across: Sequence[Edge], uprights: Sequence[Edge], a: float, b: float) -> bool:
    """Whether a ruling goes across between two places, somewhere beside these uprights."""
    top, bottom = min(e["top"] for e in uprights) - TOLERANCE, max(e["bottom"] for e in uprights) + TOLERANCE
    return any(e["x0"] < b - TOLERANCE and e["x1"] > a + TOLERANCE and top <= e["top"] <= bottom for e in across)


def _beyond(across: Sequence[Edge], uprights: Sequence[Edge], xs: Sequence[float]) -> list[Edge]:
    """The outer columns of a table that only one ruling across shows, which reaches over its `uprights` (at `xs`) on both
    sides: their sides and ends."""
    top, bottom = (e["top"] for e in uprights), (e["bottom"] for e in uprights)
    y0, y1 = max(top), min(bottom)
    over = [e for e in across if y0 - TOLERANCE <= e["top"] <= y1 + TOLERANCE]
    if len(edges_of([e["top"] for e in over], TOLERANCE)) != 1:
        return []
    x0, x1 = min(e["x0"] for e in over), max(e["x1"] for e in over)
    if xs[0] - x0 < COLUMN or x1 - xs[-1] < COLUMN:
        return []
    ends = [edge(a, y, b, y) for y in (y0, y1) for a, b in ((x0, xs[0]), (xs[-1], x1))]
    return [*ends, edge(x0, y0, x0, y1), edge(x1, y0, x1, y1)]
