"""Source ranges and the applied edits inside them -> the string they stand for."""
from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model.edit import Edit

APPLIED = ("applied", "accepted")
Ranges = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a rendered string. An insert at the edge of a range may belong to this string or to its neighbour."""

    text: str
    insert: str | None = None         # id of the insert edit it comes from
    optional: bool = False


class Edits:
    """The applied edits of one source text, found by offset."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        applied = sorted((e for e in edits if e.status in APPLIED), key=lambda e: e.source)
        self.inserts = [e for e in applied if e.kind == "insert"]
        self.spans = [e for e in applied if e.kind != "insert" and e.source[0] < e.source[1]]
        self._insert_starts = [e.source[0] for e in self.inserts]
        self._span_starts = [e.source[0] for e in self.spans]

    def inserts_within(self, start: int, end: int) -> list[Edit]:
        """Inserts at offsets from `start` to `end`, both included."""
        starts = self._insert_starts
        return self.inserts[bisect.bisect_left(starts, start):bisect.bisect_right(starts, end)]

    def spans_within(self, start: int, end: int) -> list[Edit]:
        """Other edits that lie whole in [start, end)."""
        found = self.spans[bisect.bisect_left(self._span_starts, start):bisect.bisect_left(self._span_starts, end)]
        return [e for e in found if e.source[1] <= end]


def render(text: str, ranges: Ranges, edits: Edits) -> list[Piece]:
    """The pieces that `ranges` of the source `text` stand for, in the order of the string.

    A replace gives its `after`, a drop or merge nothing, a join nothing for the blanks it bridges. Inserts inside a
    range are given always, inserts at its edges as pieces that may be left out.
    """
    out: list[Piece] = []
    previous = -1
    for start, end in ranges:
        at = start
        inserts = {e.id: e for e in edits.inserts_within(start, end)}
        for e in edits.spans_within(start, end):
            a, b = e.source
            if a < at or (e.kind == "join" and text[a:b].strip()):
                continue
            out += _verbatim(text, at, a, start, end, inserts, previous)
            if e.kind == "replace":
                out.append(Piece(e.after))
            at = b
        out += _verbatim(text, at, end, start, end, inserts, previous)
        out += [Piece(e.after, i, True) for i, e in inserts.items() if e.source[0] == end]
        previous = end
    return out


def _verbatim(text: str, at: int, to: int, start: int, end: int, inserts: dict[str, Edit],
              previous: int) -> list[Piece]:
    """text[at:to] with the inserts that stand in it; each is taken from `inserts`."""
    out: list[Piece] = []
    for i, e in list(inserts.items()):
        place = e.source[0]
        if at <= place <= to and place < end:
            if text[at:place]:
                out.append(Piece(text[at:place]))
            # The one between touching ranges has been offered at the end of the first.
            if place != previous:
                out.append(Piece(e.after, i, place == start))
            at = place
            del inserts[i]
    if text[at:to]:
        out.append(Piece(text[at:to]))
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


def spelled(pieces: Iterable[Piece]) -> str:
    """The pieces that may not be left out, as one string."""
    return "".join(p.text for p in pieces if not p.optional)
