"""PDF pages: how paragraphs begin (by indents, by gaps, in two columns), and the numbers of lines in a margin."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from juanzong.core import tree
from juanzong.core.source import PageReport
from juanzong.read import read
from juanzong.read.margins import place_lines
from juanzong.read.printed import PrintedLine, PrintedPage
from juanzong.read.told_once import told_once
from juanzong.run import process
from pdf_kit import LEFT, SIZE, make_pdf, show

LAST = "上述各项请遵照执行。"
TITLE = "云岭市茶叶生产情况报告"
# the first and the third paragraph end where their column does: only how the next one begins tells that they end
TEXTS = [
    "全市茶叶生产保持平稳，面积均增长，" + "产量增长，各县区任务全部完成，" * 4 + "加工企业增加。",
    "新建茶园三百亩，改造老茶园五百亩。",
    "加工环节稳步推进，设备更新加快，标准体系健全，" + "产品质量抽检合格率保持稳定，" * 4 + "品牌响亮。",
    "销售渠道进一步拓宽，线上线下同步发展，市场份额稳中有升。",
    "下一步将加强技术培训，扩大绿色防控面积，做好品牌建设。",
]


def wrapped(text: str, width: int) -> list[str]:
    return [text[i : i + width] for i in range(0, len(text), width)]


def column(texts: Sequence[str], x: float, top: float, width: int, *, indent: int = 0, gap: float = 0.0) -> str:
    """Paragraphs one below the other, `width` characters a line, the first line `indent` characters in."""
    out, y = "", top
    for text in texts:
        for k, part in enumerate(wrapped("　" * indent + text, width)):
            out += show(x + (indent * SIZE if k == 0 else 0), y, part.lstrip("　"))
            y -= 18
        y -= gap
    return out


def paragraphs_of(path: Path) -> list[str]:
    result = process(read(path, record_as=path.name), "a")
    return [b.text.text for d in result.documents for b in tree.walk(d.body) if isinstance(b, tree.Paragraph)]


def numbered(content: str, step: int, x: float, *, first: int = 1, lines: int = 26) -> str:
    """The content with the numbers of its lines at x, from 740 downwards."""
    for k in range(first, first + lines):
        if k % step == 0:
            content += show(x + (6 if k < 10 else 0), 740 - 18 * (k - first), str(k), 10)
    return content


@pytest.mark.parametrize("gap", [3.4, 8])
def test_gaps_begin_paragraphs_where_nothing_is_set_in(tmp_path: Path, gap: float) -> None:
    assert not len(TEXTS[0]) % 21 and not len(TEXTS[2]) % 21
    page = show(190, 800, TITLE, 18) + column(TEXTS, LEFT, 760, 21, gap=gap)
    assert paragraphs_of(make_pdf(tmp_path / "a.pdf", [page])) == TEXTS


def test_each_column_has_its_own_margin(tmp_path: Path) -> None:
    assert not (len(TEXTS[0]) + 2) % 43 and not (len(TEXTS[2]) + 2) % 43
    left, right = (column(TEXTS, x, 760, 21 if x < 100 else 22, indent=2) for x in (40, 310))
    found = paragraphs_of(make_pdf(tmp_path / "a.pdf", [show(190, 800, TITLE, 18) + left + right]))
    assert found == TEXTS * 2


def test_lines_set_wide_apart_are_one_paragraph(tmp_path: Path) -> None:
    """A control: gaps between all lines alike begin nothing."""
    text = (
        "全市茶叶生产保持平稳，面积和产量均有增长，" + "各县区完成年度任务，加工企业数量有所增加，" * 8 + "产量上升。"
    )
    lines = "".join(show(LEFT, 760 - 30 * k, part) for k, part in enumerate(wrapped(text, 30)))
    assert paragraphs_of(make_pdf(tmp_path / "a.pdf", [show(190, 800, TITLE, 18) + lines])) == [text]


@pytest.mark.parametrize(("step", "x"), [(1, 40.0), (2, 40.0), (2, 540.0), (5, 40.0), (5, 540.0)])
@pytest.mark.parametrize("again", [True, False])
def test_numbers_of_lines_are_no_text(tmp_path: Path, step: int, x: float, again: bool) -> None:
    pages = [show(190, 800, TITLE, 18) + numbered(column(TEXTS * 2, LEFT, 740, 22, indent=2), step, x)]
    more = [text.replace("茶", "果") for text in TEXTS]
    pages.append(numbered(column(more * 2, LEFT, 740, 22, indent=2), step, x, first=1 if again else 27))
    pages.append(numbered(column([LAST], LEFT, 740, 22, indent=2), step, x, lines=1))
    path = make_pdf(tmp_path / "a.pdf", pages)
    source = read(path, record_as="a.pdf")
    assert paragraphs_of(path) == [*TEXTS * 2, *more * 2, LAST]
    assert [r.check for r in source.reports].count("page-watermark") >= 2  # told, and kept in the trace
    assert str(step) in source.text.split()


@pytest.mark.parametrize(
    "content",
    [
        "".join(show(60, 740 - 18 * k, str(k + 1)) + show(90, 740 - 18 * k, f"云岭第{k + 1}茶厂") for k in range(9)),
        "".join(show(60, 740 - 18 * k, str(5 * k + 5)) + show(90, 740 - 18 * k, f"分的有{k}人") for k in range(9)),
        "".join(
            show(60, 740 - 18 * k, str(k + 21))
            + show(90, 740 - 18 * k, f"王小{k}")
            + show(260, 740 - 18 * k, "一中教师")
            for k in range(20)
        ),
        "".join(
            show(90, 740 - 18 * k, f"第{k + 1}章 {'…' * 24}") + show(480, 740 - 18 * k, str(k + 1)) for k in range(8)
        ),
        "".join(
            show(60, 740 - 36 * k, str(2020 + k)) + show(100, 740 - 36 * k, "茶叶生产平稳增长。") for k in range(5)
        ),
    ],
    ids=["a list's numbers", "marks by fives", "a roster that goes on", "pages of a contents list", "years"],
)
def test_numbers_before_rows_are_text(tmp_path: Path, content: str) -> None:
    """A control: what numbers rows, or is told of them, stands in the text."""
    source = read(make_pdf(tmp_path / "a.pdf", [show(190, 800, TITLE, 18) + content]), record_as="a.pdf")
    assert not source.reports


@pytest.mark.parametrize("words", ["装订线内请勿写字", "茶业“十四五”规划"])
@pytest.mark.parametrize("x", [30, 560])
def test_words_set_one_character_below_the_other_in_the_margin_are_no_text(
    tmp_path: Path, x: float, words: str
) -> None:
    page = show(190, 800, TITLE, 18) + column(TEXTS, LEFT, 760, 28, indent=2)
    stacked = "".join(show(x, 730 - 40 * k, sign) for k, sign in enumerate(words))
    assert paragraphs_of(make_pdf(tmp_path / "a.pdf", [page + stacked])) == TEXTS


def test_a_column_of_single_characters_beside_lines_is_text(tmp_path: Path) -> None:
    page = show(190, 800, TITLE, 18) + column(TEXTS, LEFT, 760, 28, indent=2)
    labels = "".join(show(30, 760 - 18 * k, sign) for k, sign in enumerate("甲乙丙丁戊"))
    assert not read(make_pdf(tmp_path / "a.pdf", [page + labels]), record_as="a.pdf").reports


def test_a_column_of_figures_under_its_head_is_text(tmp_path: Path) -> None:
    page = show(190, 800, TITLE, 18) + column(TEXTS, LEFT, 760, 28, indent=2)
    labels = "".join(show(30, 751 - 18 * k, sign) for k, sign in enumerate("行次表12345"))
    assert not read(make_pdf(tmp_path / "a.pdf", [page + labels]), record_as="a.pdf").reports


def test_pages_with_few_lines_of_print_have_printed_lines(tmp_path: Path) -> None:
    text = (
        "到规划期末，森林蓄积量达到三百万立方米，森林覆盖率稳定在百分之六十二，乔木林单位面积蓄积明显提高，混交林的比重"
    )
    rest = "达到百分之四十以上。"
    assert len(text) == 26 + 28 + 1
    pages = [show(190, 800, TITLE, 18) + column([text], LEFT, 760, 28, indent=2), column([rest], LEFT, 760, 28)]
    assert paragraphs_of(make_pdf(tmp_path / "a.pdf", pages)) == [text + rest]


def test_a_mark_in_pieces_over_many_pages_is_told_once_and_other_marks_by_page() -> None:
    mark = [
        PageReport(n, "info", "page-watermark", f"第 {n} 页的水印或页边文字未计入正文：{said}")
        for n in range(1, 8)
        for said in ("松城市档案馆", "档案馆")
    ]
    hidden = [
        PageReport(n, "warning", "hidden-text", f"第 {n} 页有 3 个字符白底白字，未计入正文：{n}号楼", f"{n}号楼")
        for n in range(1, 8)
    ]
    assert [(r.page, r.message, r.text) for r in told_once(mark)] == [
        (1, "第 1—7 页的水印或页边文字 14 处未计入正文：松城市档案馆", "")
    ]
    assert told_once(hidden) == hidden  # each says another


RULES = [
    "本办法自发布之日起施行，原有规定与本办法不一致的，以本办法为准。",
    "各县区可以根据本办法制定细则，报市林业局备案。",
]


def _two_columns(left: Sequence[str], right: Sequence[str]) -> str:
    return column(left, 60, 700, 18, indent=2) + column(right, 310, 700, 18, indent=2)


def test_the_few_lines_of_a_last_page_stand_in_the_columns_of_the_page_before(tmp_path: Path) -> None:
    pages = [_two_columns(TEXTS * 2, TEXTS * 2), _two_columns(TEXTS[:1], RULES[:1])]
    assert paragraphs_of(make_pdf(tmp_path / "a.pdf", pages))[-2:] == [TEXTS[0], RULES[0]]


def test_few_lines_over_the_whole_page_are_one_column(tmp_path: Path) -> None:
    """Controls: text behind two columns, and who signs it at the right."""
    behind = column(RULES, 60, 700, 38, indent=2) + show(380, 600, "云岭市林业局") + show(380, 580, "2024年5月6日")
    source = read(make_pdf(tmp_path / "a.pdf", [_two_columns(TEXTS * 2, TEXTS * 2), behind]), record_as="a.pdf")
    assert [line.strip() for line in source.text.strip().split("\n")][-2:] == ["云岭市林业局", "2024年5月6日"]
    assert source.text.index(RULES[1][:10]) < source.text.index("云岭市林业局")


@pytest.mark.parametrize(
    ("right", "parted"), [(RULES, True), (["新建茶园三百亩，改造老茶园五百亩，加工企业增加" * 4], False)],
    ids=["few lines beside few", "control: one side ends no sentence"],
)  # fmt: skip
def test_a_page_of_few_lines_in_two_columns_is_read_column_by_column(
    tmp_path: Path, right: list[str], parted: bool
) -> None:
    texts = [TEXTS[0], TEXTS[3]]
    page = show(200, 740, TITLE, 18.0) + column(texts, 60, 700, 18, indent=2) + column(right, 320, 700, 18, indent=2)
    source = read(make_pdf(tmp_path / "a.pdf", [page]), record_as="a.pdf")
    last = texts[-1].replace("，", "")[-6:]
    assert (last in source.text[: source.text.index(right[0][:8])]) == parted


def test_a_page_set_in_columns_of_characters_is_read_from_the_right(tmp_path: Path) -> None:
    down = ["云岭茶园碑记", "建园之初山路崎岖", "历任茶农守之不渝"]
    drawn = "".join(show(480 - 40 * n, 740 - 20 * k, c) for n, text in enumerate(down) for k, c in enumerate(text))
    source = read(make_pdf(tmp_path / "a.pdf", [drawn]), record_as="a.pdf")
    assert source.text.split("\n")[:3] == down


def test_columns_of_single_characters_beside_text_are_no_such_page(tmp_path: Path) -> None:
    """Control: a table whose columns were drawn one after the other."""
    names = ["东山茶园", "西河茶园", "南坪茶园", "北岭茶园"]
    drawn = "".join(show(100, 700 - 20 * k, name) for k, name in enumerate(names))
    drawn += "".join(show(x, 700 - 20 * k, c) for x in (240, 300) for k, c in enumerate("是是否是"))
    source = read(make_pdf(tmp_path / "a.pdf", [drawn]), record_as="a.pdf")
    assert all(name in source.text for name in names)


@pytest.mark.parametrize(("x", "y"), [(285, 40), (285, 640)], ids=["the number of the page", "control: amid the lines"])
def test_the_number_of_a_page_between_two_columns_stands_behind_both(tmp_path: Path, x: float, y: float) -> None:
    page = column(TEXTS, 60, 700, 18, indent=2) + column(TEXTS, 310, 700, 18, indent=2) + show(x, y, "7")
    lines = read(make_pdf(tmp_path / "a.pdf", [page]), record_as="a.pdf").text.split()
    assert (lines[-1] == "7") == (y == 40)


def test_what_leads_from_one_character_to_the_next_in_a_margin_is_none_of_the_text(tmp_path: Path) -> None:
    bound = "".join(show(25, 640 - 90 * k, c) for k, c in enumerate("装订线"))
    dots = "".join(show(27, 720 - 12 * k, "…", 8.0) for k in range(40))
    page = bound + dots + column(TEXTS, 90, 700, 30, indent=2)
    source = read(make_pdf(tmp_path / "a.pdf", [page]), record_as="a.pdf")
    assert "…" not in source.text.split("装")[0] and source.text.strip().startswith(TEXTS[0][:20])


@pytest.mark.parametrize(
    ("heights", "told"),
    [((16.0, 826.0), True), ((90.0,), True), ((90.0, 750.0), False)],
    ids=["in the margins", "one line of the text", "control: two lines of the text"],
)
def test_what_a_browser_prints_in_the_margin_tells_no_edge_of_the_text(heights: Sequence[float], told: bool) -> None:
    """Lines at another edge, so far from the text's as first lines stand from it."""
    heads = [PrintedLine("2024/5/6 上午9:12", (24, y, 90, y + 8), 8.0) for y in heights]
    text = [
        PrintedLine("各县区要建立茶园改造台账。", (51 if k % 3 == 0 else 36, y, 300, y + 8), 8.0)
        for k, y in enumerate(range(110, 700, 12))
    ]
    place_lines([PrintedPage(1, 595.0, 842.0, [*heads, *text])])
    assert [line.indented for line in text[:3]] == ([True, False, False] if told else [False, True, True])


@pytest.mark.parametrize(("size", "centred"), [(18.0, True), (16.0, False)], ids=["larger", "control: as the text"])
def test_a_title_in_little_larger_type_that_begins_where_an_indent_would_is_centred(size: float, centred: bool) -> None:
    title = PrintedLine("茶园改造工作的通知", (80 + 2 * size, 100, 520 - 2 * size, 118), size)
    text = [
        PrintedLine("各县区要建立茶园改造台账。", (112 if k % 3 == 0 else 80, y, 520, y + 16), 16.0)
        for k, y in enumerate(range(150, 700, 24))
    ]
    place_lines([PrintedPage(1, 600.0, 842.0, [title, *text])])
    assert title.centered is centred
