"""Whether two prints of one title say the same: one folding for every comparison of titles, entries and links."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

import regex as re

from juanzong.core.remembered import remembered
from juanzong.language.text import nfkc
from juanzong.language.variants import is_plain

_MARK = re.compile(r"[^\p{Han}\p{L}\p{N}]+")
_COUNT = re.compile(
    r"\s*[（(]\s*共?\s*(?:\d{1,4}|[一二三四五六七八九十百]{1,4})\s*(?:名|人|个|项|家|所|份|位|件|篇|处|户|组|支)[）)]\s*$"
)
_FIGURES = re.compile(r"[\d一二三四五六七八九十百〇零]+")
SLIPS = 2  # characters by which two titles that are nearly the same differ in length, at most
_YEAR = re.compile(
    r"[一二三四五六七八九〇零OoОо]{4}(?=年)|2[0OoОо〇][\dOoОо〇]{2}(?=年)"
)  # or what is read for noughts
_DASH = re.compile(r"(?<=\d{4}年?)一(?=\d{4})")  # between two years, as it was read
_ROUND = re.compile(r"(?<=[一二三四五六七八九\d])[○◯]")
_LEAST = 8  # characters of a title that a slip leaves recognisable
# How alike two titles must be where they are not the same: one character in nine may be misread, lost or put in.
NEARLY = 0.9
_ONES = "〇一二三四五六七八九"


@remembered
def skeleton(text: str) -> str:
    """The words of a title alone: no marks, no blanks, widths folded, simplified characters, years in figures.

    >>> skeleton("某市《城市綠化規劃“（2021—2025年"), skeleton("二〇二一年计划"), skeleton("2021一2025年规划")
    ('某市城市绿化规划20212025年', '2021年计划', '20212025年规划')
    >>> [skeleton(s) for s in ("二○二一年计划", "二O二一年计划", "2O21年计划", "○某计划")]
    ['2021年计划', '2021年计划', '2021年计划', '某计划']
    """
    return dated_in_figures(words_of(text))


@remembered
def words_of(text: str) -> str:
    """What `skeleton` is made of, the years as they are printed: the words of two texts, one behind the other, are the
    words of the two together."""
    bare = nfkc(text)
    if "○" in bare or "◯" in bare:
        bare = _ROUND.sub("〇", bare)
    if "一" in bare:
        bare = _DASH.sub("", bare)
    return simplified(bare if bare.isalnum() else _MARK.sub("", bare))


def dated_in_figures(words: str) -> str:
    """The words, years in figures."""
    return _YEAR.sub(lambda m: "".join(_figure(c) for c in m[0]), words) if "年" in words else words


def _figure(numeral: str) -> str:
    return numeral if numeral.isdecimal() else str(max(_ONES.find(numeral), 0))


def simplified(text: str) -> str:
    """A title in simplified characters, for comparison alone."""
    return text if is_plain(text) else _converted(text)


@lru_cache(maxsize=4096)
def _converted(text: str) -> str:
    return str(converter().convert(text))


@lru_cache(maxsize=1)
def converter() -> Any:
    """What makes simplified characters of traditional ones, word by word."""
    import opencc  # only where a title is not in simplified characters: it loads dictionaries

    return opencc.OpenCC("t2s")


def _without_count(title: str) -> str:
    """A title without the count of what it lists in brackets behind it, which its entry in a list has or leaves out.

    >>> _without_count("先进个人名单（共12名）"), _without_count("先进个人名单（第一批）")
    ('先进个人名单', '先进个人名单（第一批）')
    """
    return _COUNT.sub("", title)


def same_title(a: str, b: str) -> bool:
    """Whether two titles have the same words, whatever their marks.

    >>> same_title("某市“十四五”规划", '某市"十四五规划')
    True
    """
    return skeleton(a) == skeleton(b) != ""


def same_but_for_count(a: str, b: str) -> bool:
    """Whether two titles have the same words, but for the count of what they list.

    >>> same_but_for_count("先进个人名单（共12名）", "先进个人名单"), same_but_for_count("名单（12名）", "名单（第二批）")
    (True, False)
    """
    return same_title(_without_count(a), _without_count(b))


def figures_of(words: str) -> tuple[str, ...]:
    """The figures in a title's words, in order: two titles that are nearly the same have the same."""
    return tuple(_FIGURES.findall(words))


def is_one_slip(a: str, b: str) -> bool:
    """Whether two texts differ in one character, that was read otherwise, lost or added, and is no figure.

    >>> is_one_slip("发展规划", "友展规划"), is_one_slip("发展规划", "发展计划书"), is_one_slip("2021年", "2022年")
    (True, False, False)
    """
    k = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if a == b or a[k : k + 1].isdecimal() or b[k : k + 1].isdecimal():
        return False
    return b[k + 1 :] in (a[k:], a[k + 1 :]) or b[k:] == a[k + 1 :]


def likeness(a: str, b: str, least: float) -> float:
    """The `ratio` of difflib; 0 where what they have in common tells at once that it is less than `least`."""
    most = min(len(a) - len(set(a).difference(b)), len(b))
    if a != b and 2.0 * most / (len(a) + len(b)) < least:
        return 0.0
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def nearly_same(a: str, b: str) -> bool:
    """Whether two titles are the same but for a slip of the reader: long ones, with the same figures in them.

    >>> nearly_same("某市城市绿化发展规划", "某市城市绿化友展规划"), nearly_same("某市2021年工作计划", "某市2022年工作计划")
    (True, False)
    """
    x, y = skeleton(a), skeleton(b)
    if x == y:
        return bool(x)
    return (
        min(len(x), len(y)) >= _LEAST
        and abs(len(x) - len(y)) <= SLIPS
        and not set(x[-2:]).isdisjoint(y[-2:])  # what it is in the end: 报告 and 通知 are two
        and figures_of(x) == figures_of(y)
        and likeness(x, y, NEARLY) >= NEARLY
    )
