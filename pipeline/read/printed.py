"""A page as printed: what a reader of PDF or images finds before it is written down as text."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.source import PageReport

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the top left of the page."""


class Doubt(NamedTuple):
    """text[start:end] may read `after` instead: a weak character or a second reader's word."""

    start: int
    end: int
    after: str
    confidence: float
    rule: str
    note: str


@dataclass(slots=True)
class PrintedLine:
    """One printed line of prose. `indented` and `centered` are filled in by margins.place_lines."""

    text: str
    bbox: Box
    size: float                                  # font size in points
    bold: bool = False
    confidence: float | None = None
    doubts: tuple[Doubt, ...] = ()
    indented: bool = False
    centered: bool = False


@dataclass(slots=True)
class PrintedCell:
    """One cell of a ruled table; `bbox` is the cell's, ruling to ruling."""

    bbox: Box
    text: str = ""
    row_span: int = 1
    col_span: int = 1
    confidence: float | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class PrintedTable:
    """A ruled table: a merged cell stands once, in its first row."""

    bbox: Box
    rows: list[list[PrintedCell]]


@dataclass(slots=True)
class PrintedPage:
    """`number` counts from 1; `blocks` stand in reading order; `rules` are the horizontal rulings' (x0, x1)."""

    number: int
    width: float
    height: float
    blocks: list[PrintedLine | PrintedTable] = field(default_factory=list)
    rules: list[tuple[float, float]] = field(default_factory=list)
    reports: list[PageReport] = field(default_factory=list)


def around(boxes: list[Box]) -> Box:
    """The smallest box around all of them.

    >>> around([(0, 0, 1, 1), (2, 1, 3, 4)])
    (0, 0, 3, 4)
    """
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
