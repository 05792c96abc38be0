"""Locks that the system frees when their holder ends, however it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOENT
from pathlib import Path


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process at a time in here. Raises FileNotFoundError where there is no such folder, or where it was removed
    while this process waited (a new one of its name has a lock of its own)."""
    handle = _open(folder)
    try:
        _lock(handle, wait=True)
        if not _is_there(handle, folder):
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT), str(folder))
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

    def _is_there(handle: int, folder: Path) -> bool:
        return True  # what is open cannot be removed

    def _lock(handle: int, *, wait: bool) -> None:
        msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _open(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY)

    def _is_there(handle: int, folder: Path) -> bool:
        return os.path.samestat(os.fstat(handle), os.stat(folder))

    def _lock(handle: int, *, wait: bool) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
