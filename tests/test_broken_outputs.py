"""Outputs that a hand, a merge or a disk broke: one clear line and exit 2, never a traceback, never a wrong 1."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import juanzong
from broken import broken, commands
from bundles import CONTENTS, COVER, NOTICE, PLAN, REGULATION, TABLE, saved
from juanzong.cli import main
from juanzong.model import Table

_TWICE = [
    "重点项目表", "", "单位：万元", "", "序号\t项目\t投资", "一、水利\t\t", "1\t甲\t12.5", "2\t乙\t13.5", "注：投资为估算。", "",
]  # fmt: skip
_MORE = [*CONTENTS[:-1], "4.《松城市水源规划》", ""]  # what is not there is a finding


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with raw/s.txt and clean/s."""
    text = "\n".join(COVER + _MORE + TABLE + NOTICE + PLAN + _TWICE + REGULATION + _TWICE)
    return saved(tmp_path_factory.mktemp("good"), text)


def test_a_sound_output_is_read_by_all(good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every kind of block is in it, a second print too."""
    monkeypatch.chdir(good)
    blocks = [b for d in juanzong.load("clean/s").documents for b, _, _ in d.walk()]
    assert any(isinstance(b, Table) and b.same_as for b in blocks)
    for call in commands(Path("clean/s"), Path("clean/s"), tmp_path):
        with pytest.raises(SystemExit) as ended:
            main(call)
        assert ended.value.code == 0, call


@pytest.mark.parametrize("seed", range(156))
def test_a_broken_output_is_told_in_one_line(
    seed: int, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "broken"
    shutil.copytree(good, home)
    told = broken(home / "clean/s", seed)
    monkeypatch.chdir(home)
    calls = commands(home / "clean/s", good / "clean/s", tmp_path)
    call = calls[seed % len(calls)]
    with pytest.raises(SystemExit) as ended:
        main(call)
    assert ended.value.code in ((0, 1, 2) if call[0] in ("diff", "audit") else (0, 2)), told
    if ended.value.code == 2:
        [line] = capsys.readouterr().err.strip().splitlines()
        assert line.startswith("juanzong: ") and "the program failed" not in line and "\x1b" not in line, told


@pytest.mark.parametrize("file", ["../../raw/s.txt", "/etc/hostname", "documents/../../../x", "a\0b", "d" * 5000])
def test_files_stay_in_their_folder(file: str, good: Path, tmp_path: Path) -> None:
    shutil.copytree(good / "clean/s", tmp_path / "s")
    path = tmp_path / "s/bundle.json"
    bundle = json.loads(path.read_text("utf-8"))
    bundle["documents"][0]["file"] = file
    path.write_text(json.dumps(bundle), "utf-8")
    with pytest.raises(juanzong.JuanzongError, match=r"names a file outside its folder|cannot be read"):
        juanzong.load(tmp_path / "s")


@pytest.mark.parametrize("command", ["audit", "report"])
@pytest.mark.parametrize("how", ["no UTF-8", "gone"])
def test_a_source_text_that_a_disk_broke_is_told_in_one_line(
    command: str, how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text("序号,名称\n1,水利\n2,绿化\n3,道路\n", "utf-8")
    juanzong.normalize("a.csv").save("clean")
    kept = Path("clean/a/source.txt")
    kept.write_bytes(kept.read_bytes()[:-2]) if how == "no UTF-8" else kept.unlink()
    with pytest.raises(SystemExit) as ended:
        main([command, "clean/a", *(["-o", "r.html"] if command == "report" else [])])
    [line] = capsys.readouterr().err.strip().splitlines()
    assert ended.value.code == 2 and line.startswith("juanzong: clean/a/source.txt: "), line
