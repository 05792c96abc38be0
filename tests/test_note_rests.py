"""A note that its page cut goes on at the foot of the next page; a last paragraph there is no rest of a note."""

from __future__ import annotations

import pytest

from juanzong.core import tree
from juanzong.core.source import Source
from juanzong.run import process

HEAD = """松城市绿道方案

一、总体要求

坚持以人为本①，到2025年建成绿道一百公里，方便居民就近休闲健身，并逐步完善沿线的驿站、标识和照明等服务设施。

"""
PAGE = """



二、重点任务

沿河布置慢行道，联通公园和社区，完善沿线服务设施，优先利用现有的堤顶路和巡河道，避免大拆大建，"""


def notes_of(note: str, foot: str, rest: str) -> tuple[list[str], list[str]]:
    text = HEAD + f"① {note}" + PAGE + "\n\n" + foot + "\n\n\n\n\n" + rest + "\n\n三、保障措施\n\n各区要落实经费。\n"
    result = process(Source("a.txt", "0" * 64, "text/plain", text), "a")
    (document,) = result.documents
    paragraphs = [b.text.text for b in tree.walk(document.body) if isinstance(b, tree.Paragraph)]
    return [n.text.text for n in document.footnotes], paragraphs


CUT = "以人为本：指以居民的出行和健身需要为准来安排绿道的走向，具体数据"
REST = "按第七次人口普查的结果计算。"


def test_the_rest_of_a_note_at_the_next_pages_foot() -> None:
    notes, paragraphs = notes_of(CUT, REST, "统一标识和里程。")
    assert notes == [CUT + REST]
    assert any(p.endswith("避免大拆大建，统一标识和里程。") for p in paragraphs)


@pytest.mark.parametrize(
    ("note", "foot"),
    [
        (CUT + "按普查计算。", "统一标识和里程。"),  # the note is whole: the foot goes on with the text
        (CUT, "（二）完善服务设施。沿线设置驿站。"),  # a heading is no rest
    ],
    ids=["a whole note", "a heading"],
)
def test_no_rest_of_a_note(note: str, foot: str) -> None:
    notes, _ = notes_of(note, foot, "加强日常管护。")
    assert notes == [note]
