"""A bundle's running text -> characters that no Chinese text has beside a neighbour, with which a look-alike makes a word
that the bundle writes again and again (部门组职的行政执法, 当事入自愿, 骨干企亚达到).

In 19 million characters of laws and 5 million of a weekly on technology, in bundles of 110,000, this found one place: a
misprint (下例规定). Where 条, 项, 了 or a stop stands on the other side it would find 本条例情况, 当时问了 and 区、县体育部门.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from juanzong.language.neighbours import stands_before, stands_behind
from juanzong.language.words import is_word
from juanzong.stages.characters.lookalikes import COMMON, LOOK_ALIKES, MOST_ODD, alike, is_misread_for, tells
from juanzong.stages.characters.pairs import Pairs, code_of
from juanzong.stages.characters.proper_names import may_be_named

_TELLS_NOTHING = frozenset("的和与及或在对为将向由是地")


def odd_pairs(pairs: Pairs) -> set[int]:
    """The codes of two characters that stand together a few times, where the bundle far more often has a look-alike of one
    of them beside the other."""
    count, out = pairs.count.get, set[int]()
    for first, second, often in pairs.of_times(COMMON):
        beside = [code_of(first, other) for other in alike(second)] + [code_of(other, second) for other in alike(first)]
        out.update([code for code in beside if 0 < COMMON * count(code, 0) <= often and count(code, 0) <= MOST_ODD])
    return out


def find_half_known(text: str, pairs: Pairs, places: Iterable[int]) -> Iterator[tuple[int, str, int, int]]:
    """(place, expected character, times it stands beside the neighbour, a place where it does). `places`: of the characters
    that make with the one before them one of the `odd_pairs`, in order.

    >>> page = "组织开展培训\\n" * 20 + "在职的和任职的，兼职的或离职的\\n部门组职的考试\\n"
    >>> pairs = Pairs(page)
    >>> [(page[i - 1 : i + 1], after) for i, after, *_ in find_half_known(page, pairs, pairs.times(odd_pairs(pairs))[1])]
    [('组职', '织')]
    """
    mended = 0
    for i, before in _strange(text, places):
        for other in alike(text[i]) if i != mended else ():
            if _is_right(text, i, other, before, pairs) and not may_be_named(text, i, other):
                word = _two(text, i, other, before)
                yield i, other, pairs[word], text.find(word) + before
                mended = i
                break


def _strange(text: str, places: Iterable[int]) -> Iterator[tuple[int, bool]]:
    """The places of characters with look-alikes that are strange beside a neighbour, and whether it is the one before them
    or that behind them; in order."""
    for i in places:
        first, second = text[i - 1], text[i]
        if first in LOOK_ALIKES and i > 1 and not stands_before(first, second) and tells(second):
            yield i - 1, False
        if second in LOOK_ALIKES and i + 1 < len(text) and not stands_behind(second, first) and tells(first):
            yield i, True


def _is_right(text: str, i: int, other: str, before: bool, pairs: Pairs) -> bool:
    """Whether the bundle often writes a look-alike beside the neighbour beside which the character at i is strange, and it
    fits beside the neighbour on the far side, where the character makes no word."""
    odd, right, far = text[i], _two(text, i, other, before), text[i + 1] if before else text[i - 1]
    least = COMMON * pairs[_two(text, i, odd, before)]
    if pairs[right] < least or not is_misread_for(text, i, other):
        return False
    beyond, longer = (
        (text[i - 2 : i], text[i - 2 : i] + other) if before else (text[i + 1 : i + 3], other + text[i + 1 : i + 3])
    )
    if is_word(beyond) and text.count(longer) < least:  # 当时 and 问了, 水清 and 况且
        return False
    if far in _TELLS_NOTHING:
        return is_word(right)
    if not tells(far) or is_word(_two(text, i, odd, not before)):
        return False
    return pairs[_two(text, i, other, not before)] > 0 or (is_word(right) and _known(text, i, other, not before))


def _two(text: str, i: int, character: str, before: bool) -> str:
    """A character at i with the neighbour before or behind it."""
    return text[i - 1] + character if before else character + text[i + 1]


def _known(text: str, i: int, character: str, before: bool) -> bool:
    """Whether written Chinese has a character beside the neighbour before or behind i."""
    return stands_behind(character, text[i - 1]) if before else stands_before(character, text[i + 1])
