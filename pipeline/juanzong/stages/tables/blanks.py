"""Rows whose cells a single blank parts, or a line feed: their cells."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import islice, pairwise

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language.text import ends_sentence
from juanzong.stages.tables.kinds import REMARKS, is_value, kind
from juanzong.stages.tables.raw import RawCell, RawRow

_MOST_COLUMNS = 12
_FEWEST_ROWS = 3
_MOST_CELLS = 4000  # of a table that is written one a line
_MOST_SHORT = 4  # times as many rows as lack a cell
SERIALS = frozenset(("序号", "编号", "顺序号", "序"))  # names of a column of serial numbers
_MOST_RESTS = 3  # lines more than cells that a row of cells in lines of their own takes
_LONGEST_CELL = 30  # characters of a cell in a line of its own that has blanks in it
_SHORTEST_FULL = 6  # characters of a line that a cell goes on behind
_CELL = re.compile(r"\S+")
_WIDE = re.compile(r"\S[ \u3000]{2,}\S|\u3000\u3000")


def cells_of(text: str) -> list[str]:
    """The pieces that single blanks part; none where wider ones do, or a mark of another syntax stands in the line.

    >>> cells_of("小学 32 38000"), cells_of("小学  32"), cells_of("| 小学 | 32 |")
    (['小学', '32', '38000'], [], [])
    """
    bare = text.strip()
    return [] if _WIDE.search(bare) or "\t" in bare or "|" in bare or bare.startswith(("#", "<")) else bare.split()


def may_lack_last(names: Sequence[str]) -> bool:
    """Whether rows under the names of columns may lack their last cell, where few have remarks.

    >>> may_lack_last(["姓名", "电话", "备注"]), may_lack_last(["姓名", "备注"]), may_lack_last(["姓名", "单位", "电话"])
    (True, False, False)
    """
    return len(names) > 2 and names[-1] in REMARKS


def blank_rows(lines: Sequence[Line]) -> list[RawRow] | None:
    """The rows of such a table, one for each line; None where wider blanks part its columns, or its lines differ by more
    than groups, which are a cell alone, and rows that lack a cell: remarks, where the last name says so."""
    if len(lines) < 2:
        return None
    counts = [n for line in lines if (n := len(cells_of(line.text))) != 1]
    width = max(counts, default=0)
    short = sum(n == width - 1 for n in counts)
    names = cells_of(lines[0].text)
    remarks = len(names) == width and may_lack_last(names)
    few = remarks or _MOST_SHORT * short <= len(counts)
    if not width or counts.count(width) + short < len(counts) or not few:
        return None
    rows = [
        RawRow([RawCell(line.cut(*m.span())) for m in _CELL.finditer(line.text)], line.n, k > 0 and line.blanks > 0)
        for k, line in enumerate(lines)
    ]
    for row in rows:
        if remarks and len(row.cells) == width - 1:
            row.cells.append(RawCell())
    return rows


def lone_columns(cells: Sequence[str]) -> int:
    """How many columns a table has whose cells stand one below the other, row by row: names first, then in each row a word
    and the values of the other columns. 0 where it is none.

    >>> lone_columns("镇名 2020年 2021年 东山 12 15 西河 20 21 南坪 8 9".split()), lone_columns("甲 乙 丙 丁 戊 己 庚 辛".split())
    (3, 0)
    """
    if cells and (width := counted_width(cells)):
        return width if counted_length(cells) == len(cells) else 0
    values = [is_value(cell) for cell in cells]
    for width in range(2, min(_MOST_COLUMNS, len(cells) // (_FEWEST_ROWS + 1)) + 1):
        rows = [values[k : k + width] for k in range(width, len(cells), width)]
        names = not any(values[:width]) and kind(cells[0]) == "words"
        words = all(kind(cells[k]) == "words" for k in range(width, len(cells), width))
        if len(cells) % width == 0 and names and words and all(all(row[1:]) for row in rows):
            return width
    return 0


def counted_width(cells: Sequence[str]) -> int:
    """How many columns a table has whose cells stand one below the other, if its first is that of serial numbers: the
    first of them begins the first row. 0 where it is not.

    >>> counted_width("序号 姓名 村 1 甲 东村".split()), counted_width("姓名 村 1 甲 东村".split())
    (3, 0)
    """
    width = next((k for k, cell in enumerate(cells[: _MOST_COLUMNS + 1]) if cell == "1"), 0)
    return width if width > 1 and cells[0] in SERIALS else 0


def counted_length(cells: Sequence[str]) -> int:
    """How many of the cells make such a table: its names and the whole rows that count on; 0 where they make none.

    >>> counted_length("序号 姓名 1 甲 2 乙 3 丙 4".split()), counted_length("序号 姓名 1 甲 乙 2 丙".split())
    (8, 0)
    """
    rows = counted_rows(cells)
    return sum(map(sum, rows)) if len(rows) > _FEWEST_ROWS else 0


def counted_rows(cells: Sequence[str]) -> list[list[int]]:
    """How many lines each cell of such a table takes, row by row, its names first; a cell takes more than one where its
    line is as long as any of its column, and only so the next serial number stands where it must.

    >>> counted_rows("序号 单位 1 东山镇 2 西河镇人民政 府 3 南坪镇".split())
    [[1, 1], [1, 1], [1, 2], [1, 1]]
    """
    width = counted_width(cells)
    starts = [0, width] if width else []
    while starts and starts[-1] < len(cells):
        serial, least = str(len(starts)), starts[-1] + width
        near = range(least, min(least + _MOST_RESTS + 1, len(cells)))
        k = next((k for k in near if cells[k] == serial), None)
        if k is None:
            rest = len(cells) - starts[-1]
            starts += [len(cells) if width < rest <= width + _MOST_RESTS else least] if rest >= width else []
            break
        starts.append(k)
    rows = [cells[a:b] for a, b in pairwise(starts)]
    longest = [max((len(row[c]) for row in rows if len(row) == width), default=0) for c in range(width)]
    out: list[list[int]] = []
    for n, row in enumerate(rows):
        found = list(islice(_parted(row, longest, 0), 2)) if len(row) > width else [[1] * width]
        if len(found) != 1 and n + 1 < len(rows):
            return out if n > _FEWEST_ROWS else []
        last = n + 1 == len(rows) and len(row) > width
        told = len(found) == 1 and not (last and not _wraps_as(out, found[0], row[-1]))
        out.append(found[0] if told else [1] * width)
    return out


def _wraps_as(above: Sequence[Sequence[int]], row: Sequence[int], end: str) -> bool:
    """Whether the last row, which no next number ends, wraps in no column in which no row above does, and no sentence
    stands at its end."""
    return not ends_sentence(end) and all(n == 1 or any(r[c] > 1 for r in above) for c, n in enumerate(row))


def _parted(lines: Sequence[str], longest: Sequence[int], c: int) -> Iterator[list[int]]:
    """The ways in which lines are the cells of a row from column c on, each of one line or of several, all but its last
    at least as long as the longest of its column."""
    if c == len(longest) - 1:
        if lines and all(_is_full(line, longest[c]) for line in lines[:-1]):
            yield [len(lines)]
        return
    for n in range(1, len(lines) - (len(longest) - c - 1) + 1):
        if n > 1 and not _is_full(lines[n - 2], longest[c]):
            return
        for rest in _parted(lines[n:], longest, c + 1):
            yield [n, *rest]


def _is_full(line: str, longest: int) -> bool:
    return len(line) >= max(longest, _SHORTEST_FULL) and not line.isdecimal()


def counted_end(lines: Sequence[Line], i: int, gone: Container[int]) -> int:
    """The index behind such a table that begins in line i, with a blank line between its cells or none, and between them
    lines that are `gone`: numbers of pages; i where none does."""
    if lines[i].block is not None or lines[i].text.strip() not in SERIALS:
        return i
    cells: list[str] = []
    at: list[int] = []
    for k in range(i, min(len(lines), i + _MOST_CELLS)):
        if k in gone:
            continue
        cell = _lone_cell(lines[k].text)
        if not cell or (k > i and k - 1 not in gone and lines[k].blanks > 1):
            break
        cells.append(cell)
        at.append(k)
    strays = _strays(cells)
    kept = [k for k in range(len(cells)) if k not in strays]
    n = counted_length([cells[k] for k in kept])
    return at[kept[n - 1]] + 1 if n else i


def _strays(cells: Sequence[str]) -> dict[int, str]:
    """Which of the cells of such a table stand between its rows, and what they are: the names once more, as the next page
    prints them, and a page's number, where no row ends in a figure.

    >>> _strays("序号 姓名 1 甲 7 序号 姓名 2 乙 3 丙".split())
    {4: 'page-number', 5: 'repeated-header', 6: 'repeated-header'}
    >>> _strays("序号 村 户 1 甲 7 2 乙 村 9 3 丙 8".split())
    {}
    """
    width, serial, filled, k = counted_width(cells), 1, 0, 0
    out: dict[int, str] = {}
    names, starts = [*cells[:width]], [0]
    while width and (k := k + (width if not k else 1)) < len(cells):
        if cells[k] == str(serial) and (filled >= width or not filled):
            serial, filled = serial + 1, 1
            starts.append(k)
        elif filled >= width and [*cells[k : k + width]] == names:
            out |= dict.fromkeys(range(k, k + width), "repeated-header")
            k += width - 1
        elif filled >= width and cells[k].isdecimal() and _goes_on(cells[k + 1 : k + 1 + width], names, serial):
            out[k] = "page-number"
        else:
            filled += 1
    figures = any(b - a == width and cells[b - 1].isdecimal() for a, b in pairwise(starts))
    return {k: rule for k, rule in out.items() if not figures or rule != "page-number"}


def _goes_on(below: Sequence[str], names: Sequence[str], serial: int) -> bool:
    return bool(below) and (below[0] == str(serial) or [*below] == names)


def _lone_cell(text: str) -> str:
    """What a line says as a cell, which single blanks part in pieces only where it is short; '' where it can be none."""
    pieces = cells_of(text)
    return " ".join(pieces) if len(pieces) == 1 or len(text) <= _LONGEST_CELL else ""


def lone_length(cells: Iterable[str]) -> int:
    """How many of the cells, which stand one below the other, make such a table: its names and its rows, as long as they
    are whole; 0 where they make none. No more of them are asked for than it takes.

    >>> lone_length("镇名 2020年 东山 12 西河 20 南坪 8 北坡 9 小计 合计".split()), lone_length("甲 乙 丙".split())
    (10, 0)
    """
    width = n = 0
    names: list[str] = []
    for n, cell in enumerate(cells):
        if width:
            first = n % width == 0
            if is_value(cell) if first else not is_value(cell):
                break
            if first and kind(cell) != "words":
                break
        elif is_value(cell):  # the first one stands behind the word that begins the first row
            width = n - 1
            if not 2 <= width <= _MOST_COLUMNS or kind(names[0]) != "words" or kind(names[width]) != "words":
                return 0
        elif n > _MOST_COLUMNS:
            return 0
        else:
            names.append(cell)
    else:
        n += 1
    whole = n - n % width if width else 0
    return whole if whole >= width * (_FEWEST_ROWS + 1) else 0


def lone_rows(lines: Sequence[Line], ledger: Ledger) -> list[RawRow] | None:
    """The rows of such a table; None where the lines are none."""
    cells = [_lone_cell(line.text) for line in lines]
    if any(" " in cell for cell in cells) and not counted_width(cells):
        return None
    cells = cells if all(cells) else []
    if cells and (strays := _strays(cells)):
        for k, rule in strays.items():
            ledger.drop_ranges(lines[k].cut(), rule)
        lines = [line for k, line in enumerate(lines) if k not in strays]
        cells = [cell for k, cell in enumerate(cells) if k not in strays]
    width = lone_columns(cells)
    if not width:
        return None
    out: list[RawRow] = []
    at = 0
    for row in counted_rows(cells) or [[1] * width] * (len(lines) // width):
        out.append(RawRow([], lines[at].n))
        for n in row:
            whole = lines[at].cut().strip()
            for rest in lines[at + 1 : at + n]:
                whole = ledger.join(whole, rest.cut().strip(), "wrapped-cell")
            out[-1].cells.append(RawCell(whole))
            at += n
    return out
