"""The audit of facts, of what quotations leave out or add, of evidence of edits, of links: each claim broken once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import juanzong
from bundles import saved
from juanzong.output.audit import audit
from test_audit import rewrite
from test_evidence_rows import PLAN, PLAN_NAME, bundle

_FIGURES = [
    "青禾市生态环境保护规划",
    "一、基础",
    "2020年，全市森林覆盖率达到52.3%。",
    "二、目标",
    "表1 主要指标\n\n指标\t单位\t2020年\t2025年\n森林覆盖率\t%\t53.3\t55\n城镇化率\t%\t63.5\t66",
]
_NOTICE = [
    "青禾市人民政府关于印发《青禾市湿地保护管理办法》的通知",
    "各县人民政府：",
    "现将《青禾市湿地保护管理办法》印发给你们。",
    "青禾市人民政府",
    "2021年3月5日",
    "青禾市湿地保护管理办法",
    "第一条 为了保护湿地，制定本办法。",
    "第二条 湿地面积由2O15年的120公顷增加到2020年的150公顷。",
    "第三条 湿地面积由2015年的120公顷^①增加到2020年的150公顷。",
    "① 湿地面积：不含水库。",
    "抄送：市委各部门。",
]
_ROWS = [
    (PLAN_NAME, PLAN[2] + PLAN[5]),
    (PLAN_NAME, PLAN[2] + "鼓励社会资本投资兴办各类涉水职业培训机构。"),
    (PLAN_NAME, PLAN[2] + PLAN[3][34:]),
]
_TEXT = bundle(_ROWS) + "".join("\n\n\n\n\n" + "\n\n".join(part) for part in (_FIGURES, _NOTICE))


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(tmp_path_factory.mktemp("quotes"), _TEXT)


def having(rows: list[Any], key: str) -> Any:
    return next(r for r in rows if r.get(key))


def _gap(rows: list[Any]) -> Any:
    """The first run that a quotation leaves out and that stands in one string."""
    return next(gap for r in rows for gap in r.get("left_out", ()) if len(gap["at"]) == 1)


def _marked(rows: list[Any]) -> Any:
    """The first paragraph that calls a note."""
    return next(p for article in rows[0]["body"] for p in article["children"] if p.get("notes"))


def witness(rows: list[Any]) -> Any:
    """The first piece of evidence of an edit that says where it stands."""
    return next(e for r in rows for e in r.get("evidence", ()) if e.get("source"))


Change = Callable[[list[Any]], Any]
# name: (file, change, what the message must hold)
BREAKS: dict[str, tuple[str, Change, str]] = {
    "a fact of one place": ("evidence.jsonl", lambda rows: having(rows, "statements")["statements"].pop(), "two places or more"),
    "a value that its place does not have": (
        "evidence.jsonl", lambda rows: having(rows, "statements")["statements"][0].update(value="52.9"), "not what stands at its place",
    ),
    "a run without support that the passage does not have": (
        "evidence.jsonl", lambda rows: having(rows, "unsupported")["unsupported"][0].update(text="别的"), "is not what the passage has",
    ),
    "words left out that do not stand there": (
        "evidence.jsonl", lambda rows: _gap(rows).update(text="别的"), "what is left out",
    ),
    "a place told twice": (
        "evidence.jsonl", lambda rows: having(rows, "parts")["place"].update(source=having(rows, "parts")["place"]["source"] * 2), "told twice",
    ),
    "evidence of an edit that the source does not say": (
        "edits.jsonl", lambda rows: witness(rows).update(text="别的"), "the source says",
    ),
    "evidence of an edit outside the source": (
        "edits.jsonl", lambda rows: witness(rows).update(source=[0, 99_999]), "no range of the source",
    ),
    "an edit outside the source": ("edits.jsonl", lambda rows: rows[0].update(source=[0, 99_999]), "is no range of the source"),
    "a drop that puts something in its place": (
        "edits.jsonl", lambda rows: next(r for r in rows if r["kind"] == "drop").update(after="别的"), "cannot have this range",
    ),
    "a source in another encoding": (
        "bundle.json", lambda rows: rows[0]["sources"][0].update(encoding="gb18030"), "the file is in",
    ),
    "an annex that is none": ("documents/notice-*", lambda rows: rows[0].update(annexes=[rows[0]["promulgates"][0]]), "no annex of it"),
    "an imprint that the notice lacks": (
        "documents/notice-*", lambda rows: rows[0]["metadata"].pop("copied_to"), "is printed in",
    ),
    "a mark of no note": ("documents/regulation-*", lambda rows: _marked(rows)["notes"][0].update(offset=999), "no footnote 0"),
    "a day that is not printed": (
        "documents/notice-*", lambda rows: rows[0]["metadata"].update(issued_on="2021-03-06"), "not the date",
    ),
    "a link to what is not there": ("documents/notice-*", lambda rows: rows[0].update(promulgates=["plan-x"]), "no document plan-x"),
}  # fmt: skip


def test_the_output_is_sound(good: Path) -> None:
    assert audit(good / "clean/s").faults == []


@pytest.mark.parametrize("name", BREAKS)
def test_each_break_is_found(name: str, good: Path, tmp_path: Path) -> None:
    file, change, words = BREAKS[name]
    shutil.copytree(good, tmp_path / "b")
    rewrite(next((tmp_path / "b/clean/s").glob(file)), change)
    told = audit(tmp_path / "b/clean/s").faults
    assert any(words in f.message for f in told), told


def test_a_kept_text_that_is_not_the_files_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a file in another encoding the text is kept: changed, it is not what the file says."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_bytes("松城市节水办法\n\n第一条 为了节水，制定本办法。\n".encode("gb18030"))
    juanzong.normalize("a.txt").save()
    kept = Path("clean/a/source.txt")
    assert audit(kept.parent).faults == []
    kept.write_text(kept.read_text("utf-8").replace("节水办法", "节水条例"), "utf-8")
    assert any("is not the text of" in f.message for f in audit(kept.parent).faults)
