"""Web pages and what other tools have read: what stands in the file comes out, in its order and kind, or is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from juanzong.core import tree
from juanzong.core.errors import JuanzongError
from juanzong.core.source import Source
from juanzong.read import read
from juanzong.run import process

HERE = Path(__file__).parent
PAGES: list[dict[str, Any]] = json.loads((HERE / "cases" / "read_html.json").read_text(encoding="utf-8"))
TOOLS: list[dict[str, Any]] = json.loads((HERE / "cases" / "read_tools.json").read_text(encoding="utf-8"))


def lines_of(source: Source) -> list[str]:
    return [line for line in source.text.split("\n") if line]


@pytest.mark.parametrize("case", PAGES, ids=lambda c: c["about"][:40])
def test_page_comes_out_as_shown(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(case["html"], encoding="utf-8")
    source = read(path, record_as="a.html")
    assert lines_of(source) == case["lines"]
    told = [text for r in source.reports if r.check == "unprinted-text" for text in r.text.split("\n")]
    assert told == case.get("gone", [])
    assert {r.check for r in source.reports} - {"unprinted-text"} == set(case.get("checks", []))
    if "kinds" in case:
        assert [b.kind for b in source.blocks] == case["kinds"]
    if "levels" in case:
        assert [b.level for b in source.blocks] == case["levels"]
    if "spans" in case:
        rows = next(b.rows for b in source.blocks if b.rows)
        assert [[[c.row_span, c.col_span] for c in row] for row in rows] == case["spans"]
    if "heads" in case:
        assert next(b.heads for b in source.blocks if b.rows) == case["heads"]


@pytest.mark.parametrize("case", TOOLS, ids=lambda c: c["about"][:40])
def test_tool_output_comes_out_whole(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    text = repr(case["value"]) if "printed" in case else json.dumps(case["value"], ensure_ascii=False)
    path.write_text(case.get("fence", "{}").replace("{}", text), encoding="utf-8")
    source = read(path, record_as="a.json")
    assert lines_of(source) == case["lines"]
    assert [r.check for r in source.reports] == case.get("checks", [])
    if "levels" in case:
        assert [b.level for b in source.blocks] == case["levels"]
    if "kinds" in case:
        assert [b.kind for b in source.blocks] == case["kinds"]
    if "heads" in case:
        assert next(b.heads for b in source.blocks if b.rows) == case["heads"]
    if "text" in case:
        assert source.text == case["text"]
    if "titles" in case:
        assert [d.title.text for d in process(source, "a").documents if d.title] == case["titles"]
    if "headings" in case:
        documents = process(source, "a").documents
        sections = [b for d in documents for b in tree.walk(d.body) if isinstance(b, tree.Section)]
        assert [b.title.text for b in sections] == case["headings"]
    if "gone" in case:
        edits = process(source, "a").ledger.edits()
        assert [e.before for e in edits if e.rule in ("running-head", "image-link")] == case["gone"]
    if "margins" in case:
        marks = [m for m, line in zip(source.marks, source.text.split("\n"), strict=False) if line]
        assert [k for k, mark in enumerate(marks) if mark is not None and mark.margin] == case["margins"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[{"type": "text", "text": "甲', "line 1, column 27"),
        ('{"type": "text", "text": "甲"}\n{"type": "te', "line 2"),
        ('{"pdf_info": [', "line 1"),
        ('"甲\\n乙', "line 1"),
        ("[" * 100_000, "JSON"),
        ("[{'type': 'text', 'text': array('甲", "line 1"),
        ('```json\n[{"type": "text", "te', "line 1"),
    ],
)
def test_json_cut_off_is_told_with_its_place(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(JuanzongError, match=told) as caught:
        read(path, record_as="a.json")
    assert "\n" not in str(caught.value) and "JSON" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["[1] 注释一。\n[2] 注释二。", "{12}------\n第一章 总则", "“引言”一章。", '"甲"与"乙"。', "```\n[1] 注释\n```\n"],
)
def test_text_that_begins_with_a_bracket_is_text(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    assert read(path, record_as="a.txt").text == text


def test_a_chapter_and_its_first_article_in_one_paragraph_of_a_page_are_parted(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><body><p>松城市照明管理办法</p><p>第一章 总则　　第一条 为加强管理，制定本办法。</p>"
        "<p>第二条 本办法自公布之日起施行。</p></body></html>",
        encoding="utf-8",
    )
    (document,) = process(read(path, record_as="a.html"), "a").documents
    sections = [b.number.text for b in tree.walk(document.body) if isinstance(b, tree.Section)]
    assert sections == ["第一章", "第一条", "第二条"]


@pytest.mark.parametrize("before", ["", "[2023/05/06 10:11:12] ppocr INFO: "])
def test_a_log_of_lines_is_read_as_lines(before: str, tmp_path: Path) -> None:
    said = ["松城市渡口管理办法", "第一条 为规范渡口管理，制定本办法。", "第二条 '试行'期一年。"]
    box = "[[24.0, {0}.0], [304.0, {0}.0], [304.0, {1}.0], [24.0, {1}.0]]"
    log = [f"{before}[{box.format(20 + 40 * k, 50 + 40 * k)}, ({text!r}, 0.98{k})]" for k, text in enumerate(said)]
    path = tmp_path / "a.txt"
    path.write_text(
        "\n".join(log[:2] + [f"{before}**********b.jpg**********"] * bool(before) + log[2:]), encoding="utf-8"
    )
    source = read(path, record_as="a.txt")
    assert lines_of(source) == said
    assert not source.reports
    assert source.marks[0] is not None and [m.page for m in source.marks if m] == [1, 1, 2 if before else 1]


def test_a_text_that_speaks_of_such_lines_stays_text(tmp_path: Path) -> None:
    line = "[[[24.0, 20.0], [304.0, 20.0], [304.0, 50.0], [24.0, 50.0]], ('甲', 0.98)]"
    path = tmp_path / "a.txt"
    path.write_text(f"第一条 日志一行如下。\n\n{line}\n\n第二条 日志不予保存。\n", encoding="utf-8")
    assert line in read(path, record_as="a.txt").text
