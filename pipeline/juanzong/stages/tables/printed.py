"""Printed lines whose columns only stand apart by blanks: the pieces of each line, and those of a cell in one string."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.core.traced import EMPTY, Traced
from juanzong.language.text import display_width
from juanzong.stages.tables.kinds import item
from juanzong.stages.tables.raw import RawCell, RawRow

_PIECE = re.compile(r"[^\s]+(?:[ ][^\s]+)*")  # one blank does not part two pieces, two do


def printed_rows(lines: Sequence[Line]) -> list[RawRow]:
    """One row for each printed line; its cells are the pieces between wide blanks, with their display columns."""
    rows = []
    for k, line in enumerate(lines):
        cells = [
            RawCell(line.cut(*m.span()), at=display_width(line.text[: m.start()])) for m in _PIECE.finditer(line.text)
        ]
        rows.append(RawRow(cells, line.n, k > 0 and line.blanks > 0, "printed"))
    return rows


def flow(pieces: Sequence[Traced], source: str) -> Traced:
    """Pieces of one cell in one string. Before a list item one blank of the source stays."""
    out = EMPTY
    for piece in pieces:
        start = piece.runs[0].start if piece else 0
        if out and item(piece.text) and source[start - 1].isspace():
            out += Traced.of(source, start - 1, start)
        out += piece
    return out
