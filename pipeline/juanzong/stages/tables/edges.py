"""Edges between columns at which no cell of a page begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from juanzong.stages.tables.grid import expand, slots_of, width_of
from juanzong.stages.tables.raw import RawRow


def without_idle_edges(rows: Sequence[RawRow], before: Sequence[RawRow]) -> list[RawRow]:
    """The rows of a page; where all its cells span an edge (each first cell two columns), and the page before has as many
    columns as are left without such edges, they are given up: a tool saw one column as two."""
    if all(c.col_span == 1 for row in rows for c in row.cells):  # as on most pages
        return list(rows)
    slots = slots_of(rows)
    width = max(map(len, slots))
    idle = [k for k in range(1, width) if all(k >= len(line) or (line[k] and line[k] == line[k - 1]) for line in slots)]
    if not idle or width - len(idle) != width_of(expand(before)):
        return list(rows)
    out = []
    for r, (row, line) in enumerate(zip(rows, slots, strict=True)):
        starts = [line.index((r, n)) for n in range(len(row.cells))]
        out.append(
            replace(
                row,
                cells=[
                    replace(c, col_span=c.col_span - sum(at < k < at + c.col_span for k in idle))
                    for c, at in zip(row.cells, starts, strict=True)
                ],
            )
        )
    return out
