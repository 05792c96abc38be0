"""Rows whose cells a single blank parts, or a line feed, as readers write a table whose columns they lost: names, then
values under them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language.elements import UNIT
from juanzong.language.numbering import BOX, FIGURE_CAPTION, TABLE_CAPTION, heading_of
from juanzong.stages.tables.blanks import cells_of, counted_end, lone_length, may_lack_last
from juanzong.stages.tables.kinds import is_group, is_total, is_value, kind

_FEWEST_ROWS = 2
_MANY = 4  # columns
_FEWEST_LONE = 8  # cells of a table with one in each line
_LONGEST_NAME = 16  # characters of a column's name
_LONGEST_CELL = 30
_STOP = re.compile(r"[。！？!?]|[：:]$")
_SENTENCE = re.compile(r"[，。；！？,;!?]|[：:]$")
_HAN = re.compile(r"\p{Han}")
_TIMED = re.compile(r"\p{Han}{0,2}(?:时间|时段|日期|月份|月度|周次)(?:安排)?")  # names of a column that says when
_SERIAL = re.compile(r"序\s*号|编\s*号|名\s*次|次\s*序")  # names of a column that counts the rows
_CLOCK = r"\d{1,2}[:：]\d{2}"
_DAY = r"(?:(?:\d{1,2}[-—–~～至、])?\d{1,2}月份?(?:\d{1,2}日|[上中下]旬)?|\d{1,2}[./-]\d{1,2}|第[\d一二三四五六七八九十]{1,3}周)"
_TIME = re.compile(
    rf"(?:[上中下]午|晚上)?{_CLOCK}(?:[-—–~～至]+{_CLOCK})?|[上中下]午|晚上|全天"
    rf"|{_DAY}(?:[-—–~～至]+{_DAY})?|[一二三四五六七八九十]{{1,2}}月份?"
)


def blank_columns_end(lines: Sequence[Line], i: int, taken: set[int], breaks: Sequence[bool]) -> int:
    """The index behind the table of such rows whose names of columns stand in line i; i where none begins there.

    It has two rows or more below its names, each with as many cells, and under one name or more nothing but values.
    """
    if i + 1 >= len(lines) or (lines[i + 1].blanks and not breaks[i + 1]):
        return i  # no row stands below
    text = lines[i].text
    names = cells_of(text)
    if len(names) < 2 or not _are_names(text, names):
        return i
    rows, end = _rows_from(lines, i + 1, names, taken, breaks)
    return end if len(rows) >= _FEWEST_ROWS and _are_columns(names, rows) else i


def blank_columns_on(
    lines: Sequence[Line], i: int, above: Sequence[int], taken: set[int], breaks: Sequence[bool]
) -> int:
    """The index behind the rows from line i on that go on, on a new page, with the table of the lines `above`; i where
    none do."""
    between = range(above[-1] + 1, i + 1)
    if not all(k in taken for k in between[:-1]) or not any(breaks[k] for k in between):  # in this order: soon told
        return i
    names, *rows = [cells for k in above if len(cells := cells_of(lines[k].text)) > 1] or [[]]
    if not rows or not all(_fits(cells, names) for cells in rows):
        return i
    more, end = _rows_from(lines, i, names, taken, breaks)
    return end if more and _are_columns(names, [*rows, *more]) else i


def _fits(cells: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a row has a cell under each name, or nothing under remarks, which come last."""
    return len(cells) == len(names) or (len(cells) + 1 == len(names) and may_lack_last(names))


def _rows_from(
    lines: Sequence[Line], i: int, names: Sequence[str], taken: set[int], breaks: Sequence[bool]
) -> tuple[list[list[str]], int]:
    """The rows under those names from line i on, groups between them left out, and the index behind the last."""
    rows: list[list[str]] = []
    end = k = i
    while k < len(lines) and k not in taken and lines[k].block is None and not (k > i and breaks[k]):
        cells = cells_of(lines[k].text)
        if lines[k].blanks and (k > i or not breaks[k]):
            break
        told = len(rows) >= _FEWEST_ROWS and len(names) > 3  # then a clause may stand in a cell
        if _fits(cells, names) and not any(_is_no_cell(c, told) for c in cells):
            rows.append(cells)
            end = k + 1
        elif rows and _lacks_a_cell(lines, k, len(names)):
            pass  # it is told with the table
        elif not (len(cells) == 1 and is_group(cells[0]) and heading_of(cells[0]) is not None):
            break
        k += 1
    return rows, end


def _lacks_a_cell(lines: Sequence[Line], k: int, width: int) -> bool:
    """Whether line k has one cell too few, between rows of three cells or more that lack none."""
    beside = [cells_of(lines[j].text) for j in (k - 1, k, k + 1) if j < len(lines)]
    return (
        width > 2
        and [len(cells) for cells in beside] == [width, width - 1, width]
        and not any(_is_no_cell(c) for cells in beside for c in cells)
    )


def lone_cells_end(lines: Sequence[Line], i: int, taken: set[int], breaks: Sequence[bool]) -> int:
    """The index behind a table whose cells stand one below the other, each in a line of its own, from line i on, under
    the table's title or unit, or with rows that serial numbers count; i where none begins there."""
    if (counted := counted_end(lines, i, taken)) > i:
        return counted
    above = lines[i - 1].text.strip() if i else ""
    if lines[i].block is not None or not (above.endswith("表") or _names_table(above)):
        return i
    n = lone_length(_lone_cells(lines, i, taken, breaks))
    return i + n if n >= _FEWEST_LONE else i


def _names_table(text: str) -> bool:
    """Whether a line is a table's numbered caption, or its unit."""
    if text[:1] in ("附", "表", "续") and TABLE_CAPTION.match(text):
        return True
    return "位" in text and UNIT.match(text) is not None


def _lone_cells(lines: Sequence[Line], i: int, taken: set[int], breaks: Sequence[bool]) -> Iterator[str]:
    """The lines from i on that may be a cell each."""
    for k in range(i, len(lines)):
        if k in taken or (k > i and (breaks[k] or lines[k].blanks)):
            return
        cell = cells_of(lines[k].text)
        if len(cell) != 1 or len(cell[0]) > _LONGEST_NAME or _is_no_cell(cell[0]):
            return
        yield cell[0]


def _are_names(text: str, names: Sequence[str]) -> bool:
    """Whether the words in a line may name columns: short, no figures among them, and no heading or caption all together."""
    bare = text.strip()
    if any(p.match(bare) for p in (BOX, TABLE_CAPTION, FIGURE_CAPTION)) or heading_of(bare) is not None:
        return False
    words = all(len(n) <= _LONGEST_NAME and not is_value(n) and not _SENTENCE.search(n) for n in names)
    return words and 2 * sum(len(n) > 1 and bool(_HAN.search(n)) for n in names) > len(names)


def _is_no_cell(text: str, clause: bool = False) -> bool:
    return len(text) > _LONGEST_CELL or bool((_STOP if clause else _SENTENCE).search(text) and not is_value(text))


def _are_columns(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether each column holds words or values throughout, totals aside, one behind the first values, or the first one
    counts the rows or says by its name and in each row when something is. Under 序号 the serial numbers of many cells
    say enough."""
    plain = [row for row in rows if not is_total(row[0])] or rows
    filled = [[row[c] for row in plain if c < len(row)] for c in range(len(names))]
    columns = [[is_value(cell) or kind(cell) == "year" for cell in column] for column in filled]
    even = all(all(column) or not any(column) for column in columns)
    firsts = [row[0] for row in plain]
    numbers = [int(f) for f in firsts if f.isdecimal()]
    counted = len(numbers) == len(firsts) and numbers[0] == 1 and numbers == sorted(set(numbers)) and len(columns) > 2
    if counted and _SERIAL.fullmatch(names[0]) and len(names) >= _MANY:
        return True
    timed = _TIMED.fullmatch(names[0]) is not None and all(_TIME.fullmatch(f) for f in firsts)
    return even and (counted or timed or (not all(columns[0]) and any(all(column) for column in columns[1:])))
