"""Names of rows that no ruling parts, beside rows that rulings do part: one merged cell, a line of it for each row. Points."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from juanzong.read.glyphs import Glyph, lines_of_runs, runs_of
from juanzong.read.printed import PrintedCell, PrintedTable
from juanzong.read.rows import Piece, piece_of

LEAST = 3  # rows
MIDDLE = 0.35  # of a row's height that its name may stand off the row's middle
ROOM = 1.5  # ems that most names leave free in their cell, as no line of a wrapped text does but the last


def names_parted(table: PrintedTable, held: Sequence[Sequence[Glyph]]) -> PrintedTable | None:
    """The table with such cells parted; None where it has none. `held`: for each cell, row by row, its glyphs."""
    tops = [min(c.bbox[1] for c in row) if row else 0.0 for row in table.rows]
    ys = [*tops, table.bbox[3]]
    glyphs = iter(held)
    extra: list[list[PrintedCell]] = [[] for _ in table.rows]
    found = False
    for r, row in enumerate(table.rows):
        for cell in row:
            own = next(glyphs)
            below = ys[r : r + cell.row_span + 1]
            parts = (
                below if cell.row_span >= LEAST and len(below) > cell.row_span and _are_names(cell, own, below) else ()
            )
            found = found or bool(parts)
            if not parts:
                extra[r].append(cell)
            for k, (top, bottom) in enumerate(pairwise(parts)):
                extra[r + k].append(PrintedCell((cell.bbox[0], top, cell.bbox[2], bottom), col_span=cell.col_span))
    if not found:
        return None
    return PrintedTable(table.bbox, [sorted(row, key=lambda c: c.bbox[0]) for row in extra])


def _are_names(cell: PrintedCell, glyphs: Sequence[Glyph], ys: Sequence[float]) -> bool:
    """Whether a merged cell has as many printed lines as rows stand beside it, each level with its row, and most do
    not fill the cell, as all but the last line of a wrapped text do."""
    lines: list[Piece] = [piece_of(line) for line in lines_of_runs(runs_of(glyphs))]
    if len(lines) != len(ys) - 1:
        return False
    width = cell.bbox[2] - cell.bbox[0]
    level = all(
        abs(line.middle - (top + bottom) / 2) <= MIDDLE * (bottom - top)
        for line, (top, bottom) in zip(lines, pairwise(ys), strict=True)
    )
    short = sum(line.x1 - line.x0 + ROOM * line.size < width for line in lines[:-1])
    return level and 2 * short >= len(lines)
