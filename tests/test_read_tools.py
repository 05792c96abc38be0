"""Web pages and what other tools have read: what stands in the file comes out, in its order and kind, or is told."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from juanzong.cli import main
from juanzong.core.errors import JuanzongError
from juanzong.core.source import Source
from juanzong.output.audit import audit
from juanzong.read import read
from juanzong.read.account import lost_texts

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


@pytest.mark.parametrize("case", TOOLS, ids=lambda c: c["about"][:40])
def test_tool_output_comes_out_whole(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(case["value"], ensure_ascii=False), encoding="utf-8")
    source = read(path, record_as="a.json")
    assert lines_of(source) == case["lines"]
    assert [r.check for r in source.reports] == case.get("checks", [])
    if "levels" in case:
        assert [b.level for b in source.blocks] == case["levels"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[{"type": "text", "text": "甲', "line 1, column 27"),
        ('{"type": "text", "text": "甲"}\n{"type": "te', "line 2"),
        ('{"pdf_info": [', "line 1"),
        ('"甲\\n乙', "line 1"),
        ("[" * 100_000, "JSON"),
    ],
)
def test_json_cut_off_is_told_with_its_place(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(JuanzongError, match=told) as caught:
        read(path, record_as="a.json")
    assert "\n" not in str(caught.value) and "JSON" in str(caught.value)


@pytest.mark.parametrize(
    "text", ["[1] 注释一。\n[2] 注释二。", "{12}------\n第一章 总则", "“引言”一章。", '"甲"与"乙"。']
)
def test_text_that_begins_with_a_bracket_is_text(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    assert read(path, record_as="a.txt").text == text


def test_what_a_reader_lost_is_found_by_place(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body><p>甲段。</p>\n<p>乙段。</p><p>丙段。</p></body></html>", encoding="utf-8")
    assert lost_texts(path, "html", "甲段。\n乙段。\n丙段。", []) == []
    assert lost_texts(path, "html", "甲段。", ["丙段"]) == [("line 2", "乙段")]


def test_audit_counts_the_file_again(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body><h1>某市报告</h1><p>甲段。</p><p>乙段。</p></body></html>", encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["run", str(path), "--out", str(tmp_path / "clean"), "--quiet"])
    folder = tmp_path / "clean" / "a"
    assert not audit(folder, path).faults
    text = folder / "source.txt"
    text.write_text(text.read_text(encoding="utf-8").replace("乙段", "丁段"), encoding="utf-8")
    assert "reader-lost-text" in {fault.check for fault in audit(folder, path).faults}


@pytest.fixture(scope="module")
def mutate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("mutate", HERE.parent / "bench" / "mutate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FILES = [p for p in sorted((HERE / "fixtures" / "read").iterdir()) if p.suffix in (".html", ".docx", ".json")]


@pytest.mark.parametrize("file", FILES, ids=lambda p: p.name)
def test_damaged_files_crash_no_reader(file: Path, mutate: ModuleType, tmp_path: Path) -> None:
    """A sample of bench/mutate.py."""
    found = mutate.outcomes(file, each=15, seed=7, folder=tmp_path)
    assert not [said for said in found if said.startswith("CRASH")], found
