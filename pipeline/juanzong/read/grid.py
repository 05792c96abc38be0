"""Cell boxes -> rows with spans; printed lines of a cell -> its text. Shared by PDF and scans."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

import regex as re

from juanzong.core.source import Reading
from juanzong.read.glyphs import Glyph, lines_of_runs, printed_line, runs_of
from juanzong.read.printed import Box, PrintedCell, PrintedLine, PrintedTable, around

HANGING = 0.4  # ems between a mark and what it closes
BAND = 20.0  # points: rows of the index of places
ITEM = re.compile(r"(?:\d{1,2}[.．、](?!\d)|[(（][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]|——|[•●◆■])")
_CLOSING = frozenset("，。；：、！？）》」』】”’,.;:!?)")
_LATIN = re.compile(r"[A-Za-z]")


def edges_of(values: Sequence[float], tolerance: float) -> list[float]:
    """Positions closer than `tolerance` points to the one before are one edge; ascending.

    >>> edges_of([10, 50.2, 49.8, 10.5], 2)
    [10, 49.8]
    """
    out: list[float] = []
    last = float("-inf")
    for v in sorted(values):
        if v - last > tolerance:
            out.append(v)
        last = v
    return out


def nearest(edges: list[float], v: float) -> int:
    """The index of the edge closest to v; edges ascend."""
    i = bisect_left(edges, v)
    if i and (i == len(edges) or v - edges[i - 1] <= edges[i] - v):
        return i - 1
    return i


def table_of(cells: Sequence[Box], tolerance: float = 3.0) -> PrintedTable:
    """Cells that tile a table (points) -> rows; places that no cell covers become empty cells.

    >>> t = table_of([(0, 0, 10, 20), (10, 0, 20, 10), (10, 10, 20, 20)])
    >>> [[(c.row_span, c.col_span) for c in row] for row in t.rows]
    [[(2, 1), (1, 1)], [(1, 1)]]
    """
    xs = edges_of([v for c in cells for v in (c[0], c[2])], tolerance)
    ys = edges_of([v for c in cells for v in (c[1], c[3])], tolerance)
    rows: list[list[tuple[int, PrintedCell]]] = [[] for _ in ys[1:]]
    taken = [[False] * (len(xs) - 1) for _ in ys[1:]]
    for box in sorted(cells, key=lambda c: (c[1], c[0])):
        i, j = nearest(ys, box[1]), nearest(xs, box[0])
        bottom, right = nearest(ys, box[3]), nearest(xs, box[2])
        if bottom <= i or right <= j or any(taken[r][c] for r in range(i, bottom) for c in range(j, right)):
            continue  # two rulings one behind the other: the same cell again
        rows[i].append((j, PrintedCell(box, row_span=bottom - i, col_span=right - j)))
        for r in range(i, bottom):
            taken[r][j:right] = [True] * (right - j)
    whole = all(map(all, taken))
    for i, row in enumerate(taken):
        for j, held in enumerate(row):
            if not held:
                rows[i].append((j, PrintedCell((xs[j], ys[i], xs[j + 1], ys[i + 1]))))
    in_order = [[c for _, c in sorted(row, key=lambda p: p[0])] for row in rows]
    return PrintedTable(around(list(cells)), in_order, ruled=whole)


def sorted_into(cells: Sequence[PrintedCell], glyphs: Sequence[Glyph]) -> tuple[list[list[Glyph]], list[Glyph]]:
    """For each cell its glyphs, by their middles (or what a clip leaves of them), and those that stand in none."""
    bands: defaultdict[int, list[int]] = defaultdict(list)
    for k, cell in enumerate(cells):
        for band in range(int(cell.bbox[1] // BAND), int(cell.bbox[3] // BAND) + 1):
            bands[band].append(k)
    held: list[list[Glyph]] = [[] for _ in cells]
    loose: list[Glyph] = []
    before: Glyph | None = None
    home: int | None = None
    for g in glyphs:
        x, y = g.home or ((g.x0 + g.x1) / 2, (g.top + g.bottom) / 2)
        if home is None or before is None or not _hangs(before, g):
            home = next((k for k in bands.get(int(y // BAND), ()) if _holds(cells[k].bbox, x, y)), None)
        before = g
        (loose if home is None else held[home]).append(g)
    return held, loose


def _hangs(before: Glyph, g: Glyph) -> bool:
    """Whether a closing mark stands right behind a glyph: it may hang over the edge of the cell that has the glyph."""
    near = abs(g.x0 - before.x1) < HANGING * g.size and abs(g.bottom - before.bottom) < HANGING * g.size
    return g.text in _CLOSING and near


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def fill_cell(cell: PrintedCell, glyphs: Sequence[Glyph]) -> None:
    """Write a cell's glyphs, line by line, into it as one text.

    A wrap between Chinese characters leaves nothing behind; a new item, a gap or Latin words leave one blank.
    """
    lines = [printed_line(runs) for runs in lines_of_runs(runs_of(glyphs))]
    text, doubts, before = "", list[Reading](), None
    for line in lines:
        if before is not None and text:
            text += _seam(before, line, cell.bbox)
        doubts += [d.moved(len(text)) for d in line.doubts]
        text += line.text
        before = line
    sure = [line.confidence for line in lines if line.confidence is not None]
    cell.text, cell.doubts, cell.confidence = text, tuple(doubts), min(sure, default=None)


def _seam(a: PrintedLine, b: PrintedLine, cell: Box) -> str:
    full = cell[2] - a.bbox[2] < 1.8 * a.size
    if ITEM.match(b.text) and not (full and a.text[-1] in "（《“、，"):
        return " "
    if b.bbox[1] - a.bbox[3] > 1.3 * a.size:  # an empty line between them
        return " "
    if _LATIN.match(a.text[-1]) and _LATIN.match(b.text[0]):
        return " "
    if a.text[-1].isascii() and b.text[0].isascii() and a.text[-1].isalnum() and b.text[0].isalnum():
        return "" if full else " "
    return " " if a.text[-1] in "。；" and not full else ""
