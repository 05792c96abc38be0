"""A passage against one document: pieces, differences, frame, what is unsupported, and the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex as re

from juanzong.core.terms import QuotationVerdict
from juanzong.language.quoting import QUOTING_VERBS
from juanzong.stages.evidence.align import Op, align, align_head, align_tail, head_costs, reach, tail_costs
from juanzong.stages.evidence.cover import GAP, Piece, find_pieces
from juanzong.stages.evidence.differences import Difference, settle, weight
from juanzong.stages.evidence.folded import Folded
from juanzong.stages.evidence.tiles import Tile

ENOUGH = 0.35  # of a passage: below, nothing was quoted
FRAME = 20  # characters of the quoter's own words
_REACH = 24  # characters beyond a piece in which misreadings are bridged
_STOPS = "。;!?.:,、"
# 《规划》指出，  《某市规划》中明确提出：“  《计划》这样写：“
_FRAME = re.compile(
    rf"(?:《[^《》]*(?:《[^《》]*》[^《》]*)*》[^,。;《》]{{0,16}}|[^,。;:《》]{{0,16}})(?:{QUOTING_VERBS})(?:[,:]\"?|\")|《[^《》]*》[^,。;:《》]{{0,16}}:\"|\""
)
_LEFT_OUT = re.compile(r"[,、]?[(\[]?(?:…{1,2}|\.{3,}|[中下]?略)[)\]]?[,、]?")  # ……, between two pieces
_DOTS = re.compile(r"[,、]?(?:…{1,2}|\.{3,})[,。;]?")  # ... and before the first, or behind the last


@dataclass
class Stretch:
    """passage[q0:q1] stands at document[d0:d1]; a frame or what stands nowhere has no place (d0 == d1)."""

    relation: str
    q0: int
    q1: int
    d0: int = 0
    d1: int = 0
    differences: list[Difference] = field(default_factory=list)


@dataclass
class Judged:
    """How a passage stands in a document: its stretches in order, and the verdict."""

    verdict: QuotationVerdict
    stretches: list[Stretch]
    coverage: float
    differing: int
    changed_order: bool = False

    @property
    def held(self) -> list[Stretch]:
        """What stands in the document."""
        return [s for s in self.stretches if s.relation not in ("frame", "not found")]


def frame_of(passage: str) -> int:
    """How many characters of the passage are the quoter's own words before it begins."""
    m = _FRAME.match(passage)
    if not m or m.end() >= len(passage):
        return 0
    end = m.end()
    if passage[end - 1] == '"' and '"' in passage[end:-1]:  # “十四五”时期…: the mark opens a word, not the passage
        end -= 1
    return end if end <= FRAME or passage.startswith("《") else 0


def judge(passage: str, body: Folded, tiles: Sequence[Tile]) -> Judged:
    """What of the folded passage stands in the document, where, and how it differs; `tiles` are theirs."""
    text = body.text
    head = frame_of(passage)
    end = len(passage) - (passage.endswith('"') and passage.count('"') % 2 == 1 and len(passage) > head + 1)
    pieces = _pieces(passage, text, tiles, head, end)
    own = False
    if head and passage[0] not in '《"':  # 违反前款规定，: the passage's own words, where the document has them too
        whole = _pieces(passage, text, tiles, 0, end)
        own = _holds_head(passage, body, whole, head)
        head, pieces = (0, whole) if own else (head, pieces)
    pieces = _parted(passage, text, pieces)
    frames = [Stretch("frame", 0, head)] if head else []
    nothing = Judged("not found", [*frames, Stretch("not found", head, len(passage))], 0.0, 0)
    if not pieces:
        return nothing
    stretches = _stretches(passage, body, pieces, head, end, own=own)
    held = [s for s in stretches if s.relation not in ("frame", "not found")]
    framed = sum(s.q1 - s.q0 for s in stretches if s.relation == "frame") + len(passage) - end
    length = max(len(passage) - framed, 1)
    coverage = sum(s.q1 - s.q0 for s in held) / length
    differing = sum(weight(s.differences) for s in held)
    lost = any(s.relation == "not found" for s in stretches)
    places = [s.d0 for s in held]
    if len(held) == 1 and not lost:
        verdict: QuotationVerdict = "near" if held[0].differences else "verbatim"
    elif coverage >= ENOUGH:
        verdict = "composed"
    else:
        return nothing
    return Judged(verdict, stretches, min(coverage, 1.0), differing, places != sorted(places))


def _pieces(passage: str, text: str, tiles: Sequence[Tile], head: int, end: int) -> list[Piece]:
    """The pieces of passage[head:end]."""
    found = find_pieces(passage[head:end], text, _inside(tiles, head, end))
    return [Piece(tuple(Tile(t.q + head, t.d, t.n) for t in p.tiles)) for p in found]


def _parted(passage: str, text: str, pieces: list[Piece]) -> list[Piece]:
    """Pieces that meet, with the words that could belong to either cut at a stop where there is one."""
    out = list(pieces)
    for k in range(1, len(out)):
        left, right = out[k - 1].tiles, out[k].tiles
        last, first = left[-1], right[0]
        if last.q + last.n != first.q:
            continue
        most = min(last.n - 1, first.d)
        back = next((n for n in range(most) if passage[first.q - n - 1] != text[first.d - n - 1]), most)
        stops = [n for n in range(back + 1) if passage[first.q - n - 1] in _STOPS]
        n = min(stops, key=lambda n: (_STOPS.index(passage[first.q - n - 1]) > 5, n), default=0)
        out[k - 1] = Piece((*left[:-1], Tile(last.q, last.d, last.n - n)))
        out[k] = Piece((Tile(first.q - n, first.d - n, first.n + n), *right[1:]))
    return out


def _inside(tiles: Sequence[Tile], head: int, end: int) -> list[Tile]:
    """The tiles of passage[head:end], counted from its beginning."""
    out = []
    for q, d, n in tiles:
        cut = max(head - q, 0)
        size = min(q + n, end) - q - cut
        if size > 0:
            out.append(Tile(q + cut - head, d + cut, size))
    return out


def _holds_head(passage: str, body: Folded, pieces: Sequence[Piece], head: int) -> bool:
    """Whether the document has the words passage[:head], half of them at least, before what follows them."""
    if not pieces:
        return False
    q, d = pieces[0].q[0], pieces[0].d[0]
    return 2 * q < head or (q <= head and 2 * align_head(passage[:q], _before(body, d, q + GAP))[0] <= head)


def _stretches(passage: str, body: Folded, pieces: list[Piece], head: int, end: int, *, own: bool) -> list[Stretch]:
    """The whole passage, in order: frames, pieces with their edges settled, and what is in none. `own`: it begins with
    no frame."""
    text = body.text
    out = [Stretch("frame", 0, head)] if head else []
    spans = [Stretch("near", *p.q, *p.d) for p in pieces]
    edits = [_edits(passage, text, p) for p in pieces]
    _settle_edge(passage, body, None, (spans[0], edits[0]), head, out, own=own)
    for k, span in enumerate(spans):
        out.append(span)
        after = (spans[k + 1], edits[k + 1]) if k + 1 < len(spans) else None
        _settle_edge(passage, body, (span, edits[k]), after, end, out)
    for span, ops in zip(spans, edits, strict=True):
        span.differences = settle(passage, text, sorted(ops))
        span.relation = "near" if span.differences else "verbatim"
    return out


def _edits(passage: str, text: str, piece: Piece) -> list[Op]:
    ops: list[Op] = []
    for a, b in zip(piece.tiles, piece.tiles[1:], strict=False):
        i, k = a.q + a.n, a.d + a.n
        ops += _moved(align(passage[i : b.q], text[k : b.d]), i, k)
    return ops


def _moved(ops: Sequence[Op], i: int, k: int) -> list[Op]:
    return [Op(o.i + i, o.j + i, o.k + k, o.m + k) for o in ops]


_Side = tuple[Stretch, list[Op]]


def _settle_edge(
    passage: str,
    body: Folded,
    left: _Side | None,
    right: _Side | None,
    bound: int,
    out: list[Stretch],
    *,
    own: bool = False,
) -> None:
    """What lies between two pieces (or a piece and the passage's end `bound`): drawn to them as far as it is alike; the
    rest is a frame, unsupported, or, where it is short, added."""
    text = body.text
    a = left[0].q1 if left else bound
    b = right[0].q0 if right else bound
    if a >= b:
        return
    framed = not own and _FRAME.fullmatch(passage[a:b])
    if framed and (b - a <= FRAME or passage[a] == "《"):
        out.append(Stretch("frame", a, b))
        return
    if (_LEFT_OUT if left and right else _DOTS).fullmatch(passage[a:b]):
        out.append(Stretch("frame", a, b))
        return
    if b - a > GAP:
        if left:
            a = _reach_on(passage, text, left, b)
        if right and a < b:
            b = _reach_back(passage, text, right, a)
    if b - a > GAP:
        out.append(Stretch("not found", a, b))
    elif a < b:
        _share(passage, body, left, right, a, b)


def _reach_on(passage: str, text: str, side: _Side, b: int) -> int:
    span, ops = side
    i, j = reach(passage[span.q1 : min(b, span.q1 + _REACH)], text[span.d1 : span.d1 + _REACH + GAP])
    ops += _moved(align(passage[span.q1 : span.q1 + i], text[span.d1 : span.d1 + j]), span.q1, span.d1)
    span.q1, span.d1 = span.q1 + i, span.d1 + j
    return span.q1


def _reach_back(passage: str, text: str, side: _Side, a: int) -> int:
    span, ops = side
    i, j = reach(
        passage[max(a, span.q0 - _REACH) : span.q0][::-1], text[max(span.d0 - _REACH - GAP, 0) : span.d0][::-1]
    )
    ops += _moved(align(passage[span.q0 - i : span.q0], text[span.d0 - j : span.d0]), span.q0 - i, span.d0 - j)
    span.q0, span.d0 = span.q0 - i, span.d0 - j
    return span.q0


def _share(passage: str, body: Folded, left: _Side | None, right: _Side | None, a: int, b: int) -> None:
    """passage[a:b] is short: it goes to the piece before or behind, cut where it differs least."""
    behind = _behind(body, left[0].d1, b - a + GAP) if left else ""
    before = _before(body, right[0].d0, b - a + GAP) if right else ""
    cut = b if left else a
    if left and right:
        tail, head = tail_costs(passage[a:b], behind), head_costs(passage[a:b], before)
        cut = min(range(a, b + 1), key=lambda cut: (tail[cut - a] + head[b - cut], -cut))
    if left and cut > a:
        span, ops = left
        _, used, more = align_tail(passage[a:cut], behind)
        ops += _moved(more, a, span.d1)
        span.q1, span.d1 = cut, span.d1 + used
    if right and cut < b:
        span, ops = right
        _, used, more = align_head(passage[cut:b], before)
        ops += _moved(more, cut, span.d0 - len(before))
        span.q0, span.d0 = cut, span.d0 - used


def _behind(body: Folded, d: int, most: int) -> str:
    """What follows in the string that the character before d stands in."""
    return body.text[d : min(d + most, body.end_of(d - 1))]


def _before(body: Folded, d: int, most: int) -> str:
    """What stands ahead of d in the same string."""
    return body.text[max(d - most, body.starts[body.string_at(d)]) : d]
