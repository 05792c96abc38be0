"""How often each two characters stand side by side: counted as numbers and in one stream, in half the time that strings
take."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Container, Iterator
from itertools import compress

_LITTLE = sys.byteorder == "little"
_UTF32 = "utf-32-le" if _LITTLE else "utf-32-be"  # so that two characters are one 64-bit number of this machine


def code_of(first: str, second: str) -> int:
    """Two characters as one number."""
    return ord(first) | ord(second) << 32 if _LITTLE else ord(second) | ord(first) << 32


def _views(text: str) -> tuple[memoryview[int], memoryview[int]]:
    """The codes of text[i:i + 2] for even i, and for odd i."""
    n, data = len(text), text.encode(_UTF32, "surrogatepass")
    even, odd = memoryview(data[: n // 2 * 8]), memoryview(data[4 : 4 + max(n - 1, 0) // 2 * 8])
    return even.cast("Q"), odd.cast("Q")


class Pairs:
    """Counts by two characters, as `pairs["甲乙"]`, and by their code.

    >>> pairs = Pairs("甲乙甲乙")
    >>> (pairs["甲乙"], pairs["乙甲"], pairs["丙甲"], pairs["甲"])
    (2, 1, 0, 0)
    """

    def __init__(self, text: str) -> None:
        self._text = text
        even, odd = _views(text)
        self.count: Counter[int] = Counter(even)
        self.count.update(odd)

    def __getitem__(self, two: str) -> int:
        return self.count[code_of(two[0], two[1])] if len(two) == 2 else 0

    def rare(self, most: int) -> list[int]:
        """The places of the second characters of all pairs that stand at most that often, in order.

        >>> Pairs("甲乙甲乙丙").rare(1)
        [2, 4]
        """
        codes = {code for code, n in self.count.items() if n <= most}
        even, odd = _views(self._text)
        n = len(self._text)
        found = [*compress(range(1, n, 2), map(codes.__contains__, even))]
        found += compress(range(2, n, 2), map(codes.__contains__, odd))
        found.sort()
        return found


def places_between(text: str, codes: Container[int]) -> Iterator[int]:
    """Each i for which the characters before and behind text[i] have one of the codes, in order.

    >>> list(places_between("甲乙丙丁丙甲乙", {code_of("丙", "丙"), code_of("甲", "丙")}))
    [1, 3]
    """
    found: list[int] = []
    for start in (0, 1):
        for shift, view in enumerate(_views(text[start::2])):
            begin = start + 2 * shift + 1
            found += compress(range(begin, len(text), 4), map(codes.__contains__, view))
    return iter(sorted(found))
