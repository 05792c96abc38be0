"""The parts of a table on the pages before: regions that were found, and what was read of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from juanzong.core.lines import Line
from juanzong.language.text import fold
from juanzong.stages.pieces.group_lines import may_part_pages
from juanzong.stages.pieces.table_so_far import TableSoFar


@dataclass
class Found:
    """The regions that were found. `table`: what was read last of rows with tabs or pipes."""

    regions: list[list[int]] = field(default_factory=list)
    table: TableSoFar | None = None


def table_at(lines: Sequence[Line], i: int, taken: set[int], is_row: Callable[[str], bool], found: Found) -> TableSoFar:
    """The table with a row in line i, with its parts on the pages before: right before line i, with the same first line
    or as many cells."""
    table, regions = found.table, found.regions
    if table is not None and regions and table.holds(regions[-1], is_row):
        goes_on, even = _link(lines, regions[-1], i, i, taken)
        if goes_on and (
            _is_headed_as(lines, regions[-1], i) or (even and table.even and not _more(lines, i, taken, found))
        ):
            table.go_on_at(i, even=even)
            return table
    parts: list[list[int]] = []
    at, all_even = i, True
    for part in reversed(regions):
        goes_on, even = _link(lines, part, at, i, taken)
        if not goes_on:
            break
        parts.append(part)
        at, all_even = part[0], all_even and even
    table = TableSoFar(lines, [k for part in reversed(parts) for k in part], i, taken, is_row)
    table.parts, table.even = len(parts) + 1, all_even
    return table


def _link(lines: Sequence[Line], part: Sequence[int], at: int, i: int, taken: set[int]) -> tuple[bool, bool]:
    """(whether the table with a row in line i may have the part before line `at`, whether nothing stands between them and
    the part has as many cells)."""
    again = fold(lines[part[0]].text) == fold(lines[i].text)
    between = [k for k in range(part[-1] + 1, at) if k not in taken]
    even = not between and bars_in(lines[part[0]].text) == bars_in(lines[i].text)
    return (again or even) and all(may_part_pages(lines, k, part[-1]) for k in between), even


def _is_headed_as(lines: Sequence[Line], part: Sequence[int], i: int) -> bool:
    """Whether line i says what the part's first line does, in as many cells: the parts before are the same for both."""
    above, line = lines[part[0]].text, lines[i].text
    return fold(above) == fold(line) and bars_in(above) == bars_in(line)


def _more(lines: Sequence[Line], i: int, taken: set[int], found: Found) -> bool:
    """Whether the part before those of the table that was read last belongs to it, too, if line i does."""
    table, regions = found.table, found.regions
    if table is None or len(regions) <= table.parts:
        return False
    return _link(lines, regions[-table.parts - 1], regions[-table.parts][0], i, taken)[0]


def bars_in(text: str) -> int:
    """The marks that part the cells of a row."""
    return text.count("\t") or text.count("|")
