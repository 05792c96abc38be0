"""Column names, typed values, records and sheets."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from juanzong.core.errors import JuanzongError
from juanzong.core.traced import Traced
from juanzong.model import Finding, Table
from juanzong.output.sheets import write_tables
from juanzong.output.tables import BundleTable, need
from juanzong.stages.tables.values import type_columns
from tables_kit import build

_TEXT = """指标\t\t规划目标值（亿元）\t\t属性
\t\t2020年\t年均增长\t
一、甲类\t\t\t\t
1.总产值\t\t1,234.50\t8.5%\t预期性
2.人口（万人）\t常住\t≥45.1\t—\t约束性
\t户籍\t40 左右\t\t约束性
3.死亡率（‰）\t\t3—5\t[-0.5]\t预期性"""


def _table() -> tuple[BundleTable, Any]:
    table, _, _ = build(_TEXT)
    type_columns(table)
    rows = [
        {"cells": [{"text": c.text.text, "row_span": c.row_span, "col_span": c.col_span} for c in r.cells]}
        for r in table.rows
    ]
    values = [
        {
            k: getattr(v, k)
            for k in ("row", "column", "type", "value", "low", "high", "approximate", "unit")
            if getattr(v, k) is not None
        }
        for v in table.values or []
    ]
    data = {
        "kind": "table",
        "number": "表1",
        "caption": "主要[指标]",
        "header_rows": table.header_rows,
        "rows": rows,
        "columns": table.columns,
        "values": values,
        "notes": [],
    }
    return BundleTable(
        "plan-a",
        "甲规划",
        "/body/0",
        Table.model_validate(data),
        [Finding(id="1", check="sum-differs", severity="warning", status="open", message="一处不符")],
    ), table


def test_columns_are_header_paths_and_unique() -> None:
    _, table = _table()
    assert table.columns == ["指标", "指标 (2)", "规划目标值（亿元） / 2020年", "规划目标值（亿元） / 年均增长", "属性"]


def test_values_beside_the_printed_text() -> None:
    _, table = _table()
    assert [(v.row, v.column, v.type, v.value, v.low, v.high, v.approximate) for v in table.values] == [
        (3, 2, "number", 1234.5, None, None, None),
        (3, 3, "percent", 8.5, None, None, None),
        (4, 2, "range", None, 45.1, None, None),
        (4, 3, "none", None, None, None, None),
        (5, 2, "number", 40.0, None, None, True),
        (6, 2, "range", None, 3.0, 5.0, None),
        (6, 3, "number", -0.5, None, None, None),
    ]


def test_units_from_header_label_and_table() -> None:
    table, _, _ = build("序号\t指标\t2020年\n1\t人口（万人）\t5.5\n2\t率（%）\t6.5\n3\t投资\t7.5")
    text = "单位：亿元"
    table.unit = Traced.of(text, 3, 5)
    type_columns(table)
    assert [(v.type, v.unit) for v in table.values or []] == [("number", "万人"), ("percent", "%"), ("number", "亿元")]


def test_records_name_the_group() -> None:
    table, _ = _table()
    assert table.records()[0] == {
        "分组": "一、甲类",
        "指标": "1.总产值",
        "指标 (2)": "1.总产值",
        "规划目标值（亿元） / 2020年": "1,234.50",
        "规划目标值（亿元） / 年均增长": "8.5%",
        "属性": "预期性",
    }


def test_csv_and_json(tmp_path: Path) -> None:
    table, _ = _table()
    [path] = write_tables([table], "csv", tmp_path / "t")
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == table.columns
    assert rows[3][0] == "2.人口（万人）"
    [path] = write_tables([table], "json", tmp_path / "t.json")
    assert json.loads(path.read_text(encoding="utf-8"))[0]["records"] == table.records()


def test_workbook_keeps_merges_and_freezes_the_header(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    table, _ = _table()
    [path] = write_tables([table], "xlsx", tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["目录", "01 表1 主要指标"]
    assert [c.value for c in book["目录"][2]] == [1, "表1 主要[指标]", "甲规划", None, 7, 5, 1]
    sheet = book.worksheets[1]
    assert sorted(map(str, sheet.merged_cells.ranges)) == [
        "A1:E1",
        "A2:B3",
        "A4:E4",
        "A5:B5",
        "A6:A7",
        "A8:B8",
        "A9:E9",
        "C2:D2",
        "D6:D7",
        "E2:E3",
    ]
    assert sheet["A1"].value == "表1 主要[指标]" and sheet["A9"].value == "发现：一处不符"
    assert sheet.freeze_panes == "A4" and sheet.print_title_rows == "$2:$3"
    assert (sheet["C5"].value, sheet["C5"].number_format) == (1234.5, "#,##0.00")
    before = path.read_bytes()
    write_tables([table], "xlsx", path)
    assert path.read_bytes() == before


def test_parquet(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table, _ = _table()
    [path] = write_tables([table], "parquet", tmp_path / "t")
    read = parquet.read_table(path)
    assert read.column_names == ["分组", *table.columns]
    assert read.to_pydict() == table.series()
    assert table.series()["规划目标值（亿元） / 年均增长"] == [8.5, None, None, -0.5]


def test_pandas() -> None:
    pytest.importorskip("pandas")
    table, _ = _table()
    assert table.to_pandas()["属性"].iloc[0] == "预期性"


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(JuanzongError, match=r"pip install juanzong\[tables\]"):
        need("openpyxl", "tables")


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is missing: apt-get install libreoffice-calc-nogui"
)
def test_workbook_opens_in_libreoffice(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    table, _ = _table()
    [path] = write_tables([table], "xlsx", tmp_path / "t.xlsx")
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(tmp_path / "out"),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    ours, theirs = (openpyxl.load_workbook(p).worksheets[1] for p in (path, tmp_path / "out/t.xlsx"))
    assert sorted(map(str, theirs.merged_cells.ranges)) == sorted(map(str, ours.merged_cells.ranges))
    assert list(theirs.iter_rows(values_only=True)) == list(ours.iter_rows(values_only=True))


_BAD = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\x01=1", "\ttab", "第\x0b一\x1f章", "＝1"]


def _bad_tables() -> list[BundleTable]:
    rows = [{"cells": [{"text": text}]} for text in _BAD]
    data = {"kind": "table", "caption": "=A1", "unit": "=B1", "header_rows": 1, "rows": rows, "notes": ["=C1"]}
    finding = Finding(id="1", check="x", severity="info", status="open", message="=D1")
    return [BundleTable("plan-a", "=HYPERLINK(1)", "/body/0", Table.model_validate(data), [finding])]


def test_nothing_in_a_workbook_is_computed(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    [path] = write_tables(_bad_tables(), "xlsx", tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(path)
    cells = [c for sheet in book for line in sheet.iter_rows() for c in line if c.value is not None]
    assert {c.data_type for c in cells} <= {"s", "n"}
    texts = [c.value for c in cells]
    assert {"=HYPERLINK(1)", "=A1", "单位：=B1", "=C1", "发现：=D1", "=1", "第一章"} <= set(texts)


def test_nothing_in_a_csv_is_computed(tmp_path: Path) -> None:
    [path] = write_tables(_bad_tables(), "csv", tmp_path / "t")
    rows = [row[0] for row in csv.reader(path.read_text("utf-8-sig").splitlines())]
    assert rows[1:] == ["'+cmd|' /C calc'!A0", "'-2+3", "'@SUM(A1)", "'=1", "'\ttab", "第一章", "'＝1"]


def test_a_cell_longer_than_a_spreadsheet_holds_says_so(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    data = {"kind": "table", "header_rows": 0, "rows": [{"cells": [{"text": "甲" * 40_000}]}]}
    [path] = write_tables(
        [BundleTable("plan-a", "甲", "/body/0", Table.model_validate(data))], "xlsx", tmp_path / "t.xlsx"
    )
    value = openpyxl.load_workbook(path).worksheets[1]["A2"].value
    assert len(value) <= 32_767 and value.endswith("（全文共 40000 字，见 documents/）")


_VALUES = json.loads((Path(__file__).parent / "cases" / "tables-values.json").read_text("utf-8"))


@pytest.mark.parametrize("case", _VALUES, ids=lambda c: c["about"][:50])
def test_figures_are_those_that_are_printed(case: dict[str, Any]) -> None:
    table, _, _ = build(case["text"])
    type_columns(table)
    assert [[v.row, v.column, v.value] for v in table.values or [] if v.value is not None] == case["values"]
