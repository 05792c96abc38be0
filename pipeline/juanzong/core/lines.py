"""The source's lines, as every stage sees them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import regex as re

from juanzong.core.source import Block, LineMark, Source
from juanzong.core.traced import EMPTY, Traced, verbatim
from juanzong.language.variants import is_plain, simplified

PAGE_END = 2  # blank lines that stand for the end of a page
_FEWEST_GAPS = 4  # where all lines stand so far apart
_EVERY_OTHER = 0.4  # of the lines have a gap before them: it parts paragraphs, not pages
_LEAST_GAPS = 8  # that show a habit
_FEEDS = 3  # form feeds that end pages
_PAGE_LINES = 100  # of print: a page has no more
_PICTURE = re.compile(r"(?:image|img|chart|figure|picture)(?:_(?:title|caption|block))?")  # tools' words for it


class Line(NamedTuple):
    """One line of the source without its line end. `traced` is what stands in it, with the runs that lead back to the
    source: verbatim as read, less what the cleaning of the pages took out by edit. `text` is the same as a string, as
    it is looked at; `blanks` counts the blank lines before it."""

    n: int  # from 1
    traced: Traced
    text: str
    blanks: int
    mark: LineMark | None = None
    block: Block | None = None  # what the reader knows it to be a part of

    @property
    def tabular(self) -> bool:
        """Whether the reader knows it for a table's row."""
        return self.block is not None and self.block.kind == "table"

    @property
    def like_row(self) -> bool:
        """Whether it looks like a table's row, by what the reader knows or by its syntax: tabs, bars, tags."""
        return self.tabular or "\t" in self.text.strip() or self.text.lstrip().startswith(("|", "<t"))

    @property
    def in_sheet(self) -> bool:
        """Whether it stands on a workbook's sheet: a row, or a cell that stands alone."""
        return self.mark is not None and self.mark.sheet

    @property
    def pictured(self) -> bool:
        """Whether the reader knows it for a picture's path or name."""
        return self.block is not None and self.block.kind == "figure"

    @property
    def names_picture(self) -> bool:
        """Whether the reader's tool takes it for the caption of a picture."""
        block = self.block
        return block is not None and block.kind == "caption" and bool(_PICTURE.fullmatch(block.label))

    @property
    def start(self) -> int:
        """Where in the source the line begins."""
        return self.traced.runs[0].start if self.traced else 0

    @property
    def end(self) -> int:
        return self.traced.runs[-1].end if self.traced else 0

    def cut(self, i: int = 0, j: int | None = None) -> Traced:
        """text[i:j], traced, without blanks at its ends."""
        piece = self.text[i:j]
        bare = piece.strip()
        if not bare:
            return EMPTY
        at = i + len(piece) - len(piece.lstrip())
        return self.traced[at : at + len(bare)]

    def cells(self) -> list[Traced]:
        """What stands between its tabs, without blanks at the ends of each."""
        out, at = [], 0
        for part in self.text.split("\t"):
            out.append(self.cut(at, at + len(part)))
            at += len(part) + 1
        return out

    def parted(self, marks: Sequence[int]) -> tuple[list[Traced], list[Traced]]:
        """What stands between the characters at these offsets, without blanks at the ends of each; and these characters."""
        pieces = self.traced.pieces([k for at in marks for k in (at, at + 1)])
        return [piece.strip() for piece in pieces[::2]], pieces[1::2]

    def holding(self, traced: Traced, blanks: int | None = None) -> Line:
        """The same line with another text (and with other blank lines before it)."""
        return Line(
            self.n, traced, looked_at(traced.text), self.blanks if blanks is None else blanks, self.mark, self.block
        )


def line_of(text: Traced, n: int, blanks: int = 0) -> Line:
    return Line(n, text, looked_at(text.text), blanks)


_AS_WIDE = str.maketrans(dict.fromkeys("\u00a0\u2000\u2002\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f", " "))
_AS_WIDE |= str.maketrans(dict.fromkeys("\u2001\u2003", "\u3000"))


_OTHER_BLANK = frozenset(map(chr, _AS_WIDE))
_UNDERLINED = re.compile(r"(?<!_)__(?=[^\s_])([^_\n]+)(?<=\S)__(?!_)")


def looked_at(text: str) -> str:
    """The text as structure is looked for in it, as long as it is: with plain blanks, simplified characters, and ** for
    Markdown's other mark of bold print.

    >>> looked_at("__（一）總則。__本办法")
    '**（一）总则。**本办法'
    """
    if not is_plain(text):
        text = simplified(text if _OTHER_BLANK.isdisjoint(text) else text.translate(_AS_WIDE))
    return _UNDERLINED.sub(r"**\1**", text) if "__" in text else text


def lines_of(source: Source) -> list[Line]:
    """All lines that are not blank. The blank rows of a table count for none, other programs' line ends as a line feed."""
    out: list[Line] = []
    fed: list[int] = []  # with which lines pages begin by a form feed
    at = blanks = 0
    marks, blocks = source.marks, iter(source.blocks)
    block = next(blocks, None)
    n = 0
    for k, text in enumerate(source.text.split("\n")):
        while block is not None and block.end <= at:
            block = next(blocks, None)
        own = block if block is not None and block.start <= at else None
        n += 1
        parts = _other_ends(text) if own is None and not text.isprintable() else []
        if "\f" in text:
            fed += [len(out) + i for i, s in enumerate([s for _, s, _ in parts] or [text]) if "\f" in s]
        if text.strip():
            mark = marks[k] if k < len(marks) else None
            if parts:
                shares = [
                    Line(n + i, verbatim(s, at + j), looked_at(s), gap, mark) for i, (j, s, gap) in enumerate(parts)
                ]
                out += [shares[0].holding(shares[0].traced, blanks), *shares[1:]]
                n += len(parts) - 1
            else:
                out.append(Line(n, verbatim(text, at), looked_at(text), blanks, mark, own))
            blanks = 0
        elif own is None:
            blanks = max(blanks + 1, PAGE_END) if "\f" in text else blanks + 1
        at += len(text) + 1
    return _with_single_gaps(_with_fed_pages(out, fed))


def _with_fed_pages(lines: list[Line], fed: Sequence[int]) -> list[Line]:
    """The lines, at most one blank line before each of those that stand between form feeds at a page's distance: those
    end the pages, and what is blank within a page is how far down the print goes."""
    if len(fed) < _FEEDS:
        return lines
    out = list(lines)
    for first, end in pairwise([0, *fed, len(lines)]):
        if end - first <= _PAGE_LINES:
            out[first + 1 : end] = [line._replace(blanks=min(1, line.blanks)) for line in out[first + 1 : end]]
    return out


def _with_single_gaps(lines: list[Line]) -> list[Line]:
    """The lines, one blank line before each paragraph where a program wrote two or three: more of them than usual tell
    that a page ends."""
    gaps = Counter(line.blanks for line in lines if line.blanks >= PAGE_END)
    usual, many = max(gaps.items(), key=lambda gap: gap[1], default=(0, 0))
    everywhere = many == len(lines) - 1 >= _FEWEST_GAPS
    if many < max(_LEAST_GAPS, _EVERY_OTHER * len(lines)) and not everywhere:
        return lines
    return [line._replace(blanks=max(1, line.blanks - usual + 1)) if line.blanks else line for line in lines]


_OTHER_END = re.compile("[^\u2028\u2029\x85\v]+")  # no line feed ends them


def _other_ends(text: str) -> list[tuple[int, str, int]]:
    """Where the parts of a line begin that other programs' line ends part (U+2028, U+2029, NEL, VT), the parts, and how
    many blank lines stand before each; none where the line is whole.

    >>> _other_ends("目标\\u2028到2025年"), _other_ends("目标"), _other_ends("甲\\u2028\\u2028乙")
    ([(0, '目标', 0), (3, '到2025年', 0)], [], [(0, '甲', 0), (3, '乙', 1)])
    """
    parts: list[tuple[int, str, int]] = []
    end = 0
    for m in _OTHER_END.finditer(text):
        if m[0].strip():
            between = text[end : m.start()]
            gap = sum(not _OTHER_END.fullmatch(c) for c in between if c != "\f") - 1
            parts.append((m.start(), m[0], max(0, gap, PAGE_END if "\f" in between else 0) if parts else 0))
            end = m.end()
    return parts if len(parts) > 1 else []
