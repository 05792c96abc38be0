"""Where a table between bars begins that has none at its sides: 甲 | 乙."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from juanzong.core.lines import Line
from juanzong.stages.tables.read import is_rule

_FEWEST_ROWS = 3  # lines with as many bars that show a table of three cells and more
_FEWEST_PAIRS = 4  # ... of two, or one where no blanks stand beside the bars
_NEAR_RAGGED = 13  # lines in which such rows may lack a cell, the first among them


def begins_bare(lines: Sequence[Line], i: int, taken: set[int]) -> bool:
    """Whether a pipe table without bars at its sides begins: a delimiter row of as many cells stands below, or rows do."""
    if begins_rows(lines, i, taken) or _begins_ragged(lines, i, taken):
        return True
    text = lines[i].text
    if ("|" not in text and not is_rule(text)) or i + 1 >= len(lines) or i + 1 in taken or lines[i + 1].blanks:
        return False
    below = lines[i + 1].text
    return is_rule(text) or (is_rule(below) and below.strip("| ").count("|") == text.strip("| ").count("|"))


def begins_rows(lines: Sequence[Line], i: int, taken: set[int]) -> bool:
    """Whether rows that have nothing but a bar between their cells (甲 | 乙, 甲|乙|丙) begin: as many bars in each of the next
    lines."""
    bars = lines[i].text.count("|")
    if not bars or _has_sides(lines[i].text):
        return False
    bar = "|" if bars > 1 and " |" not in lines[i].text else " | "
    below = range(i + 1, i + (_FEWEST_ROWS if bars > 1 and bar == " | " else _FEWEST_PAIRS))
    return below[-1] < len(lines) and all(
        k not in taken and not lines[k].blanks and bar in lines[k].text and lines[k].text.count("|") == bars
        for k in below
    )


def _begins_ragged(lines: Sequence[Line], i: int, taken: set[int]) -> bool:
    """Whether such rows begin some of which lack a cell or have one too many: most have as many bars as the first."""
    bars = lines[i].text.count(" | ")
    if bars < 2 or _has_sides(lines[i].text) or (i and " | " in lines[i - 1].text and not lines[i].blanks):
        return False
    near = range(i + 1, min(i + _NEAR_RAGGED, len(lines)))
    rows = takewhile(lambda k: k not in taken and not lines[k].blanks and " | " in lines[k].text, near)
    same = [abs(lines[k].text.count(" | ") - bars) for k in rows]
    return len(same) >= _FEWEST_ROWS and max(same) <= 1 and 2 * same.count(0) >= len(same)


def _has_sides(text: str) -> bool:
    """Whether a bar stands at the side of a line."""
    bare = text.strip()
    return "|" in (bare[0], bare[-1])
