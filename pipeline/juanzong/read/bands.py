"""Rulings that bound rows without bounding each cell: rules across, one below the other, and uprights side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from juanzong.language.numbering import TABLE_CAPTION
from juanzong.read.rows import Piece, is_value, names_group
from juanzong.read.tables import Edge

MOST = 0.6  # of a table's printed lines have more than one piece
LONG = 30.0  # points: the shortest upright ruling that parts columns by itself
CLOSE = 1.7  # times the type's size: lines of one cell stand no farther apart
SAME = 4.0  # points: ends of rulings that belong to one table

Line = list[Piece]
"""What stands at one height: its pieces from left to right."""


def ruled_bands(lines: Sequence[Line], edges: Sequence[Edge], width: float) -> list[tuple[list[float], float, float]]:
    """(heights, x0, x1) of rules of one width, one below the other, between each two of which rows stand."""
    rules = [(e["x0"], e["x1"], e["top"]) for e in edges if e["orientation"] == "h"]
    out = []
    for x0, x1, heights in _of_one_length([r for r in rules if r[1] - r[0] >= 0.2 * width]):
        band: list[float] = []
        between = [
            [line for line in lines if a <= line[0].middle <= b and x0 - SAME <= line[0].x0 <= x1]
            for a, b in pairwise(heights)
        ]
        first: list[Line] = []  # what stands between the first two rules of the band
        for k, (a, b) in enumerate(pairwise(heights)):
            inner, below = between[k], between[k + 1] if k + 1 < len(between) else []
            if _are_rows(inner, first) or (band and _is_group(inner, x0, x1) and not _same_texts(first, below)):
                first = first if band else inner
                band = band or [a]
                band.append(b)
            elif band:
                out.append((band, x0, x1))
                band = []
        if band:
            out.append((band, x0, x1))
    return [(_to_frames_end(band, x0, x1, edges), x0, x1) for band, x0, x1 in out]


def _same_texts(lines: Sequence[Line], others: Sequence[Line]) -> bool:
    """Whether other lines say the same: the header again, under the name of the next table."""
    texts = ["".join("".join(p.text for line in part for p in line).split()) for part in (lines, others)]
    return bool(texts[0]) and texts[0] == texts[1]


def _to_frames_end(band: list[float], x0: float, x1: float, edges: Sequence[Edge]) -> list[float]:
    """The heights, and that at which the uprights at both ends stop, where they go on below: a page cuts the table, and
    no rule ends it there."""
    sides = [
        max((e["bottom"] for e in edges if _begins_at(e, x, band[0]) and e["bottom"] > band[-1] + SAME), default=0.0)
        for x in (x0, x1)
    ]
    return [*band, min(sides)] if min(sides) else band


def _begins_at(e: Edge, x: float, top: float) -> bool:
    return bool(e["orientation"] == "v" and abs(e["x0"] - x) < SAME and abs(e["top"] - top) < SAME)


def _are_rows(lines: Sequence[Line], head: Sequence[Line]) -> bool:
    """Whether lines between two rules are rows: most have several pieces, or what stands alone is the rest of a cell, or
    the label of several rows. `head`: what stands between the first two rules, if there were some."""
    many = [line for line in lines if len(line) > 1]
    return bool(many) and (
        len(many) >= MOST * len(lines)
        or all(
            names_group(line[0].text)
            or any(under(line[0], m) or is_left_of(line[0], m) for m in many)
            or beside_row(lines, k)
            or any(is_label(lines, k, names) for names in head)
            for k, line in enumerate(lines)
            if len(line) == 1
        )
    )


def beside_row(lines: Sequence[Line], k: int) -> bool:
    """Whether what stands alone in a line goes on above or below a row's line, in a column that has nothing there: a cell
    of several lines beside the middle of its row."""
    piece = lines[k][0]
    return any(
        line[0].x0 < piece.x0 and not any(p.x0 < piece.x1 and piece.x0 < p.x1 for p in line)
        for line in rows_near(lines, k)
    )


def in_row(lines: Sequence[Line], k: int) -> bool:
    """Whether what stands alone in a line goes on, close line by line, above or below a row's line."""
    return bool(rows_near(lines, k))


def rows_near(lines: Sequence[Line], k: int) -> list[Line]:
    """The first lines of several pieces below and above a line that only lines of one piece part from it, all close."""
    out: list[Line] = []
    for step in (1, -1):
        at, last = k + step, lines[k][0]
        while 0 <= at < len(lines) and abs(lines[at][0].middle - last.middle) < CLOSE * last.size:
            if len(lines[at]) > 1:
                out.append(lines[at])
                break
            at, last = at + step, lines[at][0]
    return out


def is_left_of(piece: Piece, line: Line) -> bool:
    """Whether a piece stands before all of a row's values, as a label that wraps around its row's line does."""
    return len(line) > 2 and piece.x1 < line[0].x0 and all(is_value(p.text) for p in line)


def is_label(lines: Sequence[Line], k: int, names: Line) -> bool:
    """Whether what stands alone in a line is the label of the rows above and below it, in the middle of which it stands: under
    the first of the columns' `names`, left of all that those rows have."""
    rows = rows_near(lines, k)
    return (
        len(names) > 2
        and under(lines[k][0], names[:2])
        and bool(rows)
        and all(lines[k][0].x1 < row[0].x0 for row in rows)
    )


def _is_group(lines: Sequence[Line], x0: float, x1: float) -> bool:
    """Whether what stands between two rules is one short line, as the name of a group of rows is; not the caption of
    another table."""
    if len(lines) != 1 or len(lines[0]) != 1:
        return False
    piece = lines[0][0]
    return piece.x1 - piece.x0 < 0.5 * (x1 - x0) and not _names_table(piece, x0, x1)


def _names_table(piece: Piece, x0: float, x1: float) -> bool:
    """Whether a line is a table's caption: by its number, or by its last character, set in the middle."""
    text = piece.text.strip()
    middle = abs((piece.x0 + piece.x1) - (x0 + x1)) < 4 * piece.size and piece.x0 > x0 + 2 * piece.size
    return bool(TABLE_CAPTION.match(text)) or (middle and text.endswith("表"))


class UprightBand(NamedTuple):
    """Upright rulings that stand side by side: from `top` to `bottom`, each with its place and where it begins."""

    top: float
    bottom: float
    uprights: list[tuple[float, float]]


def upright_bands(edges: Sequence[Edge]) -> list[UprightBand]:
    """Upright rulings that stand side by side; those that begin lower, as under the names of several columns, with those
    between which they stand."""
    uprights = [(e["top"], e["bottom"], e["x0"]) for e in edges if e["orientation"] == "v"]
    bands = _of_one_length([u for u in uprights if u[1] - u[0] >= LONG])
    out: list[UprightBand] = []
    for top, bottom, xs in sorted(bands):
        own = [(x, top) for x in xs]
        home = next((b for b in out if b.top < top and abs(b.bottom - bottom) < SAME), None)
        if home is None:
            out.append(UprightBand(top, bottom, own))
        else:
            home.uprights.extend(own)
            home.uprights.sort()
    return out


def _of_one_length(rulings: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, list[float]]]:
    """(from, to, places) of the rulings (from, to, place) with the same ends, by place; those at one place count once."""
    out: list[tuple[float, float, list[float]]] = []
    for start, end, place in sorted(rulings, key=lambda r: r[2]):
        home = next((b for b in out if abs(b[0] - start) < SAME and abs(b[1] - end) < SAME), None)
        if home is None:
            out.append((start, end, [place]))
        elif place - home[2][-1] > SAME:
            home[2].append(place)
    return out


def under(piece: Piece, line: Line) -> bool:
    """Whether a piece stands under one piece of the line alone, as wrapped text of a cell does."""
    over = sum(p.x0 < piece.x1 and piece.x0 < p.x1 for p in line)
    return len(line) > 1 and (over or sum(p.x0 - p.size < piece.x1 and piece.x0 < p.x1 + p.size for p in line)) == 1
