"""Printed lines whose columns only stand apart by blanks: the pieces of each line, and those of a cell in one string."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex as re

from juanzong.core.lines import Line
from juanzong.core.traced import EMPTY, Traced
from juanzong.language.text import display_width
from juanzong.stages.tables.kinds import item
from juanzong.stages.tables.raw import RawCell, RawRow

_PIECE = re.compile(r"[^\s]+(?:[ ][^\s]+)*")  # one blank does not part two pieces, two do
_NAME = re.compile(r"\p{Han}　\p{Han}")
_WIDE = 4  # columns of the blanks that part cells where one of two columns spreads a name


def printed_rows(lines: Sequence[Line]) -> list[RawRow]:
    """One row for each printed line; its cells are the pieces between wide blanks, with their display columns."""
    rows = []
    for k, line in enumerate(lines):
        cells = [RawCell(line.cut(a, b), at=display_width(line.text[:a])) for a, b in _pieces(line.text)]
        rows.append(RawRow(cells, line.n, k > 0 and line.blanks > 0, "printed"))
    return rows


def _pieces(text: str) -> list[tuple[int, int]]:
    """Where the pieces of a line stand. A wide blank alone between two characters spreads a name, where all others in the
    line are wider: 冬季取暖　　　吕　平　　2."""
    spans = [m.span() for m in _PIECE.finditer(text)]
    if "　" not in text:  # most lines
        return spans
    gaps = [(b, c) for (_, b), (c, _) in pairwise(spans)]
    narrow = [k for k, (b, c) in enumerate(gaps) if display_width(text[b:c]) < _WIDE]
    spread = [k for k in narrow if _NAME.fullmatch(text, spans[k][0], spans[k + 1][1])]
    if spread != narrow or len(spread) == len(gaps):
        return spans
    for k in reversed(spread):
        spans[k : k + 2] = [(spans[k][0], spans[k + 1][1])]
    return spans


def flow(pieces: Sequence[Traced], source: str) -> Traced:
    """Pieces of one cell in one string. Before a list item one blank of the source stays."""
    out = EMPTY
    for piece in pieces:
        start = piece.runs[0].start if piece else 0
        if out and item(piece.text) and source[start - 1].isspace():
            out += Traced.of(source, start - 1, start)
        out += piece
    return out
