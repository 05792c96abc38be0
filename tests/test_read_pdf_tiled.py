"""PDF tables without uprights whose rules are drawn cell by cell: where the pieces end, columns do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from juanzong.read.options import ReadOptions
from juanzong.read.pdf import text_layer_pages
from juanzong.read.printed import PrintedTable
from pdf_kit import line, make_pdf, paragraphs, show

EDGES = (90.0, 140.0, 262.0, 386.0, 470.0)  # the cells' texts fill them: no gap tells the columns
ROWS = [
    ["序号", "建设项目", "建设内容", "完成时间"],
    ["1", "云溪县茶叶加工中心", "新建厂房二千平方米。", "2025年"],
    ["2", "石泉县茶园灌溉工程", "改造管网三十公里等。", "2024年"],
    ["3", "东平区茶叶检测中心", "购置仪器四十台套。", "2025年"],
]
PROSE = "全市茶叶生产保持平稳，面积和产量均有增长，各县区完成了年度任务，加工企业的数量也比上年增加。"


def tiled(rows: Sequence[Sequence[str]], top: float, *, spans: Sequence[int] = ()) -> str:
    """A table from `top` downwards, 24 points a row; the rows in `spans` hold one text over all columns."""
    out = ""
    for n, row in enumerate(rows):
        y = top - 24 * n
        for a, b in pairwise(EDGES):
            out += line(a, y - 8, b, y - 8) + (line(a, y + 16, b, y + 16) if n == 0 else "")
        for k, text in enumerate(row):
            out += show(EDGES[k] + (60 if n in spans else 2), y, text)
    return out


def lower_edges(rows: Sequence[Sequence[str]], top: float) -> str:
    """A table whose cells have their lower edges drawn, but for the first row's, above which nothing is drawn."""
    out = ""
    for n, row in enumerate(rows):
        y = top - 24 * n
        out += "".join(line(a, y - 8, b, y - 8) for a, b in pairwise(EDGES))
        out += "".join(show(EDGES[k] + 2, y, text) for k, text in enumerate(row))
    return out


def tables_of(path: Path) -> list[list[list[str]]]:
    pages = text_layer_pages(path, ReadOptions()).pages
    return [[[c.text for c in row] for row in b.rows] for p in pages for b in p.blocks if isinstance(b, PrintedTable)]


def test_columns_end_where_the_pieces_of_rules_do(tmp_path: Path) -> None:
    page = paragraphs([PROSE], 790) + tiled(ROWS, 700) + paragraphs([PROSE], 560)
    assert tables_of(make_pdf(tmp_path / "a.pdf", [page])) == [ROWS]


def test_a_text_over_all_columns_is_one_cell(tmp_path: Path) -> None:
    rows = [ROWS[0], ["二〇二四年续建的茶叶加工和茶园基础设施项目"], *ROWS[1:]]
    (table,) = tables_of(make_pdf(tmp_path / "a.pdf", [paragraphs([PROSE], 790) + tiled(rows, 700, spans=[1])]))
    assert [row for row in table if len(row) == 4] == ROWS and rows[1][0] in "".join(table[1])


@pytest.mark.parametrize("size", [12.0, 16.0])
def test_what_stands_between_two_tables_is_no_row(tmp_path: Path, size: float) -> None:
    titles = show(200, 576, "附件2", size) + show(180, 552, "茶园改造项目汇总表", size)
    page = tiled(ROWS, 700) + titles + tiled([ROWS[0], *ROWS[2:]], 510)
    assert tables_of(make_pdf(tmp_path / "a.pdf", [page])) == [ROWS, [ROWS[0], *ROWS[2:]]]


def test_blanks_to_be_filled_in_are_no_table(tmp_path: Path) -> None:
    """A control: underlined blanks one below the other do not touch."""
    page = "".join(
        show(90, y, "姓名") + line(120, y - 2, 220, y - 2) + show(230, y, "电话") + line(260, y - 2, 400, y - 2)
        for y in (700, 670, 640, 610)
    )
    assert tables_of(make_pdf(tmp_path / "a.pdf", [paragraphs([PROSE], 790) + page])) == []


def headed(rows: Sequence[Sequence[str]], top: float) -> str:
    """A table with rules above and below its header and below its last row alone, each drawn cell by cell."""
    out = ""
    for n, row in enumerate(rows):
        y = top - 24 * n
        rules = [*([y + 16, y - 8] if n == 0 else []), *([y - 8] if n == len(rows) - 1 else [])]
        out += "".join(line(a, h, b, h) for h in rules for a, b in pairwise(EDGES))
        out += "".join(show(EDGES[k] + 2, y, text) for k, text in enumerate(row))
    return out


def test_a_line_above_the_header_that_comes_again_names_the_next_table(tmp_path: Path) -> None:
    name = show(200, 586, "茶园改造项目（共2项）")
    page = headed(ROWS, 700) + name + headed([ROWS[0], *ROWS[2:]], 560)
    path = make_pdf(tmp_path / "a.pdf", [page])
    assert tables_of(path) == [ROWS, [ROWS[0], *ROWS[2:]]]
    lines = [
        b.text for p in text_layer_pages(path, ReadOptions()).pages for b in p.blocks if not isinstance(b, PrintedTable)
    ]
    assert lines == ["茶园改造项目（共2项）"]


@pytest.mark.parametrize("name", ["茶园改造项目汇总表", "表1 茶园改造项目"])
def test_a_row_above_the_first_rule_is_the_tables_where_cells_have_lower_edges(tmp_path: Path, name: str) -> None:
    page = paragraphs([PROSE], 790) + show(220, 730, name) + lower_edges(ROWS, 700)
    assert tables_of(make_pdf(tmp_path / "a.pdf", [page])) == [ROWS]


def test_a_row_above_the_first_rule_may_have_cells_of_two_lines(tmp_path: Path) -> None:
    rows = [["序号", "建设项目", "建设内容（万元）", "完成时间"], *ROWS[1:]]
    upper = show(EDGES[2] + 2, 714, "建设内容") + show(EDGES[2] + 2, 700, "（万元）")
    alone = [["序号", "建设项目", "", "完成时间"], *ROWS[1:]]
    page = paragraphs([PROSE], 790) + upper + lower_edges(alone, 700)
    assert tables_of(make_pdf(tmp_path / "a.pdf", [page])) == [rows]


@pytest.mark.parametrize(
    "above", [PROSE[:28], "表1 茶园改造", "单位：万元"], ids=["prose", "a caption in one column", "a unit"]
)
def test_text_above_the_first_rule_is_no_row(tmp_path: Path, above: str) -> None:
    """A control: the header stands between two rules, and what stands above is the table's name, its unit, or prose."""
    page = show(270 if len(above) < 10 else 90, 722, above) + tiled(ROWS, 700)
    assert tables_of(make_pdf(tmp_path / "a.pdf", [page])) == [ROWS]


def test_a_line_that_runs_over_columns_above_the_first_rule_is_no_row(tmp_path: Path) -> None:
    """A control: of three columns, two have texts above the rule, but one of these runs over an edge."""
    edges, rows = (90.0, 140.0, 262.0, 386.0), [row[:3] for row in ROWS[1:]]
    content = show(96, 724, "石泉县茶业主管部门编制") + show(300, 724, "二〇二四年")
    for n, row in enumerate(rows):
        y = 700 - 24 * n
        content += "".join(
            line(a, h, b, h) for h in ([y + 16, y - 8] if n == 0 else [y - 8]) for a, b in pairwise(edges)
        )
        content += "".join(show(edges[k] + 2, y, text) for k, text in enumerate(row))
    assert tables_of(make_pdf(tmp_path / "a.pdf", [paragraphs([PROSE], 790) + content])) == [rows]
