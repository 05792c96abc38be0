"""A tab that only leads a line, or ends it, makes an indent and no table."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line


def strip_tabs(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without tabs at their ends, but for rows of a table whose first or last cells are empty."""
    inner = ["\t" in line.text.strip() for line in lines]
    out: list[Line] = []
    for i, line in enumerate(lines):
        text = line.text
        if line.block is not None or inner[i] or "\t" not in text or _in_table(lines, inner, i):
            out.append(line)
            continue
        end = len(text.rstrip())
        out.append(line.holding(line.traced[len(text) - len(text.lstrip()) : end]))
    return out


def _in_table(lines: Sequence[Line], inner: Sequence[bool], i: int) -> bool:
    """Whether rows with tabs between their cells stand right above or below, lines with tabs at their ends between."""
    for step in (-1, 1):
        k = i
        while 0 <= k + step < len(lines) and not lines[max(k, k + step)].blanks and "\t" in lines[k + step].text:
            k += step
            if inner[k]:
                return True
    return False
