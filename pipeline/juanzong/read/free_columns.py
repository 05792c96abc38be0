"""Where the columns of a table part that no upright ruling parts: in what nearly all of its lines leave free. Points."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import regex as re

from juanzong.language.numbering import heading_of
from juanzong.read.bands import Line
from juanzong.read.row_blocks import LEAST_ROWS
from juanzong.read.rows import FILLED, LABELLED, Piece, end_of, is_value, part_of

CROSSED = 0.05  # of a table's rows may lie over a gap between columns
CROSSED_BY_NAMES = 0.12  # of all its lines, names over several columns among them
COLUMN_GAP = 0.5  # ems that are free between two columns over all their rows
_LEADERS = re.compile(r"[.·…．⋯_]{3,}|…")


def column_of(gaps: Sequence[float], piece: Piece) -> int:
    """The first column that the piece stands in."""
    return sum(piece.x0 + 0.3 * piece.size > gap for gap in gaps)


def free_columns(lines: Sequence[Line], alone: Sequence[Line] = ()) -> list[float]:
    """Where columns part: in gaps that nearly all lines leave free, beside the names in the first line where those leave
    some of it (headings over several columns may lie over it), and beside what stands `alone` in its line."""
    head, *body = lines
    if not body:
        return [(a + b) / 2 for a, b in gaps_of(lines, 0)]
    gaps = gaps_of(body, int(CROSSED * len(body)))
    if len(head) > len(gaps) + 1:  # columns of which only the name is printed
        gaps = gaps_of(lines, int(CROSSED_BY_NAMES * len(lines)))
    if _crowded(lines, gaps):  # columns whose texts stand closer than those of two cells do elsewhere
        gaps = max(gaps, gaps_of([finer(line) for line in body], int(CROSSED * len(body))), key=len)
    if len(names := finer(head)) == len(gaps) + 1:  # names that stand close
        head = names
    return [_free_of(head, a, b) for a, b in narrowed(gaps, [*body, *alone])]


def _crowded(lines: Sequence[Line], gaps: Sequence[tuple[float, float]]) -> bool:
    """Whether two pieces of a line stand in one column."""
    middles = [(a + b) / 2 for a, b in gaps]
    return any(len({column_of(middles, p) for p in line}) < len(line) for line in lines)


def finer(line: Line) -> Line:
    """The pieces of a line cut wherever columns may part."""
    return [
        part_of(p, a, b)
        for p in line
        for a, b in pairwise(
            [
                0,
                *(k for k in range(1, len(p.glyphs)) if p.glyphs[k].x0 - p.glyphs[k - 1].x1 >= COLUMN_GAP * p.size),
                len(p.glyphs),
            ]
        )
    ]


def narrowed(gaps: Sequence[tuple[float, float]], lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The gaps less what pieces of these lines reach into them from one side."""
    out = []
    for a, b in gaps:
        reach = [p for line in lines for p in line if p.x0 < b and end_of(p) > a]
        right = min((p.x0 for p in reach if a < p.x0 and end_of(p) > b), default=b)
        left = max((end_of(p) for p in reach if p.x0 < a and end_of(p) < b), default=a)
        out.append((left, right) if left < right else (a, b))
    return out


def gaps_of(lines: Sequence[Line], allowed: int) -> list[tuple[float, float]]:
    """The gaps over which no more than so many pieces lie, wide enough to part two columns."""
    size = median(p.size for line in lines for p in line)
    steps = sorted([(p.x0, 1) for line in lines for p in line] + [(end_of(p), -1) for line in lines for p in line])
    out: list[tuple[float, float]] = []
    depth, since = 0, None
    for x, step in steps:
        if since is not None and depth + step > allowed and step > 0:
            if x - since >= COLUMN_GAP * size:
                out.append((since, x))
            since = None
        depth += step
        if step < 0 and depth <= allowed and since is None:
            since = x
    return out


def _free_of(head: Line, a: float, b: float) -> float:
    """The middle of the widest part of a gap over which no piece of a line lies; of all of it, where there is none."""
    edges = [a, *(x for p in head if p.x0 < b and p.x1 > a for x in (max(a, p.x0), min(b, p.x1))), b]
    width, middle = max((y - x, (x + y) / 2) for x, y in zip(edges[::2], edges[1::2], strict=True))
    return middle if width > 0 else (a + b) / 2


def is_tabular(lines: Sequence[Line], gaps: Sequence[float]) -> bool:
    """Whether lines without rules are rows: aligned columns, and values in them; not a contents list, not two columns of
    text, not numbered items."""
    if len(lines) < LEAST_ROWS or any(_LEADERS.search(p.text) for line in lines for p in line):
        return False
    first = [line for line in lines if len(line) > FILLED * (len(gaps) + 1)]  # of rows; the others are wrapped cells
    if len(first) >= max(LEAST_ROWS, LABELLED * len(lines)):
        lines = first
    columns: list[list[Piece]] = [[] for _ in range(len(gaps) + 1)]
    for line in lines:
        for piece in line:
            columns[column_of(gaps, piece)].append(piece)
    sparse = sum(len(column) < 0.5 * len(lines) for column in columns)  # remarks may be
    if (
        sparse > (len(columns) > 3)
        or not min(map(len, columns))
        or sum(map(len, columns)) < 0.7 * len(lines) * len(columns)
    ):
        return False
    values = [sum(is_value(p.text) for p in column) > 0.6 * (len(column) - 1) for column in columns]
    numbered = sum(heading_of(p.text) is not None for p in columns[0]) > 0.5 * len(columns[0])
    if len(columns) == 2:
        return values[1] and not numbered
    long = sum(len(p.text) > 20 for column in columns for p in column)
    rows = any(values[1:]) or len(lines) >= LEAST_ROWS + 1 or _counts(columns[0])
    return long < 0.3 * sum(map(len, columns)) and rows


def _counts(column: Sequence[Piece]) -> bool:
    """Whether a column counts 1, 2 under its name."""
    return [p.text.strip() for p in column[1:]] == [str(n) for n in range(1, len(column))]
