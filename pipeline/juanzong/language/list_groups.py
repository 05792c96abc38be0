"""What heads the groups of a list: a prize (一等奖), a group and how many it holds (先进集体（3个）), a lesson (第3节)."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.language.text import number_of

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


def heads_lists(names: Sequence[str]) -> bool:
    """Whether the names of a table's columns head a list each, so that a line below is a row of its own and an empty cell
    the end of a list.

    >>> heads_lists(["一等奖", "二等奖"]), heads_lists(["名称", "一等奖"])
    (True, False)
    """
    return len(names) > 1 and all(group_of(name) is not None for name in names)


def heads_entries(level: int, below: int, *, bare: bool, below_paged: bool) -> bool:
    """Whether an entry of a contents list heads the one below it and names no document: by their levels, or as it has
    neither number nor page (`bare`) and that has a page.

    >>> heads_entries(1, 2, bare=False, below_paged=False), heads_entries(1, 1, bare=True, below_paged=True)
    (True, True)
    >>> heads_entries(1, 1, bare=False, below_paged=True)
    False
    """
    return below > level or (bare and below_paged)


_PERIOD = re.compile(r"第\s?(?P<number>[一二三四五六七八九十]{1,2}|\d{1,2})\s?节课?(?:[（(][^（）()]{1,16}[）)])?")


def period_of(text: str) -> int:
    """The number of the lesson that begins a row of a timetable; 0 where none does.

    >>> period_of("第3节"), period_of("第三节课（上午）"), period_of("第三节 概况")
    (3, 3, 0)
    """
    m = _PERIOD.fullmatch(text) if text[:1] == "第" else None
    return (number_of(m["number"]) or 0) if m is not None else 0
