"""A few lines of a page set in two columns, text beside text or a numbered list that goes on at the right: read column by
column. Points."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from juanzong.language.numbering import Heading, heading_of
from juanzong.language.text import ends_sentence
from juanzong.read.glyphs import Run, lines_of_runs

LEAST_TEXT = 4  # lines of text beside text that show their columns' width ...
LEAST_LIST = 2  # ... and points of a list
SAME = 3.0  # points: where a column's lines begin
FULL = 1.6  # ems that a line of a column leaves free at most, but for its last
CLOSE = 2.6  # times the type's size: lines farther apart are not one block's

Block = tuple[list[Run], list[Run]]
"""The runs of the left column and of the right one."""


def blocks_side_by_side(runs: Sequence[Run]) -> list[Block]:
    """Such blocks among the runs of a page, from the top: lines of two pieces that begin at two places."""
    if len(runs) - len({round(r.top) for r in runs}) < LEAST_LIST:
        return []  # as on most pages: nothing stands beside anything
    lines = lines_of_runs(runs)
    out: list[Block] = []
    k = 0
    while k < len(lines):
        end = _end_of_block(lines, k)
        block = _columns(lines[k:end])
        if block is not None:
            out.append(block)
        k = max(end, k + 1)
    return out


def _end_of_block(lines: Sequence[Sequence[Run]], k: int) -> int:
    """The index behind the lines from k on that have two pieces each, or, the last of them, one of these."""
    if len(lines[k]) != 2:
        return k
    end = k + 1
    while end < len(lines) and _goes_on(lines[k], lines[end - 1], lines[end]):
        end += 1
        if len(lines[end - 1]) == 1:
            break
    return end


def _goes_on(first: Sequence[Run], above: Sequence[Run], line: Sequence[Run]) -> bool:
    if line[0].top - above[0].bottom > CLOSE * line[0].size or len(line) > 2:
        return False
    starts = [r.x0 for r in first]
    inner = first[1].x0
    if len(line) == 1:
        return abs(line[0].x0 - inner) < SAME or (abs(line[0].x0 - starts[0]) < SAME and line[0].x1 < inner - SAME)
    return abs(line[0].x0 - starts[0]) < 3 * line[0].size and abs(line[1].x0 - inner) < 3 * line[1].size


def _columns(lines: Sequence[Sequence[Run]]) -> Block | None:
    """The two columns of a block; None where its lines may as well be read across."""
    if len(lines) < LEAST_LIST:
        return None
    inner = min(line[1].x0 for line in lines if len(line) > 1)
    left = [r for line in lines for r in line if r.x0 < inner - SAME]
    right = [r for line in lines for r in line if r.x0 >= inner - SAME]
    if left and right and (_is_list(left, right) or (_is_text(left) and _is_text(right))):
        return left, right
    return None


def _is_list(left: Sequence[Run], right: Sequence[Run]) -> bool:
    """Whether the points of a list count down the left column and go on from there down the right one."""
    heads = [heading_of(_text(r)) for r in (*left, *right)]
    if len(left) < LEAST_LIST or len(left) - len(right) not in (0, 1) or len(right) < LEAST_LIST:
        return False
    return all(a is not None and b is not None and _follows(a, b) for a, b in pairwise(heads))


def _follows(a: Heading, b: Heading) -> bool:
    return a.form == b.form and b.ordinal == a.ordinal + 1


def _is_text(column: Sequence[Run]) -> bool:
    """Whether a column's lines are one paragraph: each but the last fills the column and ends no sentence, or ends it at the
    edge; the last one ends it."""
    right = max(r.x1 for r in column)
    whole = all(right - r.x1 < FULL * r.size for r in column[:-1])
    ended = sum(ends_sentence(_text(r)) for r in column[:-1])
    return len(column) >= LEAST_TEXT and whole and 2 * ended < len(column) - 1 and ends_sentence(_text(column[-1]))


def _text(run: Run) -> str:
    return "".join(g.text for g in run.glyphs).strip()
