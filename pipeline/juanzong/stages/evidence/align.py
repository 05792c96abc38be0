"""Two short strings -> the fewest edits that make the one of the other."""

from __future__ import annotations

from typing import NamedTuple

_MIXED = 1.6  # a mark for a word is no misreading: dearer than one edit, cheaper than two
_EDGE = 0.1  # what it is worth that a stretch begins or ends where a sentence does


class Op(NamedTuple):
    """a[i:j] stands where b[k:m] does; one of them may be empty, and they differ."""

    i: int
    j: int
    k: int
    m: int


def _step(x: str, y: str) -> float:
    if x == y:
        return 0.0
    return 1.0 if x.isalnum() == y.isalnum() else _MIXED


def distance(a: str, b: str) -> float:
    """What it costs to make b of a.

    >>> distance("甲乙", "甲丙"), distance("", "甲乙"), distance("。", "乙")
    (1.0, 2.0, 1.6)
    """
    if not a or not b:
        return float(len(a) + len(b))
    return _table(a, b)[len(a)][len(b)]


def _table(a: str, b: str) -> list[list[float]]:
    rows = [[float(j) for j in range(len(b) + 1)]]
    for i, x in enumerate(a, 1):
        above, row = rows[-1], [float(i)]
        for j, y in enumerate(b, 1):
            row.append(min(above[j - 1] + _step(x, y), above[j] + 1, row[j - 1] + 1))
        rows.append(row)
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
    return _path(a, b, _table(a, b), len(b))


def align_tail(a: str, b: str) -> tuple[float, int, list[Op]]:
    """(cost, how much of b stands against a, edits) where b begins with what stands against a and goes on with more.

    >>> align_tail("。", "，推动"), align_tail("。", "推动")[1:]
    ((1.0, 1, [Op(i=0, j=1, k=0, m=1)]), (0, [Op(i=0, j=1, k=0, m=0)]))
    """
    rows = _table(a, b)
    last = rows[len(a)]

    def weight(j: int) -> float:
        ends = j == len(b) or not b[j].isalnum() or (j and not b[j - 1].isalnum())
        return last[j] - (_EDGE if j and ends else 0.0) + (0.0 if j == 0 else 0.05)

    j = min(range(len(b) + 1), key=lambda j: (weight(j), j))
    return last[j], j, _path(a, b, rows, j)


def align_head(a: str, b: str) -> tuple[float, int, list[Op]]:
    """As `align_tail`, for a stretch that b ends with."""
    cost, used, ops = align_tail(a[::-1], b[::-1])
    n, m = len(a), len(b)
    return cost, used, [Op(n - o.j, n - o.i, m - o.m, m - o.k) for o in reversed(ops)]


def reach(a: str, b: str) -> tuple[int, int]:
    """(i, j): how far a and b go on alike from their beginnings, misreadings allowed; (0, 0) where they do not."""
    score = [-float(j) for j in range(len(b) + 1)]
    best, at = 1.5, (0, 0)
    for i, x in enumerate(a, 1):
        row = [-float(i)]
        for j, y in enumerate(b, 1):
            step = 1.0 if x == y else -_step(x, y)
            row.append(max(score[j - 1] + step, score[j] - 1, row[j - 1] - 1))
            if row[j] > best and x == y and i > 1 and j > 1 and a[i - 2] == b[j - 2]:
                best, at = row[j], (i, j)
        score = row
    return at
