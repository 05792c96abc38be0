"""Text-layer PDF: tables of which few rulings tell, text beside text, letterheads of several organs, seals."""

from __future__ import annotations

from pathlib import Path

import pytest

from juanzong import normalize
from juanzong.read.options import ReadOptions
from juanzong.read.pdf import text_layer_pages
from juanzong.read.printed import PrintedLine, PrintedTable
from pdf_kit import line, make_pdf, rows, show

XS, EDGES, TOP, STEP = (106, 206, 306, 406), (100, 200, 300, 400, 500), 700, 22
CELLS = [
    ["乡镇", "里程", "经费", "负责人"],
    ["东山镇", "32", "64", "王建国"],
    ["西河镇", "28", "56", "李长河"],
    ["南坪镇", "19", "38", "张玉山"],
]
BOTTOM = TOP - STEP * len(CELLS)


def blocks_of(path: Path) -> list[list[PrintedLine | PrintedTable]]:
    return [page.blocks for page in text_layer_pages(path, ReadOptions()).pages]


def tables_in(path: Path) -> list[list[list[tuple[str, int, int]]]]:
    found = [b for blocks in blocks_of(path) for b in blocks if isinstance(b, PrintedTable)]
    return [[[(c.text, c.row_span, c.col_span) for c in row] for row in table.rows] for table in found]


def plain(cells: list[list[str]]) -> list[list[tuple[str, int, int]]]:
    return [[(text, 1, 1) for text in row] for row in cells]


def uprights(xs: tuple[int, ...], top: float = TOP) -> str:
    return "".join(line(x, top, x, BOTTOM) for x in xs)


def across(y: float) -> str:
    return line(EDGES[0], y, EDGES[-1], y)


@pytest.mark.parametrize(
    "rulings",
    [
        pytest.param(uprights(EDGES[1:-1]) + across(TOP), id="uprights between columns under one rule"),
        pytest.param(uprights(EDGES[1:-1]) + across(TOP - STEP), id="the rule stands below the header"),
        pytest.param(uprights(EDGES[1:-1]) + across(BOTTOM), id="the rule ends the table"),
        pytest.param(uprights(EDGES[1:2]), id="an upright behind the first column alone"),
        pytest.param(uprights(EDGES[3:4]), id="an upright before the last column alone"),
        pytest.param(
            uprights(EDGES[1:2]) + across(TOP) + across(TOP - STEP) + across(BOTTOM),
            id="an upright behind the first column, and rules",
        ),
        pytest.param(uprights(EDGES) + across(TOP) + across(BOTTOM), id="control: all uprights"),
        pytest.param(uprights(EDGES[1:-1]), id="control: uprights alone"),
    ],
)
def test_columns_that_few_rulings_show(tmp_path: Path, rulings: str) -> None:
    path = make_pdf(tmp_path / "a.pdf", [rows(CELLS, XS, TOP - 15, STEP) + rulings])
    assert tables_in(path) == [plain(CELLS)]


def test_names_side_by_side_in_ruled_cells_are_no_columns(tmp_path: Path) -> None:
    """Control: under a name of one piece, people's names stand side by side in a cell."""
    said = [["组别", "成员"], ["一组", "王建国  李长河"], ["二组", "张玉山  赵明德"], ["三组", "孙志远  周文彬"]]
    content = "".join(
        show(106, TOP - 15 - STEP * n, row[0])
        + "".join(show(206 + 90 * k, TOP - 15 - STEP * n, part) for k, part in enumerate(row[1].split("  ")))
        for n, row in enumerate(said)
    )
    ruled = "".join(line(100, TOP - STEP * n, 400, TOP - STEP * n) for n in range(5)) + uprights((100, 200, 400))
    [table] = tables_in(make_pdf(tmp_path / "a.pdf", [content + ruled]))
    assert [len(row) for row in table] == [2] * 4


def test_uprights_that_begin_under_the_names_of_several_columns(tmp_path: Path) -> None:
    xs, body = (106, 186, 266, 346, 426), [["东山镇", "12", "20", "30", "34"], ["西河镇", "10", "18", "26", "30"]]
    content = show(106, TOP - 26, "镇") + show(248, TOP - 15, "里程") + show(408, TOP - 15, "经费")
    content += rows([["", "县道", "乡道", "市级", "县级"], *body], xs, TOP - 37, STEP)
    content += uprights((180, 340)) + uprights((260, 420), TOP - STEP)
    [table] = tables_in(make_pdf(tmp_path / "a.pdf", [content]))
    assert table[0] == [("镇", 2, 1), ("里程", 1, 2), ("经费", 1, 2)]
    assert table[1:] == [plain([["县道", "乡道", "市级", "县级"]])[0], *plain(body)]


GROUPED = ["县道 32 公里", "乡道 57 公里", "大桥 3 座", "小桥 14 座", "短隧道 2 座", "长隧道 1 座"]


def ground(y: float, height: float = STEP) -> str:
    return f"0.9 0.93 0.97 rg 100 {y} 400 {height} re f 0 g\n"


@pytest.mark.parametrize(
    "painted",
    [
        pytest.param("".join(ground(TOP - STEP * (n + 1)) for n in (0, 2, 4, 6)), id="every second row"),
        pytest.param("".join(ground(TOP - STEP * (n + 1)) for n in (0, 1, 3, 5)), id="the others"),
        pytest.param(ground(TOP - STEP) + ground(TOP - STEP * 5, 2 * STEP), id="every second group"),
        pytest.param("", id="nothing"),
    ],
)
def test_labels_in_the_middle_of_rows_that_grounds_part(tmp_path: Path, painted: str) -> None:
    content = painted + rows([["类别", "项目", "数量", "单位"]], XS, TOP - 15)
    content += rows([["", *text.split()] for text in GROUPED], XS, TOP - 15 - STEP, STEP)
    content += "".join(
        show(106, TOP - 4 - STEP * (2 * n + 2), label) for n, label in enumerate(("道路", "桥梁", "隧道"))
    )
    [table] = tables_in(make_pdf(tmp_path / "a.pdf", [content]))
    assert [row[0] for row in table[1::2]] == [("道路", 2, 1), ("桥梁", 2, 1), ("隧道", 2, 1)]
    assert [" ".join(text for text, _, _ in row[-3:]) for row in table[1:]] == GROUPED


def test_one_row_that_the_page_leaves_over(tmp_path: Path) -> None:
    first = rows(CELLS[:3], XS, TOP - 15, STEP) + across(TOP) + across(TOP - STEP)
    prose = show(100, 700, "各单位应当于年底前完成全部建设任务并组织验收。")
    last = rows(CELLS[3:], XS, 760) + across(745) + prose
    assert tables_in(make_pdf(tmp_path / "a.pdf", [first, last])) == [plain(CELLS[:3]), plain(CELLS[3:])]
    head = show(106, 760, "某市公路养护方案") + show(406, 760, "附表") + across(745) + prose  # control: a running head
    assert tables_in(make_pdf(tmp_path / "b.pdf", [first, head])) == [plain(CELLS[:3])]


LEFT = ["道路养护要做到早发现", "早处置，确保路面平整", "畅通，边沟无淤积，标", "志标牌齐全完好，行车", "安全。"]
RIGHT = ["各单位要加强宣传，调", "动群众参与养护的积极", "性，形成齐抓共管的局", "面，务求实效，确保完", "成。"]
LIST = ["1. 编制计划", "2. 落实经费", "3. 组织培训", "4. 开展检查", "5. 建立台账", "6. 报送总结"]


@pytest.mark.parametrize(
    ("left", "right", "by_column"),
    [
        pytest.param(LEFT, RIGHT, True, id="text beside text"),
        pytest.param(LIST[:3], LIST[3:], True, id="a list that goes on at the right"),
        pytest.param(LIST[::2], LIST[1::2], False, id="control: a list that goes on in the line"),
        pytest.param(["计划", "经费", "培训"], ["编制", "落实", "组织"], False, id="control: words beside words"),
    ],
)
def test_a_few_lines_in_two_columns(tmp_path: Path, left: list[str], right: list[str], by_column: bool) -> None:
    content = "".join(show(90, 700 - 20 * n, text) for n, text in enumerate(left))
    content += "".join(show(300, 700 - 20 * n, text) for n, text in enumerate(right))
    [blocks] = blocks_of(make_pdf(tmp_path / "a.pdf", [content]))
    said = [b.text for b in blocks if isinstance(b, PrintedLine)]
    across_both = [text for pair in zip(left, right, strict=True) for text in pair]
    assert [t for text in said for t in text.split("  ") if t] and "".join("".join(said).split()) == "".join(
        "".join([*left, *right] if by_column else across_both).split()
    )


def test_two_columns_under_headings_above_a_page_number(tmp_path: Path) -> None:
    sides = (["一、总体情况", *LEFT, "二、主要做法", *LEFT], ["三、存在问题", *RIGHT, "四、下步打算", *RIGHT])
    content = "".join(
        show(x, 700 - 18 * n, t) for x, side in zip((90, 320), sides, strict=True) for n, t in enumerate(side)
    )
    [blocks] = blocks_of(make_pdf(tmp_path / "a.pdf", [content + show(280, 50, "— 1 —")]))
    assert [b.text.strip() for b in blocks if isinstance(b, PrintedLine)] == [*sides[0], *sides[1], "— 1 —"]


def test_who_issues_above_at_the_left_and_signs_below_at_the_right_makes_no_columns(tmp_path: Path) -> None:
    organs = ["松城市交通局", "松城市财政局", "松城市公安局", "松城市水利局", "松城市农业局", "松城市民政局"]
    content = "".join(show(90, 700 - 20 * n, text) for n, text in enumerate(organs))
    content += "".join(show(380, 560 - 20 * n, text) for n, text in enumerate(organs))
    [blocks] = blocks_of(make_pdf(tmp_path / "a.pdf", [content]))
    assert {b.column for b in blocks if isinstance(b, PrintedLine)} == {0}


@pytest.mark.parametrize("many", [1, 2, 3, 4])
def test_letterheads_of_several_organs(tmp_path: Path, many: int) -> None:
    organs = ["松城市交通运输局", "松 城 市 财 政 局", "松 城 市 公 安 局", "松 城 市 水 利 局"][:many]
    content = "".join(show(130, 740 - 34 * n, text, 24) for n, text in enumerate(organs))
    content += show(420, 740 - 17 * (many - 1) - 2, "文件", 28)
    y = 740 - 34 * many - 30
    content += show(100, y, "松交发〔2023〕16号", 14) + show(380, y, "签发人：王建国", 14)
    content += show(150, y - 60, "关于做好乡村道路养护工作的通知", 20) + show(90, y - 100, "各乡镇人民政府：", 14)
    content += show(118, y - 126, "现将有关事项通知如下。", 14) + show(380, y - 180, "2023年5月6日", 14)
    [notice] = normalize(make_pdf(tmp_path / "a.pdf", [content])).documents
    head = notice.metadata
    assert (notice.type, notice.title) == ("notice", "关于做好乡村道路养护工作的通知")
    assert (head.doc_number, head.signer) == ("松交发〔2023〕16号", "王建国")
    assert head.letterhead == "".join("".join(organs).split()) + "文件"


@pytest.mark.parametrize(("size", "seal"), [(30.0, True), (12.0, False)], ids=["large", "control: as the text"])
def test_a_large_star_alone_is_a_seals(tmp_path: Path, size: float, seal: bool) -> None:
    content = "".join(show(90, 700 - 20 * k, "各单位应当于年底前完成任务。") for k in range(6)) + show(
        400, 480, "★", size
    )
    [blocks] = blocks_of(make_pdf(tmp_path / "a.pdf", [content]))
    seen = [b.text.strip() for b in blocks if isinstance(b, PrintedLine) and not b.watermark]
    assert ("★" in seen) is not seal


@pytest.mark.parametrize("askew", [True, False], ids=["a seal", "control: a line of its own"])
def test_the_star_of_a_seal_is_no_text(tmp_path: Path, askew: bool) -> None:
    round_words = [
        ("0.5 0.87 -0.87 0.5", 360, 330),
        ("0.97 0.26 -0.26 0.97", 400, 390),
        ("0.5 -0.87 0.87 0.5", 450, 380),
    ]
    content = (
        show(90, 400, "各单位应当于年底前完成任务。") + show(380, 370, "松城市交通局") + show(400, 330, "2023年5月6日")
    )
    content += show(410, 350, "★")
    content += (
        "".join(show(x, y, c, matrix=m) for c, (m, x, y) in zip("交通局", round_words, strict=True)) if askew else ""
    )
    [blocks] = blocks_of(make_pdf(tmp_path / "a.pdf", [content]))
    seen = [b.text.strip() for b in blocks if isinstance(b, PrintedLine) and not b.watermark]
    assert ("★" in seen) is not askew
