"""A text bundle typeset as an official page (GB/T 9704-2012: 28 characters by 22 lines, page numbers), as a PDF with a text
layer: a bundle's own text through the PDF reader. Needs reportlab.

    python bench/typeset.py raw/BUNDLE.txt OUT.pdf

Tab rows become ruled tables; lines that begin with a note mark go to the foot of their page; raised marks (^①) are raised.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from juanzong.read.glyphs import half_widths

FONT, SIZE = "STSong-Light", 15.6
COLUMNS, ROWS = 28, 22
LEFT, TOP, LEADING = 79.4, 737.0, 28.9
CELL_SIZE, CELL_LEADING, PAD = 9.0, 13.0, 3.0
NOTE = re.compile(r"(\^?[①-⑳]|[¹²³⁴-⁹]+|\^?\[\d{1,2}\])\s*(?=\S)")
RAISED = re.compile(r"(?<![A-Za-z])(\^[①-⑳]|\^?\[\d{1,2}\]|[¹²³⁴-⁹]+)")
_PLAIN = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789", "^")


def wrapped(text: str, columns: int, indent: int = 0) -> list[str]:
    """Lines of at most `columns` characters, the first `indent` shorter; Latin counts half."""
    out, line, room = [], "", 2 * (columns - indent)
    for c in text:
        if half_widths(line.replace("^", "") + c) > room and c not in "，。；：！？、）》”」】":
            out.append(line)
            line, room = "", 2 * columns
        line += c
    return [*out, line] if line else out


class Page:
    """Writes from the top; what does not fit begins a new page."""

    def __init__(self, pdf: Any) -> None:
        self.pdf, self.number, self.y, self.notes = pdf, 1, TOP, list[str]()

    def end(self) -> None:
        y = TOP - LEADING * ROWS + 14 * len(self.notes)
        if self.notes:
            self.pdf.line(LEFT, y + 12, LEFT + 120, y + 12)
        for k, line in enumerate(self.notes):
            self.text(LEFT + (18 if NOTE.match(line) else 0), y - 14 * k, line, 10.5)
        self.text(285, 60, f"— {self.number} —", 10.5)
        self.pdf.showPage()
        self.number, self.y, self.notes = self.number + 1, TOP, []

    def room(self, height: float) -> None:
        if self.y - height < TOP - LEADING * ROWS + 14 * len(self.notes) + 20:
            self.end()

    def text(self, x: float, y: float, line: str, size: float) -> None:
        for k, part in enumerate(RAISED.split(line)):
            raised = k % 2 == 1
            part = part.translate(_PLAIN) if raised else part
            self.pdf.setFont(FONT, size * 0.6 if raised else size)
            self.pdf.drawString(x, y + (0.4 * size if raised else 0), part)
            x += self.pdf.stringWidth(part, FONT, size * 0.6 if raised else size)

    def paragraph(self, text: str, indent: int = 2) -> None:
        if NOTE.match(text):
            self.notes += wrapped(text, 40, 2)
            return
        for k, line in enumerate(wrapped(text, COLUMNS, indent)):
            self.room(LEADING)
            self.text(LEFT + (indent * SIZE if k == 0 else 0), self.y, line, SIZE)
            self.y -= LEADING

    def table(self, rows: list[list[str]]) -> None:
        columns = max(map(len, rows))
        width = COLUMNS * SIZE / columns
        for row in rows:
            cells = [wrapped(c, int((width - 2 * PAD) / CELL_SIZE)) for c in [*row, *[""] * (columns - len(row))]]
            height = CELL_LEADING * max(1, *map(len, cells)) + 2 * PAD
            self.room(height)
            for k, lines in enumerate(cells):
                self.pdf.rect(LEFT + k * width, self.y - height, width, height)
                for n, line in enumerate(lines):
                    self.text(LEFT + k * width + PAD, self.y - PAD - CELL_SIZE - n * CELL_LEADING, line, CELL_SIZE)
            self.y -= height
        self.y -= LEADING


def blocks_of(text: str) -> Iterator[str | list[list[str]]]:
    """Paragraphs, and runs of tab rows."""
    rows: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            rows.append([c.strip() for c in line.split("\t")])
            continue
        if rows and line.strip():
            yield rows
            rows = []
        if line.strip():
            yield line.strip()
    if rows:
        yield rows


def open_canvas(path: Path) -> Any:
    """A reportlab canvas of A4 pages with the font at hand; the same bytes for the same pages."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return canvas.Canvas(str(path), pagesize=A4, invariant=1)


def main() -> None:
    pdf = open_canvas(Path(sys.argv[2]))
    page = Page(pdf)
    for block in blocks_of(Path(sys.argv[1]).read_text(encoding="utf-8-sig")):
        if isinstance(block, str):
            page.paragraph(block)
        else:
            page.table(block)
    page.end()
    pdf.save()


if __name__ == "__main__":
    main()
