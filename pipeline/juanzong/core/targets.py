"""Where output may be written: never over, into or around what was read, never in the place of what is not ours."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from juanzong.core.errors import JuanzongError

# what `run` writes beside the documents that bundle.json lists
OUR_FILES = frozenset({"bundle.json", "trace.jsonl", "edits.jsonl", "evidence.jsonl", "findings.jsonl", "source.txt"})


def check_id(bundle_id: str, path: Path) -> str:
    """The bundle id, where a folder can bear it. Raises JuanzongError for "", "." and "..", and for separators."""
    if bundle_id in ("", ".", "..") or "/" in bundle_id or "\0" in bundle_id:
        raise JuanzongError(
            f"{path}: gives no name to the bundle; name the file or folder itself, as ../{path.resolve().name}"
        )
    return bundle_id


def keep_apart(target: Path, inputs: Iterable[Path]) -> None:
    """Raises JuanzongError where the target is, holds or lies in one of the inputs (a file holds nothing)."""
    there = Path(os.path.realpath(target))
    for path in inputs:
        here = Path(os.path.realpath(path))  # of links in a circle, too
        if there == here or here.is_relative_to(there) or (here.is_dir() and there.is_relative_to(here)):
            relation = "is" if there == here else "holds" if here.is_relative_to(there) else "lies in"
            raise JuanzongError(f"{target}: {relation} the input {path}; write somewhere else")


def foreign_files(folder: Path, bundle_id: str) -> list[Path]:
    """What stands in the folder and is no part of an output of this bundle: it is to stay. Raises JuanzongError where
    the folder is neither absent, empty nor such an output."""
    if folder.is_symlink():
        raise JuanzongError(f"{folder}: is a link; remove it or write somewhere else")
    if not folder.exists():
        return []
    if not folder.is_dir():
        raise JuanzongError(f"{folder}: is a file; write somewhere else")
    inside = sorted(folder.rglob("*"))
    if not inside:
        return []
    documents = _documents_of(folder / "bundle.json", bundle_id)
    if documents is None:
        raise JuanzongError(f"{folder}: holds files that juanzong did not write; move them or write somewhere else")
    ours = OUR_FILES | documents
    return [p for p in inside if (p.is_symlink() or not p.is_dir()) and p.relative_to(folder).as_posix() not in ours]


def _documents_of(path: Path, bundle_id: str) -> set[str] | None:
    """The files that a bundle.json lists; None where it is none of this bundle."""
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or value.get("id") != bundle_id or "schema_version" not in value:
        return None
    listed = value.get("documents")
    return {str(d.get("file")) for d in listed if isinstance(d, dict)} if isinstance(listed, list) else None


def carry_over(files: Iterable[Path], old: Path, new: Path) -> None:
    """Copy files of one folder to their places in another; links stay links. A place that is taken is left alone."""
    for path in files:
        target = new / path.relative_to(old)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target, follow_symlinks=False)


def may_write_file(target: Path, suffixes: Iterable[str], inputs: Iterable[Path]) -> None:
    """Raises JuanzongError where a file must not be written: over or into an input, over a folder, or in the place of
    a file of another kind (told by its ending) or of an output's own."""
    keep_apart(target, inputs)
    if target.is_dir():
        raise JuanzongError(f"{target}: is a folder; give a file")
    if target.exists() and target.suffix.lower() not in suffixes:
        raise JuanzongError(f"{target}: exists and is no {'/'.join(suffixes)} file; give another name")
    here = target.resolve()
    for home in here.parents[:2]:
        ours = _documents_of(home / "bundle.json", home.name)
        if ours is not None and here.relative_to(home).as_posix() in ours | OUR_FILES:
            raise JuanzongError(f"{target}: is part of an output; write somewhere else")
