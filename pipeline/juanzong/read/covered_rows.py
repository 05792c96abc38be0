"""Rows in which no cell begins: merged cells above go on over them, and nothing else stands there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from juanzong.read.printed import PrintedCell


def without_covered(rows: Sequence[Sequence[PrintedCell]]) -> list[list[PrintedCell]]:
    """The rows less those without a cell; the cells that reach over one are a row less deep.

    >>> cells = without_covered([[PrintedCell((0, 0, 9, 9), "甲", 2)], []])
    >>> [[(c.text, c.row_span) for c in row] for row in cells]
    [[('甲', 1)]]
    """
    empty = {r for r, row in enumerate(rows) if not row}
    if not empty:
        return [list(row) for row in rows]
    return [
        [replace(c, row_span=c.row_span - len(empty & set(range(r, r + c.row_span)))) for c in row]
        for r, row in enumerate(rows)
        if row
    ]
