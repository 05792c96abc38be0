"""Cells of words that the rows of a group share."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.stages.tables.grid import Grid, Line, Place, is_whole
from juanzong.stages.tables.kinds import is_ordinal, is_total


def share_in_groups(body: Grid, figures: set[int]) -> None:
    """Rows that are empty in the same columns of words beside one filled row share its cells, wherever in the group
    their text was set."""
    rows = [line for line in body if not is_whole(line) and not any(is_total(p.text.text) for p in line[:2])]
    if not rows:
        return
    width = len(rows[0])
    keys = 0
    while keys < width and sum(not line[keys].blank for line in rows) >= 0.9 * len(rows):
        keys += 1
    rest = [c for c in range(max(keys, 1), width) if c not in figures]
    if len(rest) < 2 or not keys or not any(_is_open(line, rest) for line in rows):
        return
    groups: list[tuple[list[Line], dict[int, Place]]] = []  # and by column the one cell with words that each has there
    for line in rows:
        here = {c: line[c] for c in rest if not line[c].blank}
        if not groups or any(groups[-1][1].get(c, place) is not place for c, place in here.items()):
            groups.append(([], {}))
        groups[-1][0].append(line)
        groups[-1][1].update(here)
    if any(len(filled) < len(rest) and not _is_one_row(group, rest) for group, filled in groups):
        return  # a blank that no row of its group fills is a blank
    for group, _ in groups:
        _share(group, rest)


def _is_one_row(group: Sequence[Line], columns: Sequence[int]) -> bool:
    """Whether all but one of several numbered rows say nothing in the columns: what that one lacks, another print of the
    table may have."""
    numbered = len(group) > 1 and all(is_ordinal(line[0].text.text) for line in group)
    return numbered and sum(not _is_open(line, columns) for line in group) == 1


def _is_open(line: Line, columns: Sequence[int]) -> bool:
    return all(line[c].open for c in columns)


def _share(group: list[Line], rest: list[int]) -> None:
    for c in rest:
        filled = next((line[c] for line in group if not line[c].blank), group[0][c])
        for line in group:
            if line[c].open or line[c] is filled:
                line[c] = filled
