"""The audit of what is told about documents: evidence, findings, edits, merged tables; and the output derived again."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import juanzong
from bundles import CONTENTS, COVER, NOTICE, PLAN, REGULATION, TABLE, saved
from juanzong.output.audit import audit
from juanzong.output.audit_pages import misplaced
from test_audit import rewrite

_PRINT = [
    "重点项目表",
    "",
    "单位：万元",
    "",
    "序号\t项目\t投资",
    "1\t水利工程\t12.5",
    "2\t绿化工程\t13.5",
    "3\t道路工程\t14",
    "",
]
_REPORT = [
    "松城市绿化情况报告",
    "",
    "《松城市绿化发展规划》提出“全市新增绿地120公顷，建成公园35处，人均公园绿地面积居全省前列，群众满意度不断提高”。《松城市水源规划》另有安排。详见附件7和表9。",
    "",
    "一是抓绿化。",
    "",
    "**抓水源。**水源稳定。",
    "",
]
_LISTED = [*CONTENTS[:-1], "4.《松城市绿化情况报告》", ""]
_TEXT = "\n".join(COVER + _LISTED + TABLE + NOTICE + PLAN + _PRINT + REGULATION + _PRINT + _REPORT)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with raw/s.txt and clean/s: a quotation, citations, references and a second print are in it."""
    return saved(tmp_path_factory.mktemp("good"), _TEXT)


def first(rows: list[Any], kind: str) -> Any:
    return next(r for r in rows if r.get("kind") == kind)


def merged(rows: list[Any]) -> list[Any]:
    return [e for e in rows if e["stage"] == "second-prints"]


def _on_a_page(rows: list[Any]) -> None:
    """A page in the bundle, or in a row of the trace a place behind its right edge."""
    if "sources" in rows[0]:
        rows[0]["sources"][0]["pages"] = [{"page": 1, "width": 90.0, "height": 90.0}]
    else:
        rows[0]["pages"] = [{"page": 1, "bbox": [95.0, 10.0, 99.0, 20.0]}]


def _second_first(rows: list[Any]) -> None:
    """Two findings of one check and message, the second of them first."""
    rows[0].pop("row", None)
    rows[:1] = [{**rows[0], "id": f"{rows[0]['id']}-2"}, rows[0]]


def plan_of(home: Path) -> str:
    [path] = (p for p in (home / "clean/s/documents").iterdir() if p.name.startswith("plan-"))
    return f"documents/{path.name}"


Change = Callable[[list[Any]], Any]
# name: (file, change, what the message must hold)
BREAKS: dict[str, tuple[str, Change, str]] = {
    "evidence of no schema": ("evidence.jsonl", lambda rows: rows[0].update(kind="gossip"), "gossip"),
    "a verdict that is not counted": (
        "evidence.jsonl", lambda rows: first(rows, "reference").update(verdict="undecided"), "not the verdicts",
    ),
    "a row of evidence gone": ("evidence.jsonl", lambda rows: rows.pop(), "not the verdicts"),
    "a count of verdicts": (
        "bundle.json", lambda rows: rows[0]["counts"]["evidence"]["citations"].update(agrees=9), "not the verdicts",
    ),
    "a row twice": ("evidence.jsonl", lambda rows: rows.append(rows[0]), "stands twice"),
    "a citation of another title": (
        "evidence.jsonl", lambda rows: first(rows, "citation").update(title="别的规划"), "not that of what the row says",
    ),
    "a passage that says something else": (
        "evidence.jsonl", lambda rows: first(rows, "quotation").update(text="别的"), "not that of what the row says",
    ),
    "a document that is not there": (
        "evidence.jsonl", lambda rows: first(rows, "citation").update(document="plan-x"), "no document plan-x",
    ),
    "a citation that is not there": (
        "evidence.jsonl", lambda rows: first(rows, "quotation")["cited"].update(citation="c-0123456789"), "no citation",
    ),
    "another print that is not there": (
        "evidence.jsonl", lambda rows: first(rows, "quotation").update(other_prints=["q-0123456789"]), "no other print",
    ),
    "a difference that the passage does not have": (
        "evidence.jsonl", lambda rows: first(rows, "quotation")["differences"][0].update(quoted="99"), "not what the passage has",
    ),
    "a difference of another kind": (
        "evidence.jsonl", lambda rows: first(rows, "quotation")["differences"][0].update(op="added"), "cannot be printed",
    ),
    "a part outside the passage": (
        "evidence.jsonl", lambda rows: first(rows, "quotation")["parts"][0].update(range=[0, 999]), "no range of the passage",
    ),
    "a part without its place": (
        "evidence.jsonl", lambda rows: first(rows, "quotation")["parts"][0].update(at=[]), "0 places",
    ),
    "a place whose source says something else": (
        "evidence.jsonl", lambda rows: first(rows, "citation")["place"].update(source=[[0, 6]]), "says otherwise",
    ),
    "a place cut short": ("evidence.jsonl", lambda rows: first(rows, "quotation")["place"].update(range=[13, 40]), "says otherwise"),
    "a place outside its string": (
        "evidence.jsonl", lambda rows: first(rows, "citation")["place"].update(range=[0, 9999]), "no range",
    ),
    "a place outside the source": (
        "evidence.jsonl", lambda rows: first(rows, "citation")["place"].update(source=[[0, 99999]]), "no ranges of the source",
    ),
    "a place one character short in the source": (
        "evidence.jsonl",
        lambda rows: first(rows, "quotation")["place"]["source"][0].__setitem__(0, first(rows, "quotation")["place"]["source"][0][0] + 1),
        "says otherwise",
    ),
    "a lead that is gone": ("report-*", lambda rows: next(b for b in rows[0]["body"] if "lead" in b).pop("lead"), "the source '抓水源'"),
    "a lead one character short": (
        "report-*", lambda rows: next(b for b in rows[0]["body"] if "lead" in b).update(lead="抓水"), "says '抓水'",
    ),
    "a value that is null": ("report-*", lambda rows: rows[0]["body"][0].update(lead=None), "null"),
    "an edit out of order": ("edits.jsonl", lambda rows: rows.insert(0, rows.pop()), "out of order"),
    "an edit of no pass": ("edits.jsonl", lambda rows: rows[0].update(stage="charakters"), "no pass charakters"),
    "an edit without its evidence": ("edits.jsonl", lambda rows: rows[0].pop("evidence"), "Field required"),
    "a row of evidence out of order": ("evidence.jsonl", lambda rows: rows.insert(0, rows.pop()), "out of order"),
    "a source of another name": ("bundle.json", lambda rows: rows[0]["sources"][0].update(text="x.txt"), "neither the source"),
    "a page twice": (
        "bundle.json", lambda rows: rows[0]["sources"][0].update(pages=[{"page": 1, "width": 9, "height": 9}] * 2), "stands twice",
    ),
    "a place off its page": ("bundle.json, trace.jsonl", lambda rows: _on_a_page(rows), "stands off a page"),
    "a string without its page": (
        "bundle.json",
        lambda rows: rows[0]["sources"][0].update(pages=[{"page": 1, "width": 90.0, "height": 90.0}]),
        "names no page",
    ),
    "a finding on no page": ("findings.jsonl", lambda rows: rows[0]["evidence"].update(page=3), "no page 3"),
    "no source": ("bundle.json", lambda rows: rows[0]["sources"].clear(), "at least 1 item"),
    "an offset that is no whole number": ("edits.jsonl", lambda rows: rows[0].update(source=[0.0, 3.0]), "valid integer"),
    "a truth for a number": ("bundle.json", lambda rows: rows[0]["counts"].update(tables=True), "valid integer"),
    "the last finding of its severity gone": (
        "findings.jsonl", lambda rows: rows.__setitem__(slice(None), [f for f in rows if f["severity"] != "error"]), "the files have 0",
    ),
    "a document without its metadata": ("notice-*", lambda rows: rows[0].pop("metadata"), "no string stands there"),
    "a row of the trace out of order": ("trace.jsonl", lambda rows: rows.insert(0, rows.pop()), "out of order"),
    "documents out of order": ("bundle.json", lambda rows: rows[0]["documents"].reverse(), "but before it in the source"),
    "a finding that stands elsewhere": (
        "findings.jsonl",
        lambda rows: next(f for f in rows if "row" in f["evidence"] and f["where"]).update(where=[]),
        "where its rows of evidence do",
    ),
    "a row of evidence that no finding tells of": (
        "findings.jsonl", lambda rows: rows.remove(next(f for f in rows if f["check"] == "reference-dangling")), "no finding tells",
    ),
    "an edit's rule": ("edits.jsonl", lambda rows: rows[0].update(rule="other-rule"), "not that of what the row says"),
    "a finding's message": ("findings.jsonl", lambda rows: rows[0].update(message="别的"), "not that of what the row says"),
    "a finding's check": ("findings.jsonl", lambda rows: rows[0].update(check="other-check"), "not that of what the row says"),
    "a finding at another severity": (
        "findings.jsonl", lambda rows: rows[-1].update(severity="error"), "stands behind lesser ones",
    ),
    "a finding of a row that is not there": (
        "findings.jsonl", lambda rows: next(f for f in rows if "row" in f["evidence"])["evidence"].update(row="q-0123456789"), "no row",
    ),
    "a finding that is about nothing": (
        "findings.jsonl", lambda rows: next(f for f in rows if f["where"])["where"][0].update(pointer="/body/99"), "nothing stands",
    ),
    "no finding tells of a merge": (
        "findings.jsonl", lambda rows: rows.remove(next(f for f in rows if f["check"] == "second-print")), "no finding tells",
    ),
    "the source's encoding": ("bundle.json", lambda rows: rows[0]["sources"][0].update(encoding="gb18030"), "the file is in utf-8"),
    "the bundle's title": ("bundle.json", lambda rows: rows[0].update(title="别的"), "the first title of the documents"),
    "readers of another format": ("bundle.json", lambda rows: rows[0]["sources"][0].update(readers=["html"]), "do not read"),
    "a finding behind the one told after it": ("findings.jsonl", lambda rows: _second_first(rows), "before the one that it follows"),
    "the source's length": ("bundle.json", lambda rows: rows[0]["sources"][0].update(characters=7), "the text has"),
    "a contents list told otherwise": ("bundle.json", lambda rows: rows[0]["contents"].pop(), "not the contents list"),
    "a contents entry of no document": (
        "bundle.json", lambda rows: rows[0]["contents"][0].update(document="plan-x"), "no document plan-x",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKS)
def test_each_break_is_found(name: str, good: Path, tmp_path: Path) -> None:
    file, change, words = BREAKS[name]
    shutil.copytree(good, tmp_path / "b")
    folder = tmp_path / "b/clean/s"
    assert not audit(folder).faults
    for name in file.split(", "):
        rewrite(folder / name if "*" not in name else next((folder / "documents").glob(name)), change)
    told = audit(folder).faults
    assert any(words in f.message for f in told), told


def second_print(documents: Path) -> tuple[Path, dict[str, Any]]:
    """The file that holds the merged table, and where its record stands."""
    for path in documents.iterdir():
        found: list[dict[str, Any]] = []
        rewrite(path, lambda rows, found=found: found.extend(same_as(rows[0]["body"])))  # type: ignore[misc]
        if found:
            return path, found[0]["same_as"]
    raise AssertionError("no merged table")


def same_as(blocks: list[Any]) -> list[Any]:
    return [b for b in blocks if b.get("same_as")] + [x for b in blocks for x in same_as(b.get("children", []))]


def test_a_merge_of_two_different_tables_is_found(good: Path, tmp_path: Path) -> None:
    """As if the merged print had been another table: its cells in source and edits, which agree with each other."""
    shutil.copytree(good, tmp_path / "b")
    folder = tmp_path / "b/clean/s"
    raw = tmp_path / "b/raw/s.txt"
    text = raw.read_text("utf-8")
    other = {"水利工程": "图书采购", "绿化工程": "设备更新", "道路工程": "校园文化"}

    def alter(rows: list[Any]) -> None:
        nonlocal text
        for edit in merged(rows):
            if edit["before"] in other:
                edit["before"], (a, b) = other[edit["before"]], edit["source"]
                text = text[:a] + edit["before"] + text[b:]

    rewrite(folder / "edits.jsonl", alter)
    raw.write_text(text, "utf-8")
    messages = [f.message for f in audit(folder).faults]
    assert any("stand in none of the table's" in m and "two tables" in m for m in messages), messages


@pytest.mark.parametrize("change", ["caption", "target", "record"])
def test_a_merge_into_another_place_is_found(change: str, good: Path, tmp_path: Path) -> None:
    shutil.copytree(good, tmp_path / "b")
    path, where = second_print(tmp_path / "b/clean/s/documents")
    words = {"caption": "here", "target": "no table with rows", "record": "nothing stands"}[change]

    def alter(rows: list[Any]) -> None:
        [table] = same_as(rows[0]["body"])
        if change == "caption":
            table["caption"] = "全部人员名册"
        else:
            table["same_as"]["pointer"] = "/body" if change == "target" else "/body/77"

    if change == "target":
        rewrite(
            path,
            lambda rows: same_as(rows[0]["body"])[0]["same_as"].update(document=rows[0]["id"], pointer="/metadata"),
        )
    else:
        rewrite(path, alter)
    messages = [f.message for f in audit(tmp_path / "b/clean/s").faults]
    assert any(words in m for m in messages), (where, messages)


def test_an_output_derived_again_is_the_same(good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(good, tmp_path / "b")
    monkeypatch.chdir(tmp_path / "b")
    folder = Path("clean/s")
    assert not audit(folder, again=True).faults
    rewrite(folder / "edits.jsonl", lambda rows: rows[0].update(confidence=0.5))  # no other file says so
    assert not audit(folder).faults
    [fault] = audit(folder, again=True).faults
    assert (fault.check, fault.file, fault.place) == ("differs", "edits.jsonl", "line 1")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", "序号,名称\n1,水利\n2,绿化\n3,道路\n"), ("a.html", "<html><body><p>第一段。</p><p>第二段。</p>")],
)
def test_another_media_type_is_found(name: str, content: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    folder = juanzong.normalize(tmp_path / name).save(tmp_path / "clean")
    assert not audit(folder, tmp_path / name).faults
    rewrite(folder / "bundle.json", lambda rows: rows[0]["sources"][0].update(media_type="application/json"))
    [fault] = audit(folder, tmp_path / name).faults
    assert fault.place == "/sources/0/media_type"


def test_what_an_output_of_an_archive_lost_of_its_files_is_found(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("1.html", "<html><body><p>第一段。</p><p hidden>藏起的话。</p>")
        archive.writestr("2.html", "<html><body><p>另一页。</p>")
    folder = juanzong.normalize(tmp_path / "a.zip").save(tmp_path / "clean")
    assert not audit(folder, tmp_path / "a.zip").faults
    rewrite(folder / "findings.jsonl", lambda rows: [f["evidence"].update(text="") for f in rows])
    assert [f.check for f in audit(folder, tmp_path / "a.zip").faults] == ["reader-lost-text"]


def test_a_page_that_its_reader_did_not_give_is_told_as_lost() -> None:
    source = {"media_type": "application/pdf", "path": "a.pdf", "text": "source.txt"}
    bundle = {"sources": [{**source, "pages": [{"page": 1, "width": 9.0, "height": 9.0}]}], "documents": []}
    findings = [{"check": check, "evidence": {"page": 3}} for check in ("reader-lost-text", "long-line")]
    output: Any = SimpleNamespace(bundle=bundle, findings=findings, trace=[])
    assert list(misplaced(output)) == [("findings.jsonl line 2", "there is no page 3")]
