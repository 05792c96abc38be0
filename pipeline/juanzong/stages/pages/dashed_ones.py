"""Headings whose number 一 was read as a dash (—、总体要求): the next one of their form, 二, proves it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language.numbering import Heading, heading_of

_RULE = "dash-for-one"
_MARKS = r"[#*\s]*"
_DASHED = re.compile(rf"{_MARKS}(?:(?P<one>[—–－\-])(?=、\s*\p{{Han}})|[（(](?P<one>[—–－\-])(?=[）)]\s*\p{{Han}}))")
_SIGNS = frozenset("—–－-")


def mend_dashed_ones(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines, each such dash as 一, where the next number of its form is 二, the one before it is not 一, and no higher
    heading stands between."""
    out = list(lines)
    for i, line in enumerate(lines):
        if _SIGNS.isdisjoint(line.text[:8]) or line.tabular or line.pictured or not (m := _DASHED.match(line.text)):
            continue
        at = m.span("one")
        head = _head(line.text[: at[0]] + "一" + line.text[at[1] :])
        second = _neighbour(islice(lines, i + 1, None), head) if head else None
        before = (lines[k] for k in range(i - 1, -1, -1))
        if head and second and second[1] == 2 and (_neighbour(before, head) or (line, 0))[1] != 1:
            witness = ledger.witness(second[0].traced, "the number that follows")
            mended = ledger.replace(
                line.traced, *at, "一", _RULE, category="content", confidence=0.97, evidence=[witness]
            )
            out[i] = line.holding(mended)
    return out


def _head(text: str) -> Heading | None:
    return heading_of(re.sub(f"^{_MARKS}", "", text))


def _neighbour(lines: Iterable[Line], head: Heading) -> tuple[Line, int] | None:
    """The first of the lines with a number of the heading's form, and the number; none where one above it comes first."""
    for line in lines:
        other = _head(line.text)
        if other is not None and other.rank <= head.rank:
            return (line, other.ordinal) if other.form == head.form else None
    return None
