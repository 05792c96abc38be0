"""How far reading has come: a bar on a terminal, a line now and then in a log, nothing when quiet."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

from juanzong.words import shown

BAR = 24  # cells
REDRAW = 0.1  # seconds between two drawings of the bar
LOG_EVERY = 10.0  # seconds between two lines in a log


def progress_bar(
    label: str,
    *,
    unit: str = "pages",
    quiet: bool = False,
    stream: TextIO | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Callable[[int, int], None]:
    """A callback(units done, units in all), as ReadOptions.progress is one, writing to `stream` (standard error)."""
    out = sys.stderr if stream is None else stream
    terminal, begun = out.isatty(), clock()
    told = begun - REDRAW if terminal else begun

    def tell(done: int, total: int) -> None:
        nonlocal told
        now = clock()
        ended = done >= total
        if quiet or not total or (not ended and now - told < (REDRAW if terminal else LOG_EVERY)):
            return
        told = now
        line = progress_line(label, done, total, now - begun, bar=terminal, unit=unit)
        line = shown(line)
        out.write(f"\r{line}\x1b[K" + ("\n" if ended else "") if terminal else line + "\n")
        out.flush()

    return tell


def progress_line(label: str, done: int, total: int, seconds: float, *, bar: bool, unit: str = "pages") -> str:
    """One line: pages (or another unit), how many per second, time left.

    >>> progress_line("a.pdf", 30, 120, 15.0, bar=False)
    'a.pdf: 30/120 pages, 2.0 pages/s, 0:45 left'
    >>> progress_line("a.pdf", 4, 4, 2.0, bar=True)
    'a.pdf [########################] 4/4 pages, 2.0 pages/s, 0:02 in all'
    """
    rate = done / seconds if seconds > 0 else 0.0
    left = (total - done) / rate if rate else 0.0
    time_told = f"{_clock(seconds)} in all" if done >= total else f"{_clock(left)} left"
    filled = BAR * done // total
    head = f"{label} [{'#' * filled}{'.' * (BAR - filled)}]" if bar else f"{label}:"
    return f"{head} {done}/{total} {unit}, {rate:.1f} {unit}/s, {time_told}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
