"""Lines that recognition gave each with its box, and no layout -> the same with the tables that their places show."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.read.glyphs import Glyph, half_widths, lines_of_runs, printed_line, runs_of
from juanzong.read.grid import fill_cell, sorted_into
from juanzong.read.printed import PrintedLine, PrintedTable
from juanzong.read.unruled import unruled_tables


def with_tables(lines: Sequence[PrintedLine], width: float) -> list[PrintedLine | PrintedTable]:
    """The lines in their order; those that stand in rows and columns as a table, where its first one stands. `width`: the
    page's, in points."""
    drawn = [_glyphs(line) for line in lines]
    tables = unruled_tables([g for glyphs in drawn for g in glyphs], [], width)
    inside = [_table_of(glyphs, tables) for glyphs in drawn]
    whole = [
        table
        for table in tables
        if _fill(table, [g for glyphs, t in zip(drawn, inside, strict=True) if t is table for g in glyphs])
    ]
    out: list[PrintedLine | PrintedTable] = []
    for line, table in zip(lines, inside, strict=True):
        if table is None or not any(table is t for t in whole):
            out.append(line)
        elif not any(table is block for block in out):
            out.append(table)
    return out


def _glyphs(line: PrintedLine) -> list[Glyph]:
    """The characters of a line, spread over its box."""
    x0, top, x1, bottom = line.bbox
    step = (x1 - x0) / max(1, half_widths(line.text))
    size = min(line.size, 2 * step)
    out: list[Glyph] = []
    for c in line.text:
        right = x0 + step * half_widths(c)
        out.append(Glyph(c, x0, top, right, bottom, size, bottom, "", line.confidence))
        x0 = right
    return out


def _table_of(glyphs: Sequence[Glyph], tables: Sequence[PrintedTable]) -> PrintedTable | None:
    """The table that holds a line."""
    x, y = (glyphs[0].x0 + glyphs[-1].x1) / 2, (glyphs[0].top + glyphs[0].bottom) / 2
    return next((t for t in tables if t.bbox[0] <= x <= t.bbox[2] and t.bbox[1] <= y <= t.bbox[3]), None)


def _fill(table: PrintedTable, glyphs: Sequence[Glyph]) -> bool:
    """Whether the table's cells hold all of the glyphs; then they are filled."""
    cells = [cell for row in table.rows for cell in row]
    held, loose = sorted_into(cells, glyphs)
    if not all(g.text.isspace() for g in loose):
        return False
    for cell, own in zip(cells, held, strict=True):
        fill_cell(cell, [printed_line(runs) for runs in lines_of_runs(runs_of(own))])
    return True
