"""Bundle -> the files of clean/<id>/, byte for byte the same for the same input; written aside, then renamed."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pydantic_core

from juanzong.core.targets import carry_over, foreign_files

_HERE = -100  # AT_FDCWD of <fcntl.h>: paths count from the working directory
_EXCHANGE = 2  # RENAME_EXCHANGE of <linux/fs.h>
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def to_json(value: Any) -> str:
    """Indented JSON as committed: one key a line, keys in the order of the model."""
    return pydantic_core.to_json(value, indent=1).decode() + "\n"


def to_jsonl(rows: Iterable[Any]) -> str:
    return "".join([_encode(r) + "\n" for r in rows])


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Put `files` (relative path -> text) in the place of `folder`, whole or not at all. Only an absent or empty folder
    or an output of the bundle that the folder is named after is replaced; what else someone put into it stays.
    Raises JuanzongError where the folder is not ours to replace.

    They are written to a hidden sibling folder first, then the two change places in one step (where the system cannot,
    the old folder is moved aside and the new one moved in). Whatever interrupts this leaves the old or the new output
    whole; a killed run leaves its hidden folder behind.
    """
    foreign = foreign_files(folder, folder.name)
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for name, text in files.items():
            path = aside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        carry_over(foreign, folder, aside)
        os.chmod(aside, 0o777 & ~_umask())
        if not folder.exists():
            aside.rename(folder)
        elif not _exchange(aside, folder):
            old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".old", dir=folder.parent))
            try:
                folder.rename(old / "was")
                try:
                    aside.rename(folder)
                except BaseException:
                    (old / "was").rename(folder)
                    raise
            finally:
                if folder.exists():  # else the old output is all there is
                    shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _umask() -> int:
    """The process's mask of file modes; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, as Linux can (renameat2); False where it cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    done: int = rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return done == 0
