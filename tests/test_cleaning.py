"""What tools, models and web pages put round the text goes before structure is looked for: cases as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bundles import outline, run, titles

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "cleaning.json").read_text("utf-8"))


@pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in CASES])
def test_case(case: dict[str, Any]) -> None:
    out = run(case["lines"])
    assert titles(out) == list(case["outline"])
    for title, expected in case["outline"].items():
        assert outline(out[title]["body"]) == expected
    for title, fields in case.get("fields", {}).items():
        assert {key: out[title].get(key, out[title]["metadata"].get(key)) for key in fields} == fields
    assert {f["check"] for f in out["#findings"]} >= set(case.get("findings", []))
    if "no_findings" in case:
        assert not {f["check"] for f in out["#findings"]} & set(case["no_findings"])
