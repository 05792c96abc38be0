"""Rulings that bound rows without bounding each cell: rules across, one below the other, and uprights side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from juanzong.read.rows import Piece
from juanzong.read.tables import Edge

MOST = 0.6  # of a table's printed lines have more than one piece
LONG = 30.0  # points: the shortest upright ruling that parts columns by itself
SAME = 4.0  # points: ends of rulings that belong to one table

Line = list[Piece]
"""What stands at one height: its pieces from left to right."""


def ruled_bands(lines: Sequence[Line], edges: Sequence[Edge], width: float) -> list[tuple[list[float], float, float]]:
    """(heights, x0, x1) of rules of one width, one below the other, between each two of which rows stand."""
    by_width: list[tuple[float, float, list[float]]] = []
    for e in sorted(edges, key=lambda e: e["top"]):
        if e["orientation"] != "h" or e["x1"] - e["x0"] < 0.2 * width:
            continue
        home = next((b for b in by_width if abs(b[0] - e["x0"]) < SAME and abs(b[1] - e["x1"]) < SAME), None)
        if home is None:
            by_width.append((e["x0"], e["x1"], [e["top"]]))
        elif e["top"] - home[2][-1] > SAME:
            home[2].append(e["top"])
    out = []
    for x0, x1, heights in by_width:
        band: list[float] = []
        for a, b in pairwise(heights):
            inner = [line for line in lines if a <= line[0].middle <= b and x0 - SAME <= line[0].x0 <= x1]
            if _are_rows(inner) or (band and _is_group(inner, x0, x1)):
                band = band or [a]
                band.append(b)
            elif band:
                out.append((band, x0, x1))
                band = []
        if band:
            out.append((band, x0, x1))
    return out


def _are_rows(lines: Sequence[Line]) -> bool:
    """Whether lines between two rules are rows: most have several pieces, or what stands alone is the rest of a cell."""
    many = [line for line in lines if len(line) > 1]
    return bool(many) and (
        len(many) >= MOST * len(lines) or all(any(under(line[0], m) for m in many) for line in lines if len(line) == 1)
    )


def _is_group(lines: Sequence[Line], x0: float, x1: float) -> bool:
    """Whether what stands between two rules is one short line, as the name of a group of rows is."""
    return len(lines) == 1 and len(lines[0]) == 1 and lines[0][0].x1 - lines[0][0].x0 < 0.5 * (x1 - x0)


def upright_bands(edges: Sequence[Edge]) -> list[tuple[float, float, list[float]]]:
    """(top, bottom, xs) of upright rulings that stand side by side."""
    out: list[tuple[float, float, list[float]]] = []
    for e in sorted(edges, key=lambda e: e["x0"]):
        if e["orientation"] != "v" or e["bottom"] - e["top"] < LONG:
            continue
        home = next((b for b in out if abs(b[0] - e["top"]) < SAME and abs(b[1] - e["bottom"]) < SAME), None)
        if home is None:
            out.append((e["top"], e["bottom"], [e["x0"]]))
        elif e["x0"] - home[2][-1] > SAME:
            home[2].append(e["x0"])
    return out


def under(piece: Piece, line: Line) -> bool:
    """Whether a piece stands under one piece of the line alone, as wrapped text of a cell does."""
    return len(line) > 1 and sum(p.x0 - p.size < piece.x1 and piece.x0 < p.x1 + p.size for p in line) == 1
