"""Workbooks and Word files to documents: whose title a line is, which rows are one table, what stands apart."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from docx_kit import docx_bytes
from juanzong.core import tree
from juanzong.read import read
from juanzong.run import process

openpyxl = pytest.importorskip("openpyxl")
Rows = list[list[Any]]


def _read(path: Path) -> tuple[list[tree.Document], list[str]]:
    done = process(read(path, record_as=path.name), "t")
    return list(done.documents), [f.check for f in done.findings]


def _book(folder: Path, sheets: dict[str, Rows], merged: dict[str, list[str]] | None = None) -> Path:
    """A workbook: each sheet's rows, None for a cell that is not there; rows of several cells are ruled."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    side = openpyxl.styles.Side(style="thin")
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for r, row in enumerate(rows, 1):
            for c, value in enumerate(row, 1):
                if value is not None:
                    cell = sheet.cell(r, c, value)
                    if len(row) > 1:
                        cell.border = openpyxl.styles.Border(side, side, side, side)
        for area in (merged or {}).get(name, []):
            sheet.merge_cells(area)
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def _tables(documents: list[tree.Document]) -> list[tree.Table]:
    return [b for d in documents for b in tree.walk(d.body) if isinstance(b, tree.Table)]


HEAD, TITLE = ["序号", "姓名", "分数"], ["云岭学院竞赛加分登记表"]


@pytest.mark.parametrize(
    ("firsts", "rows"), [((1, 1, 1), [3, 3, 3]), ((1, 3, 5), [7])], ids=["one form", "control: serials go on"]
)
def test_sheets_with_one_title_are_tables_of_their_own(
    tmp_path: Path, firsts: tuple[int, ...], rows: list[int]
) -> None:
    names = [("陈一鸣", "王小梅"), ("刘志远", "孙海燕"), ("周文博", "赵思齐")]
    sheets = {
        f"{first}{a}": [TITLE, HEAD, [first, a, len(a) + 50 * k], [first + 1, b, 61 + 7 * k]]
        for k, (first, (a, b)) in enumerate(zip(firsts, names, strict=True))
    }
    documents, checks = _read(_book(tmp_path, sheets))
    tables = _tables(documents)
    assert [len(t.rows) for t in tables] == rows and not checks
    named = [t.caption.text or d.title.text for d in documents for t in _tables([d])]
    assert named == TITLE * len(rows)


@pytest.mark.parametrize(
    ("below", "rows"),
    [([3, "丁", 8], [5]), ([1, "丁", 8], [3, 2])],
    ids=["counts on", "control: another number"],
)
def test_blank_rows_do_not_part_what_counts_on(tmp_path: Path, below: list[Any], rows: list[int]) -> None:
    sheet = [TITLE, HEAD, [1, "甲", 5], [2, "乙", 6], [], [], below, ["", "戊", 9]]
    assert [len(t.rows) for t in _tables(_read(_book(tmp_path, {"一系": sheet}))[0])] == rows


def test_merged_cells_bridge_the_rows_that_they_cover(tmp_path: Path) -> None:
    rows = [
        ["云岭学院中期检查表"],
        ["学生填写", "进度：按期"],
        [],
        [],
        ["教师填写", "评语：好"],
        ["组长填写", "意见：过"],
    ]
    [document], _ = _read(_book(tmp_path, {"表": rows}, {"表": ["A2:A4", "B2:B4"]}))
    [table] = _tables([document])
    assert [[c.text.text for c in row.cells] for row in table.rows] == [rows[1], *rows[4:]]
    assert all(c.row_span == 1 for row in table.rows for c in row.cells)


@pytest.mark.parametrize(
    ("name", "lines", "title", "kind"),
    [
        ("Result_1", ["2019年云岭学院训练项目信息表"], "2019年云岭学院训练项目信息表", "annex_table"),
        ("训练项目", ["2019年"], "训练项目", "annex_table"),
        ("主要县年度数据", ["数据库：主要县年度数据", "指标：产值（亿元）"], "主要县年度数据", "annex_table"),
        ("数据", ["附件1：云岭学院训练项目信息表"], "云岭学院训练项目信息表", "annex_table"),
        ("表", ["云岭学院（2017届毕业生）毕业设计工作时序"], "云岭学院（2017届毕业生）毕业设计工作时序", "annex_table"),
        ("Worksheet", [], "", "annex_table"),
        ("表", ["云岭学院答辩分组安排"], "云岭学院答辩分组安排", "annex_table"),
        ("表", ["云岭学院技术评审标准"], "云岭学院技术评审标准", "annex_table"),
    ],
    ids=["a year", "control: a year alone", "labels", "control: a mark", "no noun", "no name", "a plan's noun", "a rule's noun"],
)  # fmt: skip
def test_what_stands_over_a_sheets_table(tmp_path: Path, name: str, lines: list[str], title: str, kind: str) -> None:
    rows: Rows = [*([line] for line in lines), ["县", "2019年", "2018年"], ["甲县", 5.5, 6.5], ["乙县", 7.5, 8.5]]
    [document], checks = _read(_book(tmp_path, {name: rows}))
    assert (document.title.text, document.type, checks) == (title, kind, [])


@pytest.mark.parametrize(
    ("last", "rows"),
    [
        ([["秘书：", "丁", None, "丁院"], ["", "戊"], ["", "己"]], [4, 3]),
        ([["秘书：", "丁", None, "丁院"], ["", "云岭学会"], ["", "2024年5月6日"]], [4, 1]),
    ],
    ids=["a list", "control: who signs"],
)
def test_lists_in_parts_keep_their_columns(tmp_path: Path, last: Rows, rows: list[int]) -> None:
    sheet = [["委员会", "姓名", "职称", "单位"], ["主席：", "甲", "教授", "甲院"], [], ["委员：", "乙", None, "乙院"]]
    sheet += [[None, "丙", None, "丙院"], [], ["云岭学会秘书处组成人员"], *last]
    book = openpyxl.Workbook()
    for r, row in enumerate(sheet, 1):
        for c, value in enumerate(row, 1):
            book.active.cell(r, c, value or None)
    book.save(tmp_path / "a.xlsx")
    tables = _tables(_read(tmp_path / "a.xlsx")[0])
    assert [len(t.rows) for t in tables] == rows
    assert [c.text.text for c in tables[0].rows[2].cells] == ["委员：", "乙", "", "乙院"]


def test_cells_of_one_row_over_a_table_are_lines_of_their_own(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_book(tmp_path, {"表": [TITLE, [], HEAD, [1, "甲", 5]]}))
    book["表"]["A2"], book["表"]["C2"] = "学院：云岭学院计算机科学与技术系软件工程专业二班", "2024年5月6日"
    book.save(tmp_path / "a.xlsx")
    [document], _ = _read(tmp_path / "a.xlsx")
    texts = [b.text.text for b in tree.walk(document.body) if isinstance(b, tree.Paragraph)]
    assert texts == ["学院：云岭学院计算机科学与技术系软件工程专业二班", "2024年5月6日"]


@pytest.mark.parametrize(
    ("first", "height"),
    [
        (["学生填写", "学生姓名：甲某", "班级：二班"], 0),
        (["会议秘书：", "甲某", "二班"], 0),
        (["项目", "投资（单位：万元）", "其中：县级"], 1),
        (["项目：", "内容：", "要求："], 1),
    ],
    ids=["labels with values", "a label with a colon", "control: a unit and a part", "control: colons everywhere"],
)
def test_a_label_with_its_value_names_no_column(tmp_path: Path, first: list[str], height: int) -> None:
    rows: Rows = [["云岭学院检查表"], first, ["进度", "按期", "完成"], ["质量", "合格", "完成"]]
    [table] = _tables(_read(_book(tmp_path, {"表": rows}))[0])
    assert table.header_rows == height


def _paragraph(text: str, size: int, centered: bool = True) -> str:
    middle = '<w:jc w:val="center"/>' if centered else ""
    return f'<w:p><w:pPr>{middle}</w:pPr><w:r><w:rPr><w:sz w:val="{size}"/></w:rPr><w:t>{text}</w:t></w:r></w:p>'


def _table(*rows: list[str]) -> str:
    cells = ["".join(f"<w:tc><w:p><w:r><w:t>{t}</w:t></w:r></w:p></w:tc>" for t in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{c}</w:tr>' for c in cells)}</w:tbl>"


@pytest.mark.parametrize(
    ("lines", "titles"),
    [
        ([("云岭大学·金融学院", 30, True), ("本科生实习鉴定书", 36, True)], ["云岭大学·金融学院本科生实习鉴定书"]),
        ([("毕业设计（论文）中期检查", 30, True), ("学生自检表", 44, True)], ["毕业设计（论文）中期检查学生自检表"]),
        ([("云岭大学·金融学院", 30, False), ("本科生实习鉴定书", 36, True)], ["云岭大学·金融学院", "本科生实习鉴定书"]),
        ([("云岭大学毕业设计任务书", 30, True)], ["云岭大学毕业设计任务书"]),
    ],
    ids=["an organ", "a part", "control: not in the middle", "a noun of its own"],
)
def test_centred_lines_of_two_sizes_are_one_title(tmp_path: Path, lines: list[Any], titles: list[str]) -> None:
    rows = _table(["姓名", "", "学号", ""], ["单位", "", "专业", ""])
    (tmp_path / "a.docx").write_bytes(docx_bytes({"body": "".join(_paragraph(*x) for x in lines) + rows}))
    documents, checks = _read(tmp_path / "a.docx")
    assert sorted(d.title.text for d in documents) == sorted(titles) and "untyped-document" not in checks


def test_an_annex_that_is_named_over_two_lines_is_no_organ(tmp_path: Path) -> None:
    organ = "云岭大学信息学院（示范学院）"
    body = [_paragraph(t, 44) for t in (organ, "综合成绩计算办法")]
    body += [_paragraph(t, 24, False) for t in ("为规范工作，制定本办法。", "一、总则", "成绩由学院核定。")]
    body += [_paragraph(t, 24, False) for t in (f"附件：1.{organ}", "期刊目录", f"2.{organ}", "竞赛项目库", "附件1：")]
    body += [_paragraph(t, 44) for t in (organ, "期刊目录")] + [_table(["序号", "名称"], ["1", "甲刊"], ["2", "乙刊"])]
    body += [_paragraph("附件2：", 24, False), *(_paragraph(t, 44) for t in (organ, "竞赛项目库"))]
    body += [_table(["序号", "名称"], ["1", "甲赛"], ["2", "乙赛"])]
    (tmp_path / "a.docx").write_bytes(docx_bytes({"body": "".join(body)}))
    documents, checks = _read(tmp_path / "a.docx")
    names = {d.title.text for d in documents}
    assert names == {organ + "综合成绩计算办法", organ + "期刊目录", organ + "竞赛项目库"} and not checks


@pytest.mark.parametrize(
    ("second", "captions"),
    [("云岭学院第二学期校历", ["云岭学院第一学期校历", "云岭学院第二学期校历"]), (None, [""])],
    ids=["two titles", "control: one"],
)
def test_tables_side_by_side(tmp_path: Path, second: str | None, captions: list[str]) -> None:
    gap = [None]
    rows: Rows = [
        ["云岭学院第一学期校历", None, None, None, second, None],
        ["周次", "一", "二", *gap, "周次", "一", "二"],
        ["第1周", "5日", "6日", *gap, "第1周", "3日", "4日"],
        ["第2周", "12日", "13日", *gap, "第2周", "10日", "11日"],
        [None, None, None, *gap, "第3周", "17日", "18日"],
    ]
    merged = ["A1:C1", "E1:G1"] if second else ["A1:C1"]
    documents, checks = _read(_book(tmp_path, {"校历": rows}, {"校历": merged}))
    tables = _tables(documents)
    assert [t.caption.text or (d.title.text if second else "") for d in documents for t in _tables([d])] == captions
    assert [len(t.rows) for t in tables] == ([3, 4] if second else [4]) and not checks
    assert {t.header_rows for t in tables} == {1}


@pytest.mark.parametrize(
    ("rows", "height"),
    [
        ([["所属学校", ""], ["选手类别", "□团队□个人"], ["获奖情况", ""]], 0),
        ([["所属学校", ""], ["学院", "物理学院"], ["班级", ""]], 0),
        ([["指标", ""], ["人口", "12"], ["产值", "34"]], 1),
        ([["指标", "数值"], ["人口", "12"], ["产值", "34"]], 1),
    ],
    ids=["a form", "a form filled in", "control: figures below", "control: names"],
)
def test_a_blank_beside_a_label_is_to_be_filled_in(tmp_path: Path, rows: list[list[str]], height: int) -> None:
    (tmp_path / "a.docx").write_bytes(docx_bytes({"body": _paragraph("云岭学院报名表", 44) + _table(*rows)}))
    [table] = _tables(_read(tmp_path / "a.docx")[0])
    assert table.header_rows == height


def test_who_drew_up_a_form_is_no_caption(tmp_path: Path) -> None:
    title, form = _paragraph("云岭大学开题报告", 44), _table(["姓名", "", "学号", ""], ["单位", "", "专业", ""])
    for line, caption in (("教务处编制", ""), ("学生基本信息", "学生基本信息")):
        (tmp_path / "a.docx").write_bytes(docx_bytes({"body": title + _paragraph(line, 24, False) + form}))
        [table] = _tables(_read(tmp_path / "a.docx")[0])
        assert table.caption.text == caption


@pytest.mark.parametrize("other", ["", "又"], ids=["names", "control: one written again and again"])
def test_names_of_a_list_do_not_speak_against_each_other(tmp_path: Path, other: str) -> None:
    places = ["云岭", "松城", "桐川", "清源", "东山", "西河", "南浦", "北屏", "中岗", "上堡", "下洋", "前进"]
    names = [f"{p}市建筑职业技术学院" for p in places] if not other else ["云岭市建筑职业技术学院"] * len(places)
    rows = [["序号", "学校"], *([n, name] for n, name in enumerate(names, 1)), [13, "云岭市建筋职业技术学院"]]
    path = _book(tmp_path, {"名单": [["云岭学校名单"], *rows]})
    done = process(read(path, record_as="a.xlsx"), "t")
    assert [e.after for e in done.ledger.edits() if e.category == "content"] == (["筑"] if other else [])


def test_lists_of_tables_and_whose_they_are(tmp_path: Path) -> None:
    names = ["附表1：云岭学院已检学生名单", "附表2：云岭学院未检学生名单"]
    sheets: dict[str, Rows] = {
        "总表": [["云岭学院中期情况总结表"], ["学科", "人数"], ["机械", 5], [], *([n] for n in names)]
    }
    for n, name in enumerate(names):
        sheets[f"附表{n}"] = [
            [name],
            ["学院：云岭学院", None, "制表人："],
            ["序号", "姓名", "备注"],
            [1, "甲乙"[n], "好差"[n]],
        ]
    documents, checks = _read(_book(tmp_path, sheets))
    tables = _tables(documents)
    assert [(t.number.text, t.header_rows, len(t.rows)) for t in tables] == [
        ("", 1, 2),
        ("附表1", 1, 2),
        ("附表2", 1, 2),
    ]
    assert [t.caption.text for t in tables[1:]] == [n[4:] for n in names] and not checks


def test_groups_by_dates_are_no_captions(tmp_path: Path) -> None:
    rows = [["6月9日"], ["8:00", "注册", "大堂"], ["9:00", "开幕", "大堂"], ["6月10日"], ["8:00", "闭幕", "大堂"]]
    cells = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:tcPr>{span}</w:tcPr><w:p><w:r><w:t>{t}</w:t></w:r></w:p></w:tc>' for t in row)}</w:tr>"
        for row in rows
        for span in ['<w:gridSpan w:val="3"/>' if len(row) == 1 else ""]
    )
    body = _paragraph("云岭学会会议议程", 44) + f"<w:tbl>{cells}</w:tbl>"
    (tmp_path / "a.docx").write_bytes(docx_bytes({"body": body}))
    documents, checks = _read(tmp_path / "a.docx")
    [table] = _tables(documents)
    assert (table.caption.text, table.header_rows, len(table.rows), checks) == ("", 0, 5, [])


def test_pairs_of_labels_and_blanks_in_two_rows_are_a_form(tmp_path: Path) -> None:
    for second, height in ((["中检地区", "", "校区", ""], 0), (["甲", "5", "乙", "6"], 1)):
        body = _paragraph("云岭学院中期检查总结表", 44) + _table(
            ["学科", "", "学制", ""], second, ["丙", "7", "丁", "8"]
        )
        (tmp_path / "a.docx").write_bytes(docx_bytes({"body": body}))
        [table] = _tables(_read(tmp_path / "a.docx")[0])
        assert table.header_rows == height


def test_a_link_without_a_cell_is_no_damage(tmp_path: Path) -> None:
    path = _book(tmp_path, {"名单": [["云岭学院名单"], ["序号", "姓名"], [1, "甲"]]})
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            link = b'</sheetData><hyperlinks><hyperlink ref="G1:H1" location="A1"/></hyperlinks>'
            data = old.read(name)
            new.writestr(name, data.replace(b"</sheetData>", link) if "sheet1" in name else data)
    [table] = _tables(_read(tmp_path / "b.xlsx")[0])
    assert [[c.text.text for c in row.cells] for row in table.rows] == [["序号", "姓名"], ["1", "甲"]]


def test_blanks_between_names_of_people_stay(tmp_path: Path) -> None:
    rows: Rows = [["云岭学院获奖名单"], ["序号", "队员", "项目"], [1, "余子民 谭卓昆 王国凯", "技术和服 务"]]
    [table] = _tables(_read(_book(tmp_path, {"Sheet1": rows}))[0])
    assert [c.text.text for c in table.rows[1].cells] == ["1", "余子民 谭卓昆 王国凯", "技术和服务"]


@pytest.mark.parametrize(("name", "title"), [("data", ""), ("云岭学院学生名单", "云岭学院学生名单")])
def test_a_programs_name_of_a_sheet_is_no_title(tmp_path: Path, name: str, title: str) -> None:
    documents, _ = _read(_book(tmp_path, {name: [["姓名", "学号"], ["王国凯", 11], ["李立", 12]]}))
    told = [d.title.text for d in documents] + [t.caption.text for t in _tables(documents)]
    assert any(title in t for t in told) and (title or not any("data" in t for t in told))


def test_lone_cells_over_a_table_are_lines(tmp_path: Path) -> None:
    rows: Rows = [
        ["2019-2020学年春(两学期)  班级课表", None, None],
        ["班名：电子1801", None, None],
        ["节次", "星期一", "星期二"],
        ["1-2节", "数学", "物理"],
        ["3-4节", "英语", "体育"],
    ]
    merged = {"Sheet1": ["A1:C1", "A2:C2"]}
    tables = _tables(_read(_book(tmp_path, {"Sheet1": rows}, merged))[0])
    assert [(t.header_rows, len(t.rows)) for t in tables] == [(1, 3)]


@pytest.mark.parametrize(
    ("line", "notes"), [("表中的数据按年末统计，不包括附属单位的人员。", 2), ("制表人：王国凯", 1)]
)
def test_the_next_paragraph_of_a_note(tmp_path: Path, line: str, notes: int) -> None:
    rows: Rows = [
        ["云岭学院人员情况"],
        ["部门", "人数"],
        ["机械", 5],
        ["土木", 7],
        ["注：本表由人事处提供，数据截至年末。"],
        [line],
    ]
    [table] = _tables(_read(_book(tmp_path, {"Sheet1": rows}))[0])
    assert len(table.notes) == notes


@pytest.mark.parametrize(("first", "number", "height"), [("四、入选的人员", "1", 2), ("四、入选的人员", "甲", 1)])
def test_a_heading_over_all_columns(tmp_path: Path, first: str, number: str, height: int) -> None:
    cell = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr><w:p><w:r><w:t>{first}</w:t></w:r></w:p></w:tc></w:tr>'
    table = _table(["序号", "姓名", "单位"], [number, "王国凯", "机械"], ["2", "李立", "土木"])
    body = _paragraph("云岭学院入选名单", 44) + table.replace("<w:tr>", cell + "<w:tr>", 1)
    (tmp_path / "a.docx").write_bytes(docx_bytes({"body": body}))
    [read_table] = _tables(_read(tmp_path / "a.docx")[0])
    assert (read_table.header_rows == 2) == (height == 2)


@pytest.mark.parametrize(("line", "above"), [("注：本表一式两份，由学院存档。", False), ("各学院名额分配如下。", True)])
def test_what_stands_above_a_floating_table(tmp_path: Path, line: str, above: bool) -> None:
    place = '<w:tblPr><w:tblpPr w:vertAnchor="text" w:tblpY="362"/></w:tblPr>'
    table = _table(["学院", "人数"], ["机械", "5"], ["土木", "7"]).replace("<w:tbl>", "<w:tbl>" + place, 1)
    body = _paragraph("云岭学院名额表", 44) + table + _paragraph(line, 21, False)
    (tmp_path / "a.docx").write_bytes(docx_bytes({"body": body}))
    [read_table] = _tables(_read(tmp_path / "a.docx")[0])
    assert [n.text for n in read_table.notes] == ([] if above else [line])


@pytest.mark.parametrize(("labels", "height"), [(["题目", "学院"], 0), (["项目", "人数"], 1)])
def test_labels_of_a_students_form(tmp_path: Path, labels: list[str], height: int) -> None:
    rows = [[labels[0], "甲", labels[1], "乙"], ["学号", "", "班级", ""], ["导师", "", "专业", ""]]
    second = rows[1:] if height == 0 else [["丙", "5", "丁", "6"]]
    body = _paragraph("云岭学院论文情况表", 44) + _table(rows[0], *second)
    (tmp_path / "a.docx").write_bytes(docx_bytes({"body": body}))
    [table] = _tables(_read(tmp_path / "a.docx")[0])
    assert table.header_rows == height


@pytest.mark.parametrize("raised", [True, False])
def test_sources_called_in_a_cell(tmp_path: Path, raised: bool) -> None:
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>[1]</w:t></w:r>' if raised else ""
    said = f"<w:r><w:t>王国凯（2016）</w:t></w:r>{mark}<w:r><w:t>研究了河湖治理的办法。</w:t></w:r>"
    table = _table(["题目", "河湖治理研究"], ["背景", "@"]).replace("<w:r><w:t>@</w:t></w:r>", said)
    assert "河湖治理的办法" in table
    body = _paragraph("本科毕业论文开题报告", 44) + table + _paragraph("参考文献", 28, False)
    body += _paragraph("[1]王国凯. 河湖治理研究[J]. 水利学刊，2016.", 21, False)
    (tmp_path / "a.docx").write_bytes(docx_bytes({"body": body}))
    documents, checks = _read(tmp_path / "a.docx")
    assert [len(d.footnotes) for d in documents] == [int(raised)] and not checks
    assert [c.text.text for c in _tables(documents)[0].rows[1].cells][1] == "王国凯（2016）研究了河湖治理的办法。"
