"""Items -> headings numbered 1, 1.1, 1.1.1 (GB/T 1.1): taken for headings only where their numbers make an outline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import regex as re

from juanzong.language.numbering import RANK, Heading

Number = tuple[int, ...]

_LINE = re.compile(
    r"\s*(?P<number>\d{1,2}(?:[.．]\d{1,2}){0,3})(?P<stop>[.．、]?)[\s　]*(?P<title>\p{Han}[^。；;，]{0,40})$"
)
_UNITS = (
    "年月日时分秒个家项人名万亿元户件次倍种公千米吨平座所处台套辆亩岁级届期批号"  # a figure and its unit: no number
)
_LEAST = 4  # numbers that make an outline
_ORDERED = 0.8  # of them must follow one another


def decimal_heads(texts: Sequence[str], chapters: Mapping[int, int] | None = None) -> dict[int, Heading]:
    """{index of a line: its number}, empty where the lines that begin with figures make no outline of two levels.
    `chapters`: {index: ordinal} of headings 第一章, under which 1.1 counts as under 1.

    >>> found = decimal_heads(["1 总则", "1.1 编制目的", "为建立机制。", "1.2 编制依据", "2 组织体系", "2.1 市级指挥机构"])
    >>> [(k, h.form, h.ordinal) for k, h in found.items()]
    [(0, '1', 1), (1, '1.1', 1), (3, '1.1', 2), (4, '1', 2), (5, '1.1', 1)]
    >>> decimal_heads(["1.5 亿元用于建设", "2.1 亿元用于养护", "3.2 亿元用于其他", "4.1 亿元"])
    {}
    """
    found: list[tuple[int, Number, int]] = []
    for k, text in enumerate(texts):
        if chapters and k in chapters:
            found.append((k, (chapters[k],), -1))
            continue
        m = _LINE.match(text)
        if m and m["title"][0] not in _UNITS:
            number = tuple(int(n) for n in re.split("[.．]", m["number"]))
            found.append((k, number, m.end("stop")))
    numbers = [number for _, number, _ in found]
    follows = sum(_follows(a, b) for a, b in pairwise(numbers))
    if len(numbers) < _LEAST or max(map(len, numbers)) < 2 or follows < _ORDERED * (len(numbers) - 1):
        return {}
    return {k: Heading(form := ".".join("1" * len(n)), RANK[form], n[-1], end) for k, n, end in found if end >= 0}


def _follows(a: Number, b: Number) -> bool:
    """Whether b comes next after a: its first child, or the next on its own or a higher level."""
    if b == (*a, 1):
        return True
    return len(b) <= len(a) and b[:-1] == a[: len(b) - 1] and b[-1] in (a[len(b) - 1] + 1, a[len(b) - 1] + 2)
