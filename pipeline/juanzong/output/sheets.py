"""Tables to files: one workbook, or one CSV or Parquet file for each table, or one JSON file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from juanzong.output.aside import write_whole
from juanzong.output.tables import BundleTable, need
from juanzong.output.workbook import workbook

_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "＝",
    "＋",
    "－",
    "＠",
)  # what makes a spreadsheet take a cell of a CSV file for a formula
_NO_TEXT = {k: None for k in range(32) if chr(k) not in "\t\n"}  # control characters


def write_tables(tables: Sequence[BundleTable], form: str, out: Path) -> list[Path]:
    """Write all tables as `form` (xlsx, csv, parquet or json) and say which files were written: `out` itself for xlsx
    and json, files inside it for csv and parquet. Raises JuanzongError where a library is missing."""
    if form in ("xlsx", "json"):
        data = workbook(tables) if form == "xlsx" else as_json(tables)
        write_whole(out, data)
        return [out]
    encode: Callable[[BundleTable], bytes] = as_csv if form == "csv" else as_parquet
    written = []
    encoded = [encode(table) for table in tables]  # all or none: a missing library is told before the first file
    out.mkdir(parents=True, exist_ok=True)
    for n, (table, data) in enumerate(zip(tables, encoded, strict=True), 1):
        path = out / f"{n:02d}-{table.document}.{form}"
        write_whole(path, data)
        written.append(path)
    return written


def as_json(tables: Sequence[BundleTable]) -> bytes:
    """All tables as one JSON list: where each stands, its columns, records and typed values."""
    value = [
        {
            "document": t.document,
            "pointer": t.pointer,
            "caption": t.caption,
            "unit": t.table.unit,
            "columns": t.columns,
            "records": t.records(),
            "values": [v.model_dump(exclude_none=True) for v in t.table.values or ()],
            "notes": t.table.notes,
            "findings": [f.message for f in t.findings],
        }
        for t in tables
    ]
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def as_csv(table: BundleTable) -> bytes:
    """Column names and body as printed, merged cells in each of their places; UTF-8 with a BOM, for spreadsheets."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([as_text(t) for t in row] for row in (table.columns, *table.matrix[table.header_rows :]))
    return text.getvalue().encode("utf-8-sig")


def as_text(text: str) -> str:
    """What a spreadsheet shows as `text` when it opens a CSV file: an apostrophe before what it would compute.

    >>> as_text("=1+1"), as_text("-3.5%"), as_text("-cmd|' /C calc'!A0"), as_text("—")
    ("'=1+1", '-3.5%', "'-cmd|' /C calc'!A0", '—')
    """
    text = text.translate(_NO_TEXT)
    if text.lstrip(" ").startswith(_FORMULA) and not _is_figure(text):
        return "'" + text
    return text


def _is_figure(text: str) -> bool:
    """A sign and a figure, or a sign alone: nothing to compute."""
    bare = text.strip().lstrip("+-＋－").rstrip("%")
    return not bare or (bare.isascii() and bare.replace(",", "").replace(".", "", 1).isdigit())


def as_parquet(table: BundleTable) -> bytes:
    """The records, columns of nothing but figures and dashes as doubles, all others as strings."""
    arrow, parquet = need("pyarrow", "parquet"), need("pyarrow.parquet", "parquet")
    columns: dict[str, Any] = {
        name: arrow.array(values, arrow.string() if any(isinstance(v, str) for v in values) else arrow.float64())
        for name, values in table.series().items()
    }
    sink = io.BytesIO()
    parquet.write_table(arrow.table(columns), sink)
    return sink.getvalue()
