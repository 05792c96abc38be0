"""What can be downloaded of a bundle, or of all: made by the commands that people would type, in processes of their own."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

from juanzong.core.errors import JuanzongError
from juanzong.output.exports import FORMATS
from juanzong.words import Language


class Kind(NamedTuple):
    """`before` and `after` stand around the output folder on the command line, the file to write at the end; `ending`
    of the file, "" for a folder, which is sent as ZIP; `of_all`: whether one can be made of all bundles."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    ending: str
    of_all: bool = False


KINDS = {
    "clean": Kind((), (), "", True),
    "xlsx": Kind(("tables",), ("--to", "xlsx", "-o"), ".xlsx"),
    "docx": Kind(("export",), ("--to", "docx", "-o"), "", True),
    "evidence": Kind(("evidence",), ("--html",), ".html"),
    "report": Kind(("report",), ("-o",), ".html"),
    "markdown": Kind(("markdown",), ("-o",), ""),
    **{
        name: Kind(("export",), ("--to", name, "-o"), form.endings[0] if form.endings else "", True)
        for name, form in FORMATS.items()
        if name != "docx"
    },
}


def make(kind: str, output: Path, name: str, room: Path, language: Language) -> Path:
    """The file to send, in `room`; `name` is the bundle's. Raises JuanzongError where the command fails, with its line."""
    chosen = KINDS[kind]
    if not chosen.before:
        return _packed(output, name, room)
    target = room / ("made" + chosen.ending)
    command = [
        sys.executable,
        "-m",
        "juanzong",
        *chosen.before,
        str(output),
        *chosen.after,
        str(target),
        "--lang",
        language,
    ]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace")
    if done.returncode not in (0, 1) or not target.exists():
        told = done.stderr.strip().splitlines()
        raise JuanzongError(
            told[-1].removeprefix("juanzong: ").removeprefix("juanzong：") if told else f"{kind}: nothing was made"
        )
    return _packed(target, name, room) if target.is_dir() else target


def _packed(folder: Path, name: str, room: Path) -> Path:
    """The folder as ZIP, its files under the bundle's name. Hidden ones stay here."""
    folder = folder / name if (folder / name).is_dir() else folder  # some exports have a folder for each bundle
    target = room / "made.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            if path.is_file() and not any(p.startswith(".") for p in inside.parts):
                archive.write(path, f"{name}/{inside.as_posix()}")
    return target
