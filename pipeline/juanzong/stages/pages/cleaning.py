"""How a cleaning pass takes text out of lines: by edit, the line keeping its place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import PAGE_END, Line
from juanzong.core.traced import concat

Spans = dict[int, list[tuple[int, int]]]
"""Index of a line -> what of its text is to go."""


def without(line: Line, spans: Sequence[tuple[int, int]], rule: str, ledger: Ledger) -> Line | None:
    """The line less text[a:b] of each span, dropped under `rule`; None where nothing but blanks is left of it."""
    if not spans:
        return line
    kept, at = [], 0
    for a, b in sorted(spans):
        ledger.drop_ranges(line.traced[max(a, at) : b].strip(), rule, category="format")
        kept.append(line.traced[at : max(a, at)])
        at = max(at, b)
    rest = concat([*kept, line.traced[at:]])
    return line.holding(rest) if rest.text.strip() else None


def without_spans(
    lines: Sequence[Line],
    spans: Mapping[int, Sequence[tuple[int, int]]],
    rule: str,
    ledger: Ledger,
    page_ends: Collection[int] = (),
) -> list[Line]:
    """The lines that are left when the spans are dropped. The blank lines round one that goes whole count once; behind
    one of `page_ends` (indices) a page begins."""
    if not spans:
        return list(lines)
    out: list[Line] = []
    blanks = 0
    for i, line in enumerate(lines):
        kept = without(line, spans[i], rule, ledger) if i in spans else line
        if kept is None:
            blanks = max(blanks, line.blanks, PAGE_END if i in page_ends else 0)
            continue
        out.append(kept.holding(kept.traced, blanks=blanks) if blanks > kept.blanks else kept)
        blanks = 0
    return out


def stray_mark(line: Line, mark: str) -> Finding:
    """A mark without its partner was taken out."""
    told = f"第 {line.n} 行的标记 {mark} 没有与之成对的标记，已略去"
    return Finding("stray-markup", "warning", told, [], {"line": line.n})
