"""Bad input through the command line: one clear line, the right exit code, and never half an output."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.emit import files

ROOT = Path(__file__).parent.parent
GOOD = "松城市绿化方案\n\n一、工作目标\n\n植树十万株。\n"


def juanzong(*args: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "pipeline.cli", *map(str, args)], cwd=cwd, env=env, capture_output=True, text=True, timeout=120
    )


def refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 2, done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert all(w in lines[0] for w in words), lines[0]


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b"\n \n\t\n", "blank.txt"),
        ("binary.txt", bytes(range(256)) * 40, "binary.txt"),
        ("broken.txt", "松城市绿化方案\n".encode() + b"\xff\xfe\xfd\x00\x81" * 3, "broken.txt"),
    ],
)
def test_a_file_that_is_no_text_is_refused_in_one_line(tmp_path: Path, name: str, content: bytes, word: str) -> None:
    (tmp_path / name).write_bytes(content)
    refused(juanzong("run", name, cwd=tmp_path), word)
    assert not (tmp_path / "clean").exists()


def test_a_missing_path_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    refused(juanzong("run", "nowhere.txt", cwd=tmp_path), "nowhere.txt", "no such")
    (tmp_path / "none").mkdir()
    refused(juanzong("run", "none", cwd=tmp_path), "none", "no files")


def test_a_folder_that_cannot_be_listed_is_refused(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        # Root may list anything; what the code does with the refusal is what counts.
        from pipeline.errors import JuanzongError
        from pipeline.run import inputs_of

        class Closed(type(tmp_path)):  # type: ignore[misc]
            def iterdir(self) -> None:  # type: ignore[override]
                raise PermissionError(13, "Permission denied")

        with pytest.raises(JuanzongError, match="Permission denied"):
            list(inputs_of([Closed(tmp_path)]))
        return
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    refused(juanzong("run", "closed", cwd=tmp_path), "closed")


def test_one_bad_file_among_many_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"")
    (tmp_path / "in" / "b.txt").write_text(GOOD, "utf-8")
    done = juanzong("run", "in", cwd=tmp_path)
    assert done.returncode == 2 and "a.txt" in done.stderr
    assert (tmp_path / "clean" / "b" / "bundle.json").exists() and not (tmp_path / "clean" / "a").exists()


def test_two_inputs_of_one_name_are_refused(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(GOOD, "utf-8")
    refused(juanzong("run", "x/a.txt", "y/a.txt", cwd=tmp_path), "rename")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("没有标题的一段话，不是任何文件。\n", id="no document in it"),
        pytest.param("松城市绿化表\n\n序号\t区域\t株数\n1\t东区\t60000\n2\t西", id="cut off mid-table"),
        pytest.param("松城市绿化方案\n\n<table><tr><td>序号</td><td>区", id="cut off mid-tag"),
        pytest.param("松城市绿化方案\n\n一、目标\x00\n\n植树\x00十万株。\n", id="NUL characters"),
        pytest.param("12", id="two characters"),
    ],
)
def test_odd_text_comes_out_whole_and_sound(tmp_path: Path, text: str) -> None:
    (tmp_path / "odd.txt").write_text(text, "utf-8")
    done = juanzong("run", "odd.txt", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    audit = juanzong("audit", "clean/odd", cwd=tmp_path)
    assert audit.returncode == 0, audit.stdout


def test_what_fits_no_type_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_text("没有标题的一段话，不是任何文件。\n", "utf-8")
    assert juanzong("run", "odd.txt", "--fail-on", "warning", cwd=tmp_path).returncode == 1
    found = [json.loads(line) for line in (tmp_path / "clean/odd/findings.jsonl").read_text("utf-8").splitlines()]
    assert [f["check"] for f in found] == ["untyped-document"]


@pytest.mark.parametrize("unit", ["绿", "绿\t"])
def test_a_line_of_ten_million_characters_is_read(tmp_path: Path, unit: str) -> None:
    (tmp_path / "long.txt").write_text("松城市绿化方案\n\n" + unit * (10_000_000 // len(unit)) + "\n", "utf-8")
    done = juanzong("run", "long.txt", "--fail-on", "warning", cwd=tmp_path)
    assert done.returncode == 1, done.stderr[-300:]
    assert "line-too-long" in (tmp_path / "clean/long/findings.jsonl").read_text("utf-8")


def test_a_killed_run_leaves_the_previous_output_whole(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")
    assert juanzong("run", "a.txt", cwd=tmp_path).returncode == 0
    before = {p.name: p.read_bytes() for p in (tmp_path / "clean" / "a").rglob("*") if p.is_file()}
    (tmp_path / "a.txt").write_text(GOOD * 20000, "utf-8")
    for number in (signal.SIGINT, signal.SIGKILL):
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        child = subprocess.Popen([sys.executable, "-m", "pipeline.cli", "run", "a.txt"], cwd=tmp_path, env=env, stderr=subprocess.PIPE)
        time.sleep(0.7)
        child.send_signal(number)
        child.communicate()
        assert child.returncode != 0
        assert {p.name: p.read_bytes() for p in (tmp_path / "clean" / "a").rglob("*") if p.is_file()} == before


def test_a_write_that_fails_leaves_the_previous_output_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "clean" / "a"
    files.write_folder(folder, {"bundle.json": "old"})

    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="No space"):
        files.write_folder(folder, {"bundle.json": "new", "documents/x.json": "{}"})
    monkeypatch.undo()
    assert {p.name for p in folder.rglob("*")} == {"bundle.json"} and (folder / "bundle.json").read_text() == "old"
    assert [p.name for p in folder.parent.iterdir()] == ["a"]


def test_usage_errors_exit_2(tmp_path: Path) -> None:
    assert juanzong("run", cwd=tmp_path).returncode == 2
    assert juanzong("run", "--no-such-option", "x", cwd=tmp_path).returncode == 2
    assert juanzong("nonsense", cwd=tmp_path).returncode == 2


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    assert "Traceback" in juanzong("--debug", "run", "nowhere.txt", cwd=tmp_path).stderr
