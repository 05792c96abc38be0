"""All tables of a bundle as one workbook: an index, and a sheet for each that reads and prints well."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import regex as re

from juanzong.language.text import display_width
from juanzong.output.aside import without_times
from juanzong.output.controls import without_controls
from juanzong.output.sheet_size import column_widths, row_heights
from juanzong.output.tables import BundleTable, need

_INDEX = "目录"
_INDEX_COLUMNS = ("序号", "表题", "文档", "单位", "行数", "列数", "发现")
_INDEX_WIDTHS = (6, 56, 48, 10, 6, 6, 6)  # together as wide as an A4 page across
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LONGEST = 32_767  # characters of a cell
_EPOCH = datetime(2000, 1, 1)  # workbooks carry no time of their own: same input, same bytes
_A4 = 9  # ST_PaperSize of SpreadsheetML
_PLAIN = re.compile(r"-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?P<groups>(?:,\d{3})+))(?:\.(?P<decimals>\d+))?(?P<percent>%?)")


def workbook(tables: Sequence[BundleTable]) -> bytes:
    """An xlsx file: first a sheet that lists the tables, then a sheet for each, merged cells kept, headers frozen.
    Every text is text: nothing in it is computed. Raises JuanzongError without openpyxl."""
    openpyxl = need("openpyxl", "tables")
    book = openpyxl.Workbook()
    index = book.active
    index.title = _INDEX
    names: list[str] = []
    for n, table in enumerate(tables, 1):
        names.append(_sheet_name(n, table.caption))
        _sheet(book.create_sheet(names[-1]), table)
    _list(index, tables, names)
    book.properties.created = book.properties.modified = _EPOCH
    raw = io.BytesIO()
    book.save(raw)
    return without_times(raw.getvalue())


def _sheet_name(n: int, caption: str) -> str:
    """At most 31 characters, none that spreadsheets forbid; the number makes it unique."""
    return f"{n:02d} {_NO_SHEET_NAME.sub('', caption)}"[:31].strip()


def put(cell: Any, text: str) -> None:
    """The text into the cell, as text: no formula, no character that the file cannot hold."""
    text = without_controls(text)
    if len(text) > _LONGEST:
        more = f"…（全文共 {len(text)} 字，见 documents/）"
        text = text[: _LONGEST - len(more)] + more
    cell.value = text or None
    cell.number_format = "@"
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text[0] in "=+-@"


def _list(sheet: Any, tables: Sequence[BundleTable], names: Sequence[str]) -> None:
    """The index: a line for each table, its caption a link to its sheet."""
    styles = need("openpyxl.styles", "tables")
    for c, name in enumerate(_INDEX_COLUMNS, 1):
        put(sheet.cell(1, c), name)
    for n, (table, name) in enumerate(zip(tables, names, strict=True), 1):
        for c, value in enumerate(
            (n, table.caption, table.title, table.table.unit or "", len(table.slots), len(table.columns)), 1
        ):
            if isinstance(value, str):
                put(sheet.cell(n + 1, c), value)
            else:
                sheet.cell(n + 1, c).value = value
        if table.findings:
            sheet.cell(n + 1, 7).value = len(table.findings)
        link = sheet.cell(n + 1, 2)
        link.hyperlink = f"#'{name}'!A1"
    _dress(sheet, 1, 1, len(tables) + 1, len(_INDEX_COLUMNS))
    for n in range(len(tables)):
        sheet.cell(n + 2, 2).font = styles.Font(color="1F4E9E", underline="single")
    letter = need("openpyxl.utils", "tables").get_column_letter
    for c, width in enumerate(_INDEX_WIDTHS, 1):
        sheet.column_dimensions[letter(c)].width = width
    texts = [(n, 0, 1, 1, t) for n, table in enumerate(tables, 1) for t in (table.caption,)]
    texts += [(n, 1, 1, 1, table.title) for n, table in enumerate(tables, 1)]
    for r, height in enumerate(row_heights(texts, _INDEX_WIDTHS[1:3], len(tables) + 1)):
        sheet.row_dimensions[r + 1].height = height
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    _page(sheet)


def _sheet(sheet: Any, table: BundleTable) -> None:
    """Title, unit, the table, its notes and what the checks found, from top to bottom."""
    styles = need("openpyxl.styles", "tables")
    letter = need("openpyxl.utils", "tables").get_column_letter
    width = max(len(table.columns), 1)
    put(sheet.cell(1, 1), table.caption)
    sheet.cell(1, 1).font = styles.Font(bold=True, size=14)
    sheet.cell(1, 1).alignment = styles.Alignment(horizontal="center", vertical="center", wrap_text=True)
    top = 1
    if table.table.unit:
        top = 2
        put(sheet.cell(2, 1), f"单位：{table.table.unit}")
        sheet.cell(2, 1).alignment = styles.Alignment(horizontal="right", vertical="center")
    texts = _cells(sheet, table, top)
    below = top + len(table.slots)
    _dress(sheet, top + 1, top + table.header_rows, below, width)
    notes = [(t, None) for t in table.table.notes] + [(f"发现：{f.message}", "9C5700") for f in table.findings]
    for n, (text, color) in enumerate(notes, below + 1):
        put(sheet.cell(n, 1), text)
        sheet.cell(n, 1).alignment = styles.Alignment(wrap_text=True, vertical="top")
        sheet.cell(n, 1).font = styles.Font(size=10, color=color)
    widths = column_widths(texts, width)
    texts += [(0, 0, 1, width, table.caption * 2)]  # larger type
    texts += [(n, 0, 1, width, text) for n, (text, _) in enumerate(notes, below)]
    for c, columns in enumerate(widths, 1):
        sheet.column_dimensions[letter(c)].width = columns
    for r, height in enumerate(row_heights(texts, widths, below + len(notes))):
        sheet.row_dimensions[r + 1].height = height
    for r in {1, top, *range(below + 1, below + 1 + len(notes))}:
        if width > 1:
            sheet.merge_cells(start_row=r, start_column=1, end_row=r, end_column=width)
    if table.header_rows:
        sheet.freeze_panes = sheet.cell(top + table.header_rows + 1, 1)
        sheet.print_title_rows = f"{top + 1}:{top + table.header_rows}"
    _page(sheet)


def _cells(sheet: Any, table: BundleTable, top: int) -> list[tuple[int, int, int, int, str]]:
    """The table's cells below row `top`; gives (row, column, down, right, text) of each, from 0, for their sizes."""
    texts = []
    for p in table.cells:
        cell = sheet.cell(top + p.row + 1, p.column + 1)
        text = p.value.text
        number, form = _number(text, table.figures.get((p.row, p.column)))
        if number is None:
            put(cell, text)
        else:
            cell.value, cell.number_format = number, form
        texts.append((top + p.row, p.column, p.down, p.right, text))
        if p.down > 1 or p.right > 1:
            sheet.merge_cells(
                start_row=cell.row,
                start_column=cell.column,
                end_row=cell.row + p.down - 1,
                end_column=cell.column + p.right - 1,
            )
    return texts


def _number(text: str, value: Any) -> tuple[float | None, str]:
    """A plain figure as a number, in a format that shows it as printed; else nothing, as text.

    >>> from types import SimpleNamespace
    >>> _number("1,234.50", SimpleNamespace(value=1234.5)), _number("8.5%", SimpleNamespace(value=8.5))
    ((1234.5, '#,##0.00'), (0.085, '0.0%'))
    """
    plain = _PLAIN.fullmatch(text)
    if plain is None or value is None or value.value is None or len(text) > 15:
        return None, "@"
    form = ("#,##0" if plain["groups"] else "0") + ("." + "0" * len(plain["decimals"]) if plain["decimals"] else "")
    if plain["percent"]:
        return round(value.value / 100, len(plain["decimals"] or "") + 2), form + "%"
    return value.value, form


def _dress(sheet: Any, first: int, header: int, last: int, width: int) -> None:
    """Borders, alignment and the header's look for rows `first` to `last`; the header ends with row `header`."""
    styles = need("openpyxl.styles", "tables")
    fill = styles.PatternFill("solid", fgColor="E8EDF3")
    thin = styles.Side(style="thin", color="B0B7C0")
    border = styles.Border(left=thin, right=thin, top=thin, bottom=thin)
    lines = list(sheet.iter_rows(min_row=first, max_row=max(last, first), max_col=width))
    usual = [
        Counter(_side(line[c].value) for line in lines if line[c].row > header and line[c].value is not None)
        for c in range(width)
    ]
    for line in lines:
        for cell, sides in zip(line, usual, strict=True):
            head = cell.row <= header
            cell.alignment = styles.Alignment(
                wrap_text=True,
                vertical="center",
                horizontal="center" if head or _is_serial(cell) else _side_in(cell.value, sides),
            )
            cell.border = border
            if head:
                cell.font, cell.fill = styles.Font(bold=True), fill


def _is_serial(cell: Any) -> bool:
    return cell.column == 1 and (isinstance(cell.value, int | float) or str(cell.value).isdecimal())


def _side_in(value: Any, usual: Counter[str | None]) -> str | None:
    """The side of a cell in a column: short words stand as the longer ones do, amounts in words as the figures do."""
    own = _side(value)
    if own != "right" and usual["right"] * 2 > usual.total() and re.match(r"[\d\[≥≤]", str(value)):
        return "right"
    return None if own == "center" and usual[None] else own


def _side(value: Any) -> str | None:
    """Short words in the middle, figures and what stands in their place (—, ≥45) at the right."""
    if not isinstance(value, str):
        return "right" if value is not None else None
    if display_width(value) > 8:
        return None
    if re.search(r"\p{Han}|[★●○√]", value):
        return "center"
    return None if re.search(r"[A-Za-z]", value) else "right"  # words of another script, or a code, at the left


def _page(sheet: Any) -> None:
    """A4 across, as many pages down as it needs, numbered."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight = True, 0
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.6, 0.8, 0.4  # inches
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
