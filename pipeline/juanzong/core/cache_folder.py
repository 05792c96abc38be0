"""Where juanzong keeps what it can make anew: safe to delete at any time."""

from __future__ import annotations

import os
from pathlib import Path

from juanzong.core.errors import JuanzongError

SIZE = 2000
"""Megabytes of recognised pages that are kept where nobody says otherwise: about 100,000 pages."""


def use_cache(folder: str | None, megabytes: int | None) -> None:
    """Say where the cache is and what it may hold, for this process and those that it starts; None leaves it."""
    if folder is not None:
        os.environ["JUANZONG_CACHE"] = os.path.abspath(folder)
    if megabytes is not None:
        os.environ["JUANZONG_CACHE_SIZE"] = str(megabytes)


def cache_size() -> int:
    """Bytes that the cache may hold: $JUANZONG_CACHE_SIZE in megabytes, else SIZE. Raises JuanzongError for what is no
    number."""
    said = os.environ.get("JUANZONG_CACHE_SIZE", "") or str(SIZE)
    if not said.isdecimal():
        raise JuanzongError(f"JUANZONG_CACHE_SIZE={said}: no number; give the megabytes that the cache may hold")
    return int(said) * 1_000_000


def cache_folder() -> Path:
    """$JUANZONG_CACHE, else $XDG_CACHE_HOME/juanzong, else ~/.cache/juanzong. Raises RuntimeError where there is no
    home."""
    own = os.environ.get("JUANZONG_CACHE")
    return Path(own) if own else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "juanzong"
