"""Framed numbers that rise from page to page are furniture, also on short pages; those of a list are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from juanzong import normalize
from juanzong.core import tree
from juanzong.core.source import Source
from juanzong.run import process
from pdf_kit import line, make_pdf, show

TEXT = """松城市绿道方案

一、工作目标

到2025年，全市建成绿道一百公里，驿站达到三十处，
@3
服务人口达到二十万人。

二、重点任务

沿河布置慢行道，联通公园和社区，优先利用现有的堤顶路和巡河道，引导社区
@4
设立驿站，方便居民就近休闲健身。

三、保障措施

各区要落实经费，市园林局每年检查。
@5
"""


def paragraphs(frame: str) -> list[str]:
    text = TEXT
    for n in "345":
        text = text.replace(f"@{n}", f"\n{frame.replace('#', n)}\n")
    result = process(Source("a.txt", "0" * 64, "text/plain", text), "a")
    return [b.text.text for d in result.documents for b in tree.walk(d.body) if isinstance(b, tree.Paragraph)]


@pytest.mark.parametrize("frame", ["P#", "一#一", "【#】", "※ # ※", "|#|", "PDF第#页", "<page_number>#</page_number>"])
def test_framed_numbers_end_pages(frame: str) -> None:
    found = paragraphs(frame)
    assert len(found) == 3 and "引导社区设立驿站" in found[1]


def test_numbers_above_whole_entries_are_text() -> None:
    entries = [f"【{n}】\n\n松城市第{n}号公园，占地三十公顷，设有慢行道和驿站。\n" for n in (1, 2, 3, 4)]
    text = "松城市公园简介\n\n全市有公园四处。\n\n" + "\n".join(entries)
    result = process(Source("a.txt", "0" * 64, "text/plain", text), "a")
    found = [b.text.text for d in result.documents for b in tree.walk(d.body) if isinstance(b, tree.Paragraph)]
    assert [t for t in found if t.startswith("【")] == ["【1】", "【2】", "【3】", "【4】"]


@pytest.mark.parametrize(
    ("numbers", "gone"), [((31, 32, 33), True), ((31, 33, 38), False), ((31, 32, 32), False)],
    ids=["they count the pages", "control: they leave some out", "control: one stands twice"],
)  # fmt: skip
def test_words_with_a_number_that_counts_the_pages_which_they_end(
    tmp_path: Path, numbers: tuple[int, ...], gone: bool
) -> None:
    rows = [["甲项目", "31"], ["乙项目", "42"], ["丙项目", "57"]]
    page = "".join(show(90, 700 - 24 * n, text) for n, text in enumerate(["松城市评审办法", "各项目得分如下。"]))
    grid = "".join(line(90, y, 400, y) for y in (640, 616, 592, 568)) + "".join(
        line(x, 568, x, 640) for x in (90, 240, 400)
    )
    texts = "".join(
        show(x, 622 - 24 * n, t) for n, row in enumerate(rows) for x, t in zip((100, 250), row, strict=True)
    )
    pages = [
        (page if k == 0 else "") + grid + texts + show(90, 50, "松城市交易中心") + show(300, 50, str(n))
        for k, n in enumerate(numbers)
    ]
    found = [b for d in normalize(make_pdf(tmp_path / "a.pdf", pages)).documents for b in tree.walk(d.body)]
    assert any("交易中心" in str(b) for b in found) != gone


def _forms(sizes: tuple[int, ...], rows: tuple[str, str], first: int = 1) -> list[str]:
    """A text without blank lines, of pages of so many lines, each with its number below; `rows` of a form in turn, and
    every third page ends in the middle of a sentence."""
    out = ["松城市渡口采购文件", "供应商应当按下列格式编制响应文件。"]
    for page, size in enumerate(sizes, first):
        out += [f"{rows[k % 2]}{page}{'甲乙丙丁戊己庚辛壬癸'[k % 10]}" for k in range(size)]
        out += ["供应商在递交响应文件时应当一并提交本页所列材料并对其"] if page % 3 == 0 else []
        out.append(str(page))
        out += ["真实性负责。"] if page % 3 == 0 else []
    return out


def _kept(lines: list[str]) -> list[str]:
    result = process(Source("a.txt", "0" * 64, "text/plain", "\n".join(lines)), "a")
    return [e.before.strip() for e in result.ledger.edits() if e.rule == "page-number"]


_UNEVEN = (30, 12, 44, 18, 25, 9, 38, 16, 33, 20, 14, 41)
_FORM = ("供应商全称和注册地址：", "法定代表人签字并加盖公章：")


@pytest.mark.parametrize(
    ("lines", "gone"),
    [
        (_forms(_UNEVEN, _FORM), 12),
        ([*_forms(_UNEVEN, _FORM)[:150], "4", *_forms(_UNEVEN, _FORM)[150:]], 12),
        (_forms(_UNEVEN, ("渡船", "码头")), 0),
        (_forms(_UNEVEN[:8], _FORM), 1),
        (_forms((5, 12, 14, 8, 5, 9, 10, 6, 13, 12, 14, 11), _FORM), 0),
    ],
    ids=[
        "many pages",
        "a figure of the text",
        "control: cells",
        "control: few, the last line alone",
        "control: near each other",
    ],
)
def test_many_numbers_that_count_pages_of_any_length(lines: list[str], gone: int) -> None:
    assert len(_kept(lines)) == gone
