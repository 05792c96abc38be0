"""A table's cells in their places: what every writer of tables needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from juanzong.model import Cell, Table
from juanzong.stages.tables.grid import layout

Slots = list[list[tuple[int, int] | None]]


class PlacedCell(NamedTuple):
    """A cell at its top left place of the grid; `row` and `cell` are its indices in rows and cells."""

    row: int
    cell: int
    column: int
    down: int  # rows that it covers in the grid, never beyond it
    right: int
    value: Cell


def slots_of(table: Table) -> Slots:
    """For each place of the grid the (row, cell) that stands there, None where nothing does; all rows as wide."""
    slots = layout([[(c.row_span, c.col_span) for c in row.cells] for row in table.rows])
    width = max(map(len, slots), default=0)
    return [[*line, *[None] * (width - len(line))] for line in slots]


def table_size(table: Table) -> tuple[int, int]:
    """(rows, columns) of the grid, spans expanded."""
    slots = slots_of(table)
    return len(slots), len(slots[0]) if slots else 0


def matrix_of(table: Table) -> list[list[str]]:
    """All rows as strings, the header first; a merged cell stands in each of its places."""
    rows = table.rows
    return [[rows[s[0]].cells[s[1]].text if s else "" for s in line] for line in slots_of(table)]


def placed_cells(table: Table) -> Iterator[PlacedCell]:
    """The cells in the order of print, each once."""
    slots, rows = slots_of(table), table.rows
    places: dict[tuple[int, int], tuple[int, int, int, int]] = {}
    for r, line in enumerate(slots):
        for c, owner in enumerate(line):
            if owner is not None:
                top, left, bottom, right = places.get(owner, (r, c, r, c))
                places[owner] = (top, left, max(bottom, r), max(right, c))
    for (r, k), (top, left, bottom, right) in sorted(places.items()):
        yield PlacedCell(r, k, left, bottom - top + 1, right - left + 1, rows[r].cells[k])


def column_names(table: Table) -> list[str]:
    """The columns' header paths, or made-up names where the table has none."""
    return list(table.columns or [f"列{k + 1}" for k in range(table_size(table)[1])])
