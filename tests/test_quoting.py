"""What reports and match tables quote: cases as data, each a bundle of a few texts and the rows that are wanted of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from test_evidence_rows import run

CASES = json.loads((Path(__file__).parent / "cases" / "quoting.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[c["story"] for c in CASES])
def test_case(case: dict[str, Any]) -> None:
    rows, _ = run("\n\n\n\n\n".join("\n\n".join(part) for part in case["parts"]) + "\n")
    of = {kind: [r for r in rows if r["kind"] == kind] for kind in ("quotation", "citation", "reference", "fact")}
    said = {
        "quotations": [
            [r["form"], r["verdict"], [[d["quoted"], d["printed"]] for d in r["differences"]], r["cited"]["by"]]
            for r in of["quotation"]
        ],
        "unsupported": [[u["text"] for u in r["unsupported"]] for r in of["quotation"]],
        "citations": [[r["title"], r["verdicts"]] for r in of["citation"]],
        "references": [[r["text"], r["verdict"]] for r in of["reference"] if r["type"] == "annex"],
        "facts": [[r["indicator"], r["year"], r["status"], r["verdict"]] for r in of["fact"]],
    }
    for what in said.keys() & case.keys():
        assert said[what] == case[what], what
