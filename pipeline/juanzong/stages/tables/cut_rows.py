"""Rows of a table in HTML that the end of a page cut between two cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from juanzong.stages.tables.raw import RawRow

_LEAST = 2  # rows of a table: the first shows how many cells a row has


def cut_between_cells(above: Sequence[RawRow], below: Sequence[RawRow]) -> bool:
    """Whether the last row above breaks off, and has, with the cells that the rows below begin with, as many as the first
    row."""
    if len(above) < _LEAST or not below or not above[-1].cut or {above[-1].syntax, below[0].syntax} != {"html"}:
        return False
    width = sum(cell.col_span for cell in above[0].cells)
    return len(above[-1].cells) + len(below[0].cells) == width and bool(below[0].cells[0].text)


def with_whole_rows(fragments: Sequence[Sequence[RawRow]]) -> list[list[RawRow]]:
    """The fragments; such a row stands whole where it began."""
    out = [list(rows) for rows in fragments]
    for above, below in pairwise(out):
        if cut_between_cells(above, below):
            above[-1] = replace(above[-1], cells=[*above[-1].cells, *below.pop(0).cells], cut=False)
    return [rows for rows in out if rows]
