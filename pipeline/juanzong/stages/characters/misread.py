"""Places of a running text where one character stands that other places of the same words write otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import regex as re

from juanzong.language.words import is_word
from juanzong.stages.characters.both_right import either_may_be_right
from juanzong.stages.characters.deviation import Deviation
from juanzong.stages.characters.lookalikes import is_misread_for, look_alike_far
from juanzong.stages.characters.pairs import Pairs
from juanzong.stages.characters.proper_names import may_be_named

LONGEST = 14  # characters of shared context that are looked at on each side
SAMPLES = 32  # places with the expected reading that are compared, for speed
RARE = 3  # a misread character is one that the bundle hardly uses
FAR = 8  # characters of shared context on each side, for which one place suggests a look-alike
_BOTH_SIDES = 3  # characters of it on each side, for which one suggests a look-alike of what makes a word itself
_SENTENCE = 12  # Chinese characters of it on both sides together, which make two places one sentence
_LONG = 500  # characters of a bundle that has common ones more than once
NUMERALS = frozenset("一二三四五六七八九十百千万亿两〇零甲乙丙丁东南西北上下左右前后内外")
_LEVELS = frozenset("省市县区州旗盟乡镇村")  # another of them is another place: 市气象条例, 县气象条例
FUNCTION = frozenset(
    "的和与及或等并不未其之也各该对向在为由中内外上下可应须均已将把被所是有无非地市县区省名后前要能高全"
)
_OTHER = re.compile(r"[^\p{Han}]+")


def is_han(ch: str) -> bool:
    return "\u4e00" <= ch <= "\u9fff"


def _shared(text: str, i: int, j: int, k: int, m: int) -> tuple[int, int]:
    """How much text[:i] and text[:j] end alike, and text[k:] and text[m:] begin alike; a line end stops both."""
    left = right = 0
    while left < LONGEST and i > left and j > left and text[i - left - 1] == text[j - left - 1] != "\n":
        left += 1
    while right < LONGEST and max(k, m) + right < len(text) and text[k + right] == text[m + right] != "\n":
        right += 1
    return left, right


def best_place(text: str, i: int, end: int, places: list[int]) -> tuple[int, int, int, int] | None:
    """The place whose context agrees longest: (agreement, left, right, place)."""
    best = None
    for j in places[:SAMPLES]:
        left, right = _shared(text, i, j, end, j + 1)
        if best is None or left + right > best[0]:
            best = (left + right, left, right, j)
    return best


def _is_rare(text: str, letter: str) -> bool:
    at = -1
    for _ in range(RARE + 1):
        at = text.find(letter, at + 1)
        if at < 0:
            return True
    return False


def find_misread(text: str, i: int, places: list[int], pairs: Pairs) -> Iterator[Deviation]:
    """A character that stands beside neither neighbour anywhere else, where another one stands between both.

    Sure where the two look alike, the other is common beside both and either the character is rare and the context is
    shared, or the context is shared far to both sides: where they do not look alike, the author may have meant either
    (签字 for 签名, 出境 for 出口). Ordinals, directions and the like differ by right, so they are not even told.
    """
    best = best_place(text, i, i + 1, places)
    if best is None:
        return
    both, left, right, j = best
    after = text[j]
    if text[i] in NUMERALS or after in NUMERALS or any({text[i], after} <= some for some in (_LEVELS, FUNCTION)):
        return
    count = sum(text[k] == after for k in places)
    beside = pairs[text[i - 1] + after], pairs[after + text[i + 1]]
    common = min(beside)
    if min(count, common) < 3:
        far = min(left, right) >= FAR and max(beside) >= 3 and look_alike_far(text[i], after)
        if far or (
            both >= _SENTENCE and _is_slip(text, i, j, text[i - left : i] + text[i + 1 : i + 1 + right], pairs.times_of)
        ):
            yield Deviation(i, i + 1, after, "misread-character", False, left, right, j, count)
        return
    rare = _is_rare(text, text[i])
    near = (rare and left >= 4 and right >= 2) or (left >= 8 and right >= 8)
    sure = count >= 5 and common >= 5 and near and is_misread_for(text, i, after) and not may_be_named(text, i, after)
    told = (rare and both >= 7) or both >= 12
    if is_word(text[i - 1 : i + 1]) or is_word(text[i : i + 2]):  # 文化渊源 where 文化资源 stands
        told = told and min(left, right) >= _BOTH_SIDES and look_alike_far(text[i], after)
    if sure or told:
        yield Deviation(i, i + 1, after, "misread-character", sure, left, right, j, count)


def _is_slip(text: str, i: int, j: int, shared: str, count: Callable[[str], int]) -> bool:
    """Whether of two places that say one sentence, but for a character, the one at i has a slip: it has a look-alike that
    makes no sense there, or a character that a bundle of some length has nowhere else; and it makes no word where the other
    does, or is the rarer of the two, of equals the later.
    `shared`: the sentence around it; `count`: how often the text has a character."""
    odd, after = text[i], text[j]
    if len(_OTHER.sub("", shared)) < _SENTENCE or {odd, after} & (FUNCTION | NUMERALS):
        return False
    known, other = (any(map(is_word, (text[i - 1] + c, c + text[i + 1]))) for c in (odd, after))
    if known > other or either_may_be_right(text, i, after):
        return False
    here = count(odd)
    if known == other and (here, j) > (count(after), i):
        return False
    return look_alike_far(odd, after) or (here == 1 and len(text) > _LONG)


def find_confused(text: str, found: list[Deviation], pairs: Pairs) -> Iterator[Deviation]:
    """Other places of a rare character that was found misread: its reader takes the one for the other.

    >>> from juanzong.stages.characters.deviations import find_deviations
    >>> page = "被监理工程的施工承包单位\\n" * 6 + "被监理工程的旋工承包单位\\n采取措旋\\n" + "采取措施\\n" * 3
    >>> [(d.after, d.sure) for d in find_deviations(page)]
    [('施', True), ('施', False)]
    """
    known = {d.start for d in found}
    for d in found:
        odd = text[d.start]
        if d.rule != "misread-character" or not _is_rare(text, odd):
            continue
        at = text.find(odd)
        while at >= 0:
            sides = (text[at - 1 : at] + d.after, d.after + text[at + 1 : at + 2])
            if at not in known and any(pairs[side] >= 3 and is_han(side[0]) and is_han(side[-1]) for side in sides):
                known.add(at)
                yield Deviation(at, at + 1, d.after, "misread-character", False, 0, 0, d.place, d.times)
            at = text.find(odd, at + 1)
