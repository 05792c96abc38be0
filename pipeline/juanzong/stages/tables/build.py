"""From the fragments of one printed table to the table: pages stitched, shifted rows and collapsed spans put back."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.language.text import fold
from juanzong.stages.tables.form import asks_in_pairs
from juanzong.stages.tables.grid import Grid, Line, rows_of_grid
from juanzong.stages.tables.header_spans import mend_header_spans
from juanzong.stages.tables.kinds import is_ordinal, item
from juanzong.stages.tables.lost_blanks import LostBlanks
from juanzong.stages.tables.misfits import mend_misfits
from juanzong.stages.tables.printed_table import table_rows
from juanzong.stages.tables.raw import RawCell, RawRow
from juanzong.stages.tables.shift import mend_shifts
from juanzong.stages.tables.spans import go_on_below, restore_spans
from juanzong.stages.tables.stitch import stitch

_MOST_NAMED = 5  # rows in one finding
_ENOUGH_ROWS = 3  # that show by being whole that none of a table lacks cells


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
    known: int | None = None
    doubtful = list[RawRow]()
    lost_blanks: Sequence[LostBlanks] = ()
    printed = fragments[0][0].syntax == "printed"
    if printed:
        rows, known, repeated, doubtful, lost_blanks = table_rows(fragments, ledger.source)
        for text in repeated:
            ledger.drop_ranges(text, "repeated-header", kind="merge")
        fragments = [rows]
    elif asks_in_pairs(fragments[0]):
        known = 0
        for row in (row for rows in fragments for row in rows):
            row.exact = True
    spans = [cell for rows in fragments for cell in mend_header_spans(rows)]
    misfits = mend_misfits(fragments, ledger)
    grid, height, odd = stitch(fragments, ledger, known)
    doubts = _mended(odd, spans, misfits, lost_blanks)
    if any(row.clamped for rows in fragments for row in rows):
        doubts.append("有合并单元格超出表格范围，已截至表格边缘")
    exact = all(row.exact for rows in fragments for row in rows)
    spanned = [] if exact else go_on_below(grid[height:], at_end=True)
    short = _single_short(grid, height, fragments[1:])
    if not exact and not printed:  # print shows in which column a piece stands
        doubts += mend_shifts(grid, height, short)
    if short is not None:
        for place in short:
            place.given, place.lost = place.given or place.lost, False
    spanned += restore_spans(grid, height)
    if spanned:
        named = "、".join(f"“{_name(line)}”" for line in spanned[:_MOST_NAMED])
        doubts.append(f"{named}行缺少的合并已补上")
    table.header_rows = height
    table.rows = rows_of_grid(grid)
    for message in doubts:
        findings.append(Finding("table-grid", "warning", f"{context or '表'}：{message}", [table]))
    if doubtful:
        said = "、".join(f"“{_first(row)}”" for row in doubtful[:_MOST_NAMED])
        told = f"{context or '表'}：{said}等行的首行也可能属于上一行，各列分行另有一种读法"
        findings.append(Finding("structure-doubtful", "warning", told, [table], {"rows": len(doubtful)}))
    return table


def _mended(
    odd: Sequence[Line], spans: Sequence[RawCell], misfits: Sequence[str], lost_blanks: Sequence[LostBlanks]
) -> list[str]:
    """What is told of rows and cells that were made to fit."""
    said = [f"“{_name(line)}”一行比表头多一格，多出的列在最右" for line in odd]
    said += [f"表头“{fold(name)[:20]}”一格缺少的合并已补上" for name in dict.fromkeys(c.text.text for c in spans)]
    said += misfits
    said += [f"“{_first(row)}”一行失落空格，其后各列已移回原位" for lost in lost_blanks for row in lost.mended]
    said += [f"“{_first(row)}”一行失落空格，其后各列的位置不能确定" for lost in lost_blanks for row in lost.unsure]
    return said


def _name(line: Line) -> str:
    return next((fold(p.text.text)[:20] for p in line if not p.blank and not is_ordinal(p.text.text)), "")


def _first(row: RawRow) -> str:
    return fold(next(c.text.text for c in row.cells if c.text))[:20]


def _is_counted(line: Line) -> bool:
    text = line[0].text.text if line else ""
    return is_ordinal(text) or item(text) > 0


def _single_short(grid: Grid, height: int, later: Sequence[Sequence[RawRow]]) -> Line | None:
    """The one row that lacks cells, in a table whose other rows lack none: what it lacks was lost with its place in the
    source, and no cell above spans it, unless it begins one of the `later` pages, which may have cut one."""
    rows = [line for line in grid[height:] if len({id(p) for p in line if not p.blank}) > 1 or _is_counted(line)]
    short = [line for line in rows if any(p.lost for p in line)]
    begun = {next((c.text.first for c in row.cells if c.text), -1) for page in later for row in page[: height + 1]}
    if short and next(p.text.first for p in short[0] if p.text) in begun:
        return None
    return short[0] if len(short) == 1 and len(rows) >= _ENOUGH_ROWS else None
