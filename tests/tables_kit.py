"""Small helpers of the table tests: text to a table, a table to strings, and what became of each character."""

from __future__ import annotations

from collections import Counter

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line, lines_of
from juanzong.core.source import Source
from juanzong.stages.tables.build import table_of
from juanzong.stages.tables.grid import grid_of
from juanzong.stages.tables.read import rows_of


def source_of(text: str) -> Source:
    return Source("t.txt", "", "text/plain", text)


def fragments_of(text: str) -> list[list[Line]]:
    """Lines, parted where a line holds nothing but `%%` (a page break)."""
    out: list[list[Line]] = [[]]
    for line in lines_of(source_of(text)):
        if line.text == "%%":
            out.append([])
        else:
            out[-1].append(line)
    return out


def build(text: str) -> tuple[tree.Table, Ledger, list[Finding]]:
    ledger, findings = Ledger(text), []  # type: Ledger, list[Finding]
    rows = [rows_of(lines, ledger) for lines in fragments_of(text)]
    return table_of(rows, ledger, findings), ledger, findings


def strings(table: tree.Table) -> list[list[str]]:
    """The grid, merged cells in each place, without blanks (a wrapped cell may keep one or not)."""
    return [["".join(p.text.text.split()) for p in line] for line in grid_of(table)]


def homes(text: str, tables: list[tree.Table], ledger: Ledger) -> Counter[int]:
    """How many homes each non-blank code point of the text has, page breaks aside; a law says one."""
    count: Counter[int] = Counter()
    inside = set()
    for table in tables:
        for row in table.rows:
            for cell in row.cells:
                for a, b in cell.text.ranges:
                    count.update(range(a, b))
                    inside.update(range(a, b))
    for edit in ledger.edits():
        if edit.kind in ("drop", "merge") and edit.status == "applied":
            count.update(range(*edit.source))
        elif edit.kind == "replace" and edit.status == "applied":
            count.update(k for k in range(*edit.source) if k not in inside)
    text = text.replace("%%", "  ")
    return Counter(count[k] for k, c in enumerate(text) if not c.isspace())
