"""A part of a string of a document -> the ranges of the source that it comes from."""

from __future__ import annotations

from juanzong.output.rendering import Edits, Ranges


def source_of_part(length: int, ranges: Ranges, edits: Edits, start: int, end: int) -> list[tuple[int, int]]:
    """Where characters `start` to `end` of a string of `length` characters stand in the source; `ranges` is the
    string's trace. All of `ranges` where its edits do not tell the places exactly."""
    if (start, end) == (0, length):
        return [*map(tuple, ranges)]  # type: ignore[list-item]  # pairs, from JSON or a model
    at, out = 0, []
    for n, a, b in _runs(ranges, edits):
        lo, hi = max(start, at), min(end, at + n)
        if lo < hi:
            out.append((a + lo - at, a + hi - at) if n == b - a else (a, b))
        at += n
    return _joined(out) if at == length else [*map(tuple, ranges)]  # type: ignore[list-item]


def _runs(ranges: Ranges, edits: Edits) -> list[tuple[int, int, int]]:
    """(characters of the string, source start, source end) in the order of the string."""
    out: list[tuple[int, int, int]] = []
    for start, end in ranges:
        at = start
        changes = [(*e.source, len(e.after) if e.kind == "replace" else 0) for e in edits.spans_within(start, end)]
        changes += [(k, k, len(e.after)) for k in edits.places_inside(start, end) for e in edits.inserts_at(k)]
        for a, b, n in sorted(changes):
            if a < at:
                continue
            out += [(a - at, at, a), (n, a, b)]
            at = b
        out.append((end - at, at, end))
    return out


def _joined(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for a, b in ranges:
        if out and out[-1][1] == a:
            out[-1] = (out[-1][0], b)
        elif a < b:
            out.append((a, b))
    return out
