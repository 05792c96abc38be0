"""The tables of a bundle as they were printed: second prints that are merged away later are kept for what quotes there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.core.traced import EMPTY, Traced
from juanzong.stages.characters.clean import clean
from juanzong.stages.tables.grid import grid_of
from juanzong.stages.work import Work

Rows = list[
    list[Traced]
]  # the text of each slot; a merged cell's stands once, at its top left, the other slots are empty


@dataclass(eq=False)
class Print:
    """One print of a table, with its cells cleaned as in the documents."""

    document: tree.Document
    table: tree.Table
    rows: list[tree.Row]  # as they were before any merging
    header_rows: int
    merged: bool = False  # the table was a second print, or took up one

    @cached_property
    def slots(self) -> list[list[tuple[Traced, bool]]]:
        """Each row's slots: (text, whether the cell begins here)."""
        out, seen = [], set()
        for line in grid_of(tree.Table(rows=self.rows)):
            row = []
            for place in line:
                row.append((place.text, id(place) not in seen))
                seen.add(id(place))
            out.append(row)
        return out


def keep_prints(work: Work) -> None:
    """Every table with its rows, before second prints are merged."""
    work.prints = [
        Print(d, block, list(block.rows), block.header_rows)
        for d in work.documents
        for block in tree.walk(d.body)
        if isinstance(block, tree.Table) and block.rows
    ]


def clean_prints(prints: Sequence[Print], source: str) -> None:
    """After merging and cleaning: the prints that merging took apart are cleaned as well, on a ledger of their own."""
    apart = [p for p in prints if [id(r) for r in p.table.rows] != [id(r) for r in p.rows]]
    for p in apart:
        p.merged = True
        p.rows = [tree.Row([tree.Cell(c.text, c.row_span, c.col_span) for c in row.cells]) for row in p.rows]
    if apart:
        shadow = tree.Document("other", EMPTY, body=[tree.Table(rows=p.rows) for p in apart])
        clean([shadow], Ledger(source), source=source)
