"""Content edits: applied where the bundle proves them, suggested where it speaks for them, never else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.core.traced import Traced
from juanzong.stages.characters.witnesses import propose

CASES = json.loads((Path(__file__).parent / "cases" / "evidence.json").read_text(encoding="utf-8"))


def proposed(lines: list[str], title: str = "") -> tuple[list[str], Ledger]:
    source = "\n".join([*lines, title])
    body: list[tree.Block] = []
    at = 0
    for line in lines:
        body.append(tree.Paragraph(Traced.of(source, at, at + len(line))))
        at += len(line) + 1
    document = tree.Document("plan", Traced.of(source, at, len(source)), body=body)
    ledger = Ledger(source)
    propose([document], ledger)
    return [b.text.text for b in body if isinstance(b, tree.Paragraph)], ledger


@pytest.mark.parametrize("case", [pytest.param(c, id=c["story"]) for c in CASES])
def test_cases(case: dict[str, Any]) -> None:
    lines = [line for text, times in case["bundle"] for line in [text] * times] + [case["line"]]
    texts, ledger = proposed(lines, case.get("title", ""))
    assert texts[-1] == case["applied"]
    assert texts[:-1] == lines[:-1]
    assert [e.after for e in ledger.edits() if e.status == "suggested"] == case["suggested"]


def test_every_edit_names_its_witness() -> None:
    lines = ["道路运输管理机构应当"] * 8 + ["上级道路运输菅理机构应当"]
    _, ledger = proposed(lines)
    (edit,) = ledger.edits()
    (witness,) = edit.evidence
    assert edit.category == "content"
    assert witness.source is not None
    assert ledger.source[slice(*witness.source)] == witness.text
    assert "管理机构" in (witness.text or "")


@pytest.mark.parametrize(("gap", "goes"), [("\n\n", True), ("\f", True), ("\n3\n", True), ("\n", False), (" ", False)])
def test_a_word_doubled_where_a_page_ends_goes(gap: str, goes: bool) -> None:
    """Where a line ends, or a blank stands, the print may have it twice: 第三卷 评标办法 评标办法前附表."""
    first, second = "应当严格按照职责", "职责权限和程序检查"
    source = first + gap + second + "\n" + "职责\n" * 3
    at = len(first) + len(gap)
    behind = at + len(second) + 1
    text = Traced.of(source, 0, len(first)) + Traced.of(source, at, at + len(second))
    others: list[tree.Block] = [tree.Paragraph(Traced.of(source, i, i + 2)) for i in range(behind, behind + 9, 3)]
    paragraph = tree.Paragraph(text)
    document = tree.Document("plan", Traced(), body=[paragraph, *others])
    propose([document], Ledger(source))
    assert (paragraph.text.text == "应当严格按照职责权限和程序检查") is goes
