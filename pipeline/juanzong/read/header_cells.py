"""Header cells of two levels between two rulings: a name over several columns, and below it, in the same cell, the name of
each. Points."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from juanzong.read.glyphs import Glyph, lines_of_runs, runs_of
from juanzong.read.grid import edges_of
from juanzong.read.printed import PrintedCell, PrintedTable
from juanzong.read.rows import Piece, piece_of

SAME_EDGE = 3.0
SPILL = 0.3  # ems that a name may reach over its column's edge


def levels_parted(
    row: Sequence[PrintedCell], held: Sequence[Sequence[Glyph]], table: PrintedTable
) -> list[list[PrintedCell]] | None:
    """The two rows of a header; None where a cell over several columns has other things than one name over a name for
    each. `held`: the cells' glyphs; the columns' edges are those of the whole table."""
    wide = [k for k, cell in enumerate(row) if cell.col_span > 1]
    if not wide or any(c.row_span > 1 for c in row):
        return None
    xs = edges_of([x for other in table.rows for c in other for x in (c.bbox[0], c.bbox[2])], SAME_EDGE)
    cuts: dict[int, tuple[float, list[float]]] = {}
    for k in wide:
        x0, _, x1, _ = row[k].bbox
        edges = [x0, *(x for x in xs if x0 + SAME_EDGE < x < x1 - SAME_EDGE), x1]
        lines = [[piece_of([run]) for run in line] for line in lines_of_runs(runs_of(held[k], SPILL))]
        if len(lines) < 2 or len(edges) != row[k].col_span + 1 or not _stands_over(lines[0], lines[1:], edges):
            return None
        cuts[k] = ((lines[0][0].bottom + min(p.top for p in lines[1])) / 2, edges)
    middle = sum(y for y, _ in cuts.values()) / len(cuts)
    upper, lower = list[PrintedCell](), list[PrintedCell]()
    for k, cell in enumerate(row):
        x0, top, x1, bottom = cell.bbox
        if k in cuts:
            upper.append(PrintedCell((x0, top, x1, middle), col_span=cell.col_span))
            lower += [PrintedCell((a, middle, b, bottom)) for a, b in pairwise(cuts[k][1])]
        else:
            upper.append(PrintedCell(cell.bbox, row_span=2))
    return [upper, lower]


def _stands_over(name: Sequence[Piece], below: Sequence[Sequence[Piece]], edges: Sequence[float]) -> bool:
    """Whether one name stands over names of which each column has one, and none two."""
    columns = []
    for line in below:
        for p in line:
            home = [
                c
                for c, (a, b) in enumerate(pairwise(edges))
                if a <= p.x0 + SPILL * p.size and p.x1 - SPILL * p.size <= b
            ]
            if not home:
                return False
            columns.append(home[0])
    return len(name) == 1 and set(columns) == set(range(len(edges) - 1))
