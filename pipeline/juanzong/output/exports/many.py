"""Which outputs the paths on a command line name, one after the other: only one is in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from juanzong.core.errors import JuanzongError
from juanzong.output.bundle import Bundle, load_bundle


def outputs_of(paths: Sequence[Path]) -> list[Path]:
    """The output folders: those given, and those inside a folder that is none itself (clean/). Raises JuanzongError
    for a path that is not there, and for a folder without outputs."""
    out: list[Path] = []
    for path in paths:
        if not path.is_dir():
            raise JuanzongError(f"{path}: no such folder; give clean/<id>")
        if (path / "bundle.json").exists():
            out.append(path)
            continue
        found = sorted(p for p in path.iterdir() if not p.name.startswith(".") and (p / "bundle.json").exists())
        if not found:
            raise JuanzongError(f"{path}: no bundle.json in it; give a folder that `juanzong run` wrote, as clean/<id>")
        out += found
    return out


def bundles_of(folders: Sequence[Path]) -> Iterator[Bundle]:
    """The bundles one by one. Raises JuanzongError where two have one id, and for a broken output."""
    seen: dict[str, Path] = {}
    for folder in folders:
        bundle = load_bundle(folder)
        if bundle.id in seen:
            raise JuanzongError(f"{folder}: is bundle {bundle.id}, as {seen[bundle.id]} is; export one of them")
        seen[bundle.id] = folder
        yield bundle
