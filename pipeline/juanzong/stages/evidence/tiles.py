"""Passages and documents -> the maximal stretches that they share: seeds of a few characters, found in one scan of each
document and drawn out to both sides."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

SEED = 6  # characters; shorter seeds cost speed, longer ones lose headings
_OFTEN = 200  # times a seed is followed up in one document: commoner words prove nothing
_AGAIN = 8  # times a seed may stand in one passage
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
    out: dict[tuple[int, int], list[Tile]] = {}
    for b, text in enumerate(documents) if grams else ():
        hits = [i for i in range(len(text) - seed + 1) if text[i : i + seed] in grams]
        for p, tiles in _drawn_out(passages, text, hits, grams, seed).items():
            if len(tiles) > _MOST:
                tiles = sorted(tiles, key=lambda t: (-t.n, t.q, t.d))[:_MOST]
            out[p, b] = sorted(tiles)
    return out


def _grams(passages: Sequence[str], seed: int) -> dict[str, list[tuple[int, int]]]:
    grams: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for p, passage in enumerate(passages):
        seen: Counter[str] = Counter()
        for q in range(len(passage) - seed + 1):
            gram = passage[q : q + seed]
            seen[gram] += 1
            if seen[gram] <= _AGAIN:
                grams[gram].append((p, q))
    return grams


def _drawn_out(
    passages: Sequence[str], text: str, hits: Sequence[int], grams: dict[str, list[tuple[int, int]]], seed: int
) -> dict[int, list[Tile]]:
    ends: dict[tuple[int, int], int] = {}  # (passage, diagonal) -> where its last tile ends in the document
    seen: Counter[str] = Counter()
    found: defaultdict[int, list[Tile]] = defaultdict(list)
    for i in hits:
        gram = text[i : i + seed]
        seen[gram] += 1
        if seen[gram] > _OFTEN:
            continue
        for p, q in grams[gram]:
            key = (p, i - q)
            if ends.get(key, -1) > i:
                continue
            passage = passages[p]
            back = 0
            while back < min(q, i) and passage[q - back - 1] == text[i - back - 1]:
                back += 1
            end, top = q + seed, min(len(passage), len(text) - i + q)
            while end < top and passage[end] == text[i - q + end]:
                end += 1
            ends[key] = i - q + end
            found[p].append(Tile(q - back, i - back, end - q + back))
    return found
