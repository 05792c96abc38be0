"""A table that goes on over pages: all its parts get the same columns, also where a page shows only some of them."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.read.grid import edges_of, nearest
from juanzong.read.printed import PrintedLine, PrintedPage, PrintedTable

SAME_EDGE = 3.0  # points
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
    if abs(a.bbox[0] - b.bbox[0]) > SAME_EDGE or abs(a.bbox[2] - b.bbox[2]) > SAME_EDGE:
        return False
    few, many = sorted((column_edges(a), column_edges(b)), key=len)
    return all(any(abs(x - y) <= SAME_EDGE for y in many) for x in few)


def _align(chain: Sequence[PrintedTable]) -> None:
    if len(chain) < 2:
        return
    edges = max((column_edges(t) for t in chain), key=len)
    for table in chain:
        if not all(any(abs(x - y) <= SAME_EDGE for y in edges) for x in column_edges(table)):
            continue
        for row in table.rows:
            for cell in row:
                cell.col_span = max(1, nearest(edges, cell.bbox[2]) - nearest(edges, cell.bbox[0]))
