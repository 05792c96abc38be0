"""The words of many titles, found by what a title asked for may have in common with them: not one after the other."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from juanzong.language.alike import NEARLY

_T = TypeVar("_T")
_FEW = 32  # words that are as quickly compared


class TitleWords:
    """Titles' words (`skeleton`), to which more may be added. What each method gives are places in `all`, in order."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self.all = list(words)
        self._seen: defaultdict[str, int] = defaultdict(int)  # how many of them what follows holds
        self._by_words: defaultdict[str, list[int]] = defaultdict(list)
        self._by_character: defaultdict[str, list[int]] = defaultdict(list)
        self._by_run: defaultdict[str, list[int]] = defaultdict(list)
        self._from_end: list[tuple[str, int]] = []

    def add(self, words: str) -> None:
        self.all.append(words)

    def _added(self, to: str) -> Iterator[tuple[int, str]]:
        """The words that came since this was asked last for the same."""
        start, self._seen[to] = self._seen[to], len(self.all)
        return enumerate(self.all[start:], start)

    def same(self, key: str) -> Sequence[int]:
        for k, words in self._added("words"):
            self._by_words[words].append(k)
        return self._by_words.get(key, ())

    def ending_in(self, key: str) -> list[int]:
        """
        >>> TitleWords(["某市规划", "规划", "某市计划"]).ending_in("规划")
        [0, 1]
        """
        if more := [(words[::-1], k) for k, words in self._added("end")]:
            self._from_end = sorted(self._from_end + more)
        found, back = [], key[::-1]
        for at in range(bisect_left(self._from_end, (back, -1)), len(self._from_end)):
            words, k = self._from_end[at]
            if not words.startswith(back):
                break
            found.append(k)
        return sorted(found)

    def with_run(self, run: str) -> Sequence[int]:
        """Those in which the run of characters stands.

        >>> TitleWords(["某市规划", "规划", "某市计划"]).with_run("某市")
        [0, 2]
        """
        for k, words in self._added(f"runs of {len(run)}"):
            for r in runs_of(words, len(run)):
                self._by_run[r].append(k)
        return self._by_run.get(run, ())

    def perhaps_alike(self, key: str, alike: float) -> list[int]:
        """All that are as alike to the key as that (`ratio` of difflib), and others. Such titles lack only a few of its
        characters, hence they have one of the few rarest and one more.

        >>> TitleWords(["某市规划", "某市规则", "县里报告"]).perhaps_alike("某市规划", 0.88)
        [0]
        """
        for k, words in self._added("characters"):
            for c in dict.fromkeys(words):
                self._by_character[c].append(k)
        lacked = int(2 * (1 - alike) / (2 - alike) * len(key) + 0.01)
        known = self._by_character
        rarest = sorted(dict.fromkeys(key), key=lambda c: len(known.get(c, ())))[: lacked + 1]
        return sorted({k for c in rarest for k in known.get(c, ())})


def runs_of(words: str, size: int) -> dict[str, None]:
    """The runs of so many characters in the words, each once."""
    return dict.fromkeys(words[i : i + size] for i in range(len(words) - size + 1))


class NearWords(Generic[_T]):
    """Words, each with what it is found for, for such as are nearly the same (`nearly_same`): best all of one length and
    with the same figures."""

    def __init__(self) -> None:
        self._words = TitleWords()
        self._found: list[_T] = []

    def add(self, words: str, found: _T) -> None:
        self._words.add(words)
        self._found.append(found)

    def near(self, key: str) -> Sequence[_T]:
        """In the order in which they came, what is found for all words that are nearly the same, and for others."""
        if len(self._found) <= _FEW:
            return self._found
        return [self._found[k] for k in self._words.perhaps_alike(key, NEARLY)]
