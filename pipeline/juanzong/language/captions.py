"""Lines over a table that say its number, its unit, what is to be noted."""

from __future__ import annotations

import regex as re

from juanzong.language.labels import TABLE_NOTE, UNIT
from juanzong.language.numbering import COUNT

# what a form is called in its series: 公开01表
_OF_SERIES = r"\p{Han}{1,6}(?<!第)\s?\d{1,3}(?:[-—–－]\d{1,2})?\s?表"
_NUMBER_LINE = re.compile(
    rf"(?P<number>[附续]?表\s?{COUNT}|{_OF_SERIES})\s*(?P<colon>[:：]?)(?:\s{{2,}}(?P<unit>\S.*))?\s*$"
)


def number_line(text: str) -> re.Match[str] | None:
    """A line that says nothing but a table's number, alone or with the unit at its end.

    >>> [bool(number_line(s)) for s in ("表2-1-3", "表 A.1      单位：万元", "表2-1 收支情况", "表2      收支情况")]
    [True, True, False, False]
    >>> [bool(number_line(s)) for s in ("公开01表", "见附后第3表")]
    [True, False]
    """
    m = _NUMBER_LINE.match(text)
    return m if m and (m["unit"] is None or UNIT.match(m["unit"])) else None


def is_over_table(text: str) -> bool:
    """Whether a line may stand between a table's name and the table: its number, the unit, a note."""
    return bool(UNIT.match(text) or TABLE_NOTE.match(text) or number_line(text))
