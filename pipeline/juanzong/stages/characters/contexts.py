"""How often a bundle writes the same words around a place, and how often otherwise: what proves a character wrong there."""

from __future__ import annotations

from collections.abc import Callable

import regex as re

_HAN = re.compile(r"\p{Han}*")
_REACH = 6  # characters of context that are looked at in all
_MOSTLY = 0.45  # of all that the bundle has of a character: how much of it stands in one word
Test = Callable[[int, int, int, int], bool]


def holds_between(text: str, start: int, end: int, after: str, test: Test) -> bool:
    """Whether a context of text[start:end], one Chinese character or more on each side, passes a test of: characters
    before, characters behind, times the bundle writes `after` in this context, times it writes text[start:end].

    >>> page = "被监理工程的施工承包\\n" * 6 + "被监理工程的旋工承包\\n"
    >>> holds_between(page, 72, 73, "施", lambda *window: window == (3, 3, 6, 1))
    True
    """
    ahead = _HAN.match(text[max(0, start - _REACH) : start][::-1])[0]  # type: ignore[index]
    behind = _HAN.match(text, end, end + _REACH)[0]  # type: ignore[index]
    if not ahead or not behind:
        return False
    right_so = _shared(text, ahead, after, behind)
    if not right_so:
        return False
    otherwise = _shared(text, ahead, text[start:end], behind)
    for left in range(1, len(ahead) + 1):
        for right in range(1, min(len(behind), _REACH - left) + 1):
            times = _times(right_so, left, right)
            if not times:
                break
            if test(left, right, times, _times(otherwise, left, right)):
                return True
    return False


def makes_its_word(text: str, letter: str, times: int, least: int) -> bool:
    """Whether a word that the bundle has so many times is what it mostly has one of the word's letters in.

    >>> makes_its_word("有关部门，有关单位，无关人员", "关", 2, 2), makes_its_word("有关部门，无关人员，关于关税", "关", 1, 1)
    (True, False)
    """
    return times >= least and times >= _MOSTLY * text.count(letter)


def _shared(text: str, ahead: str, middle: str, behind: str) -> list[tuple[int, int]]:
    """How much of the context stands before and behind each place that has its nearest two characters around `middle`."""
    needle = ahead[0] + middle + behind[0]
    out: list[tuple[int, int]] = []
    at = text.find(needle)
    while at >= 0:
        i, j = at + 1, at + 1 + len(middle)
        before = text[max(0, i - len(ahead)) : i][::-1]
        out.append((_alike(before, ahead), _alike(text[j : j + len(behind)], behind)))
        at = text.find(needle, at + 1)
    return out


def _times(places: list[tuple[int, int]], left: int, right: int) -> int:
    return sum(a >= left and b >= right for a, b in places)


def _alike(a: str, b: str) -> int:
    """How many characters two texts begin alike with."""
    return next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
