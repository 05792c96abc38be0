"""What the README says of git holds: documents are read by word, the trace stays out of the way."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import regex as re

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
