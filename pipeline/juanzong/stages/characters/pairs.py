"""How often each two characters stand side by side: counted as numbers and in one stream, in half the time that strings
take."""

from __future__ import annotations

import re  # over bytes faster than `regex`
import sys
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from itertools import compress

_LITTLE = sys.byteorder == "little"
_FIRST, _SECOND = (0, 32) if _LITTLE else (32, 0)  # where in the number the two stand
_UTF32 = "utf-32-le" if _LITTLE else "utf-32-be"  # so that two characters are one 64-bit number of this machine
_MARK = 8  # on a digit of `times`
_MARKED = re.compile(b"[89:;<]")
_WITHOUT_MARK = bytes.maketrans(b"89:;<", b"01234")


def code_of(first: str, second: str) -> int:
    """Two characters as one number."""
    return ord(first) << _FIRST | ord(second) << _SECOND


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
        self._single: dict[str, int] = {}
        even, odd = _views(text)
        self.count: Counter[int] = Counter(even)
        self.count.update(odd)

    def __getitem__(self, two: str) -> int:
        return self.count[code_of(two[0], two[1])] if len(two) == 2 else 0

    def times_of(self, character: str) -> int:
        """How often a character stands in the text, which is searched for it once.

        >>> Pairs("甲乙甲乙丙").times_of("甲")
        2
        """
        if character not in self._single:
            self._single[character] = self._text.count(character)
        return self._single[character]

    def around(self, first: str, others: str, second: str) -> list[tuple[str, int, int]]:
        """Each of the others, how often it stands behind the first character, and how often before the second.

        >>> Pairs("甲乙甲乙").around("甲", "乙丙", "甲")
        [('乙', 2, 1), ('丙', 0, 0)]
        """
        count, a, b = self.count.get, ord(first) << _FIRST, ord(second) << _SECOND
        codes = [(other, ord(other)) for other in others]
        return [(other, count(a | n << _SECOND, 0), count(n << _FIRST | b, 0)) for other, n in codes]

    def times(self, marked: Iterable[int] = ()) -> tuple[bytes, list[int]]:
        """For each character, as a digit, how often it and the one before it stand side by side: 1, 2, 3, or 4 for more.
        The first has none before it: 4. And the places, in order, of those that make with the one before them two of the
        marked codes.

        >>> Pairs("甲乙甲乙丙").times([code_of("乙", "丙")])
        (b'42121', [4])
        """
        zero = ord("0")
        digits = {code: zero + (n if n < 4 else 4) for code, n in self.count.items()}
        for code in marked:
            digits[code] += _MARK
        even, odd = _views(self._text)
        out = bytearray(b"4") * len(self._text)
        out[1::2] = bytes(map(digits.__getitem__, even))
        out[2::2] = bytes(map(digits.__getitem__, odd))
        return bytes(out).translate(_WITHOUT_MARK), [m.start() for m in _MARKED.finditer(out)]

    def of_times(self, least: int, most: int = sys.maxsize) -> Iterator[tuple[str, str, int]]:
        """Each two characters that stand together so many times, and how often they do.

        >>> list(Pairs("甲乙甲乙丙").of_times(2))
        [('甲', '乙', 2)]
        """
        for code, n in [pair for pair in self.count.items() if least <= pair[1] <= most]:
            yield chr(code >> _FIRST & 0xFFFFFFFF), chr(code >> _SECOND & 0xFFFFFFFF), n

    def beside(self, least: int, leave_out: Container[str]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """(what stands behind each character `least` times or more, what stands before each), less what is left out.

        >>> tuple(map(dict, Pairs("甲乙甲乙丙").beside(2, "")))
        ({'甲': {'乙'}}, {'乙': {'甲'}})
        """
        behind: defaultdict[str, set[str]] = defaultdict(set)
        before: defaultdict[str, set[str]] = defaultdict(set)
        for a, b, _ in self.of_times(least):
            if b not in leave_out:
                behind[a].add(b)
            if a not in leave_out:
                before[b].add(a)
        return behind, before

    def codes(self, places: Iterable[int]) -> Iterator[int]:
        """The code of the characters before and at each place.

        >>> list(Pairs("甲乙丙").codes([1, 2])) == [code_of("甲", "乙"), code_of("乙", "丙")]
        True
        """
        views = _views(self._text)
        return (views[1 - i % 2][(i - 1) // 2] for i in places)


def places_between(text: str, codes: Container[int]) -> list[tuple[int, int]]:
    """(i, code) for each i for which the characters before and behind text[i] have one of the codes, in order.

    >>> found = places_between("甲乙丙丁丙甲乙", {code_of("丙", "丙"), code_of("甲", "丙")})
    >>> [i for i, _ in found]
    [1, 3]
    """
    found: list[tuple[int, int]] = []
    for start in (0, 1):
        for shift, view in enumerate(_views(text[start::2])):
            begin = start + 2 * shift + 1
            found += [(begin + 4 * k, view[k]) for k in compress(range(len(view)), map(codes.__contains__, view))]
    return sorted(found)
