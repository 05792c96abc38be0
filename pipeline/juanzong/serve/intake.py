"""Uploads: from the network into a hidden room, and from there, whole, into raw/. Memory holds one chunk of each."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import shutil
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from juanzong.read.folder import files_in
from juanzong.read.hashes import file_hash, folder_hash
from juanzong.serve.names import candidates, likeness, stored_name

_ABANDONED = 3600.0  # seconds after which a folder that nobody completes is given up


@dataclass(frozen=True)
class Limits:
    """Bytes: of one file or one dropped folder, and of all that is kept."""

    one: int
    all: int


class Refused(Exception):
    """An upload that is not taken: HTTP status, the name of its message in words.json, and what the message tells."""

    def __init__(self, status: int, why: str, told: str = "") -> None:
        super().__init__(why)
        self.status, self.why, self.told = status, why, told


@dataclass(frozen=True)
class Stored:
    """The name in raw/, and whether it is new there."""

    name: str
    new: bool


def size_told(size: int) -> str:
    """A size for people.

    >>> size_told(500_000_000), size_told(1_500), size_told(12)
    ('500 MB', '1.5 kB', '12 B')
    """
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if size >= unit:
            return f"{size / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{size} B"


class Intake:
    """Takes files into `raw`; `room` is an empty folder on the same file system."""

    def __init__(self, raw: Path, room: Path, limits: Limits) -> None:
        self.raw, self.room, self.limits = raw, room, limits
        self._lock = threading.Lock()
        self._held = self._measured()
        self._count = 0

    async def file(self, given: str, size: int, chunks: AsyncIterator[bytes]) -> Stored:
        """Take one file; `size` is what the sender announces, or 0. Raises Refused."""
        name = _name(given)
        place = self._new_place()
        digest = await self._receive(place, size, chunks, 0)
        try:
            return await asyncio.to_thread(self._keep, place, name, digest)
        finally:
            place.unlink(missing_ok=True)

    async def part(self, upload: str, given: str, size: int, chunks: AsyncIterator[bytes]) -> Stored:
        """Take one file of the folder `upload`. Raises Refused."""
        name = _name(given)
        self._give_up_old()
        folder = self.room / f"folder-{upload}"
        folder.mkdir(exist_ok=True)
        place = self._new_place()
        try:
            await self._receive(place, size, chunks, _size(folder))
            with self._lock:
                taken = {likeness(p.name, is_folder=True) for p in folder.iterdir()}
                free = (c for c in candidates(name, is_folder=False) if likeness(c, is_folder=True) not in taken)
                target = folder / next(free)
                place.rename(target)
        finally:
            place.unlink(missing_ok=True)
        return Stored(target.name, True)

    def complete(self, upload: str, given: str, count: int) -> Stored:
        """The folder `upload` has come, `count` files in all: into raw/ with it. Raises Refused."""
        name = _name(given)
        folder = self.room / f"folder-{upload}"
        found = files_in(folder) if folder.is_dir() else []
        if not found or len(found) != count:
            self._remove(folder)
            raise Refused(409, "e_parts")
        return self._keep(folder, name, folder_hash(found))

    async def _receive(self, place: Path, size: int, chunks: AsyncIterator[bytes], before: int) -> str:
        """Write to `place`, which is gone again where it fails; returns the SHA-256."""
        digest, got = hashlib.sha256(), 0
        try:
            self._check(before + size, size)
            with place.open("wb") as out:
                async for chunk in chunks:
                    got += len(chunk)
                    self._held += len(chunk)
                    self._check(before + got, 0)
                    out.write(chunk)
                    digest.update(chunk)
                out.flush()
                await asyncio.to_thread(os.fsync, out.fileno())
        except BaseException as error:
            self._held -= got
            place.unlink(missing_ok=True)
            if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise Refused(507, "e_disk") from None
            raise
        return digest.hexdigest()

    def _check(self, one: int, more: int) -> None:
        if one > self.limits.one:
            raise Refused(413, "e_big", size_told(self.limits.one))
        if self._held + more > self.limits.all:
            self._held = self._measured()  # somebody may have cleared it
            if self._held + more > self.limits.all:
                raise Refused(413, "e_full", size_told(self.limits.all))

    def _keep(self, place: Path, name: str, digest: str) -> Stored:
        """Into raw/ under this name, or the next that is free; what is there already is not kept twice."""
        is_folder = place.is_dir()
        with self._lock:
            taken = {likeness(p.name, is_folder=p.is_dir()) for p in self.raw.iterdir() if p.name[0] != "."}
            for candidate in candidates(name, is_folder=is_folder):
                target = self.raw / candidate
                if likeness(candidate, is_folder=is_folder) not in taken:
                    place.rename(target)
                    return Stored(candidate, True)
                if _same(place, target, digest):
                    self._remove(place)
                    return Stored(candidate, False)
        raise AssertionError("there is always a next name")

    def _remove(self, place: Path) -> None:
        self._held -= _size(place)
        if place.is_dir():
            shutil.rmtree(place, ignore_errors=True)
        else:
            place.unlink(missing_ok=True)

    def _new_place(self) -> Path:
        with self._lock:
            self._count += 1
            return self.room / f"file-{self._count}"

    def _give_up_old(self) -> None:
        for folder in self.room.glob("folder-*"):
            if folder.stat().st_mtime < time.time() - _ABANDONED:
                self._remove(folder)

    def _measured(self) -> int:
        return _size(self.raw) + _size(self.room)


def _name(given: str) -> str:
    if not given:
        raise Refused(400, "e_name")
    name = stored_name(given)
    if name is None:
        raise Refused(422, "e_aside")
    return name


def _same(place: Path, target: Path, digest: str) -> bool:
    if place.is_dir():
        names = [p.name for p in files_in(place)]
        return (
            target.is_dir() and [p.name for p in files_in(target)] == names and folder_hash(files_in(target)) == digest
        )
    return target.is_file() and target.stat().st_size == place.stat().st_size and file_hash(target) == digest


def _size(path: Path) -> int:
    """Bytes of a file, or of all files in a folder; 0 where nothing is."""
    total = 0
    for p in [path, *path.rglob("*")]:
        try:
            total += p.lstat().st_size if p.is_file() else 0
        except OSError:
            continue  # gone meanwhile
    return total
