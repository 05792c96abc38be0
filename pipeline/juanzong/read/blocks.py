"""Glyphs and tables of a page -> its blocks in reading order: the same for a text layer and for a recognised image."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.read.columns import reading_groups
from juanzong.read.glyphs import Glyph, lines_of_runs, printed_line, runs_of
from juanzong.read.grid import fill_cell
from juanzong.read.printed import Box, PrintedCell, PrintedLine, PrintedTable

CellGlyphs = tuple[PrintedCell, list[Glyph]]


def blocks_of(
    glyphs: Sequence[Glyph], tables: Sequence[PrintedTable], width: float
) -> list[PrintedLine | PrintedTable]:
    """Glyphs in cells fill the cells, the others become lines; every glyph stands in one block. `width`: the page's."""
    loose, inside = _sort_into(tables, glyphs)
    for cell, held in inside:
        fill_cell(cell, [printed_line(runs) for runs in lines_of_runs(runs_of(held))])
    left = min((g.x0 for g in loose if not g.text.isspace()), default=0.0)
    lines: list[PrintedLine | PrintedTable] = []
    for group in reading_groups(runs_of(loose), width):
        lines += [printed_line(runs, left) for runs in lines_of_runs(group)]
    return _with_tables(lines, tables)


def _sort_into(tables: Sequence[PrintedTable], glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[CellGlyphs]]:
    """Glyphs outside all tables, and all cells with theirs; a glyph belongs where its middle is."""
    cells: list[list[CellGlyphs]] = [[(cell, []) for row in table.rows for cell in row] for table in tables]
    loose: list[Glyph] = []
    for g in glyphs:
        home = _home((g.x0 + g.x1) / 2, (g.top + g.bottom) / 2, tables, cells)
        (loose if home is None else home).append(g)
    return loose, [c for table in cells for c in table]


def _home(x: float, y: float, tables: Sequence[PrintedTable], cells: list[list[CellGlyphs]]) -> list[Glyph] | None:
    for table, held in zip(tables, cells, strict=True):
        if _holds(table.bbox, x, y):
            return next((glyphs for cell, glyphs in held if _holds(cell.bbox, x, y)), None)
    return None


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _with_tables(
    lines: list[PrintedLine | PrintedTable], tables: Sequence[PrintedTable]
) -> list[PrintedLine | PrintedTable]:
    """Each table before the first line of its column that stands lower than its top."""
    out = list(lines)
    for table in tables:
        at = next(
            (k for k, b in enumerate(out) if b.bbox[1] >= table.bbox[1] and _share_column(b.bbox, table.bbox)), len(out)
        )
        out.insert(at, table)
    return out


def _share_column(a: Box, b: Box) -> bool:
    return min(a[2], b[2]) > max(a[0], b[0])
