"""Printed lines to table rows: where rows begin, which pieces are one cell."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import NamedTuple

from juanzong.core.traced import Traced, concat
from juanzong.language.list_groups import heads_lists, period_of
from juanzong.language.text import fold
from juanzong.stages.tables.aligned import aligned
from juanzong.stages.tables.blank_forms import blank_form_rows
from juanzong.stages.tables.centred import labels_centred, rows_centred
from juanzong.stages.tables.column_style import ColumnStyle, begins_with_row
from juanzong.stages.tables.columns import Pieces, column_starts, split_lines
from juanzong.stages.tables.form import printed_form
from juanzong.stages.tables.header_lines import (
    body_below,
    header_lines,
    header_rows,
    misread_header,
    without_first_row,
)
from juanzong.stages.tables.kinds import is_group, is_total, kind
from juanzong.stages.tables.lost_blanks import LostBlanks, moved_back
from juanzong.stages.tables.names_below import names_above_figures
from juanzong.stages.tables.printed import flow
from juanzong.stages.tables.raw import RawCell, RawRow
from juanzong.stages.tables.worded_rows import worded_rows

_FEWEST_CELLS = 3  # of a line, and lines of a table, that show by their count which cell is which
_FEWEST_LINES = 3
_MOST_LINES = 12  # that one row is wrapped in, where blank lines part rows


class PrintedTable(NamedTuple):
    """The rows, header first; how many of them are the header; the pieces of repeated headers, which are to be dropped;
    the rows whose first line may belong to the row above; of each fragment the lines that lost blanks."""

    rows: list[RawRow]
    header_rows: int
    repeated: list[Traced]
    doubtful: list[RawRow]
    lost_blanks: Sequence[LostBlanks] = ()


def table_rows(fragments: Sequence[Sequence[RawRow]], source: str) -> PrintedTable:
    """All fragments of a printed table as rows of cells.

    A cell that goes on beside later rows stands in the first of them; the later ones have an empty cell.
    """
    if (form := blank_form_rows([row for fragment in fragments for row in fragment])) is not None:
        return PrintedTable(form, 0, [], [])
    fragments, told = aligned(fragments)
    flat = [row for fragment in fragments for row in fragment]
    misread = {id(row) for fragment in fragments[1:] for row in misread_header(fragment, fragments[0])}
    starts = told or column_starts([row for row in flat if id(row) not in misread])
    if (listed := _counted_rows(flat, starts)) is not None:
        return listed
    if filled_in := printed_form(flat):
        return PrintedTable(_rows_of_form(filled_in, starts, source), 0, [], [])
    back = [] if told else [moved_back(fragment, starts) for fragment in fragments]
    fragments = [rows for rows, _ in back] or fragments
    headless = begins_with_row(split_lines(fragments[0], starts)) or period_of(flat[0].cells[0].text.text)
    lines = 0 if headless else header_lines(fragments[0], starts)
    head = without_first_row(fragments, starts, lines)
    body, repeated = body_below(fragments, head)
    header = header_rows(fragments[0][:head], body, starts, source) if head else []
    apart = len(fragments) == 1 and sum(row.page_break for row in body) * _MOST_LINES >= len(body) > 1
    if _is_line_by_line(fragments[0], head):
        body, apart = [replace(row, page_break=True) for row in body], True
    rows, doubtful = _body_rows(body, starts, source, apart=apart)
    return PrintedTable(header + rows, len(header), repeated, doubtful, [lost for _, lost in back])


def _rows_of_form(rows: Sequence[Sequence[RawRow]], starts: Sequence[int], source: str) -> list[RawRow]:
    """The lines of each row as one, each piece in its column."""
    out = []
    for lines in rows:
        split = split_lines(lines, starts)
        cells = [[line[c] for line in split if c in line] for c in range(len(starts))]
        out.append(RawRow([RawCell(flow(pieces, source)) for pieces in cells], lines[0].line, syntax="printed"))
    return out


def _is_line_by_line(lines: Sequence[RawRow], head: int) -> bool:
    """Whether every line below the header is a row: each column is a list under its name (一等奖　　二等奖), or lessons
    count the rows."""
    names = [cell.text.text for cell in lines[0].cells] if head == 1 else []
    periods = [period_of(row.cells[0].text.text) for row in lines if row.cells]
    return heads_lists(names) or sum(map(bool, periods)) >= _FEWEST_LINES


def _counted_rows(lines: Sequence[RawRow], starts: Sequence[int]) -> PrintedTable | None:
    """The table where its cells are parted by blanks and stand in no columns of print: every line has as many cells as
    the first. None where print shows columns, or lines differ."""
    width = len(lines[0].cells)
    lines = [_with_whole_total(row, width) for row in lines]
    groups = [len(row.cells) == 1 and is_group(row.cells[0].text.text) for row in lines]
    counted = all(group or len(row.cells) == width for row, group in zip(lines, groups, strict=True))
    if width < _FEWEST_CELLS or len(lines) < _FEWEST_LINES or not counted:
        return None
    split = split_lines(lines, starts)
    if len(starts) == width and all(group or len(line) == width for line, group in zip(split, groups, strict=True)):
        return None
    texts = [fold("".join(cell.text.text for cell in row.cells)) for row in lines]
    again = [n > 0 and text == texts[0] for n, text in enumerate(texts)]
    rows = [
        RawRow([RawCell(cell.text) for cell in row.cells] + [RawCell()] * (width - len(row.cells)), row.line)
        for row, gone in zip(lines, again, strict=True)
        if not gone
    ]
    repeated = [cell.text for row, gone in zip(lines, again, strict=True) if gone for cell in row.cells]
    named = all(kind(cell.text.text) in ("words", "year") for cell in lines[0].cells)
    return PrintedTable(rows, int(named), repeated, [])


def _with_whole_total(row: RawRow, width: int) -> RawRow:
    """The row; where its total's name stands in two pieces (合    计), and so it has one too many, with that name whole."""
    if len(row.cells) != width + 1 or not is_total(row.cells[0].text.text + row.cells[1].text.text):
        return row
    name = RawCell(concat([row.cells[0].text, row.cells[1].text]), at=row.cells[0].at)
    return replace(row, cells=[name, *row.cells[2:]])


def _body_rows(
    lines: Sequence[RawRow], starts: Sequence[int], source: str, *, apart: bool
) -> tuple[list[RawRow], list[RawRow]]:
    """The rows below the header, and those of them that are doubtful; `apart`: a blank line stands before each."""
    split = split_lines(lines, starts)
    width = len(starts)
    style = ColumnStyle(split, starts)
    groups = [style.is_group(line) for line in split]
    reading = None if apart else rows_centred(split, style.form(split))
    centred = [n for n, raw in enumerate(lines) if raw.page_break] if apart else reading.rows if reading else []
    if not apart and style.worded:
        centred = worded_rows(split, groups, width) or centred
    heads = set() if centred else names_above_figures(split)
    begins = set(centred) or _begin(split, style, groups, heads)
    rows: list[RawRow] = []
    firsts: list[int] = []  # row -> the line in which it begins
    cells: list[list[list[Traced]]] = []  # row -> column -> pieces
    home = [0] * width  # column -> the row in which its current cell stands
    above: Pieces = {}
    for n, (raw, line) in enumerate(zip(lines, split, strict=True)):
        under_group = n > 0 and groups[n - 1]
        if n in begins or not rows:
            rows.append(RawRow([], raw.line, syntax="printed"))
            firsts.append(n)
            cells.append([[] for _ in range(width)])
            now = len(rows) - 1
            spans = set() if centred or under_group or n in heads else style.goes_on(line, above, cells, home)
            for c in range(width):
                if c not in spans:
                    home[c] = now
        for c, piece in line.items():
            c = 0 if groups[n] else c
            cells[home[c]][c].append(piece)
        above = line
    if style.spanned:
        _raise_labels(split, firsts, cells)
    for row, columns in zip(rows, cells, strict=True):
        row.cells = [RawCell(flow(pieces, source)) for pieces in columns]
    doubtful = set(reading.doubtful if reading else ())
    return rows, [row for row, n in zip(rows, firsts, strict=True) if n in doubtful]


def _begin(lines: Sequence[Pieces], style: ColumnStyle, groups: Sequence[bool], heads: Container[int]) -> set[int]:
    """The lines in which rows begin: by their columns, below the name of a group, and where a name begins whose figures
    stand in the next line (`heads`)."""
    under = [False, *groups[:-1]]
    return {n for n, line in enumerate(lines) if n in heads or under[n] or (style.begins(line) and n - 1 not in heads)}


def _raise_labels(lines: Sequence[Pieces], firsts: Sequence[int], cells: list[list[list[Traced]]]) -> None:
    """Labels that stand in the middle of the rows they span go to the first of these. That they do shows where one
    begins in no row's first line, or the table's first row (but for a total) has none."""
    skip = 1 if any(is_total(p.text) for pieces in cells[0][:2] for p in pieces) else 0
    if len(cells) <= skip:
        return
    at = [n for n, line in enumerate(lines) if 0 in line and n >= firsts[skip]]
    labels: list[list[int]] = []
    for n in at:
        if labels and labels[-1][-1] == n - 1:
            labels[-1].append(n)
        else:
            labels.append([n])
    if firsts[skip] in at and all(run[0] in firsts for run in labels):
        return
    begins = labels_centred(firsts[skip:], [(run[0], run[-1]) for run in labels], len(lines))
    if begins is None:
        return
    for columns in cells[skip:]:
        columns[0] = []
    for row, run in zip(begins, labels, strict=True):
        cells[skip + row][0] = [lines[n][0] for n in run]
