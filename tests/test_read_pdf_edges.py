"""PDF pages: heads and feet, told by their place in the margin."""

from __future__ import annotations

from pathlib import Path

import pytest

from juanzong import normalize
from juanzong.read import read
from juanzong.read.page_heads import mark_edges
from juanzong.read.printed import PrintedLine, PrintedPage
from pdf_kit import make_pdf, paragraphs, show

HEAD = "茶业工作资料"
BODY = [
    "为做好全市茶园改造工作，根据年度安排，现将有关事项通知如下，请各县区茶业主管部门结合实际抓好落实。",
    "各县区要建立茶园改造台账，按季度报送进度，逐项核对面积和苗木数量，并于每年年底前完成检查验收和总结。",
]
NOTICE = (
    show(250, 740, "云茶发〔2024〕12号")
    + show(160, 700, "云岭市茶业局关于做好茶园改造工作的通知", 16.0)
    + show(90, 660, "各县区茶业主管部门：")
    + paragraphs(BODY, 640)
)
NEXT = paragraphs(BODY[::-1], 740)


def told(path: Path) -> list[str]:
    """The lines that the reader took for heads or feet."""
    source = read(path, record_as=path.name)
    return [text for text, mark in zip(source.text.split("\n"), source.marks, strict=False) if mark and mark.margin]


@pytest.mark.parametrize("y", [800, 30], ids=["head", "foot"])
def test_the_same_words_in_the_margin_of_two_pages_are_its_head_or_foot(tmp_path: Path, y: int) -> None:
    mark = show(260, y, HEAD, 9.0)
    path = make_pdf(tmp_path / "a.pdf", [NOTICE + mark, NEXT + mark])
    assert told(path) == [HEAD, HEAD]
    [notice] = normalize(path).documents
    assert notice.title == "云岭市茶业局关于做好茶园改造工作的通知"
    assert HEAD not in str(notice.body)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param((260, 800, HEAD, 9.0), (260, 780, HEAD, 9.0), id="at another height"),
        pytest.param((260, 800, HEAD, 18.0), (260, 800, HEAD, 18.0), id="in larger type than the text"),
        pytest.param((90, 800, "附件", 9.0), (90, 800, "附件", 9.0), id="short"),
        pytest.param((90, 800, "附件材料之一", 9.0), (90, 800, "附件材料之一", 9.0), id="an annex's mark"),
        pytest.param((90, 800, "单位：公顷、万元", 9.0), (90, 800, "单位：公顷、万元", 9.0), id="a unit"),
        pytest.param((90, 800, "一、茶园情况", 9.0), (90, 800, "一、茶园情况", 9.0), id="a heading"),
        pytest.param((90, 800, "表1 茶园面积", 9.0), (90, 800, "表1 茶园面积", 9.0), id="a table's caption"),
        pytest.param((260, 752, HEAD, 9.0), (260, 752, HEAD, 9.0), id="no farther up than text may stand"),
    ],
)
def test_what_is_no_head_by_its_place_or_words(
    tmp_path: Path, first: tuple[int, int, str, float], second: tuple[int, int, str, float]
) -> None:
    """Controls."""
    assert told(make_pdf(tmp_path / "a.pdf", [NOTICE + show(*first), NEXT + show(*second)])) == []


def test_words_near_the_text_or_on_far_pages_are_no_head(tmp_path: Path) -> None:
    """Controls: a line that stands at the top of the text; two pages of which three others part."""
    near = show(90, 774, HEAD, 9.0) + paragraphs(BODY, 760)
    assert told(make_pdf(tmp_path / "a.pdf", [near, near])) == []
    far = show(260, 800, HEAD, 9.0)
    assert told(make_pdf(tmp_path / "b.pdf", [NOTICE + far, NEXT, NEXT, NEXT + far])) == []


def test_figures_that_count_the_pages_at_their_heads_are_their_numbers(tmp_path: Path) -> None:
    pages = [NOTICE, NEXT, NEXT]
    path = make_pdf(tmp_path / "a.pdf", [page + show(500, 800, str(n), 9.0) for n, page in enumerate(pages, 1)])
    assert told(path) == ["1", "2", "3"]
    [notice] = normalize(path).documents
    assert notice.title == "云岭市茶业局关于做好茶园改造工作的通知"


def test_words_in_small_type_above_the_text_of_neighbouring_pages_are_their_heads(tmp_path: Path) -> None:
    heads = [show(90, 800, "茶园改造规划", 9.0), show(420, 800, "云岭市茶业局", 9.0)]
    path = make_pdf(tmp_path / "a.pdf", [NOTICE, NEXT + heads[0], NEXT + heads[1]])
    assert told(path) == ["茶园改造规划", "云岭市茶业局"]
    assert "云岭市茶业局" not in [block.text for block in normalize(path).documents[0].body]


@pytest.mark.parametrize(("size", "title"), [(26.0, True), (12.0, False)], ids=["in large type", "a control"])
def test_a_covers_title_in_large_type_is_no_head_as_the_small_ones_are(
    tmp_path: Path, size: float, title: bool
) -> None:
    name = "云岭市茶业发展规划"
    cover = show(300 - 4.5 * size, 600, name, size) + show(250, 300, "云岭市茶业局")
    pages = [cover, *(NEXT + show(220, 800, name, 9.0) for _ in range(3))]
    first = normalize(make_pdf(tmp_path / "a.pdf", pages)).documents[0]
    assert (first.title == name) is title


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param((90, 800, "3", 9.0), (90, 800, "5", 9.0), id="figures that do not count pages"),
        pytest.param((90, 800, "1", 9.0), (90, 780, "2", 9.0), id="figures at another height"),
        pytest.param((90, 800, "茶园改造规划", 12.0), (90, 800, "云岭市茶业局", 12.0), id="words as large as the text"),
        pytest.param((90, 30, "茶园改造规划", 9.0), (90, 30, "云岭市茶业局", 9.0), id="other words below the text"),
        pytest.param((90, 800, "茶园改造规划", 9.0), (90, 780, "云岭市茶业局", 9.0), id="words at another height"),
        pytest.param((90, 800, "东山镇茶园统计表", 9.0), (90, 800, "西河镇茶园统计表（二）", 9.0), id="tables' names"),
    ],
)
def test_what_no_other_page_has_at_its_height(
    tmp_path: Path, first: tuple[int, int, str, float], second: tuple[int, int, str, float]
) -> None:
    """Controls."""
    assert told(make_pdf(tmp_path / "a.pdf", [NOTICE + show(*first), NEXT + show(*second)])) == []


@pytest.mark.parametrize(("confidence", "marked"), [(0.98, True), (None, False)], ids=["two scans", "text layers"])
def test_scans_lie_as_they_came(confidence: float | None, marked: bool) -> None:
    def page(number: int, top: float) -> PrintedPage:
        text = [PrintedLine("各县区要建立茶园改造台账。", (90, y, 400, y + 12), 12.0) for y in (100, 120, 140)]
        head = PrintedLine(HEAD, (240, top, 310, top + 10), 12.6, confidence=confidence)
        return PrintedPage(number, 595.0, 842.0, [head, *text])

    pages = [page(1, 40), page(2, 46)]
    mark_edges(pages)
    assert [b.margin for p in pages for b in p.blocks[:1] if isinstance(b, PrintedLine)] == [marked, marked]


def test_the_dashes_of_a_number_set_sideways_in_the_margin_are_of_it(tmp_path: Path) -> None:
    text = show(90, 452, "附件1") + show(200, 430, "茶园登记表") + paragraphs(BODY, 400)
    dashes = show(40, 460, "—", 14.0) + show(40, 415, "—", 14.0)
    number = show(36, 449, "6", 14.0, "0 -1 1 0")
    beside = read(make_pdf(tmp_path / "a.pdf", [NEXT, text + dashes + number]), record_as="a.pdf")
    assert "附件1\n" in beside.text and "—附" not in beside.text.replace(" ", "")
    alone = read(
        make_pdf(tmp_path / "b.pdf", [NEXT, text + dashes]), record_as="b.pdf"
    )  # control: no number stands between them
    assert alone.text.replace(" ", "").count("—") == 2
