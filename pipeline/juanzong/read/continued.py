"""A table that goes on over pages: all its parts get the same columns, also where a page shows only some of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from juanzong.read.grid import edges_of, nearest
from juanzong.read.printed import PrintedLine, PrintedPage, PrintedTable

SAME_EDGE = 3.0  # points
PROSE = 40  # characters: a cell of so many is no name
LINES_BETWEEN = 6  # a footnote, the page number, the running head


def align_continued_tables(pages: Sequence[PrintedPage]) -> None:
    """Where one part's column edges are among the other part's, widen col_spans to the finer grid of the two."""
    chain: list[PrintedTable] = []
    between = 0
    for page in pages:
        first = True
        for block in page.blocks:
            if isinstance(block, PrintedLine):
                between += 1
                continue
            if not (chain and first and between <= LINES_BETWEEN and _goes_on(chain[-1], block)):
                _align(chain)
                chain = []
            chain.append(block)
            first, between = False, 0
    _align(chain)


def column_edges(table: PrintedTable) -> list[float]:
    """The x of the table's vertical rulings, in points, ascending."""
    return edges_of([x for row in table.rows for c in row for x in (c.bbox[0], c.bbox[2])], SAME_EDGE)


def _goes_on(a: PrintedTable, b: PrintedTable) -> bool:
    ends = all(abs(a.bbox[k] - b.bbox[k]) <= SAME_EDGE for k in (0, 2))
    return ends and (_cuts_cell_across(a, b) or _same_edges(a, b))


def _cuts_cell_across(a: PrintedTable, b: PrintedTable) -> bool:
    """Whether the page cuts a cell that goes across the whole table: below it the table may be parted otherwise."""
    return len(a.rows[-1]) == len(b.rows[0]) == 1 and len(a.rows[-1][0].text) > PROSE


def _same_edges(a: PrintedTable, b: PrintedTable) -> bool:
    few, many = sorted((column_edges(a), column_edges(b)), key=len)
    return all(is_among(x, many) for x in few)


def is_among(x: float, edges: Sequence[float]) -> bool:
    """Whether x is one of the edges, in points, but for the drawing's inaccuracy."""
    return any(abs(x - y) <= SAME_EDGE for y in edges)


def _align(chain: Sequence[PrintedTable]) -> None:
    if len(chain) < 2:
        return
    edges = max((column_edges(t) for t in chain), key=len)
    if not all(_same_edges(a, b) for a, b in pairwise(chain)):
        others = [x for t in chain for x in column_edges(t) if not is_among(x, edges)]
        edges = edges_of([*edges, *others], SAME_EDGE)
    for table in chain:
        if not all(is_among(x, edges) for x in column_edges(table)):
            continue
        for row in table.rows:
            for cell in row:
                cell.col_span = max(1, nearest(edges, cell.bbox[2]) - nearest(edges, cell.bbox[0]))
