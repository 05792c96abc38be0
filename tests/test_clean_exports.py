"""The real bundle in every format, read back: as much of everything as in clean/."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import html

import juanzong
from test_export import counted, run, words

CLEAN = Path(__file__).parent.parent / "clean"
FOLDERS = sorted(p for p in CLEAN.glob("*") if (p / "bundle.json").exists())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_tables(folder: Path, tmp_path: Path) -> None:
    run(folder, "--to", "sqlite", "-o", tmp_path / "a.db")
    db = sqlite3.connect(tmp_path / "a.db")
    want = counted(juanzong.load(folder))
    assert {t: db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in want} == want
    db.close()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_chunks(folder: Path, tmp_path: Path) -> None:
    run(folder, "--to", "chunks", "-o", tmp_path / "a.jsonl")
    have: dict[str, Counter[str]] = {}
    with (tmp_path / "a.jsonl").open(encoding="utf-8") as lines:
        for chunk in map(json.loads, lines):
            have.setdefault(chunk["document"], Counter()).update(words(chunk["text"][chunk["repeated"] :]))
    for path in (folder / "documents").iterdir():
        assert not words(json.loads(path.read_text("utf-8"))) - have[path.stem], path.stem


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_pages(folder: Path, tmp_path: Path) -> None:
    run(folder, "--to", "html", "-o", tmp_path / "web")
    found: Counter[str] = Counter()
    for path in (tmp_path / "web" / folder.name).glob("[0-9]*.html"):
        page = html.document_fromstring(path.read_bytes())
        found["documents"] += 1
        found["tables"] += len(page.findall(".//figure[@class='table']"))
        found["cells"] += len(page.xpath(".//td | .//th"))
        found["footnotes"] += len(page.xpath(".//section[@class='notes']/p"))
    want = counted(juanzong.load(folder))
    assert found == {k: want[k] for k in found}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_word_files(folder: Path, tmp_path: Path) -> None:
    docx: Any = pytest.importorskip("docx")
    run(folder, "--to", "docx", "-o", tmp_path / "word")
    bundle = juanzong.load(folder)
    found: Counter[str] = Counter()
    for path in (tmp_path / "word" / folder.name).iterdir():
        document = docx.Document(str(path))
        found["documents"] += 1
        found["tables"] += len(document.tables)
        merged = document.element.xpath("//w:tc[.//w:vMerge[not(@w:val)]]")
        found["cells"] += len(document.element.xpath("//w:tc")) - len(merged)
        found["footnotes"] += len(document.element.xpath("//w:footnoteReference"))
    want = counted(bundle)
    blocks = [b for d in bundle.documents for b, _, _ in d.walk() if b.kind == "table"]
    assert found == {
        "documents": want["documents"],
        "tables": sum(bool(b.rows) for b in blocks),
        "cells": want["cells"],
        "footnotes": sum(n.anchor is not None for d in bundle.documents for n in d.footnotes),
    }
