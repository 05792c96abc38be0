"""An input held still while it is read: a copy, so that the bytes that are read are those that are hashed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path
from stat import S_ISBLK, S_ISCHR
from typing import BinaryIO

from juanzong.core.errors import JuanzongError
from juanzong.core.names import fitting
from juanzong.core.source import Source
from juanzong.core.workroom import temporary_room

_FULL = (ENOSPC, EDQUOT, EFBIG)


@contextmanager
def held(path: Path) -> Iterator[Path]:
    """A copy of the file, pipe or folder, under the same name, as long as the context lasts. Costs its size in the
    system's folder of temporary files ($TMPDIR). Raises JuanzongError for a device, which may never end."""
    with temporary_room() as room:
        copy = room / fitting(path.name, "")
        try:
            if path.is_dir():
                from juanzong.read.folder import files_in

                copy.mkdir()
                for file in files_in(path):
                    _copy(file, copy / file.name)
            else:
                _copy(path, copy)
        except OSError as error:
            if error.errno in _FULL:
                home = room.parent.parent
                raise JuanzongError(f"{path}: no room for a copy in {home} ({error.strerror}); set TMPDIR") from None
            raise JuanzongError(f"{path}: cannot be read: {error.strerror}; check path and permissions") from None
        yield copy


def _copy(path: Path, copy: Path) -> None:
    with path.open("rb") as source, copy.open("wb") as target:
        _refuse_device(source, path)
        shutil.copyfileobj(source, target, 1 << 20)


def _refuse_device(file: BinaryIO, path: Path) -> None:
    mode = os.fstat(file.fileno()).st_mode
    if S_ISBLK(mode) or (S_ISCHR(mode) and not file.isatty() and path != Path(os.devnull)):
        raise JuanzongError(f"{path}: a device, not a file; give a file, a folder or a pipe")


def lasts(path: Path) -> bool:
    """Whether the input can be opened again: not a pipe, nor a file under its name among this process's own."""
    return path.is_file() and not path.absolute().as_posix().startswith(("/dev/", "/proc/"))


def named(source: Source, copy: Path, path: Path) -> Source:
    """The source, its reports speaking of the input and not of the copy."""
    reports = tuple(replace(r, message=r.message.replace(str(copy), str(path))) for r in source.reports)
    return replace(source, reports=reports)
