"""Compiled patterns kept from one run to the next.

The modules of this program compile some 400 patterns when they are imported; that takes 160 ms, reading them back 4.
`regex` lets compiled patterns be pickled, and keeps those of a process in a cache by their text and flags, so what is
read back can never stand for another pattern; a file in which a bit has changed would (or would crash `regex`), so the
hash of what was written goes before it. Where the cache folder cannot be written, or `regex` keeps its patterns
elsewhere, they are compiled as ever.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import regex as re
from regex import _main as in_regex  # no public name leads to its cache

from juanzong.core.cache_folder import cache_folder

_HASH = 32  # bytes of a SHA-256
_CACHES = ("_cache", "_named_args", "_locale_sensitive")  # patterns, and what `regex` looks up to find one


@contextmanager
def kept_patterns() -> Iterator[None]:
    """Around imports: patterns that earlier runs compiled are read back, those compiled now are kept."""
    caches: list[dict[Any, Any]] = [getattr(in_regex, name, {}) for name in _CACHES]
    try:
        place = _place()
    except RuntimeError:  # there is no home
        yield
        return
    kept = _read(place)
    for cache, old in zip(caches, kept, strict=False):
        cache.update(old)
    before = len(caches[0])
    yield
    if len(caches[0]) > before:
        with suppress(OSError):
            if kept:  # it may hold patterns that are no more: the next run writes it from nothing
                place.unlink()
            else:
                _write(place, caches)


def _place() -> Path:
    """A file for each place where juanzong is installed, and each version of what compiles and reads patterns."""
    here = hashlib.sha1(os.fsencode(__file__)).hexdigest()[:12]
    return cache_folder() / "patterns" / f"{here}-{sys.implementation.cache_tag}-regex-{re.__version__}.pickle"


def _read(place: Path) -> list[dict[Any, Any]]:
    """The caches as they were written; none where there is no such file, or one cut short or damaged."""
    try:
        written = place.read_bytes()
        if _hash(written[_HASH:]) != written[:_HASH]:
            return []
        kept = pickle.loads(written[_HASH:])
    except (OSError, EOFError, ValueError, TypeError, AttributeError, ImportError, pickle.UnpicklingError):
        return []
    return kept if isinstance(kept, list) else []


def _hash(written: bytes) -> bytes:
    return hashlib.sha256(written).digest()


def _write(place: Path, caches: list[dict[Any, Any]]) -> None:
    """Aside, then renamed: another process reads all of it or nothing."""
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_suffix(f".{os.getpid()}")
    pickled = pickle.dumps(caches, protocol=5)
    aside.write_bytes(_hash(pickled) + pickled)
    aside.replace(place)
