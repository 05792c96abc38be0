"""Locks that the system frees when their holder ends, however it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process at a time in here. Raises FileNotFoundError where there is no such folder."""
    handle = _open(folder)
    try:
        _lock(handle, wait=True)
        yield
    finally:
        os.close(handle)


def hold(path: Path) -> int | None:
    """The handle of a file that is now locked, to be closed by the caller; None where a living process holds it, or
    where the file system knows no locks (nobody can say then that its holder is dead)."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(handle, wait=False)
    except OSError:
        os.close(handle)
        return None
    return handle


if sys.platform == "win32":
    import msvcrt

    def _open(folder: Path) -> int:
        return os.open(folder / ".juanzong.lock", os.O_RDWR | os.O_CREAT)

    def _lock(handle: int, *, wait: bool) -> None:
        msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _open(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY)

    def _lock(handle: int, *, wait: bool) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
