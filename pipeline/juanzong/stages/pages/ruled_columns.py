"""Tables whose columns are ruled by dashes alone, as Pandoc writes them (a header over ------ ----- --, rows below; rows of
several lines between blank lines) -> the same with bars, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.core.traced import EMPTY, Run, Traced
from juanzong.language.text import display_width

_RULE = re.compile(r"\s*-{2,}(?: +-{2,})+\s*")
_EDGE = re.compile(r"\s*-{10,}\s*")  # above the header and below the last row, where rows have several lines
_GROUP = re.compile("-+")
_MOST_HEADER = 4  # lines
_MOST_LINES = 2000  # of a table
_NAME = "ruled-table"


def plain_columns(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines with such tables as | … | … | and | --- | --- |. Where a row does not keep to the columns, nothing is
    changed."""
    out: list[Line] = []
    i = 0
    while i < len(lines):
        table = _table_at(lines, i) if lines[i].text.lstrip()[:1] == "-" and lines[i].block is None else None
        if table is None:
            out.append(lines[i])
            i += 1
            continue
        del out[len(out) - (i - table.begin) :]
        out += _barred(lines, i, table, ledger)
        i = table.end
        if i < len(lines) and (_RULE.fullmatch(lines[i].text) or _EDGE.fullmatch(lines[i].text)):
            ledger.drop_ranges(lines[i].traced.strip(), _NAME, category="format")
            i += 1
    return out


class _Table(NamedTuple):
    """Lines of a table: where it begins, with the rule above its header if it has one; the header; behind its rows."""

    begin: int
    header: int
    end: int


def _barred(lines: Sequence[Line], ruled: int, table: _Table, ledger: Ledger) -> list[Line]:
    """The rows of the table whose columns line `ruled` rules; those without a header with tabs between their cells."""
    begin, header, end = table
    if begin < header:
        ledger.drop_ranges(lines[begin].traced.strip(), _NAME, category="format")
    starts = [m.start() for m in _GROUP.finditer(lines[ruled].text)]
    groups = _rows(lines[ruled + 1 : end], several=begin < header)
    bar, rule = "\t", lines[ruled]
    if header < ruled:
        groups.insert(0, lines[header:ruled])
        bar, under = "|", "|" + " --- |" * len(starts)
        rule = rule.holding(ledger.replace(rule.traced, 0, len(rule.text), under, _NAME), 0)
    else:
        ledger.drop_ranges(rule.traced.strip(), _NAME, category="format")
    blanks = (lines[begin].blanks, *[0] * len(groups))
    rows = [_row(group, starts, bar, above, ledger) for group, above in zip(groups, blanks, strict=False)]
    return [rows[0], rule, *rows[1:]] if header < ruled else rows


def _table_at(lines: Sequence[Line], i: int) -> _Table | None:
    """The table whose columns line i rules; None where it rules none."""
    if not _RULE.fullmatch(lines[i].text):
        return None
    starts = [m.start() for m in _GROUP.finditer(lines[i].text)]
    header = i
    while header and i - header < _MOST_HEADER and not lines[header].blanks and _keeps(lines[header - 1], starts):
        header -= 1
    edged = header > 0 and header < i and _EDGE.fullmatch(lines[header - 1].text) is not None
    if not edged and i - header > 1:
        header = i - 1
    end = i + 1
    while end < min(len(lines), i + _MOST_LINES) and _keeps(lines[end], starts) and (edged or not lines[end].blanks):
        end += 1
    closed = end < len(lines) and (_RULE.fullmatch(lines[end].text) or _EDGE.fullmatch(lines[end].text))
    whole = end - i > 1 and (closed or (header < i and not edged))
    return _Table(header - edged, header, end) if whole else None


def _keeps(line: Line, starts: Sequence[int]) -> bool:
    """Whether a line may be of a row: text, with blanks where columns begin."""
    if (
        line.block is not None
        or "\t" in line.text
        or "|" in line.text
        or _GROUP.fullmatch(line.text.strip().replace(" ", ""))
    ):
        return False
    cuts = _cuts(line.text, starts)
    return cuts is not None and sum(bool(line.text[a:b].strip()) for a, b in cuts) >= 1


def _cuts(text: str, starts: Sequence[int]) -> list[tuple[int, int]] | None:
    """Where the cells of a line stand, by the display columns in which they begin; None where a character stands over the
    edge of a column."""
    at = column = 0
    places: list[int] = []
    for start in starts:
        while at < len(text) and column < start:
            column += display_width(text[at])
            at += 1
        if column > start or (at and at < len(text) and not text[at - 1].isspace() and places):
            return None
        places.append(at)
    if text[: places[0]].strip():
        return None
    return list(zip(places, [*places[1:], len(text)], strict=True))


def _rows(lines: Sequence[Line], *, several: bool = False) -> list[Sequence[Line]]:
    """The lines of each row: one, or with `several` all up to a blank line."""
    if not several:
        return [[line] for line in lines]
    out: list[list[Line]] = []
    for k, line in enumerate(lines):
        if k == 0 or line.blanks:
            out.append([])
        out[-1].append(line)
    return list(out)


def _row(lines: Sequence[Line], starts: Sequence[int], bar: str, blanks: int, ledger: Ledger) -> Line:
    """One line with a bar (or a tab) between its cells, `blanks` lines below the one before."""
    cells: list[Traced] = [EMPTY] * len(starts)
    for line in lines:
        for k, (a, b) in enumerate(_cuts(line.text, starts) or []):
            part = line.cut(a, b)
            cells[k] = ledger.join(cells[k], part, "wrapped-cell") if cells[k] and part else cells[k] or part
    first = lines[0]
    runs: list[Run] = []
    for k, (a, _) in enumerate(_cuts(first.text, starts) or []):
        blank = first.traced[a - 1 : a] if a and (k or bar == "|") else EMPTY
        runs += ledger.replace(blank, 0, 1, bar, _NAME).runs if blank else ()
        runs += cells[k].runs
    return first.holding(Traced(runs), blanks)
