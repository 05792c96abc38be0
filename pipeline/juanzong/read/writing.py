"""Printed pages -> the text, marks, words and readings of a Source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Any

from juanzong.core.source import LineMark, PageReport, Reading, WordMark
from juanzong.read.printed import Doubt, PrintedCell, PrintedLine, PrintedPage, PrintedTable, around, as_it_lies

INDENT = "    "  # two characters, as every stage reads it
BLANK_LINES_BETWEEN_PAGES = 2


@dataclass
class Writing:
    """A source text as it grows, line by line; `fields` gives what Source(...) takes."""

    lines: list[str] = field(default_factory=list)
    marks: list[LineMark | None] = field(default_factory=list)
    words: list[WordMark] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    reports: list[PageReport] = field(default_factory=list)
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

    def doubts(self, doubts: Iterable[Doubt], start: int, text: str, written: str) -> None:
        """Doubts about `text`, which stands at `start` as `written` (escaped, perhaps)."""
        for d in doubts:
            a, b = (d.start, d.end) if written == text else (len(escape(text[: d.start])), len(escape(text[: d.end])))
            self.readings.append(Reading(start + a, start + b, d.after, d.confidence, d.rule, d.note))

    def fields(self) -> dict[str, Any]:
        """text, marks, words, readings, reports."""
        end = len(self.lines)
        while end and not self.lines[end - 1]:
            end -= 1
        return {
            "text": "".join(line + "\n" for line in self.lines[:end]),
            "marks": tuple(self.marks[:end]),
            "words": tuple(self.words),
            "readings": tuple(self.readings),
            "reports": tuple(self.reports),
        }


def write_pages(pages: Iterable[PrintedPage]) -> Writing:
    """All pages, one after another, with blank lines between them."""
    out = Writing()
    for page in pages:
        out.reports += page.reports
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
    lead = INDENT if line.indented else ""
    mark = LineMark(
        page.number,
        as_it_lies(line.bbox, page),
        round(line.size, 1),
        line.centered,
        line.bold,
        confidence=line.confidence,
        watermark=line.watermark,
    )
    start = out.line(lead + line.text, mark)
    out.doubts(line.doubts, start + len(lead), line.text, line.text)


def write_table(out: Writing, table: PrintedTable, page: PrintedPage) -> None:
    """One text line per row, the first with `<table>`, the last with `</table>`; a WordMark for each cell's text."""
    last = len(table.rows) - 1
    for n, row in enumerate(table.rows):
        parts, at, places = ["<table><tr>" if n == 0 else "<tr>"], 0, []
        at = len(parts[0])
        for cell in row:
            tag, text = _opening(cell), escape(cell.text, quote=False)
            places.append((at + len(tag), cell, text))
            parts.append(f"{tag}{text}</td>")
            at += len(parts[-1])
        parts.append("</tr></table>" if n == last else "</tr>")
        boxes = [cell.bbox for cell in row] or [table.bbox]
        sure = [cell.confidence for cell in row if cell.confidence is not None]
        start = out.line(
            "".join(parts), LineMark(page.number, as_it_lies(around(boxes), page), confidence=min(sure, default=None))
        )
        for a, cell, text in places:
            if text:
                out.words.append(
                    WordMark(
                        start + a, start + a + len(text), page.number, as_it_lies(cell.bbox, page), cell.confidence
                    )
                )
                out.doubts(cell.doubts, start + a, cell.text, text)


def _opening(cell: PrintedCell) -> str:
    rows = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    columns = f' colspan="{cell.col_span}"' if cell.col_span > 1 else ""
    return f"<td{rows}{columns}>"
