"""Tables are whole: cases as data, for each syntax and each way in which transcription harms a table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from juanzong.core.ledger import Ledger
from juanzong.stages.tables.continues import continues
from juanzong.stages.tables.read import rows_of
from tables_kit import build, fragments_of, homes, strings

_CASES = json.loads((Path(__file__).parent / "cases" / "tables-build.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", _CASES, ids=lambda c: c["name"])
def test_table_is_whole(case: dict[str, Any]) -> None:
    table, ledger, findings = build(case["text"])
    if case["rows"] is not None:
        assert strings(table) == case["rows"]
    assert table.header_rows == case["header_rows"]
    assert len([f for f in findings if f.check == "table-grid"]) == case["doubts"]
    assert set(homes(case["text"], [table], ledger)) == {1}


@pytest.mark.parametrize("case", [c for c in _CASES if "%%" in c["text"]], ids=lambda c: c["name"])
def test_the_next_page_continues_the_table(case: dict[str, Any]) -> None:
    first, second = (rows_of(lines, Ledger(case["text"])) for lines in fragments_of(case["text"]))
    assert continues(first, second)


@pytest.mark.parametrize(
    "second",
    [
        "序号\t规划名称\n1\t甲规划\n2\t乙规划",
        "序号\t项目\t投资\n1\t甲\t5\n2\t乙\t6",
        "地区\t人口\t面积\n甲县\t5\t7\n乙县\t6\t8",
    ],
    ids=["other header", "the same header, numbered from 1 again", "another table"],
)
def test_another_table_does_not(second: str) -> None:
    texts = ("序号\t项目\t投资\n1\t甲\t15\n2\t乙\t16\n3\t丙\t17", second)
    rows = [rows_of(fragments_of(t)[0], Ledger(t)) for t in texts]
    assert not continues(rows[0], rows[1])


@pytest.mark.parametrize(("row", "goes_on"), [("理\t地质学类\t7", True), ("理\t7\t地质学类", False)])
def test_a_column_that_is_empty_so_far_says_nothing(row: str, goes_on: bool) -> None:
    texts = ("科类\t专业\t计划数\n\t提前批\t12", row)
    assert continues(*(rows_of(fragments_of(t)[0], Ledger(t)) for t in texts)) == goes_on


def test_a_header_of_other_parts_begins_another_table() -> None:
    head = "<tr><td rowspan=2>专业</td><td colspan=2>{}</td><td colspan=2>{}</td></tr>"
    head += "<tr><td>平均</td><td>最高</td><td>平均</td><td>最高</td></tr>"
    row = "<tr><td>甲学</td><td>671</td><td>686</td><td>669</td><td>694</td></tr>"
    texts = [f"<table>{head.format(*parts)}{row * 3}</table>" for parts in (("东省", "西省"), ("南省", "北省"))]
    assert not continues(*(rows_of(fragments_of(t)[0], Ledger(t)) for t in texts))


_KNOWN = json.loads((Path(__file__).parent / "cases" / "known-failures.json").read_text(encoding="utf-8"))


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize("case", [c for c in _KNOWN if c["test"] == "tables"], ids=lambda c: c["name"])
def test_known_failures(case: dict[str, Any]) -> None:
    assert strings(build(case["text"])[0]) == case["rows"]
