"""A sheet's cells -> the blocks that are printed: titles and units above a table, the table, notes below it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, pairwise

import regex as re

from juanzong.read.printed import Box, PrintedCell, PrintedLine, PrintedTable, around

BORDERED = 0.5  # of the rows that are surely a table's have rulings: then a row without any is none of them
_BESIDE = 2  # tables side by side
_LEAST_CELLS = 3  # with text in a row that counts on
LEAST_LISTED = 3  # framed cells below each other that make a list of one column
TITLE_SIZE = 11.0  # points, where a cell tells none
_LEAST_NAMES, _FILLED = 4, 0.7  # columns that a row without rulings names; the share of them filled in the row below
_NUMBERED = re.compile(r"附?表\s*[\d一二三四五六七八九十]")
_TOTAL = re.compile(r"(?:合|总|共|小)\s*计")
_LABELLED = re.compile(r"\p{Han}{2,8}[:：]")
_NO_ENTRY = re.compile(r"[:：。；]|\d{4}\s*年")  # of a list: a label, a sentence, a date
# a title that its merged cell breaks in two, no mark or label at either line
_IS_TITLE = re.compile(r"(?!附|表\s*\d)[^\n:：。；]{6,}\n(?![（(]|附|单位|填|\d{4}\s*年)[^\n:：。；]{3,}")


@dataclass(slots=True)
class SheetCell:
    """A cell that is shown, a merged one once. `name`: as in formulas (B5); `box` in points on the sheet."""

    text: str
    row: int
    column: int
    row_span: int
    col_span: int
    box: Box
    name: str
    size: float = TITLE_SIZE
    bold: bool = False
    centered: bool = False
    bordered: bool = False


Row = list[SheetCell]


def blocks_of_sheet(cells: Sequence[SheetCell]) -> list[PrintedLine | PrintedTable]:
    """Parts of the sheet, from the top, each with its lines and its table. Every cell with text stands in one block."""
    out: list[PrintedLine | PrintedTable] = []
    known: set[int] = set()  # columns of the table above
    for part in _joined(_parts(_rows(cells))):
        for side in _sides(part):
            first, last = _table_rows(side)
            out += (line for row in side[:first] for line in _lines(row))
            if last > first:
                known = _columns(side[first:last], known)
                out.append(_table(side[first:last], sorted(known)))
            out += (line for row in side[last:] for line in _lines(row))
    return out


def _sides(part: list[Row]) -> list[list[Row]]:
    """The part, or the tables that stand side by side in it, behind the rows over all of them: each under a title of its
    own, with nothing in the columns between them."""
    over = next((k for k, row in enumerate(part) if sum(bool(c.text) for c in row) > 1), 0)
    below = part[over:]
    edges = _edges_under(below)
    if len(edges) < _BESIDE or not all(_is_wide(below, *e) for e in edges):
        return [part]
    within = all(any(a <= c.column and c.column + c.col_span <= b for a, b in edges) for row in below for c in row)
    if not within or any(a[1] >= b[0] for a, b in pairwise(edges)):
        return [part]
    sides = [[[c for c in row if a <= c.column < b] for row in below] for a, b in edges]
    out = [side[: max(k for k, row in enumerate(side) if any(c.text for c in row)) + 1] for side in sides]
    return [part[:over], *out] if over else out


def _edges_under(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Where the tables under the titles in the first row begin and end: titles span all columns of theirs, or they are
    numbered or the tables have rulings, which end before the columns between; none where titles tell nothing of the kind."""
    titles = [c for c in rows[0] if c.text]
    if all(c.col_span > 1 for c in titles):
        return [(c.column, c.column + c.col_span) for c in titles]
    edges = _apart(rows)
    ruled = len(rows) > 1 and all(any(c.bordered and a <= c.column < b for c in rows[1]) for a, b in edges)
    named = all(_NUMBERED.match(c.text) for c in titles)
    labelled = any(_LABELLED.match(c.text) for c in titles)
    return edges if (ruled or named) and not labelled and len(edges) == len(titles) else []


def _apart(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """The runs of columns that hold something, text or a ruling: where each begins and ends."""
    cells = [c for row in rows for c in row if c.text or c.bordered]
    held = {k for c in cells for k in range(c.column, c.column + c.col_span)}
    starts = sorted(k for k in held if k - 1 not in held)
    ends = sorted(k + 1 for k in held if k + 1 not in held)
    return list(zip(starts, ends, strict=True))


def _is_wide(part: Sequence[Row], first: int, end: int) -> bool:
    """Whether several cells stand in the second row, in these columns, below a single one."""
    cells = [[c for c in row if c.text and first <= c.column < end] for row in part[:2]]
    return len(cells) > 1 and len(cells[0]) == 1 and len(cells[1]) > 1


def _joined(parts: Iterable[list[Row]]) -> list[list[Row]]:
    """The parts; one whose first row counts on in the serial numbers of the part above, or sums it up, is the rest of its
    table."""
    out: list[list[Row]] = []
    for part in parts:
        if out and _counts_on(out[-1], part[0]):
            out[-1] += part
        else:
            out.append(part)
    return out


def _counts_on(above: Sequence[Row], row: Row) -> bool:
    said = [c for c in row if c.text]
    if len(said) > 1 and _TOTAL.fullmatch(said[0].text):
        table = [c for c in above[-1] if c.text]
        return len(table) >= len(said) and table[0].column == said[0].column
    if len(said) < _LEAST_CELLS or not said[0].text.isdecimal():
        return False
    numbers = (c.text for r in reversed(above) for c in r if c.column == said[0].column and c.text)
    last = next(numbers, "")
    return last.isdecimal() and int(said[0].text) == int(last) + 1


def _rows(cells: Sequence[SheetCell]) -> list[Row]:
    """The rows from the first to the last with text, blank ones among them."""
    rows: dict[int, Row] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    said = [r for r, row in rows.items() if any(c.text for c in row)]
    if not said:
        return []
    return [sorted(rows.get(r, []), key=lambda c: c.column) for r in range(min(said), max(said) + 1)]


def _parts(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Runs of rows that no blank row without rulings parts; a merged cell bridges the rows that it covers."""
    part: list[Row] = []
    covered = 0  # rows below over which a merged cell goes on
    for row in rows:
        bridged = covered > 0
        covered = max([covered - 1, *(c.row_span - 1 for c in row if c.text)], default=0)
        if any(c.text or c.bordered for c in row) or bridged:
            part.append(row)
        elif part:
            yield part
            part = []
    if part:
        yield part


def _table_rows(rows: Sequence[Row]) -> tuple[int, int]:
    """Which rows are the table's: from the first with several cells to the last, or, in a sheet whose table has
    rulings, those with rulings. (0, 0): none."""
    many = [k for k, row in enumerate(rows) if sum(bool(c.text) for c in row) > 1]
    labels = {k for k in many if _only_labels(rows[k])}
    if len(labels) < max(2, len(many)):  # who filled in a table, and when, stands over it or below it
        many = list(dropwhile(labels.__contains__, many))
        many = list(dropwhile(labels.__contains__, reversed(many)))[::-1]
    if not many:
        return _one_column(rows)
    ruled = [k for k in many if sum(c.bordered for c in rows[k]) > 1]
    if len(ruled) > BORDERED * len(many):
        framed = [k for k, row in enumerate(rows) if any(c.bordered for c in row)]
        first = next(k for k in framed if k in ruled or k > ruled[0])
        first -= first > 0 and _names_columns(rows[first - 1], rows[first])
        first += _is_of_head(rows[first], rows[first + 1 :])
        return first, max(k for k in framed if any(c.text for c in rows[k])) + 1
    last = max(k + max(c.row_span for c in rows[k] if c.text) for k in many)  # a merged label spans rows of one cell
    last += _listed_below(rows[: many[-1] + 1], rows[last:])
    return many[0], min(last, len(rows))


def _only_labels(row: Row) -> bool:
    """Whether an unruled row says nothing but labels, each with its value: 填报人：某人."""
    said = [c.text for c in row if c.text]
    return all(_LABELLED.match(t) and t[-1] not in ":：" for t in said) and not any(c.bordered for c in row)


def _is_of_head(row: Row, below: Sequence[Row]) -> bool:
    """Whether a ruled row says nothing but labels, some with values, over the names of more columns: 学院：某院."""
    said = [c.text for c in row if c.text]
    names = [c.text for c in below[0] if c.text] if below else []
    return len(names) > len(said) and all(map(_LABELLED.match, said)) and not any(map(_LABELLED.match, names))


def _listed_below(table: Sequence[Row], below: Sequence[Row]) -> int:
    """How many rows below a table's last one go on with a column of it, not the first, each by one cell; 0 where a single
    one does: who signs stands so."""
    named = {c.column for c in table[-1] if c.text and c is not next(x for x in table[-1] if x.text)}
    n = 0
    for row in below:
        said = [c for c in row if c.text]
        if len(said) != 1 or said[0].column not in named or _NO_ENTRY.search(said[0].text):
            break
        named, n = {said[0].column}, n + 1
    return n if n > 1 else 0


def _names_columns(row: Row, below: Row) -> bool:
    """Whether a row without rulings names, cell by cell, the columns of the ruled row below it, some of which may be empty."""
    names = [c.text for c in row if c.text]
    columns, filled = ({c.column for c in r if c.text} for r in (row, below))
    return (
        len(names) > 1
        and columns >= filled
        and (columns == filled or (len(names) >= _LEAST_NAMES and _FILLED * len(columns) <= len(filled)))
        and not any(re.search(r"[:：]|\d{4}年", name) for name in names)
        and any(re.search(r"\d", c.text) for c in below)
        and not any(c.text.isdecimal() for c in row)
    )


def _one_column(rows: Sequence[Row]) -> tuple[int, int]:
    """The rows of a list of one column, where rulings frame its cells, one below the other."""
    framed = [k for k, row in enumerate(rows) if sum(c.bordered and bool(c.text) for c in row) == 1]
    if len(framed) < LEAST_LISTED or framed[-1] - framed[0] >= len(framed):
        return 0, 0
    cells = [c for k in framed for c in rows[k] if c.text]
    one = len({c.column for c in cells}) == 1 and all(c.col_span == 1 for c in cells)
    return (framed[0], framed[-1] + 1) if one else (0, 0)


def _lines(row: Row) -> Iterator[PrintedLine]:
    for cell in row:
        wrapped = cell.centered and _IS_TITLE.fullmatch(cell.text)
        for text in [cell.text.replace("\n", "")] if wrapped else cell.text.split("\n"):
            if text.strip():
                yield PrintedLine(text.strip(), cell.box, cell.size, cell.bold, centered=cell.centered, name=cell.name)


def _columns(rows: Sequence[Row], above: set[int]) -> set[int]:
    """The columns that hold text, or are to be filled in; and between them those that the table above has, so that what
    goes on with it stands in its columns."""
    own = {c.column for row in rows for c in row if c.text} | _headed(rows)
    return own | {c for c in above if min(own) < c < max(own)}


def _table(rows: Sequence[Row], columns: list[int]) -> PrintedTable:
    """The rows as a grid of the columns, merged cells as wide as what is left of them."""
    taken: set[tuple[int, int]] = set()
    out: list[list[PrintedCell]] = []
    boxes = [c.box for row in rows for c in row]
    for n, row in enumerate(rows):
        own = {c.column: c for c in row}
        cells = []
        for column in columns:
            if (n, column) in taken:
                continue
            cell = own.get(column)
            if cell is None:
                cells.append(PrintedCell(row[0].box if row else boxes[0]))
                continue
            covered = columns[bisect_left(columns, cell.column) : bisect_left(columns, cell.column + cell.col_span)]
            deep = min(cell.row_span, len(rows) - n)
            taken.update((n + r, c) for r in range(deep) for c in covered)
            cells.append(PrintedCell(cell.box, cell.text, deep, max(1, len(covered)), name=cell.name))
        out.append(cells)
    return PrintedTable(around(boxes), out)


def _headed(rows: Sequence[Row]) -> set[int]:
    """Columns without text that rulings frame in most rows: blanks of a form."""
    framed: dict[int, int] = {}
    for row in rows:
        for cell in row:
            if cell.bordered:
                framed[cell.column] = framed.get(cell.column, 0) + 1
    last = max((c.column + c.col_span - 1 for row in rows for c in row if c.text or c.col_span > 1), default=0)
    return {column for column, many in framed.items() if many > BORDERED * len(rows) and column <= last}
