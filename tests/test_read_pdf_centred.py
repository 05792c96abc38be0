"""PDF tables with few rulings: cells in the middle of their row, pages that go on without a header, merged cells that rules
leave out, columns that nearly touch; each with what must not be taken for one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from juanzong.read.margins import place_lines
from juanzong.read.options import ReadOptions
from juanzong.read.pdf import text_layer_pages
from juanzong.read.printed import PrintedLine, PrintedPage, PrintedTable
from pdf_kit import line, make_pdf, paragraphs, rows, show

NAMES = ["任务", "措施", "单位", "时限"]
BODY = [
    ["加强管护", ["对照要求逐项排查运行中的", "问题，建立台账。"], "水利局", "2022年9月"],
    ["完善制度", ["制定细则。"], "财政局", "2023年3月"],
    ["拓宽渠道", ["鼓励社会资本以委托管理等", "方式参与设施建设，资金使", "用情况向社会公开。"], "住建局", "2024年6月"],
    ["推进改造", ["新建泵站三座，改造管网八", "公里，更新设备两套。"], "城管局", "2025年1月"],
]
XS = (100, 180, 360, 430)
LEADING, PAD = 15.0, 4.0


def pages_of(path: Path) -> list[PrintedPage]:
    pages = text_layer_pages(path, ReadOptions()).pages
    place_lines(pages)
    return pages


def tables_on(page: PrintedPage) -> list[list[list[str]]]:
    return [[[c.text for c in row] for row in b.rows] for b in page.blocks if isinstance(b, PrintedTable)]


def lines_on(page: PrintedPage) -> list[str]:
    return [b.text for b in page.blocks if isinstance(b, PrintedLine) and not b.watermark]


def whole(body: Sequence[Sequence[str | list[str]]]) -> list[list[str]]:
    return [["".join(cell) for cell in row] for row in body]


def set_rows(body: Sequence[Sequence[str | list[str]]], top: float, *, middle: bool) -> tuple[str, float]:
    """Rows of a table, each cell in the middle of its row's height or at its top; and where they end."""
    out = ""
    for row in body:
        cells = [cell if isinstance(cell, list) else [cell] for cell in row]
        height = max(map(len, cells)) * LEADING
        for x, cell in zip(XS, cells, strict=True):
            y = top - PAD - 12 - (height - len(cell) * LEADING) / 2 * middle
            out += "".join(show(x, y - k * LEADING, text) for k, text in enumerate(cell))
        top -= height + 2 * PAD
    return out, top


def three_lines(middle: bool) -> str:
    body, end = set_rows(BODY, 678, middle=middle)
    return rows([NAMES], XS, 684) + body + "".join(line(90, y, 500, y) for y in (700, 678, end))


def test_cells_in_the_middle_of_their_row(tmp_path: Path) -> None:
    for middle in (True, False):
        [page] = pages_of(make_pdf(tmp_path / "a.pdf", [three_lines(middle)]))
        assert tables_on(page) == [[NAMES, *whole(BODY)]]


def test_items_of_a_ruled_row_are_no_rows(tmp_path: Path) -> None:
    items = [["青山市泵", "站管网改", "造工程"], ["1.城市更新产业", "2.智能建造产业", "3.公用事业服务"]]
    uprights, tops = (100, 150, 240, 400), (700, 678, 620)
    rules = "".join(line(100, y, 400, y) for y in tops) + "".join(line(x, 700, x, 620) for x in uprights)
    cells = "".join(
        show(x, 661 - 15 * k, text) for x, own in zip((160, 250), items, strict=True) for k, text in enumerate(own)
    )
    content = rows([["序号", "名称", "产业"]], (105, 160, 250), 684) + show(115, 646, "1") + cells + rules
    [page] = pages_of(make_pdf(tmp_path / "a.pdf", [content]))
    [[_, row]] = tables_on(page)
    assert row == ["1", "".join(items[0]), " ".join(items[1])]


def test_a_name_of_two_lines_in_the_middle_of_a_header(tmp_path: Path) -> None:
    body, end = set_rows(BODY, 670, middle=True)
    head = rows([["任务", "", "单位", "时限"]], XS, 681) + show(180, 688, "措施和") + show(180, 673, "内容")
    [page] = pages_of(
        make_pdf(tmp_path / "a.pdf", [head + body + "".join(line(90, y, 500, y) for y in (704, 669, end))])
    )
    assert tables_on(page) == [[["任务", "措施和内容", "单位", "时限"], *whole(BODY)]]


def test_a_page_goes_on_without_the_header(tmp_path: Path) -> None:
    first, _ = set_rows(BODY[:2], 150, middle=True)
    head = rows([NAMES], XS, 156) + line(90, 172, 500, 172) + line(90, 150, 500, 150)
    second, end = set_rows(BODY[2:], 760, middle=True)
    prose = show(114, end - 40, "各单位应当于年底前完成全部建设任务并组织验收。")
    two = pages_of(make_pdf(tmp_path / "a.pdf", [head + first, second + line(90, end, 500, end) + prose]))
    assert [tables_on(page) for page in two] == [[[NAMES, *whole(BODY[:2])]], [whole(BODY[2:])]]
    assert lines_on(two[1]) == ["各单位应当于年底前完成全部建设任务并组织验收。"]
    open_end = pages_of(make_pdf(tmp_path / "b.pdf", [head + first, second + prose]))
    assert tables_on(open_end[1]) == [whole(BODY[2:])]
    heading = show(100, 760, "二、保障措施") + paragraphs(["各单位应当于年底前完成全部建设任务并组织验收。"], 740)
    control = pages_of(make_pdf(tmp_path / "c.pdf", [head + first, heading]))
    assert tables_on(control[1]) == []


def test_a_running_head_is_no_rest_of_a_row(tmp_path: Path) -> None:
    first, _ = set_rows(BODY[:2], 150, middle=True)
    head = rows([NAMES], XS, 156) + line(90, 172, 500, 172) + line(90, 150, 500, 150)
    running = show(180, 790, "政策汇编") + show(430, 790, "第四期") + line(90, 784, 500, 784)
    prose = paragraphs(["各单位应当于年底前完成全部建设任务并组织验收。"], 740)
    two = pages_of(make_pdf(tmp_path / "a.pdf", [running + head + first, running + prose]))
    assert tables_on(two[1]) == []


def test_columns_that_nearly_touch(tmp_path: Path) -> None:
    body = [[f"第{n}期", "新建泵站并改造管网八公里", "青山市水利和水务管理局"] for n in range(1, 25)]
    body[7][1] += "，"  # hangs over the edge of its column
    xs = (100, 180, 180 + 12 * 12 + 7)
    content = rows([["时间", "内容", "单位"]], xs, 684) + rows(body, xs, 664, 18)
    [page] = pages_of(make_pdf(tmp_path / "a.pdf", [content + "".join(line(90, y, 500, y) for y in (700, 678, 240))]))
    assert tables_on(page) == [[["时间", "内容", "单位"], *body]]


def test_rules_that_leave_out_a_merged_cell(tmp_path: Path) -> None:
    edges, tops = (100, 180, 300, 400), (700, 678, 656, 634, 612, 590)
    rules = "".join(
        line(a, y, b, y)
        for k, y in enumerate(tops)
        for a, b in pairwise(edges if k not in (2, 4) else edges[1:])  # two labels over two rows each
    )
    labels = show(110, 651, "生态") + show(110, 607, "民生")
    cells = [["公园", "12"], ["绿道", "35"], ["学校", "8"], ["医院", "21"]]
    content = rows([["类别", "项目", "数量"]], (110, 190, 310), 684) + rows(cells, (190, 310), 662) + labels + rules
    [page] = pages_of(make_pdf(tmp_path / "a.pdf", [content]))
    [table] = [b for b in page.blocks if isinstance(b, PrintedTable)]
    assert [[(c.text, c.row_span) for c in row] for row in table.rows] == [
        [("类别", 1), ("项目", 1), ("数量", 1)],
        [("生态", 2), ("公园", 1), ("12", 1)],
        [("绿道", 1), ("35", 1)],
        [("民生", 2), ("学校", 1), ("8", 1)],
        [("医院", 1), ("21", 1)],
    ]


def test_a_table_open_at_its_sides_under_a_box_of_its_width(tmp_path: Path) -> None:
    box = "90 720 410 60 re S\n" + show(100, 745, "专栏1 重点工程")
    uprights = "".join(line(x, 600, x, 688) for x in (200, 320))
    content = rows(
        [["镇", "户数", "面积"], ["东山镇", "31", "120"], ["", "42", "135"], ["", "57", "148"]],
        (110, 240, 340),
        672,
        22,
    )
    rules = line(90, 688, 500, 688) + line(90, 666, 500, 666) + line(200, 644, 500, 644) + line(200, 622, 500, 622)
    [page] = pages_of(make_pdf(tmp_path / "a.pdf", [box + content + uprights + rules + line(90, 600, 500, 600)]))
    [table] = tables_on(page)
    assert table[:2] == [["镇", "户数", "面积"], ["东山镇", "31", "120"]]


def test_the_last_row_below_painted_grounds(tmp_path: Path) -> None:
    cells = [["镇", "户数", "面积", "备注"], *[[f"{n}山镇", "31", "120", "完成"] for n in "东西南北中"]]
    grounds = "".join(f"0.9 g 90 {y} 400 22 re f 0 g\n" for y in (678, 634, 590))
    [page] = pages_of(make_pdf(tmp_path / "a.pdf", [grounds + rows(cells, XS, 684)]))
    assert tables_on(page) == [cells]
    signed = show(100, 574, "填表人：") + show(300, 574, "审核人：")
    [page] = pages_of(make_pdf(tmp_path / "b.pdf", [grounds + rows(cells[:5], XS, 684) + signed]))
    assert tables_on(page) == [cells[:5]]


def test_a_table_in_one_column_of_a_page_set_in_two(tmp_path: Path) -> None:
    left = "".join(show(60, 780 - 16 * k, "推进设施建设管护完善制度落实责任", 12) for k in range(9))
    right = "".join(show(310, 780 - 16 * k, "统筹资金安排强化监督检查公开结果", 12) for k in range(24))
    cells = [["镇", "户数", "面积"], ["东山镇", "31", "120"], ["西河镇", "42", "135"]]
    table = rows(cells, (64, 140, 200), 600, 16) + "".join(line(60, y, 252, y) for y in (614, 595, 560))
    [page] = pages_of(make_pdf(tmp_path / "a.pdf", [left + right + table]))
    assert tables_on(page) == [cells]
    assert len(lines_on(page)) == 33


def test_lines_in_a_box_tell_no_distance_of_the_others(tmp_path: Path) -> None:
    prose = "".join(
        show(90 if k else 120, 780 - 27 * k, "推进设施建设管护完善制度落实责任统筹资金安排强化监督", 15)
        for k in range(6)
    )
    box = "".join(
        show(95 if k % 3 else 121, 600 - 19 * k, "鼓励社会资本以委托管理等方式参与设施建设和管护工作", 13)
        for k in range(9)
    )
    [page] = pages_of(make_pdf(tmp_path / "a.pdf", [prose + box]))
    assert not any(b.apart for b in page.blocks if isinstance(b, PrintedLine))


def test_words_stacked_in_the_margin_beside_a_table(tmp_path: Path) -> None:
    stamp = "".join(show(30, 690 - 14 * k, sign, 9) for k, sign in enumerate("青山市档案馆藏"))
    [page] = pages_of(make_pdf(tmp_path / "a.pdf", [three_lines(True) + stamp]))
    assert tables_on(page) == [[NAMES, *whole(BODY)]]
    assert lines_on(page) == []


def test_numbers_of_the_lines_of_a_page_with_a_title(tmp_path: Path) -> None:
    texts = [(200, 22.0, "青山市人民政府文件"), (240, 12.0, "青政发〔2022〕8号"), (150, 16.0, "关于加强设施管护的通知")]
    texts += [(90, 12.0, "各镇人民政府："), (114, 12.0, "现将有关事项通知如下。"), (350, 12.0, "青山市人民政府")]
    titled = "".join(show(x, 780 - 30 * k, text, size) for k, (x, size, text) in enumerate(texts))
    numbers = "".join(show(60, 780 - 30 * k, str(k + 1), 8) for k in range(len(texts)))
    [page] = pages_of(make_pdf(tmp_path / "a.pdf", [titled + numbers]))
    assert [text.strip() for text in lines_on(page)] == [text for *_, text in texts]
    listed = "".join(show(90, 780 - 30 * k, text) for k, (*_, text) in enumerate(texts))
    [page] = pages_of(make_pdf(tmp_path / "b.pdf", [listed + numbers]))
    assert len(lines_on(page)[0]) > len(texts[0][2])


def test_labels_in_the_middle_of_several_rows(tmp_path: Path) -> None:
    cells = [
        ["项目", "基期", "目标"],
        *[[f"{n}类设施", str(12 + k), str(30 + k)] for k, n in enumerate("甲乙丙丁戊己")],
    ]
    content = (
        rows(cells, (190, 310, 400), 684)
        + show(110, 684, "类别")
        + "".join(line(90, y, 500, y) for y in (700, 678, 545))
    )
    labels = show(110, 651, "生态") + show(110, 607, "民生") + show(110, 563, "产业")
    [page] = pages_of(make_pdf(tmp_path / "a.pdf", [content + labels]))
    [table] = [b for b in page.blocks if isinstance(b, PrintedTable)]
    assert [(c.text, c.row_span) for row in table.rows for c in row if c.text in ("生态", "民生", "产业")] == [
        ("生态", 2),
        ("民生", 2),
        ("产业", 2),
    ]
    assert [[c.text for c in row[-3:]] for row in table.rows] == cells
    first = show(110, 662, "生态") + show(110, 618, "民生") + show(110, 574, "产业")
    [page] = pages_of(make_pdf(tmp_path / "b.pdf", [content + first]))
    assert [row[0] for row in tables_on(page)[0]] == ["类别", "生态", "", "民生", "", "产业", ""]


def test_names_over_names_in_one_header_cell(tmp_path: Path) -> None:
    edges = (100, 180, 260, 340, 420)
    rules = "".join(line(a, y, b, y) for y in (700, 656, 634, 612) for a, b in pairwise(edges))
    head = (
        show(110, 673, "地区")
        + show(225, 684, "新建数量")
        + show(350, 673, "备注")
        + rows([["2021年", "2022年"]], (195, 275), 662)
    )
    body = [["东山镇", "31", "120", "续建"], ["西河镇", "42", "135", "新开"]]
    [page] = pages_of(make_pdf(tmp_path / "a.pdf", [head + rows(body, (110, 205, 285, 350), 640) + rules]))
    [table] = [b for b in page.blocks if isinstance(b, PrintedTable)]
    assert [[(c.text, c.row_span, c.col_span) for c in row] for row in table.rows[:2]] == [
        [("地区", 2, 1), ("新建数量", 1, 2), ("备注", 2, 1)],
        [("2021年", 1, 1), ("2022年", 1, 1)],
    ]
    assert [[c.text for c in row] for row in table.rows[2:]] == body


def test_columns_go_on_between_painted_rows(tmp_path: Path) -> None:
    edges, xs = (90, 170, 250, 330, 410), (100, 180, 260, 340)
    cells = [["镇", "户数", "面积", "备注"], *[[f"{n}山镇", "31", "120", ""] for n in "东西南北"]]
    painted = "".join(f"0.9 g {a} {y} {b - a} 22 re f 0 g\n" for y in (678, 634) for a, b in pairwise(edges))
    [page] = pages_of(make_pdf(tmp_path / "a.pdf", [painted + rows(cells[:4], xs, 684)]))
    assert tables_on(page) == [cells[:4]]
    caption = show(100, 662, "表二 各镇完成情况和下一步工作安排")
    [page] = pages_of(
        make_pdf(tmp_path / "b.pdf", [painted + rows([cells[0]], xs, 684) + caption + rows([cells[2]], xs, 640)])
    )
    assert len(tables_on(page)) == 2


@pytest.mark.parametrize(
    ("size", "centred"), [(28.0, True), (12.0, False)], ids=["larger than the text", "as the text"]
)
def test_a_line_of_a_cover_that_begins_where_an_indent_would_is_centred(size: float, centred: bool) -> None:
    """Where all lines of a page are as large, the type of the other pages tells what is large."""

    def words(text: str, x: float, y: float, size: float) -> PrintedLine:
        return PrintedLine(text, (x, y, 595 - x, y + size), size)

    cover = PrintedPage(
        1, 595.0, 842.0, [words("云岭市茶业", 90 + 2 * size, 200, size), words("云岭市", 240, 250, size)]
    )
    prose = [
        words("各县区要建立茶园改造台账，按季度报送进度，核对面积和苗木数量。", 90, y, 12.0)
        for y in range(100, 700, 20)
    ]
    first = [words("茶园改造台账按季度报送进度核对面积。", 114, y, 12.0) for y in range(700, 760, 20)]
    place_lines([cover, PrintedPage(2, 595.0, 842.0, [*prose, *first])])
    [title, _] = cover.blocks
    assert isinstance(title, PrintedLine) and title.centered is centred


def test_large_type_of_a_full_page_is_prose() -> None:
    """A control: a letter in large type before a long list in small type."""
    letter = [
        PrintedLine("各县区要建立茶园改造台账，按季度报送进度。", (90, y, 505, y + 20), 20.0)
        for y in range(100, 400, 30)
    ]
    small = [
        PrintedLine("各县区要建立茶园改造台账，按季度报送进度。", (90, y, 505, y + 9), 9.0) for y in range(100, 700, 12)
    ]
    place_lines([PrintedPage(1, 595.0, 842.0, list(letter)), PrintedPage(2, 595.0, 842.0, list(small))])
    assert not any(line.centered for line in letter)
