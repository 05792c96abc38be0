"""Workbooks, tables as text, archives, OFD, old Office files: cells as they are shown, each with its place."""

from __future__ import annotations

import shutil
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juanzong.core import tree
from juanzong.core.errors import JuanzongError
from juanzong.core.source import Source
from juanzong.read import ReadOptions, read
from juanzong.read.number_format import shown
from juanzong.run import process
from ofd_kit import ofd_bytes, ofd_line, ofd_text
from tables_kit import strings

openpyxl = pytest.importorskip("openpyxl")
HEAD = ["序号", "项目", "投资", "占比", "开工"]
ROWS = [[1, "茶园改造", 1234.5, 0.125, date(2023, 5, 6)], [2, "加工厂", 2030, 0.5, date(2023, 6, 1)]]
FORMATS = ["General", "General", "#,##0.00", "0.0%", 'yyyy"年"m"月"d"日"']
SHOWN = [["1", "茶园改造", "1,234.50", "12.5%", "2023年5月6日"], ["2", "加工厂", "2,030.00", "50.0%", "2023年6月1日"]]


def fill(sheet: Any, rows: list[list[Any]], first: int, ruled: bool = True, formats: list[str] | None = None) -> None:
    side = openpyxl.styles.Side(style="thin")
    for r, row in enumerate(rows, first):
        for c, value in enumerate(row, 1):
            cell = sheet.cell(r, c, value)
            if ruled:
                cell.border = openpyxl.styles.Border(side, side, side, side)
            if formats and not isinstance(value, str):
                cell.number_format = formats[c - 1]


def book_of(folder: Path, build: Any) -> Source:
    book = openpyxl.Workbook()
    build(book)
    book.save(folder / "a.xlsx")
    return read(folder / "a.xlsx", record_as="a.xlsx")


def grids(source: Source) -> list[list[list[str]]]:
    tables = [b for b in source.blocks if b.kind == "table"]
    return [[[source.text[c.start : c.end] for c in row] for row in b.rows] for b in tables]


@pytest.mark.parametrize("ruled", [True, False])
def test_title_unit_table_and_note(tmp_path: Path, ruled: bool) -> None:
    def build(book: Any) -> None:
        sheet = book.active
        sheet["A1"], sheet["A2"], sheet["E3"] = "附件1", "云岭市茶叶项目表", "单位：万元"
        sheet.merge_cells("A2:E2")
        fill(sheet, [HEAD, *ROWS], 4, ruled, FORMATS)
        sheet["A7"] = "注：投资为计划数。"

    source = book_of(tmp_path, build)
    assert grids(source) == [[HEAD, *SHOWN]]
    lines = source.text.split("\n")
    assert lines[:3] == ["附件1", "云岭市茶叶项目表", "单位：万元"] and "注：投资为计划数。" in lines
    named = {source.text[w.start : w.end]: w.cell for w in source.words}
    assert named["1,234.50"] == "Sheet!C5" and named["云岭市茶叶项目表"] == "Sheet!A2"


def test_hidden_rows_columns_and_sheets_are_told(tmp_path: Path) -> None:
    def build(book: Any) -> None:
        fill(book.active, [["乡镇", "人口", "备注"], ["甲镇", 12, "草"], ["乙镇", 13, "稿"]], 1)
        book.active.title = "乡镇名单"
        book.active.row_dimensions[3].hidden = book.active.column_dimensions["C"].hidden = True
        fill(book.create_sheet("底稿"), [["密", "文"]], 1)
        book["底稿"].sheet_state = "hidden"

    source = book_of(tmp_path, build)
    assert grids(source) == [[["乡镇", "人口"], ["甲镇", "12"]]] and source.text.startswith("乡镇名单\n")
    assert [r.check for r in source.reports] == ["hidden-text", "hidden-text"]
    assert "底稿" in source.reports[1].message and "B3" not in source.text


@pytest.mark.parametrize("ruled", [True, False])
def test_a_hidden_row_parts_no_table_and_is_no_row_of_a_merged_cell(tmp_path: Path, ruled: bool) -> None:
    def build(book: Any) -> None:
        rows = [["区", "站", "处数"], ["东区", "甲站", 3], [None, "乙站", 4], [None, "丙站", 5], ["西区", "丁站", 6]]
        fill(book.active, [*rows, ["", "", ""], ["中区", "戊站", 7], ["", "", ""], ["南区", "己站", 8]], 1, ruled)
        book.active.merge_cells("A2:A4")
        for row in (3, 6, 8):
            book.active.row_dimensions[row].hidden = True

    source = book_of(tmp_path, build)
    named = [["东区", "甲站", "3"], ["丙站", "5"], ["西区", "丁站", "6"], ["中区", "戊站", "7"], ["南区", "己站", "8"]]
    assert grids(source) == [[["区", "站", "处数"], *named]]
    assert [row[0].row_span for row in source.blocks[0].rows] == [1, 2, 1, 1, 1, 1]
    assert [r.text for r in source.reports] == ["乙站\n4"]


def test_merged_cells_blank_rows_and_group_rows(tmp_path: Path) -> None:
    def build(book: Any) -> None:
        sheet = book.active
        fill(sheet, [["类别", "名称", "数量"], ["一、农业", None, None], ["种植", "茶园", 3], [None, "果园", 4]], 1)
        sheet.merge_cells("A2:C2")
        sheet.merge_cells("A3:A4")
        fill(sheet, [["另表", "数"], ["甲", 5]], 7)

    source = book_of(tmp_path, build)
    spans = [[(c.row_span, c.col_span) for c in row] for row in source.blocks[0].rows]
    assert spans == [[(1, 1)] * 3, [(1, 3)], [(2, 1), (1, 1), (1, 1)], [(1, 1)] * 2]
    assert grids(source)[1] == [["另表", "数"], ["甲", "5"]]


def test_formulas_without_values_are_told(tmp_path: Path) -> None:
    source = book_of(tmp_path, lambda book: fill(book.active, [["项目", "数"], ["甲", 2], ["合计", "=SUM(B2:B2)"]], 1))
    assert [(r.check, "B3" in r.message) for r in source.reports] == [("formula-without-value", True)]


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (3.0, "General", "3"), (0.1 + 0.2, "General", "0.3"), (1e-7, "General", "0.0000001"), (True, "General", "TRUE"),
        (2.5, "0", "3"), (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"), (0, '0;-0;"—"', "—"), (5, "000", "005"),
        (0.5, "0%", "50%"), (12, '0"户"', "12户"), (1234567, "0.0,", "1234.6"), (7, '"第"0"号"', "第7号"), (7, "@", "7"),
        (1.5, "[Red]0.00", "1.50"), (8, "[$¥-804]#,##0", "¥8"), (-2, "0.0", "-2.0"), (1.10, "0.##", "1.1"),
        (datetime(2023, 5, 6), "m/d/yyyy;@", "5/6/2023"), (datetime(2023, 5, 6), "mm-dd-yy", "2023/5/6"),
        (datetime(2023, 5, 6, 9, 5), "m/d/yyyy\\ h:mm", "2023/5/6 9:05"), (datetime(2023, 5, 6), "m/d/yyyy", "2023/5/6"),
        (datetime(2023, 5, 6), "[$-804]yyyy年mm月", "2023年05月"),
        (datetime(2023, 5, 6, 15, 4), "h:mm AM/PM", "3:04 PM"), (datetime(2023, 5, 6), "aaaa", "星期六"),
        (date(2023, 5, 6), "General", "2023-05-06"), ("＝1", "0.00", "＝1"), (None, "0", ""),
    ],
)  # fmt: skip
def test_values_are_shown_as_the_sheet_shows_them(value: object, form: str, text: str) -> None:
    assert shown(value, form) == text


@given(st.one_of(st.floats(allow_nan=False), st.integers(), st.text()), st.text(max_size=12))
def test_no_format_fails(value: object, form: str) -> None:
    assert isinstance(shown(value, form), str)


CSV = '云岭市茶叶产量表\r\n乡镇,面积（亩）,产量\r\n甲镇,"1,296",513\r\n乙镇,1759,"5\r\n16"\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_tables_as_text(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.csv").write_bytes(CSV.encode(encoding))
    source = read(tmp_path / "a.csv", record_as="a.csv")
    rows = [["乡镇", "面积（亩）", "产量"], ["甲镇", "1,296", "513"], ["乙镇", "1759", "5\u202816"]]
    assert grids(source) == [rows] and source.text.startswith("云岭市茶叶产量表\n") and source.encoding


def test_what_tells_excel_the_separator_is_no_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("sep=;\n乡镇;产量\n甲镇;1,296\n乙镇;513\n", "utf-8")
    source = read(tmp_path / "a.csv", record_as="a.csv")
    assert grids(source) == [[["乡镇", "产量"], ["甲镇", "1,296"], ["乙镇", "513"]]]
    assert not source.reports


def test_a_cell_that_excel_shows_as_text_is_without_its_formula(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('编号,名称,式\n="001",甲,=A1\n="002",乙,"=""x"""\n', "utf-8")
    rows = [["编号", "名称", "式"], ["001", "甲", "=A1"], ["002", "乙", "x"]]
    assert grids(read(tmp_path / "a.csv", record_as="a.csv")) == [rows]


@pytest.mark.parametrize("text", ["一、总体要求，\n坚持绿色发展，\n保护优先。\n", "甲, 乙和丙。\n丁\n戊, 己\n"])
def test_prose_with_commas_is_no_table(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert read(tmp_path / "a.txt", record_as="a.txt").media_type == "text/plain"


def test_an_archive_is_its_folder(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("材料/10 后.txt", "后一份材料的文字。\n")
        archive.writestr("材料/2 前.csv", CSV)
        archive.writestr("__MACOSX/x", "残留")
    source = read(tmp_path / "a.zip", record_as="a.zip")
    assert source.text.index("茶叶") < source.text.index("后一份") and "残留" not in source.text
    assert source.media_type == "application/zip" and [r.check for r in source.reports] == ["file-left-aside"]


def test_archives_that_swell_or_hold_nothing_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("juanzong.read.zip_bounds.LARGEST", 1_000_000)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"\0" * 1_100_000)
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr(".hidden", "x")
    for name, told in (("a.zip", "swells"), ("b.zip", "no files")):
        with pytest.raises(JuanzongError, match=told):
            read(tmp_path / name, record_as=name)


def make_ofd(path: Path, contents: list[str]) -> Path:
    path.write_bytes(ofd_bytes(contents))
    return path


def test_ofd_has_lines_tables_pages_and_places(tmp_path: Path) -> None:
    table = "".join(
        ofd_text(30 + 60 * c, 82 + 10 * r, t, 4)
        for r, row in enumerate([["单位", "件"], ["档案馆", "九"]])
        for c, t in enumerate(row)
    )
    table += "".join(ofd_line(28, y, 148, y) for y in (80, 90, 100)) + "".join(
        ofd_line(x, 80, x, 100) for x in (28, 88, 148)
    )
    mark = ofd_text(60, 150, "内部资料", 12, 'CTM="0.7 0.7 -0.7 0.7 0 0"')
    head = ofd_text(60, 30, "云岭市档案管理办法", 7.8) + ofd_text(39.2, 50, "为了规范档案的收集，制定本办法。")
    path = make_ofd(tmp_path / "a.ofd", [head + table + mark, ofd_text(39.2, 40, "第二页的文字。"), "<broken"])
    source = read(path, record_as="a.ofd")
    assert source.text.startswith("云岭市档案管理办法\n    为了规范档案的收集，制定本办法。\n")
    assert grids(source) == [[["单位", "件"], ["档案馆", "九"]]] and "第二页的文字。" in source.text
    assert source.marks[0] is not None and source.marks[0].bbox[0] == pytest.approx(60 * 72 / 25.4, abs=0.1)
    assert [(r.page, r.check) for r in source.reports] == [(1, "page-watermark"), (3, "page-unreadable")]


def test_old_office_files_need_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    (tmp_path / "a.doc").write_bytes(b"{\\rtf1 text}")
    with pytest.raises(JuanzongError, match="LibreOffice"):
        read(tmp_path / "a.doc", record_as="a.doc")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_rtf_through_libreoffice(tmp_path: Path) -> None:
    pytest.importorskip("docx")
    text = "".join(f"\\u{ord(c)}?" for c in "云岭市档案管理办法")
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1\\ansi " + text.encode() + b"\\par}")
    source = read(tmp_path / "a.rtf", record_as="a.rtf", options=ReadOptions())
    assert source.text.strip() == "云岭市档案管理办法" and source.readers[0] == "libreoffice"


@pytest.mark.parametrize("kind", ["a.xlsx", "a.ofd", "a.zip"])
def test_cut_and_mutated_files_give_a_clear_line_or_what_is_left(tmp_path: Path, kind: str) -> None:
    if kind == "a.xlsx":
        book_of(tmp_path, lambda book: fill(book.active, [HEAD, *ROWS], 1, True, FORMATS))
    elif kind == "a.ofd":
        make_ofd(tmp_path / kind, [ofd_text(39.2, 40, "文字")])
    else:
        with zipfile.ZipFile(tmp_path / kind, "w") as archive:
            archive.writestr("a.txt", "文字\n" * 50)
    data = (tmp_path / kind).read_bytes()
    for k in range(40):
        at = len(data) * (k // 2) // 20
        broken = data[:at] if k % 2 else data[:at] + bytes((data[at] ^ 0x5A,)) * 3 + data[at + 3 :]
        (tmp_path / kind).write_bytes(broken)
        try:
            assert read(tmp_path / kind, record_as=kind).text
        except JuanzongError as error:
            assert "\n" not in str(error)


def test_a_merged_label_keeps_rows_of_one_cell_in_the_table(tmp_path: Path) -> None:
    def build(book: Any) -> None:
        sheet = book.active
        fill(
            sheet,
            [["季次", "地块", "面积"], ["第二季", "D1", None], [None, "D2", None], [None, "D3", None]],
            1,
            ruled=False,
        )
        sheet["C2"] = 5
        sheet.merge_cells("A2:A4")
        sheet["A5"] = "注：单位为亩。"

    assert grids(book_of(tmp_path, build)) == [
        [["季次", "地块", "面积"], ["第二季", "D1", "5"], ["D2", ""], ["D3", ""]]
    ]


def test_a_title_set_with_wide_blanks_is_no_row_of_the_table_below(tmp_path: Path) -> None:
    head = [["招生单位", None, "2024年", None, "2025年", None], ["编号", "名称", "计划", "录取", "计划", "录取"]]

    def build(book: Any) -> None:
        sheet = book.active
        sheet["A1"] = "招生计划表  云岭市  2025年  630分  -位  理科"
        fill(sheet, [*head, [1, "甲学院", 20, 18, 22, 21], [2, "乙学院", 30, 28, 32, 31]], 2)
        for area in ("A1:F1", "A2:B2", "C2:D2", "E2:F2"):
            sheet.merge_cells(area)

    documents = process(book_of(tmp_path, build), "t").documents
    [table] = [b for d in documents for b in tree.walk(d.body) if isinstance(b, tree.Table)]
    assert table.header_rows == 2
    assert strings(table)[:2] == [["招生单位"] * 2 + ["2024年"] * 2 + ["2025年"] * 2, head[1]]


def test_a_merged_cell_that_begins_in_a_hidden_column_is_seen_to_begin_behind_it(tmp_path: Path) -> None:
    def build(book: Any) -> None:
        fill(book.active, [["区", "2024年", None, None], ["县", "理", "文", "工"], ["甲县", 6, 7, 8]], 1)
        book.active.merge_cells("B1:D1")
        book.active.column_dimensions["B"].hidden = True

    source = book_of(tmp_path, build)
    assert grids(source) == [[["区", "2024年"], ["县", "文", "工"], ["甲县", "7", "8"]]]
    assert [c.col_span for c in source.blocks[0].rows[0]] == [1, 2]


@pytest.mark.parametrize(
    ("rows", "ruled", "expected"),
    [
        (
            [["代码", "名称"], ["0306", "甲校"], ["1101", "乙校"]],
            2,
            [["代码", "名称"], ["0306", "甲校"], ["1101", "乙校"]],
        ),
        ([["填报：甲局", "2024年"], ["代码", "名称"], ["1101", "乙校"]], 2, [["代码", "名称"], ["1101", "乙校"]]),
        ([["入选名单"], ["甲公司"], ["乙公司"], ["丙公司"]], 1, [["入选名单"], ["甲公司"], ["乙公司"], ["丙公司"]]),
        ([["说明"], ["甲公司"], ["乙公司"], ["丙公司"]], 5, None),
    ],
    ids=["names above the rulings", "control: who filled it in", "a list of one column", "control: lines of text"],
)
def test_where_a_table_begins(tmp_path: Path, rows: list[list[Any]], ruled: int, expected: Any) -> None:
    def build(book: Any) -> None:
        for r, row in enumerate(rows, 1):
            fill(book.active, [row], r, r >= ruled)

    assert grids(book_of(tmp_path, build)) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("云岭市二〇二四年各县\n茶叶产量统计表", ["云岭市二〇二四年各县茶叶产量统计表"]),
        ("附件1\n茶叶产量统计表", ["附件1", "茶叶产量统计表"]),
        ("云岭市茶叶产量统计表\n（2024年）", ["云岭市茶叶产量统计表", "（2024年）"]),
    ],
    ids=["a title in two lines", "control: the annex's mark", "control: a line in brackets"],
)
def test_a_title_that_its_cell_breaks_is_one_line(tmp_path: Path, title: str, lines: list[str]) -> None:
    def build(book: Any) -> None:
        fill(book.active, [["县", "产量", "面积"], ["甲县", 5, 7]], 2)
        book.active["A1"] = title
        book.active["A1"].alignment = openpyxl.styles.Alignment(horizontal="center", wrap_text=True)
        book.active.merge_cells("A1:C1")

    assert book_of(tmp_path, build).text.split("\n")[: len(lines)] == lines


@pytest.mark.parametrize(("first", "head"), [("企业名称", 1), ("甲公司", 0)], ids=["a name", "control: a list alone"])
def test_a_list_of_one_column_has_a_header_where_it_names_it(tmp_path: Path, first: str, head: int) -> None:
    rows = [[first], ["乙公司"], ["丙公司"], ["丁公司"]]
    documents = process(book_of(tmp_path, lambda book: fill(book.active, rows, 1)), "t").documents
    [table] = [b for d in documents for b in tree.walk(d.body) if isinstance(b, tree.Table)]
    assert table.header_rows == head and len(table.rows) == 4


def test_blanks_at_the_right_of_a_form_are_cells(tmp_path: Path) -> None:
    def build(book: Any) -> None:
        fill(book.active, [["姓名", None, "性别", None], ["单位", None, "职务", None], ["事迹", None, None, None]], 1)
        book.active.merge_cells("B3:D3")

    [grid] = grids(book_of(tmp_path, build))
    assert grid == [["姓名", "", "性别", ""], ["单位", "", "职务", ""], ["事迹", ""]]


@pytest.mark.parametrize("serials", [(1, 1), (1, 3)], ids=["two tables", "control: one, printed on two sheets"])
def test_a_header_once_more_on_a_sheet_begins_another_table(tmp_path: Path, serials: tuple[int, int]) -> None:
    def build(book: Any) -> None:
        for top, first in zip((1, 5), serials, strict=True):
            fill(book.active, [["序号", "县", "亩"], [first, f"{top}镇", top + 5], [first + 1, "乙镇", 6]], top)

    documents = process(book_of(tmp_path, build), "t").documents
    tables = [b for d in documents for b in tree.walk(d.body) if isinstance(b, tree.Table)]
    assert [len(t.rows) for t in tables] == ([3, 3] if serials == (1, 1) else [5])


def test_what_lies_under_a_merged_cell_and_says_the_same_is_not_lost(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    fill(book.active, [["组", "名称"], ["甲", "一队"], ["甲", "二队"], ["乙", "三队"]], 1)
    book.save(tmp_path / "plain.xlsx")
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as old, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as new:
        for name in old.namelist():
            merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
            data = old.read(name)
            new.writestr(name, data.replace(b"</sheetData>", merged) if "sheet1" in name else data)
    source = read(tmp_path / "a.xlsx", record_as="a.xlsx")
    assert grids(source)[0][1:3] == [["甲", "一队"], ["二队"]] and not source.reports


def test_names_of_columns_that_a_program_put_in_are_told_and_none_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "松城.csv"
    path.write_text(
        "松城学院选修人数统计表,Unnamed: 1,Unnamed: 2\n院系,茶艺,测绘\n甲系,3,4\n乙系,5,6\n丙系,,Unnamed: 2\n",
        encoding="utf-8",
    )
    source = read(path, record_as=path.name)
    assert [d.title.text for d in process(source, "t").documents] == ["松城学院选修人数统计表"]
    assert source.text.count("Unnamed") == 1  # that somebody wrote below the head
    assert [(r.check, r.text) for r in source.reports] == [("unprinted-text", "Unnamed: 1\nUnnamed: 2")]


@pytest.mark.parametrize("below", ["松城市校车登记名册第2页，共2页", "松城市校车维修名册"])
def test_heads_of_pages_within_a_sheet_go_and_other_rows_over_a_header_stay(tmp_path: Path, below: str) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    rows = [
        ["松城市校车登记名册第1页，共2页"],
        ["制表机关：松城市教育局"],
        ["车号", "学校", "座位"],
        ["甲01", "一中", 30],
    ]
    rows += [[below], ["制表机关：松城市教育局"], ["车号", "学校", "座位"], ["甲02", "二中", 32]]
    for row in rows:
        book.active.append(row)
    book.save(path)
    source = read(path, record_as=path.name)
    told = [r.text for r in source.reports if r.check == "page-furniture"]
    if "第2页" in below:
        assert [d.title.text for d in process(source, "t").documents] == ["松城市校车登记名册"]
        assert told == [f"{below}\n制表机关：松城市教育局\n第1页，共2页"]
    else:
        assert told == [] and below in source.text


def test_an_unruled_header_may_name_a_column_that_the_first_row_leaves_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    fill(book.active, [["编号", "作业", "开始", "完成", "比重"]], 1, ruled=False)
    fill(book.active, [["N1", "土建", "2023-05-06", None, 40], ["N2", "安装", "2023-06-01", "2023-08-01", 60]], 2)
    book.save(path)
    document = process(read(path, record_as=path.name), "t").documents[0]
    table = next(b for b in tree.walk(document.body) if isinstance(b, tree.Table))
    assert [c.text.text for c in table.rows[0].cells] == ["编号", "作业", "开始", "完成", "比重"]


@pytest.mark.parametrize(
    ("titles", "ruled", "tables"),
    [
        (("东渡口客流", "西渡口客流"), True, 2),
        (("表1 东渡口客流", "表2 西渡口客流"), False, 2),
        (("单位：市渡口局", "日期：5月6日"), True, 1),
        (("东渡口客流", "西渡口客流"), False, 1),
    ],
    ids=["rulings end between", "numbered", "control: labels", "control: nothing tells"],
)
def test_tables_side_by_side_under_titles_in_one_cell(
    tmp_path: Path, titles: tuple[str, str], ruled: bool, tables: int
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "松城市渡口客流汇总"
    sheet.merge_cells("A1:E1")
    sheet["A2"], sheet["D2"] = titles
    side = openpyxl.styles.Side(style="thin")
    for first in (1, 4):
        for r, row in enumerate((["月份", "人次"], ["5月", 30 + first], ["6月", 28]), 3):
            for c, value in enumerate(row, first):
                sheet.cell(r, c, value)
                if ruled:
                    sheet.cell(r, c).border = openpyxl.styles.Border(side, side, side, side)
    book.save(tmp_path / "a.xlsx")
    source = read(tmp_path / "a.xlsx", record_as="a.xlsx")
    assert len([b for b in source.blocks if b.rows]) == tables
    assert source.text.startswith("松城市渡口客流汇总\n")


def test_a_quotation_mark_that_nothing_closes_holds_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('渡口,电话,说明\n东渡,"0516-1","两行\n说明"\n西渡,"0516-2,无\n南渡,0516-3,无\n', encoding="utf-8")
    source = read(path, record_as=path.name)
    assert grids(source)[0] == [
        ["渡口", "电话", "说明"], ["东渡", "0516-1", "两行\u2028说明"], ["西渡", '"0516-2', "无"], ["南渡", "0516-3", "无"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("over", "below", "table"),
    [
        (["渡口：东渡口", "日期：5月6日"], ["填报人：王某", "复核人：李某"], [["月份", "人次"], ["5月", "30"]]),
        (
            ["月份：", "人次："],
            ["合计：", "30"],
            [["月份：", "人次："], ["月份", "人次"], ["5月", "30"], ["合计：", "30"]],
        ),
    ],
    ids=["labels with values", "control: names of columns"],
)
def test_labels_over_and_below_an_unruled_table_are_lines(
    tmp_path: Path, over: list[str], below: list[str], table: list[list[str]]
) -> None:
    source = book_of(
        tmp_path, lambda book: fill(book.active, [over, ["月份", "人次"], ["5月", 30], below], 1, ruled=False)
    )
    assert grids(source) == [table]
    assert all(text in source.text for text in (*over, *below))


def test_a_form_of_labels_alone_stays_a_table(tmp_path: Path) -> None:
    """Control."""
    rows = [["姓名：王某", "渡口：东渡口"], ["工龄：8年", "等次：优秀"]]
    source = book_of(tmp_path, lambda book: fill(book.active, rows, 1, ruled=False))
    assert grids(source) == [rows]


@pytest.mark.parametrize(
    ("last", "tables"), [(["合计", "58"], 1), (["上年", "61"], 2)], ids=["a total", "control: another row"]
)
def test_a_total_below_a_blank_row_belongs_to_the_table(tmp_path: Path, last: list[str], tables: int) -> None:
    rows = [["渡口", "人次"], ["东渡", "30"], ["西渡", "28"], [None, None], last]
    source = book_of(tmp_path, lambda book: fill(book.active, rows, 1, ruled=False))
    assert len(grids(source)) == tables and [row for grid in grids(source) for row in grid] == [*rows[:3], last]
