"""Lines that recognition gave each with its box, and no layout -> the same with the tables that their places show."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.read.glyphs import Glyph, half_widths
from juanzong.read.grid import fill_cell, sorted_into
from juanzong.read.printed import PrintedLine, PrintedTable
from juanzong.read.unruled import unruled_tables


def with_tables(lines: Sequence[PrintedLine], width: float) -> list[PrintedLine | PrintedTable]:
    """The lines in their order; those that stand in rows and columns as a table, where its first one stands. `width`: the
    page's, in points."""
    drawn = [_glyphs(line) for line in lines]
    tables = unruled_tables([g for glyphs in drawn for g in glyphs], [], width)
    inside = [_table_of(glyphs, tables) for glyphs in drawn]
    held: dict[int, list[Glyph]] = {}
    for k, glyphs in zip(inside, drawn, strict=True):
        held.setdefault(k, []).extend(glyphs)
    whole = {k for k, table in enumerate(tables) if _fill(table, held.get(k, []))}
    out: list[PrintedLine | PrintedTable] = []
    for line, k in zip(lines, inside, strict=True):
        if k not in whole:
            out.append(line)
        elif held.pop(k, None) is not None:  # its first line
            out.append(tables[k])
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


def _table_of(glyphs: Sequence[Glyph], tables: Sequence[PrintedTable]) -> int:
    """Which table holds a line; -1 where none does."""
    x, y = (glyphs[0].x0 + glyphs[-1].x1) / 2, (glyphs[0].top + glyphs[0].bottom) / 2
    boxes = (t.bbox for t in tables)
    return next((k for k, (x0, top, x1, bottom) in enumerate(boxes) if x0 <= x <= x1 and top <= y <= bottom), -1)


def _fill(table: PrintedTable, glyphs: Sequence[Glyph]) -> bool:
    """Whether the table's cells hold all of the glyphs; then they are filled."""
    cells = [cell for row in table.rows for cell in row]
    held, loose = sorted_into(cells, glyphs)
    if not all(g.text.isspace() for g in loose):
        return False
    for cell, own in zip(cells, held, strict=True):
        fill_cell(cell, own)
    return True
