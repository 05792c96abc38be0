"""A bundle's running text -> words that it reads twice, one right behind the other."""

from __future__ import annotations

from collections.abc import Iterator

from juanzong.language.words import is_word
from juanzong.stages.characters.deviation import Deviation
from juanzong.stages.characters.proper_names import may_be_named

_RARE_PAIR = bytes(48 < n < 51 for n in range(256))  # for a translation: whether it is 1 or 2
_DOUBLED = (5, 4, 3, 2, 1)  # characters of a word that is read twice
_AHEAD = 8  # characters of a sentence, up to one that is read twice, for which it must stand elsewhere with it once
_ZERO = bytes(n == 0 for n in range(256))


def find_doubled(text: str, times: bytes) -> Iterator[Deviation]:
    """Words read twice, in order; `times`: how often each two neighbours stand together (`Pairs.times`).

    >>> from juanzong.stages.characters.pairs import Pairs
    >>> page = "坚持精准发力。聚焦\\n坚持精准发力。聚焦\\n坚持精准精准发力。聚焦"
    >>> [d.sure for d in find_doubled(page, Pairs(page).times()[0])]
    [True]
    """
    for i in _twice_over(text, times.translate(_RARE_PAIR)):
        yield from _doubled(text, i)


def _twice_over(text: str, flags: bytes) -> Iterator[int]:
    """The flagged places where one to five characters may end that stand there twice over, in order: their codes' low
    bytes do, all compared in a few steps.

    >>> list(_twice_over("甲乙甲乙丙", bytes([1] * 5))), list(_twice_over("甲乙甲乙丙", bytes(5)))
    ([2], [])
    """
    low = int.from_bytes(text.encode("utf-32-le", "surrogatepass")[::4], "little")
    places = 0
    for n in _DOUBLED:
        same = int.from_bytes((low ^ low >> 8 * n).to_bytes(len(text), "little").translate(_ZERO), "little")
        run = same
        for k in range(1, n):
            run &= same >> 8 * k
        places |= run << 8 * n
    marked = (places & int.from_bytes(flags, "little")).to_bytes(len(flags), "little")
    at = marked.find(1)
    while at >= 0:
        yield at
        at = marked.find(1, at + 1)


def _doubled(text: str, j: int) -> Iterator[Deviation]:
    """A word read twice, at j for the second time. Sure where the same words stand elsewhere with it once."""
    size = next((n for n in _DOUBLED if text[j - n : j] == text[j : j + n] and n <= j), 0)
    word = text[j : j + size]
    if size == 1:
        yield from _doubled_character(text, j)
        return
    if not size or not all("\u4e00" <= c <= "\u9fff" for c in word):
        return
    end = j + size
    ahead, behind = text[max(0, j - size - 2) : j], text[end : end + 4]
    if "\n" in ahead + behind or len(ahead) < size + 1 or len(behind) < 2:
        return
    at = text.find(ahead + behind)
    if at >= 0 and len(behind) == 4 and not _begins_another(text, j, word, behind[:2]):
        yield Deviation(j, end, "", "doubled-word", True, len(ahead), len(behind), at, text.count(ahead + behind))
    elif text.count(word) >= 5 and not (size > 2 and is_word(word[-1] + behind[0])):  # 对接受人 接受 人体器官
        yield Deviation(j, end, "", "doubled-word", False, len(ahead), 0, text.find(word), text.count(word))


def _doubled_character(text: str, j: int) -> Iterator[Deviation]:
    """A character read twice, where the same words stand elsewhere with it once, and that makes no word with itself or
    what follows (人人, 工作作风), nor a name (李丽丽)."""
    letter, ahead, behind = text[j], text[j - _AHEAD : j], text[j + 1 : j + 5].split("\n")[0]
    if not "\u4e00" <= letter <= "\u9fff" or not behind or "\n" in ahead or len(ahead) < _AHEAD:
        return
    if is_word(letter * 2) or is_word(letter + behind[0]) or may_be_named(text, j, letter):
        return
    at = text.find(ahead + behind)
    if at >= 0:
        yield Deviation(j, j + 1, "", "doubled-word", True, _AHEAD, len(behind), at, text.count(ahead + behind))


def _begins_another(text: str, j: int, word: str, behind: str) -> bool:
    """Whether the word, with what follows it, also stands behind other words than here: both may be meant then, as in
    上一年度 年度报告 where 报送年度报告 stands."""
    before = text[j - len(word) - 1]
    at = text.find(word + behind)
    while at >= 0:
        if at != j and text[at - 1 : at] != before:
            return True
        at = text.find(word + behind, at + 1)
    return False
