"""The words of many titles, found by what a title asked for may have in common with them: not one after the other."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from juanzong.stages.links.titles_alike import ALIKE

# Of a title's characters those that one as alike as ALIKE may lack: the share s with 2(1 - s) >= ALIKE(2 - s).
_LACKED = 2 * (1 - ALIKE) / (2 - ALIKE)


class TitleWords:
    """Titles' words (`skeleton`). What each method gives are places in `all`, in order."""

    def __init__(self, words: Sequence[str]) -> None:
        self.all = words
        self._runs: dict[int, dict[str, list[int]]] = {}

    @cached_property
    def _by_words(self) -> dict[str, list[int]]:
        return _places((word, k) for k, word in enumerate(self.all))

    @cached_property
    def _by_character(self) -> dict[str, list[int]]:
        return _places((c, k) for k, word in enumerate(self.all) for c in dict.fromkeys(word))

    @cached_property
    def _from_end(self) -> list[tuple[str, int]]:
        return sorted((word[::-1], k) for k, word in enumerate(self.all))

    def same(self, key: str) -> Sequence[int]:
        return self._by_words.get(key, ())

    def ending_in(self, key: str) -> list[int]:
        """
        >>> TitleWords(["某市规划", "规划", "某市计划"]).ending_in("规划")
        [0, 1]
        """
        found, back = [], key[::-1]
        for at in range(bisect_left(self._from_end, (back, -1)), len(self._from_end)):
            word, k = self._from_end[at]
            if not word.startswith(back):
                break
            found.append(k)
        return sorted(found)

    def with_run(self, run: str) -> Sequence[int]:
        """Those in which the run of characters stands.

        >>> TitleWords(["某市规划", "规划", "某市计划"]).with_run("某市")
        [0, 2]
        """
        size = len(run)
        if size not in self._runs:
            self._runs[size] = _places((r, k) for k, word in enumerate(self.all) for r in runs_of(word, size))
        return self._runs[size].get(run, ())

    def perhaps_alike(self, key: str) -> list[int]:
        """All that are as like the key as ALIKE, and others. Such a title has all characters of the key but a few, hence
        one of the few rarest and one more.

        >>> TitleWords(["某市规划", "某市规则", "县里计划"]).perhaps_alike("某市规划")
        [0, 1]
        """
        known = self._by_character
        rarest = sorted(dict.fromkeys(key), key=lambda c: len(known.get(c, ())))[: int(_LACKED * len(key) + 0.01) + 1]
        return sorted({k for c in rarest for k in known.get(c, ())})


def runs_of(words: str, size: int) -> dict[str, None]:
    """The runs of so many characters in the words, each once."""
    return dict.fromkeys(words[i : i + size] for i in range(len(words) - size + 1))


def _places(found: Iterator[tuple[str, int]]) -> dict[str, list[int]]:
    out: defaultdict[str, list[int]] = defaultdict(list)
    for key, k in found:
        out[key].append(k)
    return dict(out)
