"""The tiles of a passage in one document -> the pieces that the passage is made of: of two ways to read it the one with
fewer differing characters holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from juanzong.stages.evidence.align import distance
from juanzong.stages.evidence.tiles import Tile

GAP = 12  # characters on either side that a piece may bridge (FORMAT-EVIDENCE)
RUN = 12  # equal characters that a piece must hold
SHORT = 30  # characters of a passage up to which ...
SHORT_RUN = 6  # ... so many are enough, as near a longer piece
NEAR = 150  # characters of the document to a longer piece
_ENDS = "。;"
_SENTENCE = 1 / 3  # of a sentence
_JUMP = 4.0  # what it costs to leave something out ...
_FAR = 4.5  # ... to go to a far place, or back: of several places of the same words the nearest one holds ...
_SLIP = 1e-6  # more than sums of such costs may differ by when they are made in another order
_LEAP = 7.0  # ... and to go for a few words to another place: common ones stand everywhere


class Piece(NamedTuple):
    """Tiles in one stretch of the document, in order, parted by gaps of at most GAP characters."""

    tiles: tuple[Tile, ...]

    @property
    def q(self) -> tuple[int, int]:
        return self.tiles[0].q, self.tiles[-1].q + self.tiles[-1].n

    @property
    def d(self) -> tuple[int, int]:
        return self.tiles[0].d, self.tiles[-1].d + self.tiles[-1].n

    @property
    def run(self) -> int:
        return max(t.n for t in self.tiles)


def find_pieces(passage: str, text: str, tiles: Sequence[Tile]) -> list[Piece]:
    """The pieces in the order of the passage; those too short to prove anything are left out."""
    tiles = _worth(passage, tiles)
    if not tiles:
        return []
    pieces = _cut(_chain(passage, text, tiles))
    need = SHORT_RUN if len(passage) <= SHORT else RUN
    long = [p for p in pieces if p.run >= need]
    near = [
        p for p in pieces if p.run >= SHORT_RUN and any(_apart(p.d, o.d) <= NEAR and _size(o) > _size(p) for o in long)
    ]
    held = [p for p in pieces if p in long or p in near]
    return [p for p in held if p in long or _carries(passage, p, held)]


def _carries(passage: str, piece: Piece, others: Sequence[Piece]) -> bool:
    """Whether the sentence that a short piece stands in is held for a third: words that all texts of the kind have
    (人民政府应当) stand in a sentence that is not the document's."""
    begin = max(passage.rfind(c, 0, piece.q[0]) for c in _ENDS) + 1
    ends = [k for c in _ENDS if (k := passage.find(c, max(piece.q[1] - 1, begin))) >= 0]
    end = min(ends, default=len(passage) - 1) + 1
    held = sum(max(min(o.q[1], end) - max(o.q[0], begin), 0) for o in others)
    return held >= (end - begin) * _SENTENCE


def _size(p: Piece) -> int:
    return p.q[1] - p.q[0]


def _apart(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(a[0] - b[1], b[0] - a[1], 0)


def _worth(passage: str, tiles: Sequence[Tile]) -> list[Tile]:
    """Without the short tiles that stand far from every long one."""
    if len(passage) <= SHORT:
        return list(tiles)
    long = [(t.d - NEAR - len(passage), t.d + t.n + NEAR + len(passage)) for t in tiles if t.n >= RUN]
    return [t for t in tiles if t.n >= RUN or any(a <= t.d <= b for a, b in long)]


def _link(passage: str, text: str, a: Tile, b: Tile, most: float) -> tuple[float, int, bool] | None:
    """(cost, characters to cut off b's head, whether both are one piece) of going on from a to b; None where that cannot
    be, or costs more than `most`."""
    over = max(0, a.q + a.n - b.q)
    trim = over
    if b.d > a.d:
        trim = max(over, min(a.d + a.n - b.d, b.n))
    gap_q, gap_d = b.q + trim - a.q - a.n, b.d + trim - a.d - a.n
    if trim < b.n and 0 <= gap_q <= GAP and 0 <= gap_d <= GAP and b.d + b.n > a.d + a.n:
        cost = gap_q + _JUMP - 0.1
        if min(abs(gap_q - gap_d), cost) > most:
            return None
        i, j = a.q + a.n, a.d + a.n
        return min(distance(passage[i : i + gap_q], text[j : j + gap_d]), cost), trim, True
    if over >= b.n:
        return None
    onward = 0 <= gap_d <= NEAR
    jump = _JUMP + (_FAR - _JUMP) * gap_d / NEAR if onward else _FAR if min(a.n, b.n) >= RUN else _LEAP
    return b.q + over - a.q - a.n + jump, over, False


def _chain(passage: str, text: str, tiles: list[Tile]) -> list[tuple[Tile, bool]]:
    """The cheapest way through the passage: [(tile, whether it goes on with the piece before)]."""
    tiles = sorted(tiles)
    best: list[tuple[float, int, Tile, int, bool]] = []  # (cost so far, jumps, tile as cut, tile before, same piece)
    for t in tiles:
        mine = (float(t.q), 0, t, -1, False)
        for k, (cost, jumps, before, _, _) in enumerate(best):
            if before.q + before.n >= t.q + t.n or before.q >= t.q + t.n:
                continue
            link = _link(passage, text, before, t, mine[0] - cost + _SLIP)
            if link is None:
                continue
            more, trim, same = link
            key = (cost + more, jumps + (not same))
            if key < mine[:2]:
                mine = (*key, Tile(t.q + trim, t.d + trim, t.n - trim), k, same)
        best.append(mine)
    k = min(range(len(best)), key=lambda k: (best[k][0] + len(passage) - best[k][2].q - best[k][2].n, best[k][1], k))
    out: list[tuple[Tile, bool]] = []
    while k >= 0:
        _, _, tile, before_k, same = best[k]
        out.append((tile, same))
        k = before_k
    return out[::-1]


def _cut(chain: list[tuple[Tile, bool]]) -> list[Piece]:
    pieces: list[list[Tile]] = []
    for tile, same in chain:
        if same:
            pieces[-1].append(tile)
        else:
            pieces.append([tile])
    return [Piece(tuple(p)) for p in pieces]
