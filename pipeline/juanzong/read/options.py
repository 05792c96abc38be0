"""How to read: the same for every format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Progress = Callable[[int, int], None]
"""Called with (pages done, pages in all)."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """`one`: a folder is one bundle, its files in natural order. `jobs`: processes that recognise scanned pages.

    `max_pixels` bounds one page image (decompression bombs); the default holds an A2 sheet at 300 dpi.
    """

    one: bool = False
    second_reader: Literal["tesseract"] | None = None
    jobs: int = 1
    progress: Progress | None = None
    max_pixels: int = 40_000_000

    @property
    def recognisers(self) -> tuple[str, ...]:
        """What the output records as the readers of images: so it can be derived again as it was."""
        return ("rapidocr", *([self.second_reader] if self.second_reader else []))


def nothing(done: int, total: int) -> None:
    """The progress callback of those who do not want to hear."""
