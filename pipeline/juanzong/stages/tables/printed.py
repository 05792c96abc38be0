"""Printed lines whose columns only stand apart by blanks: the pieces of each line, and those of a cell in one string."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import regex as re

from juanzong.core.lines import Line
from juanzong.core.traced import EMPTY, Traced
from juanzong.language.text import display_width
from juanzong.stages.tables.kinds import item
from juanzong.stages.tables.raw import RawCell, RawRow

_PIECE = re.compile(r"[^\s]+(?:[ ][^\s]+)*")  # one blank does not part two pieces, two do
# two characters with nothing beside them, or a colon
_LONE = re.compile(r"(?<![^\s：:])\p{Han}(?:[ 　]{2,}|　)\p{Han}(?![^\s：:])")
_Spans = list[tuple[int, int]]


def printed_rows(lines: Sequence[Line]) -> list[RawRow]:
    """One row for each printed line; its cells are the pieces between wide blanks, with their display columns. The characters
    of a word that blanks spread are one piece, but where another line shows that the second begins a column."""
    texts = [line.text for line in lines]
    spans = [[m.span() for m in _PIECE.finditer(text)] for text in texts]
    spread = {k: found for k, text in enumerate(texts) if _LONE.search(text) and (found := _spread(text, spans[k]))}
    if spread:
        begun = _begun(texts, spans, spread)
        for k, found in spread.items():
            if begun.isdisjoint(display_width(texts[k][: spans[k][n][0]]) for n in found):
                spans[k] = _joined(spans[k], found)
    rows = []
    for k, (line, pieces) in enumerate(zip(lines, spans, strict=True)):
        cells = [RawCell(line.cut(a, b), at=display_width(line.text[:a])) for a, b in pieces]
        rows.append(RawRow(cells, line.n, k > 0 and line.blanks > 0, "printed"))
    return rows


def _spread(text: str, spans: _Spans) -> list[int]:
    """Which pieces of a line are the next character of a word or a name that blanks spread: 冬季取暖　　　吕　平　　2. Such blanks
    part nothing but single characters, and all others in the line are twice as wide, at least."""
    gaps = [display_width(text[b:c]) for (_, b), (c, _) in pairwise(spans)]
    narrow = [n for n, gap in enumerate(gaps, 1) if gap < 2 * min(gaps)]
    alone = all(_LONE.match(text, spans[n - 1][1] - 1, spans[n][0] + 2) for n in narrow)
    return narrow if alone and len(narrow) < len(gaps) else []


def _begun(texts: Sequence[str], spans: Sequence[_Spans], spread: Mapping[int, Sequence[int]]) -> set[int]:
    """The display columns in which pieces begin that are no character of a word: figures, ticks, other words."""
    return {
        display_width(text[:a])
        for k, (text, row) in enumerate(zip(texts, spans, strict=True))
        for n, (a, b) in enumerate(row)
        if n not in spread.get(k, ()) and (b - a > 1 or not "\u4e00" <= text[a] <= "\u9fff")
    }


def _joined(spans: _Spans, spread: Sequence[int]) -> _Spans:
    """The pieces, each of these put to the one before it."""
    out: _Spans = []
    for n, (a, b) in enumerate(spans):
        if n in spread:
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def flow(pieces: Sequence[Traced], source: str) -> Traced:
    """Pieces of one cell in one string. Before a list item one blank of the source stays."""
    out = EMPTY
    for piece in pieces:
        start = piece.runs[0].start if piece else 0
        if out and item(piece.text) and source[start - 1].isspace():
            out += Traced.of(source, start - 1, start)
        out += piece
    return out
