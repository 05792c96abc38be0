"""What OCR programs write: their lines come out, each once, in their places."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from juanzong.core.errors import JuanzongError
from juanzong.read import read

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "cases" / "read_ocr_files.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["about"][:40])
def test_lines_come_out_once(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(case["text"], encoding="utf-8")
    if "error" in case:
        with pytest.raises(JuanzongError, match=case["error"]):
            read(path, record_as="a.xml")
        return
    source = read(path, record_as="a.xml")
    assert [line for line in source.text.split("\n") if line] == case["lines"]
    assert [r.check for r in source.reports] == case["checks"]
    if "margins" in case:
        written = zip(source.text.split("\n"), source.marks, strict=False)
        assert [line.strip() for line, mark in written if mark is not None and mark.margin] == case["margins"]
