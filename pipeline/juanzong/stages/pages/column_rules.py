"""Lines of dashes that underline columns, as Pandoc and reStructuredText write them, where the rows do not keep to them
(what does, ruled_columns.py has put between bars), and lines of dashes alone between rows that have bars -> the same
without those lines."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language.text import display_width

_COLUMNS = re.compile(r"\s*(?:-{2,}(?:\s+-{2,})+|={2,}(?:\s+={2,})+)\s*")
_GAP = re.compile(r"\S\s{2,}\S")
_DASHES = re.compile(r"\s*(?:-{5,}|={5,}|_{5,}|[—–─━═]{3,})\s*")
_DRAWN = frozenset("|-=_—–─━═")
_BARS = re.compile(r"\s*\|.*\|.*\|\s*")


def drop_column_rules(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without such rules."""
    rules = [k for k, line in enumerate(lines) if line.block is None and _COLUMNS.fullmatch(line.text)]
    rules = [k for k in rules if any(_GAP.search(lines[j].text) for j in (k - 1, k + 1) if 0 <= j < len(lines))]
    gone = {*rules, *_between_bars(lines)}
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


def _between_bars(lines: Sequence[Line]) -> list[int]:
    """The lines of dashes that rule off rows with bars, tight beside them and half as wide: one between two rows, or two."""
    found: list[int] = []
    k = 0
    while k < len(lines):
        begins, rules, width = k, list[int](), 0
        while k < len(lines) and _is_drawn(lines[k]) and (k == begins or not lines[k].blanks):
            if _DASHES.fullmatch(lines[k].text):
                rules.append(k)
            elif not _BARS.fullmatch(lines[k].text):
                break
            else:
                width = max(width, display_width(lines[k].text))
            k += 1
        rules = [n for n in rules if 0 < width <= 2 * display_width(lines[n].text)]
        found += rules if len(rules) > 1 or any(begins < n < k - 1 for n in rules) else []
        k = max(k, begins + 1)
    return found


def _is_drawn(line: Line) -> bool:
    """A cheap test of a line, before its marks are looked at."""
    return line.block is None and line.text.lstrip()[:1] in _DRAWN
