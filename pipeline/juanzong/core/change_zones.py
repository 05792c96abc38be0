"""Where changes of one text touch one another, or what earlier edits left beside them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from juanzong.core.traced import Traced

Wish = tuple[int, int, str]  # text[i:j] is to become this


def zones_of(text: Traced, changes: Sequence[Wish]) -> list[tuple[int, int, list[Wish]]]:
    """(begin, end, changes) of the parts of a text that its changes touch, with the edited runs that they cut. Inserts
    look at what stands beside them: with one, the whole text is one part."""
    if any(i == j for i, j, _ in changes) or any(r.start == r.end for r in text.runs):
        return [(0, len(text), list(changes))] if changes else []
    edited = _edited(text)
    ends = [b for _, b in edited]
    zones: list[tuple[int, int, list[Wish]]] = []
    for change in changes:
        lo, hi, _ = change
        k = bisect_right(ends, lo)
        while k < len(edited) and edited[k][0] < hi:
            lo, hi = min(lo, edited[k][0]), max(hi, edited[k][1])
            k += 1
        if zones and zones[-1][1] > lo:
            begin, end, inside = zones[-1]
            inside.append(change)
            zones[-1] = (min(begin, lo), max(end, hi), inside)
        else:
            zones.append((lo, hi, [change]))
    return zones


def _edited(text: Traced) -> list[tuple[int, int]]:
    """Where the edited runs stand in a text."""
    out: list[tuple[int, int]] = []
    at = 0
    for r in text.runs:
        if r.edited:
            out.append((at, at + len(r.text)))
        at += len(r.text)
    return out


def with_inserts_beside(text: Traced, i: int, j: int, after: str) -> Wish:
    """(begin, end, what is to stand there): an insert that touches the place of an insert or drop becomes part of it, so
    that no two edits stand at one offset and none is left outside every range."""
    a, b = text.span(i, j)
    at = 0
    for r in text.runs:
        begin, at = at, at + len(r.text)
        if r.edited and r.start == r.end and at == i and r.start == a:
            i, after = begin, r.text + after
        elif r.edited and r.start == r.end and begin == j and r.start == b:
            j, after = at, after + r.text
    return i, j, after
