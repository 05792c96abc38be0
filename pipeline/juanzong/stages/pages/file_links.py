"""The list of downloads that ends a web page's notice and says once more which files are attached -> its lines."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.annex_marks import ATTACHMENT_LIST, FILE_NAMED
from juanzong.language.text import fold

_LONGEST = 90  # characters of such a line
_HEAD = re.compile(r"(?:相关|关联)?附件(?:下载|列表)?[:：]?|(?:文件|资料|相关)下载[:：]?")
_NUMBER = re.compile(r"\d{1,2}\s*[.．、]\s*(?!\d)")
_ITEMS = 12  # lines of a list of what is attached
_FAR = 40  # lines above in which what is attached is named


def file_links(lines: Sequence[Line]) -> list[int]:
    """Indices of lines that are names of files, one after another, each named before without its ending or with it, where
    the list of what is attached, a date or a heading of downloads stands above them; and of that heading."""
    out: set[int] = set()
    for i, line in enumerate(lines):
        if "." not in line.text or not _names_file(line):
            continue
        above = lines[i - 1] if i else None
        if above is None or not (i - 1 in out or _is_head(above) or _may_stand_above(lines, i - 1)):
            continue
        named = {_stem(lines[k].text) for k in range(max(0, i - _FAR), i) if k not in out}
        if _stem(line.text) in named:
            out |= {i - 1, i} if _is_head(above) else {i}
    return sorted(out)


def _names_file(line: Line) -> bool:
    bare = line.text.strip()
    alone = len(bare) <= _LONGEST and not line.tabular and ATTACHMENT_LIST.match(bare) is None
    return alone and FILE_NAMED.search(bare) is not None


def _is_head(line: Line) -> bool:
    return _HEAD.fullmatch(line.text.strip()) is not None


def _may_stand_above(lines: Sequence[Line], i: int) -> bool:
    """Whether line i may stand above downloads without a heading: a date alone, the list of what is attached."""
    text = lines[i].text.strip()
    listed = any(ATTACHMENT_LIST.match(x.text) for x in lines[max(0, i - _ITEMS) : i + 1])
    return el.is_date(text) or (listed and (ATTACHMENT_LIST.match(text) or _NUMBER.match(text)) is not None)


def _stem(text: str) -> str:
    """What a line names, without 附件：, number and ending."""
    listed = ATTACHMENT_LIST.match(text)
    return fold(_NUMBER.sub("", FILE_NAMED.sub("", (listed["first"] if listed else text).strip()), count=1))
