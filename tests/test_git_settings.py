"""What the README says of git holds: documents are read by word, the trace stays out of the way."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import regex as re

from juanzong.cli import main

ROOT = Path(__file__).parent.parent


def test_the_settings_of_the_readme(tmp_path: Path) -> None:
    def git(*args: str) -> str:
        who = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.quotepath=false")
        done = subprocess.run(["git", *who, *args], cwd=tmp_path, check=True, capture_output=True, text=True)
        return done.stdout

    git("init", "-q")
    settings = re.findall(r"^git config (diff\.jz\.\w+) '(.*)'$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert {name for name, _ in settings} == {"diff.jz.xfuncname", "diff.jz.wordRegex"}
    for name, value in settings:
        git("config", name, value)
    shutil.copy(ROOT / ".gitattributes", tmp_path)
    document, trace = tmp_path / "clean/a/documents/plan-a.json", tmp_path / "clean/a/trace.jsonl"
    document.parent.mkdir(parents=True)
    lines = ["{", ' "title": "绿道规划",', *[f' "x{n}": {n},' for n in range(9)], ' "text": "建成绿道100公里。"', "}"]
    document.write_text("\n".join(lines), encoding="utf-8")
    trace.write_text("1\n", encoding="utf-8")
    git("add", "-A")
    git("commit", "-qm", "1")
    document.write_text("\n".join(lines).replace("100", "120"), encoding="utf-8")
    trace.write_text("2\n", encoding="utf-8")
    shown = git("diff", "--word-diff=plain")
    assert "建成绿道[-100-]{+120+}公里" in shown
    assert '"title": "绿道规划"' in next(line for line in shown.splitlines() if line.startswith("@@"))
    assert "Binary files" in shown and "-1\n" not in shown


def test_four_characters_at_the_top_are_a_small_diff(tmp_path: Path) -> None:
    def git(*args: str) -> str:
        who = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.quotepath=false")
        return subprocess.run(["git", *who, *args], cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    def run(text: str) -> None:
        (tmp_path / "raw" / "a.txt").write_text(text, encoding="utf-8")
        with pytest.raises(SystemExit):
            main(["run", str(tmp_path / "raw" / "a.txt"), "--out", str(tmp_path / "clean"), "--quiet"])

    chapters = [
        f"第{n}章 第{n}项工程\n\n到2025年建成绿道{k}00公里，见表{k}，由市园林局牵头。\n"
        for k, n in enumerate("一二三四五六", 1)
    ]
    cover = "松城园林学院\n\n1.1 绿道专业设置与区域重点产业匹配度\n\n目 录\n\n1. 松城市绿道建设方案\n\n"
    text = f"{cover}松城市绿道建设方案\n\n" + "\n".join(chapters)
    (tmp_path / "raw").mkdir()
    git("init", "-q")
    shutil.copy(ROOT / ".gitattributes", tmp_path)
    run(text)
    git("add", "-A")
    git("commit", "-qm", "1")
    run("卷宗材料" + text)
    changed = [line.split("\t") for line in git("diff", "--numstat", "--", "clean").splitlines()]
    read = {name.split("/", 2)[2]: (int(came), int(gone)) for came, gone, name in changed if came != "-"}
    assert set(read) <= {"bundle.json"} | {n for n in read if n.startswith("documents/")}, read
    assert all(sum(n) <= 30 for n in read.values()) and len(read) <= 3, read
    apart = {name.split("/", 2)[2] for came, _, name in changed if came == "-"}
    assert apart <= {"trace.jsonl", "edits.jsonl", "evidence.jsonl"}
