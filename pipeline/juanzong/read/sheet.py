"""A sheet's cells -> the blocks that are printed: titles and units above a table, the table, notes below it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from juanzong.read.printed import Box, PrintedCell, PrintedLine, PrintedTable, around

BORDERED = 0.5  # of the rows that are surely a table's have rulings: then a row without any is none of them
TITLE_SIZE = 11.0  # points, where a cell tells none


@dataclass(slots=True)
class SheetCell:
    """A cell that is shown, a merged one once. `name`: as in formulas (B5); `box` in points on the sheet."""

    text: str
    row: int
    column: int
    row_span: int
    col_span: int
    box: Box
    name: str
    size: float = TITLE_SIZE
    bold: bool = False
    centered: bool = False
    bordered: bool = False


Row = list[SheetCell]


def blocks_of_sheet(cells: Sequence[SheetCell]) -> list[PrintedLine | PrintedTable]:
    """Parts of the sheet, from the top, each with its lines and its table. Every cell with text stands in one block."""
    out: list[PrintedLine | PrintedTable] = []
    for part in _parts(_rows(cells)):
        out += _blocks(part)
    return out


def _rows(cells: Sequence[SheetCell]) -> list[Row]:
    """The rows from the first to the last with text, blank ones among them."""
    rows: dict[int, Row] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    said = [r for r, row in rows.items() if any(c.text for c in row)]
    if not said:
        return []
    return [sorted(rows.get(r, []), key=lambda c: c.column) for r in range(min(said), max(said) + 1)]


def _parts(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Runs of rows that no blank row without rulings parts; a merged cell bridges the rows that it covers."""
    part: list[Row] = []
    covered = 0
    for row in rows:
        covered = max([covered - 1, *(c.row_span - 1 for c in row if c.text)], default=0)
        if any(c.text or c.bordered for c in row) or covered > 0:
            part.append(row)
        elif part:
            yield part
            part = []
    if part:
        yield part


def _blocks(rows: list[Row]) -> Iterator[PrintedLine | PrintedTable]:
    first, last = _table_rows(rows)
    for row in rows[:first]:
        yield from _lines(row)
    if last > first:
        yield _table(rows[first:last])
    for row in rows[last:]:
        yield from _lines(row)


def _table_rows(rows: Sequence[Row]) -> tuple[int, int]:
    """Which rows are the table's: from the first with several cells to the last, or, in a sheet whose table has
    rulings, those with rulings. (0, 0): none."""
    many = [k for k, row in enumerate(rows) if sum(bool(c.text) for c in row) > 1]
    if not many:
        return 0, 0
    ruled = [k for k in many if sum(c.bordered for c in rows[k]) > 1]
    if len(ruled) > BORDERED * len(many):
        framed = [k for k, row in enumerate(rows) if any(c.bordered for c in row)]
        first = next(k for k in framed if k in ruled or k > ruled[0])
        return first, max(k for k in framed if any(c.text for c in rows[k])) + 1
    last = max(k + max(c.row_span for c in rows[k] if c.text) for k in many)  # a merged label spans rows of one cell
    return many[0], min(last, len(rows))


def _lines(row: Row) -> Iterator[PrintedLine]:
    for cell in row:
        for text in cell.text.split("\n"):
            if text.strip():
                yield PrintedLine(text.strip(), cell.box, cell.size, cell.bold, centered=cell.centered, name=cell.name)


def _table(rows: Sequence[Row]) -> PrintedTable:
    """The rows as a grid, columns without any text left out, merged cells as wide as what is left of them."""
    columns = sorted({c.column for row in rows for c in row if c.text} | _headed(rows))
    taken: set[tuple[int, int]] = set()
    out: list[list[PrintedCell]] = []
    boxes = [c.box for row in rows for c in row]
    for n, row in enumerate(rows):
        own = {c.column: c for c in row}
        cells = []
        for column in columns:
            if (n, column) in taken:
                continue
            cell = own.get(column)
            if cell is None:
                cells.append(PrintedCell(row[0].box if row else boxes[0]))
                continue
            covered = columns[bisect_left(columns, cell.column) : bisect_left(columns, cell.column + cell.col_span)]
            deep = min(cell.row_span, len(rows) - n)
            taken.update((n + r, c) for r in range(deep) for c in covered)
            cells.append(PrintedCell(cell.box, cell.text, deep, max(1, len(covered)), name=cell.name))
        out.append(cells)
    return PrintedTable(around(boxes), out)


def _headed(rows: Sequence[Row]) -> set[int]:
    """Columns without text that rulings frame in most rows: blanks of a form."""
    framed: dict[int, int] = {}
    for row in rows:
        for cell in row:
            if cell.bordered:
                framed[cell.column] = framed.get(cell.column, 0) + 1
    last = max((c.column + c.col_span - 1 for row in rows for c in row if c.text), default=0)
    return {column for column, many in framed.items() if many > BORDERED * len(rows) and column <= last}
