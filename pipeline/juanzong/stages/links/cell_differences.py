"""How two prints of one cell differ: not at all, as a misreading does, or by more."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile

import regex as re

from juanzong.language.personal_names import is_name
from juanzong.language.text import fold
from juanzong.stages.characters.lookalikes import look_alike

SHORT = 12  # code points up to which a misreading changes one character
_SAME_TEXT = 0.85  # similarity from which longer cells are prints of one text
_NO_WORDS = re.compile(r"[\p{P}\p{S}①-⑳¹²³⁰⁴-⁹]+")
_NOTE_MARK = re.compile(r"\$?\^\{?\[?[①-⑳\d]{1,3}\]?\}?\$?|[①-⑳]|[¹²³⁰⁴-⁹]+|\[\d{1,2}\]$")
_DATE = re.compile(r"\s*(?:19|20)\d\d\s*[年./-]\s*\d{1,2}(?!\d)")
_NEGATIONS = frozenset("不未无非否没")


@lru_cache(maxsize=65536)
def difference(a: str, b: str) -> int:
    """How two cells differ: 0 not at all (but for marks), 1 as a misreading does, 2 by more.

    >>> [difference(*pair) for pair in (("43", "48"), ("护理", "护埋"), ("合格", "不合格"), ("12", "85"), ("甲①县", "甲县"))]
    [1, 1, 2, 2, 0]
    >>> difference("2021年3月2日", "2021年3月9日"), difference("赵国庆", "赵国强"), difference("王大伟", "王太伟")
    (2, 2, 1)
    """
    x, y = words(a), words(b)
    if x == y:
        return 0
    if (_DATE.match(a) and _DATE.match(b)) or _are_two_people(x, y):
        return 2
    short, long = sorted((x, y), key=len)
    if len(long) > SHORT:
        return 1 if short in long or ratio(x, y) >= _SAME_TEXT else 2
    if len(x) == len(y):
        off = sum(c != d for c, d in zip(x, y, strict=True))
        return 1 if off == 1 and len(x) > 1 else 2
    added = set(long) - set(short)
    return 1 if len(long) - len(short) == 1 and len(long) > 3 and ratio(x, y) > 0.7 and not added & _NEGATIONS else 2


def _are_two_people(a: str, b: str) -> bool:
    """Whether two names of people differ in a character that is not taken for the other by its shape."""
    if len(a) != len(b) or not (is_name(a) and is_name(b)):
        return False
    return any(x != y and not look_alike(x, y) for x, y in zip(a, b, strict=True))


_LETTER = re.compile(r"\p{L}")


@lru_cache(maxsize=65536)
def words(text: str) -> str:
    """A text without blanks, marks and note markers, and with the decimal points of its figures.

    >>> words("绿道①工程（一期）"), words("12.5%"), words("-3")
    ('绿道工程一期', '12.5%', '-3')
    """
    bare = fold(_NOTE_MARK.sub("", text))
    if any(c.isdigit() for c in bare) and not _LETTER.search(bare):
        return bare
    return _NO_WORDS.sub("", bare)


def ratio(a: str, b: str) -> float:
    """How alike two texts are, from 0 to 1; 0 where at a glance less than 0.7."""
    if a == b:
        return 1.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return 0.0 if matcher.real_quick_ratio() < 0.7 else matcher.ratio()


def changed(a: str, b: str) -> tuple[str, str]:
    """The part of each text that stands between what both begin and end with."""
    start = _alike(a, b)
    end = _alike(a[start:][::-1], b[start:][::-1])
    return a[start : len(a) - end], b[start : len(b) - end]


def _alike(a: str, b: str) -> int:
    """How many code points two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))
