"""PDF tables without uprights that a page cuts: in the middle of a cell, or between the header and the rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from juanzong.read.options import ReadOptions
from juanzong.read.pdf import text_layer_pages
from juanzong.read.printed import PrintedTable
from pdf_kit import line, make_pdf, paragraphs, show

XS, EDGES = (94.0, 144.0, 264.0, 404.0), (90.0, 140.0, 260.0, 400.0, 500.0)
HEAD = ["序号", "建设项目", "建设内容", "完成时间"]
ROWS = [[str(n), f"茶叶加工工程{'甲乙丙丁戊己'[n - 1]}", "改造管网和厂房", f"{n + 3}月底"] for n in range(1, 7)]
PROSE = "全市茶叶生产保持平稳，面积和产量均有增长，各县区完成了年度任务，加工企业的数量也比上年增加。"
RUNNING = show(220, 800, "制度汇编（内部使用）", 9.0)
CUT = [*ROWS[0][:2], "改造主管网五十公里以上", ROWS[0][3]]


def table(cells: Sequence[Sequence[str]], top: float, rules: str) -> str:
    """Rows of 22 points downwards from `top`; `rules`: whole (a rule below each row), pieces (the same, cell by cell), ends
    (above and below the first row and below the last), open (above and below the first alone), or none."""
    out = ""
    for n, row in enumerate(cells):
        y = top - 22 * n
        out += "".join(show(x, y, text) for x, text in zip(XS, row, strict=True) if text)
        if rules == "whole":
            out += line(EDGES[0], y - 7, EDGES[-1], y - 7)
        if rules == "pieces":
            out += "".join(line(a, y - 7, b, y - 7) for a, b in pairwise(EDGES))
    if rules in ("ends", "open"):
        heights = [top + 15, top - 7, *([top - 22 * len(cells) + 15] if rules == "ends" else [])]
        out += "".join(line(EDGES[0], y, EDGES[-1], y) for y in heights)
    return out


def tables_of(pages: Sequence[str], path: Path) -> list[list[list[str]]]:
    found = text_layer_pages(make_pdf(path, pages), ReadOptions()).pages
    return [[[c.text for c in row] for row in b.rows] for p in found for b in p.blocks if isinstance(b, PrintedTable)]


@pytest.mark.parametrize("rules", ["whole", "pieces"])
@pytest.mark.parametrize("running", [RUNNING, ""], ids=["under a running head", "without one"])
def test_the_rest_of_a_cell_is_a_row_of_the_next_page(tmp_path: Path, rules: str, running: str) -> None:
    first = running + paragraphs([PROSE], 740) + table([HEAD, *ROWS[:3], CUT], 660, rules)
    rest = ["", "", "并更新机组", ""]
    second = running + table([rest, *ROWS[3:]], 740, rules)
    [_, below] = tables_of([first, second], tmp_path / "a.pdf")
    assert below == [rest, *ROWS[3:]]


def test_the_rest_of_a_cell_that_stands_off_the_next_row(tmp_path: Path) -> None:
    """A running head would stand so far off, too, but not at the left edge of a column's texts."""
    first = paragraphs([PROSE], 740) + table([HEAD, *ROWS[:3], CUT], 660, "open")
    second = show(XS[2], 740, "并更新机组") + table(ROWS[3:], 708, "none") + line(EDGES[0], 652, EDGES[-1], 652)
    [_, below] = tables_of([first, second], tmp_path / "a.pdf")
    assert below == [["", "", "并更新机组", ""], *ROWS[3:]]


def test_a_line_at_another_edge_is_no_rest_of_a_cell(tmp_path: Path) -> None:
    """A control: a caption over the next table stands in a column, but not where its texts begin."""
    first = paragraphs([PROSE], 740) + table([HEAD, *ROWS[:3]], 660, "whole")
    second = show(282, 740, "茶园改造表") + table([HEAD, *ROWS[3:]], 716, "ends")
    assert tables_of([first, second], tmp_path / "a.pdf")[1] == [HEAD, *ROWS[3:]]


def test_a_header_that_ends_its_page_is_a_table(tmp_path: Path) -> None:
    first = paragraphs([PROSE], 740) + table([HEAD], 80, "ends") + show(280, 40, "— 1 —")
    assert tables_of([first], tmp_path / "a.pdf") == [[HEAD]]


@pytest.mark.parametrize("below", ["各县区茶叶生产情况另行通报。", "合计    十二项"], ids=["prose", "a line"])
def test_names_between_two_rules_above_text_are_no_table(tmp_path: Path, below: str) -> None:
    """A control: what a page's text goes on below is no header without rows."""
    first = paragraphs([PROSE], 740) + table([HEAD], 120, "ends") + show(90, 60, below)
    assert tables_of([first], tmp_path / "a.pdf") == []


def test_two_words_between_rules_are_no_header(tmp_path: Path) -> None:
    """A control: the foot of a page, set between two rules."""
    content = (
        "".join(line(EDGES[0], y, EDGES[-1], y) for y in (95, 73))
        + show(94, 80, "内部资料")
        + show(404, 80, "注意保存")
    )
    assert tables_of([paragraphs([PROSE], 740) + content], tmp_path / "a.pdf") == []
