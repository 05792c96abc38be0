"""Headers of two levels over rows that no rule parts: which printed lines above the rows they may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex as re

from juanzong.read.bands import Line
from juanzong.read.printed import PrintedTable
from juanzong.read.rows import Piece, is_value

_NEAR = 1.6  # times the type's size between the lines of a header
_LEAST_ROWS, _LEAST_COLUMNS = 2, 3  # with values
_MOST_LINES = 4  # of a header
_LONGEST = 12  # characters of a name
_NO_NAME = re.compile(r"[:：。；，！？]|^[表图附]\s*[\d一二三四五六七八九十]")
_YEAR = re.compile(r"\s*\d{4}\s*年度?\s*")


def heads_over(lines: Sequence[Line], block: Sequence[Line]) -> Iterator[tuple[list[Line], list[Line]]]:
    """What may be a header of several lines, and the rows below it, the most lines first. `block`: those of the `lines` that
    may be a table; names over several columns, or in the middle of both levels, may stand above it."""
    at = next((k for k, line in enumerate(lines) if line is block[0]), 0)
    first = next((k for k, line in enumerate(block) if _has_values(line)), len(block))
    body = list(block[first:])
    full = [line for line in body if len(line) >= _LEAST_COLUMNS]
    if len(full) < _LEAST_ROWS:
        return
    x0, x1 = min(p.x0 for line in body for p in line), max(p.x1 for line in body for p in line)
    head: list[Line] = []
    below = body[0]
    for line in reversed(lines[: at + first]):
        gap = below[0].top - max(p.bottom for p in line)
        inside = x0 - line[0].size <= line[0].x0 and line[-1].x1 <= x1 + line[0].size
        if not inside or gap > _NEAR * line[0].size or not all(map(_is_name, line)) or len(head) == _MOST_LINES:
            break
        head.insert(0, line)
        below = line
    for k in range(len(head) - 1):
        if len(head[k]) > 1 or len(head[-1]) < max(map(len, full)):  # one name over all the others is a title
            yield head[k:], body


def is_named(table: PrintedTable, head: Sequence[Line]) -> bool:
    """Whether each cell of a table's two header rows holds one of these lines' names."""
    middles = [((p.x0 + p.x1) / 2, p.middle) for line in head for p in line]
    return all(
        any(c.bbox[0] <= x <= c.bbox[2] and c.bbox[1] <= y <= c.bbox[3] for x, y in middles)
        for row in table.rows[:2]
        for c in row
    )


def _has_values(line: Line) -> bool:
    return any(is_value(p.text) and not _YEAR.fullmatch(p.text) for p in line[1:])


def _is_name(p: Piece) -> bool:
    named = not is_value(p.text) or _YEAR.fullmatch(p.text) is not None
    return len(p.text) <= _LONGEST and named and _NO_NAME.search(p.text) is None
