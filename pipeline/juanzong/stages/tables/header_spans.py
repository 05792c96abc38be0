"""A header of two levels some of whose cells lost their span: how many names the level below has tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from juanzong.stages.tables.grid import slots_of
from juanzong.stages.tables.kinds import kind
from juanzong.stages.tables.raw import RawCell, RawRow

_NAMES = ("words", "year", "period")
_LEAST_BELOW = 2  # rows that show which columns a table has


def mend_header_spans(rows: Sequence[RawRow]) -> list[RawCell]:
    """In place, for the header of each page's part of a table in HTML: cells that went down to the level below, or over
    several columns, do so again; between bars, those that stand once over several names. The cells that were mended."""
    if len(rows) > 1 + _LEAST_BELOW and rows[0].syntax == "pipes":
        return _over_names(rows[0], rows[1], rows[2:])
    if not rows or rows[0].syntax != "html" or rows[0].exact:
        return []
    mended: list[RawCell] = []
    begins = [r for r in range(len(rows)) if r == 0 or rows[r].page_break]
    for r, end in zip(begins, [*begins[1:], len(rows)], strict=True):
        while r < end and len(rows[r].cells) == 1:  # a title above the header
            r += 1
        if r + 1 + _LEAST_BELOW < end and any(c.row_span > 1 or c.col_span > 1 for c in rows[r].cells):
            mended += _mend(rows[r].cells, rows[r + 1].cells, rows[r + 2 : end])
    return mended


def _over_names(upper: RawRow, lower: RawRow, body: Sequence[RawRow]) -> list[RawCell]:
    """Where the second row has a place for each column and names in some, and the first row lacks as many cells as these
    are more than one side by side: the cells over them go over several, the others down."""
    width, times = Counter(len(row.cells) for row in body).most_common(1)[0]
    filled = [bool(c.text) for c in lower.cells]
    runs = _runs(filled)
    groups = sum(b - a for a, b in runs) - (width - len(upper.cells))  # cells over the names
    each = (runs[0][1] - runs[0][0]) // groups if len(runs) == 1 and groups > 0 else 0  # columns of one, side by side
    if times < _LEAST_BELOW or len(filled) != width or len(upper.cells) >= width or not runs or filled[0]:
        return []
    if not (each * groups == runs[0][1] - runs[0][0] if each else groups == len(runs) > 1):
        return []
    spans = {a: each or b - a for a, b in runs for a in (range(a, b, each) if each else (a,))}
    if min(spans.values()) < 2 or not _are_names(upper.cells) or not _are_names([c for c in lower.cells if c.text]):
        return []
    mended, at = [], 0
    for cell in upper.cells:
        cell.col_span, cell.row_span = (spans[at], 1) if at in spans else (1, 2)
        mended += [cell] if at in spans else []
        at += cell.col_span
    lower.cells = [c for c in lower.cells if c.text]
    return mended


def _runs(filled: Sequence[bool]) -> list[tuple[int, int]]:
    """The runs of what is filled: [begin, end)."""
    begins = [k for k, x in enumerate(filled) if x and (k == 0 or not filled[k - 1])]
    return [(a, next((k for k in range(a, len(filled)) if not filled[k]), len(filled))) for a in begins]


def _mend(upper: Sequence[RawCell], lower: Sequence[RawCell], body: Sequence[RawRow]) -> list[RawCell]:
    slots = slots_of(body)
    width, times = Counter(map(len, slots)).most_common(1)[0]
    single = [c for c in upper if c.row_span == 1]
    names, said = sum(c.col_span for c in lower), sum(c.col_span for c in upper)
    if (
        times < _LEAST_BELOW
        or any(c.row_span > 2 for c in upper)
        or (said == width and names == sum(c.col_span for c in single))
        or not _are_names(lower)
        or not _are_names(upper)
    ):
        return []
    if said == width:
        return _down(upper, single, names, [line for line in slots if len(line) == width and None not in line])
    return _over_several(single, names, width - said)


def _are_names(cells: Sequence[RawCell]) -> bool:
    """Whether a row holds several names and nothing else."""
    texts = [c.text.text for c in cells]
    return len(texts) > 1 and all(kind(t) in _NAMES for t in texts)


def _down(
    upper: Sequence[RawCell], single: Sequence[RawCell], names: int, body: Sequence[Sequence[tuple[int, int] | None]]
) -> list[RawCell]:
    """Where the names below are those of the groups alone, the cells beside them go down."""
    groups, at = [], 0
    for cell in upper:
        span = range(at, at + cell.col_span)
        at += cell.col_span
        if len(span) > 1 and cell.row_span == 1 and any(len({line[c] for c in span}) > 1 for line in body):
            groups.append(cell)  # some row below has its columns apart
    if groups and groups[0] is upper[0] and sum(c.col_span for c in groups[1:]) == names:
        groups = groups[1:]  # the names of rows, in two columns
    if sum(c.col_span for c in groups) != names:
        return []
    lost = [cell for cell in single if not any(cell is group for group in groups)]
    for cell in lost:
        cell.row_span = 2
    return lost


def _over_several(single: Sequence[RawCell], names: int, lacking: int) -> list[RawCell]:
    """Where the cells without a span are groups, and the names below tell how wide: one of them, or all over two."""
    plain = [c for c in single if c.col_span == 1]
    columns = names - sum(c.col_span for c in single if c.col_span > 1)
    if not plain or columns - len(plain) != lacking or lacking < 1 or (len(plain) > 1 and columns != 2 * len(plain)):
        return []
    for cell in plain:
        cell.col_span = columns // len(plain)
    return plain
