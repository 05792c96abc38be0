"""Where juanzong keeps what it can make anew: safe to delete at any time."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """$JUANZONG_CACHE, else $XDG_CACHE_HOME/juanzong, else ~/.cache/juanzong. Raises RuntimeError where there is no
    home."""
    own = os.environ.get("JUANZONG_CACHE")
    return Path(own) if own else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "juanzong"
