"""Two short strings -> the fewest edits that make the one of the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_MIXED = 1.6  # a mark for a word is no misreading: dearer than one edit, cheaper than two
_EDGE = 0.1  # what it is worth that a stretch begins or ends where a sentence does


class Op(NamedTuple):
    """a[i:j] stands where b[k:m] does; one of them may be empty, and they differ."""

    i: int
    j: int
    k: int
    m: int


def distance(a: str, b: str) -> float:
    """What it costs to make b of a.

    >>> distance("甲乙", "甲丙"), distance("", "甲乙"), distance("。", "乙")
    (1.0, 2.0, 1.6)
    """
    if not a or not b:
        return float(len(a) + len(b))
    if len(a) == len(b) == 1:
        return _step(a, b)
    return _table(a, b)[len(a)][len(b)]


def _steps(x: str, b: str, words: Sequence[bool]) -> list[float]:
    """What it costs to read x for each character of b; `words`: which of these belong to words."""
    word = x.isalnum()
    return [0.0 if x == y else 1.0 if word == w else _MIXED for y, w in zip(b, words, strict=True)]


def _step(x: str, y: str) -> float:
    return _steps(x, y, [y.isalnum()])[0]


def _table(a: str, b: str) -> list[list[float]]:
    """What it costs to make b[:j] of a[:i], by i and j."""
    words = [y.isalnum() for y in b]
    above = [float(j) for j in range(len(b) + 1)]
    rows = [above]
    for i, x in enumerate(a, 1):
        left = float(i)
        row = [left]
        for step, askew, up in zip(_steps(x, b, words), above, above[1:], strict=False):
            least = left if left < up else up
            left = least + 1 if least + 1 < askew + step else askew + step
            row.append(left)
        rows.append(row)
        above = row
    return rows


def _path(a: str, b: str, rows: list[list[float]], j: int) -> list[Op]:
    """The edits that lead to the end of a and to b[:j], in order, each as small as it can be."""
    i = len(a)
    ops: list[Op] = []
    while i or j:
        if i and j and abs(rows[i - 1][j - 1] + _step(a[i - 1], b[j - 1]) - rows[i][j]) < 1e-9:
            if a[i - 1] != b[j - 1]:
                ops.append(Op(i - 1, i, j - 1, j))
            i, j = i - 1, j - 1
        elif i and abs(rows[i - 1][j] + 1 - rows[i][j]) < 1e-9:
            ops.append(Op(i - 1, i, j, j))
            i -= 1
        else:
            ops.append(Op(i, i, j - 1, j))
            j -= 1
    return ops[::-1]


def align(a: str, b: str) -> list[Op]:
    """The edits between all of a and all of b.

    >>> align("具体达到要求", "达到规定")
    [Op(i=0, j=1, k=0, m=0), Op(i=1, j=2, k=0, m=0), Op(i=4, j=5, k=2, m=3), Op(i=5, j=6, k=3, m=4)]
    """
    if len(a) == len(b) == 1:  # as nearly all misreadings
        return [Op(0, 1, 0, 1)] if a != b else []
    return _path(a, b, _table(a, b), len(b))


def align_tail(a: str, b: str) -> tuple[float, int, list[Op]]:
    """(cost, how much of b stands against a, edits) where b begins with what stands against a and goes on with more.

    >>> align_tail("。", "，推动"), align_tail("。", "推动")[1:]
    ((1.0, 1, [Op(i=0, j=1, k=0, m=1)]), (0, [Op(i=0, j=1, k=0, m=0)]))
    """
    rows = _table(a, b)
    j = _best_end(rows[len(a)], b)
    return rows[len(a)][j], j, _path(a, b, rows, j)


def _best_end(last: Sequence[float], b: str) -> int:
    """How much of b stands against a; `last`: what each beginning of b costs."""

    def weight(j: int) -> float:
        ends = j == len(b) or not b[j].isalnum() or (j and not b[j - 1].isalnum())
        return last[j] - (_EDGE if j and ends else 0.0) + (0.0 if j == 0 else 0.05)

    return min(range(len(b) + 1), key=lambda j: (weight(j), j))


def align_head(a: str, b: str) -> tuple[float, int, list[Op]]:
    """As `align_tail`, for a stretch that b ends with."""
    cost, used, ops = align_tail(a[::-1], b[::-1])
    n, m = len(a), len(b)
    return cost, used, [Op(n - o.j, n - o.i, m - o.m, m - o.k) for o in reversed(ops)]


def tail_costs(a: str, b: str) -> list[float]:
    """What `align_tail` costs of a[:i] and b, by i.

    >>> tail_costs("，甲", "，推动")
    [0.0, 0.0, 1.0]
    """
    return [row[_best_end(row, b)] for row in _table(a, b)]


def head_costs(a: str, b: str) -> list[float]:
    """What `align_head` costs of the last i characters of a, and b, by i."""
    return tail_costs(a[::-1], b[::-1])


def reach(a: str, b: str) -> tuple[int, int]:
    """(i, j): how far a and b go on alike from their beginnings, misreadings allowed; (0, 0) where they do not."""
    words = [y.isalnum() for y in b]
    score = [-float(j) for j in range(len(b) + 1)]
    best, at = 1.5, (0, 0)
    for i, x in enumerate(a, 1):
        left = -float(i)
        row = [left]
        for j, (step, askew, up) in enumerate(zip(_steps(x, b, words), score, score[1:], strict=False), 1):
            most = left if left > up else up
            on = askew + (1.0 if step == 0.0 else -step)
            left = on if on > most - 1 else most - 1
            row.append(left)
            if left > best and step == 0.0 and i > 1 and j > 1 and a[i - 2] == b[j - 2]:
                best, at = left, (i, j)
        score = row
    return at
