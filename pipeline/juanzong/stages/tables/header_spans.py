"""A header's cell whose span over both levels a reader lost: the names of the lower level then stand too far to the left."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.stages.tables.kinds import is_value
from juanzong.stages.tables.raw import RawCell, RawRow

_LEAST = 4  # rows of the table: the two of its header, and some below


def mend_header_spans(rows: Sequence[RawRow]) -> list[RawCell]:
    """Give back what the lower level is short of: to the cells of one column each, all but those that go over both
    levels or over several columns; to the first cell where there are none. The cells that span both levels now."""
    if len(rows) < _LEAST or rows[0].syntax != "html" or rows[0].exact:
        return []
    upper, lower = rows[0].cells, rows[1].cells
    if any(is_value(c.text.text) or not c.text for c in (*upper, *lower)) or any(c.row_span > 1 for c in lower):
        return []
    flat = [c for c in upper if c.row_span == 1]
    short = sum(c.col_span for c in flat) - sum(c.col_span for c in lower)
    wide = [c for c in flat if c.col_span > 1]
    if short < 1 or len(flat) == len(upper) or not wide:
        return []
    lost = [c for c in flat if c.col_span == 1] or wide[:1]
    if (
        sum(c.col_span for c in lost) != short
        or len(lost) == len(flat)
        or (lost[0] in wide and lost[0] is not upper[0])
    ):
        return []
    for cell in lost:
        cell.row_span = 2
    return lost
