"""Rows whose cells stand one column too far left because an empty or spanned cell was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from math import fsum, log
from typing import NamedTuple

from juanzong.language.text import fold
from juanzong.stages.tables.column_looks import (
    FIGURES,
    GAIN,
    LEFT_OUT,
    TIE,
    Column,
    cost_of_new,
    counts_rows,
    labels_of,
    seen_in,
)
from juanzong.stages.tables.grid import Grid, Line, Place
from juanzong.stages.tables.kinds import is_total, kind
from juanzong.stages.tables.lost_cells import mend_several

_PADDED = 0.15  # how likely it ends in a true blank
_NEAR = 4.0  # candidates this close are for the totals to decide, where there are totals
_FITS = 0.1  # likelihood from which on a cell looks like its column
_WIDEST = 64  # columns; printed tables have fewer, and a row is tried against the square of their number
_COMBINATIONS = 4096  # of tied rows tried against the totals


def mend_shifts(grid: Grid, height: int, short: Line | None = None) -> list[str]:
    """Put left-out cells back as blanks, in place. Out: messages for rows where the place is a guess.

    `short`: the one row of the table that lacks a cell; where nothing tells which, it lacks the last.

    The columns are learned from the rows that fill the last one; once those are mended that do not, from all.
    """
    if not grid or not 3 <= len(grid[0]) <= _WIDEST:
        return []
    body = [line for line in grid[height:] if len({id(p) for p in line if not p.blank}) > 1]
    counted = counts_rows(grid[:height])
    told = mend_several(body, counted) if height else []  # in a form a value goes over what is left
    rare = sum(_dashed(line) for line in body) * 2 < len(body)
    certain = [line for line in body if not line[-1].blank and not (rare and _dashed(line))]
    places: Counter[int] = Counter()
    open_rows = [line for line in body if line[-1].blank or _dashed(line)]
    known = certain if len(certain) > 1 else _with_last(body)
    _mend(open_rows, known, grid[-1], places, short, counted, clear=True)
    if len(certain) > 1:
        known = [line for line in body if not line[-1].blank and not (rare and _dashed(line))]
    messages = _mend(open_rows, known, grid[-1], places, short, counted, headed=height > 0)
    common = places.most_common(1)
    if common and common[0][1] * 2 >= len(body):
        for line in grid[:height]:
            if line[-1].blank:
                line.insert(common[0][0], Place(lost=True))
                line.pop()
    filled = [line for line in body if not line[-1].blank]
    return told + messages + _mend(filled, filled, grid[-1], places, short, counted)


def _with_last(body: Grid) -> Grid:
    """The rows that have a last cell; all where none does."""
    return [line for line in body if not line[-1].lost] or body


def _dashed(line: Line) -> bool:
    return kind(line[-1].text.text) == "dash"


def _mend(
    rows: Grid,
    known: Grid,
    sums: Line,
    places: Counter[int],
    short: Line | None,
    counted: bool,
    *,
    clear: bool = False,
    headed: bool = False,
) -> list[str]:
    """Mend rows by columns learned from the known ones; where `clear`, only where one opening is far the best. Under a
    header (`headed`) it is told where a row lacks its last cell, and no other does."""
    columns = seen_in(known, len(sums), counted)
    messages, tied = [], []
    for line in rows:
        options = _options(line, columns, _NEAR if clear else TIE, alone=line is short)
        if len(options) > 1 and line is not short:
            tied.append((line, options))
        elif len(options) > 1:
            messages += [] if clear else [_unsure(line)]
            if not clear and _ends_typed(line, columns):
                line[:] = max(options, key=lambda option: option[0])[1]
        elif options and not _further_off(known, sums, line, options[0][1]):
            at_end = options[0][0] == len(line) - 1 and line[-1].lost and line is not short
            if at_end and headed and not columns[-1].kinds[""]:
                messages.append(_unsure(line))  # no other row lacks its last
            places[options[0][0]] += 1
            line[:] = options[0][1]
    if tied and not clear:
        choice, sure = _by_totals(known, sums, tied)
        for (line, _), new in zip(tied, choice, strict=True):
            if _further_off(known, sums, line, new):
                continue
            if not sure:
                messages.append(_unsure(line))
            line[:] = new
    return messages


def _ends_typed(line: Line, columns: Sequence[Column]) -> bool:
    """Whether the last word of a row that lacks a cell is one that the last column says elsewhere, and its own does not:
    it is in its place wherever the cell was lost, and the cells before it stay where they are."""
    said = next((p for p in reversed(line) if not p.blank), None)
    own = len(line) - 2
    if said is None or line[own] is not said or kind(said.text.text) != "words":
        return False
    word = fold(said.text.text)
    return columns[-1].texts[word] > 0 and not columns[own].texts[word]


def _unsure(line: Line) -> str:
    return f"“{fold(line[0].text.text)[:20]}”一行缺一格，其位置不能确定"


_Costs = tuple[list[float], list[float]]
"""Of places in their columns: how likely each is, and how well it looks like its column (0 for a blank)."""


def _costs(line: Sequence[Place], columns: Sequence[Column], fresh: Place | None) -> _Costs:
    """The places in these columns, the last of which is the table's. `fresh` is the one that was put in."""
    scores, looks = [], []
    for k, (column, place) in enumerate(zip(columns, line, strict=True)):
        blank = place.blank
        if place is fresh:
            score = cost_of_new(column, blank)
        elif place.lost:
            score = log(LEFT_OUT)
        elif blank and k == len(line) - 1:
            score = log(max(_PADDED, column.open()))
        else:
            score = column.likelihood(place)
        scores.append(score)
        looks.append(0.0 if blank or place is fresh else column.likelihood(place))
    return scores, looks


def _alike(line: Line, columns: list[Column]) -> bool:
    """Whether at least half of the filled cells look like their columns: a row of sums under stars does not. A dash says of
    a sum alone that there is none."""
    fits = [
        column.likelihood(place) >= log(_FITS)
        for column, place in zip(columns, line, strict=True)
        if not place.blank and not (kind(place.text.text) == "dash" and is_total(line[1].text.text))
    ]
    return sum(fits) * 2 >= len(fits)


class _Opening(NamedTuple):
    """A reading of a row with a cell put back: how likely it is, how well its cells look like their columns, where."""

    score: float
    looks: float
    at: int
    line: Line


def _options(line: Line, columns: list[Column], tie: float, *, alone: bool) -> list[tuple[int, Line]]:
    """Where the row can be opened: the best places, several where nothing tells them apart; none where it fits. `alone`: no
    other row lacks a cell, and none went with a span."""
    last = line[-1]
    total = is_total(line[0].text.text)
    moved = not total and kind(last.text.text) == "dash" and columns[-1].rarely("dash", "percent", *FIGURES)
    if last.blank and line[-2].blank and not moved:  # several cells are gone: rows of a merged group
        return []
    openings = [o for o in _openings(line, columns, moved) if o.at >= labels_of(line, columns)]
    openings.sort(key=lambda o: (-o.score, o.at))
    if not openings or not _alike(openings[0].line, columns):
        return []
    best = openings[0]
    gain = best.score - fsum(_costs(line, columns, None)[0])
    better = best.looks - fsum(_costs(line, columns, last if moved else None)[1])
    if not last.lost and min(gain, better) < GAIN:
        return []
    near = [o for o in openings if best.score - o.score < tie]
    # A cell that is not there at all went with a span from above; padding stands for a label's span.
    usual = 0 if last.lost else 1
    labels = [o for o in near if o.at == usual and columns[o.at].kinds["words"] * 2 > columns[o.at].total]
    labels = [] if alone else [o for o in labels if best.score - o.score < TIE]
    if not labels and any(kind(place.text.text) == "star" for place in line):
        near = [o for o in openings if best.score - o.score < _NEAR]
    return [(o.at, o.line) for o in labels or near]


def _openings(line: Line, columns: list[Column], moved: bool) -> Iterator[_Opening]:
    """Every reading of the row with one cell put back, and a blank further on gone for it: the last one, or one within.
    Where `moved`, the dash at the end is the cell that stands too far right."""
    last = line[-1]
    if moved or (last.blank and (last.lost or not last.given)):
        closings = [len(line) - 1]
    else:
        closings = [q for q, place in enumerate(line[:-1]) if q > 1 and place.blank and not place.given]
    if not closings:
        return
    moving = last if moved else None
    stay, stay_looks = _costs(line, columns, moving)  # where they stand, and one column further on
    move, move_looks = _costs(line[:-1], columns[1:], moving)
    for q in closings:
        fresh = last if moved else Place(lost=True)
        for p in range(q + (q == len(line) - 1 and last.lost)):
            if p and (line[p - 1] is line[p] or (line[p].blank and not line[p].lost)):
                continue  # inside a cell, or the same as one place further on
            score = fsum([*stay[:p], cost_of_new(columns[p], fresh.blank), *move[p:q], *stay[q + 1 :]])
            looks = fsum([*stay_looks[:p], *move_looks[p:q], *stay_looks[q + 1 :]])
            yield _Opening(score, looks, p, [*line[:p], fresh, *line[p:q], *line[q + 1 :]])


def _stars(rows: Sequence[Line], c: int) -> int:
    return sum(kind(line[c].text.text) == "star" for line in rows)


def _counted(rows: Sequence[Line], sums: Line) -> dict[int, int]:
    """{column of stars: how many there are in it, as the last row says}"""
    said = {c: int(fold(p.text.text)) for c, p in enumerate(sums) if c and kind(p.text.text) == "serial"}
    return {c: n for c, n in said.items() if _stars(rows, c)}


def _further_off(known: Grid, sums: Line, line: Line, new: Line) -> bool:
    """Whether opening a row takes the stars further from the counts in the last row, which agree with it as it is."""
    if sums is line or not any(kind(p.text.text) == "star" for p in line):
        return False
    rows = [row for row in known if row is not sums and row is not line]
    wanted = _counted([*rows, line], sums)
    off = [sum(abs(_stars([*rows, own], c) - n) for c, n in wanted.items()) for own in (line, new)]
    return off[1] > off[0]


def _by_totals(body: Grid, sums: Line, tied: list[tuple[Line, list[tuple[int, Line]]]]) -> tuple[list[Line], bool]:
    """Of the tied openings those that agree best with the counts in the last row; and whether these decide."""
    options = [[new for _, new in choices] for _, choices in tied]
    first = [choices[0] for choices in options]
    size = 1
    for choices in options:
        size *= len(choices)
    rows = [line for line in body if line is not sums and all(line is not t for t, _ in tied)]
    if size > _COMBINATIONS or any(sums is t for t, _ in tied):
        return first, False
    wanted = _counted(rows, sums)
    counts = {c: _stars(rows, c) for c in wanted}
    scored: list[tuple[int, int, list[Line]]] = []
    for some in product(*options):
        off = sum(abs(counts[c] + _stars(some, c) - n) for c, n in wanted.items())
        scored.append((off, len(scored), list(some)))
    scored.sort(key=lambda s: s[:2])
    sure = bool(wanted) and (len(scored) == 1 or scored[0][0] < scored[1][0])
    return scored[0][2], sure
