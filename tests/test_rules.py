"""The rules for characters on cases as data: in the wild, synthetic, negative, and known failures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.core.traced import Traced
from juanzong.stages.characters.clean import clean

CASES = Path(__file__).parent / "cases"


KNOWN = json.loads((CASES / "known-failures.json").read_text(encoding="utf-8"))


def cases(name: str) -> list[Any]:
    rows = json.loads((CASES / f"rules-{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(row, id=row["story"]) for row in rows]


def cleaned(source: str, role: str = "body") -> tuple[str, Ledger]:
    """The text after all rules, in a document where it plays this role, and the edits."""
    text = Traced.of(source, 0, len(source))
    document = tree.Document("plan", Traced())
    if role == "body":
        document.body = [tree.Paragraph(text)]
    elif role == "cell":
        document.body = [tree.Table(rows=[tree.Row([tree.Cell(text)])])]
    elif role == "figure":
        document.body = [tree.Figure(text=[text])]
    elif role == "title":
        document.title = text
    else:
        document.metadata = {role: text}
    ledger = Ledger(source)
    clean([document], ledger, source=source)
    out: list[Traced] = []
    tree.map_texts(document, lambda t, _: (out.append(t), t)[1])
    return "".join(t.text for t in out), ledger


@pytest.mark.parametrize("case", cases("found-in-the-wild") + cases("synthetic"))
def test_defects_are_mended_by_edits(case: dict[str, str]) -> None:
    text, ledger = cleaned(case["before"], case.get("role", "body"))
    assert text == case["after"]
    assert all(e.rule and e.before != e.after for e in ledger.edits())


@pytest.mark.parametrize("case", cases("negative"))
def test_what_is_right_stays(case: dict[str, str]) -> None:
    text, ledger = cleaned(case["text"], case.get("role", "body"))
    assert text == case["text"]
    assert not ledger.edits()


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize("case", [pytest.param(row, id=row["story"]) for row in KNOWN if row["test"] == "rules"])
def test_known_failures(case: dict[str, str]) -> None:
    assert cleaned(case["before"], case.get("role", "body"))[0] == case["after"]


@pytest.mark.parametrize("case", cases("found-in-the-wild") + cases("synthetic"))
def test_a_clean_text_needs_nothing_more(case: dict[str, str]) -> None:
    text, ledger = cleaned(case["after"], case.get("role", "body"))
    assert text == case["after"]
    assert not [e for e in ledger.edits() if e.status == "applied"]


def test_a_title_in_two_halves_keeps_its_space_where_the_contents_list_has_it() -> None:
    source = "深入推进改革 建设富裕乡村\n深入推进改革 建设富裕 乡村"
    entry, heading = Traced.of(source, 0, 13), Traced.of(source, 14, len(source))
    section = tree.Section(1, title=heading)
    document = tree.Document("plan", Traced(), contents=[tree.ContentsEntry(1, Traced(), entry)], body=[section])
    clean([document], Ledger(source), source=source)
    assert section.title.text == document.contents[0].title.text == "深入推进改革 建设富裕乡村"


def test_a_lone_traditional_character_is_mended_only_where_the_bundle_has_the_words() -> None:
    known, _ = cleaned("位于江海区的企业，江海區的水利")
    assert known == "位于江海区的企业，江海区的水利"
    unknown, ledger = cleaned("加快潯江治理，改进各项服务")
    assert "潯" in unknown
    assert [e.after for e in ledger.edits() if e.status == "suggested"] == ["浔"]


def test_names_of_people_in_traditional_characters_stay_unless_the_bundle_has_them_in_simplified_ones() -> None:
    rest = "、王明、李小山，负责调查全市公园的绿化管养情况，提出改进办法，起草年度报告"
    unknown, ledger = cleaned("课题组成员：吳詩鈴" + rest)
    assert "吳詩鈴" in unknown
    assert [e.after for e in ledger.edits() if e.status == "suggested"] == ["吴", "诗", "铃"]
    known, _ = cleaned("课题组成员：吳詩鈴" + rest + "；吴诗铃执笔")
    assert "吳" not in known


def test_a_bullet_read_as_a_dash_comes_back() -> None:
    source = "● 体制完善。\n- 风险可控。"
    paragraphs: list[tree.Block] = [tree.Paragraph(Traced.of(source, 0, 7)), tree.Paragraph(Traced.of(source, 8, 15))]
    clean([tree.Document("plan", Traced(), body=paragraphs)], Ledger(source), source=source)
    assert [p.text.text for p in paragraphs if isinstance(p, tree.Paragraph)] == ["● 体制完善。", "● 风险可控。"]


@pytest.mark.parametrize(
    ("texts", "leads"),
    [
        (["——**质效优先。**坚持质量", "普通段落，没有短语。"], ["质效优先", None]),
        (["1. 平台。**建设平台", "2. 人才。**引进人才"], ["平台", "人才"]),
        (
            ["坚持党的领导。加强建设，", "坚持人民至上。改善民生，", "坚持系统观念。统筹发展，"],
            ["坚持党的领导", "坚持人民至上", "坚持系统观念"],
        ),
        (["工作完成。下一步继续，", "这是一段没有短语的普通文字，"], [None, None]),
    ],
)
def test_leads(texts: list[str], leads: list[str | None]) -> None:
    source = "\n".join(texts)
    body: list[tree.Block] = []
    at = 0
    for t in texts:
        body.append(tree.Paragraph(Traced.of(source, at, at + len(t))))
        at += len(t) + 1
    clean([tree.Document("plan", Traced(), body=body)], Ledger(source), source=source)
    assert [p.lead_text() for p in body if isinstance(p, tree.Paragraph)] == leads
