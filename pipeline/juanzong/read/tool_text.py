"""What another tool has read -> text and typed blocks; page and box go into the marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html.parser import HTMLParser

import regex as re

from juanzong.core.source import Block, BlockKind, LineMark, WordMark
from juanzong.read.printed import Box, PrintedCell, PrintedPage, PrintedTable
from juanzong.read.writing import Writing, write_table

A4 = (595.28, 841.89)  # points; the page size where the tool does not tell it
NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)

Place = tuple[int, Box]
"""Page (from 1) and box in points; None where the tool does not tell."""

Piece = tuple[str, Place | None]
"""A part of a paragraph and where it stands: a line, a run of one script, what a page end parted."""

_LINE = re.compile(r"[^\r\n]+")


class ToolText:
    """Blocks one after another, an empty line between them, two where a page ends. `writing` holds the result."""

    def __init__(self) -> None:
        self.writing = Writing()
        self._page = 0

    def paragraph(
        self,
        text: str,
        place: Place | None = None,
        *,
        kind: BlockKind = "paragraph",
        level: int = 0,
        label: str = "",
        centered: bool = False,
        margin: bool = False,
    ) -> None:
        """One block of text; line ends in it stay line ends. `level` is a heading's, `label` the tool's word for it."""
        self.pieces([(text, place)], kind=kind, level=level, label=label, centered=centered, margin=margin)

    def pieces(
        self,
        pieces: Sequence[Piece],
        *,
        kind: BlockKind = "paragraph",
        level: int = 0,
        label: str = "",
        centered: bool = False,
        margin: bool = False,
    ) -> None:
        """One block of text in pieces; its lines stand where the first does, a WordMark tells where each is.
        `margin`: the tool took it for a head or foot of the page."""
        text = "".join(piece for piece, _ in pieces)
        if not text.strip():
            return
        place = next((place for _, place in pieces if place), None)
        self._part(place)
        mark = LineMark(place[0], _rounded(place[1]), centered=centered, margin=margin) if place else None
        apart = len({place for _, place in pieces if place}) > 1
        begin = self.writing.at
        for m in _LINE.finditer(text):
            bare = m[0].strip()
            if bare:
                start = self.writing.line(bare, mark)
                at = m.start() + len(m[0]) - len(m[0].lstrip())
                if apart:
                    self._places(pieces, at, at + len(bare), start - at)
        self.writing.blocks.append(Block(begin, self.writing.at, kind, level, label))

    def _places(self, pieces: Sequence[Piece], start: int, end: int, moved: int) -> None:
        """A WordMark for what stands at start:end of the pieces' text, `moved` characters further in the source."""
        at = 0
        for text, place in pieces:
            a, b = max(at, start), min(at + len(text), end)
            at += len(text)
            if place and a < b:
                self.writing.words.append(WordMark(a + moved, b + moved, place[0], _rounded(place[1])))

    def table(self, rows: Sequence[Sequence[PrintedCell]], place: Place | None = None) -> None:
        """One table; cells without a box of their own take the table's."""
        if not any(rows):
            return
        self._part(place)
        page, box = place or (0, NOWHERE)
        cells = [
            [c if c.bbox != NOWHERE else PrintedCell(box, c.text, c.row_span, c.col_span) for c in row] for row in rows
        ]
        known = len(self.writing.words)
        start = len(self.writing.marks)
        write_table(self.writing, PrintedTable(box, cells), PrintedPage(page, *A4))
        if place is None:
            del self.writing.words[known:]
            self.writing.marks[start:] = [None] * (len(self.writing.marks) - start)

    def _part(self, place: Place | None) -> None:
        if self.writing.lines:
            self.writing.line("")
            if place and self._page and place[0] != self._page:
                self.writing.line("")
        self._page = place[0] if place else self._page


def spaced(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with blanks where Western words would run together; Chinese needs none.

    >>> spaced([("见 ", None), ("PDF/A-2", None), ("and", None), ("其他。", None), ("", None)])
    [('见', None), ('PDF/A-2', None), (' and', None), ('其他。', None)]
    """
    out: list[Piece] = []
    for text, place in pieces:
        text = text.strip(" \t\u3000")
        if text:
            before = out[-1][0][-1] if out else ""
            western = before.isascii() and before not in ("", *"-(/\n$") and text[0].isascii() and text[0].isalnum()
            out.append((f" {text}" if western and (before.isalpha() or text[0].isalpha()) else text, place))
    return out


def formula(latex: str) -> str:
    """A formula as running text has it, on one line: `$…$`.

    >>> formula("$$\\nS=15\\n$$"), formula(" ")
    ('$S=15$', '')
    """
    bare = " ".join(latex.replace("$", " ").split())
    return f"${bare}$" if bare else ""


def _rounded(box: Box) -> Box:
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))


class _Tables(HTMLParser):
    """Collects the cells of all rows; inner tables give their text to the cell around them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[PrintedCell]] = []
        self.loose: list[str] = []
        self._cell: PrintedCell | None = None
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
        elif tag == "tr" and self._depth <= 1:
            self.rows.append([])
        elif tag in ("td", "th") and self._depth <= 1:
            spans = {k: v for k, v in attrs if k in ("rowspan", "colspan")}
            self._cell = PrintedCell(NOWHERE, "", _span(spans.get("rowspan")), _span(spans.get("colspan")))
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append(self._cell)
        elif tag in ("br", "p", "div", "li") and self._cell is not None and self._cell.text:
            self._cell.text += " "

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._depth -= 1
        elif tag in ("td", "th", "tr") and self._depth <= 1:
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.text += data
        elif data.strip():
            self.loose.append(data)


def _span(value: str | None) -> int:
    return min(1000, max(1, int(value))) if value and value.strip().isdigit() else 1


def html_rows(html: str) -> tuple[list[list[PrintedCell]], str]:
    """The rows of an HTML table, blanks folded, and the text that stands in no cell.

    >>> rows, loose = html_rows("<table><caption>表1</caption><tr><td rowspan=2>甲</td><td>乙</td></tr></table>")
    >>> [(c.text, c.row_span) for c in rows[0]], loose
    ([('甲', 2), ('乙', 1)], '表1')
    """
    parser = _Tables()
    parser.feed(html)
    parser.close()
    for row in parser.rows:
        for cell in row:
            cell.text = " ".join(cell.text.split())
    return parser.rows, " ".join(" ".join(parser.loose).split())
