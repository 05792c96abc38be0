"""A passage in other words: many short runs of one place of a document, or the items of an enumeration in its order; and
the place that a stretch reads most like."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

import regex as re

from juanzong.stages.evidence.tiles import Tile, find_tiles

ENOUGH = 0.35  # of the passage
RUN = 4  # characters of a run that counts
_ALIKE = 3  # characters of a run that makes a place worth a look
_NEAREST = 0.3  # similarity below which a place is like another only by chance
_ITEMS = 0.8  # of an enumeration's items
_SECTION = 3000  # characters in which the items of an enumeration stand: a section's or a box's
_WIDE = 2.5  # times the passage's length: how far the runs may lie apart
Hit = tuple[float, int, int]  # how much, begin and end in the document


def find_paraphrases(passages: Sequence[str], text: str) -> list[Hit | None]:
    """For each passage (share of it in runs, begin and end in the document) of the place whose words it uses most; None
    where it uses too few.

    >>> find_paraphrases(["推进职业教育改革和健全办学体系"], "要健全办学体系,大力推进职业教育改革")
    [(0.9333333333333333, 1, 18)]
    """
    tiles = find_tiles(passages, [text], RUN)
    return [_paraphrase(p, text, tiles.get((k, 0), [])) for k, p in enumerate(passages)]


def find_nearest(stretches: Sequence[str], text: str) -> list[Hit | None]:
    """For each stretch (similarity, begin and end in the document) of the place that reads most like it; None where
    nothing does. The similarity is twice the characters in common by those of both.

    >>> find_nearest(["落实全过程可追溯管理"], "建立制度,落实可追溯的管理要求")
    [(0.6667, 5, 10)]
    """
    tiles = find_tiles(stretches, [text], _ALIKE)
    return [_nearest(s, text, tiles.get((k, 0), [])) for k, s in enumerate(stretches)]


def _nearest(stretch: str, text: str, tiles: Sequence[Tile]) -> Hit | None:
    place = _densest(stretch, tiles, len(stretch) + 20)
    if place is None:
        return None
    first = next(t for t in tiles if t.d == place[1])
    low = max(first.d - first.q, 0)
    around = text[low : max(place[2], first.d - first.q + len(stretch))]
    alike = SequenceMatcher(None, stretch, around, autojunk=False)
    blocks = [b for b in alike.get_matching_blocks() if b.size > 1]  # one character is alike by chance
    begin, end = low + blocks[0].b, low + blocks[-1].b + blocks[-1].size
    similarity = SequenceMatcher(None, stretch, text[begin:end], autojunk=False).ratio()
    return (round(similarity, 4), begin, end) if similarity >= _NEAREST else None


def _paraphrase(passage: str, text: str, tiles: Sequence[Tile]) -> Hit | None:
    if len(passage) < 2 * RUN or not tiles:
        return None
    best = _densest(passage, tiles, int(_WIDE * len(passage)) + 40)
    return best if best is not None and best[0] >= ENOUGH else _enumeration(passage, text)


def _densest(passage: str, tiles: Sequence[Tile], wide: int) -> Hit | None:
    """The place of at most so many characters whose runs cover most of the passage, the first of those."""
    best: Hit | None = None
    held: list[Tile] = []
    by_place = sorted(tiles, key=lambda t: t.d)
    for k, first in enumerate(by_place):
        if best is not None and first.d + first.n <= best[2]:
            continue
        near = []
        for t in by_place[k:]:
            if t.d + t.n > first.d + wide:
                break
            near.append(t)
        share = _share(passage, near)
        if near and (best is None or share > best[0]):
            best = (share, first.d, max(t.d + t.n for t in near))
            held = near
    return None if best is None else (best[0], *_tight(passage, held, best[0]))


def _share(passage: str, tiles: Sequence[Tile]) -> float:
    covered = bytearray(len(passage))
    for t in tiles:
        covered[t.q : t.q + t.n] = b"\1" * t.n
    return sum(covered) / len(passage)


def _tight(passage: str, tiles: Sequence[Tile], share: float) -> tuple[int, int]:
    """The place of the tiles, in the order of the document, without those at its edges that cover nothing more."""
    held = list(tiles)
    for edge in (0, -1):
        while len(held) > 1 and _share(passage, [t for t in held if t is not held[edge]]) >= share:
            del held[edge]
    return held[0].d, max(t.d + t.n for t in held)


def _enumeration(passage: str, text: str) -> Hit | None:
    """The items that commas part, if most of them stand in the document in order and close together. Words before the
    first item and behind the last (打造…, 等十大集群) are the quoter's."""
    items = [i for i in re.split(r"[、,;和]", passage.rstrip(".。")) if len(i) >= 2]
    if len(items) < 4:
        return None
    items[-1] = re.split(r"等(?=[\d一二三四五六七八九十])", items[-1])[0]
    need = -(-_ITEMS * len(items) // 1)
    for k in range(1, len(items) - int(need) + 2):
        first = items[k - 1] if k > 1 else _tail_in(items[0], text)
        at = text.find(first) if first else -1
        while at >= 0:
            end, found = at + len(first), 1
            for item in items[k:]:
                next_at = text.find(item, end, at + _SECTION) if item else -1
                if next_at >= 0:
                    found, end = found + 1, next_at + len(item)
            if found >= need:
                return found / len(items), at, end
            at = text.find(first, at + 1)
    return None


def _tail_in(item: str, text: str) -> str:
    """The longest end of an item that stands in the document, two characters or more."""
    return next((item[k:] for k in range(len(item) - 1) if item[k:] in text), "")
