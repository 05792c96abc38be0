"""Printed lines whose columns only stand apart by blanks: the pieces of each line."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language.text import display_width
from juanzong.stages.tables.raw import RawCell, RawRow

_PIECE = re.compile(r"[^\s]+(?:[  ][^\s]+)*")  # one blank does not part two pieces, two do


def printed_rows(lines: Sequence[Line]) -> list[RawRow]:
    """One row for each printed line; its cells are the pieces between wide blanks, with their display columns."""
    rows = []
    for k, line in enumerate(lines):
        cells = [
            RawCell(line.cut(*m.span()), at=display_width(line.text[: m.start()])) for m in _PIECE.finditer(line.text)
        ]
        rows.append(RawRow(cells, line.n, k > 0 and line.blanks > 0, "printed"))
    return rows
