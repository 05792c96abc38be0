"""Rows of a table in HTML that the end of a page cut between two cells, and rows that lack the cell that goes on beside
them from the page before; labels that end as all others do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from juanzong.core.ledger import Ledger
from juanzong.language.numbering import CONTINUED
from juanzong.language.text import fold
from juanzong.stages.tables.grid import Line, slots_of
from juanzong.stages.tables.kinds import is_ordinal, kind
from juanzong.stages.tables.raw import RawCell, RawRow

_LONGEST_LABEL = 10  # characters: 续表1-2, （续上表）
_FEWEST_ALIKE = 3  # labels that end alike
_LEAST = 2  # rows of a table: the first shows how many cells a row has


def cut_between_cells(above: Sequence[RawRow], below: Sequence[RawRow]) -> bool:
    """Whether the last row above breaks off, and has, with the cells that the rows below begin with, as many as the first
    row."""
    if len(above) < _LEAST or not below or not above[-1].cut or {above[-1].syntax, below[0].syntax} != {"html"}:
        return False
    width = sum(cell.col_span for cell in above[0].cells)
    return len(above[-1].cells) + len(below[0].cells) == width and bool(below[0].cells[0].text)


def label_of_rows(rows: Sequence[RawRow]) -> str:
    """What the first row says where it says nothing but that the table goes on: 续表; else nothing."""
    said = [text for cell in rows[0].cells if (text := cell.text.text.strip())]
    return said[0] if len(said) == 1 and len(said[0]) <= _LONGEST_LABEL and CONTINUED.match(said[0]) else ""


def beside_cut_span(above: Sequence[RawRow], below: Sequence[RawRow]) -> slice:
    """The rows at the head of the page below, behind its header, that lack the cells at the left which end on the page
    above, over several rows: their numbers count on, and they are as much too narrow; none where nothing shows it."""
    none = slice(0, 0)
    if len(above) < _LEAST or not below or {above[-1].syntax, below[0].syntax} != {"html"} or below[0].exact:
        return none
    slots = slots_of(above)
    ending, width = _ending(slots), max(map(len, slots))
    if not 0 < len(ending) < len(slots[-1]) == width:
        return none
    head = 0
    while head < min(len(above), len(below) - 1) and _said(above[head]) == _said(below[head]):
        head += 1
    lengths = list(map(len, slots_of(below)))[head:]
    many = next((k for k, n in enumerate(lengths) if n != width - len(ending)), len(lengths))
    if not many or any(n != width for n in lengths[many:]) or not below[head].cells:
        return none
    last, first = (fold(row.cells[0].text.text) for row in (above[-1], below[head]))
    return slice(head, head + many) if _counts_on(last, first) and kind(first) == kind(last) else none


def _ending(slots: Sequence[Sequence[tuple[int, int] | None]]) -> list[tuple[int, int]]:
    """The cells at the left that go down to the last row from above."""
    return list(dict.fromkeys(takewhile(lambda s: s[0] < len(slots) - 1, filter(None, slots[-1]))))


def _said(row: RawRow) -> list[str]:
    return [fold(cell.text.text) for cell in row.cells]


def _counts_on(last: str, first: str) -> bool:
    return is_ordinal(last) and last.isdecimal() and first.isdecimal() and int(first) == int(last) + 1


def ends_label(above: Line, line: Line, rows: Sequence[Line]) -> bool:
    """Whether a page's first row, one cell at its left, ends the label of the last row above, which lacks how all others
    end: 东湖泵站3 / 号, among 东湖泵站1号, 北塘泵站2号."""
    said, cut = line[0].text.text.strip(), above[0].text.text.strip()
    if not said or any(not p.blank for p in line[1:]) or any(p.blank for p in above[1:]) or above[0] is line[0]:
        return False
    labels = [row[0].text.text.strip() for row in rows if row is not line and row is not above]
    alike = sum(label.endswith(said[-1]) for label in labels)
    return alike == len(labels) >= _FEWEST_ALIKE and not cut.endswith(said[-1])


def _with_whole_rows(fragments: Sequence[Sequence[RawRow]]) -> list[list[RawRow]]:
    """The fragments; a row cut between cells stands whole where it began, and rows that lack a cell from the page before
    stand beside it."""
    out = [list(rows) for rows in fragments]
    for above, below in pairwise(out):
        if cut_between_cells(above, below):
            above[-1] = replace(above[-1], cells=[*above[-1].cells, *below.pop(0).cells], cut=False)
        elif (beside := beside_cut_span(above, below)).stop:
            ending = {id(above[r].cells[k]) for r, k in _ending(slots_of(above))}
            many = beside.stop - beside.start
            above[:] = [
                replace(row, cells=[_longer(c, many) if id(c) in ending else c for c in row.cells]) for row in above
            ]
            above += below[beside]
            del below[beside]
    return [rows for rows in out if rows]


def _longer(cell: RawCell, rows: int) -> RawCell:
    return replace(cell, row_span=cell.row_span + rows)


def pages_of(fragments: Sequence[Sequence[RawRow]], ledger: Ledger) -> list[list[RawRow]]:
    """The fragments with whole rows, those behind the first without a row that says that the table goes on."""
    pages = _with_whole_rows(fragments)
    for page in pages[1:]:
        if len(page) > 1 and label_of_rows(page):
            for cell in page.pop(0).cells:
                ledger.drop_ranges(cell.text, "continued-table")
    return pages
