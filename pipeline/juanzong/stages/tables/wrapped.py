"""Rows that line feeds part: a cell's text goes on in the next line, without the marks that part cells."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence, unbalanced
from juanzong.stages.tables.kinds import is_total, kind

_LONG = 8  # characters of a cell that may have wrapped


def ends_cell_of(rows: Sequence[Sequence[str]], text: str) -> bool:
    """Whether a line without cells is the rest of the last cell of the last row above it, and no row of its own.

    In: the rows as the texts of their cells; the line. The cell above breaks off, it holds words, and its column holds
    running text: a column of few and short words (预期性, 约束性) wraps in none of its cells.
    """
    width = max((len(row) for row in rows), default=0)
    if not rows or len(rows[-1]) < width or width < 2 or heading_of(text.strip()) or is_total(text):
        return False
    cell = rows[-1][-1]
    column = [row[-1] for row in rows if len(row) == width and row[-1]]
    if kind(cell) != "words" or ends_sentence(cell) or column.count(cell) > 1:
        return False
    return unbalanced(cell) > 0 or (len(cell) >= _LONG and len(cell) >= median(map(len, column)))
