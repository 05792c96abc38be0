"""Recognised pages, kept by the hash of their image: a second run costs nothing.

In `cache_folder()`, which all processes share; safe to delete at any time. It holds `cache_size()`: beyond that the pages
that nobody has asked for longest go.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from juanzong.core.cache_folder import cache_folder, cache_size
from juanzong.read.recognized import SeenPage, from_json, to_json

_ROOM = 0.9  # of its size that a full cache is brought to, so that not every page trims it anew


@lru_cache(maxsize=1)
def _reader() -> str:
    try:
        return f"rapidocr {version('rapidocr')}"
    except PackageNotFoundError:
        return "rapidocr"


def key_of(pixels: Any) -> str:
    """The hash of a page image (numpy array) and of the reader's version."""
    digest = hashlib.sha256(f"{_reader()} {pixels.shape}".encode())
    digest.update(pixels.tobytes())
    return digest.hexdigest()


def load(key: str) -> SeenPage | None:
    """What was stored, or None; a damaged entry counts as none."""
    place = cache_folder() / "pages" / f"{key}.json"
    try:
        page = from_json(json.loads(place.read_text(encoding="utf-8")))
        os.utime(place)  # it is wanted: the last to go
        return page
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def store(key: str, page: SeenPage) -> None:
    """Keep it; a full or read-only disk is no reason to stop."""
    place = cache_folder() / "pages" / f"{key}.json"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(to_json(page), ensure_ascii=False), encoding="utf-8")
        part.replace(place)
    except OSError:
        return


def is_bounded() -> bool:
    """Whether somebody said how much it may hold: it may hold more from an earlier run."""
    return bool(os.environ.get("JUANZONG_CACHE_SIZE"))


def trim() -> None:
    """Bring the cache within its size; another process may do the same at the same time."""
    most = cache_size()
    try:
        with os.scandir(cache_folder() / "pages") as entries:
            found = [(e.stat(), e.path) for e in entries if e.is_file()]
    except OSError:
        return
    held = sum(state.st_size for state, _ in found)
    if held <= most:
        return
    for state, path in sorted(found, key=lambda x: (x[0].st_mtime_ns, x[1])):
        with suppress(OSError):
            os.unlink(path)
        held -= state.st_size
        if held <= most * _ROOM:
            return
