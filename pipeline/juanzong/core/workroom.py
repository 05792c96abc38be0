"""Where files lie until they are whole: a hidden folder that git ignores and that the next run clears."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from juanzong.core.locks import hold, locked

HIDDEN = ".juanzong"  # beside what is written: renaming needs one file system
_ROOM = "w-"
_LOCK = "lock"
_KEEP = ".gitignore"  # says `*`, so that nothing in the hidden folder is ever added, whatever the repository ignores
_TRIES = 1000  # to enter the hidden folder, which others may be taking away each time
OLD = "old"  # in a room: a folder that is being replaced


@contextmanager
def workroom(folder: Path, name: str = HIDDEN) -> Iterator[Path]:
    """An empty folder inside folder/`name`, of this process alone, gone at the end. Rooms that killed processes left
    are cleared first; an output that one of them had moved aside goes back to its place."""
    home = folder / name
    room, lock = _enter(home)
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)
        if lock is not None:
            os.close(lock)
        _leave(home)


@contextmanager
def temporary_room() -> Iterator[Path]:
    """The same in the system's folder of temporary files ($TMPDIR), for this user alone."""
    user = os.getuid() if hasattr(os, "getuid") else ""
    with workroom(Path(tempfile.gettempdir()), f"{HIDDEN}-{user}") as room:
        yield room


@contextmanager
def hidden_folder(folder: Path) -> Iterator[Path]:
    """folder/.juanzong, made where it is not there, for this process alone as long as the context lasts."""
    with _entered(folder / HIDDEN) as home:
        yield home


@contextmanager
def _entered(home: Path) -> Iterator[Path]:
    """The home, locked: no room in it is seen before it is locked, and nobody takes it away meanwhile."""
    tried = 0
    with ExitStack() as stack:
        while True:
            try:
                home.mkdir(parents=True, exist_ok=True)
                stack.enter_context(locked(home))
                break
            except FileExistsError:  # another process took it away just now; or a file stands there
                if home.exists() and not home.is_dir():
                    raise
            except FileNotFoundError:  # the same, one moment later; or a folder in which none can be made (/proc)
                tried += 1
                if not home.parent.is_dir() or tried == _TRIES:
                    raise
        _ignore(home)
        yield home


def _enter(home: Path) -> tuple[Path, int | None]:
    """A new room and the handle of its lock."""
    with _entered(home):
        _clear(home)
        room = Path(tempfile.mkdtemp(prefix=_ROOM, dir=home))
        return room, hold(room / _LOCK)


def _clear(home: Path) -> None:
    for room in home.glob(_ROOM + "*"):
        try:
            lock = hold(room / _LOCK) if (room / _LOCK).exists() else -1
        except FileNotFoundError:  # who had it takes it away just now
            continue
        if lock is None:
            continue
        for moved in (room / OLD).glob("*"):
            if not (home.parent / moved.name).exists():
                moved.rename(home.parent / moved.name)
        shutil.rmtree(room, ignore_errors=True)
        if lock >= 0:
            os.close(lock)


def _leave(home: Path) -> None:
    """The home goes with the last room, where nothing else is kept in it."""
    with contextlib.suppress(OSError), locked(home):
        if os.listdir(home) == [_KEEP]:
            (home / _KEEP).unlink()
            home.rmdir()


def _ignore(home: Path) -> None:
    if not (home / _KEEP).exists():
        with (home / _KEEP).open("w") as file:
            file.write("*\n")
