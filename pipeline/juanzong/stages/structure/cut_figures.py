"""Where a line or a page ends within a figure or a date: what stands behind it is the rest of it."""

from __future__ import annotations

import regex as re

_TO_POINT = re.compile(r"\p{Han}\s?\d{1,8}[.．]$")
_DECIMALS = re.compile(
    r"\d{1,3}\s?(?:[%％‰]|个百分点|[万亿]?(?:元|吨|亩|人|户|家|千瓦|立方米|平方米|公里|公顷|倍|米)|[，。；、）])"
)
_TO_MONTH = re.compile(r"[^\d\s年月日]\s*\d{4}\s*年$")  # a year of its sentence, which may begin a date
_TO_DAY = re.compile(r"[^\d\s年月日]\s*(?:\d{4}\s*年\s*)?\d{1,2}\s*月$")
_REST = re.compile(r"\d{1,2}\s?[月日]")  # of a date


def cuts_figure(text: str, rest: str) -> bool:
    """Whether a piece ends with the point of a figure within its sentence, whose decimals the `rest` begins with.

    >>> cuts_figure("产值增长12.", "5%，居全省前列。"), cuts_figure("产值增长12.", "2021年，产值回落。"), cuts_figure("见附表3.", "5.保障措施")
    (True, False, False)
    """
    return text[-1:] in (".", "．") and _TO_POINT.search(text) is not None and _DECIMALS.match(rest) is not None


def cuts_date(text: str, rest: str) -> bool:
    """Whether a piece ends within a date of its sentence, which the `rest` goes on with.

    >>> cuts_date("本规划自2022年1月", "1日起实施。"), cuts_date("于2022年", "3月完成。"), cuts_date("2022年1月", "1日，召开会议。")
    (True, True, False)
    """
    after = _REST.match(rest)
    return after is not None and (_TO_DAY if after[0][-1] == "日" else _TO_MONTH).search(text) is not None
