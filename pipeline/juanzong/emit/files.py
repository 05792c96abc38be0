"""Bundle -> the files of clean/<id>/, byte for byte the same for the same input; written aside, then renamed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from juanzong.core.targets import carry_over, foreign_files
from juanzong.core.workroom import OLD, hidden_folder, workroom

_HERE = -100  # AT_FDCWD of <fcntl.h>: paths count from the working directory
_EXCHANGE = 2  # RENAME_EXCHANGE of <linux/fs.h>


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Put `files` (relative path -> text) in the place of `folder`, whole or not at all. Only an absent or empty folder
    or an output of the bundle that the folder is named after is replaced; what else someone put into it stays.
    Raises JuanzongError where the folder is not ours to replace.

    They are written in a hidden workroom beside it first, then the two change places in one step (where the system
    cannot, the old folder is moved aside and the new one moved in). Whatever interrupts this leaves the old or the new
    output whole; what a killed run leaves in its workroom the next one clears.
    """
    foreign_files(folder, folder.name)  # refuses before anything is written
    with workroom(folder.parent) as room:
        aside = room / "new"
        for name, text in files.items():
            path = aside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        with hidden_folder(folder.parent):  # of two processes that write one output, the later one's stands
            carry_over(foreign_files(folder, folder.name), folder, aside)
            _put(aside, folder, room)


def _put(aside: Path, folder: Path, room: Path) -> None:
    """Let the new folder take the place of the old one, if there is one."""
    if not folder.exists():
        aside.rename(folder)
    elif not _exchange(aside, folder):
        old = room / OLD / folder.name
        old.parent.mkdir()
        folder.rename(old)
        try:
            aside.rename(folder)
        except BaseException:
            old.rename(folder)
            raise


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, as Linux can (renameat2); False where it cannot."""
    import ctypes

    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    done: int = rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return done == 0
