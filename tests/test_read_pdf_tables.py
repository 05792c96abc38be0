"""PDF tables as office programs draw them: frames, clips, names that no ruling parts, three-line tables."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from juanzong import normalize
from juanzong.read.options import ReadOptions
from juanzong.read.pdf import text_layer_pages
from juanzong.read.printed import PrintedTable
from pdf_kit import line, make_pdf, paragraphs, rows, show

CELLS = [["镇", "户数", "面积"], ["东山镇", "31", "120"], ["西河镇", "42", "135"], ["南坪镇", "57", "148"]]
XS, UPRIGHTS = (110, 240, 340), (100, 220, 320, 420)
TOPS = (680, 658, 636, 614, 592)


def tables_of(path: Path) -> list[list[list[str]]]:
    pages = text_layer_pages(path, ReadOptions()).pages
    found = [b for page in pages for b in page.blocks if isinstance(b, PrintedTable)]
    return [[[cell.text for cell in row] for row in table.rows] for table in found]


def bar(x0: float, y0: float, x1: float, y1: float, *, twice: bool) -> str:
    """A filled box, its way back drawn, and closed as well (`twice`) or not."""
    corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)] + [(x0, y0)] * twice
    return "".join(f"{x} {y} {'m' if n == 0 else 'l'} " for n, (x, y) in enumerate(corners)) + "h "


def frame(*, twice: bool) -> str:
    left, right, top, bottom = UPRIGHTS[0], UPRIGHTS[-1], TOPS[0], TOPS[-1]
    sides = [(left, top, right, top + 1), (left, bottom, left + 1, top), (right - 1, bottom, right, top)]
    return "".join(bar(*box, twice=twice) for box in [*sides, (left, bottom, right, bottom + 1)]) + "f\n"


INNER = "".join(line(UPRIGHTS[0], y, UPRIGHTS[-1], y) for y in TOPS[1:-1])
INNER += "".join(line(x, TOPS[0], x, TOPS[-1]) for x in UPRIGHTS[1:-1])
CELL_BY_CELL = "".join(line(a, y, b, y) for a, b in itertools.pairwise(UPRIGHTS) for y in TOPS)
CELL_BY_CELL += "".join(line(x, a, x, b) for x in UPRIGHTS for a, b in itertools.pairwise(TOPS))


@pytest.mark.parametrize(
    "rulings",
    [
        pytest.param(frame(twice=True) + INNER, id="frame of bars whose way back is drawn and closed"),
        pytest.param(frame(twice=False) + INNER, id="control: frame of bars"),
        pytest.param(
            f"q {UPRIGHTS[0] + 0.02} {TOPS[-1] - 5} 400 110 re W n {CELL_BY_CELL} Q\n",
            id="the left rulings lie on the edge of a clip",
        ),
        pytest.param(
            CELL_BY_CELL.replace("".join(line(100, a, 100, b) for a, b in itertools.pairwise(TOPS)), ""),
            id="cell by cell, open at the left",
        ),
    ],
)
def test_outer_columns_belong_to_the_table(tmp_path: Path, rulings: str) -> None:
    content = rows(CELLS, XS, 664) + rulings
    assert tables_of(make_pdf(tmp_path / "a.pdf", [content])) == [CELLS]


def test_a_mark_that_hangs_over_a_cell_belongs_to_it(tmp_path: Path) -> None:
    left, right = "先行试点的乡镇。", "按规定办理报批。"
    content = (
        show(100 + 24, 664, left) + show(220 + 4, 664, right) + "".join(line(100, y, 316, y) for y in (680, 655, 630))
    )
    content += (
        show(110, 640, "名称") + show(230, 640, "做法") + "".join(line(x, 680, x, 630) for x in (100, 208 + 6, 316))
    )
    assert tables_of(make_pdf(tmp_path / "a.pdf", [content])) == [[[left, right], ["名称", "做法"]]]


@pytest.mark.parametrize(
    ("names", "width", "parted"),
    [
        pytest.param(["身高", "立定跳远", "坐位体前屈"], 110, True, id="a name for each row"),
        pytest.param(["农村人居环", "境整治提升", "工作任务"], 64, False, id="control: a text that wraps"),
    ],
)
def test_names_that_no_ruling_parts(tmp_path: Path, names: list[str], width: float, parted: bool) -> None:
    edge = 100 + width
    content = "".join(
        show(102, 664 - 22 * n, text) + show(edge + 10, 664 - 22 * n, f"{n + 3}1") for n, text in enumerate(names)
    )
    content += "".join(line(edge, y, edge + 80, y) for y in TOPS[1:3])
    content += "".join(line(100, y, edge + 80, y) for y in (TOPS[0], TOPS[3]))
    content += "".join(line(x, TOPS[0], x, TOPS[3]) for x in (100, edge, edge + 80))
    [table] = tables_of(make_pdf(tmp_path / "a.pdf", [content]))
    assert [row[0] for row in table] == (names if parted else ["".join(names), "41", "51"])


def test_units_below_the_names_of_a_three_line_table(tmp_path: Path) -> None:
    head = [["户数", "男性", "女性"], ["（户）", "（人）", "（人）"]]
    body = [["东山镇", "31", "12", "19"], ["西河镇", "42", "20", "22"], ["南坪镇", "57", "30", "27"]]
    content = rows(head, (200, 280, 360), 664, 24) + rows(body, (100, 200, 280, 360), 606, 30)
    content += "".join(line(90, y, 420, y) for y in (682, 628, 530))
    want = [["", "户数（户）", "男性（人）", "女性（人）"], *body]
    assert tables_of(make_pdf(tmp_path / "a.pdf", [content])) == [want]
    open_below = content.replace(line(90, 530, 420, 530), "")
    assert tables_of(make_pdf(tmp_path / "b.pdf", [open_below])) == [want]


def test_a_label_that_wraps_around_the_line_of_its_row(tmp_path: Path) -> None:
    content = rows([["甲区", "乙区", "丙区"]], (200, 280, 360), 664) + rows(
        [["15.2", "14.8", "21.5"]], (200, 280, 360), 622
    )
    content += (
        show(100, 632, "常住人口") + show(100, 612, "（万人）") + "".join(line(90, y, 420, y) for y in (682, 652, 600))
    )
    want = [["", "甲区", "乙区", "丙区"], ["常住人口（万人）", "15.2", "14.8", "21.5"]]
    assert tables_of(make_pdf(tmp_path / "a.pdf", [content])) == [want]


def test_points_of_a_scale_without_a_name(tmp_path: Path) -> None:
    body = [["", "6"], ["轻松", "7"], ["", "8"], ["稍累", "9"], ["", "10"]]
    content = rows([["感觉", "等级"], *body], (100, 300), 664) + "".join(line(90, y, 420, y) for y in (682, 658, 545))
    assert tables_of(make_pdf(tmp_path / "a.pdf", [content])) == [[["感觉", "等级"], *body]]


def test_a_caption_between_the_rules_of_two_tables(tmp_path: Path) -> None:
    other = [["年度", "户数", "面积"], ["2021", "31", "120"], ["2022", "42", "135"], ["2023", "57", "148"]]
    content = rows(CELLS, XS, 664) + rows(other, XS, 530)
    ruled = "".join(line(90, y, 420, y) for y in (682, 656, 590, 548, 522, 456))
    for caption in (show(220, 565, "表2 历年情况"), show(215, 565, "历年户数表")):
        assert tables_of(make_pdf(tmp_path / "a.pdf", [content + ruled + caption])) == [CELLS, other]
    group = [*CELLS, ["一、历年情况"], *other]
    named = tables_of(make_pdf(tmp_path / "b.pdf", [content + ruled + show(95, 565, "一、历年情况")]))
    assert named == [group]


def test_names_over_several_columns(tmp_path: Path) -> None:
    xs = (100, 200, 280, 360, 440)
    body = [["东山镇", "31", "12", "19", "8"], ["西河镇", "42", "20", "22", "9"], ["南坪镇", "57", "30", "27", "7"]]
    content = rows([["2021年", "2022年", "2021年", "2022年"]], xs[1:], 640) + rows(body, xs, 606)
    content += "".join(line(90, y, 520, y) for y in (682, 628, 550))
    for place in (664, 652, 640):  # the name of the rows above, in the middle or below
        whole = content + show(262, 664, "户数") + show(422, 664, "面积") + show(100, place, "镇")
        [table] = [
            b for p in text_layer_pages(make_pdf(tmp_path / "a.pdf", [whole]), ReadOptions()).pages for b in p.blocks
        ]
        assert isinstance(table, PrintedTable)
        spans = [[(c.text, c.row_span, c.col_span) for c in row] for row in table.rows[:2]]
        assert spans[0] == [("镇", 2, 1), ("户数", 1, 2), ("面积", 1, 2)]
        assert [[c.text for c in row] for row in table.rows[2:]] == body


@pytest.mark.parametrize("place", [655, 652, 649])
def test_one_name_over_some_columns_beside_names_in_the_middle_of_both_levels(tmp_path: Path, place: float) -> None:
    xs = (100, 160, 260, 330, 400, 470)
    body = [
        ["1", "东山镇", "31", "12", "19", "8"],
        ["2", "西河镇", "42", "20", "22", "9"],
        ["3", "南坪镇", "57", "30", "27", "7"],
    ]
    content = show(100, place, "序号") + show(160, place, "镇") + show(470, place, "备注") + show(353, 664, "户数")
    content += rows([["合计", "男性", "女性"]], xs[2:5], 640) + rows(body, xs, 606)
    content += "".join(line(90, y, 520, y) for y in (682, 628, 550))
    [table] = [
        b for p in text_layer_pages(make_pdf(tmp_path / "a.pdf", [content]), ReadOptions()).pages for b in p.blocks
    ]
    assert isinstance(table, PrintedTable)
    spans = [[(c.text, c.row_span, c.col_span) for c in row] for row in table.rows[:2]]
    assert spans[0] == [("序号", 2, 1), ("镇", 2, 1), ("户数", 1, 3), ("备注", 2, 1)]
    assert spans[1] == [("合计", 1, 1), ("男性", 1, 1), ("女性", 1, 1)]
    assert [[c.text for c in row] for row in table.rows[2:]] == body


def test_a_rule_below_a_name_tells_the_columns_that_it_stands_over(tmp_path: Path) -> None:
    xs = (100, 160, 260, 330, 400, 470)
    body = [["1", "东山镇", "31", "12", "19", "8"], ["2", "西河镇", "42", "20", "22", "9"]]
    content = show(100, 640, "序号") + show(160, 640, "镇") + show(470, 640, "备注") + show(262, 664, "户数")
    content += rows([["合计", "男性", "女性"]], xs[2:5], 640) + rows(body, xs, 606)
    content += "".join(line(90, y, 520, y) for y in (682, 628, 570))
    for ruled in (line(255, 655, 432, 655), ""):  # without one, a name that stands in one column's place tells none
        found = tables_of(make_pdf(tmp_path / "a.pdf", [content + ruled]))
        assert (found[0][:2] == [["序号", "镇", "户数", "备注"], ["合计", "男性", "女性"]]) is bool(ruled)


def test_a_header_that_is_not_understood_spoils_no_rows(tmp_path: Path) -> None:
    xs = (95, 158, 230, 275, 338, 401, 470)
    content = show(347, 661, "户数", 9)
    content += "".join(
        show(x, 653, text, 9) for x, text in zip((*xs[:2], *xs[5:]), ["序号", "镇", "年限", "备注"], strict=True)
    )
    content += "".join(show(x, 645, text, 9) for x, text in zip(xs[2:5], ["合计", "男性", "女性"], strict=True))
    body = [
        ["1", "东山镇政府机关", "31", "12", "19", "2021年", "续建"],
        ["2", "西河镇政府机关", "42", "20", "22", "2022年", "新建"],
        ["3", "南坪镇政府机关", "57", "30", "27", "2023年", "续建"],
    ]
    for n, (serial, name, *values) in enumerate(body):
        y = 622 - 27.6 * n
        content += "".join(show(x, y, text, 9) for x, text in zip((xs[0], *xs[2:]), (serial, *values), strict=True))
        content += show(158, y + 5.5, name[:5], 9) + show(158, y - 5.5, name[5:], 9)
    content += "".join(line(90, y, 510, y) for y in (670, 640, 550))
    [table] = tables_of(make_pdf(tmp_path / "a.pdf", [content]))
    assert table[-3:] == body


def test_a_sums_name_between_two_columns_makes_none(tmp_path: Path) -> None:
    xs = (100, 200, 320)
    body = [["1", "东山镇", "31"], ["2", "西河镇", "42"], ["3", "南坪镇", "57"]]
    content = rows([["序号", "镇", "户数"], *body], xs, 664) + show(150, 576, "合计") + show(320, 576, "130")
    content += "".join(line(90, y, 420, y) for y in (682, 656, 565))
    [table] = tables_of(make_pdf(tmp_path / "a.pdf", [content]))
    assert table[:4] == [["序号", "镇", "户数"], *body]
    assert [text for text in table[4] if text] == ["合计", "130"]


def test_names_that_stand_close_over_narrow_figures(tmp_path: Path) -> None:
    body = [["东山镇", "31", "42"], ["西河镇", "42", "53"], ["南坪镇", "57", "61"]]
    content = show(100, 664, "镇") + show(200, 664, "二〇二〇年") + show(267, 664, "二〇二五年")
    content += rows(body, (100, 248, 315), 630, 24) + "".join(line(90, y, 420, y) for y in (682, 652, 570))
    assert tables_of(make_pdf(tmp_path / "a.pdf", [content])) == [[["镇", "二〇二〇年", "二〇二五年"], *body]]


def test_a_row_that_the_page_cuts_in_a_table_without_uprights(tmp_path: Path) -> None:
    xs, ruled = (100, 160, 260, 400), line(90, 682, 500, 682) + line(90, 656, 500, 656)
    cells = [
        ["序号", "项目", "内容", "单位"],
        ["1", "灌区改造", "整治渠道", "水利局"],
        ["2", "堤防加固", "加高堤防五公里并", "水利局和"],
    ]
    rest = [["", "", "种植护坡草皮，", "农业农"], ["", "", "修建步道", "村局"]]
    first = rows(cells, xs, 664, 30) + ruled + line(90, 590, 500, 590)
    second = rows(rest, xs, 760, 18) + line(90, 780, 500, 780) + line(90, 735, 500, 735)
    prose = show(90, 700, "各单位应当于年底前完成全部建设任务并组织验收。")
    pages = text_layer_pages(make_pdf(tmp_path / "a.pdf", [first, second + prose]), ReadOptions()).pages
    [table, _] = pages[1].blocks
    assert isinstance(table, PrintedTable)
    assert [[c.text for c in row] for row in table.rows] == [["", "", "种植护坡草皮，修建步道", "农业农村局"]]
    signed = show(300, 760, "青山市水利局") + show(320, 740, "2023年5月6日")
    pages = text_layer_pages(make_pdf(tmp_path / "b.pdf", [first, signed]), ReadOptions()).pages
    assert not any(isinstance(b, PrintedTable) for b in pages[1].blocks)


DASHES = "".join(
    line(a, y + dy, a + 2, y + dy) for y in TOPS for dy in (0, 0.4) for n in range(160) if (a := 100 + 2 * n) < 420
)
DASHES += "".join(line(x, y, x, y + 2) for x in UPRIGHTS for y in range(592, 680, 2))
GROUNDS = "".join(line(x + 1, y - 4, x + 1, y - 16) for x in UPRIGHTS[:-1] for y in TOPS[:-1])


@pytest.mark.parametrize("rulings", [DASHES * 8, DASHES + GROUNDS], ids=["thousands of dashes", "grounds beside"])
def test_rulings_drawn_in_dashes_are_rulings(tmp_path: Path, rulings: str) -> None:
    assert tables_of(make_pdf(tmp_path / "a.pdf", [rows(CELLS, XS, 664) + rulings])) == [CELLS]


def test_a_form_keeps_its_empty_column(tmp_path: Path) -> None:
    names = ["投标人名称", "设备名称", "规格和型号", "买方名称"]
    content = "".join(show(110, 664 - 22 * n, name) for n, name in enumerate(names))
    content += "".join(line(100, y, 420, y) for y in TOPS) + "".join(line(x, 680, x, 592) for x in (100, 220, 420))
    source = read_bundle(make_pdf(tmp_path / "a.pdf", [paragraphs(["二、近年完成的类似项目情况表"], 760) + content]))
    (table,) = source
    assert table == [[name, ""] for name in names]


def test_texts_set_in_the_middle_of_a_row_are_one_row(tmp_path: Path) -> None:
    content = (
        show(110, 664, "2.2.4") + show(110, 648, "（4）") + show(230, 664, "其他因素") + show(230, 648, "评分标准")
    )
    content += show(350, 656, "---") + "".join(line(100, y, 420, y) for y in (680, 640, 618))
    content += show(110, 624, "2.2.5") + show(230, 624, "价格") + show(350, 624, "40")
    content += "".join(line(x, 680, x, 618) for x in UPRIGHTS)
    found = tables_of(make_pdf(tmp_path / "a.pdf", [content]))
    assert found == [[["2.2.4 （4）", "其他因素评分标准", "---"], ["2.2.5", "价格", "40"]]]


FORM = [
    "1．我方已研究了　　　　　　　　（项目名称）招标文件",
    "的内容，愿意以　　　　　　　　（大写）的价格按合同",
    "供货，并提供　　　　　　　　　（质保期）内的服务。",
]


def test_blanks_to_be_filled_in_make_no_columns(tmp_path: Path) -> None:
    content = ""
    for n, text in enumerate(FORM):
        left, right = text.split("　")[0], text.split("　")[-1]
        x = 90 + 12 * len(left)
        content += (
            show(90, 700 - 22 * n, left)
            + show(x + 96, 700 - 22 * n, right)
            + line(x, 698 - 22 * n, x + 96, 698 - 22 * n)
        )
    pages = text_layer_pages(make_pdf(tmp_path / "a.pdf", [content]), ReadOptions()).pages
    assert [b.text for b in pages[0].blocks if not isinstance(b, PrintedTable)] == [
        " ".join(part for part in text.split("　") if part) for text in FORM
    ]


def read_bundle(path: Path) -> list[list[list[str]]]:
    """The tables as the documents have them."""
    documents = normalize(path).documents
    blocks = [b for d in documents for b in d.body]
    tables = []
    while blocks:
        block = blocks.pop(0)
        blocks = [*getattr(block, "children", []), *blocks]
        if block.kind == "table":
            tables.append([[c.text for c in row.cells] for row in block.rows or []])
    return tables


def grouped(labels: list[tuple[str, int]], names: list[str]) -> str:
    """A page of a table with merged labels (text, rows) before its rows' names."""
    top, out = 700, ""
    for n, name in enumerate(names):
        y = top - 22 * n
        out += show(230, y, name) + show(350, y, str(n + 3)) + line(200, y - 6, 420, y - 6)
    edge = top + 16
    for label, many in labels:
        out += show(110, edge - 11 * many - 5, label) + line(100, edge, 420, edge)
        edge -= 22 * many
    return out + line(100, edge, 420, edge) + "".join(line(x, top + 16, x, edge) for x in (100, 200, 320, 420))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param(
            [("名称", 1), ("农业", 3), ("", 2)],
            [("工业", 3), ("商业", 2)],
            ["农业"] * 3 + ["工业"] * 5 + ["商业"] * 2,
            id="it is set on the second page",
        ),
        pytest.param(
            [("名称", 1), ("农业", 3), ("工业", 2)],
            [("", 3), ("商业", 2)],
            ["农业"] * 3 + ["工业"] * 5 + ["商业"] * 2,
            id="it is set on the first page",
        ),
    ],
)
def test_a_label_that_a_page_parts_is_one(
    tmp_path: Path, first: list[tuple[str, int]], second: list[tuple[str, int]], expected: list[str]
) -> None:
    names = ["项目", *"甲乙丙丁戊己庚辛壬癸子丑"]
    many = sum(n for _, n in first)
    pages = [grouped(first, names[:many]), grouped(second, names[many : many + 5])]
    path = make_pdf(tmp_path / "a.pdf", pages)
    spans = []
    for document in normalize(path).documents:
        for table in (b for b in document.body if b.kind == "table"):
            for row in (table.rows or [])[1:]:
                if len(row.cells) == 3:
                    spans += [row.cells[0].text] * (row.cells[0].row_span or 1)
    assert spans == expected


@pytest.mark.parametrize("blank", [True, False], ids=["the rest of a row", "control: a form's empty rows"])
def test_an_empty_row_at_the_head_of_a_page_is_the_rest_of_one(tmp_path: Path, blank: bool) -> None:
    header, *body = CELLS
    pages = [
        rows([header, *body[:2]], XS, 664),
        rows([["", "", ""], body[2], *([] if blank else [["", "", ""]])], XS, 664),
    ]
    for n, many in enumerate((3, 2 if blank else 3)):
        tops = TOPS[: many + 1]
        pages[n] += "".join(line(100, y, 420, y) for y in tops)
        pages[n] += "".join(line(x, 680, x, tops[-1]) for x in UPRIGHTS)
    (table,) = read_bundle(make_pdf(tmp_path / "a.pdf", pages))
    assert table == ([header, *body] if blank else [header, *body[:2], ["", "", ""], body[2], ["", "", ""]])


@pytest.mark.parametrize("parted", ["", "ruled", "painted"], ids=["grounds", "control: rulings", "control: painted"])
def test_text_that_runs_over_grounds_of_one_colour_is_not_cut(tmp_path: Path, parted: str) -> None:
    """Cells painted one by one: where text runs over the seam between two of them, they are one."""
    painted = "".join(f"0.8 0.9 0.9 rg {x} {y} 100 22 re f\n" for x in (100, 200, 300) for y in (636, 614))
    head = "".join(line(x, 680, x, 658) for x in (100, 200, 300, 400))
    frame = (
        "".join(line(100, y, 400, y) for y in (680, 658, 636, 614))
        + line(100, 658, 100, 614)
        + line(400, 658, 400, 614)
    )
    inner = "".join(line(x, 658, x, 614) for x in (200, 300)) if parted == "ruled" else ""
    if parted == "painted":
        inner = "0 g\n" + "".join(f"{x} {y} 0.8 22 re f\n" for x in (200, 300) for y in (636, 614))
    said = rows([["期次", "说明", "备注"]], (110, 210, 310), 672) + "0 g\n"
    said += show(105, 643, "八月十九日到八月二十日报到注册") + show(105, 621, "九月一日") + show(305, 621, "开课")
    [table] = tables_of(make_pdf(tmp_path / "a.pdf", [painted + head + frame + inner + said]))
    whole = any("八月十九日到八月二十日报到注册" in cell for row in table for cell in row)
    assert whole == (not parted)


def test_room_behind_a_strings_last_character_moves_the_next_string(tmp_path: Path) -> None:
    """Programs set figures of several cells in one go: (1) with wide spacing, then (28)."""
    grid = "".join(line(x, 680, x, 636) for x in (100, 150, 200, 250)) + "".join(
        line(100, y, 250, y) for y in (680, 658, 636)
    )
    first, second = (text.encode("utf-16-be").hex() for text in ("甲", "乙丙"))
    moved = f"BT /F1 10 Tf 105 643 Td 30 Tc <{first}> Tj 0 Tc <{second}> Tj ET\n"
    [table] = tables_of(make_pdf(tmp_path / "a.pdf", [grid + rows([["一", "二", "三"]], (105, 155, 205), 672) + moved]))
    assert table[1] == ["甲", "乙丙", ""]


def test_a_narrow_table_stands_before_the_short_line_below_it(tmp_path: Path) -> None:
    inner = "".join(line(x, TOPS[0], x, TOPS[-1]) for x in (300, 420, 520)) + "".join(
        line(300, y, 520, y) for y in TOPS
    )
    content = show(90, 700, "表一 各镇户数") + rows([row[:2] for row in CELLS], (310, 430), 664) + inner
    content += show(90, 560, "二、管理")
    (page,) = text_layer_pages(make_pdf(tmp_path / "a.pdf", [content]), ReadOptions()).pages
    assert [isinstance(b, PrintedTable) for b in page.blocks] == [False, True, False]


def test_two_rows_of_wrapped_words_without_rules_are_a_table_where_the_first_column_counts(tmp_path: Path) -> None:
    printed = [
        ("序号", "任务", "措施", "单位"),
        ("1", "扩大储备规模", "新建储备库三", "县粮食和物资储"),
        ("", "", "座，改造旧库五", "备局、县发展改"),
        ("", "", "座，提升能力", "革局"),
        ("2", "健全轮换机制", "按照推陈储新、", "县粮食和物资储"),
        ("", "", "用旧存新轮换", "备局"),
    ]
    want = [
        list(printed[0]),
        ["1", "扩大储备规模", "新建储备库三座，改造旧库五座，提升能力", "县粮食和物资储备局、县发展改革局"],
        ["2", "健全轮换机制", "按照推陈储新、用旧存新轮换", "县粮食和物资储备局"],
    ]
    content = rows(printed, (90, 170, 290, 410), 664, 18) + show(90, 500, "二、管理")
    found = tables_of(make_pdf(tmp_path / "a.pdf", [content]))
    assert [[[cell.replace("\n", "") for cell in row] for row in table] for table in found] == [want]
