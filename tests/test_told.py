"""Headings that only a tool, or Markdown, marks as such."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from juanzong.core import tree
from juanzong.core.source import Source
from juanzong.read.printed import PrintedCell
from juanzong.read.tool_text import NOWHERE, ToolText
from juanzong.run import process

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "told.json").read_text(encoding="utf-8"))


def outline(blocks: Sequence[tree.Block], depth: int = 0) -> Iterator[list[Any]]:
    for block in blocks:
        if isinstance(block, tree.Section):
            yield [depth, block.title.text]
            yield from outline(block.children, depth + 1)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["about"][:40])
@pytest.mark.parametrize("form", ["blocks", "markdown"])
def test_marked_headings_are_sections(case: dict[str, Any], form: str) -> None:
    out = ToolText()
    for level, text in case["blocks"]:
        if form == "blocks":
            out.paragraph(text, kind="heading" if level else "paragraph", level=level)
        else:
            out.paragraph("#" * level + " " * bool(level) + text, kind=None)
    fields = {**out.writing.fields(), "marks": ()}
    (document,) = process(Source("a", "", "text/plain", **fields), "a").documents
    assert document.title.text == case["title"]
    assert list(outline(document.body)) == case["outline"]


def test_a_heading_at_a_titles_level_is_no_title_where_the_tool_tells_them_apart() -> None:
    out = ToolText()
    out.paragraph("某县乡村振兴方案", kind="title", level=1)
    for text in ("产业", "乡村旅游发展规划", "考核办法"):
        out.paragraph(text, kind="heading", level=1)
        out.paragraph("抓好落实。")
    (document,) = process(Source("a", "", "text/plain", **{**out.writing.fields(), "marks": ()}), "a").documents
    assert list(outline(document.body)) == [[0, "产业"], [0, "乡村旅游发展规划"], [0, "考核办法"]]


@pytest.mark.parametrize(("line", "tables"), [("网站标识码：1 某ICP备05012345号", 0), ("网站标识码：1", 1)])
def test_a_table_at_the_end_is_the_foot_of_a_site_where_it_names_its_registration(line: str, tables: int) -> None:
    out = ToolText()
    for text in ("某县公园管理办法", "第一条 公园免费开放。", "第二条 本办法自发布之日起施行。"):
        out.paragraph(text)
    out.table(
        [[PrintedCell(NOWHERE, "主办：某县"), PrintedCell(NOWHERE, "承办：某办")], [PrintedCell(NOWHERE, line, 1, 2)]]
    )
    (document,) = process(Source("a", "", "text/html", **{**out.writing.fields(), "marks": ()}), "a").documents
    assert sum(isinstance(block, tree.Table) for block in tree.walk(document.body)) == tables


def test_elements_are_told_in_paragraphs_that_a_tool_knows() -> None:
    out = ToolText()
    for text in (
        "好的，以下是这份文件的完整转写内容：", "松城市园林局", "松城市财政局", "文件",
        "松园〔2021〕7号 松城市园林局关于做好植树工作的通知", "各县园林局：", "请做好植树工作。&ensp;",
        "松城市人民政府绿化植树", "指挥部办公室_x000D_", "2021年4月6日",
        "抄送：市委办公室。 松城市园林局办公室 2021年4月7日印发", "以上是图片中的全部文字，希望对您有帮助！",
    ):  # fmt: skip
        out.paragraph(text)
    (document,) = process(Source("a", "", "text/plain", **{**out.writing.fields(), "marks": ()}), "a").documents
    said = document.metadata
    assert document.title.text == "松城市园林局关于做好植树工作的通知" and len(document.body) == 1
    assert [str(said[key]) for key in ("letterhead", "doc_number", "copied_to", "printed_by")] == [
        "松城市园林局松城市财政局文件", "松园〔2021〕7号", "市委办公室。", "松城市园林局办公室",
    ]  # fmt: skip
    assert [str(x) for x in said["signatories"]] == ["松城市人民政府绿化植树指挥部办公室"]  # type: ignore[union-attr]


def test_words_of_a_model_amid_known_paragraphs_stay() -> None:
    out = ToolText()
    for text in (
        "松城市档案方案",
        "一、要求",
        "加强管理。",
        "好的，以下是图片中的文字：",
        "二、措施",
        "落实。",
        "做好。",
        "完善。",
    ):
        out.paragraph(text)
    (document,) = process(Source("a", "", "text/plain", **{**out.writing.fields(), "marks": ()}), "a").documents
    assert "好的，以下是图片中的文字：" in [
        b.text.text for b in tree.walk(document.body) if isinstance(b, tree.Paragraph)
    ]


def test_a_head_that_a_tool_tells_once_goes_where_it_cuts_a_sentence() -> None:
    out = ToolText()
    texts = (
        "松城市公园方案",
        "一、目标",
        "到2025年，公园达到三十处，",
        "松城园林",
        "游人逐年增加。",
        "二、措施",
        "松城园林处",
        "建设公园。",
    )
    for k, text in enumerate(texts):
        out.paragraph(
            text, (1 + (k > 2), (90.0, 60.0 + 30 * k, 500.0, 80.0 + 30 * k)), margin=text.startswith("松城园林")
        )
    (document,) = process(Source("a", "", "text/plain", **out.writing.fields()), "a").documents
    said = [b.text.text for b in tree.walk(document.body) if isinstance(b, tree.Paragraph)]
    assert said == ["到2025年，公园达到三十处，游人逐年增加。", "松城园林处", "建设公园。"]
