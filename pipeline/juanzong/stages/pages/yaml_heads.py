"""A YAML head (---, `key: value` lines, ---), of the file or of each page, is what a tool says about the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.stages.pages.cleaning import Spans, without_spans

_RULE = re.compile(r"\s*-{3,}\s*$")
_END = re.compile(r"\s*(?:-{3,}|\.{3})\s*$")
_ENTRY = re.compile(r"\s*[\"']?[A-Za-z][\w .-]{0,40}[\"']?\s*:(?:\s|$)")
_OWN_ENTRY = re.compile(
    r"\s*[\"']?[\w\p{Han}][\w .-]{0,40}[\"']?\s*:(?:\s|$)"
)  # at the file's head keys may be Chinese
_BELOW = re.compile(r"\s+\S|\s*-\s+\S|\s*#")  # an entry's further lines, items of its list
_MOST_LINES = 60


def drop_yaml_heads(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without YAML heads. One that is not closed ends with its block of lines."""
    spans: Spans = defaultdict(list)
    ends: set[int] = set()
    i = 0
    while i < len(lines):
        end = (
            _end_of_head(lines, i)
            if "---" in lines[i].text and lines[i].block is None and _RULE.match(lines[i].text)
            else i
        )
        for k in range(i, end):
            spans[k].append((0, len(lines[k].text)))
        if end > i and i:
            ends.add(end - 1)
        i = max(end, i + 1)
    return without_spans(lines, spans, "yaml-head", ledger, ends)


def _end_of_head(lines: Sequence[Line], i: int) -> int:
    """Behind the last line of the head that begins with line i; i where none does."""
    entry = _OWN_ENTRY if i == 0 else _ENTRY
    k = i + 1
    while k < min(len(lines), i + _MOST_LINES) and (
        entry.match(lines[k].text) or (k > i + 1 and _BELOW.match(lines[k].text))
    ):
        if lines[k].blanks and i:
            return i
        k += 1
    if k == i + 1 or not entry.match(lines[i + 1].text):
        return i
    if k < len(lines) and _END.match(lines[k].text):
        return k + 1
    if i:
        return i  # in the middle of the text only a whole head is one
    last = next((j for j in range(i + 1, k) if lines[j].blanks), k)
    return last if last > i + 1 else i
