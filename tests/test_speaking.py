"""One language at a time: what the commands say, on the command line and in the pages that they write."""

from __future__ import annotations

import html
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import regex as re

from juanzong.cli import _COMMANDS, main
from test_languages import HAN, chinese_in, english_in

PDF = Path(__file__).parent / "fixtures" / "read" / "prose.pdf"


def run(args: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit):
        main(args)
    out = capsys.readouterr()
    return out.out + out.err


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("languages")
    text = Path(__file__).parent / "cases" / "bundles"
    source = sorted(text.glob("*.txt"))[0]
    command = [sys.executable, "-m", "juanzong", "run", str(source), "--out", str(folder), "--quiet"]
    subprocess.run(command, check=False)
    return folder / source.stem


WRONG = [
    ["run", "no-such-file.txt"],
    ["run", "--one", "--recursive", "x"],
    ["run", "--jobs", "0", "x"],
    ["run"],
    ["rn"],
    ["export", "x", "--to", "odt", "-o", "y"],
    ["show", "no-such-folder"],
    ["audit", "no-such-folder"],
    ["diff", "no-such", "neither"],
    ["report", "no-such", "-o", "x.html"],
    ["markdown", "no-such"],
    ["tables", "no-such", "--nothing"],
    ["split", "a.pdf", "no-such", "-o", "x"],
    ["evidence", "no-such"],
    ["inspect", "no-such", "x"],
    ["draw", "no-such"],
    ["schemas", "--check", "-o", "no-such"],
    *([name, "--help"] for name in _COMMANDS),
    ["--help"],
]


@pytest.mark.parametrize("args", WRONG, ids=" ".join)
def test_help_and_errors_in_one_language(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    zh, en = run([*args, "--lang", "zh"], capsys), run(["--lang", "en", *args], capsys)
    assert not english_in(zh), zh
    assert HAN.search(zh), zh
    assert not chinese_in(en), en


def test_what_success_says(output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command says what was written and where; nothing of the other language but the documents' own words."""
    source = next((Path(__file__).parent / "cases" / "bundles").glob(f"{output.name}.txt"))
    for lang in ("zh", "en"):
        at = tmp_path / lang
        at.mkdir()
        for args in (
            ["run", str(source), "--out", str(at / "out")],
            ["audit", str(output), "--source", str(source)],
            ["markdown", str(output), "-o", str(at / "md")],
            ["tables", str(output), "--to", "json", "-o", str(at / "t.json")],
            ["export", str(output), "--to", "chunks", "-o", str(at / "c.jsonl")],
            ["report", str(output), "--source", str(source), "-o", str(at / "r.html")],
            ["schemas", "-o", str(at / "schemas")],
            ["run", str(PDF), "--out", str(at / "out"), "--quiet"],
            ["draw", str(PDF), "-o", str(at / "page.png")],
            ["split", str(PDF), str(at / "out" / PDF.stem), "-o", str(at / "pdfs")],
        ):
            told = run([*args, "--lang", lang], capsys)
            assert str(at) in told or "audit" in args or "--quiet" in args
            assert not (english_in(told) if lang == "zh" else chinese_in(told)), told


def test_what_is_shown_of_a_file_speaks_one_language(
    output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As many lines in both, and no English sentence among the Chinese ones."""
    source = next((Path(__file__).parent / "cases" / "bundles").glob(f"{output.name}.txt"))
    other = tmp_path / "other" / output.name
    shutil.copytree(output, other)
    changed = sorted(other.glob("documents/*.json"))[0]
    changed.write_text(re.sub(r'"title": "(.)', r'"title": "甲\1', changed.read_text("utf-8"), count=1), "utf-8")
    told = {
        lang: {
            name: run([*args, "--lang", lang], capsys)
            for name, args in {
                "structure": ["inspect", str(source), "structure"],
                "pieces": ["inspect", str(source), "pieces"],
                "documents": ["inspect", str(source), "documents"],
                "show": ["show", str(output)],
                "diff": ["diff", str(output), str(other)],
                "evidence": ["evidence", str(output)],
            }.items()
        }
        for lang in ("zh", "en")
    }
    for name, zh in told["zh"].items():
        assert zh.count("\n") == told["en"][name].count("\n") and zh != told["en"][name]
        assert not english_in(zh), (name, english_in(zh))


def test_files_do_not_depend_on_the_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = sorted((Path(__file__).parent / "cases" / "bundles").glob("*.txt"))[0]
    made = []
    for lang in ("zh", "en"):
        run(["run", str(source), "--out", str(tmp_path / lang), "--lang", lang], capsys)
        folder = tmp_path / lang
        made.append({p.relative_to(folder): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()})
    assert made[0] and made[0] == made[1]


def test_review_report_and_evidence_pages(output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Findings and notes are told in the page's language; what is on disk stays."""
    pytest.importorskip("starlette.testclient", reason="the extra `review` is not installed")
    from starlette.testclient import TestClient

    from juanzong.review.server import make_app

    source = next((Path(__file__).parent / "cases" / "bundles").glob(f"{output.name}.txt"))
    client = TestClient(make_app(output, "token", source), base_url="http://127.0.0.1:8000/token/")
    findings = [json.loads(line) for line in (output / "findings.jsonl").read_text("utf-8").splitlines()]
    assert findings
    told = {
        lang: client.get("queue", params={"state": "any", "category": "finding", "lang": lang}).text
        for lang in ("zh", "en")
    }
    said = {lang: re.findall(r'<span class="msg">(.*?)</span>', told[lang], re.S) for lang in told}
    assert said["zh"] and len(said["zh"]) == len(said["en"])
    assert all(HAN.search(m) for m in said["zh"])
    assert not [m for m in said["en"] if chinese_in(html.unescape(m))]
    for lang in ("zh", "en"):
        for args in (["report", str(output), "--source", str(source), "-o"], ["evidence", str(output), "--html"]):
            page = tmp_path / f"{args[0]}-{lang}.html"
            run([*args, str(page), "--lang", lang], capsys)
            assert f'lang="{"zh-CN" if lang == "zh" else "en"}"' in page.read_text("utf-8")[:400]
