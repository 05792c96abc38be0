"""A header of two levels some of whose cells lost their span: how many names the level below has tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from juanzong.stages.tables.grid import layout
from juanzong.stages.tables.kinds import kind
from juanzong.stages.tables.raw import RawCell, RawRow

_NAMES = ("words", "year", "period")
_LEAST_BELOW = 2  # rows that show which columns a table has


def restore_header_spans(rows: Sequence[RawRow]) -> None:
    """In place, for the header of each page's part: cells that went down to the level below, or over several columns.
    `rows`: those of a table in HTML, with their spans as they were read."""
    begins = [r for r in range(len(rows)) if r == 0 or rows[r].page_break]
    for r, end in zip(begins, [*begins[1:], len(rows)], strict=True):
        while r < end and len(rows[r].cells) == 1:  # a title above the header
            r += 1
        if r + 1 + _LEAST_BELOW < end and any(c.row_span > 1 or c.col_span > 1 for c in rows[r].cells):
            _restore(rows[r].cells, rows[r + 1].cells, rows[r + 2 : end])


def _restore(upper: Sequence[RawCell], lower: Sequence[RawCell], body: Sequence[RawRow]) -> None:
    slots = layout([[(c.row_span, c.col_span) for c in row.cells] for row in body])
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
        return
    if said == width:
        _down(upper, single, names, [line for line in slots if len(line) == width and None not in line])
    else:
        _over_several(single, names, width - said)


def _are_names(cells: Sequence[RawCell]) -> bool:
    """Whether a row holds several names and nothing else."""
    texts = [c.text.text for c in cells]
    return len(texts) > 1 and all(kind(t) in _NAMES for t in texts)


def _down(
    upper: Sequence[RawCell], single: Sequence[RawCell], names: int, body: Sequence[Sequence[tuple[int, int] | None]]
) -> None:
    """Where the names below are those of the groups alone, the cells beside them go down."""
    groups, at = [], 0
    for cell in upper:
        span = range(at, at + cell.col_span)
        at += cell.col_span
        if len(span) > 1 and cell.row_span == 1 and any(len({line[c] for c in span}) > 1 for line in body):
            groups.append(cell)  # some row below has its columns apart
    if sum(c.col_span for c in groups) == names:
        for cell in single:
            if not any(cell is group for group in groups):
                cell.row_span = 2


def _over_several(single: Sequence[RawCell], names: int, lacking: int) -> None:
    """Where the cells without a span are groups, and the names below tell how wide: one of them, or all over two."""
    plain = [c for c in single if c.col_span == 1]
    columns = names - sum(c.col_span for c in single if c.col_span > 1)
    if plain and columns - len(plain) == lacking > 0 and (len(plain) == 1 or columns == 2 * len(plain)):
        for cell in plain:
            cell.col_span = columns // len(plain)
