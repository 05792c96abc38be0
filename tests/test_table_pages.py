"""Laws: a table that goes on over a page is one, whatever the seam prints; two tables of one form stay two."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juanzong.core import tree
from juanzong.core.source import Source
from juanzong.read import read
from juanzong.run import process
from tables_kit import strings

Row = list[str]
_WORDS = st.text("甲丙丁戊庚壬癸河湖林田", min_size=2, max_size=6)
_COLUMNS = {
    "总投资（万元）": st.integers(100, 4000).map(str),
    "责任单位": _WORDS.map(lambda s: s + "局"),
    "比重": st.decimals(min_value=1, max_value=99, places=1).map(lambda d: f"{d}%"),
    "增减": st.sampled_from(["-3", "（62）", "—", "41", "（5）"]),
    "备注": st.sampled_from(["", "续建", "新建"]),
}
_FURNITURE = ["- 3 -", "— 4 —", "第 5 页", "---", "<!-- page break -->", "\f"]
_LABELS = ["续表", "（续表）", "续上表", "接上页", "续表一", "续 表", "续表2"]
_CAPTIONED = ["{caption}", "{caption}（续）", "{number}（续）", "{number} 续", "续{number} {name}"]
_PAIRS = [
    ("2021年项目安排表", "2022年项目安排表"),
    ("东山县项目安排表", "西河县项目安排表"),
    ("表1 工业项目", "表2 农业项目"),
    ("甲组登记表", "乙组登记表"),
    ("一、工业项目", "二、农业项目"),
]
_HEAD = [
    "东山县城乡建设方案",
    "",
    "第一章 总体要求",
    "",
    "坚持统筹推进。",
    "",
    "第二章 主要目标",
    "",
    "目标见下表。",
    "",
]
_TAIL = ["", "第三章 保障措施", "", "落实经费来源。", ""]


@st.composite
def rows_of(draw: st.DrawFn) -> list[Row]:
    """A header and rows with serial numbers."""
    names = ["序号", "单位名称", *draw(st.permutations(list(_COLUMNS)))[: draw(st.integers(2, 3))]]
    names.sort(key="备注".__eq__)
    count = draw(st.integers(4, 9))
    return [names, *([str(n + 1), draw(_WORDS), *(draw(_COLUMNS[c]) for c in names[2:])] for n in range(count))]


def _written(rows: list[Row], syntax: str) -> list[str]:
    if syntax == "tabs":
        return ["\t".join(row) for row in rows]
    if syntax == "html":
        return ["<table>" + "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in rows) + "</table>"]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return [lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]] if rows[0][0] == "序号" else lines


def _tables(lines: list[str]) -> list[list[Row]]:
    text = "\n".join([*_HEAD, *lines, *_TAIL])
    documents = process(Source("t.txt", "0" * 64, "text/plain", text), "t").documents
    return [strings(b) for d in documents for b in tree.walk(d.body) if isinstance(b, tree.Table)]


_syntaxes = st.sampled_from(["tabs", "html", "pipes"])


@settings(max_examples=30)
@given(rows_of(), _syntaxes, st.data())
def test_a_seam_parts_no_table(rows: list[Row], syntax: str, data: st.DataObject) -> None:
    page = data.draw(st.integers(3, len(rows) - 1))
    number, name = data.draw(st.sampled_from([("表1", "重点项目安排表"), ("表3-1", "重点项目安排表")]))
    seam = data.draw(st.lists(st.sampled_from(_FURNITURE), max_size=1))
    notes = data.draw(st.lists(st.just("注：数据截至2022年底。"), max_size=1))
    label = data.draw(st.sampled_from(["", *_LABELS, *_CAPTIONED])).format(
        caption=f"{number} {name}", number=number, name=name
    )
    header = [rows[0]] if data.draw(st.booleans()) else []
    lines = [f"{number} {name}", "", *_written(rows[:page], syntax), "", *notes, *seam, "", label, ""]
    assert _tables([*lines, *_written([*header, *rows[page:]], syntax)]) == [rows]


@settings(max_examples=30)
@given(rows_of(), rows_of(), _syntaxes, st.sampled_from(_PAIRS), st.data())
def test_two_tables_of_one_form_stay_two(
    rows: list[Row], others: list[Row], syntax: str, captions: tuple[str, str], data: st.DataObject
) -> None:
    """Other rows, the same rows but for one, or none but serial numbers."""
    what = data.draw(st.sampled_from(["others", "nearly", "blank"]))
    if what == "nearly":
        others = [*rows[:-1], [rows[-1][0], *others[-1][1:2], *rows[-1][2:]]]
    if what == "blank":
        rows = others = [rows[0], *([row[0]] + [""] * (len(row) - 1) for row in rows[1:])]
    lines = [captions[0], "", *_written(rows, syntax), "", captions[1], "", *_written(others, syntax)]
    assert _tables(lines) == [rows, others]


def test_marks_that_count_down_over_a_page_are_one_table() -> None:
    rows = [["总分", "人数"], *([str(n), str(2000 - n)] for n in range(690, 682, -1))]
    seam = ["", "- 2 -", ""]
    assert _tables([*_written(rows[:5], "html"), *seam, *_written([rows[0], *rows[5:]], "html")]) == [rows]
    again = [rows[0], *rows[1:4]]  # from the highest on: another table
    assert len(_tables([*_written(rows[:5], "html"), "", "乙组分数段", "", *_written(again, "html")])) == 2


@pytest.mark.parametrize(
    "case",
    json.loads((Path(__file__).parent / "cases" / "tables-pages.json").read_text("utf-8")),
    ids=lambda c: c["name"],
)
def test_tables_in_a_text(case: dict[str, Any]) -> None:
    text = "\n".join([*_HEAD, *case["text"].split("\n"), *_TAIL])
    documents = process(Source("t.txt", "0" * 64, "text/plain", text), "t").documents
    tables = [b for d in documents for b in tree.walk(d.body) if isinstance(b, tree.Table)]
    assert [strings(table) for table in tables] == case["tables"]
    if "notes" in case:
        assert [note.text for table in tables for note in table.notes] == case["notes"]


def test_a_remark_under_a_repeated_header_stays_in_its_row(tmp_path: Path) -> None:
    """The cells of a web page or a Word file are whole: no page cut one."""
    head = ["序号", "部门", "岗位", "条件", "备注"]
    body = [
        ["1", "甲局", "科员", "党员", "加试写作"],
        ["2", "乙局", "科员", "", "加试写作"],
        ["3", "丙局", "干事", "", "加试试讲"],
        ["4", "丁局", "科员", "二十八岁以下", ""],
    ]
    rows = [head, *body[:2], head, *body[2:]]
    html = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    path = tmp_path / "t.html"
    path.write_text(f"<html><body><h1>某市遴选职位表</h1><table>{html}</table></body></html>", "utf-8")
    document = process(read(path, record_as=path.name), "t").documents[0]
    (table,) = (b for b in tree.walk(document.body) if isinstance(b, tree.Table))
    assert strings(table) == [head, *body]
