"""A bundle's running text -> places where one character deviates from what the bundle writes in the same words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, compress

from juanzong.language.words import is_word
from juanzong.stages.characters.contexts import holds_between, makes_its_word
from juanzong.stages.characters.deviation import Deviation
from juanzong.stages.characters.doubled import find_doubled
from juanzong.stages.characters.half_known import find_half_known, odd_pairs
from juanzong.stages.characters.lookalikes import MOST_ODD, find_lookalikes
from juanzong.stages.characters.misread import (
    FAR,
    FUNCTION,
    LONGEST,
    NUMERALS,
    best_place,
    find_confused,
    find_misread,
    is_han,
)
from juanzong.stages.characters.pairs import Pairs, code_of, places_between

# What follows looks at how often each two neighbours stand together (`Pairs.times`). Where context is shared with another
# place, all its neighbours stand together twice at least; n characters of it are n - 1 such pairs.
_ODD_BESIDE = 4  # such pairs before and behind, as much context as `find_misread` asks for: six characters
_GAP_BESIDE = ((7, 4), (1, 11))  # before and behind, as `_lost` asks for: eight and five characters, or two and twelve
_WORD_BESIDE = 3  # before and behind, one at least on each side, as `_lost_in_word` asks for: five characters
_FEW_PAIRS = bytes(48 < n <= 48 + MOST_ODD for n in range(256))
OFTEN = 10  # where a bundle writes a word less often than this, its author may well do without a character once
# what texts leave out in places: 应依法 for 应当依法, 按下列 for 按照下列, 企事业 for 企业事业, 其法定 for 其他法定, 未作 for 未作出,
# 生态环境 for 水生态环境, 涉嫌诈骗罪 for 涉嫌犯诈骗罪, 羁押看守所 for 羁押于看守所, 大企业 for 大型企业
_DROPPED = frozenset("当照业物性件第点农人负承至镇乡村他证出到完好得着过水犯于型")
# times that a lost character stands beside each of its neighbours: that it makes usual words, and common ones
_USUAL, _COMMON = 40, 20
_NOTHING: frozenset[str] = frozenset()
_OFTEN_SO = 5  # times that the same words stand elsewhere with it
_OPTIONAL = frozenset("以者级号们了都等")  # 及 for 以及, 或 for 或者: one word, written both ways


def find_deviations(text: str) -> list[Deviation]:
    """Misread, lost and doubled characters, in order; `text` is the bundle's strings, one to a line.

    >>> page = "被监理工程的施工承包单位\\n" * 6 + "被监理工程的旋工承包单位\\n"
    >>> [(d.after, d.sure) for d in find_deviations(page)]
    [('施', True)]
    """
    if len(text) < 3:
        return []
    pairs = Pairs(text)
    times, half = pairs.times(odd_pairs(pairs))
    runs = list(map(len, times.split(b"1")))  # how many pairs that stand elsewhere too are between those that do not
    ones = [n + k for k, n in enumerate(accumulate(runs[:-1]))]  # where the pairs stand that do not
    odd, gaps, words = _places(text, pairs, runs, ones)
    witnesses: defaultdict[int, list[int]] = defaultdict(list)
    for j, key in places_between(text, odd.keys() | gaps.keys() | words.keys()):
        if "\u4e00" <= text[j] <= "\u9fff":
            witnesses[key].append(j)
    found: list[Deviation] = []
    for key, places in witnesses.items():
        for i in odd.get(key, ()):
            found += find_misread(text, i, [j for j in places if text[j] != text[i]], pairs)
        lost = _lost(text, gaps[key], places, pairs) if key in gaps else []
        found += lost or (_lost_in_word(text, words[key], places, pairs) if key in words else [])
    found += find_doubled(text, times)
    found += find_confused(text, found, pairs)
    found += _lookalikes(text, {d.start: d.sure for d in found}, pairs, times, half)
    return sorted(found)


def _lookalikes(
    text: str, known: Mapping[int, bool], pairs: Pairs, times: bytes, half: Sequence[int]
) -> Iterator[Deviation]:
    """Characters in the place of a look-alike; `known`: where a deviation is found already, and whether it is sure."""
    few = int.from_bytes(times.translate(_FEW_PAIRS), "little")
    beside = (few & few >> 8).to_bytes(len(times), "little")  # of each character: both its pairs stand a few times
    seldom = compress(range(1, len(text)), beside[1:])
    found = [
        Deviation(i, i + 1, after, "look-alike", sure, 1, 1, place, often)
        for i, after, often, sure, place in find_lookalikes(text, pairs, seldom)
        if i not in known or (sure and not known[i])
    ]
    found += [
        Deviation(i, i + 1, after, "look-alike", True, 1, 1, place, often)
        for i, after, often, place in find_half_known(text, pairs, half)
        if not known.get(i)
    ]
    yield from found
    told = {**known, **{d.start: d.sure for d in found}}
    for d in found:
        yield from _alike_elsewhere(text, d, told, pairs)


def _alike_elsewhere(text: str, d: Deviation, told: dict[int, bool], pairs: Pairs) -> Iterator[Deviation]:
    """Other places where the same two characters stand that a misread one made, in a word that the bundle often writes
    with the other: their reader took the one for the other there, too."""
    for shift in (1, 0):
        odd = text[d.start - shift : d.start - shift + 2]
        right = odd[:shift] + d.after + odd[shift + 1 :]
        if pairs[right] < _COMMON or pairs[odd] > MOST_ODD:
            continue
        at = text.find(odd)
        while at >= 0:
            i = at + shift
            if i not in told:
                told[i] = False
                yield Deviation(i, i + 1, d.after, "look-alike", False, 1, 1, d.place, d.times)
            at = text.find(odd, at + 1)


def _places(
    text: str, pairs: Pairs, runs: Sequence[int], ones: Sequence[int]
) -> tuple[dict[int, list[int]], dict[int, int], dict[int, int]]:
    """(where a character stands beside neither neighbour anywhere else; where two stand together only once, and may have
    lost a character in a passage; where they may have in a usual word), each by the code of the two characters around,
    as far as context may be shared with another place."""
    odd: defaultdict[int, list[int]] = defaultdict(list)
    lone = [
        i
        for i, before, behind, beyond in zip(ones, runs, runs[1:], runs[2:], strict=False)
        if not behind and before + beyond >= _ODD_BESIDE and "\u4e00" <= text[i] <= "\u9fff"
    ]
    for i in lone:
        odd[code_of(text[i - 1], text[i + 1])].append(i)
    (a, b), (c, d) = _GAP_BESIDE
    behind_of, before_of = pairs.beside(_COMMON, leave_out=FUNCTION | NUMERALS | _OPTIONAL | _DROPPED)
    gaps, words = [], []
    beside = [x for x in zip(ones, runs, runs[1:], strict=False) if x[1] + x[2] >= _WORD_BESIDE and x[1] and x[2]]
    for i, before, behind in beside:
        if (before >= a and behind >= b) or (before >= c and behind >= d):
            gaps.append(i)
        if not behind_of.get(text[i - 1], _NOTHING).isdisjoint(before_of.get(text[i], _NOTHING)):
            words.append(i)
    by_code = [dict(zip(pairs.codes(some), some, strict=True)) for some in (gaps, words)]
    return odd, by_code[0], by_code[1]


def _lost(text: str, i: int, places: list[int], pairs: Pairs) -> list[Deviation]:
    """Two characters that stand side by side once, where the same words elsewhere have one between them.

    Words that a sentence can do without (的, 和, 市 ...) are left out: they come and go by right.

    >>> page = "被告人李某某现因涉嫌犯盗窃罪于当日被捕\\n" * 12 + "被告人李某某现因涉嫌盗窃罪于当日被捕\\n"
    >>> [d.sure for d in find_deviations(page)]
    [False]
    """
    behind = text[i : i + 5]  # less shared context is told of nowhere below
    same = [j for j in places if text.startswith(behind, j + 1)]
    best = best_place(text, i, i, [j for j in same if text[max(0, j - 2) : j] == text[i - 2 : i]]) if same else None
    if best is None:
        return []
    _, left, right, j = best
    after = text[j]
    bound = min(left, right) >= FAR and _is_bound(text, i, after, pairs)
    if not (bound or _may_be_lost(text, i, after)):
        return []
    count = sum(text[k] == after for k in places)
    word = max(pairs[text[i - 1] + after], pairs[after + text[i]])
    # 青年 for 青少年 in words that a law often says
    short = is_word(text[i - 1 : i + 1]) and min(left, right) < LONGEST
    free = after in FUNCTION or _is_free(text, i, after) or short
    sure = left >= 8 and right >= 5 and count >= OFTEN and word >= OFTEN and not free
    told = (left >= 8 and right >= 5) or (left >= 2 and right >= 12 and word >= 10)
    return [Deviation(i, i, after, "lost-character", sure, left, right, j, count)] if sure or told else []


def _may_be_lost(text: str, i: int, after: str) -> bool:
    """Whether a character may be missing at a place: no word that a sentence can do without, between two characters."""
    if after in FUNCTION or after in NUMERALS or after in (text[i - 1], text[i]):
        return False
    return is_han(text[i - 1]) and is_han(text[i])


def _is_bound(text: str, i: int, after: str, pairs: Pairs) -> bool:
    """Whether a word that a sentence may do without makes one word with a neighbour here, which the bundle mostly has in
    it: 省关部门 where 关 mostly stands in 有关."""
    if after not in FUNCTION or not (is_han(text[i - 1]) and is_han(text[i])):
        return False
    ahead, behind = pairs[text[i - 1] + after], pairs[after + text[i]]
    beside = ((behind, text[i]), (ahead, text[i - 1]))
    return any(makes_its_word(text, letter, times, _OFTEN_SO) for times, letter in beside)


def _is_free(text: str, i: int, after: str) -> bool:
    may_go = after in _OPTIONAL or after in _DROPPED
    return may_go or text[i - 1] in NUMERALS or text[i - 1].isdecimal()  # 5万以下 for 5万元以下


def _lost_in_word(text: str, i: int, places: list[int], pairs: Pairs) -> list[Deviation]:
    """The same in words that the bundle writes again and again with the character, and once without.

    >>> page = "基础电信业务经营者\\n" * 40 + "基础电信业务营者\\n"
    >>> [(d.after, d.sure) for d in find_deviations(page)]
    [('经', True)]
    """
    around = text[i - 2 : i], text[i : i + 2]
    same = [j for j in places if text[j - 2 : j] == around[0] and text[j + 1 : j + 3] == around[1]]
    if not same:
        return []
    after, times = Counter(text[j] for j in same).most_common(1)[0]
    usual = min(pairs[text[i - 1] + after], pairs[after + text[i]])
    if usual < _COMMON or times < _OFTEN_SO:
        return []
    if (
        not _may_be_lost(text, i, after)
        or _is_free(text, i, after)
        or is_word(text[i - 1 : i + 1])  # 出租车 for 出租汽车
        or not holds_between(text, i, i, after, _writes_often)
    ):
        return []
    sure = usual >= _USUAL and holds_between(text, i, i, after, _writes_always)
    place = next(j for j in same if text[j] == after)
    return [Deviation(i, i, after, "lost-character", sure, 2, 2, place, times)]


def _writes_always(left: int, right: int, times: int, otherwise: int) -> bool:
    return min(left, right) >= 2 and left + right >= 6 and times >= 8 and otherwise <= 1


def _writes_often(left: int, right: int, times: int, otherwise: int) -> bool:
    return min(left, right) >= 2 and left + right >= 5 and times >= _OFTEN_SO and otherwise <= 1
