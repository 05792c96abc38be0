"""Rows that head groups by a date or a count alone: 6月9日, and farther down 6月10日."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.stages.tables.grid import Line

_FIGURES = re.compile(r"\d+")


def heads_group(grid: Sequence[Line], n: int) -> bool:
    """Whether row n is one cell over all columns, and another such row below says the same with other figures."""
    said = _alone(grid[n])
    form = _FIGURES.sub("0", said)
    if form == said:
        return False
    others = (_alone(line) for line in grid[n + 2 :])
    return any(other != said and _FIGURES.sub("0", other) == form for other in others if other)


def _alone(line: Line) -> str:
    return line[0].text.text.strip() if len(set(line)) == 1 and len(line) > 1 else ""
