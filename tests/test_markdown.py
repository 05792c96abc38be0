"""juanzong markdown: documents as people read them."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from juanzong.commands.markdown import markdown as command
from juanzong.model import Cell, Row, Table
from juanzong.model.documents import Plan
from juanzong.output.grid import table_size
from juanzong.output.markdown import escape, markdown
from juanzong.output.table_markup import html_table


def plan(*body: dict[str, object], **more: object) -> str:
    return markdown(Plan.model_validate({"id": "plan-a", "title": "方案", "body": body, **more}))


def test_every_block(hand_made: Callable[[], Path], tmp_path: Path) -> None:
    out = tmp_path / "md"
    result = CliRunner().invoke(command, [str(hand_made()), "-o", str(out)])
    assert result.exit_code == 0
    assert sorted(p.name for p in out.iterdir()) == ["1-notice-yin-fa.md", "2-plan-jie-shui.md", "index.md"]
    notice = (out / "1-notice-yin-fa.md").read_text(encoding="utf-8")
    assert notice.startswith("# 关于印发《云溪市节水行动方案》的通知\n\n- **发文字号**　云溪府办〔2021〕7号\n")
    assert "](2-plan-jie-shui.md)" in notice
    text = (out / "2-plan-jie-shui.md").read_text(encoding="utf-8")
    assert "## 第一章 总则" in text
    assert "节约用水[^1]，制定" in text
    assert "\n[^1]: 节约用水：指少用水。" in text
    assert "> **专栏1 重点工程**\n>\n> **工程一览**\n>\n> <table>" in text
    assert '<td rowspan="2">甲</td>' in text


def test_what_is_attached_is_numbered() -> None:
    attached = [{"number": "1", "title": "节水规划"}, {"number": "2.", "title": "任务表"}, {"title": "名单"}]
    assert "- **附件说明**　1. 节水规划；2. 任务表；名单\n" in plan(metadata={"attachments": attached})


def test_a_table_without_spans_is_a_pipe_table() -> None:
    rows = [{"cells": [{"text": t} for t in row]} for row in (["名称", "数量"], ["a|b", "*1*"])]
    text = plan(
        {"kind": "table", "caption": "一览", "unit": "万元", "header_rows": 1, "rows": rows, "notes": ["注：无"]}
    )
    assert "**一览**（单位：万元）\n\n| 名称 | 数量 |\n| --- | --- |\n| a\\|b | \\*1\\* |\n\n注：无\n" in text


def test_an_article_stands_before_its_paragraph() -> None:
    text = plan(
        {
            "kind": "section",
            "level": 2,
            "number": "第一条",
            "children": [{"kind": "paragraph", "text": "为了节水。"}, {"kind": "paragraph", "text": "另款。"}],
        }
    )
    assert "**第一条**　为了节水。\n\n另款。" in text


def test_notes_without_an_anchor_are_kept() -> None:
    text = plan(footnotes=[{"marker": "②", "text": "无处可归。"}])
    assert text.endswith("② 无处可归。\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# 号", "\\# 号"),
        ("1. 目标", "1\\. 目标"),
        ("- 项", "\\- 项"),
        ("<b>", "\\<b\\>"),
        ("[1]", "\\[1\\]"),
        ("2.5亿元", "2.5亿元"),
        ("第1章", "第1章"),
        ("a_b", "a\\_b"),
        ("---", "\\---"),
        ("+5%", "+5%"),
    ],
)
def test_marks_of_markdown_are_escaped(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_cells_are_never_markup() -> None:
    class Tags(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.seen: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.seen.append(tag)

    cell = Cell(text="<script>alert(1)</script>\n\n&amp;", col_span=2)
    table = Table(header_rows=0, rows=[Row(cells=[cell])])
    parser = Tags()
    parser.feed(html_table(table))
    assert parser.seen == ["table", "tr", "td", "br", "br"]
    assert "\n\n" not in html_table(table)


def test_table_size_counts_spans() -> None:
    rows = [
        Row(cells=[Cell(text="a", row_span=2), Cell(text="b", col_span=2)]),
        Row(cells=[Cell(text="c"), Cell(text="d")]),
    ]
    assert table_size(Table(header_rows=1, rows=rows)) == (2, 3)
