"""The compiled patterns that one run keeps for the next: whatever befalls the file, the output is the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import regex as re

from juanzong.core import kept_patterns

NOTICE = "关于开展用水检查的通知\n\n各科室：\n\n请认真落实，于3月1日前报送材料。\n\n青禾市水务局\n\n2024年1月3日\n"
DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "whole": lambda kept: kept,
    "cut short": lambda kept: kept[: len(kept) // 2],
    "empty": lambda kept: b"",
    "a bit changed": lambda kept: kept[:-900] + bytes([kept[-900] ^ 1]) + kept[-899:],
    "something else": lambda kept: b"\x80\x05]\x94." * 40,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_changes_nothing(damage: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    env = {**os.environ, "JUANZONG_CACHE": str(tmp_path / "cache")}

    def run(out: str) -> dict[str, bytes]:
        command = [sys.executable, "-m", "juanzong", "run", "a.txt", "--out", out, "--quiet"]
        subprocess.run(command, cwd=tmp_path, env=env, check=True)
        return {p.name: p.read_bytes() for p in sorted((tmp_path / out).rglob("*.json*"))}

    first = run("first")
    (kept,) = (tmp_path / "cache").rglob("*.pickle")
    kept.write_bytes(DAMAGE[damage](kept.read_bytes()))
    assert run("second") == first


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs owners of files")
@pytest.mark.parametrize(("mode", "read"), [(0o600, True), (0o644, True), (0o666, False), (0o620, False)])
def test_what_others_can_have_written_is_not_read(mode: int, read: bool, tmp_path: Path) -> None:
    """A pickle runs whatever it says, and `--cache` is a folder that many share."""
    place = tmp_path / "p.pickle"
    kept_patterns._write(place, {("甲", 0): re.compile("甲")})
    assert place.stat().st_mode & 0o777 == 0o600
    place.chmod(mode)
    assert bool(kept_patterns._read(place)) == read
