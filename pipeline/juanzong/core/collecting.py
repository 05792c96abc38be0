"""The garbage collector, held back while one bundle is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = 1_000_000
"""New objects before the collector looks: nearly all that a bundle makes lives until it is written. With Python's own 700
it took 29 of the 43 seconds of a sheet of 300,000 cells."""


@contextmanager
def rarely_collected() -> Iterator[None]:
    """The collector looks seldom, and afterwards as often as before; where it was off, it stays off.

    >>> before = gc.get_threshold()
    >>> with rarely_collected():
    ...     gc.get_threshold()[0]
    1000000
    >>> gc.get_threshold() == before
    True
    """
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], YOUNG) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
