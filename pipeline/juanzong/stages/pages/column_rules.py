"""Lines of dashes that underline columns, as Pandoc and reStructuredText write them, where the rows do not keep to them
(what does, ruled_columns.py has put between bars) -> the same without those lines: the columns stand apart by blanks."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line

_COLUMNS = re.compile(r"\s*(?:-{2,}(?:\s+-{2,})+|={2,}(?:\s+={2,})+)\s*")
_GAP = re.compile(r"\S\s{2,}\S")


def drop_column_rules(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without such rules."""
    rules = [k for k, line in enumerate(lines) if line.block is None and _COLUMNS.fullmatch(line.text)]
    rules = [k for k in rules if any(_GAP.search(lines[j].text) for j in (k - 1, k + 1) if 0 <= j < len(lines))]
    gone = set(rules)
    out = []
    blanks = 0
    for k, line in enumerate(lines):
        if k in gone:
            ledger.drop_ranges(line.traced, "table-rule", category="format")
            blanks = max(blanks, line.blanks)
        else:
            out.append(line._replace(blanks=max(blanks, line.blanks)) if blanks else line)
            blanks = 0
    return out
