"""Spans of numbers: places in a text, lengths on a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

Number = TypeVar("Number", int, float)


def end_to_end(spans: Iterable[tuple[Number, Number]], gap: Number) -> list[tuple[Number, Number]]:
    """The spans in order, those that overlap or lie no farther apart than `gap` as one.

    >>> end_to_end([(5, 9), (0, 2), (1, 4), (6, 7)], 0), end_to_end([(5, 9), (0, 4)], 1)
    ([(0, 4), (5, 9)], [(0, 9)])
    """
    out: list[tuple[Number, Number]] = []
    for a, b in sorted(spans):
        if out and a - out[-1][1] <= gap:
            out[-1] = (out[-1][0], max(out[-1][1], b))
        else:
            out.append((a, b))
    return out
