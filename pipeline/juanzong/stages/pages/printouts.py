"""What a browser prints round each page of a web page: the day and the page's title above, its address and 3/12 below."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language.text import nfkc

_ADDRESS = r"(?:(?:https?|file|ftp)://|about:|www\.)\S+"
_OF_ALL = r"(?:\d{1,4}\s*/\s*\d{1,4}|\d{1,4} of \d{1,4}|(?:第\s*\d{1,4}\s*页)?[，,\s]*共\s*\d{1,4}\s*页)"
_TIME = (
    r"(?:(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?|\d{1,2}/\d{1,2}/(?:20)?\d\d)[,，]?\s*(?:星期.\s*)?"
    r"(?:[上下中]午|晚上|凌晨|早上)?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?\s*(?:[AP]M)?"
)
_FOOT = re.compile(rf"{_ADDRESS}\s+{_OF_ALL}|{_OF_ALL}\s+(?:{_ADDRESS}|{_TIME})|{_TIME}\s+{_OF_ALL}", re.IGNORECASE)
_HEAD = re.compile(
    rf"{_TIME}(?:\s+\S.*)?|\S.*\s{{2,}}(?:{_TIME}|{_ADDRESS})|{_ADDRESS}(?:\s{{2,}}\S.*)?", re.IGNORECASE
)
_TIMED = re.compile(rf"{_TIME}\s+(?P<title>\S.*)", re.IGNORECASE)
_BOTH = re.compile(rf"{_TIME}\s{{2,}}(?P<title>\S.*?)\s{{2,}}{_ADDRESS}", re.IGNORECASE)
_MAY_END = re.compile(r"\d\s*/\s*\d{1,4}\s*$|^\s*\d{1,4}\s*(?:/|of)\s*\d|页")  # seldom, and soon seen
_LONGEST = 400  # characters of an address


def feet_of(lines: Sequence[Line]) -> list[int]:
    """Indices of the lines that a browser prints at the foot of a page: an address, or the time, and 3/12."""
    return [i for i, line in enumerate(lines) if _may_be_foot(line.text) and _is_whole(_FOOT, line)]


def _may_be_foot(text: str) -> bool:
    return ("/" in text or "页" in text or "of" in text) and _MAY_END.search(text) is not None


def heads_of(lines: Sequence[Line], feet: Sequence[int], breaks: Sequence[bool]) -> list[int]:
    """Indices of the lines that it prints at the head of a page which has such a foot, the first of the page, where that is
    the time and the title, or the title and the address; and right below a foot the time and a title that stands in a
    line of its own."""
    alone = {nfkc(line.text).strip(" #*") for line in lines} if feet else set()
    out = [i + 1 for i in feet if i + 1 < len(lines) and (m := _match(_TIMED, lines[i + 1])) and m["title"] in alone]
    top = 0
    numbered = set(feet)
    for i in range(len(lines)):
        if breaks[i]:
            top = i
        if i in numbered and top < i and _is_whole(_HEAD, lines[top]):
            out.append(top)
    return sorted(set(out))


def headed_alone(lines: Sequence[Line]) -> list[int]:
    """Indices of the lines that print time, title and address in one, where they come back with the title: such a browser
    prints no foot."""
    found = [
        (i, m["title"])
        for i, line in enumerate(lines)
        if ":" in line.text and len(line.text) <= _LONGEST and (m := _BOTH.fullmatch(nfkc(line.text).strip()))
    ]
    titles = [title for _, title in found]
    return [i for i, title in found if titles.count(title) > 1]


def _is_whole(pattern: re.Pattern[str], line: Line) -> bool:
    return _match(pattern, line) is not None


def _match(pattern: re.Pattern[str], line: Line) -> re.Match[str] | None:
    return pattern.fullmatch(nfkc(line.text).strip()) if len(line.text) <= _LONGEST else None
