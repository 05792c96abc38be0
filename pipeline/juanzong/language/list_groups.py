"""Lines that head the groups of a list: a prize (一等奖), a group and how many it holds (先进集体（3个）)."""

from __future__ import annotations

import regex as re

_COUNT = r"[（(]\s*(?:共\s*)?(?P<count>\d{1,4})\s*[名个人项件家位篇部所]\s*[）)]"
_PRIZE = re.compile(rf"(?P<name>(?:[特一二三四五]等|[金银铜]|优秀|优胜|鼓励|入围)奖)\s*(?:{_COUNT})?[:：]?")
_COUNTED = re.compile(rf"(?P<name>\p{{Han}}[\p{{Han}}“”、]{{1,15}})\s*{_COUNT}[:：]?")
_LAST = ("奖", ")", "）", ":", "：")  # how such lines end
_LONGEST = 28  # characters of one


def group_of(text: str) -> tuple[str, int | None] | None:
    """The name of the group that a line heads, and how many it holds, where it counts them.

    >>> group_of("一等奖"), group_of("先进集体（共3个）"), group_of("优秀奖（2名）："), group_of("一等奖2名。"), group_of("附则")
    (('一等奖', None), ('先进集体', 3), ('优秀奖', 2), None, None)
    """
    bare = text.strip()
    m = _PRIZE.fullmatch(bare) or _COUNTED.fullmatch(bare) if len(bare) <= _LONGEST and bare.endswith(_LAST) else None
    return (m["name"], int(m["count"]) if m["count"] else None) if m is not None else None
