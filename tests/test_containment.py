"""A failure costs a table, a document or a pass, and says so; the rest of the bundle is as without it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from juanzong import run as running
from juanzong.core import tree
from juanzong.core.source import Source
from juanzong.emit.bundle import files_of
from juanzong.inspection import inspect
from juanzong.output.audit import audit
from juanzong.run import PASSES, Pass, process, write
from juanzong.stages.documents import documents
from juanzong.stages.structure import table_pages

TEXT = """松城市人民政府关于印发《松城市绿道方案》的通知

各区人民政府：

《松城市绿道方案》已经市政府同意，现印发给你们，请认真贯彻落实。

松城市人民政府
2021年5月12日

松城市绿道方案

一、总体要求

到2025年，建成绿道100公里。

表1 分区任务

区名\t里程
东区\t40
西区\t60

二、保障措施

各区要落实经费。

松城市绿道管理办法

第一条 为了管好绿道，制定本办法。

第二条 绿道由区政府管理。

第三条 本办法自发布之日起施行。
"""


def source() -> Source:
    return Source("a.txt", "0" * 64, "text/plain", TEXT)


def fail(*args: Any, **options: Any) -> Any:
    raise RuntimeError("broken on purpose")


def written(result: Any, tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return write(result, tmp_path / "clean")


def texts(result: Any) -> list[str]:
    return [t.text for d in result.documents for t in tree.texts(d) if t]


@pytest.mark.parametrize("name", [p.name for p in PASSES])
def test_a_pass_that_raises_is_left_out_and_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = process(source(), "a")
    broken = tuple(Pass(p.name, fail if p.name == name else p.run, p.reads) for p in PASSES)
    monkeypatch.setattr(running, "PASSES", broken)
    result = process(source(), "a")
    told = [f for f in result.findings if f.check == "pass-failed"]
    assert [(f.severity, f.evidence["pass"]) for f in told] == [("error", name)]
    if next(p.reads for p in PASSES if p.name == name):
        assert [d.type for d in result.documents] == ["other"]
    else:
        assert [(d.type, d.title.text) for d in result.documents] == [(d.type, d.title.text) for d in whole.documents]
    if name != "ids":  # without ids there is nothing to write
        files_of("a", "a", source(), [], result.contents, result.documents, result.ledger, result.findings)
    with pytest.raises(RuntimeError, match="on purpose"):
        process(source(), "a", contain=False)


@pytest.mark.parametrize("name", [p.name for p in PASSES])
@pytest.mark.parametrize("words", ["建成绿道", "松城市绿道管理办法", "区名", "松城市人民政府关于印发"])
def test_lines_that_a_pass_cannot_read_are_set_apart(name: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """They stand flat where they stood, and the rest is as without the failure, as far as it does not hang on them."""

    def broken(step: Pass) -> Pass:
        return Pass(step.name, lambda w: fail() if any(words in x.text for x in w.lines) else step.run(w), step.reads)

    whole = process(source(), "a")
    monkeypatch.setattr(running, "PASSES", tuple(broken(p) if p.name == name else p for p in PASSES))
    result = process(source(), "a")
    (told,) = [f for f in result.findings if f.check == "pass-failed"]
    line = 1 + next(k for k, text in enumerate(TEXT.split("\n")) if words in text)
    assert (told.severity, told.evidence) == ("error", {"pass": name, "lines": [line, line], "error": "RuntimeError"})
    assert "unplaced-text" not in [f.check for f in result.findings]
    if words == "建成绿道":
        assert texts(result) == texts(whole)
    assert "".join(sorted("".join(texts(result)))) == "".join(sorted("".join(texts(whole))))
    files_of("a", "a", source(), [], result.contents, result.documents, result.ledger, result.findings)


def test_a_pass_that_fails_again_and_again_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = "东西南北中上下"
    text = TEXT + "".join(f"\n{c}区{c}街的绿道由{c}街道管理。\n" for c in bad)

    def broken(work: Any) -> None:
        if any(x.text[0] in bad for x in work.lines):
            fail()

    monkeypatch.setattr(running, "PASSES", tuple(Pass(p.name, broken) if p.name == "links" else p for p in PASSES))
    result = process(Source("a.txt", "0" * 64, "text/plain", text), "a")
    told = [f.evidence["lines"] for f in result.findings if f.check == "pass-failed"]
    assert told == [[]]
    assert len(result.documents) == 3


def test_a_table_that_raises_comes_out_a_cell_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = process(source(), "a")
    monkeypatch.setattr(table_pages, "table_of", fail)
    result = process(source(), "a")
    assert [d.type for d in result.documents] == [d.type for d in whole.documents]
    assert {"区名", "里程", "东区", "40", "西区", "60"} <= set(texts(result))
    (finding,) = [f for f in result.findings if f.check == "pass-failed"]
    first = TEXT[: TEXT.index("区名")].count("\n") + 1
    assert finding.evidence["pass"] == "structure" and finding.evidence["lines"][0] <= first
    assert any("分区任务" in text for text in texts(result))
    assert texts(result)[-8:] == texts(whole)[-8:]


def test_a_document_that_raises_comes_out_flat(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    whole = process(source(), "a")
    build: Callable[..., Any] = documents.build_body

    def raises_once(document: tree.Document, *args: Any) -> Any:
        return fail() if document.title.text.endswith("方案") else build(document, *args)

    monkeypatch.setattr(documents, "build_body", raises_once)
    result = process(source(), "a")
    assert [d.title.text for d in result.documents] == [d.title.text for d in whole.documents]
    flat = result.documents[1]
    assert all(isinstance(b, tree.Paragraph) for b in flat.body)
    (finding,) = [f for f in result.findings if f.check == "pass-failed"]
    assert finding.where == [flat]
    assert [t.text for t in tree.texts(result.documents[2])] == [t.text for t in tree.texts(whole.documents[2])]
    assert not audit(written(result, tmp_path), tmp_path / "a.txt").counts["lost"]


def test_a_flat_document_keeps_its_contents_list(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "东川县绿道建设方案\n\n目录\n\n一、总体要求\n\n二、保障措施\n\n一、总体要求\n\n坚持统筹。\n\n二、保障措施\n\n加强领导。\n"
    monkeypatch.setattr(documents, "build_body", fail)
    result = process(Source("a.txt", "0" * 64, "text/plain", text), "a")
    assert [e.title.text for e in result.documents[0].contents] == ["总体要求", "保障措施"]
    assert "unplaced-text" not in [f.check for f in result.findings]


@pytest.mark.parametrize("name", [p.name for p in PASSES])
def test_every_pass_can_be_looked_at(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    lines = list(inspect(tmp_path / "a.txt", name))
    assert any("绿道" in line for line in lines)
