"""juanzong evidence: the table, the rows, the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.test_evidence_rows import OTHER, OTHER_NAME, PLAN, PLAN_NAME, bundle

from juanzong.commands.evidence import evidence


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from juanzong.run import run_bundle

    base = tmp_path_factory.mktemp("evidence")
    rows = [
        (f"1. {PLAN_NAME}", f"1. 《规划》指出，{PLAN[2].replace('12亿', '15亿')}"),
        (f"1. {OTHER_NAME}", f"1. {OTHER[2]}"),
        (f"1. {PLAN_NAME}", f"1. {PLAN[2]}鼓励社会资本投资兴办<b>各类</b>涉水职业培训机构。"),
        (f"1. {PLAN_NAME}", f"1. {PLAN[5]}全面加强水资源的刚性约束，落实用水的制度与定额管理要求。"),
    ]
    path = base / "bundle.txt"
    path.write_text(bundle(rows), encoding="utf-8")
    return run_bundle(path, "bundle", base / "clean")[1]


def call(*args: object) -> Result:
    return CliRunner().invoke(evidence, [str(a) for a in args])


def test_the_table_tells_verdict_place_and_difference(folder: Path) -> None:
    out = call(folder, "--no-color").output
    assert "文字有出入" in out and "〔15→12〕" in out and "第一章 总体要求" in out
    assert "原文照录" in out and "〔无出处：" in out
    assert "最相近：“水资源刚性约束制度，强化用水定额管理”" in out


def test_rows_by_kind_and_verdict(folder: Path) -> None:
    rows = json.loads(call(folder, "--json", "--only", "quotations", "--verdict", "near").output)
    assert [(r["kind"], r["verdict"]) for r in rows] == [("quotation", "near")]
    assert call(folder, "--verdict", "nearly").exit_code != 0


@pytest.mark.parametrize(("some", "code"), [(["--only", "quotations"], 1), (["--verdict", "verbatim"], 0)])
def test_fail_on(folder: Path, some: list[str], code: int) -> None:
    args = [str(folder), "--fail-on", "error", *some]
    assert CliRunner().invoke(evidence, args, standalone_mode=False).return_value == code


def test_the_page_stands_alone_and_shows_both_sides(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert call(folder, "--html", page).exit_code == 0
    html = page.read_text(encoding="utf-8")
    assert "<ins>15</ins><del>12</del>" in html and "<mark>" in html and "class=lost" in html
    assert "http" not in html and "<script" not in html and "<link" not in html
    assert "<b>各类</b>" not in html  # texts are no markup
