"""Tables that a model wrote as CSV between fences (```csv … ```) -> their rows with tabs between the cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line

_OPENS = re.compile(r"\s*(?:`{3,}|~{3,})\s*\{?\.?(?i:csv)\}?\s*$")
_CLOSES = re.compile(r"\s*(?:`{3,}|~{3,})\s*$")
_CELL = re.compile(r'\s*"(?P<quoted>(?:[^"]|"")*)"\s*(?=,|$)|[^,"]*(?=,|$)')
_MOST_LINES = 3000  # of one table
Change = tuple[int, int, str]


def plain_csv(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines; rows between a fence that says csv and the next one have tabs for their commas, and their quotes go. Where
    a row of it is none, all stays as it is."""
    out = list(lines)
    opened = [i for i, line in enumerate(lines) if line.block is None and _OPENS.match(line.text)]
    for i in opened:
        end = next((k for k in range(i + 1, min(len(lines), i + _MOST_LINES)) if _CLOSES.match(lines[k].text)), i)
        rows = [_changes(lines[k].text) for k in range(i + 1, end)]
        if len(rows) > 1 and all(any(new for *_, new in row or ()) for row in rows):
            for k, changes in enumerate(rows, i + 1):
                out[k] = out[k].holding(ledger.replace_all(out[k].traced, changes or (), "csv-mark"))
    return out


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
