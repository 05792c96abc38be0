"""Memory that was freed, given back to the system."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import lru_cache


def give_back_memory() -> None:
    """Give back what was freed and is still held for later: recognition frees 400 MB a page, in pieces of which none
    fits the next page's. Where the C library has no `malloc_trim` (it is glibc's), nothing happens."""
    _trim()(0)


@lru_cache(maxsize=1)
def _trim() -> Callable[[int], int]:
    try:
        trim: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # Windows names no library of the process, others have another malloc
        return int
    return trim
