"""A formula set off over several lines ($$ … $$, \\[ … \\]) is one line; one in a tag (<eq>…</eq>) stands in dollar signs."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.stages.pages.cleaning import stray_mark, without_spans

_MARKS = {"$$": "$$", "\\[": "\\]"}
_ALONE = frozenset((*_MARKS, *_MARKS.values()))
_MOST = 12  # lines of one formula
# MinerU's, Chandra's; one with tags in it is no LaTeX
_TAGGED = re.compile(
    r"(?P<a><(?P<tag>eq|math|latex|formula|equation|tex)\b[^<>]*>)(?=[^<>\n]{1,200}(?P<b></(?P=tag)\s*>))",
    re.IGNORECASE,
)


def join_formulas(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines, those from an opening mark to its closing one put together. A mark without a partner stays as it is, but
    goes and is told where it stands alone in its line."""
    lines = [_with_dollars(line, ledger) if "</" in line.text and line.block is None else line for line in lines]
    if not any("$$" in line.text or "\\" in line.text for line in lines):
        return list(lines)
    out: list[Line] = []
    i = 0
    while i < len(lines):
        end = _closing(lines, i)
        line = lines[i]
        for other in lines[i + 1 : end]:
            line = line.holding(ledger.join(line.traced, other.traced.strip(), "printed-line"))
        out.append(line)
        i = max(end, i + 1)
    alone = [k for k, line in enumerate(out) if line.block is None and line.text.strip() in _ALONE]
    findings += [stray_mark(out[k], out[k].text.strip()) for k in alone]
    return without_spans(out, {k: [(0, len(out[k].text))] for k in alone}, "latex-delimiter", ledger)


def _with_dollars(line: Line, ledger: Ledger) -> Line:
    marks = [(*span, "$") for m in _TAGGED.finditer(line.text) for span in (m.span("a"), m.span("b"))]
    return line.holding(ledger.replace_all(line.traced, marks, "latex-delimiter")) if marks else line


def _closing(lines: Sequence[Line], i: int) -> int:
    """The index behind the line that closes the formula which opens in line i; i where none does."""
    text = lines[i].text.strip()
    closes = _MARKS.get(text[:2])
    if closes is None or lines[i].block is not None or closes in text[2:]:
        return i
    for k in range(i + 1, min(i + _MOST, len(lines))):
        line = lines[k]
        said = line.text.strip()
        if line.block is not None or line.blanks > 1 or line.tabular:
            return i
        if said.endswith(closes):
            return k + 1
        if closes in said:
            return i
    return i
