"""Pieces of a table's columns -> its rows and cells, where no rulings part them all. Points."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import median

from juanzong.read.centred import rows_around_middles
from juanzong.read.printed import Box, PrintedCell, PrintedTable
from juanzong.read.rows import (
    FIRM,
    REACH,
    Piece,
    PrintedRow,
    breaks_between,
    end_of,
    is_group_row,
    is_row_by_row,
    is_value,
    names_group,
    printed_rows,
)

WRAPPED = 7  # ems of a column whose text may have been wrapped
RULED_ROWS = 4  # rows parted by rulings: the others have theirs too
LEAST_COLUMNS = 2  # of a table whose labels may go with several rows each
LEAST_LABELS = 3  # the name of their column among them
OFF_MIDDLE = 0.5  # ems that a label may stand off the middle of its rows
CLOSE_LINES = 0.6  # ems between the lines of a label
MANY_CELLS = 20  # in printed lines that all have something in each column: each of them is a row


def filled(
    xs: list[float], box: Box, found: list[tuple[int, Piece]], rules: Sequence[float] = ()
) -> PrintedTable | None:
    """A table with these columns' edges whose rows the rules across and the pieces tell; None where they stand in no
    rows."""
    rows = printed_rows(found)
    columns = len(xs) - 1
    widths = [_room([r[c] for r in rows if c in r], xs[c + 1] - xs[c]) for c in range(columns)]
    if columns > LEAST_COLUMNS and (labelled := rows_under_labels(rows, widths, rules)) is not None:
        return with_labels(xs, box, found, labelled)
    scores = _row_ends(rows, widths, rules)
    named = len(rows[0]) == columns and scores[:1] == [inf] and not any(is_value(p.text) for p in rows[0].values())
    valued = all(len(row) == columns or (columns - 1 in row and is_value(row[columns - 1].text)) for row in rows)
    whole = len(rules) > 1 and len(rows[0]) == columns > 2 and scores[:1] == [inf]
    headed = whole or (len(rules) > 1 and named and valued)  # ruled off: all else is its rows
    if not headed and not is_row_by_row(rows, scores, columns, 0.0):
        return None
    cuts = [between(a, b) for (a, b), score in zip(pairwise(rows), scores, strict=True) if score > 0]
    ys = [box[1], *cuts, box[3]]
    cells = [[_cells(xs, a, b, [p for _, p in found if a <= p.middle < b])] for a, b in pairwise(ys)]
    return PrintedTable(box, [row for group in cells for row in group])


def rows_under_labels(
    rows: Sequence[PrintedRow], widths: Sequence[float], rules: Sequence[float]
) -> tuple[list[float], list[int]] | None:
    """Rows whose first column has labels in the middle of several of them: the heights at which rows end, and how many each
    label goes with; None where the labels do not tile the rows so, or as well may name the row beside them."""
    lines = [{c: p for c, p in row.items() if c} for row in rows]
    lines = [line for line in lines if line]
    labels = _whole_cells([row[0] for row in rows if 0 in row])
    if len(labels) < LEAST_LABELS or len(labels) >= len(lines):
        return None
    scores = _row_ends([{c - 1: p for c, p in line.items()} for line in lines], widths[1:], rules)
    groups = [[lines[0]]]
    for line, score in zip(lines[1:], scores, strict=True):
        if score > 0:
            groups.append([])
        groups[-1].append(line)
    middles = [(_middle(own[0]) + _middle(own[-1])) / 2 for own in groups]
    spans, at = list[int](), 0
    for top, bottom, size in labels:
        middle = (top + bottom) / 2
        reach = [e for e in range(at, len(groups)) if abs((middles[at] + middles[e]) / 2 - middle) <= OFF_MIDDLE * size]
        if not reach:
            return None
        spans.append(reach[0] - at + 1)
        at += spans[-1]
    first = next((k for k, span in enumerate(spans) if span > 1), len(spans))
    if at < len(groups) or first > 1 or not any(span % 2 == 0 for span in spans):
        return None
    return [between(a[-1], b[0]) for a, b in pairwise(groups)], spans


def _whole_cells(pieces: Sequence[Piece]) -> list[tuple[float, float, float]]:
    """The tops, bottoms and sizes of a column's cells: its lines, those close below one another as one."""
    out: list[tuple[float, float, float]] = []
    for p in pieces:
        if out and p.top - out[-1][1] < CLOSE_LINES * p.size:
            out[-1] = (out[-1][0], p.bottom, p.size)
        else:
            out.append((p.top, p.bottom, p.size))
    return out


def with_labels(
    xs: Sequence[float], box: Box, found: Sequence[tuple[int, Piece]], labelled: tuple[list[float], list[int]]
) -> PrintedTable:
    """The table of pieces with their columns whose rows end at these heights, and whose labels go with so many each."""
    cuts, spans = labelled
    ys = [box[1], *cuts, box[3]]
    out = [_cells(xs[1:], a, b, [p for c, p in found if c and a <= p.middle < b]) for a, b in pairwise(ys)]
    at = 0
    for span in spans:
        out[at].insert(0, PrintedCell((xs[0], ys[at], xs[1], ys[at + span]), row_span=span))
        at += span
    return PrintedTable(box, out)


def _row_ends(rows: Sequence[PrintedRow], widths: Sequence[float], rules: Sequence[float]) -> list[float]:
    """What speaks for a row's end below each printed line but the last: above 0 it ends."""
    ruled = [any(_middle(a) < rule < _middle(b) for rule in rules) for a, b in pairwise(rows)]
    if len(rows) * len(widths) >= MANY_CELLS and all(len(row) == len(widths) for row in rows):
        return [inf] * len(ruled)  # not all cells of a row wrap into as many lines
    at, sure = _ends_around_middles(rows, widths, ruled)
    first = rows[:at]
    firm = FIRM if len(rules) > RULED_ROWS else 0.0
    scores = [
        inf if apart or is_group_row(a) or is_group_row(b) else score - firm
        for (a, b), apart, score in zip(pairwise(first), ruled, breaks_between(first, widths), strict=False)
    ]
    return [*scores, *sure]


def _ends_around_middles(
    rows: Sequence[PrintedRow], widths: Sequence[float], ruled: Sequence[bool]
) -> tuple[int, list[float]]:
    """Where the lines begin whose rows' cells stand in the middle of their height: the first, or the first below a ruling
    where what is above it, a header, is not set so; and what speaks for ends from there on. `ruled`: whether a ruling
    parts a line from the next one."""
    ends = rows_around_middles(rows, widths, ruled)
    if ends is not None:
        return 0, [inf if end else -inf for end in ends]
    at = ruled.index(True) + 1 if True in ruled else len(rows)
    ends = rows_around_middles(rows[at:], widths, ruled[at:])
    return (len(rows), []) if ends is None else (at, [inf, *(inf if end else -inf for end in ends)])


def between(a: PrintedRow, b: PrintedRow) -> float:
    """The height at which a row ends between two printed lines."""
    return (max(p.bottom for p in a.values()) + min(p.top for p in b.values())) / 2


def _middle(row: PrintedRow) -> float:
    """The height of a printed line."""
    return median(p.middle for p in row.values())


def _room(pieces: Sequence[Piece], free: float) -> float:
    """What a column has room for: its longest line where that is long enough to have been wrapped, else what is free."""
    if not pieces:
        return 0.0
    longest, size = max(p.x1 - p.x0 for p in pieces), pieces[0].size
    return longest if longest >= WRAPPED * size else max(longest, free - size)


def _cells(xs: Sequence[float], top: float, bottom: float, pieces: Sequence[Piece]) -> list[PrintedCell]:
    """One row's cells; a piece that stands over several columns makes one cell of them, a group's name of all."""
    if len(pieces) == 1 and names_group(pieces[0].text):
        return [PrintedCell((xs[0], top, xs[-1], bottom), col_span=len(xs) - 1)]
    joined = [any(p.x0 < x - REACH * p.size and end_of(p) > x + REACH * p.size for p in pieces) for x in xs[1:-1]]
    out: list[PrintedCell] = []
    for k, (a, b) in enumerate(pairwise(xs)):
        if k and joined[k - 1]:
            last = out[-1]
            last.bbox, last.col_span = (last.bbox[0], top, b, bottom), last.col_span + 1
        else:
            out.append(PrintedCell((a, top, b, bottom)))
    return out
