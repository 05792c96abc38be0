"""Word files: what is printed comes out, in its order and kind; what is not is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from docx_kit import docx_bytes
from juanzong.read import read

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "cases" / "read_docx.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["about"][:40])
def test_word_file_comes_out_as_printed(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx_bytes(case))
    source = read(path, record_as="a.docx")
    assert [line for line in source.text.split("\n") if line] == case["lines"]
    left_out = [text for r in source.reports for text in r.text.split("\n") if text]
    assert left_out == case.get("gone", [])
    if "kinds" in case:
        assert [[b.kind, b.level] for b in source.blocks] == case["kinds"]
    if "spans" in case:
        assert [[[c.row_span, c.col_span] for c in row] for row in source.blocks[0].rows] == case["spans"]
    if "heads" in case:
        assert source.blocks[0].heads == case["heads"]
