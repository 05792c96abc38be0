"""Strings and source cut where edits begin and end: what both panes draw."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from juanzong.model.edit import Edit

Ranges = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a drawn text. `text` is empty where something went or might come; `edits` are ids, outermost first."""

    text: str
    start: int  # source offsets
    end: int
    edits: tuple[str, ...] = ()


class EditIndex:
    """Edits by source offset. Made: applied or accepted changes. Open: everything else, joins apart."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self.all = sorted(edits, key=lambda e: (e.source[0], -e.source[1]))
        self.made = [e for e in self.all if e.kind != "join" and e.status in ("applied", "accepted")]
        self.joins = [e for e in self.all if e.kind == "join"]
        self.open = [e for e in self.all if e.kind != "join" and e.status not in ("applied", "accepted")]
        self._tables = {
            id(group): ([e.source[0] for e in group], list(accumulate((e.source[1] for e in group), max)))
            for group in (self.made, self.joins, self.open)
        }

    def touching(self, group: list[Edit], a: int, b: int) -> list[Edit]:
        """The edits of a group that share a character with [a, b), or stand empty in it, its ends included."""
        starts, reach = self._tables[id(group)]
        k, found = bisect_right(starts, b) - 1, []
        while k >= 0 and reach[k] >= a:
            s, e = group[k].source
            if (s < b and e > a) or (s == e and a <= s <= b):
                found.append(group[k])
            k -= 1
        return found[::-1]

    def starting(self, group: list[Edit], a: int, b: int) -> list[Edit]:
        """The edits of a group that begin in [a, b)."""
        starts = self._tables[id(group)][0]
        return group[bisect_left(starts, a) : bisect_left(starts, b)]


def pieces_of_string(source: str, ranges: Ranges, value: str, index: EditIndex) -> list[Piece]:
    """The string `value` with its edits; without them where source and edits do not explain it (an ISO date)."""
    out: list[Piece] = []
    for n, (a, b) in enumerate(ranges):
        if n and ranges[n - 1][1] <= a:
            out += _between(index, ranges[n - 1][1], a)
        at = a
        for e in index.touching(index.made, a, b):
            s, t = e.source
            if s < at or t > b or (s == t and s in (a, b) and not _belongs(e, out, value)):
                continue
            out += _verbatim(source, at, s, index)
            out.append(Piece(e.after, s, t, (e.id,)))
            at = t
        out += _verbatim(source, at, b, index)
    return _fitted(out, value)


def _belongs(e: Edit, before: Sequence[Piece], value: str) -> bool:
    """Whether an insert at the edge of a range is this string's and not its neighbour's."""
    at = sum(len(p.text) for p in before)
    return value.startswith(e.after, at) or (at == 0 and value.startswith(e.after)) or value.endswith(e.after)


def _between(index: EditIndex, a: int, b: int) -> list[Piece]:
    """What was thrown away or joined between two pieces of one string: only what lies between them whole."""
    gone = [e for e in index.touching(index.made, a, b) if a <= e.source[0] and e.source[1] <= b and not e.after]
    gone += [e for e in index.starting(index.joins, a, a + 1) if e.source[1] <= b]
    return [Piece("", e.source[0], e.source[1], (e.id,)) for e in gone[:3]]


def _verbatim(source: str, a: int, b: int, index: EditIndex) -> list[Piece]:
    """source[a:b] with what is proposed in it, and where pieces were joined."""
    return _cut(source, a, b, index.touching(index.open, a, b), index.starting(index.joins, a, b)) if a < b else []


def pieces_of_source(source: str, a: int, b: int, index: EditIndex) -> list[Piece]:
    """source[a:b] with all edits that touch it; a join is marked where its first piece ends."""
    joins = index.starting(index.joins, a, b)
    return _cut(source, a, b, index.touching(index.made, a, b) + index.touching(index.open, a, b), joins)


def _cut(source: str, a: int, b: int, edits: Sequence[Edit], joins: Sequence[Edit] = ()) -> list[Piece]:
    if not edits and not joins:
        return [Piece(source[a:b], a, b)]
    points = [e for e in edits if e.source[0] == e.source[1] and a <= e.source[0] < max(b, a + 1)] + list(joins)
    spans = [e for e in edits if e.source[0] < e.source[1]]
    cuts = sorted({a, b, *(max(a, min(b, x)) for e in spans for x in e.source), *(e.source[0] for e in points)})
    out: list[Piece] = []
    for lo, hi in zip(cuts, [*cuts[1:], cuts[-1]], strict=True):
        out += [Piece("", e.source[0], e.source[1], (e.id,)) for e in points if e.source[0] == lo]
        if lo < hi:
            out.append(
                Piece(source[lo:hi], lo, hi, tuple(e.id for e in spans if e.source[0] <= lo and hi <= e.source[1]))
            )
    return out


def _fitted(pieces: list[Piece], value: str) -> list[Piece]:
    """The pieces cut to `value`: blanks may have gone between and around them; else the value alone."""
    if "".join(p.text for p in pieces) == value:
        return pieces
    out: list[Piece] = []
    at = 0
    for p in pieces:
        kept = []
        for ch in p.text:
            if at < len(value) and value[at] == ch:
                kept.append(ch)
                at += 1
            elif not ch.isspace():
                return [Piece(value, -1, -1)]
        out.append(Piece("".join(kept), p.start, p.end, p.edits))
    return out if at == len(value) else [Piece(value, -1, -1)]
