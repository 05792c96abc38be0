"""Lines of dashes that underline columns, as Pandoc and reStructuredText write them, where the rows do not keep to them
(what does, ruled_columns.py has put between bars) -> the same without those lines: the columns stand apart by blanks."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line

_COLUMNS = re.compile(r"\s*(?:-{2,}(?:\s+-{2,})+|={2,}(?:\s+={2,})+)\s*")
_FRAME = re.compile(r"\s*-{10,}\s*")  # above the header and below the last row
_FAR = 4  # lines of a header between the frame and the columns' rule
_GAP = re.compile(r"\S\s{2,}\S")


def drop_column_rules(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without such rules, and without the frames that belong to them."""
    rules = [k for k, line in enumerate(lines) if line.block is None and _COLUMNS.fullmatch(line.text)]
    rules = [k for k in rules if any(_GAP.search(lines[j].text) for j in (k - 1, k + 1) if 0 <= j < len(lines))]
    gone = set(rules)
    for k in rules:
        above = next((j for j in range(k - 1, max(-1, k - 2 - _FAR), -1) if _FRAME.fullmatch(lines[j].text)), None)
        if above is not None and not any(line.blanks for line in lines[above + 1 : k + 1]):
            gone.add(above)
            gone.update(_closing(lines, k))
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


def _closing(lines: Sequence[Line], rule: int) -> list[int]:
    """The frame below the last row of a table whose columns' rule is lines[rule]."""
    for k in range(rule + 1, len(lines)):
        if _FRAME.fullmatch(lines[k].text):
            return [k]
        if lines[k].blanks > 1 or not lines[k].text[:1].isspace():
            return []
    return []
