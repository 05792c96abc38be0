"""A source as every reader gives it: one text, what its blocks are where the reader knows it, and where its lines stand
on their pages if it has pages."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from juanzong.core.terms import Severity

CELL_LINE = "\u2028"
"""Parts the lines of one cell in the source text: LINE SEPARATOR. In the output it is a line feed."""

CENTERED = "centered"
"""A block's label where the file sets it in the middle of the line."""

BlockKind = Literal["title", "heading", "paragraph", "table", "caption", "note", "figure", "navigation"]
"""What a block is: a document's title, a heading, running text (a list's item too), a table, the caption or a note of a
table or figure, a picture (the text is its path or name), a web page's menu."""


@dataclass(frozen=True, slots=True)
class CellMark:
    """source.text[start:end] is a cell; its spans as in HTML. Cells of a row are parted by tabs."""

    start: int
    end: int
    row_span: int = 1
    col_span: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """What the reader knows of source.text[start:end], whole lines with their ends: the text is text alone, whatever it
    looks like.

    `level`: of a heading, from 1; 0 where the tool tells none. `label`: the tool's own word for the block. `rows`: of a
    table, one a line, also the blank ones; a merged cell stands in its first row. `exact`: its cells are those of the
    file, so that an empty one is empty and no lost span. `heads`: rows of header that its author marked as such.
    """

    start: int
    end: int
    kind: BlockKind
    level: int = 0
    label: str = ""
    rows: tuple[tuple[CellMark, ...], ...] = ()
    exact: bool = False
    heads: int = 0


@dataclass(frozen=True, slots=True)
class LineMark:
    """Where one line of the text stands on its page; points from the top left."""

    page: int  # from 1
    bbox: tuple[float, float, float, float]  # x0, top, x1, bottom
    size: float = 0.0  # font size in points, 0 where unknown
    centered: bool = False
    bold: bool = False
    margin: bool = False  # the tool that read it took it for a head or foot of the page
    watermark: bool = False  # it lies across the page, pale and large behind its text, or sideways in the margin
    confidence: float | None = None  # of recognition, 0 to 1
    sheet: bool = False  # its page is a sheet of a workbook: whole by itself, no print cuts it


@dataclass(frozen=True, slots=True)
class WordMark:
    """Where a piece of the text stands on its page: finer than a line (cells, OCR words)."""

    start: int
    end: int
    page: int
    bbox: tuple[float, float, float, float]
    confidence: float | None = None
    cell: str = ""  # of a workbook: 表1!B5


@dataclass(frozen=True, slots=True)
class Reading:
    """text[start:end] may read `after` instead: a second reader's disagreement or a weak character. Becomes a suggested
    edit, never an applied one."""

    start: int
    end: int
    after: str
    confidence: float
    rule: str
    note: str

    def moved(self, by: int) -> Reading:
        """The same reading, where `by` characters stand before the text that it was counted in."""
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class PageReport:
    """What befell a page, or (page 0) the file: becomes a finding. `text`: what was left out, whole."""

    page: int
    severity: Severity
    check: str
    message: str
    text: str = ""


@dataclass(frozen=True)
class Source:
    """`text` has no BOM and only LF line ends; offsets count its code points.

    What stands in `blocks` (ascending, none over another) is text alone; the other lines are written in the dialects
    the stages read: prose lines, tab rows, HTML table rows, four blanks for a paragraph's indent. `^①` is a raised note
    marker in either. `marks` holds one mark per line of the text (None for lines that stand on no page), or is empty
    where the input has no pages.
    """

    path: str  # as recorded in bundle.json: relative, with forward slashes
    sha256: str
    media_type: str
    text: str
    encoding: str | None = None
    is_text: bool = True  # offsets count in the file itself; else source.txt is written
    marks: tuple[LineMark | None, ...] = ()
    words: tuple[WordMark, ...] = ()
    blocks: tuple[Block, ...] = ()
    readings: tuple[Reading, ...] = ()
    reports: tuple[PageReport, ...] = ()
    readers: tuple[str, ...] = field(default_factory=tuple)
    pages: tuple[tuple[int, float, float], ...] = ()  # (page from 1, width, height in points), where there are pages
