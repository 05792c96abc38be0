"""A Markdown table that lost its line ends (`| 甲 | 乙 || --- | --- || 1 | 2 |` in one line): each row gets a line of its own
again, and so does what stands before and behind it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line

_RULE = re.compile(r"\|(?:\s*:?-{3,}:?\s*\|)+")


def part_rows(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines, those that hold a whole table parted at its rows."""
    out: list[Line] = []
    for line in lines:
        cuts = _cuts(line.text) if "---" in line.text and line.block is None else []
        if out and line.text.lstrip().startswith("|") and not line.blanks and (start := _header_start(out[-1], line)):
            out[-1:] = _parted(out[-1], [start])
        out += _parted(line, cuts) if cuts else [line]
    return out


def _header_start(above: Line, rule: Line) -> int:
    """Where in the line above a table's rule its header begins behind other words (用水情况：| 区 | 用水 |): it has as many
    cells as the rule; 0 where none does."""
    text = above.text.rstrip()
    if above.block is not None or not text.endswith("|") or not _RULE.fullmatch(rule.text.strip()):
        return 0
    start = text.index("|")
    return start if text[:start].strip() and text.count("|") == rule.text.count("|") else 0


def _parted(line: Line, cuts: Sequence[int]) -> list[Line]:
    edges = [0, *cuts, len(line.text)]
    pieces = [line.traced[a:b] for a, b in pairwise(edges) if line.text[a:b].strip()]
    return [line.holding(piece, line.blanks if k == 0 else 0) for k, piece in enumerate(pieces)]


def _cuts(text: str) -> list[int]:
    """Where the line parts: before its table, between its rows, behind it; none where it holds no such table."""
    rule = _RULE.search(text)
    if rule is None or not (text[: rule.start()].strip() and text[rule.end() :].strip()):
        return []
    begin, end = text.index("|"), text.rindex("|") + 1
    blank = text[: rule.start()].endswith("| ")  # a blank took the place of the line end
    if not blank and not text[: rule.start()].endswith("|"):
        return []
    seams = _seams_of_width(text, begin, end, rule) if blank else _seams(text, begin, end)
    return [k for k in (begin, *seams, end) if 0 < k < len(text)] if seams else []


def _seams(text: str, begin: int, end: int) -> list[int]:
    return [begin + m.start() + 1 for m in re.finditer(r"\|(?=\|)", text[begin:end])]


def _seams_of_width(text: str, begin: int, end: int, rule: re.Match[str]) -> list[int]:
    """Where rows end that all have as many cells as the rule: behind them nothing stands but a blank."""
    width = rule[0].count("|") - 1
    bars = [begin + m.start() for m in re.finditer(r"\|", text[begin:end])]
    seams = bars[width : len(bars) - 1 : width + 1]
    alike = len(bars) % (width + 1) == 0 and all(
        text[a + 1 : b].isspace() for a, b in zip(seams, bars[width + 1 :: width + 1], strict=True)
    )
    return [k + 1 for k in seams] if alike else []
