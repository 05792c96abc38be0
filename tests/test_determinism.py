"""The same bytes for the same input: whatever the locale, time zone, hash seed, working directory and order of bundles."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from bundles import CONTENTS, COVER, NOTICE, PLAN, REGULATION, TABLE, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parent.parent
TEXT = "\n".join([*COVER, *CONTENTS, "", "", *TABLE, "", "", *NOTICE, *PLAN, "", "", *REGULATION])
LINES = TEXT.split("\n")


def output(cwd: Path, *args: str, **env: str) -> dict[str, bytes]:
    subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "run", *args, "--out", "clean", "--quiet"],
        cwd=cwd, env={**os.environ, "PYTHONPATH": str(ROOT), **env}, check=True, timeout=60,
    )
    return {str(p.relative_to(cwd / "clean")): p.read_bytes() for p in (cwd / "clean").rglob("*") if p.is_file()}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "raw" / "b.txt").write_text("\n".join(PLAN), "utf-8")
    return tmp_path


def test_surroundings_play_no_part(place: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    first = output(place, "raw", LC_ALL="C", TZ="UTC", PYTHONHASHSEED="0")
    elsewhere = tmp_path_factory.mktemp("else")
    (elsewhere / "raw").symlink_to(place / "raw")
    assert output(elsewhere, "raw", LC_ALL="C.UTF-8", TZ="Asia/Shanghai", PYTHONHASHSEED="4711") == first


def test_the_order_of_bundles_plays_no_part(place: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("else")
    (elsewhere / "raw").symlink_to(place / "raw")
    assert output(place, "raw/a.txt", "raw/b.txt") == output(elsewhere, "raw/b.txt", "raw/a.txt")


def test_line_ends_and_byte_order_marks_change_nothing_in_the_documents(place: Path) -> None:
    first = {k: v for k, v in output(place, "raw/a.txt").items() if "documents" in k}
    for data in (TEXT.replace("\n", "\r\n").encode("utf-8-sig"), TEXT.encode("utf-16"), TEXT.encode("gb18030")):
        (place / "raw" / "a.txt").write_bytes(data)
        assert {k: v for k, v in output(place, "raw/a.txt").items() if "documents" in k} == first


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=60).filter(lambda rows: any(r.strip() for r in rows)))
def test_every_character_has_one_home_whatever_the_lines(lines: list[str]) -> None:
    out = run(lines)
    text = "\n".join(lines)
    homes = [0] * len(text)
    for row in out["#trace"]:
        for a, b in row["source"]:
            for i in range(a, b):
                homes[i] += 1
    for edit in out["#edits"]:
        if edit["status"] in ("applied", "accepted") and edit["kind"] in ("drop", "merge"):
            for i in range(*edit["source"]):
                homes[i] += not text[i].isspace()
    assert all(homes[i] == 1 for i, ch in enumerate(text) if not ch.isspace())
    assert not [f for f in out["#findings"] if f["check"] == "unplaced-text"]


def test_reading_what_was_read_again_changes_nothing() -> None:
    assert run(LINES) == run("\n".join(LINES).split("\n"))
