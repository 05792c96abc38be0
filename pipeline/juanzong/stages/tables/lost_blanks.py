"""Printed lines that lost blanks: what stood in later columns moved to the left, and is moved back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from typing import NamedTuple

from juanzong.language.text import display_width
from juanzong.stages.tables.columns import extents
from juanzong.stages.tables.kinds import is_group, is_ordinal, item
from juanzong.stages.tables.raw import RawCell, RawRow

_FEWEST = 3  # columns, pieces of a line: with fewer nothing shows what moved
_MOST = 12  # columns, pieces of a line; more are not tried
_BESIDE = 1  # display columns by which a piece may lie beside its column
_MOST_LINES = 3  # that lost blanks; where more do, blanks are part of what cells say


class LostBlanks(NamedTuple):
    """Lines whose pieces were moved back to their columns, and lines that can be read so in several ways."""

    mended: list[RawRow]
    unsure: list[RawRow]


def moved_back(rows: Sequence[RawRow], starts: Sequence[int]) -> tuple[list[RawRow], LostBlanks]:
    """The lines, those with lost blanks mended; and which had lost any.

    In a table in whose other cells no blank stands, a line whose pieces a single blank parts across the beginning of
    a column is mended where it can be read in one way: each piece in a column of its own that has room for it, the first
    where it stands, the others no less far to the right than those before.
    """
    off = {id(row) for row in rows if _crosses(row, starts)} if _FEWEST <= len(starts) <= _MOST else set[int]()
    plain = [row for row in rows if id(row) not in off]
    if not 0 < len(off) <= _MOST_LINES or any(len(_words_of(c)) > 1 for row in plain[1:] for c in row.cells):
        return list(rows), LostBlanks([], [])
    room = [*(b - a - 1 for a, b in pairwise(starts)), extents(plain, starts)[1][-1] - starts[-1]]
    out, lost = [], LostBlanks([], [])
    for row in rows:
        if id(row) in off:
            ways = list(_ways(_words(row), starts, room))
            row = replace(row, cells=ways[0]) if len(ways) == 1 else row
            (lost.mended if len(ways) == 1 else lost.unsure if ways else []).append(row)
        out.append(row)
    return out, lost


def _crosses(row: RawRow, starts: Sequence[int]) -> bool:
    """Whether a piece with a blank in it goes on beyond the beginning of the next column, and not all of its words begin
    where columns do."""
    if len(row.cells) == 1 and is_group(row.cells[0].text.text):
        return False
    return any(
        " " in cell.text.text
        and any(cell.at + _BESIDE < start < cell.end for start in starts)
        and any(_column(word.at, starts) is None for word in _words_of(cell)[1:])
        for cell in row.cells
    )


def _words(row: RawRow) -> list[RawCell]:
    return [word for cell in row.cells for word in _words_of(cell)]


def _words_of(cell: RawCell) -> list[RawCell]:
    """The pieces between single blanks, with their display columns; the number of an item stays with its text."""
    text, begin = cell.text.text, 0
    if " " not in text:
        return [cell]
    out: list[RawCell] = []
    for at, c in [*enumerate(text), (len(text), " ")]:
        said = text[begin:at] if c == " " else ""
        if said and not (at < len(text) and is_ordinal(said) and item(said + "x")):
            out.append(RawCell(cell.text[begin:at], at=cell.at + display_width(text[:begin])))
            begin = at + 1
    return out


def _ways(words: Sequence[RawCell], starts: Sequence[int], room: Sequence[int]) -> Iterator[list[RawCell]]:
    """The readings of a line: its pieces, each at the beginning of its column."""
    first = _column(words[0].at, starts)
    if first is None or not _FEWEST <= len(words) <= _MOST:
        return
    wide = [display_width(word.text.text) for word in words]
    for behind in combinations(range(first + 1, len(starts)), len(words) - 1):
        columns = [first, *behind]
        moved = [0, *(starts[c] - word.at for c, word in zip(behind, words[1:], strict=True))]
        if all(a <= b + _BESIDE for a, b in pairwise(moved)) and all(
            w <= room[c] for w, c in zip(wide, columns, strict=True)
        ):
            yield [replace(word, at=starts[c]) for word, c in zip(words, columns, strict=True)]


def _column(at: int, starts: Sequence[int]) -> int | None:
    """The column that begins there."""
    return next((k for k, start in enumerate(starts) if abs(start - at) <= _BESIDE), None)
