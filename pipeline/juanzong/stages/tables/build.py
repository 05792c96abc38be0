"""From the fragments of one printed table to the table: pages stitched, shifted rows and collapsed spans put back."""

from __future__ import annotations

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.stages.tables.columns import table_rows
from juanzong.stages.tables.grid import rows_of_grid
from juanzong.stages.tables.raw import RawRow
from juanzong.stages.tables.shift import mend_shifts
from juanzong.stages.tables.spans import restore_spans
from juanzong.stages.tables.stitch import stitch

_STAGE = "tables"


def table_of(
    fragments: list[list[RawRow]], ledger: Ledger, findings: list[Finding], *, context: str = ""
) -> tree.Table:
    """The table that the fragments (one for each page piece, in order) are prints of; `context` names it in findings.

    Fills `rows` and `header_rows`; number, caption, unit and notes are the caller's. Repeated headers and joins are
    edits in the ledger; where two grids are possible, the likelier stands and a finding tells of it.
    """
    fragments = [rows for rows in fragments if rows]
    table = tree.Table()
    if not fragments:
        return table
    known = None
    if fragments[0][0].syntax == "printed":
        rows, known, gone = table_rows(fragments, ledger.source)
        for text in gone:
            ledger.drop_ranges(text, "repeated-header", stage=_STAGE, kind="merge")
        fragments = [rows]
    grid, height = stitch(fragments, ledger, known)
    doubts = mend_shifts(grid, height)
    restore_spans(grid, height)
    table.header_rows = height
    table.rows = rows_of_grid(grid)
    for message in doubts:
        findings.append(Finding("table-grid", "warning", f"{context or '表'}：{message}", [table]))
    return table
