"""Bundle -> the files of clean/<id>/, byte for byte the same for the same input; written aside, then renamed."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pydantic_core


def to_json(value: Any) -> str:
    """Indented JSON as committed: one key a line, keys in the order of the model."""
    return pydantic_core.to_json(value, indent=1).decode() + "\n"


def to_jsonl(rows: Iterable[Any]) -> str:
    return "".join(json.dumps(r, ensure_ascii=False, separators=(", ", ": ")) + "\n" for r in rows)


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Put `files` (relative path -> text) in the place of `folder`, whole or not at all.

    They are written to a sibling folder first; the old folder is moved aside, the new one moved in, the old one
    removed. Whatever interrupts this leaves the old or the new output whole.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for name, text in files.items():
            path = aside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        os.chmod(aside, 0o755)
        if folder.exists():
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
        else:
            aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
