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
    several columns, do so again. The cells that were mended."""
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
