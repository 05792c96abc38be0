"""Tables written as CSV, between fences (```csv … ```) or without -> their rows with tabs between the cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.stages.tables.kinds import is_value, kind

_OPENS = re.compile(r"\s*(?:`{3,}|~{3,})\s*\{?\.?(?i:csv)\}?\s*$")
_CLOSES = re.compile(r"\s*(?:`{3,}|~{3,})\s*$")
_CELL = re.compile(r'\s*"(?P<quoted>(?:[^"]|"")*)"\s*(?=,|$)|[^,"]*(?=,|$)')
_MOST_LINES = 3000  # of one table
_LONGEST_NAME = 20  # characters
_LONGEST_ROW = 400
_FEWEST_CELLS = 7  # that show a table without a fence
_NO_CELL = frozenset("\t|<>")  # no such mark stands in a row without a fence
_NO_NAME = frozenset("。；！？，：")
Change = tuple[int, int, str]


def plain_csv(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines; rows of CSV have tabs for their commas, and their quotes go."""
    out = list(lines)
    rows = {k: changes for table in (*_bare(lines), *_fenced(lines)) for k, changes in table.items()}
    for k, changes in rows.items():
        out[k] = out[k].holding(ledger.replace_all(out[k].traced, changes, "csv-mark"))
    return out


def _fenced(lines: Sequence[Line]) -> Iterator[dict[int, list[Change]]]:
    """The changes of each line between a fence that says csv and the next one; none where a row of it is none."""
    for i in [i for i, line in enumerate(lines) if line.block is None and _OPENS.match(line.text)]:
        end = next((k for k in range(i + 1, min(len(lines), i + _MOST_LINES)) if _CLOSES.match(lines[k].text)), i)
        rows = {k: _changes(lines[k].text) or [] for k in range(i + 1, end)}
        if len(rows) > 1 and all(any(new for *_, new in row) for row in rows.values()):
            yield rows


def _bare(lines: Sequence[Line]) -> Iterator[dict[int, list[Change]]]:
    """The changes of tight lines of as many cells each that make a table without a fence: names of columns, and below one
    of them nothing but figures. Commas in prose stand under no names."""
    k = 0
    while k < len(lines):
        rows: list[list[str]] = []
        while k + len(rows) < len(lines) and (row := _row(lines[k + len(rows)])):
            if rows and (lines[k + len(rows)].blanks or len(row) != len(rows[0])):
                break
            rows.append(row)
        if len(rows) > 2 and _is_table(rows):
            yield {n: _changes(lines[n].text) or [] for n in range(k, k + len(rows))}
        k += max(len(rows), 1)


def _row(line: Line) -> list[str]:
    """What stands between the commas of a line; nothing where it can be no row."""
    text = line.text
    if "," not in text or len(text) > _LONGEST_ROW or line.block is not None or not _NO_CELL.isdisjoint(text):
        return []
    found = list(_cells(text))
    return [m["quoted"] or m[0] for m in found] if found and found[-1].end() == len(text) else []


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    names, *body = rows
    named = all(len(name) <= _LONGEST_NAME and _NO_NAME.isdisjoint(name) for name in names)
    named = named and all(kind(name) in ("words", "year") for name in names)
    columns = zip(*body, strict=True)
    figures = named and any(all(map(is_value, filter(str.strip, column))) and any(column) for column in columns)
    return figures and kind(names[0]) == "words" and len(rows) * len(names) >= _FEWEST_CELLS


def _changes(text: str) -> list[Change] | None:
    """What makes a row of CSV one of cells between tabs; None where it is no such row.

    >>> _changes('东站,"12,5"'), _changes('东"站,12')
    ([(2, 3, '\\t'), (3, 4, ''), (8, 9, '')], None)
    """
    found = list(_cells(text))
    if not found or found[-1].end() != len(text):
        return None
    out: list[Change] = []
    for m in found:
        out += [(m.start() - 1, m.start(), "\t")] if m.start() else []
        if m["quoted"] is not None:
            a, b = m.span("quoted")
            doubled = ((k.start(), k.end() - 1, "") for k in re.finditer('""', text, pos=a, endpos=b))
            out += [(a - 1, a, ""), *doubled, (b, b + 1, "")]
    return out


def _cells(text: str) -> Iterator[re.Match[str]]:
    at = 0
    while at <= len(text):
        m = _CELL.match(text, at)
        if m is None:
            return
        yield m
        at = m.end() + 1
