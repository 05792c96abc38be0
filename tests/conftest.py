"""What several tests share: a made-up bundle as text, and an output made from it by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.core.source import Source
from juanzong.core.traced import EMPTY, Run, Traced
from juanzong.emit.bundle import files_of
from juanzong.emit.files import write_folder

# The same examples every time: what a run shows, the next shows too. Search further with --hypothesis-profile=default.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed")
FIXTURES = Path(__file__).parent / "fixtures"
HAND_MADE = """\
关于印发《云溪市节水行动方案》的通知
云溪府办〔2021〕7 号
各县区人民政府：
现将方案印发给你们。
第一章 总 则
为了节约用水①，制定本方案，
到2025年完成。
① 节约用水：指少用水。
— 1 —
专栏1 重点工程
工程一览
项目	投资	年份
甲	12	2021
	13	2022
"""


class Hand:
    """Cuts pieces of HAND_MADE by what they say."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.ledger = Ledger(source.text, "structure")
        self._at = 0

    def __call__(self, text: str) -> Traced:
        """The next place where `text` stands."""
        at = self.source.text.index(text, self._at)
        self._at = at + len(text)
        return Traced.of(self.source.text, at, self._at)


@pytest.fixture
def fixtures() -> Path:
    return FIXTURES


@pytest.fixture
def hand_made(tmp_path: Path) -> Callable[[], Path]:
    """Writes raw/hand.txt and clean/hand under tmp_path; gives clean/hand. Every block, link and kind of edit is in it."""

    def make() -> Path:
        raw = tmp_path / "raw" / "hand.txt"
        raw.parent.mkdir(exist_ok=True)
        raw.write_text(HAND_MADE, encoding="utf-8")
        source = Source("raw/hand.txt", hashlib.sha256(raw.read_bytes()).hexdigest(), "text/plain", HAND_MADE, "utf-8")
        cut = Hand(source)
        notice, plan = hand_made_documents(cut)
        for d in (notice, plan):
            d.id = {"notice": "notice-yin-fa", "plan": "plan-jie-shui"}[d.type]
        contents = [tree.ContentsItem(entry("1", "节水行动方案"), plan), tree.ContentsItem(entry("2", "用水定额表"))]
        folder = tmp_path / "clean" / "hand"
        write_folder(
            folder, files_of("hand", notice.title.text, source, ["paragraph"], contents, [notice, plan], cut.ledger, [])
        )
        return folder

    return make


def entry(number: str, title: str) -> tree.ContentsEntry:
    """An entry of a contents list that stands nowhere in the source."""
    return tree.ContentsEntry(1, *(Traced((Run(text, 0, 0, edited=True),)) for text in (number, title)))


def hand_made_documents(cut: Hand) -> tuple[tree.Document, tree.Document]:
    change = cut.ledger
    notice = tree.Document("notice", cut("关于印发《云溪市节水行动方案》的通知"))
    number = cut("云溪府办〔2021〕7 号")
    notice.metadata["doc_number"] = change.replace(number, 11, 12, "", "space")
    notice.metadata["addressees"] = cut("各县区人民政府")
    change.drop_ranges(cut("："), "label")
    notice.body.append(tree.Paragraph(cut("现将方案印发给你们。")))

    chapter = tree.Section(1, cut("第一章"))
    title = cut("总 则")
    chapter.title = change.replace(title, 1, 2, "", "space")
    first = cut("为了节约用水")
    mark = cut("①")
    first = first + cut("，制定本方案，")
    whole = change.join(first, cut("到2025年完成。"), "cut")
    whole = change.replace(whole, len(whole) - 1, len(whole), "！", "stop")
    whole = change.replace(whole, 0, 0, "（", "open")
    paragraph = tree.Paragraph(whole)
    chapter.children.append(paragraph)
    marker = cut("①")
    change.drop_ranges(mark, "marker")
    note = tree.Footnote(marker, cut("节约用水：指少用水。"), paragraph, mark.ranges[0][0])
    change.drop_ranges(cut("— 1 —"), "page-number")
    box = tree.Box(cut("专栏1"), cut("重点工程"))
    table = tree.Table(caption=cut("工程一览"), header_rows=1)
    table.rows.append(tree.Row([tree.Cell(cut(t)) for t in ("项目", "投资", "年份")]))
    table.rows.append(tree.Row([tree.Cell(cut("甲"), row_span=2), tree.Cell(cut("12")), tree.Cell(cut("2021"))]))
    table.rows.append(tree.Row([tree.Cell(cut("13")), tree.Cell(cut("2022"))]))
    box.children.append(table)
    chapter.children.append(box)
    plan = tree.Document("plan", EMPTY, body=[chapter], footnotes=[note], promulgated_by=notice)
    notice.promulgates = [plan]
    return notice, plan


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium; the extra `review` and a driver are needed."""
    yield from pytest.importorskip("browser_kit").chromium()


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """The review of the browser tests' small bundle, open in Chromium."""
    from review_kit import make

    page = pytest.importorskip("browser_kit").Page(browser, make(tmp_path))
    yield page
    page.close()
