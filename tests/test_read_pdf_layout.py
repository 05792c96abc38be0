"""PDF pages: tables with fewer rulings than cells, text that nobody sees, marks across the page, fields, damage, bombs."""

from __future__ import annotations

import itertools
import math
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from juanzong.core import tree
from juanzong.core.source import Source
from juanzong.read import read
from juanzong.read.columns import side_text
from juanzong.read.glyphs import Glyph, Run
from juanzong.read.options import ReadOptions
from juanzong.read.pdf import text_layer_pages
from juanzong.read.pdf_lost import counted
from juanzong.read.printed import PrintedLine, PrintedTable
from juanzong.read.tables import edge
from juanzong.run import process
from pdf_kit import line, make_pdf, paragraphs, rows, show, stream

HEAD = show(190, 780, "云岭市茶叶生产情况报告", 18)
PROSE = "全市茶叶生产保持平稳，面积和产量均有增长，各县区完成了年度任务，加工企业的数量也比上年增加。"
CELLS = [
    ["县区", "面积（亩）", "产量（吨）"],
    ["云溪县", "1296", "513"],
    ["石泉县", "1759", "516"],
    ["东平区", "1829", "497"],
    ["合计", "4884", "1526"],
]
XS = (110, 240, 380)
TOP, BOTTOM, STEP = 667, 557, 22
SIDES, INNER = (95, 470), (200, 340)
BODY = HEAD + paragraphs([PROSE], 740) + show(220, 685, "表1 茶叶生产情况") + rows(CELLS, XS, 650)
AFTER = paragraphs(["二、加工情况", "全市现有加工企业三十家。"], 520)


def across(*heights: float) -> str:
    return "".join(line(SIDES[0], y, SIDES[1], y) for y in heights)


def upright(*xs: float) -> str:
    return "".join(line(x, TOP, x, BOTTOM) for x in xs)


def cell_by_cell(*heights: float) -> str:
    """Rulings across, drawn for each column by itself, as LibreOffice does."""
    ends = (SIDES[0], *INNER, SIDES[1])
    return "".join(line(a, y, b, y) for y in heights for a, b in itertools.pairwise(ends))


RULINGS = {
    "none": "",
    "three lines": across(TOP, 643, BOTTOM),
    "above and below": across(TOP, BOTTOM),
    "three lines, cell by cell": cell_by_cell(TOP, 643, BOTTOM),
    "between rows, cell by cell": cell_by_cell(*(TOP - STEP * k for k in range(6))),
    "between columns": upright(*INNER),
    "columns and sides": upright(*SIDES, *INNER),
    "columns, open below": across(TOP, 643) + upright(*SIDES, *INNER),
    "columns, closed, no sides": across(TOP, BOTTOM) + upright(*INNER),
    "between rows": across(*(TOP - STEP * k for k in range(6))),
    "all": across(*(TOP - STEP * k for k in range(6))) + upright(*SIDES, *INNER),
}


def pages_of(path: Path) -> list[list[PrintedLine | PrintedTable]]:
    return [page.blocks for page in text_layer_pages(path, ReadOptions()).pages]


def tables_of(path: Path) -> list[list[list[str]]]:
    return [
        [[c.text for c in row] for row in block.rows]
        for blocks in pages_of(path)
        for block in blocks
        if isinstance(block, PrintedTable)
    ]


@pytest.mark.parametrize("rulings", RULINGS.values(), ids=RULINGS.keys())
def test_one_table_however_it_is_ruled(tmp_path: Path, rulings: str) -> None:
    path = make_pdf(tmp_path / "a.pdf", [BODY + rulings + AFTER])
    assert tables_of(path) == [CELLS]
    texts = [b.text for b in pages_of(path)[0] if isinstance(b, PrintedLine)]
    assert texts[-3] == "表1 茶叶生产情况" and texts[-2:] == ["二、加工情况", "全市现有加工企业三十家。"]


@pytest.mark.parametrize("gap", [0, 8])
@pytest.mark.parametrize("ruled", [False, True])
def test_wrapped_cells_stay_one_cell(tmp_path: Path, gap: int, ruled: bool) -> None:
    printed = [
        ["指标", "内容", "责任单位"],
        ["茶园改造", "改造老茶园三千亩，新", "农业局"],
        ["", "建示范茶园五处", ""],
        ["品牌建设", "培育品牌两个", "商务局"],
        ["市场开拓", "在外省新设专卖店十二", "商务局"],
        ["", "家，参加展销会三次", ""],
    ]
    y, content = 650.0, HEAD
    for n, row in enumerate(printed):
        y -= gap if n and row[0] else 0
        content += rows([row], (110, 200, 380), y)
        y -= 16
    content += across(667, 642, y + 8) if ruled else ""
    whole = [
        printed[0],
        ["茶园改造", "改造老茶园三千亩，新建示范茶园五处", "农业局"],
        printed[3],
        ["市场开拓", "在外省新设专卖店十二家，参加展销会三次", "商务局"],
    ]
    assert tables_of(make_pdf(tmp_path / "a.pdf", [content])) == [whole]


_UNENDED = {
    "no rule below the rows": across(667, 643),
    "a frame that goes on to the page's end": across(667, 643) + line(95, 667, 95, 482) + line(470, 667, 470, 482),
    "no rules": "",
}


@pytest.mark.parametrize("rulings", _UNENDED.values(), ids=_UNENDED.keys())
def test_rows_that_no_rule_ends(tmp_path: Path, rulings: str) -> None:
    printed = [
        ["序号", "项目名称", "建设内容", "投资"],
        ["一、茶园项目"],
        ["1", "老茶园改造", "改造老茶园三", "2030"],
        ["", "工程", "千亩", ""],
        ["", "", "并更新茶苗", ""],
        ["2", "水肥一体化", "铺设管网十二", "864"],
        ["", "", "公里", ""],
        ["二、加工项目"],
        ["3", "初制加工厂", "新建厂房一座", "1990"],
        ["4", "交易市场", "改造摊位六十", "75"],
        ["", "", "个", ""],
    ]
    xs, y, content = (110, 160, 290, 420), 650.0, HEAD + rulings
    for row in printed:
        content += rows([row], (100,) if len(row) == 1 else xs, y)
        y -= 16
    content += paragraphs(["二、加工情况", "全市现有加工企业三十家。"], y - 12)
    path = make_pdf(tmp_path / "a.pdf", [content])
    assert tables_of(path) == [
        [
            printed[0],
            ["一、茶园项目"],
            ["1", "老茶园改造工程", "改造老茶园三千亩并更新茶苗", "2030"],
            ["2", "水肥一体化", "铺设管网十二公里", "864"],
            ["二、加工项目"],
            printed[8],
            ["4", "交易市场", "改造摊位六十个", "75"],
        ]
    ]
    assert [b.text for b in pages_of(path)[0] if isinstance(b, PrintedLine)][-2:] == [
        "二、加工情况",
        "全市现有加工企业三十家。",
    ]


def test_a_narrow_gap_between_figures_and_words_parts_columns(tmp_path: Path) -> None:
    printed = [
        ["单位", "增减", "责任单位"],
        ["甲县", "-39", "县林业局"],
        ["乙县", "（47）", "县水务局"],
        ["丙县", "12", "县交通局"],
    ]
    content = HEAD + across(667, 643, 572)
    for n, row in enumerate(printed):
        width = sum(6 if c.isascii() else 12 for c in row[1])
        content += rows([row], (110, 288 - width, 300), 650 - 22 * n)
    assert tables_of(make_pdf(tmp_path / "a.pdf", [content])) == [printed]


def test_rules_across_part_rows_whose_cells_wrap(tmp_path: Path) -> None:
    printed = [
        ["序号", "项目名称", "投资（万元）", "备注"],
        ["1", "林溪水库加固", "1864", "新建"],
        ["", "与渠道工程", "", ""],
        ["2", "河岸护坡工程", "23.76", ""],
        ["", "一期", "", ""],
        ["3", "旧街改造", "2189", "续建"],
    ]
    y, content = 650.0, HEAD + cell_by_cell(664)
    for n, row in enumerate(printed):
        content += rows([row], (110, 160, 290 if n == 0 else 335 - 6 * len(row[2]), 420), y)
        content += cell_by_cell(y - 6) if n == 5 or printed[n + 1][0] else ""
        y -= 20
    assert tables_of(make_pdf(tmp_path / "a.pdf", [content])) == [
        [
            printed[0],
            ["1", "林溪水库加固与渠道工程", "1864", "新建"],
            ["2", "河岸护坡工程一期", "23.76", ""],
            ["3", "旧街改造", "2189", "续建"],
        ]
    ]


def test_ruled_rows_of_wrapped_texts_stay_whole_on_a_page_with_few(tmp_path: Path) -> None:
    """A page may hold two rows of a table; lines that end early (before a word that may not be cut) part none."""
    printed = [
        [["序号"], ["依据"], ["内容"]],
        [
            ["1"],
            ["茶园管理办法", "〔2021〕12号", "茶叶规划"],
            ["改造茶园，", "示范茶园", "2021年两处"],
        ],
        [["2"], ["品牌培育方案", "〔2022〕3号", "会展计划"], ["培育品牌，", "参加展销", "2022年三次"]],
    ]
    content, y = HEAD + across(667), 650
    for row in printed:
        content += "".join(show(x, y - 16 * k, t) for x, cell in zip(XS, row, strict=True) for k, t in enumerate(cell))
        y -= 16 * max(map(len, row)) + 8
        content += across(y + 17)
    content += "".join(line(x, 667, x, y + 17) for x in (*SIDES, *INNER))
    whole = [["".join(cell) for cell in row] for row in printed]
    assert tables_of(make_pdf(tmp_path / "a.pdf", [content])) == [whole]


CONTROLS = {
    "signatures": show(110, 660, "云岭市农业局") + show(330, 660, "云岭市商务局")
    + show(110, 640, "2023年5月6日") + show(330, 640, "2023年5月6日"),
    "contents": rows([["第一章 总则", "1"], ["第二章 目标", "4"], ["第三章 任务", "7"], ["第四章 保障", "10"]], (90, 470), 740),
    "items": rows([["1.", "坚持统筹规划，"], ["2.", "坚持因地制宜，"], ["3.", "坚持绿色发展。"]], (90, 120), 740),
    "columns of text": rows([["全县地处丘陵地带森林资源丰富树种以杉木", "全县建有国有林场三处集体林场十一处林区公"]] * 9, (60, 320), 700, 20),
    "frame": paragraphs([PROSE], 740) + line(80, 760, 500, 760) + line(80, 700, 500, 700) + line(80, 760, 80, 700) + line(500, 760, 500, 700),
    "head and foot rules": line(90, 800, 500, 800) + paragraphs([PROSE, PROSE], 740) + line(90, 60, 500, 60),
}  # fmt: skip


@pytest.mark.parametrize("content", CONTROLS.values(), ids=CONTROLS.keys())
def test_what_looks_like_a_table_and_is_none(tmp_path: Path, content: str) -> None:
    assert tables_of(make_pdf(tmp_path / "a.pdf", [HEAD + content])) == []


def test_side_text_in_radicals_stands_apart() -> None:
    """As browsers write the characters into the PDF that they print."""

    def run_at(x: float, y: float, text: str) -> Run:
        glyphs = [Glyph(c, x + 10 * k, y, x + 10 * k + 10, y + 10, 10, y + 10, "Song") for k, c in enumerate(text)]
        return Run(glyphs, x, y, x + 10 * len(text), y + 10, 10)

    text = [run_at(100, 100 + 20 * k, "平湖县河湖众多⽔域⾯积") for k in range(3)]
    beside = [run_at(300, 100 + 15 * k, said) for k, said in enumerate(["核⼼⽔⾯", "⽔⾯九万亩", "⼭⽥四万亩"])]
    figures = [run_at(300, 100 + 15 * k, said) for k, said in enumerate(["1.25", "3.68", "7.14"])]
    rule = edge(280, 95, 280, 160)
    assert side_text([*text, *beside], [rule]) == (text, [beside])
    assert side_text([*text, *figures], [rule]) == ([*text, *figures], [])


def test_side_text_in_small_type_stands_apart_without_a_rule() -> None:
    """Cells of a row, notes below the text, and type of the same size are none."""

    def run_at(x: float, y: float, text: str, size: float = 12) -> Run:
        glyphs = [
            Glyph(c, x + size * k, y, x + size * k + size, y + size, size, y + size, "Song") for k, c in enumerate(text)
        ]
        return Run(glyphs, x, y, x + size * len(text), y + size, size)

    text = [run_at(150, 100 + 20 * k, "平湖县河湖众多水域面积广") for k in range(4)]
    said = ["核心数据一览", "水面九万亩整", "产量四万多吨"]
    left = [run_at(80, 103 + 15 * k, s, 8) for k, s in enumerate(said)]
    right = [run_at(320, 103 + 15 * k, s, 8) for k, s in enumerate(said)]
    assert side_text([*text, *left], []) == (text, [left])
    assert side_text([*text, *right], []) == (text, [right])
    for beside in (
        [run_at(320, 104 + 20 * k, s, 8) for k, s in enumerate(said)],  # on the lines of the text
        [run_at(320, 103 + 15 * k, s) for k, s in enumerate(said)],  # as large
        [run_at(100, 190 + 15 * k, s, 8) for k, s in enumerate(said)],  # below
        [run_at(300, 103 + 15 * k, s, 8) for k, s in enumerate(said)],  # no gutter
        right[:2],
    ):
        assert side_text([*text, *beside], []) == ([*text, *beside], [])


def test_side_text_beside_a_rule_stands_apart(tmp_path: Path) -> None:
    beside = ["林业资源概况", "全县林地面积", "一百二十万亩", "覆盖率过六成"]
    content = HEAD + paragraphs([PROSE], 740, 24) + line(400, 760, 400, 660)
    content += "".join(show(410, 735 - 20 * k, text, 10) for k, text in enumerate(beside))
    texts = [b.text for b in pages_of(make_pdf(tmp_path / "a.pdf", [content]))[0] if isinstance(b, PrintedLine)]
    assert "".join(texts[1:3]) == PROSE[:46] and texts[-4:] == beside


def test_a_clipped_line_stands_in_the_cell_that_clips_it(tmp_path: Path) -> None:
    heights, content = (700, 670, 640, 610), HEAD
    for n, row in enumerate(
        [["序号", "事项"], ["1", "改造老茶园三千亩新建", "示范茶园五处和加工厂"], ["2", "培育品牌"]]
    ):
        top, bottom = heights[n : n + 2]
        for (x0, x1), texts in zip([(90, 150), (150, 300)], [row[:1], row[1:]], strict=True):
            at = [bottom + 10] if len(texts) == 1 else [top - 2, top - 20]
            shown = "".join(show(x0 + 4, y, text) for y, text in zip(at, texts, strict=True))
            content += f"q {x0} {bottom} {x1 - x0} {top - bottom} re W n\n{shown}Q\n"
    content += "".join(line(90, y, 300, y) for y in heights) + "".join(line(x, 700, x, 610) for x in (90, 150, 300))
    expected = [["序号", "事项"], ["1", "改造老茶园三千亩新建示范茶园五处和加工厂"], ["2", "培育品牌"]]
    assert tables_of(make_pdf(tmp_path / "a.pdf", [content])) == [expected]


def test_a_page_set_sideways_is_read_upright(tmp_path: Path) -> None:
    content = "".join(
        show(140 + 22 * n, 100 + 150 * k, text, 12, "0 1 -1 0")
        for n, row in enumerate(CELLS)
        for k, text in enumerate(row)
    )
    assert tables_of(make_pdf(tmp_path / "a.pdf", [content])) == [CELLS]


HIDDEN: dict[str, Callable[[str], str]] = {
    "white": lambda text: "1 g " + text + "0 g\n",
    "invisible": lambda text: "BT 3 Tr ET " + text + "BT 0 Tr ET\n",
    "painted over": lambda text: text + "1 g 60 590 300 30 re f 0 g\n",
    "cut off": lambda text: "q 300 100 50 50 re W n " + text + "Q\n",
    "no size": lambda text: text.replace("/F1 12.0", "/F1 0"),
}


@pytest.mark.parametrize("hide", HIDDEN.values(), ids=HIDDEN.keys())
def test_what_nobody_sees_is_told_and_is_no_text(tmp_path: Path, hide: Callable[[str], str]) -> None:
    source = source_of(tmp_path, HEAD + paragraphs([PROSE], 740) + hide(show(90, 600, "此处为隐藏的文字")))
    assert "隐藏" not in source.text and "加工企业" in source.text
    assert [r.check for r in source.reports] == ["hidden-text"] and "隐藏" in source.reports[0].message


OFF = "<< /OFF [4 0 R] /Order [4 0 R] >>"
LAYERS = {  # the file's own view, how a part or a form stands on a layer: whether it is seen
    "switched off": (OFF, "/L", False),
    "all but some switched off": ("<< /BaseState /OFF /ON [] >>", "/L", False),
    "the one that stays on": ("<< /BaseState /OFF /ON [4 0 R] >>", "/L", True),
    "all of a group switched off": (OFF, "/G", False),
    "one of a group switched off": (OFF, "/H", True),
    "switched on": ("<< /Order [4 0 R] >>", "/L", True),
    "damaged": ("[1 2]", "/L", True),
}


@pytest.mark.parametrize(("view", "layer", "seen"), LAYERS.values(), ids=LAYERS.keys())
def test_what_stands_on_a_layer_that_is_off_is_no_text(tmp_path: Path, view: str, layer: str, seen: bool) -> None:
    text = f"/OC {layer} BDC /Span BMC " + show(90, 600, "图层之一") + "/X Do 1 g 60 640 400 200 re f 0 g EMC EMC EMC "
    path = make_pdf(
        tmp_path / "a.pdf",
        [HEAD + paragraphs([PROSE], 740) + (text.replace("re f", "re n") if seen else text) + "/X Do "],
        objects=["<< /Type /OCG /Name (a) >>", "<< /Type /OCG /Name (b) >>",
                 "<< /Type /OCMD /OCGs 4 0 R >>", "<< /Type /OCMD /OCGs [4 0 R 5 0 R] >>",
                 stream(show(90, 560, "图层之二").encode(), "/Subtype /Form /BBox [0 0 600 800] /OC 4 0 R")],
        resources="/Properties << /L 4 0 R /G 6 0 R /H 7 0 R >> /XObject << /X 8 0 R >>",
        catalog=f"/OCProperties << /OCGs [4 0 R 5 0 R] /D {view} >>",
    )  # fmt: skip
    source = read(path, record_as="a.pdf")
    off = not seen or layer == "/H"  # the form's own
    assert (
        ("图层之一" in source.text) == seen and ("图层之二" in source.text) == (not off) and "加工企业" in source.text
    )
    assert [r.check for r in source.reports] == (["hidden-text"] if off else [])


SEEN = {
    "white on colour": "0.2 0.3 0.6 rg 60 590 300 30 re f 1 g " + show(90, 600, "蓝底白字") + "0 g\n",
    "before its ground": "0.9 g 60 590 300 30 re f 0 g " + show(90, 600, "蓝底白字"),
    "beside what is painted": show(90, 600, "蓝底白字") + "1 g 200 590 300 30 re f 0 g\n",
    "over the page's edge": show(540, 600, "长长的一行") + show(602, 600, "蓝底白字"),
    "grey": "0.5 g " + show(90, 600, "蓝底白字") + "0 g\n",
}


@pytest.mark.parametrize("content", SEEN.values(), ids=SEEN.keys())
def test_what_is_seen_is_text(tmp_path: Path, content: str) -> None:
    source = source_of(tmp_path, HEAD + paragraphs([PROSE], 740) + content)
    assert "蓝底白字" in source.text and not source.reports


@pytest.mark.parametrize(
    "mark", ["0.8 g " + show(150, 400, "内部资料", 60, "0.7 0.7 -0.7 0.7"), "0.85 g " + show(120, 720, "内部资料", 40)]
)
def test_watermarks_are_marked(tmp_path: Path, mark: str) -> None:
    source = source_of(tmp_path, HEAD + mark + "0 g\n" + paragraphs([PROSE], 740))
    lines = source.text.split("\n")
    assert [text for text, m in zip(lines, source.marks, strict=False) if m and m.watermark] == ["内部资料"]
    assert [r.check for r in source.reports] == ["page-watermark"]


def test_fields_and_typed_notes_are_text(tmp_path: Path) -> None:
    fields = [
        "<< /Type /Annot /Subtype /Widget /FT /Tx /V <FEFF5F204E09> /Rect [130 695 300 715] /DA (/F1 12 Tf 0 g) >>",
        "<< /Type /Annot /Subtype /Widget /FT /Btn /AS /Yes /Rect [90 650 102 662] >>",
        "<< /Type /Annot /Subtype /FreeText /Contents <FEFF540C610F> /Rect [130 600 300 620] /DA (/F1 12 Tf) >>",
        "<< /Type /Annot /Subtype /Text /Contents <FEFF4FBF7B7A> /Rect [500 600 520 620] >>",
        "<< /Type /Annot /Subtype /Widget /FT /Tx /V 7 0 R /Rect [0 0] >>",
    ]
    content = HEAD + show(90, 700, "姓名：") + show(105, 652, "已核") + show(90, 604, "意见：")
    path = make_pdf(tmp_path / "a.pdf", [content], objects=fields, page="/Annots [4 0 R 5 0 R 6 0 R 7 0 R 8 0 R]")
    text = read(path, record_as="a.pdf").text
    assert "姓名：张三" in text and "☑已核" in text and "意见：同意" in text and "便签" not in text


def test_a_damaged_string_costs_itself(tmp_path: Path) -> None:
    damaged = "BT /F1 (x) Tf 90 480 Td [ /a << >> ] TJ ET 1 0 0 cm (z) Td 1 0 0 0 0 0 0 rg /X9 Do /G9 gs\n"
    source = source_of(tmp_path, HEAD + paragraphs([PROSE], 740) + damaged + show(90, 500, "其后的文字"))
    assert "加工企业" in source.text and "其后的文字" in source.text


def source_of(folder: Path, content: str) -> Source:
    return read(make_pdf(folder / "a.pdf", [content]), record_as="a.pdf")


FORM = "/Type /XObject /Subtype /Form /BBox [0 0 500 800]"
SWELLING = {
    "draws itself": [stream(b"/X1 Do /X1 Do", FORM + " /Resources << /XObject << /X1 4 0 R >> >>")],
    "draws ten that draw ten": [
        stream(b"/X1 Do " * 10, f"{FORM} /Resources << /XObject << /X1 {5 + k} 0 R >> >>") for k in range(10)
    ]
    + [stream(b"0 0 m 1 1 l S", FORM)],
    "unpacks to 400 MB": [stream(zlib.compress(b" " * 400_000_000, 9), FORM + " /Filter /FlateDecode")],
}


@pytest.mark.parametrize("objects", SWELLING.values(), ids=SWELLING.keys())
def test_what_swells_costs_itself(tmp_path: Path, objects: list[bytes]) -> None:
    content = HEAD + paragraphs([PROSE], 740) + "/X1 Do\n"
    path = make_pdf(tmp_path / "a.pdf", [content], objects=objects, resources="/XObject << /X1 4 0 R >>")
    source = read(path, record_as="a.pdf")
    assert "加工企业" in source.text and source.reports[0].check in ("damaged-object", "page-drawing")


def test_a_table_cut_by_a_page_number_is_one_table(tmp_path: Path) -> None:
    halves = [CELLS[:3], [CELLS[0], *CELLS[3:]]]
    pages = [
        (HEAD if k == 0 else "") + rows(half, XS, 650) + across(*(TOP - STEP * n for n in range(len(half) + 1)))
        + "".join(line(x, TOP, x, TOP - STEP * len(half)) for x in (*SIDES, *INNER)) + show(290, 60, str(k + 3))
        for k, half in enumerate(halves)
    ]  # fmt: skip
    result = process(read(make_pdf(tmp_path / "a.pdf", pages), record_as="a.pdf"), "a")
    tables = [b for d in result.documents for b in tree.walk(d.body) if isinstance(b, tree.Table)]
    assert [len(t.rows) for t in tables] == [5]


@pytest.mark.parametrize("degrees", [12, 30, 45, 75, 330])
def test_text_that_is_turned_is_no_text_of_the_page(degrees: int, tmp_path: Path) -> None:
    """A name and a date across the page, many times, or one word."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    turned = f"{c:.4f} {s:.4f} {-s:.4f} {c:.4f}"
    tiles = "".join(
        show(80 + 150 * i, 200 + 200 * j, "张三 2022-03-01", 14, turned) for i in range(3) for j in range(3)
    )
    text = show(200, 780, "云岭市档案管理办法", 18) + paragraphs(
        ["为了规范档案的收集与整理，结合本市实际，制定本办法。"], 700
    )
    source = read(
        make_pdf(tmp_path / "a.pdf", [tiles + text, text + show(200, 300, "样本", 60, turned)]), record_as="a.pdf"
    )
    shown = [
        line for line, mark in zip(source.text.split("\n"), source.marks, strict=False) if not (mark and mark.watermark)
    ]
    assert "张三" not in "".join(shown) and "样本" not in "".join(shown)
    assert {r.message.rpartition("：")[2] for r in source.reports if r.check == "page-watermark"} == {
        "张三 2022-03-01",
        "样本",
    }


def test_control_lines_that_lean_as_a_scanned_page_does_are_text(tmp_path: Path) -> None:
    turned = "0.9986 0.0523 -0.0523 0.9986"  # 3 degrees
    text = "".join(show(90, 700 - 30 * k, f"第{k}段文字，为了规范档案的收集。", 12, turned) for k in range(1, 6))
    source = read(make_pdf(tmp_path / "a.pdf", [text]), record_as="a.pdf")
    assert "第3段文字，为了规范档案的收集。" in source.text and not source.reports


def test_a_row_that_the_page_begins_with_is_closed_above(tmp_path: Path) -> None:
    """A browser prints thick uprights that end where the page does, and no ruling across there."""
    uprights = "".join(f"{x} {BOTTOM} 0.8 {TOP - BOTTOM} re f\n" for x in (*SIDES, *INNER))
    inner = across(*(TOP - STEP * k for k in range(1, 6)))
    assert tables_of(make_pdf(tmp_path / "a.pdf", [rows(CELLS, XS, 650) + uprights + inner])) == [CELLS]


def test_radicals_are_no_lost_text() -> None:
    """One library gives a font's radicals, the other the characters that look the same."""
    assert counted("⺠⻋⻓⽂⾦名１") == counted("民车长文金名1")


def texts_of(*pages: str, tmp_path: Path) -> list[str]:
    (document,) = process(read(make_pdf(tmp_path / "a.pdf", pages), record_as="a.pdf"), "a").documents
    return [block.text.text for block in document.body if isinstance(block, tree.Paragraph)]


def test_one_line_that_breaks_off_goes_on_below(tmp_path: Path) -> None:
    first, rest = PROSE[:28], PROSE[28:]
    page = HEAD + show(120, 700, first) + show(90, 675, rest)
    assert texts_of(page, tmp_path=tmp_path) == [PROSE]


def test_pale_words_all_over_a_page_of_few_lines_are_a_watermark(tmp_path: Path) -> None:
    behind = "0.85 g\n" + "".join(show(x, y, "内部资料", 30) for x in (60, 330) for y in (150, 300, 450)) + "0 g\n"
    page = behind + HEAD + paragraphs([PROSE], 740)
    assert texts_of(page, tmp_path=tmp_path) == [PROSE]
    large = "0.85 g\n" + show(60, 300, "内部资料", 12) + "0 g\n"  # control: no larger than the text
    assert texts_of(large + HEAD + paragraphs([PROSE], 740), tmp_path=tmp_path) != [PROSE]


def test_the_letter_that_stands_upright_in_round_words_is_one_of_them(tmp_path: Path) -> None:
    ring = "".join(
        show(
            400 + 40 * math.cos(a),
            300 + 40 * math.sin(a),
            c,
            9,
            f"{math.sin(a)} {-math.cos(a)} {math.cos(a)} {math.sin(a)}",
        )
        for c, a in zip("云岭市茶叶局", (math.radians(150 - 30 * k) for k in range(6)), strict=True)
    )
    assert texts_of(HEAD + paragraphs([PROSE], 740) + ring, tmp_path=tmp_path) == [PROSE]


def test_two_ruled_tables_side_by_side_are_two(tmp_path: Path) -> None:
    heights = [650 - STEP * k for k in range(4)]
    grid = "".join(line(a, y, b, y) for y in heights for a, b in ((90, 230), (330, 470)))
    grid += "".join(line(x, heights[0], x, heights[-1]) for x in (90, 160, 230, 330, 400, 470))
    cells = [["小学", "人数", "中学", "人数"], ["一小", "300", "一中", "450"], ["二小", "280", "二中", "420"]]
    page = HEAD + paragraphs([PROSE], 740) + grid + rows(cells, (100, 170, 340, 410), 635)
    (document,) = process(read(make_pdf(tmp_path / "a.pdf", [page]), record_as="a.pdf"), "a").documents
    tables = [block for block in document.body if isinstance(block, tree.Table)]
    assert [[[c.text.text for c in row.cells] for row in t.rows] for t in tables] == [
        [row[:2] for row in cells],
        [row[2:] for row in cells],
    ]
