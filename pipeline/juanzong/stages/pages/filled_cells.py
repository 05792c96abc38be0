"""What a program that reads sheets and PDFs puts into pipe tables and nobody printed: NaN and Unnamed: 2 in empty cells, a
header Col1, Col2, …"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.stages.pages.cleaning import without

_CELL = re.compile(r"(?<=\|)\s*(?P<said>NaN|nan|NaT|Unnamed: \d{1,3}(?:_level_\d)?)\s*(?=\|)")
_HEADER = re.compile(r"Col(?:umn)?\s?(?P<n>\d{1,3})|Unnamed: (?P<n>\d{1,3})")
_RULE = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*")


def empty_cells(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without such words, and without a header that holds nothing else, together with the rule below it."""
    out: list[Line] = []
    header = False  # the line above was one
    for i, line in enumerate(lines):
        if line.block is not None or not line.text.lstrip().startswith("|"):
            out.append(line)
            header = False
            continue
        below = lines[i + 1].text if i + 1 < len(lines) else ""
        gone = (header and _RULE.fullmatch(line.text)) or (_counts(line.text) and _RULE.fullmatch(below))
        header = bool(gone) and not header
        spans = [(0, len(line.text))] if gone else [m.span("said") for m in _CELL.finditer(line.text)]
        kept = without(line, spans, "filled-in-cell", ledger)
        if kept is not None:
            out.append(kept)
    return out


def _counts(row: str) -> bool:
    """Whether the cells of a row count themselves, and do nothing else.

    >>> _counts("|Col1|Col2|"), _counts("| Unnamed: 0 | Unnamed: 1 |"), _counts("| 年度 | Unnamed: 1 |")
    (True, True, False)
    """
    numbers = [_HEADER.fullmatch(cell.strip()) for cell in row.strip().strip("|").split("|")]
    first = numbers[0]
    return first is not None and all(
        m is not None and int(m["n"]) == n for m, n in zip(numbers, count(int(first["n"])))
    )
