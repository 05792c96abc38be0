"""How many a table is said to list, right below it (以上共6人), against its serial numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex as re

from juanzong.core import tree
from juanzong.core.findings import Finding, Target
from juanzong.language.text import fold
from juanzong.stages.checks.arithmetic import body_of
from juanzong.stages.checks.figures import figure
from juanzong.stages.tables.kinds import is_total

# of what each row is one; 台, 册, 件 are counted in a column
_SAID = re.compile(
    r"(?:以上|上述|本表)?\p{Han}{0,4}(?:合计|总计|共计|共)\p{Han}{0,3}?(\d{1,3})(?:人|名|项|家|户)\p{Han}{0,4}"
)
_LONGEST = 20  # characters of such a line
_LEAST = 3  # rows


def check_row_counts(documents: Sequence[tree.Document]) -> list[Finding]:
    return [f for d in documents for table, said, at in _said_below(d) if (f := _compared(table, said, at)) is not None]


def _said_below(document: tree.Document) -> Iterator[tuple[tree.Table, str, Target]]:
    """Each table with a line that stands right below it, as one of its notes or as a paragraph."""
    last: tree.Table | None = None
    for block in tree.walk(document.body):
        if isinstance(block, tree.Paragraph) and last is not None:
            yield last, block.text.text, block
        last = block if isinstance(block, tree.Table) and block.rows else None
        if last is not None:
            for note in last.notes:
                yield last, note.text, last


def _compared(table: tree.Table, said: str, at: Target) -> Finding | None:
    """What is told where a line says another number than there are rows; none where a column sums up to it."""
    if "共" not in said and "计" not in said:
        return None
    line = fold(said).rstrip("。.;；")
    found = _SAID.fullmatch(line) if len(line) <= _LONGEST else None
    if found is None:
        return None
    stands, rows = int(found[1]), [row for row in body_of(table)[0] if not is_total(row[0].text.text)]
    serials = [fold(row[0].text.text) for row in rows]
    if len(rows) < _LEAST or serials != [str(n) for n in range(1, len(rows) + 1)] or stands == len(rows):
        return None
    sums = {sum((v for row in rows if (v := figure(row[c])) is not None), Decimal(0)) for c in range(1, len(rows[0]))}
    if stands in sums:
        return None
    told = f"“{line}”与表中所列 {len(rows)} 行不符"
    return Finding("row-count", "warning", told, [at, table], {"expected": str(len(rows)), "actual": str(stands)})
