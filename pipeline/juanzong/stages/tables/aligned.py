"""Printed cells set in the middle of their columns: each piece stands under the name of its column, though it begins
elsewhere. They are moved to where the name begins, so that all of a column's pieces do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from juanzong.language.text import display_width
from juanzong.stages.tables.columns import column_starts, split_lines
from juanzong.stages.tables.kinds import VALUES, is_group, kind
from juanzong.stages.tables.raw import RawCell, RawRow

_FEWEST = 3  # names of a header, figures of a row
_FAR = 24  # display columns by which a piece's middle may lie off that of its column's name
_APART = 4  # columns left blank between two


def aligned(fragments: Sequence[Sequence[RawRow]]) -> tuple[Sequence[Sequence[RawRow]], list[int]]:
    """The fragments and where their columns begin, the pieces moved to there: only where pieces of one line would run
    into one cell, or a name has no column, and all lines can be read so; else the fragments, and no columns."""
    lines = [row for fragment in fragments for row in fragment]
    if not lines or not _run_together(lines):
        return fragments, []
    for head, middles in _columns_of(lines):
        places = [list(range(len(head.cells))), *(_places(row, middles) for row in lines[1:])]
        if all(places):
            starts = _starts([head, *lines[1:]], places, len(middles))
            rows = iter(_moved(row, at, starts) for row, at in zip([head, *lines[1:]], places, strict=True))
            return [[next(rows) for _ in fragment] for fragment in fragments], starts
    return fragments, []


def _starts(lines: Sequence[RawRow], places: Sequence[Sequence[int]], width: int) -> list[int]:
    """Where columns begin that leave room for all that stands in them."""
    room = [0] * width
    for row, at in zip(lines, places, strict=True):
        for cell, k in zip(row.cells, at, strict=True):
            room[k] = max(room[k], 0 if len(row.cells) == 1 and k == 0 else display_width(cell.text.text))
    return [sum(room[:k]) + _APART * k for k in range(width)]


def _moved(row: RawRow, places: Sequence[int], starts: Sequence[int]) -> RawRow:
    cells = [RawCell(cell.text, at=starts[k]) for cell, k in zip(row.cells, places, strict=True)]
    return RawRow(cells, row.line, row.page_break, row.syntax)


def _run_together(lines: Sequence[RawRow]) -> bool:
    starts = column_starts(lines)
    split = split_lines(lines, starts)
    lost = len(lines) > 1 and len(lines[0].cells) > len(starts) and len(lines[0].cells) >= _FEWEST
    return lost or any(
        len(pieces) < len(row.cells) for pieces, row in zip(split, lines, strict=True) if not _spread(row)
    )


def _spread(row: RawRow) -> bool:
    """Whether a word is spread over blanks in the line: 合  计."""
    alone = [len(cell.text.text) == 1 and not cell.text.text.isdigit() for cell in row.cells]
    return any(one and other for one, other in pairwise(alone))


def _columns_of(lines: Sequence[RawRow]) -> list[tuple[RawRow, list[int]]]:
    """The ways to read the first line as names, with twice the middles of the columns under them: as it is; or cut at
    single blanks, where a row of figures has as many pieces."""
    head = lines[0]
    named = len(head.cells) >= _FEWEST and all(kind(c.text.text) in ("words", "year") for c in head.cells)
    found = [(head, [c.at + c.end for c in head.cells])] if named else []
    most = max(lines[1:] or lines, key=lambda row: len(row.cells))
    values = sum(kind(c.text.text) in VALUES for c in most.cells)
    words = _words(head)
    if len(lines) > 1 and values >= _FEWEST and len(words.cells) == len(most.cells) > len(head.cells):
        found.append((words, [c.at + c.end for c in most.cells]))
    return found


def _words(row: RawRow) -> RawRow:
    """A line's pieces, cut at single blanks as well."""
    cells = []
    for cell in row.cells:
        at = 0
        for word in cell.text.text.split(" "):
            if word:
                cells.append(RawCell(cell.text[at : at + len(word)]))
            at += len(word) + 1
    return RawRow(cells, row.line, row.page_break, row.syntax)


def _places(row: RawRow, middles: Sequence[int]) -> list[int]:
    """The columns of a line's pieces: in order, each in one of its own, all as near as can be to the middles; none where
    one lies too far off."""
    if len(row.cells) == 1 and is_group(row.cells[0].text.text):
        return [0]
    ways: list[tuple[int, list[int]]] = [(0, [])]  # by the column of the last piece
    for cell in row.cells:
        longer = []
        for k, middle in enumerate(middles):
            off = abs(cell.at + cell.end - middle) // 2
            before = [(cost, at) for cost, at in ways if not at or at[-1] < k]
            if before and off <= _FAR:
                cost, at = min(before)
                longer.append((cost + off, [*at, k]))
        ways = longer
    return min(ways)[1] if ways else []
