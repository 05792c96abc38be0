"""Structure as a reader sees it: cases as data, and the laws that hold for any order of documents."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from bundles import CONTENTS, COVER, NOTICE, PLAN, REGULATION, TABLE, claimed_twice, outline, run, titles
from juanzong.core.lines import Line, line_of
from juanzong.core.traced import Traced
from juanzong.stages.pieces.items import Item
from juanzong.stages.pieces.page_widths import full_widths
from juanzong.stages.structure.cuts import shows_pages

CASES: list[dict[str, Any]] = [
    case
    for name in ("structure.json", "texts.json")  # made up; families seen on public texts
    for case in json.loads((Path(__file__).parent / "cases" / name).read_text("utf-8"))
]
KNOWN = json.loads((Path(__file__).parent / "cases" / "known-failures.json").read_text("utf-8"))
GAP = ["", "", ""]


def _pick(document: dict[str, Any], path: str) -> Any:
    value: Any = document
    for key in path.split("/"):
        value = value[int(key)] if isinstance(value, list) else value.get(key)
    return value


@pytest.mark.parametrize(
    "case",
    [
        *(pytest.param(c, id=c["name"]) for c in CASES),
        *(
            pytest.param(c, id=c["name"], marks=pytest.mark.xfail(strict=True, reason="known failure"))
            for c in KNOWN
            if c["test"] == "structure"
        ),
    ],
)
def test_case(case: dict[str, Any]) -> None:
    out = run(case["lines"])
    assert not claimed_twice(case["lines"], out)
    if "titles" in case:
        assert titles(out) == case["titles"]
    for title, expected in case.get("outline", {}).items():
        assert outline(out[title]["body"]) == expected
    for title, fields in case.get("fields", {}).items():
        assert {path: _pick(out[title], path) for path in fields} == fields
    assert {f["check"] for f in out["#findings"]} >= set(case.get("findings", []))
    assert not [f for f in out["#findings"] if f["check"] in ("unplaced-text", *case.get("absent", []))]


def _same(a: dict[str, Any], b: dict[str, Any], title: str) -> None:
    assert a[title] == b[title], title


def test_documents_do_not_depend_on_the_contents_list() -> None:
    parts = GAP.__class__([*TABLE, *GAP, *NOTICE, *PLAN, *GAP, *REGULATION])
    with_list, without = run([*COVER, *CONTENTS, *GAP, *parts]), run([*COVER, *GAP, *parts])
    assert titles(with_list)[1:] == titles(without)[1:]
    for title in titles(with_list)[1:]:
        _same(with_list, without, title)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3)))[1:])
def test_documents_do_not_depend_on_their_place(order: tuple[int, ...]) -> None:
    groups = [[*TABLE, *GAP], [*NOTICE, *PLAN, *GAP], [*REGULATION, *GAP]]
    head = [*COVER, *CONTENTS, *GAP]
    first, moved = (
        run([*head, *groups[0], *groups[1], *groups[2]]),
        run([*head, *(line for k in order for line in groups[k])]),
    )
    assert sorted(titles(first)) == sorted(titles(moved))
    for title in titles(first):
        _same(first, moved, title)


def test_every_contents_entry_is_tied_to_its_document() -> None:
    out = run([*COVER, *CONTENTS, *GAP, *TABLE, *GAP, *NOTICE, *PLAN, *GAP, *REGULATION])
    assert [c["document"] for c in out["#bundle"]["contents"]] == [
        out[t]["id"] for t in ("专业与产业对接情况表", "松城市绿化发展规划", "松城市公园管理办法")
    ]
    assert out["松城市绿化发展规划"]["promulgated_by"] == out[NOTICE[0]]["id"]


def test_a_missing_entry_and_an_unlisted_document_are_reported() -> None:
    out = run(
        [
            *COVER,
            *CONTENTS,
            *GAP,
            *TABLE,
            *GAP,
            *NOTICE,
            *PLAN,
            *GAP,
            "松城市防汛应急预案工作方案",
            "",
            "一、总体要求",
            "",
            "坚持预防为主。",
            "",
        ]
    )
    checks = [f["check"] for f in out["#findings"]]
    assert "contents-entry-missing" in checks and "document-not-in-contents" in checks


def test_a_cut_goes_on_across_its_footnote_and_the_marker_is_anchored() -> None:
    plan = run([*NOTICE, *PLAN])["松城市绿化发展规划"]
    paragraph = plan["body"][1]["children"][0]["children"][0]
    assert paragraph["text"].endswith("居全省前列，群众满意度不断提高。")
    note = plan["footnotes"][0]
    assert (note["marker"], note["text"]) == ("①", "公园绿地：向公众开放的绿地。")
    assert note["anchor"]["pointer"] == "/body/1/children/0/children/0/text"


def test_printed_lines_are_put_together_and_page_furniture_is_dropped() -> None:
    text = (
        "绿化面积稳步扩大，全市新增绿地一百二十公顷，建成公园三十六处，人均公园绿地面积居全省前列"
        "，群众满意度不断提高，城乡环境明显改善，绿色产业快速发展，花卉苗木年产值突破十亿元大关。"
    )
    rows = [text[:26], *(text[26:][k : k + 28] for k in range(0, len(text), 28) if text[26:][k : k + 28])]
    pages: list[str] = ["松城市绿化发展规划", "    为推进全市绿化，制定本规划。", "第一章 发展基础"]
    for number in range(1, 5):
        pages += [
            "    " + rows[0],
            *rows[1:],
            "    " + rows[0],
            rows[1],
            f"— {number} —",
            "",
            "",
            "松城市绿化发展规划",
            *rows[2:],
        ]
    out = run(pages)
    plan = out["松城市绿化发展规划"]
    assert out["#bundle"]["sources"][0]["style"] == ["printed"]
    paragraphs = [b["text"] for b in plan["body"][1]["children"]]
    assert paragraphs == [text] * 8
    rules = [e["rule"] for e in out["#edits"] if e["kind"] == "drop"]
    assert rules.count("page-number") == 4 and rules.count("running-head") == 4


def test_a_page_of_first_lines_is_as_wide_as_its_neighbour() -> None:
    def page(*lengths: int) -> list[Line]:
        return [line_of(Traced.of("松，" + "松" * (n - 2), 0, n), 1) for n in lengths]

    prose, first_lines, narrow = (
        page(24, 26, 26, 26, 26, 24, 26),
        page(24, 24, 24, 24, 26, 26, 20),
        page(24, 24, 24, 24),
    )
    few = page(26, 20)
    assert full_widths([prose, first_lines, narrow, few]) == [52, 52, 48, 52]
    assert full_widths([prose, page(24, 24, 24, 24, 24, 26), prose]) == [52, 52, 52]
    said = "褚卫国　蒋　礼　尤里克　秦　川"
    names = [line_of(Traced.of(said, 0, len(said)), n + 1) for n in range(5)]
    assert full_widths([prose, names, prose]) == [52, 52, 52]
    unlike = page(25, 25, 25, 25, 25)
    assert full_widths([prose, prose, unlike, page(24, 24, 24, 24, 24, 26)]) == [52, 52, 50, 52]  # as most pages are


def test_lines_without_a_stop_tell_no_width() -> None:
    def page(*said: str) -> list[Line]:
        return [line_of(Traced.of(text, 0, len(text)), n + 1) for n, text in enumerate(said)]

    names = [
        "松城市清风县图书馆陈小明",
        "松城市龙塘县消防救援大队",
        "松城市银山县民政局陈建新",
        "松城市望江区中心小学王明",
    ]
    prose = ["松" * 12 + "，" + "松" * 13] * 5
    assert full_widths([page(*prose), page(*names)]) == [52, 52]
    assert full_widths([page(*prose), page(*(name[:6] + "，" + name[6:11] for name in names))]) == [52, 24]
    assert full_widths([page(*prose[:2]), page(*names)]) == [52, 52]  # too few to tell, but for its neighbour


def test_page_signs_of_one_document_say_nothing_about_another() -> None:
    sentence = "各级主管部门应当加强园林绿化工作的组织领导和督促检查，保障经费投入，完善管护制度，提高养护水平。"
    paged = ["松城市绿化规划", "", "一、总体要求"] + [
        line
        for n in range(1, 9)
        for line in ("", f"{sentence * 12}全年新增绿地", "", f"— {n} —", "", "", "面积十公顷。")
    ]
    plain = ["松城市养护方案", "", "一、总体要求"] + [
        line for _ in range(8) for line in ("", sentence * 12, "", f"{sentence}累计修复湿地", "", "五处以上。")
    ]
    out = run([*paged, *GAP, *plain])
    assert any(text.strip().endswith("累计修复湿地五处以上。") for text in outline(out["松城市养护方案"]["body"]))
    assert any(text.strip().endswith("新增绿地面积十公顷。") for text in outline(out["松城市绿化规划"]["body"]))


def test_a_line_longer_than_any_print_has_no_pages() -> None:
    def piece(length: int) -> Item:
        text = Traced.of("松" * length, 0, length)
        return Item([line_of(text, 1)], text, text.text, text.text, page_break=True)

    pages = [piece(600) for _ in range(6)]
    assert shows_pages([pages]) == shows_pages([[*pages, piece(20_000)]]) == [True]
    assert shows_pages([[*pages, *(piece(4_000) for _ in range(5))]]) == [False]
