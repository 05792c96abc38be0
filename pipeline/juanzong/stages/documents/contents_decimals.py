"""Entries of a contents list that stand in one line with nothing but blanks behind their numbers: 1 总则 1.1 目的 2 任务 3."""

from __future__ import annotations

import regex as re

_NUMBER = re.compile(
    r"(?:^|(?<=\s)|(?<=\p{Han})(?=\d{1,2}[.．]))(?P<number>\d{1,2}(?:[.．]\d{1,2}){0,3})\s*(?=[\p{Han}《“]{2})"
)
_FEWEST = 3  # entries: figures stand in titles as well


def decimals_in(text: str, start: int) -> list[int]:
    """Where from `start` on entries begin whose numbers count on: 1, then 1.1 or 2; pages between them do not.

    >>> t = "目录 1 总则 1 1.1 目的 2 2 任务 3"
    >>> [t[a:] for a in decimals_in(t, 2)]
    ['1 总则 1 1.1 目的 2 2 任务 3', '1.1 目的 2 2 任务 3', '2 任务 3']
    >>> decimals_in("目录 1 总则 5 附则", 2)
    []
    """
    cuts: list[int] = []
    last: tuple[int, ...] = ()
    for m in _NUMBER.finditer(text, start):
        number = tuple(int(n) for n in re.split(r"[.．]", m["number"]))
        counted = last[: len(number)]  # the last number of its level, or what it stands under
        if number == (*last, 1) or (len(counted) == len(number) and number == (*counted[:-1], counted[-1] + 1)):
            cuts.append(m.start())
            last = number
    return cuts if len(cuts) >= _FEWEST else []
