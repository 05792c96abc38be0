"""Framed numbers that rise from page to page are furniture, also on short pages; those of a list are not."""

from __future__ import annotations

import pytest

from juanzong.core import tree
from juanzong.core.source import Source
from juanzong.run import process

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
