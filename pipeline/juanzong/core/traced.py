"""Text that knows where it came from.

A `Traced` is a string made of runs; each run is a piece of text and the half-open range of the source (Unicode code
points) it was made from. A verbatim run is the source's own text; an edited run is what a rule made of its range.
Cut, join and replace keep the runs, so the trace in the output follows from the value itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple, overload


class Run(NamedTuple):
    """`text` stands for source[start:end]; verbatim when `edited` is false (then the lengths agree)."""

    text: str
    start: int
    end: int
    edited: bool = False


class Traced:
    """An immutable string with runs. Slices, sums and replacements are Traced too.

    >>> t = Traced.of("第一章 总则", 0, 6)
    >>> (t[0:3].text, t[4:].ranges)
    ('第一章', [(4, 6)])
    >>> t.replace(3, 4, "").ranges
    [(0, 3), (4, 6)]
    """

    __slots__ = ("runs", "text")

    def __init__(self, runs: Iterable[Run] = ()) -> None:
        self.runs: tuple[Run, ...] = tuple(runs)
        self.text: str = self.runs[0].text if len(self.runs) == 1 else "".join([r.text for r in self.runs])

    @classmethod
    def of(cls, source: str, start: int, end: int) -> Traced:
        """The verbatim text source[start:end]."""
        return verbatim(source[start:end], start) if end > start else EMPTY

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Traced({self.text!r}, {self.ranges})"

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.runs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Traced) and self.text == other.text and self.runs == other.runs

    def __hash__(self) -> int:
        return hash(self.runs)

    def __add__(self, other: Traced) -> Traced:
        return _made(self.runs + other.runs, self.text + other.text)

    @overload
    def __getitem__(self, key: int) -> str: ...
    @overload
    def __getitem__(self, key: slice) -> Traced: ...
    def __getitem__(self, key: int | slice) -> str | Traced:
        if not isinstance(key, slice):
            return self.text[key]
        i, j, step = key.indices(len(self.text))
        if step != 1:
            raise ValueError("a Traced is cut in steps of 1 only")
        return self._cut(i, j)

    def _cut(self, i: int, j: int) -> Traced:
        """text[i:j]. An edited run is whole or not at all: it goes where its first character goes."""
        if i <= 0 and j >= len(self.text):
            return self
        if len(self.runs) == 1 and not self.runs[0].edited:  # most texts are one piece of the source
            return verbatim(self.text[i:j], self.runs[0].start + i) if i < j else EMPTY
        out, at = [], 0
        for r in self.runs:
            a, b = at, at + len(r.text)
            at = b
            if r.edited:
                if i <= a < j:
                    out.append(r)
            elif a < j and b > i:
                lo, hi = max(i - a, 0), min(j, b) - a
                if lo < hi:
                    out.append(Run(r.text[lo:hi], r.start + lo, r.start + hi))
        return Traced(out)

    def pieces(self, cuts: Sequence[int]) -> list[Traced]:
        """The text cut at these offsets (in order; the ends are cut anyway), in one walk over the runs. An edited run is
        whole: it goes where its first character goes.

        >>> [p.text for p in Traced.of("第一章总则", 0, 5).pieces([1, 3])]
        ['第', '一章', '总则']
        """
        if len(self.runs) == 1 and not self.runs[0].edited:  # most texts
            start = self.runs[0].start
            edges = [0, *cuts, len(self.text)]
            return [verbatim(self.text[i:j], start + i) if i < j else EMPTY for i, j in pairwise(edges)]
        out: list[list[Run]] = [[] for _ in range(len(cuts) + 1)]
        at = k = 0
        for r in self.runs:
            end = at + len(r.text)
            lo = at
            while k < len(cuts) and cuts[k] <= lo:
                k += 1
            while not r.edited and k < len(cuts) and cuts[k] < end:
                out[k].append(_part(r, lo - at, cuts[k] - at))
                lo = cuts[k]
                k += 1
            out[k].append(_part(r, lo - at, end - at))
            at = end
        return [Traced(runs) for runs in out]

    def spans(self, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """self.span(i, j) of many places that are in order and do not overlap, in one walk over the runs."""
        cuts = sorted({k for place in places for k in place})
        begin = dict(zip([0, *cuts], self.pieces(cuts), strict=True))
        out: list[tuple[int, int]] = []
        for i, j in places:
            piece = begin[i]
            start = piece.runs[0].start if piece.runs else self.offset(i)
            out.append((start, piece.runs[-1].end if piece.runs and i < j else start))
        return out

    def strip(self, chars: str | None = None) -> Traced:
        """Without blanks (or `chars`) at the ends."""
        text = self.text
        if chars is None and text and not text[0].isspace() and not text[-1].isspace():  # most texts
            return self
        left = len(text) - len(text.lstrip(chars))
        return self._cut(left, max(left, len(text.rstrip(chars))))

    def replace(self, i: int, j: int, after: str) -> Traced:
        """text[i:j] becomes `after`; an edited run that is touched is swallowed whole."""
        i, j = self.widen(i, j)
        a, b = self.span(i, j)
        middle = (Run(after, a, b, edited=True),) if after else ()
        return Traced(self._cut(0, i).runs + middle + self._cut(j, len(self.text)).runs)

    def widen(self, i: int, j: int) -> tuple[int, int]:
        """(i, j) grown so that it cuts no edited run."""
        at = 0
        for r in self.runs:
            a, b = at, at + len(r.text)
            at = b
            if r.edited and a < j and b > i:
                i, j = min(i, a), max(j, b)
        return i, j

    def span(self, i: int, j: int) -> tuple[int, int]:
        """The source range from the first to the last character of text[i:j]; for an empty one, the place itself."""
        if i == j:
            at = self.offset(i)
            return at, at
        runs = self._cut(i, j).runs
        return runs[0].start, runs[-1].end

    def offset(self, i: int) -> int:
        """The source offset of the character at i; at the end, the offset after the last one."""
        at = 0
        for r in self.runs:
            if i < at + len(r.text):
                return r.start if r.edited else r.start + i - at
            at += len(r.text)
        return self.runs[-1].end if self.runs else 0

    def printed_before(self, offset: int) -> int:
        """How many code points of the text were printed before a source offset.

        >>> Traced.of("甲乙丙", 0, 3).replace(1, 2, "").printed_before(2)
        1
        """
        at = found = 0
        for r in self.runs:
            if r.end <= offset:
                found = at + len(r.text)
            elif r.start < offset:
                return at + (len(r.text) if r.edited else offset - r.start)
            at += len(r.text)
        return found

    @property
    def first(self) -> int:
        """The source offset of the first character that stands in the source."""
        return next(r.start for r in self.runs if r.start < r.end)

    @property
    def last(self) -> int:
        """The source offset behind the last one."""
        return next(r.end for r in reversed(self.runs) if r.start < r.end)

    @property
    def ranges(self) -> list[tuple[int, int]]:
        """The source ranges of the runs, in the order of the text, touching ones merged."""
        if len(self.runs) == 1:  # most texts
            _, start, end, _ = self.runs[0]
            return [(start, end)] if start < end else []
        out: list[tuple[int, int]] = []
        for r in self.runs:
            if r.start == r.end:
                continue
            if out and out[-1][1] == r.start:
                out[-1] = (out[-1][0], r.end)
            else:
                out.append((r.start, r.end))
        return out


EMPTY = Traced()
_new_run = partial(tuple.__new__, Run)  # in half the time that Run(…) takes


def verbatim(text: str, start: int) -> Traced:
    """A text that is the source's own from `start` on: as Traced.of, for those who hold the text. Most are made here."""
    return _made((_new_run((text, start, start + len(text), False)),), text)


def _made(runs: tuple[Run, ...], text: str) -> Traced:
    """Of runs and their text, where both are known."""
    out = Traced.__new__(Traced)
    out.runs = runs
    out.text = text
    return out


def _part(run: Run, i: int, j: int) -> Run:
    if i == 0 and j == len(run.text):
        return run
    return _new_run((run.text[i:j], run.start + i, run.start + j, False))


def concat(parts: Iterable[Traced]) -> Traced:
    """The parts, one after another.

    >>> concat([Traced.of("甲乙", 0, 1), Traced.of("甲乙", 1, 2)]).ranges
    [(0, 2)]
    """
    held = list(parts)
    return _made(tuple([r for p in held for r in p.runs]), "".join([p.text for p in held]))
