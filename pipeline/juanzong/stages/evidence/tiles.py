"""Passages and documents -> the maximal stretches that they share: seeds of a few characters, found in one scan of each
document and drawn out to both sides."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from itertools import compress
from typing import NamedTuple

SEED = 6  # characters; shorter seeds cost speed, longer ones lose headings
_OFTEN = 200  # times a seed is followed up in one document: commoner words prove nothing
_AGAIN = 8  # times a seed may stand in one passage
_TRIED = 4000  # seeds of one passage that are drawn out in one document
_SAME = 12  # places of one stretch of a passage that are kept, the first
_NEXT = 150  # characters of the document to a longer tile, within which more of its places are kept
_APART = 1 << 40  # more characters than a passage and a document have
_MOST = 300  # tiles of one passage in one document that are kept, the longest


class Tile(NamedTuple):
    """passage[q:q + n] == document[d:d + n]."""

    q: int
    d: int
    n: int


def find_tiles(
    passages: Sequence[str], documents: Sequence[str], seed: int = SEED
) -> dict[tuple[int, int], list[Tile]]:
    """{(passage, document): tiles in the order of the passage}; pairs that share no seed are left out.

    >>> find_tiles(["加快建设现代化体系"], ["坚持加快建设现代化产业"])
    {(0, 0): [Tile(q=0, d=2, n=7)]}
    """
    grams = _grams(passages, seed)
    size = 4 if seed > 4 else 2
    starts = {n for gram in grams for k in range(size // 2) for n in _numbers(gram[k : k + size], size)}
    out: dict[tuple[int, int], list[Tile]] = {}
    for b, text in enumerate(documents) if grams else ():
        hits = [i for i in _candidates(text, starts, size, seed) if text[i : i + seed] in grams]
        for p, tiles in _drawn_out(passages, text, hits, grams, seed).items():
            if len(tiles) > _MOST:
                tiles = sorted(tiles, key=lambda t: (-t.n, t.q, t.d))[:_MOST]
            out[p, b] = sorted(tiles)
    return out


def _numbers(text: str, size: int, start: int = 0) -> Sequence[int]:
    """The numbers that text[k:k + size] is in UTF-16, for each k that is a multiple of `size` (2 or 4) from `start` on;
    of an even number of them the last may be left out."""
    data = text[start:].encode("utf-16-le", "surrogatepass")
    return memoryview(data[: len(data) // (2 * size) * 2 * size]).cast("Q" if size == 4 else "I")


def _candidates(text: str, starts: Container[int], size: int, seed: int) -> Iterable[int]:
    """Where in the text a seed may begin, in order: where its first two characters stand; of a longer one, in one of any
    two neighbouring places where four characters of it do, of which every second is looked at. Numbers are looked up in
    the place of strings: a fourth of the time."""
    last = len(text) - seed
    if not text.isascii() and len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text):
        return range(last + 1)  # where characters have two units, places and units would not agree
    found: list[int] = []
    for start in (0, size // 2):
        places = range(start, len(text), size)
        found += compress(places, map(starts.__contains__, _numbers(text, size, start)))
    found.sort()
    if size == 2:
        return [i for i in found if i <= last]
    return [i for k in found for i in (k - 1, k) if 0 <= i <= last]


_Seeds = dict[str, list[tuple[int, int, int]]]  # (passage, place in it, key) by characters: key + i tells the diagonal


def _grams(passages: Sequence[str], seed: int) -> _Seeds:
    grams: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for p, passage in enumerate(passages):
        seen: defaultdict[str, int] = defaultdict(int)
        for q in range(len(passage) - seed + 1):
            gram = passage[q : q + seed]
            seen[gram] += 1
            if seen[gram] <= _AGAIN:
                grams[gram].append((p, q, p * _APART - q))
    return grams


def _drawn_out(
    passages: Sequence[str], text: str, hits: Sequence[int], grams: _Seeds, seed: int
) -> dict[int, list[Tile]]:
    ends: dict[int, int] = {}  # diagonal of a passage -> where its last tile ends in the document
    seen: defaultdict[str, int] = defaultdict(int)
    alike: defaultdict[tuple[int, int, int], int] = defaultdict(
        int
    )  # (passage, begin, size): of one stretch at many places
    found: defaultdict[int, list[Tile]] = defaultdict(list)
    more: defaultdict[int, list[Tile]] = defaultdict(list)  # at places of a stretch behind the first ones
    tried: defaultdict[int, int] = defaultdict(int)
    for i in hits:
        gram = text[i : i + seed]
        seen[gram] += 1
        if seen[gram] > _OFTEN:
            continue
        for p, q, key in grams[gram]:
            if ends.get(key + i, -1) > i or tried[p] > _TRIED:
                continue
            tried[p] += 1
            passage = passages[p]
            back, end = 0, q + seed
            if q and i and passage[q - 1] == text[i - 1]:
                back = _alike_back(passage, q, text, i)
            if passage[end : end + 1] == text[i + seed : i + seed + 1]:
                end += _alike_on(passage, end, text, i + seed)
            ends[key + i] = i - q + end
            stretch = (p, q - back, end - q + back)
            alike[stretch] += 1
            (found if alike[stretch] <= _SAME else more)[p].append(Tile(q - back, i - back, end - q + back))
    for p, tiles in more.items() if seed >= SEED else ():
        found[p] += _beside(found[p], tiles)
    return found


def _beside(kept: Sequence[Tile], others: Sequence[Tile]) -> Iterable[Tile]:
    """Those of the others that stand next to longer tiles which are kept."""
    places = sorted((o.d, o.n) for o in kept)
    for t in others:
        k = bisect_left(places, (t.d - _NEXT, 0))
        while k < len(places) and places[k][0] <= t.d + t.n + _NEXT:
            if places[k][1] > t.n:
                yield t
                break
            k += 1


def _alike_on(a: str, i: int, b: str, j: int) -> int:
    """How many characters a[i:] and b[j:] share at their beginnings."""
    top, n, step = min(len(a) - i, len(b) - j), 0, 1
    while n < top:
        step = min(step, top - n)
        if a[i + n : i + n + step] == b[j + n : j + n + step]:
            n, step = n + step, step * 2
        elif step == 1:
            return n
        else:
            step = max(step // 2, 1)
    return n


def _alike_back(a: str, i: int, b: str, j: int) -> int:
    """How many characters a[:i] and b[:j] share at their ends."""
    top, n, step = min(i, j), 0, 1
    while n < top:
        step = min(step, top - n)
        if a[i - n - step : i - n] == b[j - n - step : j - n]:
            n, step = n + step, step * 2
        elif step == 1:
            return n
        else:
            step = max(step // 2, 1)
    return n
