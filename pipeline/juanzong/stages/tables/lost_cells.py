"""Rows from which a source lost several cells: where the others stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from juanzong.language.text import fold
from juanzong.stages.tables.column_looks import GAIN, TIE, Column, cost_of_new, labels_of, seen_in
from juanzong.stages.tables.grid import Grid, Line

_MOST_NAMED = 5  # rows in one message


class _Reading(NamedTuple):
    """A row's cells in more columns: `gap` of them left out before cell `at`, the others at the end. How likely that is,
    how well the cells look like their columns."""

    score: float
    looks: float
    at: int
    gap: int


def mend_several(body: Grid, counted: bool) -> list[str]:
    """Rows that lack two cells or more, where the source has none: what they have is put under its like, in place, where
    it stands under its unlike. Out: what is told of these, and of those whose cells may stand elsewhere as well."""
    full = [line for line in body if not any(p.lost for p in line)]
    moved, unsure = list[str](), list[str]()
    columns: list[Column] = []
    for line in body if full else ():
        own = [p for p in line if not p.lost]
        if len(line) - len(own) < 2 or line[: len(own)] != own or len(set(own)) < len(own):
            continue
        columns = columns or seen_in(full, len(line), counted)
        left, *readings = _readings(own, columns)
        best = max(left, *readings)
        near = [r for r in (left, *readings) if best.score - r.score < TIE]
        # a label that is not there went with a span from above
        usual = [r for r in near if not r.at and r.gap == len(line) - len(own) and columns[0].kinds["words"]] or near
        name = f"“{fold(own[0].text.text)[:20]}”"
        if left in near:
            unsure += [name] if len(near) > 1 else []
        elif len(usual) == 1 and usual[0].looks - left.looks >= GAIN:
            moved.append(name)
            at, gap = usual[0].at, usual[0].gap
            line[:] = [*own[:at], *line[len(own) :][:gap], *own[at:], *line[len(own) + gap :]]
        else:
            unsure.append(name)
    told = ((moved, "行缺几格，已照各列的样子排列"), (unsure, "行缺几格，其位置不能确定"))
    return ["、".join(names[:_MOST_NAMED]) + ("等" if len(names) > 1 else "一") + said for names, said in told if names]


def _readings(own: Line, columns: Sequence[Column]) -> Iterator[_Reading]:
    """Every reading of a row's own cells, first the one that lacks nothing but its end."""
    lacks = len(columns) - len(own)
    blanks = _sums([cost_of_new(column, True) for column in columns])
    stay = _looks(own, columns)
    yield _Reading(stay[-1] + blanks[-1] - blanks[len(own)], stay[-1], len(own), 0)
    first = labels_of(own, columns)
    for gap in range(1, lacks + 1):
        move = _looks(own, columns[gap:])
        for at in range(first, len(own)):
            looks = stay[at] + move[-1] - move[at]
            rest = blanks[at + gap] - blanks[at] + blanks[-1] - blanks[len(own) + gap]
            yield _Reading(looks + rest, looks, at, gap)


def _looks(own: Line, columns: Sequence[Column]) -> list[float]:
    """How well the cells look like these columns: of the first 0, 1, 2 … together."""
    return _sums([0.0 if p.blank else c.likelihood(p) for c, p in zip(columns, own, strict=False)])


def _sums(values: Sequence[float]) -> list[float]:
    return [0.0, *accumulate(values)]
