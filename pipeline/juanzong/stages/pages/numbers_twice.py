"""Numbers that a tool set as headings of their own above the chapter or article that begins with them: ## 第三条, and below
第三条　本办法所称…."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line

_NUMBER = re.compile(r"[\s#*]*(?P<number>第\s?[一二三四五六七八九十百千〇零\d]{1,9}\s?[编章节条])[\s*]*")
_LONGEST = 24  # characters of a number with the marks of a heading


def drop_numbers_twice(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without those that say nothing but the number with which the next one begins."""
    out: list[Line] = []
    for i, line in enumerate(lines):
        below = lines[i + 1] if i + 1 < len(lines) else None
        m = _NUMBER.fullmatch(line.text) if "第" in line.text[:_LONGEST] and len(line.text) <= _LONGEST else None
        if m is None or below is None or line.tabular or below.tabular or not _begins_with(below.text, m["number"]):
            out.append(line)
        else:
            ledger.drop_ranges(line.traced.strip(), "second-print", kind="merge")
    return out


def _begins_with(text: str, number: str) -> bool:
    """Whether a line begins with a number, parted from what follows.

    >>> _begins_with("第三条　本办法", "第三条"), _begins_with("第三条规定的", "第三条"), _begins_with("第三条 ", "第三条")
    (True, False, False)
    """
    m = _NUMBER.match(text)
    return m is not None and m["number"] == number and m.end("number") < m.end() < len(text)
