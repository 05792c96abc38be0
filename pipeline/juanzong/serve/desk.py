"""What lies in raw/ and how far it has come. The folder is the state: what has no output of its own is waiting."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from juanzong.batch.inputs import Input, find_inputs, is_aside
from juanzong.batch.rows import Row
from juanzong.batch.work import Task
from juanzong.core.errors import JuanzongError
from juanzong.core.names import printable
from juanzong.serve.pool import Pool

Stamp = tuple[tuple[str, int, int], ...]
"""(name, size, time of change in ns) of a file, or of a folder's files."""


@dataclass
class Item:
    """One input, the number of its task, and what became of it."""

    input: Input
    stamp: Stamp
    number: int
    row: Row | None = None

    @property
    def key(self) -> str:
        return key_of(self.input.id)


def key_of(bundle_id: str) -> str:
    """The name of a bundle in addresses."""
    return hashlib.sha256(bundle_id.encode()).hexdigest()[:24]


class Desk:
    """The inputs of `folder`/raw, done one after the other into `folder`/clean."""

    def __init__(self, folder: Path, jobs: int) -> None:
        self.folder, self.raw, self.clean = folder, folder / "raw", folder / "clean"
        self._items: dict[str, Item] = {}
        self._numbers = count()
        self._lock = threading.Lock()
        self._jobs = jobs
        self._pool = Pool(jobs, self._finished)

    def stop(self) -> None:
        self._pool.stop()

    def look(self) -> None:
        """Take what is new or changed in raw/ to work, and forget what is gone."""
        with self._lock:
            stamps = self._stamps()
            try:
                inputs = find_inputs(list(stamps), out=self.clean, one=True).bundles
            except JuanzongError:
                return  # something went while it was looked at: the next look sees
            items, new = {}, []
            for i in inputs:
                key, stamp = key_of(i.id), stamps[i.path]
                known = self._items.get(key)
                if known and known.input == i and (known.stamp == stamp or known.row is None):
                    items[key] = known  # what changes while it is read is read again after that
                else:
                    items[key] = Item(i, stamp, next(self._numbers))
                    new.append(items[key])
            self._items = items
            share = max(1, self._jobs // max(1, sum(i.row is None for i in items.values())))
            for item in new:
                self._pool.give(item.number, self._task(item.input, share))

    def state(self) -> list[dict[str, Any]]:
        """All inputs for the page, the newest first."""
        self.look()
        running = self._pool.running
        with self._lock:
            items = sorted(self._items.values(), key=lambda i: (-max(s[2] for s in i.stamp), i.input.id))
        return [self._told(i, running.get(i.number)) for i in items]

    def output(self, key: str) -> Path | None:
        """The output folder of a bundle, where there is one."""
        with self._lock:
            item = self._items.get(key)
        folder = self.clean / item.input.id if item else None
        return folder if folder and (folder / "bundle.json").is_file() else None

    def source(self, key: str) -> Path:
        """The input of a bundle that has an output."""
        with self._lock:
            return self._items[key].input.path

    def _told(self, item: Item, pages: tuple[int, int] | None) -> dict[str, Any]:
        row = item.row
        status = (
            ("waiting" if pages is None else "running")
            if row is None
            else "failed"
            if row.status == "failed"
            else "done"
        )
        told: dict[str, Any] = {"key": item.key, "name": printable(item.input.path.name), "status": status}
        if status == "done" and row:
            told |= {"documents": row.documents, "characters": row.characters, "findings": row.findings}
        if status == "running" and pages and pages[1]:
            told["pages"] = pages
        if row and row.error:
            told["error"] = row.error
        told["open"] = status == "done" or (self.clean / item.input.id / "bundle.json").is_file()
        return told

    def _task(self, i: Input, share: int) -> Task:
        return Task(i.id, i.path, self.clean, one=i.path.is_dir(), jobs=share, keep=True, resume=True)

    def _finished(self, number: int, row: Row) -> None:
        with self._lock:
            for item in self._items.values():
                if item.number == number:
                    item.row = row

    def _stamps(self) -> dict[Path, Stamp]:
        found: dict[Path, Stamp] = {}
        for path in sorted(self.raw.iterdir()):
            if not is_aside(path.name):
                files = sorted(p for p in path.iterdir() if not p.name.startswith(".")) if path.is_dir() else [path]
                stamp = tuple(s for p in files if (s := _stamp(p)))
                if stamp:
                    found[path] = stamp
        return found


def _stamp(path: Path) -> tuple[str, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return (path.name, status.st_size, status.st_mtime_ns) if path.is_file() else None
