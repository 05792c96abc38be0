"""How many rows a table's header has."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

import regex as re

from juanzong.language.labels import FORM_LABEL
from juanzong.language.text import fold, number_of
from juanzong.stages.tables.dated_groups import heads_group
from juanzong.stages.tables.form import is_form
from juanzong.stages.tables.grid import Grid, Line, stands_alone
from juanzong.stages.tables.kinds import VALUES, is_group, is_ordinal, kind
from juanzong.stages.tables.raw import RawRow
from juanzong.stages.tables.values import is_unit

_MOSTLY = 0.7  # of the names, under another of a table's bands
_LONGEST_NAME = 12  # characters of a column's name, in a row that has nothing below it
_SAME = 0.88  # two readings of one header differ in a character or two
_IN_BRACKETS = re.compile(r"[（(]([^（）()]+)[）)]")
_FIGURES = re.compile(r"\d+")
# a note's mark behind a name, which the header of one page may have and that of another may not
_NOTE_MARK = re.compile(r"(?<=[\p{Han}）)])\s*\^?(?:[①-⑳]|[⁰¹²³⁴-⁹]+|[\[［]\d{1,2}[\]］])")
_COUNTED = re.compile(r"第\s*([\d一二三四五六七八九十]{1,3})\s*\p{Han}{1,3}")


def same_print(a: str, b: str) -> bool:
    """Whether two rows are two prints of one header: equal once blanks are gone, but for a misread character. Figures are
    not misread: a header with other years is another table's.

    >>> same_print("序号 指标名称 计量单位", "序号指标名称计量単位"), same_print("", "")
    (True, False)
    >>> same_print("地区 2019年 2020年 增长率", "地区 2020年 2021年 增长率")
    False
    >>> same_print("渡口 客流① 泊位", "渡口 客流 泊位")
    True
    """
    x, y = (fold(_NOTE_MARK.sub("", text)) for text in (a, b))
    if not x or x == y:
        return bool(x)
    figures = _FIGURES.findall(x) == _FIGURES.findall(y)
    return figures and SequenceMatcher(None, x, y, autojunk=False).ratio() >= _SAME


def _texts(line: Line) -> list[str]:
    return [p.text.text for p in dict.fromkeys(line) if not p.blank]


def has_values(line: Line) -> bool:
    """Whether figures, dashes or stars stand in the row."""
    return any(kind(t) in VALUES or kind(t) == "serial" for t in _texts(line))


def header_height(grid: Grid) -> int:
    """Rows of header at the top of the grid, 0 where the first row holds data.

    A second row is a level of the header where it fills what the first one leaves open, holds no figures, and is no
    group row.
    """
    if not grid or has_values(grid[0]) or heads_group(grid, 0):
        return 0
    if len(grid) == 1:
        return int(_names_columns(grid[0]))
    if len(grid[0]) == 1 and grid[0][0].exact and not FORM_LABEL.fullmatch(grid[0][0].text.text.strip()):
        return 0  # a list of one column: nothing but a label tells a name from what it names
    if len(set(grid[0])) == 1 and _names_serials(grid[1:]):
        return 2  # a heading over all columns, and their names
    first = _texts(grid[0])
    counted = _counts(grid[0]) and _counts(grid[0]) + 1 == _counts(grid[1])  # 第1天 above 第2天
    if not first or is_ordinal(first[0]) or counted or (len(first) == 1 and is_group(first[0])) or is_form(grid):
        return 0
    height = 1
    while height < min(4, len(grid) - 1) and _is_level(grid[height - 1], grid[height]):
        height += 1
    if height == len(grid) - 1 and _spans_on(grid[height - 1], grid[height]):
        height += 1  # no rows below: a form that nobody filled in
    return height


def height_over_pages(parts: Sequence[Grid]) -> int:
    """Rows of header at the top of the first of a table's pages."""
    if _stands_under_bands([line for part in parts for line in part]):
        return 2
    first = (
        parts[0]
        if len(parts[0]) > 2
        else [*parts[0], *(line for part in parts[1:2] for line in _below_again(part, parts[0]))]
    )
    return min(header_height(first), len(parts[0]))


def told_height(rows: Sequence[RawRow], part: Grid) -> int:
    """How many rows at the top are told to be a header; 0 where no row is left below. Tools tell it of rows that hold
    figures as well, and of those that head a group: what the file does not say itself is a guess."""
    n = 0
    for row, line in zip(rows, part, strict=True):
        guess = not row.exact and (has_values(line) or is_ordinal(line[0].text.text))
        if not row.head or guess or (n and stands_alone(line)):
            break
        n += 1
    return n if n < len(part) else 0


def _below_again(part: Grid, first: Grid) -> Grid:
    """A page's rows without the one on top that the table's first page has on top too: the header again."""
    tops = ["".join(p.text.text for p in dict.fromkeys(grid[0])) for grid in (part, first) if grid]
    return part[1:] if len(tops) == 2 and same_print(*tops) else part


def _names_serials(rows: Grid) -> bool:
    """Whether the first row names a column of serial numbers, and the others: 序号, and 1 below."""
    names = [fold(p.text.text) for p in rows[0]]
    below = rows[1][0].text.text if len(rows) > 1 else ""
    return names[0] in ("序号", "编号") and len(set(names)) > 2 and all(names) and fold(below) == "1"


def _names_columns(line: Line) -> bool:
    """Whether a row that stands alone, its cells given as such, is the header of a table that nobody filled in."""
    texts = [p.text.text.strip() for p in line]
    return (
        len(set(texts)) == len(texts) > 2
        and all(p.exact for p in line)
        and all(texts)
        and max(map(len, texts)) <= _LONGEST_NAME
        and not any(is_ordinal(t) for t in texts)
    )


def _stands_under_bands(grid: Grid) -> bool:
    """Whether the second row holds the columns' names, which stand again under each of the cells that go across the whole
    table and head its parts, as the first row does."""
    bands = [r for r, line in enumerate(grid[:-1]) if len(line) > 2 and len(set(line)) == 1 and not line[0].blank]
    if len(bands) < 2 or bands[0]:
        return False
    names, *others = ([fold(t).lower() for t in _texts(grid[r + 1])] for r in bands)
    return (
        len(names) > 2
        and not has_values(grid[1])
        and all(len(own) == len(names) and _MOSTLY * len(own) <= sum(map(str.__eq__, names, own)) for own in others)
    )


def _spans_on(above: Line, line: Line) -> bool:
    """Whether the cell that names the first column spans on into a row that holds other names."""
    return line[0] is above[0] and not line[0].blank and len(set(line)) > len(set(above)) and not has_values(line)


def _counts(line: Line) -> int:
    """The number in a label that counts what its rows are (第3天, 第三周); 0 where there is none."""
    found = _COUNTED.fullmatch(line[0].text.text.strip()) if line else None
    return (number_of(found[1]) or 0) if found else 0


def _is_level(above: Line, line: Line) -> bool:
    texts = _texts(line)
    if not texts or has_values(line):
        return False
    if is_level_spelled_out(above, line) or _ends_in_units(above, line):
        return True
    if line[0] is not above[0] and not line[0].blank:
        return _parts_all(above, line)
    if line[0] is above[0]:
        return True  # the source says so: a cell spans both rows
    if is_ordinal(texts[0]):
        return False
    beside = [k for k, p in enumerate(line) if not p.blank and k < len(above)]
    under_open = any(above[k].blank or (k and above[k] is above[k - 1]) for k in beside)
    wrapped = not any(p.blank for p in above)
    return under_open or (wrapped and len(above) > 2 and all(len(t) <= 12 for t in texts))


def _ends_in_units(above: Line, line: Line) -> bool:
    """Whether a row is the second line of the names above it, each in its place: half of it units in brackets, two at least."""
    texts = [p.text.text.strip() for p in line if not p.blank]
    units = sum((m := _IN_BRACKETS.fullmatch(text)) is not None and is_unit(m[1]) for text in texts)
    names = not any(p.blank for p in above) and len(set(above)) == len(above) and not set(above).intersection(line)
    return names and units > 1 and 2 * units >= len(texts) and all(len(text) <= _LONGEST_NAME for text in texts)


def is_level_spelled_out(above: Line, line: Line) -> bool:
    """Whether merged cells are written in each place that they cover (Markdown and some readers have no spans): the row
    has the first column's name again, and others only where the one above stands twice side by side."""
    upper, lower = ([fold(p.text.text) for p in row] for row in (above, line))
    other = [k for k, (a, b) in enumerate(zip(upper, lower, strict=False)) if a != b]
    twice = all(upper[k] in upper[max(0, k - 1) : k] + upper[k + 1 : k + 2] for k in other)
    return len(upper) == len(lower) and bool(upper[0]) and bool(other) and other[0] > 0 and twice


def _parts_all(above: Line, line: Line) -> bool:
    """Whether a row names the columns that the cells above it, most of them over several, span: all of them. What stands
    empty behind a cell above belongs to it."""
    above = list(above)
    for k in range(1, len(above)):
        if above[k].blank and not above[k - 1].blank:
            above[k] = above[k - 1]
    spans = [p for p in dict.fromkeys(above) if above.count(p) > 1]
    all_but_first = len(spans) == len(set(above)) - 1 > 1  # a header of nothing else has a level below
    return (
        len(set(above)) > 1
        and (above[0] in spans or all_but_first)
        and len(spans) * 2 > len(set(above))
        and len(set(line)) == len(line) == len(above)
        and not any(p.blank for p in line)
        and not is_ordinal(line[0].text.text)
    )
