"""A page as printed: what a reader of PDF or images finds before it is written down as text."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import NamedTuple

from juanzong.core.source import PageReport, Reading

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the top left of the page."""


class Slant(NamedTuple):
    """How a page lay before it was set upright: quarter turns clockwise, then degrees."""

    turned: int = 0
    angle: float = 0.0


UPRIGHT = Slant()


@dataclass(slots=True)
class PrintedLine:
    """One printed line of prose. `indented`, `centered` and `apart` are filled in by margins.place_lines."""

    text: str
    bbox: Box
    size: float  # font size in points
    bold: bool = False
    confidence: float | None = None
    doubts: tuple[Reading, ...] = ()
    indented: bool = False
    centered: bool = False
    apart: bool = False  # it begins a paragraph, as the gap above it shows
    column: int = 0  # of a page set in two: 1 left, 2 right, 0 across both
    margin: bool = False  # it is the head or foot of its page
    watermark: bool = False
    name: str = ""  # of the sheet's cell that it stands in


@dataclass(slots=True)
class PrintedCell:
    """One cell of a ruled table; `bbox` is the cell's, ruling to ruling."""

    bbox: Box
    text: str = ""
    row_span: int = 1
    col_span: int = 1
    confidence: float | None = None
    doubts: tuple[Reading, ...] = ()
    name: str = ""  # of the sheet's cell


@dataclass(slots=True)
class PrintedTable:
    """A table: a merged cell stands once, in its first row. `ruled`: rulings bound each of its cells, so that an empty one
    is a cell, too."""

    bbox: Box
    rows: list[list[PrintedCell]]
    ruled: bool = False


@dataclass(slots=True)
class PrintedPage:
    """`number` counts from 1; `blocks` stand in reading order; `rules` are the horizontal rulings' (x0, x1).

    All of it is in points of the upright page (as are `width` and `height`); `slant` leads back to the page as it lies.
    """

    number: int
    width: float
    height: float
    blocks: list[PrintedLine | PrintedTable] = field(default_factory=list)
    rules: list[tuple[float, float]] = field(default_factory=list)
    reports: list[PageReport] = field(default_factory=list)
    slant: Slant = UPRIGHT
    sheet: str = ""  # name of the sheet that the page is


def as_it_lies(box: Box, page: PrintedPage) -> Box:
    """A box of the upright page as a box of the page as it lies; rounded to 0.01 points.

    >>> as_it_lies((10, 20, 30, 25), PrintedPage(1, 200, 100, slant=Slant(1)))
    (20, 170, 25, 190)
    """
    x0, top, x1, bottom = box
    width, height = page.width, page.height
    if page.slant is UPRIGHT:  # as nearly all
        return (round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))
    if page.slant.angle:
        a = math.radians(page.slant.angle)
        dx, dy = (x0 + x1 - width) / 2, (top + bottom - height) / 2
        right, down = dx * math.cos(a) - dy * math.sin(a) - dx, dx * math.sin(a) + dy * math.cos(a) - dy
        x0, top, x1, bottom = x0 + right, top + down, x1 + right, bottom + down
    for _ in range(page.slant.turned % 4):
        x0, top, x1, bottom = top, width - x1, bottom, width - x0
        width, height = height, width
    return (round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))


def around(boxes: list[Box]) -> Box:
    """The smallest box around all of them.

    >>> around([(0, 0, 1, 1), (2, 1, 3, 4)])
    (0, 0, 3, 4)
    """
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
