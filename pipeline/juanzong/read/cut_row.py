"""The lines at the head of a page that end the row which the page before broke off, in a table that no rulings bound."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from juanzong.read.bands import Line
from juanzong.read.continued import column_edges
from juanzong.read.printed import PrintedCell, PrintedPage, PrintedTable, around
from juanzong.read.row_blocks import FAR

LINES_BELOW = 2  # a page number, a running foot
LEAST_COLUMNS = 3  # of a table whose columns two pieces of text show
SPILL = 0.3  # ems that a piece may reach over its column's edge


def table_at_foot(page: PrintedPage) -> PrintedTable | None:
    """The table that the page ends with, but for a line or two at its foot."""
    for block in page.blocks[: -LINES_BELOW - 2 : -1]:
        if isinstance(block, PrintedTable):
            return block
    return None


def rest_of_row(lines: Sequence[Line], above: PrintedTable) -> tuple[list[int], PrintedTable] | None:
    """The first lines of a page as one row in the columns of the table `above`, which its page cut; None where they are
    none. The row lacks its label, and its first line has several cells.

    In: the page's lines from the top. Out: the indices of those taken, and the row as a table.
    """
    edges = column_edges(above)
    first = (
        1 if len(lines) > 1 and len(lines[0]) == 1 and lines[1][0].top - lines[0][0].bottom > lines[0][0].size else 0
    )
    if len(edges) <= LEAST_COLUMNS or len(lines) <= first or len(lines[first]) < 2:
        return None
    taken: list[int] = []
    columns: list[Line] = [[] for _ in edges[1:]]
    for k in range(first, len(lines)):
        near = not taken or lines[k][0].top - lines[taken[-1]][0].bottom < FAR * lines[k][0].size
        homes = [_column(edges, p.x0 + SPILL * p.size, p.x1 - SPILL * p.size) for p in lines[k]]
        if not near or None in homes:
            break
        if 0 in homes:
            return None
        for piece, home in zip(lines[k], homes, strict=True):
            columns[home or 0].append(piece)
        taken.append(k)
    if not taken:
        return None
    box = around([(p.x0, p.top, p.x1, p.bottom) for k in taken for p in lines[k]])
    row = [PrintedCell((a, box[1], b, box[3])) for a, b in pairwise(edges)]
    return taken, PrintedTable((edges[0], box[1], edges[-1], box[3]), [row])


def _column(edges: Sequence[float], x0: float, x1: float) -> int | None:
    """The one column that holds what stands from x0 to x1; None where it lies over an edge."""
    return next((c for c, (a, b) in enumerate(pairwise(edges)) if a <= x0 and x1 <= b), None)
