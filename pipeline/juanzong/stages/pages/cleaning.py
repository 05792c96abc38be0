"""How a cleaning pass takes text out of lines: by edit, the line keeping its place."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.core.traced import concat

STAGE = "clean"


def without(line: Line, spans: Sequence[tuple[int, int]], rule: str, ledger: Ledger) -> Line | None:
    """The line less text[a:b] of each span, dropped under `rule`; None where nothing but blanks is left of it."""
    if not spans:
        return line
    kept, at = [], 0
    for a, b in sorted(spans):
        ledger.drop_ranges(line.traced[a:b].strip(), rule, stage=STAGE, category="format")
        kept.append(line.traced[at:a])
        at = max(at, b)
    kept.append(line.traced[at:])
    rest = concat(kept)
    return line.holding(rest) if rest.text.strip() else None


def closed_up(lines: Sequence[Line | None], original: Sequence[Line], page_ends: set[int]) -> list[Line]:
    """The lines that are left. The blank lines beside one that went count once, and as a page's end where it was one
    (`page_ends`: indices of those lines)."""
    out: list[Line] = []
    blanks = 0
    for i, (line, before) in enumerate(zip(lines, original, strict=True)):
        if line is None:
            blanks = max(blanks, before.blanks, PAGE_END if i in page_ends else 0)
            continue
        if blanks > line.blanks:
            line = line.holding(line.traced, blanks=blanks)
        out.append(line)
        blanks = 0
    return out


PAGE_END = 2  # blank lines that stand for the end of a page (paging.py)
