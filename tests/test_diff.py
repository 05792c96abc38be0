"""juanzong diff: what changed between two outputs, by structure."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import juanzong
from juanzong.commands.diff import diff
from juanzong.core.errors import JuanzongError
from juanzong.review.compare import compare, mark_words
from juanzong.review.diff_text import lines_of
from juanzong.review.folder import read_output
from juanzong.review.report import diff_page
from juanzong.review.words import words
from review_kit import ID, LINES, make

Json = dict[str, Any]


def changed(folder: Path, change: Callable[[Json], object]) -> Path:
    """The folder with its one document changed."""
    path = folder / "documents" / "plan-mou-shi.json"
    document = json.loads(path.read_text("utf-8"))
    change(document)
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return folder


def said(old: Path, new: Path) -> list[tuple[str, str]]:
    """(sign, kind) of all changes in documents."""
    return [(c.sign, c.kind) for d in compare(read_output(old), read_output(new)).documents for c in d.changes]


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    return make(tmp_path / "a"), make(tmp_path / "b")


def test_the_same_output_has_no_difference(two: tuple[Path, Path]) -> None:
    assert not compare(*map(read_output, two))


def test_lines_that_only_moved_in_the_source_are_no_difference(tmp_path: Path) -> None:
    assert said(make(tmp_path / "a"), make(tmp_path / "b", ["", "", *LINES])) == []


def test_a_page_without_its_extra_is_told(two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    monkeypatch.delitem(sys.modules, "juanzong.review.report")
    done = CliRunner().invoke(diff, [*map(str, two), "--html", "d.html"])
    assert isinstance(done.exception, JuanzongError) and "juanzong[review]" in str(done.exception)


CASES: list[tuple[str, Callable[[Json], object], list[tuple[str, str]]]] = [
    (
        "a paragraph's words",
        lambda d: d["body"][0]["children"][2].update(text="全市有医院13所。"),
        [("changed", "paragraph")],
    ),
    ("a paragraph gone", lambda d: d["body"][0]["children"].pop(1), [("gone", "paragraph")]),
    ("a section's level", lambda d: d["body"][1].update(level=2), [("changed", "section 1 → section 2")]),
    ("a cell", lambda d: d["body"][0]["children"][4]["rows"][1]["cells"][3].update(text="81"), [("changed", "cell")]),
    (
        "a span",
        lambda d: d["body"][0]["children"][4]["rows"][1]["cells"][1].pop("row_span"),
        [("changed", "cell row_span×2 → cell")],
    ),
    (
        "a metadata value",
        lambda d: d["metadata"].update(doc_number="某府〔2021〕1号"),
        [("came", "metadata doc_number")],
    ),
]


@pytest.mark.parametrize(("name", "change", "want"), CASES, ids=[c[0] for c in CASES])
def test_a_change_is_told_by_its_place(
    two: tuple[Path, Path], name: str, change: Callable[[Json], object], want: list[tuple[str, str]]
) -> None:
    assert sorted(said(two[0], changed(two[1], change))) == sorted(want)


def test_a_retyped_document_is_one_document(two: tuple[Path, Path]) -> None:
    bundle = json.loads((two[1] / "bundle.json").read_text("utf-8"))
    bundle["documents"][0].update(id="annex-mou-shi", type="annex")
    (two[1] / "bundle.json").write_text(json.dumps(bundle), "utf-8")
    changed(two[1], lambda d: d.update(id="annex-mou-shi", type="annex"))
    found = compare(*map(read_output, two))
    assert [(d.sign, d.id, d.was) for d in found.documents] == [("retyped", "annex-mou-shi", "plan plan-mou-shi")]


def test_a_rule_that_no_longer_fires_shows_its_effect_and_nothing_else(two: tuple[Path, Path]) -> None:
    path = two[1] / "edits.jsonl"
    path.write_text("".join(r for r in path.read_text("utf-8").splitlines(True) if "wrapped-space" not in r), "utf-8")
    changed(
        two[1],
        lambda d: d["body"][0]["children"][0].update(
            text=d["body"][0]["children"][0]["text"].replace("以人民", "以人 民")
        ),
    )
    found = compare(*map(read_output, two))
    assert [(s, e["rule"]) for s, e in found.edits] == [("gone", "wrapped-space")]
    assert [c.words[1] for d in found.documents for c in d.changes] == [("+", " ")] and not found.findings


def test_exit_codes_and_forms(two: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = two
    run = CliRunner().invoke
    assert run(diff, [str(old), str(new)]).exit_code == 0
    changed(new, lambda d: d["body"][0].update(title="总述"))
    told = run(diff, [str(old), str(new), "--json"])
    assert told.exit_code == 1 and json.loads(told.output)["documents"][0]["changes"][0]["kind"] == "section 1"
    assert "\x1b[" in run(diff, [str(old), str(new), "--color"]).output
    page = tmp_path / "diff.html"
    assert run(diff, [str(old), str(new), "--html", str(page)]).exit_code == 1
    assert "总<del>则</del><ins>述</ins>" in page.read_text("utf-8")
    assert isinstance(run(diff, [str(old), str(tmp_path / "none")]).exception, JuanzongError)


def test_git_revisions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def git(*args: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@t", *args], cwd=tmp_path, check=True, capture_output=True
        )

    git("init", "-q")
    folder = make(tmp_path)
    git("add", "-A")
    git("commit", "-qm", "one")
    changed(folder, lambda d: d.update(title="某市规划"))
    monkeypatch.chdir(tmp_path)
    found = compare(read_output(f"HEAD:clean/{ID}"), read_output(folder))
    assert [c.kind for c in found.documents[0].changes] == ["title"]
    with pytest.raises(JuanzongError, match="git"):
        read_output("HEAD:clean/none")
    with pytest.raises(JuanzongError, match="no such folder"):
        read_output("--output=x:y")


def test_hostile_text_stays_text(two: tuple[Path, Path]) -> None:
    changed(two[1], lambda d: d.update(title="<script>alert(1)</script>\x1b[31m"))
    found = compare(*map(read_output, two))
    page = diff_page(found, "a", "b", "en")
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
    assert "\x1b" not in "".join(lines_of(found, False, words("en")))


def words_of(old: Path, new: Path) -> list[tuple[str, list[tuple[str, str]]]]:
    """(the last heading above it, the words) of all changes in documents."""
    return [(c.path[-1], c.words) for d in compare(read_output(old), read_output(new)).documents for c in d.changes]


def test_a_changed_cell_is_named_by_its_row_and_column(two: tuple[Path, Path]) -> None:
    changed(two[1], lambda d: d["body"][0]["children"][4]["rows"][2]["cells"][1].update(text="6.25"))
    assert words_of(*two) == [("床位 · 2020", [("-", "6.1"), ("+", "6.25")])]
    told = "\n".join(lines_of(compare(*map(read_output, two)), False, words("zh")))
    assert "表1 主要指标 › 床位 · 2020" in told and "[-6.1-][+6.25+]" in told


@pytest.mark.parametrize(
    ("old", "new", "want"),
    [
        ("共12,345人", "共12,346人", [("=", "共"), ("-", "12,345"), ("+", "12,346"), ("=", "人")]),
        ("增长3.5%。", "增长3.6%。", [("=", "增长"), ("-", "3.5%"), ("+", "3.6%"), ("=", "。")]),
        ("约二十五所", "约二十六所", [("=", "约"), ("-", "二十五"), ("+", "二十六"), ("=", "所")]),
        ("PM2.5浓度", "PM10浓度", [("=", "PM"), ("-", "2.5"), ("+", "10"), ("=", "浓度")]),
        ("加快建没", "加快建设", [("=", "加快建"), ("-", "没"), ("+", "设")]),
        ("一是", "一是", [("=", "一是")]),
    ],
)
def test_a_figure_changes_whole(old: str, new: str, want: list[tuple[str, str]]) -> None:
    assert mark_words(old, new) == want


def test_a_row_put_in_and_a_column_renamed_change_nothing_else(two: tuple[Path, Path]) -> None:
    def put_in(d: Json) -> None:
        rows = d["body"][0]["children"][4]["rows"]
        rows.insert(2, {"cells": [{"text": t} for t in ("医师", "2.7", "3.2")]})
        rows[1]["cells"][1]["row_span"] = 3

    changed(two[1], put_in)
    found = said(*two)
    assert [kind for sign, kind in found if sign == "came"] == ["cell"] * 3
    assert [x for x in found if x[0] != "came"] == [("changed", "cell row_span×2 → cell row_span×3")]
    changed(two[0], put_in)
    changed(two[1], lambda d: d["body"][0]["children"][4]["rows"][0]["cells"][3].update(text="2026"))
    assert words_of(*two) == [("", [("-", "2025"), ("+", "2026")])]


def test_a_document_that_came_is_told_with_its_outline(two: tuple[Path, Path]) -> None:
    bundle = json.loads((two[0] / "bundle.json").read_text("utf-8"))
    (two[0] / "bundle.json").write_text(json.dumps({**bundle, "documents": []}), "utf-8")
    (came,) = compare(*map(read_output, two)).documents
    assert (came.sign, came.title) == ("came", "某市健康发展规划")
    assert [c.words[0][1] for c in came.changes] == ["第一章 总则", "专栏1 重点项目", "表1 主要指标", "第二章 保障"]
    page = diff_page(compare(*map(read_output, two)), "a", "b", "zh")
    assert "第一章 总则" in page and "专栏1 重点项目" in page


@pytest.mark.parametrize(("number", "signs"), [("7", ["changed"]), ("8", ["gone", "came"])])
def test_a_renamed_notice_is_known_by_its_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: str, signs: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    notice = (
        "关于印发《云溪市节水{1}方案》的通知\n云溪府办〔2021〕{0}号\n各县：\n现将《云溪市节水{1}方案》印发给你们。\n"
    )
    for n, words_of in enumerate((("7", "行动"), (number, "三年行动"))):
        Path("a.txt").write_text(notice.format(*words_of), "utf-8")
        juanzong.normalize("a.txt").save(f"clean{n}")
    found = compare(read_output("clean0/a"), read_output("clean1/a"))
    assert [d.sign for d in found.documents] == signs


def test_an_edit_and_a_finding_are_told_with_their_places(two: tuple[Path, Path]) -> None:
    edits, findings = two[1] / "edits.jsonl", two[1] / "findings.jsonl"
    edits.write_text("".join(r for r in edits.read_text("utf-8").splitlines(True) if '"sum"' not in r), "utf-8")
    findings.write_text(findings.read_text("utf-8").replace('"open"', '"waived"', 1), "utf-8")
    found = compare(*map(read_output, two))
    assert [(sign, e["place"]) for sign, e in found.edits] == [("gone", ["某市健康发展规划", "第一章 总则"])]
    assert [(sign, f["was"], f["place"][-1]) for sign, f in found.findings] == [
        ("changed", {"status": "open"}, "表1 主要指标")
    ]
    told = "\n".join(lines_of(found, False, words("zh")))
    assert "@ 某市健康发展规划 › 第一章 总则" in told


def test_four_characters_at_the_top_change_the_document_that_holds_them(tmp_path: Path) -> None:
    old, new = make(tmp_path / "a"), make(tmp_path / "b", ["卷宗材料", *LINES])
    found = compare(read_output(old), read_output(new))
    assert not found.documents and not found.edits and not found.findings
