"""Chapters among other numbers. Those that a text lists (招标文件包括下列内容：第一章 招标公告, 第二章 投标人须知 ...) do not
begin there: they stand line below line, and most of them head text elsewhere, or a line says that they are listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from juanzong.language.numbering import HALVES, RANK, Heading
from juanzong.language.openings import announces_parts
from juanzong.language.text import fold

_LEAST = 3  # lines that make a list
_LEAST_BELOW = 2  # chapters amid other headings
_AMID = {"一、": 0.0, "编": 0.15, "章": 0.3, "节": 0.6}  # how far below 一、 each stands there: （一） is one rank down
FORMS = ("编", "章")
_WORDS = {"参", *HALVES}


def without_listed(texts: Sequence[str], heads: Sequence[Heading | None]) -> list[Heading | None]:
    """The heads, but for those of such lists.

    >>> from juanzong.language.numbering import heading_of
    >>> lines = ["第一章 公告", "略。", "包括：", "第一章 公告", "第二章 须知", "第三章 格式", "如下。", "第二章 须知", "略。"]
    >>> [h is not None for h in without_listed(lines, [heading_of(s) for s in lines])]
    [True, False, False, False, False, False, False, True, False]
    """
    printed = Counter(fold(t) for t, h in zip(texts, heads, strict=True) if h is not None and h.form in FORMS)
    out = list(heads)
    k = 0
    while k < len(heads):
        first = heads[k]
        if first is None or first.form not in FORMS:
            k += 1
            continue
        end = _end_of_run(heads, first, k)
        if end - k >= _LEAST and (_are_again(texts[k:end], printed) or _are_told(texts, heads, k, end)):
            out[k:end] = [None] * (end - k)
        k = end
    return out


def without_words(texts: Sequence[str], heads: Sequence[Heading | None]) -> list[Heading | None]:
    """The heads, but for words that look like them: 上篇, 中篇 or 下篇 where not both the first and the last stand (中篇 is a
    kind of works as well), and 参、控股企业… where no 贰、 stands before it."""
    firsts = {k: texts[k][0] for k, h in enumerate(heads) if h is not None and texts[k][0] in _WORDS}
    if not firsts:
        return list(heads)
    halves = {"上", "下"} <= set(firsts.values())
    two = next((k for k, h in enumerate(heads) if h is not None and (h.form, h.ordinal) == ("壹、", 2)), len(heads))
    words = {k for k, first in firsts.items() if (not halves and first in HALVES) or (first == "参" and k < two)}
    return [None if k in words else h for k, h in enumerate(heads)]


def parts_below(heads: Sequence[Heading | None]) -> list[Heading | None]:
    """The heads; parts (第一部分 投标函) that begin under the last chapter (第七章 投标文件格式) stand below it.

    >>> from juanzong.language.numbering import heading_of
    >>> lines = ["第一章 公告", "第二章 格式", "第一部分 投标函", "第二部分 报价"]
    >>> [h.rank for h in parts_below([heading_of(s) for s in lines]) if h]
    [1, 1, 2, 2]
    """
    forms = [h.form if h is not None else "" for h in heads]
    if "编" not in forms or "章" not in forms or "章" in forms[forms.index("编") :]:
        return list(heads)
    return [h._replace(rank=RANK["节"]) if h is not None and h.form == "编" else h for h in heads]


def chapters_below(heads: Sequence[Heading | None]) -> list[Heading | None]:
    """The heads; chapters, parts and sections amid headings 一、 that begin before them and count on through them all
    (三、教学内容, 第一章 绪论, 第二章 矿物, 四、考核) stand below the heading that is open: below （一） as well where that
    stands over them all (（一）理论, 第一章, 第二章, （二）实验).

    >>> from juanzong.language.numbering import heading_of
    >>> lines = ["一、目标", "二、内容", "第一章 绪论", "第二章 矿物", "三、考核"]
    >>> [h.rank for h in chapters_below([heading_of(s) for s in lines]) if h]
    [4.0, 4.0, 4.3, 4.3, 4.0]
    >>> lines = ["一、内容", "（一）理论", "第1章 绪论", "第2章 矿物", "（二）上机", "第1部分 位置", "二、考核"]
    >>> [h.rank for h in chapters_below([heading_of(s) for s in lines]) if h]
    [4.0, 5, 5.3, 5.3, 5, 5.15, 4.0]
    """
    numbered = [h for h in heads if h is not None and h.form in _AMID]
    outer = [h.ordinal for h in numbered if h.form == "一、"]
    last = next((k for k in reversed(range(len(numbered))) if numbered[k].form == "一、"), -1)
    inner = numbered[:last]
    if (
        not inner
        or inner[0].form != "一、"
        or outer != list(range(1, len(outer) + 1))
        or sum(h.form in FORMS for h in inner) < _LEAST_BELOW
        or any(h.form != "一、" for h in numbered[last:])
    ):
        return list(heads)
    over = RANK["（一）"] if _are_below(heads) else RANK["一、"]
    return [
        h
        if h is None or h.form not in _AMID
        else h._replace(rank=(RANK["一、"] if h.form == "一、" else over) + _AMID[h.form])
        for h in heads
    ]


def _are_below(heads: Sequence[Heading | None]) -> bool:
    """Whether numbers （一） stand over all chapters under a heading 一、."""
    below = False  # a number （一）
    for head in heads:
        if head is None:
            continue
        if head.form == "一、":
            below = False
        elif head.form == "（一）":
            below = True
        elif head.form in FORMS and not below:
            return False
    return True


def _are_again(texts: Sequence[str], printed: Counter[str]) -> bool:
    """Whether half of the texts or more are printed elsewhere, too."""
    return 2 * sum(printed[fold(text)] > 1 for text in texts) >= len(texts)


def _are_told(texts: Sequence[str], heads: Sequence[Heading | None], k: int, end: int) -> bool:
    """Whether the line above item k says that parts are listed, and most of the numbers from k to `end` also stand
    outside these items."""
    if k == 0 or not announces_parts(texts[k - 1]):
        return False
    numbers = {(h.form, h.ordinal) for h in heads[k:end] if h is not None}
    others = {(h.form, h.ordinal) for h in (*heads[:k], *heads[end:]) if h is not None}
    return 2 * len(numbers & others) > len(numbers)


def _end_of_run(heads: Sequence[Heading | None], first: Heading, k: int) -> int:
    """Behind the last of the numbers of one form that count on line by line from item k, whose number is the `first`."""
    end = k + 1
    while end < len(heads):
        head = heads[end]
        if head is None or head.form != first.form or head.ordinal != first.ordinal + end - k:
            break
        end += 1
    return end
