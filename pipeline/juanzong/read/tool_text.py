"""What another tool has read -> text and typed blocks; page and box go into the marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import regex as re

from juanzong.core.source import Block, BlockKind, LineMark, PageReport, WordMark
from juanzong.language.doc_numbers import is_doc_number
from juanzong.language.organs import LETTERHEAD
from juanzong.read.glyphs import raised_text
from juanzong.read.printed import Box, PrintedCell, PrintedPage, PrintedTable
from juanzong.read.writing import Writing, write_table

A4 = (595.28, 841.89)  # points; the page size where the tool does not tell it
NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)

Place = tuple[int, Box]
"""Page (from 1) and box in points; None where the tool does not tell."""

Piece = tuple[str, Place | None]
"""A part of a paragraph and where it stands: a line, a run of one script, what a page end parted."""

_BESIDE = ("aside_text", "page_aside_text")  # what MinerU and PaddleOCR call words at a page's side
_WIDEST = 60  # columns of a table that a person reads
_IMPRINT_ROWS = 5
_COPIED = re.compile(r"抄\s*[送报发]\s*(?:(?:机关|单位)\s*)?[:：]")
_PRINTED = re.compile(r"\d\s*日\s*印\s*发\s*$")
_LINE = re.compile(r"[^\r\n]+")
_HEAD_CELLS, _HEAD_LENGTH = 3, 40  # of a notice's head: letterhead, number, signer; characters of each
_SIGNS = re.compile(r"签发人?[:：]?\p{Han}{0,8}|[★☆*—-]+")


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
        kind: BlockKind | None = "paragraph",
        level: int = 0,
        label: str = "",
        margin: bool = False,
    ) -> None:
        """One block of text; line ends in it stay line ends. `level` is a heading's, `label` the tool's word for it.
        Without a kind it is read as the lines of a text file are."""
        self.pieces([(text, place)], kind=kind, level=level, label=label, margin=margin)

    def pieces(
        self,
        pieces: Sequence[Piece],
        *,
        kind: BlockKind | None = "paragraph",
        level: int = 0,
        label: str = "",
        margin: bool = False,
    ) -> None:
        """One block of text in pieces; its lines stand where the first does, a WordMark tells where each is.
        `margin`: the tool took it for a head or foot of the page."""
        text = "".join(piece for piece, _ in pieces)
        if not text.strip():
            return
        place = next((place for _, place in pieces if place), None)
        self._part(place)
        beside = label in _BESIDE
        mark = LineMark(place[0], _rounded(place[1]), margin=margin, watermark=beside) if place else None
        apart = len({place for _, place in pieces if place}) > 1
        begin = self.writing.at
        for m in _LINE.finditer(text):
            bare = m[0].strip() if kind else m[0].rstrip()
            if bare:
                start = self.writing.line(bare, mark)
                at = m.start() + len(m[0]) - len(m[0].lstrip())
                if apart:
                    self._places(pieces, at, at + len(bare), start - at)
        if kind:
            self.writing.blocks.append(Block(begin, self.writing.at, kind, level, label))

    def _places(self, pieces: Sequence[Piece], start: int, end: int, moved: int) -> None:
        """A WordMark for what stands at start:end of the pieces' text, `moved` characters further in the source."""
        at = 0
        for text, place in pieces:
            a, b = max(at, start), min(at + len(text), end)
            at += len(text)
            if place and a < b:
                self.writing.words.append(WordMark(a + moved, b + moved, place[0], _rounded(place[1])))

    def table(
        self, rows: Sequence[Sequence[PrintedCell]], place: Place | None = None, *, exact: bool = False, heads: int = 0
    ) -> None:
        """One table; cells without a box of their own take the table's. The imprint that closes a notice is set between
        rules as a table is, its letterhead and number in the cells of one: their rows are lines. `exact`, `heads`: see
        Block."""
        if not any(rows):
            return
        if is_imprint(rows) or is_letterhead(rows):
            for row in rows:
                self.paragraph("\u3000".join(filter(None, (c.text.replace("\n", " ") for c in row))), place)
            return
        self._part(place)
        page, box = place or (0, NOWHERE)
        rows, beyond = within_table(rows)
        if beyond:
            self.tell(page, "html-repair", f"有 {beyond} 个合并单元格超出表格范围，已截至表格边缘")
        cells = [
            [c if c.bbox != NOWHERE else PrintedCell(box, c.text, c.row_span, c.col_span) for c in row] for row in rows
        ]
        known = len(self.writing.words)
        start = len(self.writing.marks)
        write_table(self.writing, PrintedTable(box, cells), PrintedPage(page, *A4), exact=exact, heads=heads)
        if place is None:
            del self.writing.words[known:]
            self.writing.marks[start:] = [None] * (len(self.writing.marks) - start)

    def page_break(self) -> None:
        """A page ends here, whatever its number."""
        if self.writing.lines:
            self.writing.line("")

    def tell(self, page: int | None, check: str, message: str, text: str = "") -> None:
        """Something that people should know (a warning); `text`: the words concerned."""
        self.writing.reports.append(PageReport(page or 0, "warning", check, message, text))

    def _part(self, place: Place | None) -> None:
        if self.writing.lines:
            self.writing.line("")
            if place and self._page and place[0] != self._page:
                self.writing.line("")
        self._page = place[0] if place else self._page


def within_table(rows: Sequence[Sequence[PrintedCell]]) -> tuple[Sequence[Sequence[PrintedCell]], int]:
    """The rows, spans that go beyond the columns of the others cut there; and how many were.

    >>> cell = PrintedCell(NOWHERE, "甲")
    >>> rows, beyond = within_table([[cell, cell], [replace(cell, col_span=999)], [cell, replace(cell, col_span=999)]])
    >>> [[c.col_span for c in row] for row in rows], beyond
    ([[1, 1], [2], [1, 1]], 2)
    """
    sums = [sum(c.col_span for c in row) for row in rows]
    width = max([n for n in sums if n <= _WIDEST] + [len(row) for row in rows])
    beyond = sum(c.col_span > width for row in rows for c in row)
    if not beyond:
        return rows, 0
    return [
        [replace(c, col_span=max(1, width - len(row) + 1)) if c.col_span > width else c for c in row] for row in rows
    ], beyond


def is_imprint(rows: Sequence[Sequence[PrintedCell]]) -> bool:
    """Whether a table is a 版记: a few rows that tell to whom copies go, and who printed it when."""
    texts = [[c.text for c in row if c.text] for row in rows]
    copied = any(_COPIED.match(row[0]) for row in texts if row)
    printed = any(_PRINTED.search(row[-1]) for row in texts if row)
    return len(rows) <= _IMPRINT_ROWS and all(len(row) <= 2 for row in texts) and (copied or printed)


def is_letterhead(rows: Sequence[Sequence[PrintedCell]]) -> bool:
    """Whether a table is the head of a notice, set as one: a letterhead, a number, who signs, and nothing else.

    >>> cell = PrintedCell(NOWHERE, "某教〔2022〕5号")
    >>> is_letterhead([[cell, replace(cell, text="签发人：王某")]]), is_letterhead([[cell, replace(cell, text="略")]])
    (True, False)
    """
    texts = ["".join(c.text.split()) for row in rows for c in row if c.text.strip()]
    if not 0 < len(texts) <= _HEAD_CELLS or max(map(len, texts)) > _HEAD_LENGTH:
        return False
    heads = [LETTERHEAD.match(text) is not None or is_doc_number(text) for text in texts]
    return any(heads) and all(head or _SIGNS.fullmatch(text) for head, text in zip(heads, texts, strict=True))


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


_INLINE = re.compile(
    r"<(?P<tag>sup|sub|u|b|i|em|strong|span|font)\b[^<>]*>(?P<inside>[^<>]*)</(?P=tag)>"
    r"|^[-*+]\s+(?=\*\*\S)"  # before a point that begins in bold
    r"|\*\*(?=\S)(?P<bold>[^*\n]+?)(?<=\S)\*\*|(?P<br><br\s*/?>)(?!\s*(?:标签|标记|标识|符号|换行符|元素|代码))",  # but for a text on tags
    re.IGNORECASE,
)

_WHOLE = re.compile(r"<(?P<tag>center|div|p|h[1-6])\b[^<>]*>\s*(?P<said>[^<>]*?)\s*</(?P=tag)>\s*", re.IGNORECASE)


def unmarked(text: str) -> str:
    """A tool's text without the marks it sets about words; a tag alone, or named in a sentence, is text.

    >>> unmarked("10<sup>4</sup>m，**重点**<br>见<sup>①</sup>"), unmarked("用 <td> 和 <b> 标签")
    ('10⁴m，重点\\n见^①', '用 <td> 和 <b> 标签')
    >>> unmarked("- **一是强化监管。**加强检查。"), unmarked("- 其中")
    ('一是强化监管。加强检查。', '- 其中')
    >>> unmarked("用<br>标签换行"), unmarked("<center>附图</center>")
    ('用<br>标签换行', '附图')
    """

    def inside(m: re.Match[str]) -> str:
        if m["br"]:
            return "\n"
        said = m["bold"] or m["inside"] or ""
        raised = (m["tag"] or "").lower() == "sup" and said.strip()
        return raised_text(said.strip(), opens=not m.string[: m.start()].strip()) if raised else said

    whole = _WHOLE.fullmatch(text) if text[:1] == "<" else None
    return _INLINE.sub(inside, whole["said"] if whole else text)


def formula(latex: str) -> str:
    """A formula as running text has it, on one line: `$…$`.

    >>> formula("$$\\nS=15\\n$$"), formula(" ")
    ('$S=15$', '')
    """
    bare = " ".join(latex.replace("$", " ").split())
    return f"${bare}$" if bare else ""


def _rounded(box: Box) -> Box:
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))
