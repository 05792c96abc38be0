"""Lines between two texts that begin no document: a legend, a masthead in two languages. A title behind them does."""

from __future__ import annotations

from bundles import run, titles

BEFORE = [
    "松城市绿道方案",
    "",
    "一、总体要求",
    "",
    "到2025年，建成绿道100公里。",
    "",
    "区名\t里程",
    "东区\t40",
    "西区\t60",
    "",
    "",
    "",
]
BEHIND = ["松城市绿道管理办法", "", "第一条 为了管好绿道，制定本办法。", "", "第二条 绿道由区政府管理。", ""]


def test_a_legend_begins_no_document() -> None:
    out = run([*BEFORE, "图例", "", "● 市级中心", " ○ 区级中心", " 一轴", "", "", "", *BEHIND])
    assert titles(out) == ["松城市绿道方案", "松城市绿道管理办法"]


def test_a_masthead_in_two_languages_begins_no_document() -> None:
    masthead = ["松城市人民政府", "", "Songcheng Municipal People's Government", "", "索引号: 0069-2021-1", ""]
    out = run([*BEFORE, *masthead, "发布机构: 松城市人民政府办公室", "", *BEHIND])
    assert titles(out) == ["松城市绿道方案", "松城市绿道管理办法"]
