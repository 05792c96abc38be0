"""Headers of two levels between two rulings across: names over several columns, the columns' own below them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise
from statistics import median

from juanzong.read.bands import Line
from juanzong.read.printed import Box, PrintedCell
from juanzong.read.rows import Piece

MIDDLE = 0.25  # of the distance of two levels: names this near to their middle stand there
OFF = 0.2  # of the columns that a name stands over it may be off their middle
LEFT_OUT = 10.0  # points that count against a column without an upper name beside others, but for the rows' names
MOST_NAMES = 12  # columns under upper names; more are not searched

Span = tuple[int, int]
"""The first column and the one behind the last."""


def two_levels(
    head: Sequence[Line], body: Sequence[Line], xs: Sequence[float], box: Box, short: Sequence[tuple[float, float]] = ()
) -> list[list[PrintedCell]] | None:
    """The two rows of a header; None where it has no two levels.

    In: its printed lines, those of the rows below, the columns' edges, the header's box, and the ends of the rules below
    its upper names. A column without a lower name has one cell in both rows.
    """
    at = max(range(len(head)), key=lambda k: (len(head[k]), k), default=0) or _below_top(head, xs)
    if at == 0 or len(xs) < 4:
        return None
    uppers = [p for line in head[:at] for p in line]
    lower = _by_home(xs, _of_lower_level([p for line in head[at:] for p in line], uppers))
    if lower is None:
        return None
    alone = [p for p in uppers if (c := _home(xs, p)) is not None and c not in lower]
    wide = [p for p in uppers if p not in alone]
    spans = _spans_over(wide, short, xs)
    if spans is None:
        edges = _edges(xs, [*(p for own in lower.values() for p in own), *(p for line in body for p in line)])
        spans = _spans(wide, sorted(lower), edges)
    if spans is None or all(b - a == 1 for a, b in spans):
        return None
    middle = (max(p.bottom for p in wide) + min(p.top for own in lower.values() for p in own)) / 2
    first, second = list[PrintedCell](), list[PrintedCell]()
    c = 0
    while c < len(xs) - 1:
        end = next((b for a, b in spans if a == c), c + 1)
        if end - c > 1:
            first.append(PrintedCell((xs[c], box[1], xs[end], middle), col_span=end - c))
            second += [PrintedCell((xs[k], middle, xs[k + 1], box[3])) for k in range(c, end)]
        else:
            first.append(PrintedCell((xs[c], box[1], xs[end], box[3]), row_span=2))
        c = end
    return [first, second]


def _below_top(head: Sequence[Line], xs: Sequence[float]) -> int:
    """1 where the names of both levels stand at the top of their cells, so that the first line has the most: the others
    leave its columns free; else 0."""
    rest = [_home(xs, p) for line in head[1:] for p in line]
    first = [p for p in head[0] if _home(xs, p) not in rest] if rest and None not in rest else []
    return int(len(first) > 0 and len(set(rest)) == len(rest) > 1)


def _by_home(xs: Sequence[float], pieces: Sequence[Piece]) -> dict[int, list[Piece]] | None:
    """The pieces by their columns; None where one stands over an edge."""
    out: dict[int, list[Piece]] = {}
    for piece in pieces:
        if (c := _home(xs, piece)) is None:
            return None
        out.setdefault(c, []).append(piece)
    return out


def _of_lower_level(names: Sequence[Piece], uppers: Sequence[Piece]) -> list[Piece]:
    """The names but for those set in the middle of both levels, where the others stand lower: each of these has its column
    in both rows."""
    high, low = max(p.middle for p in uppers), max(p.middle for p in names)
    lowest = [p for p in names if low - p.middle < MIDDLE * (low - high)]
    rest = [p for p in names if low - p.middle >= MIDDLE * (low - high)]
    both = len(lowest) > 1 and all(abs(p.middle - (high + low) / 2) < MIDDLE * (low - high) for p in rest)
    return lowest if both else list(names)


def _home(xs: Sequence[float], piece: Piece) -> int | None:
    """The one column in which a piece stands; None where it lies over an edge."""
    slack = 0.3 * piece.size
    return next((c for c, (a, b) in enumerate(pairwise(xs)) if a - slack <= piece.x0 and piece.x1 <= b + slack), None)


def _edges(xs: Sequence[float], pieces: Sequence[Piece]) -> list[float]:
    """Where the columns truly part, as told by how their cells are set: to the left, to the right or in the middle."""
    columns: list[list[Piece]] = [[] for _ in xs[1:]]
    for p in pieces:
        if (c := _home(xs, p)) is not None:
            columns[c].append(p)
    if not all(columns[1:]):
        return list(xs)
    inner = columns[1:]
    spread = {
        "left": sum(max(p.x0 for p in own) - min(p.x0 for p in own) for own in inner),
        "right": sum(max(p.x1 for p in own) - min(p.x1 for p in own) for own in inner),
        "middle": sum(max(p.x0 + p.x1 for p in own) - min(p.x0 + p.x1 for p in own) for own in inner) / 2,
    }
    if (kind := min(spread, key=lambda k: spread[k])) == "left":
        return [xs[0], *(min(p.x0 for p in own) for own in inner), xs[-1]]
    if kind == "right":
        return [
            xs[0],
            *(max((p.x1 for p in own), default=x) for own, x in zip(columns[:-1], xs[1:], strict=False)),
            xs[-1],
        ]
    middles = [median((p.x0 + p.x1) / 2 for p in own) if own else x for own, x in zip(columns, xs, strict=False)]
    return [xs[0], *((a + b) / 2 for a, b in pairwise(middles)), xs[-1]]


def _spans(names: Sequence[Piece], lower: Sequence[int], edges: Sequence[float]) -> list[Span] | None:
    """Which columns each upper name stands over: those that have lower names, side by side, nearest to their middles. At
    their ends a name of one column may stand as low."""
    out: list[Span] = []
    rest = sorted(names, key=lambda p: p.x0)
    for a, b in _runs(lower):
        own = [p for p in rest if edges[a] <= (p.x0 + p.x1) / 2 < edges[b]]
        if not own or len(own) > b - a or b - a > MOST_NAMES:
            return None
        best = min(
            (list(pairwise(cut)) for cut in combinations(range(a, b + 1), len(own) + 1)),
            key=lambda spans: (
                sum(_off(p, s, edges) for p, s in zip(own, spans, strict=True))
                + LEFT_OUT * (b - spans[-1][1] + spans[0][0] - a - (a == 0 < spans[0][0]))
            ),
        )
        if any(_off(p, s, edges) > OFF * (edges[s[1]] - edges[s[0]]) for p, s in zip(own, best, strict=True)):
            return None
        out += best
        rest = [p for p in rest if p not in own]
    return None if rest else out


def _spans_over(names: Sequence[Piece], short: Sequence[tuple[float, float]], xs: Sequence[float]) -> list[Span] | None:
    """Which columns each upper name stands over, told by the rules below them; None where not each has one of its own."""
    under = [next((r for r in short if r[0] <= p.x0 and p.x1 <= r[1]), None) for p in names]
    if None in under or len(set(under)) < len(names) or not names:
        return None
    middles = [(a + b) / 2 for a, b in pairwise(xs)]
    spans = [[c for c, x in enumerate(middles) if rule is not None and rule[0] < x < rule[1]] for rule in under]
    return [(own[0], own[-1] + 1) for own in spans] if all(spans) else None


def _off(name: Piece, span: Span, edges: Sequence[float]) -> float:
    """How far a name stands off the middle of these columns, in points."""
    return abs(name.x0 + name.x1 - edges[span[0]] - edges[span[1]]) / 2


def _runs(columns: Sequence[int]) -> list[Span]:
    """The columns that follow one another, as spans.

    >>> _runs([1, 2, 4])
    [(1, 3), (4, 5)]
    """
    out: list[Span] = []
    for c in columns:
        if out and out[-1][1] == c:
            out[-1] = (out[-1][0], c + 1)
        else:
            out.append((c, c + 1))
    return out
