"""Tables in HTML as transcription writes them: rows and cells. Tags leave by drop edits, entities by replace."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line, line_of
from juanzong.core.traced import Traced, concat
from juanzong.stages.tables.grid import layout, slots_of
from juanzong.stages.tables.raw import RawCell, RawRow
from juanzong.stages.tables.tags import Token, tokens_of

_CELLS = ("td", "th")
_FRAME = ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col")
_BREAKS = ("p", "br", "li", "div", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6")  # what begins a line inside a cell
_MOST_SPAN = 10_000  # what a span can say; it never goes beyond the table (`clamped`)
_MOST_SLOTS = 50_000  # of a table whose cells fill ever so many each: the largest real ones are filled cell by cell
_MOST_OF_ONE = 30  # slots that a cell fills, on the average
_MOST_STRAY = 4  # times as many cells as such tags
_FEWEST_ROWS = 2  # of several cells that show how wide a table is
_QUOTES = " “”‘’＂＇\"'"  # round a span, also curly ones
_WIDEST = 60  # columns that a table may have by its spans alone


@dataclass
class _Reading:
    """Where a walk over the tokens stands. `nested` counts the tables open inside the open cell."""

    rows: list[RawRow] = field(default_factory=list)
    inside: list[tuple[RawCell, list[Token]]] = field(default_factory=list)
    row: RawRow | None = None
    cell: RawCell | None = None
    ended: bool = False  # a table was closed since the last row
    nested: int = 0
    caption: bool = False  # a caption element is open
    head: bool = False  # a thead element is open
    alone: bool = False  # the open row is text that stands in no row: a group between two tables
    unclosed: list[tuple[RawRow, RawCell]] = field(default_factory=list)  # cells that end where the next begins


def html_rows(lines: Sequence[Line], ledger: Ledger) -> list[RawRow]:
    """The rows of a table in HTML, over any number of lines; unclosed cells and rows end where the next begins. A
    table within a cell is text of the cell. Spans that go beyond the table end at its edge."""
    reading = _read(lines, ledger)
    for cell, tokens in reading.inside:
        cell.text = _gather(tokens, ledger)
    if reading.row is not None and reading.rows:
        reading.rows[-1].cut = True  # the source breaks off within the row
    rows = reading.rows
    _without_stray_cells(reading)
    _clamp(rows)
    return [row for row, line in zip(rows, slots_of(rows), strict=True) if line]  # a row may be all spanned from above


def html_texts(lines: Sequence[Line], ledger: Ledger) -> list[Traced]:
    """What the cells of a table in HTML say, in order, parted where a tag begins a new line."""
    return [text for _, tokens in _read(lines, ledger).inside for text in _parts(tokens, ledger)]


def _read(lines: Sequence[Line], ledger: Ledger) -> _Reading:
    """The rows, their cells still without text, and what stands in each cell; the table's own tags are dropped."""
    reading = _Reading()
    for token in tokens_of(lines):
        _take(reading, token, lines[token.line], ledger)
    return reading


def _take(r: _Reading, token: Token, line: Line, ledger: Ledger) -> None:
    """One token more."""
    what, name = token.what, token.name
    if name == "table" and (r.nested or (what == "open" and r.cell is not None and not r.alone)):
        r.nested += 1 if what == "open" else -1
    elif not r.nested and name in _FRAME:
        ledger.drop_ranges(token.piece, "html-tag", category="format")
        _frame(r, token, line)
        return
    said = token.piece.text.strip() if what in ("text", "entity") and r.cell is None else ""
    if said and not said.strip("<>/\\"):  # of a tag whose brackets stand twice
        ledger.drop_ranges(token.piece, "html-tag", category="format")
    elif said:
        alone = r.row is None
        if alone:
            _open_row(r, token, line)
        _open_cell(r, token)
        r.alone = alone
    if r.cell is not None:
        r.inside[-1][1].append(token)
    elif what not in ("text", "entity"):
        ledger.drop_ranges(token.piece, "html-tag", category="format")


def _frame(r: _Reading, token: Token, line: Line) -> None:
    """A tag of the table itself opens or ends a row or a cell."""
    what, name = token.what, token.name
    if what == "open" and (name == "tr" or (name in _CELLS and r.row is None)):
        _open_row(r, token, line)
    if what == "open" and name in _CELLS:
        _open_cell(r, token)
    elif name not in ("col", "colgroup"):
        r.cell = None
    if name == "table" and what == "close":
        r.ended = True
    r.caption = name == "caption" and what == "open"
    if name in ("table", "thead", "tbody", "tfoot"):
        r.head = name == "thead" and what == "open"
    if name not in (*_CELLS, "tr") or (name == "tr" and what == "close"):
        r.row = None


def _open_row(r: _Reading, token: Token, line: Line) -> None:
    first = token.piece.runs[0].start == line.start
    parted = r.ended or (line.blanks > 0 and first)
    row = RawRow(line=line.n, page_break=bool(r.rows) and parted, syntax="html", caption=r.caption, head=r.head)
    r.row, r.cell, r.ended, r.alone = row, None, False, False
    r.rows.append(r.row)


def _open_cell(r: _Reading, token: Token) -> None:
    assert r.row is not None
    if r.cell is not None:
        r.unclosed.append((r.row, r.cell))
    r.cell = RawCell(row_span=_span(token, "rowspan"), col_span=_span(token, "colspan"))
    r.row.head = r.head or (token.name == "th" and (r.row.head or not r.row.cells))  # of nothing but names
    r.row.cells.append(r.cell)
    r.inside.append((r.cell, []))


def _span(token: Token, name: str) -> int:
    value = token.attribute(name).strip(_QUOTES) if token.what == "open" else ""
    return min(int(value[:6]), _MOST_SPAN) if value.isdecimal() and int(value[:6]) > 0 else 1


def _without_stray_cells(r: _Reading) -> None:
    """A tag of a cell before another one, where all other cells are closed and its row has one more than most: no cell."""
    if not r.unclosed or len(r.unclosed) * _MOST_STRAY > len(r.inside):
        return
    widths = [sum(c.col_span for c in row.cells) for row in r.rows if len(row.cells) > 1]
    for row, cell in r.unclosed:
        if not cell.text and sum(c.col_span for c in row.cells) > sorted(widths)[(len(widths) - 1) // 2]:
            row.cells = [c for c in row.cells if c is not cell]


def _clamp(rows: list[RawRow]) -> None:
    """Spans that go beyond the table end at its edge: below at its last row, at the right where the rows end that span
    less; cells that fill a row do not all span down into a row of as many. Rows where a span was cut are marked."""
    for row, below in pairwise(rows):
        if 1 < len(row.cells) <= len(below.cells) and all(cell.row_span > 1 for cell in row.cells):
            row.clamped = True
            for cell in row.cells:
                cell.row_span = 1
    sums = [sum(c.col_span for c in row.cells) for row in rows]
    sane = [n for n in sums if n <= _WIDEST] or [min(sums, default=1)]
    counts = [len(row.cells) for row in rows]
    width = max(*sane, *counts, 1) if min(sane) <= _WIDEST else max(counts)
    width = min(width, _width_by_cells(rows) or width)
    for r, row in enumerate(rows):
        beyond = sums[r] - width
        for cell in row.cells:
            if beyond > 0 and cell.col_span > max(width, 1):
                cell.col_span, row.clamped = max(1, width - len(row.cells) + 1), True
            if cell.row_span > len(rows) - r:
                row.clamped = row.clamped or (cell.row_span > len(rows) - r + 1 and cell.row_span > 2 * len(rows))
                cell.row_span = len(rows) - r
    _bound(rows)


def _bound(rows: Sequence[RawRow]) -> None:
    """Where spans make a small table huge (stairs of 2,000 cells, each down to the last row), none goes down."""
    cells = [(row, cell) for row in rows for cell in row.cells]
    slots = sum(cell.row_span * cell.col_span for _, cell in cells)
    if slots > _MOST_SLOTS and slots > _MOST_OF_ONE * len(cells):
        for row, cell in cells:
            row.clamped = row.clamped or cell.row_span > 1
            cell.row_span = 1


def _width_by_cells(rows: Sequence[RawRow]) -> int:
    """How many columns the rows of several cells have, 0 where there are too few to tell: a cell that fills a row by
    itself spans no more."""
    several = [row for row in rows if len(row.cells) > 1]
    if len(several) < _FEWEST_ROWS:
        return 0
    slots = layout([[(c.row_span, c.col_span if len(row.cells) > 1 else 1) for c in row.cells] for row in rows])
    return max(len(line) for row, line in zip(rows, slots, strict=True) if len(row.cells) > 1)


def inline(text: Traced, ledger: Ledger) -> Traced:
    """A cell's text, a piece of one line, without the tags and entities in it."""
    if not text or not any(sign in text.text for sign in ("<", "&", "\\n")):
        return text
    return _gather(tokens_of([line_of(text, 1)]), ledger)


def inline_texts(text: Traced, ledger: Ledger) -> list[Traced]:
    """The same, parted where a tag begins a new line."""
    return _parts(tokens_of([line_of(text, 1)]), ledger) if text else []


def _parts(tokens: Sequence[Token], ledger: Ledger) -> list[Traced]:
    """The texts of one cell, parted at the tags that begin a new line; none is empty."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.what == "open" and token.name in _BREAKS:
            parts.append([])
        parts[-1].append(token)
    return [text for part in parts if (text := _gather(part, ledger))]


def _gather(tokens: Sequence[Token], ledger: Ledger) -> Traced:
    """The text of one cell: paragraphs, list items, lines, and the cells of a table in it, parted by a line feed."""
    out: list[Traced] = []
    mark: Traced | None = None  # the tag in whose place a line feed is to stand before the next text
    for token in tokens:
        if token.what in ("text", "entity"):
            piece = _entity(token.piece, ledger) if token.what == "entity" else token.piece
            if mark is not None and piece.text.strip():
                out.append(ledger.replace(mark, 0, len(mark), "\n", "html-line"))
                mark = None
            if piece:
                out.append(piece)
            continue
        if out and mark is None and token.name in (*_BREAKS, "tr", *_CELLS):
            mark = token.piece
        else:
            ledger.drop_ranges(token.piece, "html-tag", category="format")
    if mark is not None:
        ledger.drop_ranges(mark, "html-tag", category="format")
    return concat(out).strip()


def _entity(text: Traced, ledger: Ledger) -> Traced:
    """&lt; as <; what is no entity stays as it is (AT&T)."""
    plain = html.unescape(text.text)
    plain = plain if plain.strip() else " "
    return ledger.replace(text, 0, len(text.text), plain, "html-entity")
