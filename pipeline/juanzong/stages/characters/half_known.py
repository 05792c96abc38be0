"""A bundle's running text -> characters that make no word with one neighbour, beside which the bundle writes a look-alike
again and again; on the other side stands what any word may stand beside (部门组职的行政执法, 单位的清况).

In 18 million characters of laws, in bundles of 120,000, this found nothing; where 条 and 项 or a stop stood on the other
side, it found 本条例情况 and 市和区、县体育部门.
"""

from __future__ import annotations

from collections.abc import Iterator

from juanzong.stages.characters.lookalikes import COMMON, LOOK_ALIKES, alike, is_strange
from juanzong.stages.characters.pairs import Pairs

_ONCE = ord("1")
_TELLS_NOTHING = frozenset("的和与及或在对为将向由是了地")


def find_half_known(text: str, pairs: Pairs, times: bytes) -> Iterator[tuple[int, str, int, int]]:
    """(place, expected character, times it stands beside the neighbour, a place where it does). `times`: how often each
    character and the one before it stand side by side.

    >>> page = "组织开展培训\\n" * 20 + "在职的和任职的，兼职的或离职的\\n部门组职的考试\\n"
    >>> pairs = Pairs(page)
    >>> [(page[i - 1 : i + 1], after) for i, after, *_ in find_half_known(page, pairs, pairs.times())]
    [('组职', '织')]
    """
    for i in range(1, len(text) - 1):
        if text[i] not in LOOK_ALIKES or (times[i] != _ONCE and times[i + 1] != _ONCE):
            continue
        before, behind = text[i - 1], text[i + 1]
        for other in alike(text[i]):
            words = [(before + other, behind, times[i], 1), (other + behind, before, times[i + 1], 0)]
            for word, far, own, shift in words:
                if own == _ONCE and far in _TELLS_NOTHING and pairs[word] >= COMMON and is_strange(text, i, other):
                    yield i, other, pairs[word], text.find(word) + shift
                    break
