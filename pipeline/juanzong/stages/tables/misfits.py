"""Rows that do not fit the width of their table: two that became one, one that became two, spans that go too far, a cell
too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from juanzong.core.ledger import Ledger
from juanzong.language.text import fold
from juanzong.stages.tables.grid import slots_of
from juanzong.stages.tables.kinds import is_ordinal, kind
from juanzong.stages.tables.raw import RawCell, RawRow

_LEAST = 3  # rows that show how wide a table is
_HEADER = 2  # rows that may be a header's: what they say is unlike the columns below
_MOST_TRIED = 20  # rows of one table; more show that it is not as it seems
Rows = list[RawRow]
Way = tuple[str, Callable[[Rows, int, int], Iterator[Rows]]]  # what is told of it, and the rows mended so


def mend_misfits(fragments: Sequence[Rows], ledger: Ledger) -> list[str]:
    """Rows that are wider than most of their table's, and such as were cut in two, are made to fit, in place, where one
    thing alone explains them. Out: what is told of each."""
    parts = [rows for rows in fragments if rows and rows[0].syntax != "printed" and not rows[0].exact]
    lengths = [_lengths(rows) for rows in parts]
    widths = Counter(
        n
        for rows, some in zip(parts, lengths, strict=True)
        for n, row in zip(some, rows, strict=True)
        if len(row.cells) > 1
    )
    width, times = widths.most_common(1)[0] if widths else (0, 0)
    if times < _LEAST or 2 * times <= widths.total() or width < 2:
        return []
    told: list[str] = []
    tried = 0
    for rows, some in zip(parts, lengths, strict=True):
        reached, r = _widths(rows, some), 0
        while r < len(rows) and tried < _MOST_TRIED:
            ways = _WIDE if reached[r] > width else _CUT if sum(reached[r : r + 2]) == width else ()
            if ways:
                tried += 1
                if said := _fit(rows, r, width, ways, ledger):
                    told.append(said)
                    reached = _widths(rows, _lengths(rows))
            r += 1
    return told


def _lengths(rows: Sequence[RawRow]) -> list[int]:
    """How many columns each row has, those that cells above go down to among them."""
    return list(map(len, slots_of(rows)))


def _widths(rows: Sequence[RawRow], lengths: Sequence[int]) -> list[int]:
    """The same up to the last cell that says anything, where cells have no spans."""
    return [
        n
        if row.syntax == "html"
        else n - next((k for k, c in enumerate(reversed(row.cells)) if c.text.strip()), len(row.cells))
        for row, n in zip(rows, lengths, strict=True)
    ]


def _fit(rows: Rows, r: int, width: int, ways: Sequence[Way], ledger: Ledger) -> str:
    """One row mended; what is told of it, empty where nothing explains it alone."""
    name, behind = _name(rows[r]), [*_lengths(rows), width][r + 1]
    for tell, tries in ways:
        fitting = [
            done for done in tries(rows, r, width) if _fits(done, r, width, width if tries is _two_rows else behind)
        ]
        if len(fitting) == 1:
            kept = {id(c.text) for row in fitting[0] for c in row.cells}
            for cell in rows[r].cells:
                if cell.text and id(cell.text) not in kept:
                    ledger.drop_ranges(cell.text, "doubled-cell", kind="merge")
            rows[:] = fitting[0]
            return tell.format(name)
    return ""


def _fits(rows: Rows, r: int, width: int, before: int) -> bool:
    """Whether a row is as wide as the table, and the one behind it, that reached over `before` columns, is nearer to it."""
    now = _lengths(rows)[r : r + 2]
    return now[0] == width and all(abs(n - width) <= abs(before - width) for n in now[1:])


def _with(rows: Rows, r: int, *new: RawRow) -> Rows:
    return [*rows[:r], *new, *rows[r + 1 :]]


def _shorter_spans(rows: Rows, r: int, width: int) -> Iterator[Rows]:
    """Without the last row of cells above that go down to here: of all, where the row has all cells of its own; else of
    one, the longest first."""
    above = [(k, cell) for k in range(r) for cell in rows[k].cells if k + cell.row_span > r]
    if sum(c.col_span for c in rows[r].cells) == width:
        yield _cut(rows, [cell for _, cell in above], r)
        return
    ending = [cell for k, cell in above if k + cell.row_span == r + 1 and cell.row_span > 1]
    longest = max((cell.row_span for cell in ending), default=0)
    if sum(cell.row_span == longest for cell in ending) == 1:
        yield _cut(rows, [cell for cell in ending if cell.row_span == longest], r)


def _cut(rows: Rows, cells: Sequence[RawCell], r: int) -> Rows:
    """The rows, these cells ending above row r."""
    ended = {id(cell) for cell in cells}
    return [
        replace(row, cells=[replace(c, row_span=r - k) if id(c) in ended else c for c in row.cells])
        for k, row in enumerate(rows)
    ]


def _narrower(rows: Rows, r: int, width: int) -> Iterator[Rows]:
    """With one cell over fewer columns: the widest."""
    excess = _lengths(rows)[r] - width
    cells = rows[r].cells
    widest = max(cell.col_span for cell in cells)
    at = [k for k, cell in enumerate(cells) if cell.col_span == widest]
    if len(at) == 1 and widest > excess:
        fewer = replace(cells[at[0]], col_span=widest - excess)
        yield _with(rows, r, replace(rows[r], cells=[*cells[: at[0]], fewer, *cells[at[0] + 1 :]]))


def _two_rows(rows: Rows, r: int, width: int) -> Iterator[Rows]:
    """Parted in two, where it alone is so wide: rows of one width, one below the other, are a part of their own."""
    beside = [*rows[max(0, r - 1) : r], *rows[r + 1 : r + 2]]
    if any(len(row.cells) == len(rows[r].cells) for row in beside):
        return
    cells = rows[r].cells
    for at in range(1, len(cells)):
        first, second = replace(rows[r], cells=cells[:at]), replace(rows[r], cells=cells[at:], page_break=False)
        if any(c.text for c in second.cells):
            yield _with(rows, r, first, second)


def _one_row(rows: Rows, r: int, width: int) -> Iterator[Rows]:
    """Put together with the next, whose cells are unlike those above them where they stand."""
    both = rows[r : r + 2]
    cells = [cell for row in both for cell in row.cells]
    if len(both) < 2 or both[1].page_break or len(cells) != width or not all(c.text.strip() for c in cells):
        return
    seen = _kinds(rows, width, leave_out=(r, r + 1))
    if all(seen[c][kind(cell.text.text)] for c, cell in enumerate(both[1].cells)):
        return
    if all(seen[c][kind(cell.text.text)] for c, cell in enumerate(cells)):
        yield [*rows[:r], replace(both[0], cells=cells), *rows[r + 2 :]]


def _without_blank(rows: Rows, r: int, width: int) -> Iterator[Rows]:
    """Without an empty cell: the only one, or the one without which the others stand under their like."""
    cells = rows[r].cells
    blanks = [at for at, cell in enumerate(cells) if not cell.text.strip() and cell.row_span == cell.col_span == 1]
    return _without_one(rows, r, [at for at in blanks if at + 1 not in blanks], width)  # of several in a row, the last


def _without_double(rows: Rows, r: int, width: int) -> Iterator[Rows]:
    """Without a cell that says the same as the one before it."""
    cells = rows[r].cells
    doubled = [at for at in range(1, len(cells)) if fold(cells[at].text.text) == fold(cells[at - 1].text.text) != ""]
    return _without_one(rows, r, doubled, width)


def _without_one(rows: Rows, r: int, places: Sequence[int], width: int) -> Iterator[Rows]:
    """Without the cell at one of the places."""
    cells = rows[r].cells
    best = _likest(rows, r, [[*cells[:at], *cells[at + 1 :]] for at in places], width)
    if best is not None:
        yield _with(rows, r, replace(rows[r], cells=best))


def _likest(rows: Rows, r: int, tried: Sequence[list[RawCell]], width: int) -> list[RawCell] | None:
    """Of several readings of a row the one whose cells are most like those of their columns, if none of them is unlike
    all others there; None of two as good."""
    seen = _kinds(rows, width, leave_out=(r,))

    def likeness(cells: list[RawCell]) -> list[int]:
        return [seen[c][kind(cell.text.text)] for c, cell in enumerate(cells[:width])]

    readings = {tuple(c.text.text for c in cells): cells for cells in tried}
    ranked = sorted(readings.values(), key=lambda cells: sum(likeness(cells)), reverse=True)
    if not ranked or (r >= _HEADER and len(ranked[0]) == width and not all(likeness(ranked[0]))):
        return None
    clear = len(ranked) == 1 or sum(likeness(ranked[0])) > sum(likeness(ranked[1]))
    return ranked[0] if clear else None


def _kinds(rows: Rows, width: int, leave_out: Sequence[int]) -> list[Counter[str]]:
    """What the cells of each column look like, in the rows without spans."""
    others = [row.cells for k, row in enumerate(rows) if k not in leave_out and len(row.cells) == width]
    return [Counter(kind(cells[c].text.text) for cells in others) for c in range(width)]


def _name(row: RawRow) -> str:
    return next((fold(c.text.text)[:20] for c in row.cells if c.text.strip() and not is_ordinal(c.text.text)), "")


_WIDE: tuple[Way, ...] = (
    ("“{}”一行上方的合并多出一行，已收短", _shorter_spans),
    ("“{}”一行的合并多出一列，已收窄", _narrower),
    ("“{}”一行多出一个空格，已略去", _without_blank),
    ("“{}”一行有一格重复，已略去", _without_double),
    ("“{}”与下一行连成了一行，已分开", _two_rows),
)
_CUT: tuple[Way, ...] = (("“{}”一行断成两行，已接上", _one_row),)
