"""A table printed twice comes out once, complete; where the prints differ both readings are told."""

from __future__ import annotations

from bundles import run
from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.traced import Run, Traced
from juanzong.stages.links.second_prints import merge_second_prints
from juanzong.stages.tables.build import table_of
from juanzong.stages.tables.read import rows_of
from tables_kit import build, fragments_of, homes, strings

_HEAD = "序号\t专业\t产业\t文件\n"
_FIRST = (
    _HEAD
    + """1\t甲学\t1. 种植业 2. 养殖业 3. 加工业\t
2\t乙学\t\t
3\t丙学\t1. 物流产业\t1. 《丙规划（2021年）》对物流的要求"""
)
_SECOND = (
    _HEAD
    + """1\t甲学\t\t1. 《甲规划》
2\t乙学\t1. 种植业 2. 养殖业 3. 加工业\t
3\t丙学\t1. 物流产业\t1. 《丙规划（2022年）》对物流的要求"""
)


def _merge(*texts: str) -> tuple[list[tree.Table], Ledger, list[Finding], str]:
    source = "\n%%\n".join(texts)
    ledger, findings = Ledger(source), []  # type: Ledger, list[Finding]
    tables = [table_of([rows_of(lines, ledger)], ledger, findings) for lines in fragments_of(source)]
    title = Traced((Run("专业对接表", 0, 0, True),))
    merge_second_prints([tree.Document("annex_table", title, body=[t]) for t in tables], ledger, findings)
    return tables, ledger, findings, source


def test_each_print_gives_what_the_other_lost() -> None:
    (first, second), ledger, findings, source = _merge(_FIRST, _SECOND)
    assert strings(first)[1:] == [
        ["1", "甲学", "1.种植业2.养殖业3.加工业", "1.《甲规划》"],
        ["2", "乙学", "1.种植业2.养殖业3.加工业", "1.《甲规划》"],
        ["3", "丙学", "1.物流产业", "1.《丙规划（2021年）》对物流的要求"],
    ]
    assert (second.rows, second.same_as) == ([], first)
    assert set(homes(source, [first, second], ledger)) == {1}
    told = [f for f in findings if f.severity == "warning" and f.check == "second-print"]
    assert [(f.evidence["first"], f.evidence["second"]) for f in told] == [
        ("1. 《丙规划（2021年）》对物流的要求", "1. 《丙规划（2022年）》对物流的要求")
    ]
    assert [(e.before, e.after) for e in ledger.edits() if e.status == "suggested"] == [("1", "2")]


def test_the_same_form_with_other_figures_is_another_table() -> None:
    tables, *_ = _merge(
        "地区\t2019年\t2020年\n甲县\t51\t52\n乙县\t61\t62\n丙县\t71\t72",
        "地区\t2019年\t2020年\n甲县\t15\t25\n乙县\t16\t26\n丙县\t17\t27",
    )
    assert all(t.rows for t in tables)


def test_one_print_alone_stays() -> None:
    table, ledger, _ = build(_FIRST)
    assert strings(table)[0] == ["序号", "专业", "产业", "文件"]
    assert not ledger.edits()


def test_a_row_that_lost_its_name_is_still_the_same_row() -> None:
    head, rest = "序号\t渠道\t长度\t亩数\n1\t东渠\t18.5\t120\n2\t西渠\t22.3\t156\n", "\n4\t南渠\t9.1\t52"
    (first, second), *_ = _merge(head + "3\t北渠\t7.8\t43" + rest, head + "3\t\t7.8\t43" + rest)
    assert strings(first)[3] == ["3", "北渠", "7.8", "43"] and second.same_as is first
    tables, *_ = _merge(head + "3\t北渠\t7.8\t43" + rest, head + "3\t\t7.9\t44" + rest)
    assert all(t.rows for t in tables)


def test_a_lost_cell_that_its_neighbour_was_taken_to_span_is_filled_though_they_read_alike() -> None:
    first = "序号\t站点\t乡镇\t雨量\n1\t上坪站\t上坪乡\t56\n2\t龙潭站\t\t48\n3\t花桥站\t花桥镇\t71"
    second = "序号\t站点\t乡镇\t雨量\n1\t上坪站\t上坪乡\t56\n2\t龙潭站\t龙潭镇\t48\n3\t花桥站\t花桥镇\t71"
    html = first.replace("\n", "</td></tr><tr><td>").replace("\t", "</td><td>")
    (table, other), _, _, _ = _merge(f"<table><tr><td>{html}</td></tr></table>", second)
    assert strings(table)[2] == ["2", "龙潭站", "龙潭镇", "48"]
    assert other.same_as is table


def test_prints_that_wide_blanks_part_are_two_prints_and_their_captions_no_running_heads() -> None:
    table = ["表1 工程表", "", "", "| 序号 | 工程 | 地点 | 投资 |", "|---|---|---|---|"]
    table += ["| 1 | 河道清淤工程 | 东山区 | 320 |", "| 2 | 水库加固工程 | 西河区 | 540 |", "", ""]
    title = "松城市工程情况报告"
    out = run([title, "", "", "一、工程", "", "", *table, *table])
    first, second = out[title]["body"][0]["children"]
    assert (len(first["rows"]), first["number"], "rows" in second, second["number"]) == (3, "表1", False, "表1")
    assert not [e for e in out["#edits"] if e["rule"] == "running-head"]
