"""Where the columns of a printed table stand, and which column each piece of a line belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import regex as re

from juanzong.core.traced import Traced
from juanzong.language.text import CLOSING, TERMINAL, display_width, ends_sentence, unbalanced
from juanzong.stages.tables.kinds import VALUES, is_group, is_numbered, is_ordinal, item, kind
from juanzong.stages.tables.raw import RawCell, RawRow

_SLACK = 2  # display columns by which an overlong cell may push the next one aside
_GAP = 2  # display columns at least that part two columns
_MIN_SHARE = 0.12  # of the lines with several pieces: fewer beginnings at a place make no column
_FAR = 10**6  # no column begins so far to the right
_FIGURES = ("year", "serial", "number", "percent")  # years stand in headers too
_FEWEST_SHIFTED = 4  # cells of a line, all but the first a character beside their columns
HANGING = frozenset("，。；：、！？）》”")  # may stand beyond a line's end
_MOST_LEVELS = 3  # lines of names
_FEWEST_FIGURES = 3  # that show where a column ends
_TOKEN = re.compile(r"([A-Za-z0-9.,%+\-/]+\p{Han}{,2}|.)[，。；：、！？）》”」】〕%]*")
Pieces = dict[int, Traced]  # column -> piece
_Edges = tuple[list[int], list[int]]  # of each column's text: left, right


def column_starts(rows: Sequence[RawRow]) -> list[int]:
    """The display columns in which the table's columns begin, from left to right.

    A column is a place where many pieces begin. Places close behind a stronger one are cells that an overlong
    neighbour pushed aside.
    """
    several = [row for n, row in enumerate(rows) if len(row.cells) > 1 and (n == 0 or not _same(row, rows[0]))]
    counts = Counter(cell.at for row in several for cell in row.cells)
    first = min((row.cells[0].at for row in rows if row.cells), default=0)
    counts[first] += len(rows)
    need = max(2, _MIN_SHARE * len(several))
    if several and several[0] is rows[0] and len(rows[0].cells) > 2:  # a column of remarks: its name, and a word or two
        counts.update({cell.at: int(need) for cell in rows[0].cells if counts[cell.at] > 1})
    starts: list[int] = []
    for at, n in sorted(counts.items(), key=lambda x: (-x[1], x[0])):
        if n >= need and all(abs(at - s) > _SLACK for s in starts):
            starts.append(at)
    if not starts:
        return [first]
    starts = _without_right_edges(several, sorted([*starts, *_by_ends(several, starts, need)]))
    return sorted({*starts, *_named_only(several, starts)})


def _by_ends(rows: Sequence[RawRow], starts: Sequence[int], need: float) -> list[int]:
    """Where columns begin in which figures end at one place, and so begin at many: no two of them at one."""
    far = [
        cell
        for row in rows
        for cell in row.cells
        if kind(cell.text.text) in _FIGURES and all(abs(cell.at - s) > _SLACK for s in starts)
    ]
    ends = Counter(cell.end for cell in far)
    found = [[cell.at for cell in far if cell.end == end] for end, n in ends.items() if n >= need]
    return [min(at) for at in found if len(set(at)) > 1 and all(abs(min(at) - s) > _SLACK for s in starts)]


def _same(row: RawRow, other: RawRow) -> bool:
    """Whether two lines say the same: the header, printed again on the next page."""
    return [(c.at, c.text.text) for c in row.cells] == [(c.at, c.text.text) for c in other.cells]


def _named_only(rows: Sequence[RawRow], starts: Sequence[int]) -> list[int]:
    """Where columns begin that only their names show: one to the right of all that stands below, or one in which few
    pieces stand, none of them where another does, right of a column that does not reach so far. Names stand in the first
    line, or in the last one above the figures."""
    if not rows or len(rows[0].cells) < 3 or len(rows) < 2 or ends_sentence(rows[0].cells[-1].text.text):
        return []  # no names
    out, head = list[int](), _lines_above_figures(rows)
    body = [cell for row in rows[head:] for cell in row.cells]
    for name in (*rows[0].cells, *(rows[head - 1].cells if head > 1 else ())):
        if kind(name.text.text) != "words" or any(s - _SLACK <= name.at <= s + _SLACK for s in (*starts, *out)):
            continue
        before = max((s for s in starts if s < name.at), default=0)
        after = min((s for s in starts if s > name.at), default=_FAR)
        inside = [cell for cell in body if before - _SLACK <= cell.at < after - _SLACK and cell.end <= after]
        left = max((_edge_of(cell) for cell in inside if cell.at <= before + _SLACK), default=0)
        right = [cell for cell in inside if cell.at > before + _SLACK]
        clear = left + _GAP <= min([name.at, *(cell.at for cell in right)])
        if clear and name.end <= after and (right or after == _FAR or head > 1):
            out.append(min([name.at, *(cell.at for cell in right)]))
    return out


def _lines_above_figures(rows: Sequence[RawRow]) -> int:
    """How many lines are a header in two lines or three, the last of which has a name for each of several columns; 1 where
    that does not show."""
    head = next((n for n, row in enumerate(rows) if any(kind(c.text.text) in _FIGURES for c in row.cells)), 0)
    return head if 1 < head <= _MOST_LEVELS and len(rows[head - 1].cells) > len(rows[0].cells) else 1


def _edge_of(cell: RawCell) -> int:
    """Where a cell's text ends: a closing mark hangs over its column's edge."""
    return cell.end - (2 if cell.text.text[-1:] in HANGING else 0)


def _without_right_edges(rows: Sequence[RawRow], starts: list[int]) -> list[int]:
    """Two starts of one column whose figures end at one place, or stand round one middle, are one: figures of more
    digits begin further left, and so does the column's name."""
    edges = _edges(rows, starts)
    placed = [[(_column(cell.at, cell.end, starts, edges), cell) for cell in row.cells] for row in rows]
    head = next((n for n, row in enumerate(rows) if any(kind(c.text.text) in _FIGURES[1:] for c in row.cells)), 0)
    filled = {c for row in placed[head:] for c, _ in row}
    out = list(starts)
    for k in range(len(starts) - 1):
        both = [[cell for c, cell in row if c in (k, k + 1)] for row in placed]
        named = [[cell for cell in cells if _begins(cell, starts[k : k + 2])] for cells in both[:head]]
        if any(len(cells) > 1 for cells in [*named, *both[head:]]):
            continue
        below = [cell for cells in both[head:] for cell in cells]
        if _is_one(below, starts[k + 1] if k + 1 not in filled else None):
            out.remove(starts[k + 1])
    return out


def _begins(cell: RawCell, starts: Sequence[int]) -> bool:
    return any(abs(cell.at - s) <= _SLACK for s in starts)


def _is_one(cells: Sequence[RawCell], name: int | None) -> bool:
    """Whether what stands in two columns, never beside each other, is one column of figures. `name`: where the second
    one's name begins that has no cells."""
    values = [cell for cell in cells if kind(cell.text.text) in _FIGURES]
    if name is not None and name >= max((cell.end for cell in values), default=0):
        return False  # the name of a column to the right
    dashes = [cell for cell in cells if kind(cell.text.text) == "dash"]  # — for no figure
    if len({cell.at for cell in cells}) < 2:
        return False
    for some in (values, [*values, *dashes] if values else []):
        ends = [cell.end for cell in some]
        if len(some) >= _FEWEST_FIGURES and max(ends) - min(ends) <= 1:
            return True
    middles = [cell.at + cell.end for cell in values]
    return _FEWEST_FIGURES <= len(values) == len(cells) and max(middles) - min(middles) <= 2


def split_lines(rows: Sequence[RawRow], starts: Sequence[int]) -> list[Pieces]:
    """Each line's pieces by column. Where columns are no longer kept apart, a piece is cut at the blanks in it."""
    edges = _edges(rows, starts)
    return [_split(row, starts, edges) for row in rows]


def extents(rows: Sequence[RawRow], starts: Sequence[int]) -> _Edges:
    """How far to the left and the right what stands in each column goes, in lines that lost no character."""
    edges = _edges(rows, starts)
    left, right = [_FAR] * len(starts), [0] * len(starts)
    whole = [row for row in rows if len(row.cells) > 1 and not _is_shifted(row, starts)]
    for cell in (cell for row in whole for cell in row.cells):
        k = _column(cell.at, cell.end, starts, edges)
        left[k], right[k] = min(left[k], cell.at), max(right[k], cell.end)
    return [min(a, s) for a, s in zip(left, starts, strict=True)], [
        max(b, s) for b, s in zip(right, starts, strict=True)
    ]


def _is_shifted(row: RawRow, starts: Sequence[int]) -> bool:
    """Whether all of a line behind its first cell stands a character beside the columns: one was lost, or is too many."""
    off = {min((cell.at - start for start in starts), key=abs) for cell in row.cells[1:]}
    return len(row.cells) >= _FEWEST_SHIFTED and len(off) == 1 and 0 < abs(off.pop()) <= _SLACK


def _edges(rows: Sequence[RawRow], starts: Sequence[int]) -> _Edges:
    """How far to the left and the right the text of each column stands: that which begins where the column does, next
    to the following column at most; and to the left a name in the first line that stands over it."""
    left, right = list(starts), list(starts)
    for row in rows:
        for cell in row.cells:
            k = bisect_right(starts, cell.at + _SLACK) - 1
            alone = len(row.cells) == 1 and is_group(cell.text.text)
            if k >= 0 and not alone and abs(cell.at - starts[k]) <= _SLACK:
                left[k], right[k] = min(left[k], cell.at), max(right[k], cell.end)
    right = [min(end, s) for end, s in zip(right, [*starts[1:], max(right, default=0)], strict=True)]
    for cell in rows[0].cells if rows else ():
        k = _column(cell.at, cell.end, starts, (left, right))
        left[k] = min(left[k], cell.at)
    return left, right


def _split(row: RawRow, starts: Sequence[int], edges: _Edges) -> Pieces:
    out: Pieces = {}
    cells = row.cells
    if len(cells) == 1 and len(starts) > 2:
        words = re.split(r"\s", cells[0].text.text)
        if len(words) == len(starts) and sum(kind(w) in VALUES for w in words) * 2 >= len(words):
            at = 0
            for k, word in enumerate(words):
                out[k] = cells[0].text[at : at + len(word)]
                at += len(word) + 1
            return out
    for piece, at in pieces_of(row, starts):
        column = _column(at, at + display_width(piece.text), starts, edges)
        out[column] = out[column] + piece if column in out else piece
    return out


def pieces_of(row: RawRow, starts: Sequence[int]) -> list[tuple[Traced, int]]:
    """The pieces of a line, cut where columns are no longer kept apart, and the display columns in which they begin."""
    return [piece for cell in row.cells for piece in _cut(cell, starts)]


def _column(at: int, end: int, starts: Sequence[int], edges: _Edges) -> int:
    """The column of a piece: the one that begins there or nearby, else the last one before; where nothing in that one
    reaches so far to the right, the next one, if the piece stands over it (a name set in the middle of its column)."""
    near = min(range(len(starts)), key=lambda k: abs(starts[k] - at))
    if abs(starts[near] - at) <= _SLACK:
        return near
    k = max((k for k, s in enumerate(starts) if s <= at), default=0)
    left, right = edges
    return k + 1 if k + 1 < len(starts) and right[k] <= at and left[k + 1] < end else k


def _cut(cell: RawCell, starts: Sequence[int]) -> list[tuple[Traced, int]]:
    """The piece, cut at a single blank behind which a column begins."""
    text = cell.text.text
    for i, c in enumerate(text):
        at = cell.at + display_width(text[: i + 1])
        if c.isspace() and not _numbers(text[:i]) and any(s <= at <= s + 1 and cell.at < s for s in starts):
            rest = RawCell(cell.text[i + 1 :], at=at)
            return [(cell.text[:i].strip(), cell.at), *_cut(rest, starts)]
    return [(cell.text, cell.at)]


def rest_of_cell(rows: Sequence[RawRow], piece: RawCell, *, full: bool) -> bool:
    """Whether a piece that stands alone at the head of the next page can be the rest of a cell of the last row.

    It begins where a column does and fits into it, and the last line breaks off in that column; if `full`, that has to
    show: by an open bracket or quote, a mark after which text goes on, or by a piece that reaches the column's end (but
    for a character that a closing mark took along to the next line).
    """
    starts = column_starts(rows)  # a line that stands alone shows none
    if len(starts) < 2 or not begin_in_columns(rows, [piece]) or kind(piece.text.text) != "words":
        return False
    c = _column(piece.at, piece.end, starts, _edges(rows, starts))
    above = split_lines(rows[-1:], starts)[0].get(c)
    if above is None or kind(above.text) != "words" or (ends_sentence(above.text) and above.text[-1:] not in "；;"):
        return False
    room = room_of(split_lines(rows, starts), starts)[c]
    spanned = [s - starts[c] for s in starts[c + 1 :] if s - starts[c] >= display_width(above.text)]
    if spanned and display_width(above.text) > room:  # the cell above spans columns that others split
        room = spanned[0]
    carried = 2 if len(piece.text) > 1 and piece.text.text[1] in TERMINAL + CLOSING else 0
    widths = [display_width(line[c].text) for line in split_lines(rows, starts) if c in line]
    if widths.count(max(widths)) > 1:  # its cells wrap there
        room = min(room, max(widths) + 2)
    shows = goes_on(above.text) or display_width(above.text) >= room - 2 - 2 - carried
    return display_width(piece.text.text) <= room and (shows or not full)


def goes_on(text: str) -> bool:
    """Whether no cell ends so: behind an opening bracket or quote, or a mark after which text goes on.

    >>> [goes_on(t) for t in ("甲局、", "《甲办法", "甲局")]
    [True, True, False]
    """
    return unbalanced(text) > 0 or text[-1:] in ("，", "、", "（", "(")


def leading(text: str) -> int:
    """The columns of what no line end parts at the head of a text: a figure, a word, a character with its stops."""
    found = _TOKEN.match(text)
    return display_width(found[0]) if found else 0


def begin_in_columns(rows: Sequence[RawRow], pieces: Sequence[RawCell]) -> bool:
    """Whether each of the pieces begins just where some piece of the rows does that begins a column."""
    starts = column_starts(rows)
    begun = {cell.at for row in rows for cell in row.cells if any(abs(cell.at - s) <= _SLACK for s in starts)}
    return all(piece.at in begun for piece in pieces)


def is_title(row: RawRow, starts: Sequence[int]) -> bool:
    """Whether a line looks like a table's header: words from the first column on, in several columns, no number."""
    cells = row.cells
    return (
        len(cells) > 2
        and cells[0].at == starts[0]
        and not is_numbered(cells[0].text.text)
        and all(kind(c.text.text) in ("words", "year") for c in cells)
    )


def _numbers(text: str) -> bool:
    """Whether it is the number of a list item, which no blank parts from its text: 1. or （1）."""
    return is_ordinal(text) and item(text + "x") > 0


def room_of(lines: Sequence[Pieces], starts: Sequence[int]) -> list[int]:
    """The display columns from each column's beginning to the next; the last one is as wide as its widest piece."""
    last = len(starts) - 1
    full = max((display_width(line[last].text) for line in lines if last in line), default=0)
    return [*(b - a for a, b in pairwise(starts)), full + 2]
