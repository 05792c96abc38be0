"""Compiled patterns kept from one run to the next.

The modules of this program compile some 500 patterns when they are imported; that takes 200 ms, reading them back 4.
`regex` lets compiled patterns be pickled. They are kept by their text and flags, so what is read back can never stand
for another pattern; a file in which a bit has changed would (or would crash `regex`), so the hash of what was written
goes before it. Where the cache folder cannot be written, they are compiled as ever.
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

from juanzong.core.cache_folder import cache_folder

_HASH = 32  # bytes of a SHA-256
_Patterns = dict[tuple[str | bytes, int], Any]  # by text and flags


@contextmanager
def kept_patterns() -> Iterator[None]:
    """Around imports: what `re.compile` is asked for is read back where an earlier run compiled it, and kept where not.
    (`regex` keeps what it compiles as well, but no more than 500 patterns, and weighs flags before it looks.)"""
    try:
        place = _place()
    except RuntimeError:  # there is no home
        yield
        return
    kept, used = _read(place), _Patterns()
    compile_anew = re.compile

    def look_up(pattern: Any, flags: int = 0, **more: Any) -> Any:
        if more or not isinstance(pattern, (str, bytes)):
            return compile_anew(pattern, flags, **more)
        key = (pattern, int(flags))
        found = used[key] = kept.get(key) or compile_anew(pattern, flags)
        return found

    re.compile = look_up  # type: ignore[assignment]
    try:
        yield
    finally:
        re.compile = compile_anew
    if not used.keys() <= kept.keys():
        with suppress(OSError):
            _write(place, used)  # without the patterns that are no more


def _place() -> Path:
    """A file for each place where juanzong is installed, and each version of what compiles and reads patterns."""
    here = hashlib.sha1(os.fsencode(__file__)).hexdigest()[:12]
    return cache_folder() / "patterns" / f"{here}-{sys.implementation.cache_tag}-regex-{re.__version__}.pickle"


def _read(place: Path) -> _Patterns:
    """The patterns as they were written; none where there is no such file, one cut short or damaged, or one that others
    can have written: a pickle may do anything, and the cache folder may be shared."""
    try:
        with place.open("rb") as file:
            if not _is_ours(os.fstat(file.fileno())):
                return {}
            written = file.read()
        if _hash(written[_HASH:]) != written[:_HASH]:
            return {}
        kept = pickle.loads(written[_HASH:])
    except (OSError, EOFError, ValueError, TypeError, AttributeError, ImportError, pickle.UnpicklingError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _is_ours(state: os.stat_result) -> bool:
    return not hasattr(os, "getuid") or (state.st_uid == os.getuid() and not state.st_mode & 0o022)


def _hash(written: bytes) -> bytes:
    return hashlib.sha256(written).digest()


def _write(place: Path, patterns: _Patterns) -> None:
    """Aside, then renamed: another process reads all of it or nothing."""
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_suffix(f".{os.getpid()}")
    pickled = pickle.dumps(patterns, protocol=5)
    aside.write_bytes(_hash(pickled) + pickled)
    aside.chmod(0o600)
    aside.replace(place)
