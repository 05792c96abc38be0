"""Line ends that a program wrote out (\\n, \\r\\n) when it saved a text as one string, with its quotation marks round the whole."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line

_END = re.compile(r"(?:(?:\\r)?\\n(?![a-z]))+")  # \\nu and the like are letters in formulas
_LEAST = 2  # in one line
_QUOTES = "\"'"


def part_written_ends(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines, those that hold such ends parted at them; in a row of a table they stand within a cell."""
    out: list[Line] = []
    for line in lines:
        ends = list(_END.finditer(line.text)) if "\\n" in line.text and line.block is None and not line.like_row else []
        out += _parts(line, ends, ledger) if sum(m[0].count("\\n") for m in ends) >= _LEAST else [line]
    return out


def _parts(line: Line, ends: Sequence[re.Match[str]], ledger: Ledger) -> list[Line]:
    text = line.text.rstrip()
    quoted = len(text) > 1 and text[0] in _QUOTES and text[-1] == text[0]
    marks = [m.span() for m in ends]
    if quoted:
        marks = [(0, 1), *marks, (len(text) - 1, len(text))]
    out: list[Line] = []
    at, blanks = 0, line.blanks
    for a, b in [*marks, (len(line.text), len(line.text))]:
        if line.text[at:a].strip():
            out.append(line.holding(line.traced[at:a], blanks=blanks))
        ledger.drop_ranges(line.traced[a:b], "written-line-end", category="format")
        at, blanks = b, max(0, line.text[a:b].count("\\n") - 1)
    return out
