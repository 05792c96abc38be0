"""The edits between a passage and a document -> differences as they are told: as small as can be, whole numbers, the first of
two places where one may stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import regex as re

from juanzong.stages.evidence.align import Op

Kind = Literal["number", "negation", "punctuation", "word"]
_FIGURE = frozenset("0123456789.")
_NUMERALS = frozenset("0123456789.〇零一二三四五六七八九十百千万亿两%‰")
_NEGATIONS = frozenset("不未无非没")
# words with one of these characters that deny nothing
_NO_DENIAL = re.compile(r"不断|不仅|不但|不同|无论|无人机|无线|无障碍|非遗|非公|非常|未来|没收|不动产")


class Difference(NamedTuple):
    """passage[i:j] stands where document[k:m] does; one of them may be empty."""

    i: int
    j: int
    k: int
    m: int


def settle(passage: str, text: str, ops: Sequence[Op]) -> list[Difference]:
    """Edits in order -> differences; neighbours with no equal character between them are one."""
    out: list[Difference] = []
    for i, j, k, m in ops:
        if out and out[-1].j == i and out[-1].m == k:
            out[-1] = Difference(out[-1].i, j, out[-1].k, m)
        else:
            out.append(Difference(i, j, k, m))
    least = 0
    done: list[Difference] = []
    for d in out:
        d = _whole_number(passage, text, _first(passage, text, _trim(passage, text, d), least))
        if done and (d.i < done[-1].j or d.k < done[-1].m or (done[-1].j == d.i and done[-1].m == d.k)):
            d = Difference(done[-1].i, max(done[-1].j, d.j), done[-1].k, max(done[-1].m, d.m))
            done.pop()
        done.append(d)
        least = d.j
    return [d for d in done if passage[d.i : d.j] != text[d.k : d.m]]


def _trim(passage: str, text: str, d: Difference) -> Difference:
    i, j, k, m = d
    while i < j and k < m and passage[i] == text[k]:
        i, k = i + 1, k + 1
    while i < j and k < m and passage[j - 1] == text[m - 1]:
        j, m = j - 1, m - 1
    return Difference(i, j, k, m)


def _first(passage: str, text: str, d: Difference, least: int) -> Difference:
    """What may stand in two places (衔接[衔接], [衔接]衔接) stands in the first."""
    i, j, k, m = d
    while i > least and k and passage[i - 1] == text[k - 1]:
        added = i < j and k == m and passage[i - 1] == passage[j - 1]
        missing = i == j and k < m and text[k - 1] == text[m - 1]
        if not added and not missing:
            break
        i, j, k, m = i - 1, j - 1, k - 1, m - 1
    return Difference(i, j, k, m)


def _whole_number(passage: str, text: str, d: Difference) -> Difference:
    i, j, k, m = d
    if not (_FIGURE & set(passage[i:j]) or _FIGURE & set(text[k:m])):
        return d
    while i and k and passage[i - 1] == text[k - 1] and passage[i - 1] in _FIGURE:
        i, k = i - 1, k - 1
    while j < len(passage) and m < len(text) and passage[j] == text[m] and passage[j] in _FIGURE:
        j, m = j + 1, m + 1
    return Difference(i, j, k, m)


def kind_of(quoted: str, printed: str) -> Kind:
    """What a difference is about.

    >>> [kind_of(*p) for p in (("15", "12"), ("不", ""), ("。", ","), ("三年", "五年"), ("不断", ""))]
    ['number', 'negation', 'punctuation', 'word', 'word']
    """
    both = quoted + printed
    if any(c.isdigit() for c in both) or (both and _NUMERALS.issuperset(both)):
        return "number"
    a, b = (_NO_DENIAL.sub("", s) for s in (quoted, printed))
    if max(len(a), len(b)) <= 4 and sum(c in _NEGATIONS for c in a) != sum(c in _NEGATIONS for c in b):
        return "negation"
    return "word" if any(c.isalnum() for c in both) else "punctuation"


def weight(differences: Sequence[Difference]) -> int:
    """How many characters differ."""
    return sum(max(d.j - d.i, d.m - d.k) for d in differences)
