"""What tools, models and web pages put round the text goes before structure is looked for: cases as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bundles import outline, run, titles
from juanzong.core import tree
from juanzong.read import read
from juanzong.run import process

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


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("<tr><td>首页</td><td>医院新闻</td><td>科室介绍</td><td>联系我们</td></tr>", 0),
        ("<tr><td>网站首页</td><td>政务公开</td></tr>", 0),
        (
            "<tr><td>首页</td><td>链接数</td></tr><tr><td>水利局</td><td>30</td></tr>",
            2,
        ),  # control: a table that says more
        ("<tr><td>首页</td><td>应当有单位名称、网站标识</td></tr>", 1),  # control: no entry of a menu
    ],
)
def test_the_menu_of_a_site_set_as_a_table_goes(table: str, rows: int, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    text = "<h1>青石县水利局关于汛期值班的通知</h1><p>各乡镇：</p><p>请做好值班。</p><p>青石县水利局</p><p>2022年6月1日</p>"
    path.write_text(f"<html><body><table>{table}</table>{text}</body></html>", "utf-8")
    bundle = process(read(path, record_as="a.html"), "a")
    tables = [b for d in bundle.documents for b in tree.walk(d.body) if isinstance(b, tree.Table)]
    assert sum(len(t.rows) for t in tables) == rows
    assert any(d.title.text == "青石县水利局关于汛期值班的通知" for d in bundle.documents)
