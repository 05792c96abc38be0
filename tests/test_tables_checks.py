"""What does not add up is reported, to the cell; what adds up is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from juanzong.core import tree
from juanzong.core.traced import EMPTY, Traced
from juanzong.stages.checks.arithmetic import check_tables
from tables_kit import build

_CASES = json.loads((Path(__file__).parent / "cases" / "tables-checks.json").read_text(encoding="utf-8"))


def _document(*blocks: tree.Block) -> tree.Document:
    return tree.Document("plan", EMPTY, body=list(blocks))


@pytest.mark.parametrize("case", _CASES, ids=lambda c: c["name"])
def test_findings(case: dict[str, Any]) -> None:
    table, _, _ = build(case["text"])
    told = []
    for finding in check_tables([_document(table)]):
        cell = finding.where[0]
        assert isinstance(cell, tree.Cell)
        told.append({"check": finding.check, "cell": cell.text.text, "expected": finding.evidence["expected"]})
    assert told == case["findings"]


def test_a_map_that_differs_from_its_matrix() -> None:
    table, _, _ = build("集群\t甲县\t乙县\t数量\n1.甲业\t★\t★★\t2\n2.乙业\t★\t\t1\n3.丙业\t\t★\t1\n数量\t2\t2\t")
    text = "甲县（2）★甲业★乙业 乙县（3）★★甲业★丙业"
    found = check_tables([_document(table, tree.Figure(text=[Traced.of(text, 0, len(text))]))])
    assert [f.message for f in found] == ["乙县：图中为 3，表中标★ 2 处"]


def test_more_stars_than_the_legend_explains() -> None:
    table, _, _ = build("集群\t甲县\t乙县\t数量\n1.甲业\t★★★★\t★★\t2\n2.乙业\t★\t\t1\n3.丙业\t\t★\t1\n数量\t2\t2\t")
    legend = "重要程度用★的数量表示，★★★标注核心区域。"
    found = check_tables([_document(tree.Paragraph(Traced.of(legend, 0, len(legend))), table)])
    assert [f.check for f in found] == ["table-legend"]
