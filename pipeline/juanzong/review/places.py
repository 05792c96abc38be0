"""Where source offsets fall in traced texts: what a decision needs in order to be carried out."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from juanzong.core.traced import Run, Traced


def spot(text: Traced, start: int, end: int) -> tuple[int, int] | None:
    """(i, j) so that text[i:j] was made of source[start:end] and nothing else; None where it was not.

    >>> spot(Traced.of("第一章 总则", 0, 6), 4, 5)
    (4, 5)
    """
    at, i, j = 0, -1, -1
    for r in text.runs:
        length = len(r.text)
        inside = start <= r.start and r.end <= end and (r.start < r.end or start == end)
        if start == end:
            if not r.edited and r.start <= start <= r.end:
                return at + start - r.start, at + start - r.start
        elif r.edited:
            if inside:
                i, j = (at if i < 0 else i), at + length
            elif r.start < end and start < r.end:
                return None  # a change that reaches beyond: not to be cut
        elif r.start < end and start < r.end:
            i = at + max(start - r.start, 0) if i < 0 else i
            j = at + min(end, r.end) - r.start
        at += length
    return (i, j) if i >= 0 else None


Reach = Literal["inside", "ends", "line"]
BLANKS = " \u3000"  # no tab: a tab parts cells


def undo(text: Traced, source: str, start: int, end: int, *, reach: Reach = "ends") -> Traced | None:
    """The text with source[start:end] as printed again; None where the change is not in this text.

    Unless it is to be `inside`, also what was dropped right before its first or right after its last character; with
    `line` blanks may stand between.

    >>> t = Traced.of("甲 乙", 0, 3).replace(1, 2, "")
    >>> undo(t, "甲 乙", 1, 2).text
    '甲 乙'
    >>> undo(Traced.of("- 甲", 2, 3), "- 甲", 0, 1), undo(Traced.of("- 甲", 2, 3), "- 甲", 0, 1, reach="line").text
    (None, '- 甲')
    """
    runs = text.runs
    back = (Run(source[start:end], start, end),) if start < end else ()
    for k, r in enumerate(runs):
        if r.edited and (r.start, r.end) == (start, end):
            return Traced(runs[:k] + back + runs[k + 1 :])
    if start == end:
        return None
    for k, (r, after) in enumerate(pairwise(runs)):
        if r.end <= start and end <= after.start:
            return Traced(runs[: k + 1] + back + runs[k + 1 :])
    if reach == "inside" or not runs:
        return None
    first, last = runs[0].start, runs[-1].end
    if reach == "line" and end < first and not source[end:first].strip(BLANKS):
        end = first
    elif reach == "line" and last < start and not source[last:start].strip(BLANKS):
        start = last
    back = (Run(source[start:end], start, end),)
    return Traced(back + runs) if first == end else Traced(runs + back) if last == start else None


def seam(text: Traced, first_end: int, second_start: int) -> int | None:
    """The index at which a piece that ended at or before `first_end` meets one from `second_start` on."""
    at = 0
    for r, after in pairwise(text.runs):
        at += len(r.text)
        if r.end <= first_end and second_start <= after.start:
            return at
    return None
