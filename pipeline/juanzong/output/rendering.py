"""Source ranges and the applied edits inside them -> the string they stand for."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from juanzong.core.traced import Run, Traced
from juanzong.model.edit import Edit

APPLIED = ("applied", "accepted")
Ranges = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a rendered string. An insert at the edge of a range may belong to this string or to its neighbour."""

    text: str
    insert: str | None = None  # id of the insert edit it comes from
    optional: bool = False
    source: tuple[int, int] = (0, 0)
    edited: bool = True  # else it is the source's own text


class Edits:
    """The applied edits of one source text, found by offset."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        applied = sorted((e for e in edits if e.status in APPLIED), key=lambda e: e.source)
        self.inserts = [e for e in applied if e.kind == "insert"]
        self._spans = [e for e in applied if e.kind != "insert" and e.source[0] < e.source[1]]
        self._span_starts = [e.source[0] for e in self._spans]
        self._inserts_at: dict[int, list[Edit]] = {}
        for e in self.inserts:
            self._inserts_at.setdefault(e.source[0], []).append(e)
        self._places = sorted(self._inserts_at)
        drops = [e.source for e in self._spans if e.kind in ("drop", "merge")]
        self._drop_end = dict(drops)
        self._drop_start = {b: a for a, b in drops}

    def inserts_at(self, place: int) -> list[Edit]:
        return self._inserts_at.get(place, [])

    def places_inside(self, start: int, end: int) -> list[int]:
        """Offsets of inserts between `start` and `end`, neither included."""
        return self._places[bisect.bisect_right(self._places, start) : bisect.bisect_left(self._places, end)]

    def spans_within(self, start: int, end: int) -> list[Edit]:
        """Edits other than inserts that lie whole in [start, end)."""
        found = self._spans[bisect.bisect_left(self._span_starts, start) : bisect.bisect_left(self._span_starts, end)]
        return [e for e in found if e.source[1] <= end]

    def places_before(self, start: int) -> list[int]:
        """`start`, and the offsets that only dropped text keeps from it, in the order of the source."""
        places = [start]
        while places[-1] in self._drop_start:
            places.append(self._drop_start[places[-1]])
        return places[::-1]

    def places_after(self, end: int) -> list[int]:
        """`end`, and the offsets that only dropped text keeps from it."""
        places = [end]
        while places[-1] in self._drop_end:
            places.append(self._drop_end[places[-1]])
        return places


def render(text: str, ranges: Ranges, edits: Edits) -> list[Piece]:
    """The pieces that `ranges` of the source `text` stand for, in the order of the string.

    A replace gives its `after`, a drop or merge nothing, a join nothing for the blanks it bridges. Inserts inside a
    range are given always, inserts at its edges as pieces that may be left out.
    """
    out: list[Piece] = []
    offered: set[str] = set()

    def offer(place: int, optional: bool) -> None:
        group = [e for e in edits.inserts_at(place) if e.id not in offered]
        offered.update(e.id for e in group)
        # Which of several inserts at one place came first is not told: each may stand before each.
        out.extend(Piece(e.after, e.id, optional or len(group) > 1, (place, place)) for _ in group for e in group)

    def verbatim(at: int, to: int, start: int, end: int) -> None:
        for place in edits.places_inside(max(at - 1, start), min(to + 1, end)):
            if place > at:
                out.append(Piece(text[at:place], source=(at, place), edited=False))
            offer(place, optional=False)
            at = place
        if to > at:
            out.append(Piece(text[at:to], source=(at, to), edited=False))

    for start, end in ranges:
        for place in edits.places_before(start):
            offer(place, optional=True)
        at = start
        for e in edits.spans_within(start, end):
            a, b = e.source
            if a < at or (e.kind == "join" and text[a:b].strip()):
                continue
            verbatim(at, a, start, end)
            if e.kind == "replace":
                out.append(Piece(e.after, source=e.source))
            at = b
        verbatim(at, end, start, end)
        for place in edits.places_after(end):
            offer(place, optional=True)
    return out


def fit(value: str, pieces: Sequence[Piece]) -> list[str] | None:
    """The ids of the inserts with which `pieces` spell `value`; None where they do not.

    >>> fit("第一章总则", [Piece("第一章"), Piece(" ", "e1", True), Piece("总则")])
    []
    """
    reached: dict[int, list[str]] = {0: []}
    for piece in pieces:
        further: dict[int, list[str]] = {}
        for at, used in reached.items():
            if piece.optional:
                further.setdefault(at, used)
            if value.startswith(piece.text, at):
                more = used if piece.insert is None else [*used, piece.insert]
                further.setdefault(at + len(piece.text), more)
        reached = further
    return reached.get(len(value))


def traced(pieces: Iterable[Piece], inserted: Sequence[str] = ()) -> Traced:
    """The string again, with where each part of it came from. Of pieces that may be left out those that were `inserted`."""
    kept = (p for p in pieces if p.insert is None or p.insert in inserted)
    return Traced(Run(p.text, *p.source, p.edited) for p in kept if p.text)


def spelled(pieces: Iterable[Piece]) -> str:
    """The pieces that may not be left out, as one string."""
    return "".join(p.text for p in pieces if not p.optional)
