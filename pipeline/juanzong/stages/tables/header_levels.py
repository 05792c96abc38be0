"""Which columns the names of a printed header's upper level stand over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from juanzong.core.traced import Traced
from juanzong.language.text import display_width, fold
from juanzong.stages.tables.columns import Pieces, extents, pieces_of, split_lines
from juanzong.stages.tables.raw import RawRow

_OFF = 0.3  # what a name costs for each display column that it stands off its place
_BESIDE = 0.3  # a name of the lower line that stands over no column's part
_NAMELESS = 0.5
_WRAPPED, _APART = 0.2, 1.0  # a name over one column that goes on below, at its own place or off it
_AGAIN = -0.5  # parts that are named as those of another name
_CHARACTER = 2  # display columns
_MOST_COLUMNS = 40
_Cover = tuple[tuple[int, int], ...]  # of each name of the upper level: first column, last column


class Levels(NamedTuple):
    """The names of both levels by column: an upper one stands in the first column that it is over."""

    upper: dict[int, list[Traced]]
    lower: dict[int, list[Traced]]


class _Name(NamedTuple):
    left: int
    right: int
    pieces: list[Traced]


def name_lines(header: Sequence[RawRow], body: Sequence[RawRow], starts: Sequence[int]) -> list[Pieces]:
    """The header's lines, each name in the column that it is nearest to: no two of a line in one, and in order."""
    left, right = extents(body, starts)
    lines = split_lines(header, starts)
    for n, row in enumerate(header):
        pieces = pieces_of(row, starts)
        if not body or not 1 < len(pieces) <= len(starts) <= _MOST_COLUMNS:
            continue
        ways: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]  # of the first names
        for k, (piece, at) in enumerate(pieces):
            name, ahead = _Name(at, at + display_width(piece.text), []), len(pieces) - k - 1
            ways = [
                min((cost + _off(name, left[c], right[c]), (*places, c)) for cost, places in ways if places[-1:] < (c,))
                for c in range(k, len(starts) - ahead)
            ]
        lines[n] = {c: piece for c, (piece, _) in zip(min(ways)[1], pieces, strict=True)}
    return lines


def levels_of(header: Sequence[RawRow], level: int, body: Sequence[RawRow], starts: Sequence[int]) -> Levels | None:
    """The names of a header whose lower level begins in line `level`, above the lines of the body; None where its names
    fit over no columns. A name stands over its columns' middle, or begins where they do."""
    names = _names(header[:level])
    if len(starts) > _MOST_COLUMNS or len(names) > len(starts):
        return None
    lines = name_lines(header[level:], body, starts)
    left, right = extents(body, starts)
    low: dict[int, tuple[int, int]] = {}  # where names of the lower level stand
    for row, line in zip(header[level:], lines, strict=True):
        for c, (piece, at) in zip(sorted(line), pieces_of(row, starts), strict=False):
            end = at + display_width(piece.text)
            left[c], right[c] = min(left[c], at), max(right[c], end)
            low.setdefault(c, (at, end))
    cover = _cover(names, lines, left, right, low)
    if cover is None:
        return None
    lower = {c: [line[c] for line in lines if c in line] for c in sorted(set().union(*lines))}
    upper: dict[int, list[Traced]] = {}
    for name, (first, last) in zip(names, cover, strict=True):
        upper[first] = name.pieces + (lower.pop(first, []) if first == last else [])
    covered = {c for first, last in cover for c in range(first, last + 1)}
    for c in [c for c in lower if c not in covered]:
        upper[c] = lower.pop(c)
    return Levels(upper, lower)


def _names(lines: Sequence[RawRow]) -> list[_Name]:
    """The names in the lines from left to right; pieces one above the other are one name."""
    out: list[_Name] = []
    for line in lines:
        for cell in line.cells:
            over = next((k for k, n in enumerate(out) if n.left < cell.end and cell.at < n.right), None)
            if over is None:
                out.append(_Name(cell.at, cell.end, [cell.text]))
            else:
                above = out[over]
                out[over] = _Name(min(above.left, cell.at), max(above.right, cell.end), [*above.pieces, cell.text])
    return sorted(out, key=lambda n: n.left)


def _off(name: _Name, left: int, right: int) -> float:
    """What it costs that a name stands over what goes from `left` to `right`: it begins or ends there, or stands over
    the middle."""
    return _OFF * min(abs(name.right - right), *_aside(name, left, right))


def _aside(name: _Name, left: int, right: int) -> tuple[float, float]:
    """By how many display columns a name begins elsewhere, and stands off the middle."""
    return abs(name.left - left), abs(name.left + name.right - left - right) / 2


def _cover(
    names: Sequence[_Name],
    lines: Sequence[Pieces],
    left: Sequence[int],
    right: Sequence[int],
    low: Mapping[int, tuple[int, int]],
) -> _Cover | None:
    """Over which columns each name stands, in order: what costs least."""
    width = len(left)
    parts = ["".join(fold(line[c].text) for line in lines if c in line) for c in range(width)]

    def again(first: int, last: int) -> bool:
        own, size = parts[first : last + 1], last + 1 - first
        return any(abs(k - first) >= size and parts[k : k + size] == own for k in range(width - size + 1))

    @cache
    def best(c: int, n: int) -> tuple[float, _Cover] | None:
        if c == width:
            return (0.0, ()) if n == len(names) else None
        ways: list[tuple[float, _Cover]] = []
        if (rest := best(c + 1, n)) is not None:
            ways.append((rest[0] + (_BESIDE if parts[c] else _NAMELESS), rest[1]))
        for last in range(c, width if n < len(names) else c):
            if last > c and not (parts[c] and parts[last] and names[n].right - names[n].left > _CHARACTER):
                break  # 序, over 号
            if (rest := best(last + 1, n + 1)) is not None:
                if last > c:
                    cost = _AGAIN * again(c, last) + _OFF * min(_aside(names[n], left[c], right[last]))
                else:
                    cost = _off(names[n], left[c], right[c])
                    cost += (_WRAPPED if min(_aside(names[n], *low[c])) <= 1 else _APART) if c in low else 0.0
                ways.append((rest[0] + cost, ((c, last), *rest[1])))
        return min(ways, default=None)

    found = best(0, 0)
    return found[1] if found else None
