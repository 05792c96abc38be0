"""Items -> items: rows of a table that are no rows of it (附件1, its title, 单位：万元 above; 注：… below) stand as lines
of text beside it, as if they were set so."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import pairwise

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line, looked_at
from juanzong.core.traced import EMPTY, Traced
from juanzong.language import elements as el
from juanzong.language.numbering import ANNEX, BOX, FIGURE_CAPTION, TABLE_CAPTION, heading_of
from juanzong.language.text import ends_sentence, fold
from juanzong.stages.pieces.items import Item
from juanzong.stages.tables.dated_groups import heads_group
from juanzong.stages.tables.form import is_filled_across
from juanzong.stages.tables.grid import Line as GridLine
from juanzong.stages.tables.grid import expand
from juanzong.stages.tables.header import has_values
from juanzong.stages.tables.kinds import is_group, is_total
from juanzong.stages.tables.raw import RawRow
from juanzong.stages.tables.read import rows_of

_BETWEEN_CELLS = re.compile(r"[\t|]")
_MOST_ROWS = 5  # above or below a table
_SHORTEST_TITLE = 5  # characters
_LONGEST_TITLE = 60
_NOTE_LABEL = re.compile(r"(?:注|说明|备注|附注)\s*[:：]")
_ROW_END = re.compile(r"<\s*/\s*(?:tr|caption)\s*>|(?=<\s*tr\b)", re.IGNORECASE)
_FIRST_ROW = re.compile(
    r"\s*(?:<table\b[^<>]*>\s*)?(?:<(?:thead|tbody)>\s*)?<tr\b[^<>]*>(?P<cells>(?:(?!</?(?:t(?:able|r|head|body)|caption)\b).)*+)</tr>",
    re.IGNORECASE | re.DOTALL,
)
_MARKED = re.compile(r"\s*附\s?[件录]\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})?(?:[-—－]\d{1,2})?\s?[:：](?=\s*\S)")
_CELL_TAG = re.compile(r"</?t[dh]\b[^<>]*>", re.IGNORECASE)
_ROW_BEGIN = re.compile(r"<\s*tr\b", re.IGNORECASE)
_ASKS = re.compile(r"[:：]\s*(?:\n|$)")  # what a form asks for, and room for the answer


def part_title_rows(items: Sequence[Item], ledger: Ledger, names: Set[str]) -> list[Item]:
    """All items in order, such rows as items of text before and behind their table. `names`: what contents lists name,
    folded."""
    out: list[Item] = []
    for item in items:
        out += _parted(item, ledger, names) if item.kind == "table" else [item]
    return out


def _parted(item: Item, ledger: Ledger, names: Set[str]) -> list[Item]:
    if not any(
        _NOTE_LABEL.search(line.text) or el.TABLE_NOTE.search(line.text) for line in item.lines
    ) and not _may_begin(item):
        return [item]
    with ledger.trial():
        rows = rows_of(item.lines, ledger)
    if not rows or rows[0].syntax == "printed":
        return [item]
    grid = expand(rows)
    if all(map(_alone, grid)) and el.TABLE_NOTE.match(_alone(grid[0])):  # a table in which nothing but notes stand
        notes = cell_texts(item, item.lines, ledger)
        notes[0].page_break, notes[0].blanks = item.page_break, item.blanks
        return notes
    first = _title_rows(rows, grid, names)
    last = _note_rows(grid[first:])
    if not first + last or len(grid) - first - last < 2:
        return [item]
    above, rest = _cut(item.lines, rows[first - 1], begin=False) if first else ([], item.lines)
    rest, below = _cut(rest, rows[-last], begin=True) if last else (rest, [])
    if not rest:
        return [item]
    texts = [cell_texts(item, lines, ledger) for lines in (above, below)]
    if texts[0]:
        texts[0][0].page_break, texts[0][0].blanks = item.page_break, item.blanks
    table = replace(
        item,
        lines=list(rest),
        s=rest[0].text,
        key=fold(rest[0].text),
        fragments=[list(rest)],
        page_break=item.page_break and not above,
        blanks=0 if above else item.blanks,
    )
    return [*texts[0], table, *texts[1]]


def _may_begin(item: Item) -> bool:
    """A first look at the text: whether one cell alone may stand in the first row."""
    text = item.lines[0].text
    if "<" in text:
        return _may_begin_html(text)
    cells = text.split("\t") if item.lines[0].tabular else _BETWEEN_CELLS.split(text)
    return sum(bool(c.strip(" -:")) for c in cells) <= 1


def _may_begin_html(text: str) -> bool:
    """The same for a table's first line in HTML: told where the line holds a plain first row whole."""
    row = _FIRST_ROW.match(text)
    if row is None or "&" in row[0]:
        return True
    return sum(bool(re.sub(r"<[^<>]*>", "", cell).strip()) for cell in _CELL_TAG.split(row["cells"])) <= 1


def _alone(line: GridLine) -> str:
    """What a row says that has one filled cell, at its left or over all columns, or a note behind its label; empty for
    others."""
    filled = [p for p in dict.fromkeys(line) if not p.blank]
    if len(filled) == 2 and line[0] is filled[0] and _NOTE_LABEL.fullmatch(filled[0].text.text.strip()):
        return "".join(p.text.text.strip() for p in filled)
    return filled[0].text.text.strip() if len(filled) == 1 else ""


def _title_rows(rows: Sequence[RawRow], grid: Sequence[GridLine], names: Set[str]) -> int:
    """How many rows at the head are marks, titles, captions or units."""
    n = 0
    while n < min(_MOST_ROWS, len(grid) - 1):
        text = _alone(grid[n])
        if (
            not text
            or heads_group(grid, n)
            or BOX.match(text)
            or FIGURE_CAPTION.match(text)
            or not (rows[n].caption or _heads(text, grid, n, names))
        ):
            break
        n += 1
    wide = any(len([p for p in dict.fromkeys(line) if not p.blank]) > 1 for line in grid[n:])
    return n if wide else 0


def _heads(text: str, grid: Sequence[GridLine], n: int, names: Set[str]) -> bool:
    at = _end_of_mark(text)
    if at:  # one cell holds both
        return _heads(text[at:].strip(), grid, n, names)
    if ANNEX.fullmatch(text) or el.UNIT.match(text) or TABLE_CAPTION.match(text):
        return True
    if is_filled_across(list(grid[n:])):
        return False
    if heading_of(text) or is_group(text) or is_total(text) or ends_sentence(text) or _ASKS.search(text):
        return False
    if not _SHORTEST_TITLE <= len(fold(text)) <= _LONGEST_TITLE or not el.may_be_title(text):
        return False
    if any(
        a is b and a.blank for a, b in pairwise(grid[n])
    ):  # beside a merged blank: the name of what is to be filled in
        return False
    below = next((line for line in grid[n + 1 :] if not _alone(line)), None)
    headed = below is not None and not has_values(below) and sum(not p.blank for p in below) > 1
    named = el.type_of_title(text) is not None or fold(text) in names
    return headed and (named or len(set(grid[n])) == 1 or n > 0 or grid[n][-1].given)


def _note_rows(grid: Sequence[GridLine]) -> int:
    """How many rows at the end are notes on the table, the lines of one note among them."""
    last = 0
    for k in range(1, min(_MOST_ROWS, len(grid) - 1) + 1):
        text = _alone(grid[-k])
        if not text:
            break
        if el.TABLE_NOTE.match(text):
            last = k
    return last


def _cut(lines: Sequence[Line], row: RawRow, *, begin: bool) -> tuple[list[Line], list[Line]]:
    """The lines before and behind the place where the row begins, or ends."""
    k = next((k for k, line in enumerate(lines) if line.n == row.line), len(lines) - 1)
    text = next(cell.text for cell in row.cells if cell.text)
    while k + 1 < len(lines) and lines[k + 1].start <= text.runs[0].start:
        k += 1
    line = lines[k]
    if line.block is not None or "<" not in line.text:
        at = 0 if begin else len(line.text)
    elif begin:
        inside = _offset(line, text.runs[0].start)
        at = max((m.start() for m in _ROW_BEGIN.finditer(line.text) if m.start() < inside), default=0)
    else:
        found = _ROW_END.search(line.text, _offset(line, text.runs[-1].end))
        at = found.end() if found else len(line.text)
    head, tail = line.traced[:at], line.traced[at:]
    before = [*lines[:k], *([line.holding(head)] if head.text.strip() else [])]
    behind = [*([line.holding(tail)] if tail.text.strip() else []), *lines[k + 1 :]]
    return before, behind


def _offset(line: Line, at: int) -> int:
    """Where in the line's text the source offset stands."""
    out = 0
    for run in line.traced.runs:
        if run.start <= at <= run.end and not run.edited:
            return out + at - run.start
        out += len(run.text)
    return out


def cell_texts(item: Item, lines: Sequence[Line], ledger: Ledger) -> list[Item]:
    """The cells of the lines as items of text."""
    if not lines:
        return []
    out = []
    label = EMPTY
    for cell in (cell for row in rows_of(lines, ledger) for cell in row.cells):
        if _NOTE_LABEL.fullmatch(cell.text.text.strip()):
            label = cell.text
        elif cell.text:
            for text in _mark_and_title(label + cell.text):
                out.append(Item(list(lines), text, looked_at(text.text), fold(text.text)))
            label = EMPTY
    return out


def _mark_and_title(text: Traced) -> list[Traced]:
    """The text of a cell, in two where an annex's mark stands over its title or before it."""
    at = _end_of_mark(text.text)
    return [text[:at].strip(), text[at:].strip()] if at else [text]


def _end_of_mark(text: str) -> int:
    """Where the mark of an annex ends before its title; 0 where a cell's text holds none.

    >>> [_end_of_mark(s) for s in ("附件4：名单", "附件4\\n名单", "附件中的名单", "附表3 名单")]
    [4, 3, 0, 0]
    """
    mark, _, title = text.partition("\n")
    if title.strip() and ANNEX.fullmatch(mark.strip()):
        return len(mark)
    m = _MARKED.match(text)
    return m.end() if m else 0
