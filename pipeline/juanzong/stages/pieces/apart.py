"""Printed lines that are paragraphs of their own by what they say."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language.openings import ATTENDANCE, CLOSING_LINE, ends_attendance, next_point
from juanzong.language.rows import are_rows
from juanzong.language.text import BARE_FIGURES

_SIDE_BY_SIDE = re.compile(r"\s*\p{Han}[^：:。]{1,16}[：:][^：:。]*\s{2,}\p{Han}[^：:。]{1,16}[：:][^。]*")


def stands_apart(piece: Sequence[Line], said: str, after: Line, ended: bool) -> bool:
    """Whether a line stands apart by what it says: behind who is at a meeting, a next point, what closes a letter, figures,
    a row of a table whose cells blanks part."""
    if not ended and are_rows(piece[-1].text, after.text):
        return True
    if ends_attendance(said, after.text) or (
        BARE_FIGURES.fullmatch(piece[-1].text) and BARE_FIGURES.fullmatch(after.text)
    ):
        return True
    if _SIDE_BY_SIDE.fullmatch(after.text):  # 代表签字：甲　　代表签字：乙
        return True
    closes = CLOSING_LINE.fullmatch(after.text.strip()) or ATTENDANCE.match(after.text)
    return ended and (closes is not None or next_point(piece[0].text, after.text))
