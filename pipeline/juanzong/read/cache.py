"""Recognised pages, kept by the hash of their image: a second run costs nothing.

In `cache_folder()`; safe to delete at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from juanzong.core.cache_folder import cache_folder
from juanzong.read.recognized import SeenPage, from_json, to_json


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
    try:
        return from_json(json.loads((cache_folder() / "pages" / f"{key}.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, IndexError):
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
