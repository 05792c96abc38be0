"""Grid tables in plain text (+---+---+ between rows): a row is all lines between two rules, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language.text import display_width
from juanzong.stages.tables.html import inline
from juanzong.stages.tables.raw import RawCell, RawRow

_RULE = re.compile(r"\s*\+(?:[-=:]{2,}\+)+\s*")
_PART = re.compile(r"\s*[|+](?:[^|+]*[|+])+\s*")
_RULED = re.compile(r"\+[-=]{2,}[|+]|[|+][-=]{2,}\+")
_OPEN = re.compile(r"[|+](?![-=:]{2,}[|+])[^|+]*[|+]")  # a cell that the rule leaves open
_SAID = re.compile(r"[^\s|+\-=:]")
_DASHES = re.compile(r"[-=:]{2,}")
_FEWEST_RULES = 2  # within a table whose rows are ruled off; a single one parts the header from rows of a line each
_Piece = tuple[int, int, int, int]  # column, columns it spans, text[a:b]


def is_part_rule(text: str, *, alone: bool = False) -> bool:
    """Whether a line rules off some of its cells while others go on: |      +------+------+; `alone`: and says nothing in
    these."""
    if alone and _SAID.search(text) is not None:
        return False
    return "--" in text and _PART.fullmatch(text) is not None and bool(_RULED.search(text)) and bool(_OPEN.search(text))


def _is_rule(text: str) -> bool:
    return _RULE.fullmatch(text) is not None or is_part_rule(text)


def grid_rows(lines: Sequence[Line], ledger: Ledger) -> list[RawRow] | None:
    """The rows of a table whose rows are ruled off from each other, merged cells with their spans. None, and no edit,
    for a table that has fewer rules, or whose bars stand in no columns."""
    if sum(_is_rule(line.text) for line in lines[1:-1]) < _FEWEST_RULES:
        return None
    cells = _columns(lines)
    if cells is None or _rows_of_a_line(lines, cells):
        return None
    rows: list[RawRow] = []
    row: RawRow | None = None
    standing: dict[int, RawCell] = {}  # the cell that goes on, by the column it begins in
    for line, pieces in zip(lines, cells, strict=True):
        ruled = _is_rule(line.text)
        row = None if ruled else row
        for column, span, a, b in pieces:
            if ruled and (_DASHES.fullmatch(line.text[a:b].strip()) or (column not in standing and not line.cut(a, b))):
                standing.pop(column, None)
                ledger.drop_ranges(line.cut(a, b), "table-rule", category="format")
                continue
            text = inline(line.cut(a, b), ledger)
            if column in standing:
                cell = standing[column]
                cell.row_span += ruled
                cell.text = ledger.join(cell.text, text, "wrapped-cell") if cell.text and text else cell.text or text
                continue
            if row is None:
                row = RawRow(line=line.n, page_break=bool(rows) and line.blanks > 0, syntax="pipes")
                rows.append(row)
            standing[column] = RawCell(text, col_span=span)
            row.cells.append(standing[column])
        for k in _marks(line.text):
            ledger.drop_ranges(line.traced[k : k + 1], "table-bar", category="format")
    return [row for row in rows if any(cell.text for cell in row.cells)]


def _rows_of_a_line(lines: Sequence[Line], cells: Sequence[Sequence[_Piece]]) -> bool:
    """Whether rules stand only between groups of rows, of which each is one line: two lines below each other fill all
    of their cells."""
    filled = [
        not _is_rule(line.text) and all(line.text[a:b].strip() for _, _, a, b in pieces)
        for line, pieces in zip(lines, cells, strict=True)
    ]
    return any(filled[k] and filled[k + 1] for k in range(1, len(filled) - 1))


def _columns(lines: Sequence[Line]) -> list[list[_Piece]] | None:
    """For each line its pieces: (column, columns it spans, text[a:b]). Bars that stand in one column of print show what
    spans; where they do not, each line has all cells, or the table is none of this kind."""
    marks = [_marks(line.text) for line in lines]
    printed = [[display_width(line.text[:k]) for k in own] for line, own in zip(lines, marks, strict=True)]
    edges = sorted({at for own in printed for at in own})
    most = max(map(len, marks))
    if len(edges) == most:
        place = {at: n for n, at in enumerate(edges)}
        slots = [[place[at] for at in own] for own in printed]
    elif all(len(own) == most for own in marks):
        slots = [list(range(most))] * len(lines)
    else:
        return None
    return [
        [(c, d - c, a + 1, b) for (c, d), (a, b) in zip(pairwise(own), pairwise(at), strict=True)]
        for own, at in zip(slots, marks, strict=True)
    ]


def _marks(text: str) -> list[int]:
    """Where the bars of a line stand, and the crossings of a rule."""
    crossed = _is_rule(text)
    return [m.start() for m in re.finditer(r"[|+]" if crossed else r"(?<!\\)\|", text)]
