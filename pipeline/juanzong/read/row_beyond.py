"""Tables whose every second row has a painted ground: its edges bound that row and the one above it, and the last row of all
may stand below them. Points."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from juanzong.read.bands import Line, beside_row
from juanzong.read.free_columns import column_of, free_columns
from juanzong.read.row_blocks import LEAST_ROWS, WIDER
from juanzong.read.rows import REACH, cut_at, end_of


def row_beyond(lines: Sequence[Line], rules: Sequence[float]) -> float:
    """How far such a table reaches, the heights of whose `rules` are given: over the rows below, mostly one, each of which
    has as many cells as the last one so far, or as the fullest, each in its column."""
    rows = [line for line in lines if len(line) > 1 and rules[0] <= line[0].middle <= rules[-1]]
    if len(rows) <= LEAST_ROWS:
        return rules[-1]
    gaps, reach = free_columns(rows), rules[-1]
    if len(gaps) < LEAST_ROWS:
        return reach
    pitch = max(b[0].middle - a[0].middle for a, b in pairwise(rows))
    while True:
        k = next((k for k, line in enumerate(lines) if line[0].middle > reach and len(line) > 1), len(lines))
        if k == len(lines) or lines[k][0].middle - rows[-1][0].middle > WIDER * pitch:
            return reach
        first, last = _row_at(lines, k, reach)
        parts = [part for line in lines[first : last + 1] for p in line for _, part in cut_at(p, gaps)]
        spread = any(p.x0 + REACH * p.size < x < end_of(p) - REACH * p.size for p in parts for x in gaps)
        own = [{column_of(gaps, p) for p in row} for row in (rows[-1], max(rows, key=len))]
        if spread or {column_of(gaps, p) for p in parts} not in own:
            return reach
        reach = max(p.bottom for p in parts)
        rows.append(lines[k])


def _row_at(lines: Sequence[Line], k: int, reach: float) -> tuple[int, int]:
    """The first and last of the lines, below `reach`, that hold the row of line k: what stands alone beside it goes with
    it."""
    first = last = k
    while lines[first - 1][0].middle > reach and len(lines[first - 1]) == 1 and beside_row(lines, first - 1):
        first -= 1
    while last + 1 < len(lines) and len(lines[last + 1]) == 1 and beside_row(lines, last + 1):
        last += 1
    return first, last
