"""Rows of a table as transcription left them, before repair."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from juanzong.core.traced import EMPTY, Traced
from juanzong.language.text import display_width

Syntax = Literal["tabs", "html", "pipes", "printed"]


@dataclass
class RawCell:
    """One cell; `at` is the display column in which it begins (printed rows only)."""

    text: Traced = EMPTY
    row_span: int = 1
    col_span: int = 1
    at: int = 0

    @property
    def end(self) -> int:
        """The display column behind it."""
        return self.at + display_width(self.text.text)


@dataclass
class RawRow:
    """A row as written; of the `printed` syntax one printed line, whose cells are the pieces between wide blanks."""

    cells: list[RawCell] = field(default_factory=list)
    line: int = 0  # number of the source line it begins in, from 1
    page_break: bool = False  # whether a page may have ended before it: a blank line stands there
    syntax: Syntax = "tabs"
    cut: bool = False  # the source breaks off within it: the cells behind are lost
    caption: bool = False  # it is a caption element, no row of cells
    exact: bool = False  # its cells are those of the file: an empty one is no lost span
    clamped: bool = False  # a span in it went beyond the table
    head: bool = False  # its author marked it as a row of the header
