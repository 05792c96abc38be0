"""Columns that no upright ruling parts, beside columns that one does: what all lines between two uprights leave free. Points."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from juanzong.read.bands import Line
from juanzong.read.continued import column_edges
from juanzong.read.free_columns import gaps_of
from juanzong.read.glyphs import Glyph, lines_of_runs, runs_of
from juanzong.read.printed import PrintedCell, PrintedTable
from juanzong.read.row_blocks import LEAST_ROWS
from juanzong.read.rows import piece_of

PIECE_GAP = 0.9  # ems; pieces of a line that stand closer are one cell's
CROWDED = 0.75  # of the lines between two uprights have several pieces


def free_between(glyphs: Sequence[Glyph]) -> list[float]:
    """Where columns part that no upright parts, by the glyphs between two uprights: names stand side by side in the first
    line, and nearly all lines have a piece under each of them."""
    lines: list[Line] = [[piece_of([run]) for run in line] for line in lines_of_runs(runs_of(glyphs, PIECE_GAP))]
    several = [line for line in lines if len(line) > 1]
    if len(several) < max(LEAST_ROWS, CROWDED * len(lines)) or several[0] is not lines[0]:
        return []
    gaps = gaps_of(several, 0)
    return [(a + b) / 2 for a, b in gaps] if all(len(line) == len(gaps) + 1 for line in several) else []


def columns_parted(table: PrintedTable, held: Sequence[Sequence[Glyph]]) -> PrintedTable | None:
    """The table with such columns parted; None where it has none. `held`: for each cell, row by row, its glyphs."""
    xs = column_edges(table)
    glyphs = dict(zip((id(c) for row in table.rows for c in row), held, strict=True))
    free: list[float] = []
    for x0, x1 in pairwise(xs):
        own = [c for row in table.rows for c in row if _fills(c, x0, x1)]
        if len({c.bbox[1] for c in own}) == len(table.rows) and len(own) == len(table.rows):
            free += free_between([g for c in own for g in glyphs[id(c)]])
    if not free:
        return None
    return PrintedTable(table.bbox, [[part for c in row for part in _parted(c, free)] for row in table.rows])


def _fills(cell: PrintedCell, x0: float, x1: float) -> bool:
    return cell.col_span == 1 and x0 - 1 <= cell.bbox[0] and cell.bbox[2] <= x1 + 1


def _parted(cell: PrintedCell, free: Sequence[float]) -> list[PrintedCell]:
    """The cell as one for each column that it goes over by itself; over several columns already, it goes over more."""
    x0, top, x1, bottom = cell.bbox
    inner = [x for x in free if x0 < x < x1]
    if not inner or cell.col_span > 1:
        return [PrintedCell(cell.bbox, row_span=cell.row_span, col_span=cell.col_span + len(inner))]
    return [PrintedCell((a, top, b, bottom), row_span=cell.row_span) for a, b in pairwise([x0, *inner, x1])]
