"""A bracket at a title's end that a reader took for a figure or a letter: 办法（试行1, 办法l试行）."""

from __future__ import annotations

import regex as re

MISREAD = frozenset("1lI|")
_ENDS = frozenset("1lI|）)")  # of such a title
_STATE = r"(?:试\s*行|暂\s*行|草\s*案|修[订正]稿?|(?:征求意见|送审|讨论|报批|审议)稿)"
_OPENS = re.compile(rf"(?<=\p{{Han}})[1lI|](?={_STATE}[）)]\s*(?:》|$))")
_CLOSES = re.compile(rf"(?<=[（(]{_STATE})[1lI|](?=\s*(?:》|$))")


def with_brackets(title: str) -> str:
    """A title with the brackets round what says how far it is in force, as they were printed.

    >>> [with_brackets(s) for s in ("某办法（试行1", "某办法l试行）", "《某办法1试行）》的通知", "某办法1", "某方案1（试行）")]
    ['某办法（试行）', '某办法（试行）', '《某办法（试行）》的通知', '某办法1', '某方案1（试行）']
    """
    if title.rstrip()[-1:] not in _ENDS and "》" not in title:
        return title
    if MISREAD.isdisjoint(title):  # as in most
        return title
    return _CLOSES.sub("）", _OPENS.sub("（", title))
