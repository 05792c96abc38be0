"""The lines at the head of a page that go on with the table at the foot of the page before, which no rulings bound and
whose header is not printed again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from juanzong.read.bands import SAME, Line, in_row
from juanzong.read.continued import column_edges
from juanzong.read.printed import PrintedPage, PrintedTable
from juanzong.read.row_blocks import FAR
from juanzong.read.rows import Piece, cut_at

LINES_BELOW = 5  # footnotes, a page number, a running foot
LEAST_COLUMNS = 3  # of a table whose columns two pieces of text show
HEAD = 1.5  # times its size that a running head stands off the text at least
LEAST_BELOW, SAME_LEFT = 2, 1.0  # texts of a column that show its left edge; points
SPILL = 0.3  # ems that a piece may reach over its column's edge

Found = list[tuple[int, Piece]]
"""Pieces with their columns."""


def table_at_foot(page: PrintedPage) -> PrintedTable | None:
    """The table that the page ends with, but for some lines at its foot."""
    for block in page.blocks[: -LINES_BELOW - 2 : -1]:
        if isinstance(block, PrintedTable):
            return block
    return None


def rest_of_table(
    lines: Sequence[Line], above: PrintedTable, rules: Sequence[tuple[float, float, float]]
) -> tuple[list[int], Found] | None:
    """The first lines of a page that stand in the columns of the table `above`, which its page cut; None where they do
    not show it: no rule of the table's width ends them, and they are neither rows with something in each column nor the
    rest of a row without its label.

    In: the page's lines from the top; its rules across (x0, x1, height). Out: the indices of those taken, their pieces with
    their columns.
    """
    edges = column_edges(above)
    apart = len(lines) > 1 and len(lines[0]) == 1 and lines[1][0].top - lines[0][0].bottom > HEAD * lines[0][0].size
    first = 1 if apart else 0  # a running head
    if len(edges) <= LEAST_COLUMNS:
        return None
    own = [y for x0, x1, y in rules if abs(x0 - edges[0]) < SAME and abs(x1 - edges[-1]) < SAME]
    if first >= len(lines):
        return None
    taken, found = _fitting(lines, 0, edges, own)
    if first and not _begins_as_cells(found):
        taken, found = _fitting(lines, first, edges, own)
    if not taken or _begins_anew(found, lines[taken[0]], above, own):
        return None
    last = lines[taken[-1]][0]
    ended = any(0 <= y - last.middle < FAR * last.size for y in own)
    return (taken, found) if ended or _is_row(lines[taken[0]], {c for c, _ in found}, len(edges) - 1) else None


def _fitting(
    lines: Sequence[Line], first: int, edges: Sequence[float], rules: Sequence[float]
) -> tuple[list[int], Found]:
    """The lines from the `first` on that stand in the columns, close to each other, and their pieces: below a rule only
    rows, and at the end no line that stands off the last row."""
    taken: list[int] = []
    found: Found = []
    for k in range(first, len(lines)):
        line = [part for p in lines[k] for _, part in cut_at(p, edges[1:-1])]
        homes = [_column(edges, p.x0 + SPILL * p.size, p.x1 - SPILL * p.size) for p in line]
        before = lines[taken[-1]][0] if taken else line[0]
        near = not taken or line[0].top - before.bottom < FAR * line[0].size
        ended = any(before.middle < y < line[0].middle for y in rules)
        if not near or None in homes or (ended and len(line) == 1):
            break
        found += [(home or 0, p) for home, p in zip(homes, line, strict=True)]
        taken.append(k)
    while len(taken) > 1 and len(lines[taken[-1]]) == 1 and not (in_row(lines, taken[-1]) or _is_close(found)):
        taken.pop()
        found.pop()
    return taken, found


def _begins_anew(found: Found, first: Line, above: PrintedTable, rules: Sequence[float]) -> bool:
    """Whether a page begins with a table of its own: with the header again between rules, with rows under a rule, or with a line over a
    rule, as a running head or a caption is."""
    if len(first) == 1 and _begins_as_cells(found):
        return False
    columns = {c for c, _ in found}
    said = ["".join(p.text for at, p in found if at == c) for c in range(len(above.rows[0]))]
    if rules and all(text.startswith(cell.text) for text, cell in zip(said, above.rows[0], strict=True)):
        return True
    whole = len(columns) == len(column_edges(above)) - 1
    alone = len(first) == 1 or (len(found) <= len(first) and not whole)
    if alone and any(0 < y - first[0].middle < FAR * first[0].size for y in rules):
        return True
    ruled = any(0 <= first[0].top - y < FAR * first[0].size for y in rules)
    return ruled and whole


def _begins_as_cells(found: Found) -> bool:
    """Whether the first piece, behind the column of names, stands at the left edge at which all texts below it in its
    column do: the rest of a cell that the page cut."""
    if not found:
        return False
    home, piece = found[0]
    below = [p.x0 for c, p in found[1:] if c == home]
    return home > 0 and len(below) >= LEAST_BELOW and all(abs(x - piece.x0) < SAME_LEFT for x in below)


def _is_row(first: Line, columns: set[int], many: int) -> bool:
    """Whether what fits into the columns is told by itself: the rest of a row without its label, or rows with something in
    each column."""
    return (0 not in columns and len(first) > 1) or len(columns) == many


def _is_close(found: Found) -> bool:
    """Whether the last piece stands right below another one of its column."""
    home, piece = found[-1]
    above = [p for c, p in found[:-1] if c == home]
    return bool(above) and piece.top - above[-1].bottom < 0.9 * piece.size


def _column(edges: Sequence[float], x0: float, x1: float) -> int | None:
    """The one column that holds what stands from x0 to x1; None where it lies over an edge."""
    return next((c for c, (a, b) in enumerate(pairwise(edges)) if a <= x0 and x1 <= b), None)
