"""Printed pages -> the text, marks, words, blocks and readings of a Source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from juanzong.core.source import CELL_LINE, Block, CellMark, LineMark, PageReport, Reading, WordMark
from juanzong.read.covered_rows import without_covered
from juanzong.read.printed import PrintedLine, PrintedPage, PrintedTable, around, as_it_lies

INDENT = "    "  # two characters, as every stage reads it
BLANK_LINES_BETWEEN_PAGES = 2


@dataclass
class Writing:
    """A source text as it grows, line by line; `fields` gives what Source(...) takes."""

    lines: list[str] = field(default_factory=list)
    marks: list[LineMark | None] = field(default_factory=list)
    words: list[WordMark] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    reports: list[PageReport] = field(default_factory=list)
    pages: list[tuple[int, float, float]] = field(default_factory=list)  # (page, width, height in points)
    at: int = 0  # offset at which the next line begins

    def line(self, text: str, mark: LineMark | None = None) -> int:
        """Add one line (no line end in it); returns the offset at which it begins."""
        start = self.at
        self.lines.append(text)
        self.marks.append(mark)
        self.at += len(text) + 1
        return start

    def gap(self) -> None:
        """The end of a page."""
        if self.lines:
            for _ in range(BLANK_LINES_BETWEEN_PAGES):
                self.line("")

    def doubts(self, doubts: Iterable[Reading], start: int) -> None:
        """Doubts about a text that stands at `start`."""
        for d in doubts:
            self.readings.append(d.moved(start))

    def fields(self) -> dict[str, Any]:
        """text, marks, words, blocks, readings, reports, pages."""
        end, at = len(self.lines), self.at
        last = self.blocks[-1].end if self.blocks else 0  # a table's blank rows are part of it
        while end and at > last and not self.lines[end - 1]:
            end, at = end - 1, at - 1
        return {
            "text": "".join(line + "\n" for line in self.lines[:end]),
            "marks": tuple(self.marks[:end]),
            "words": tuple(self.words),
            "blocks": tuple(self.blocks),
            "readings": tuple(self.readings),
            "reports": tuple(self.reports),
            "pages": tuple(self.pages),
        }


def write_pages(pages: Iterable[PrintedPage]) -> Writing:
    """All pages, one after another, with blank lines between them."""
    out = Writing()
    for page in pages:
        out.reports += page.reports
        out.pages.append((page.number, round(page.width, 2), round(page.height, 2)))
        if not page.blocks:
            continue
        out.gap()
        for block in page.blocks:
            if isinstance(block, PrintedLine):
                _write_line(out, block, page)
            else:
                write_table(out, block, page)
    return out


def _write_line(out: Writing, line: PrintedLine, page: PrintedPage) -> None:
    if line.apart:
        out.line("")
    lead = INDENT if line.indented else ""
    mark = LineMark(
        page.number,
        as_it_lies(line.bbox, page),
        round(line.size, 1),
        line.centered,
        line.bold,
        margin=line.margin,
        confidence=line.confidence,
        watermark=line.watermark,
        sheet=bool(page.sheet),
    )
    start = out.line(lead + line.text, mark)
    if line.name:
        at, cell = start + len(lead), f"{page.sheet}!{line.name}"
        out.words.append(WordMark(at, at + len(line.text), page.number, mark.bbox, line.confidence, cell))
    out.doubts(line.doubts, start + len(lead))


def write_table(out: Writing, table: PrintedTable, page: PrintedPage, *, exact: bool = False, heads: int = 0) -> None:
    """One text line per row, its cells parted by tabs; a WordMark for each cell's text. `exact`, `heads`: see Block."""
    start, rows = out.at, []
    for row in without_covered(table.rows):
        texts = [_in_line(cell.text) for cell in row]
        boxes = [cell.bbox for cell in row] or [table.bbox]
        sure = [cell.confidence for cell in row if cell.confidence is not None]
        box = as_it_lies(around(boxes), page)
        mark = LineMark(page.number, box, confidence=min(sure, default=None), sheet=bool(page.sheet))
        at, marks = out.line("\t".join(texts), mark if any(texts) else None), []
        for cell, text in zip(row, texts, strict=True):
            marks.append(CellMark(at, at + len(text), cell.row_span, cell.col_span))
            if text:
                box = as_it_lies(cell.bbox, page)
                name = f"{page.sheet}!{cell.name}" if cell.name else ""
                out.words.append(WordMark(at, at + len(text), page.number, box, cell.confidence, name))
                if cell.doubts:
                    out.doubts(cell.doubts, at)
            at += len(text) + 1
        rows.append(tuple(marks))
    known = exact or table.ruled or bool(page.sheet)
    out.blocks.append(Block(start, out.at, "table", rows=tuple(rows), exact=known, heads=heads))


_IN_LINE = str.maketrans({"\t": " ", "\r": " ", "\n": CELL_LINE})


def _in_line(text: str) -> str:
    """A cell's text as a row has it: its lines in one, no tab in it; as long as before.

    >>> _in_line("欢迎仪式\\n校长\\t致辞").split(CELL_LINE)
    ['欢迎仪式', '校长 致辞']
    """
    return text.translate(_IN_LINE)
