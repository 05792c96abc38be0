"""Tables to files: one workbook, or one CSV or Parquet file for each table, or one JSON file."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import regex as re

from juanzong.language.text import display_width
from juanzong.output.tables import BundleTable, need

_INDEX = "目录"
_INDEX_COLUMNS = ("序号", "文档", "表题", "单位", "表头行数", "行数", "列数", "发现", "工作表")
_WIDEST = 60  # display columns; longer cells wrap
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_EPOCH = datetime(2000, 1, 1)  # workbooks carry no time of their own: same input, same bytes


def write_tables(tables: Sequence[BundleTable], form: str, out: Path) -> list[Path]:
    """Write all tables as `form` (xlsx, csv, parquet or json) and say which files were written: `out` itself for xlsx
    and json, files inside it for csv and parquet. Raises JuanzongError where a library is missing."""
    if form in ("xlsx", "json"):
        data = workbook(tables) if form == "xlsx" else as_json(tables)
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(data)
        return [out]
    encode: Callable[[BundleTable], bytes] = as_csv if form == "csv" else as_parquet
    written = []
    encoded = [encode(table) for table in tables]  # all or none: a missing library is told before the first file
    out.mkdir(parents=True, exist_ok=True)
    for n, (table, data) in enumerate(zip(tables, encoded, strict=True), 1):
        path = out / f"{n:02d}-{table.document}.{form}"
        path.write_bytes(data)
        written.append(path)
    return written


def as_json(tables: Sequence[BundleTable]) -> bytes:
    """All tables as one JSON list: where each stands, its columns, records and typed values."""
    value = [
        {
            "document": t.document,
            "pointer": t.pointer,
            "caption": t.caption,
            "unit": t.data.get("unit"),
            "columns": t.columns,
            "records": t.records(),
            "values": t.data.get("values") or [],
            "notes": t.data.get("notes") or [],
            "findings": [f["message"] for f in t.findings],
        }
        for t in tables
    ]
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def as_csv(table: BundleTable) -> bytes:
    """Column names and body as printed, merged cells in each of their places; UTF-8 with a BOM, for spreadsheets."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.matrix[table.header_rows :])
    return text.getvalue().encode("utf-8-sig")


def as_parquet(table: BundleTable) -> bytes:
    """The records, columns of nothing but figures and dashes as doubles, all others as strings."""
    arrow, parquet = need("pyarrow", "parquet"), need("pyarrow.parquet", "parquet")
    body, figures, slots = table.matrix[table.header_rows :], table.figures(), table.slots
    columns: dict[str, Any] = {}
    for c, name in enumerate(table.columns):
        texts = [row[c] for row in body]
        found = [_figure(figures, slots, r, c) for r in range(table.header_rows, len(slots))]
        exact = all(
            v is not None and v["type"] in ("number", "percent", "permille", "none")
            for v, text in zip(found, texts, strict=True)
            if text.strip()
        )
        columns[name] = (
            arrow.array([v.get("value") if v else None for v in found], arrow.float64())
            if exact and any(found)
            else arrow.array(texts, arrow.string())
        )
    sink = io.BytesIO()
    parquet.write_table(arrow.table(columns), sink)
    return sink.getvalue()


def _figure(figures: dict[tuple[int, int], Any], slots: list[list[tuple[int, int] | None]], r: int, c: int) -> Any:
    """The typed value of the cell that stands at (r, c): values are told once, at a merged cell's top left."""
    owner = slots[r][c] if c < len(slots[r]) else None
    if owner is None:
        return None
    return next(
        (
            figures[i, k]
            for i in range(owner[0], r + 1)
            for k in range(c + 1)
            if (i, k) in figures and k < len(slots[i]) and slots[i][k] == owner
        ),
        None,
    )


def workbook(tables: Sequence[BundleTable]) -> bytes:
    """An xlsx file: first a sheet that lists the tables, then a sheet for each, merged cells kept, headers frozen."""
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
    return _without_times(raw.getvalue())


def _sheet_name(n: int, caption: str) -> str:
    """At most 31 characters, none that spreadsheets forbid; the number makes it unique."""
    return f"{n:02d} {_NO_SHEET_NAME.sub('', caption)}"[:31].strip()


def _list(sheet: Any, tables: Sequence[BundleTable], names: Sequence[str]) -> None:
    sheet.append(_INDEX_COLUMNS)
    for n, (table, name) in enumerate(zip(tables, names, strict=True), 1):
        size = (len(table.matrix), len(table.columns))
        told = "\n".join(f["message"] for f in table.findings)
        unit = table.data.get("unit") or ""
        sheet.append((n, table.title, table.caption, unit, table.header_rows, *size, told, name))
        sheet.cell(n + 1, len(_INDEX_COLUMNS)).hyperlink = f"#'{name}'!A1"
    sheet.freeze_panes = "A2"
    _dress(sheet, 1)


def _sheet(sheet: Any, table: BundleTable) -> None:
    slots, rows, figures = table.slots, table.data["rows"], table.figures()
    first: dict[tuple[int, int], tuple[int, int]] = {}
    last: dict[tuple[int, int], tuple[int, int]] = {}
    for r, line in enumerate(slots):
        for c, owner in enumerate(line):
            if owner is not None:
                first.setdefault(owner, (r, c))
                last[owner] = (max(r, last.get(owner, (r, c))[0]), max(c, last.get(owner, (r, c))[1]))
    for owner, (r, c) in first.items():
        text = rows[owner[0]]["cells"][owner[1]]["text"]
        cell = sheet.cell(r + 1, c + 1)
        number, form = _number(text, figures.get((r, c)))
        cell.value = number if number is not None else text or None
        cell.number_format = form
        if number is None and text[:1] in "=+-@":
            cell.data_type = "s"  # words, never a formula
        if last[owner] != (r, c):
            down, right = last[owner]
            sheet.merge_cells(start_row=r + 1, start_column=c + 1, end_row=down + 1, end_column=right + 1)
    if table.header_rows:
        sheet.freeze_panes = sheet.cell(table.header_rows + 1, 1)
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight = True, 0
    _dress(sheet, table.header_rows)


def _number(text: str, value: Any) -> tuple[float | None, str]:
    """A plain figure as a number, in a format that shows it as printed; else nothing, as text."""
    plain = re.fullmatch(r"-?(?:0|[1-9]\d*)(?:\.(\d+))?", text)
    if plain and value and value.get("value") is not None and len(text) < 15:
        return value["value"], "0." + "0" * len(plain.group(1)) if plain.group(1) else "0"
    return None, "@"


def _dress(sheet: Any, header_rows: int) -> None:
    styles = need("openpyxl.styles", "tables")
    letter = need("openpyxl.utils", "tables").get_column_letter
    fill = styles.PatternFill("solid", fgColor="E8EDF3")
    thin = styles.Side(style="thin", color="B0B7C0")
    border = styles.Border(left=thin, right=thin, top=thin, bottom=thin)
    widths: dict[int, int] = {}
    merged = {
        (r, c)
        for span in sheet.merged_cells.ranges
        for r in range(span.min_row, span.max_row + 1)
        for c in range(span.min_col, span.max_col + 1)
    }
    for line in sheet.iter_rows():
        for cell in line:
            head = cell.row <= header_rows
            cell.alignment = styles.Alignment(wrap_text=True, vertical="center", horizontal="center" if head else None)
            cell.border = border
            if head:
                cell.font, cell.fill = styles.Font(bold=True), fill
            if (cell.row, cell.column) not in merged:
                longest = max(map(display_width, str(cell.value or "").split("\n")))
                widths[cell.column] = max(widths.get(cell.column, 0), longest)
    for column in range(1, sheet.max_column + 1):
        sheet.column_dimensions[letter(column)].width = min(max(widths.get(column, 0) + 2, 8), _WIDEST)


def _without_times(data: bytes) -> bytes:
    """The same archive with no clock in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":  # openpyxl stamps the hour of writing
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
