"""Lines -> the regions that print a table, or what is left of a chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

import regex as re

from juanzong.core.lines import Line
from juanzong.language.elements import signed_number
from juanzong.language.text import ends_sentence, fold, unbalanced
from juanzong.stages.pieces.bare_rows import begins_bare, begins_rows
from juanzong.stages.pieces.blank_columns import blank_columns_end, blank_columns_on, lone_cells_end
from juanzong.stages.pieces.column_lines import columns_end, columns_region, cut_cell_end, is_columnar
from juanzong.stages.pieces.group_lines import breaks_off, lone_lines, may_part_pages
from juanzong.stages.pieces.html_lines import HTML_TABLE, html_group_end
from juanzong.stages.pieces.parts_above import Found, bars_in, table_at
from juanzong.stages.pieces.rows_apart import page_ends_in
from juanzong.stages.pieces.table_so_far import TableSoFar
from juanzong.stages.pieces.table_tags import table_tags
from juanzong.stages.pieces.timetables import periods_end
from juanzong.stages.pieces.typed_lines import typed_group_end
from juanzong.stages.pieces.upper_header import is_upper_header
from juanzong.stages.tables.blank_forms import blank_form_end
from juanzong.stages.tables.drawn import is_part_rule
from juanzong.stages.tables.kinds import kind
from juanzong.stages.tables.read import is_rule

_MOST_COLUMNS = 500  # a line with more tabs is no table row
_MOST_LINES_IN_CELL = 4  # that a line feed in a cell between pipes may part
_MOST_GROUPS = 2  # lines of one cell, a group and its sub-group, between two rows
_SAME_HEADER = 0.7  # of the characters of two headers that are one
_PIPES = re.compile(r"\s*\|.*\|.*\|?\s*$")
_COMMA = re.compile(r"\p{Han}{2}，.*\p{Han}{2}$")
_HALF = 12  # characters of a half of a sentence; names of columns have fewer
_INNER_TAB = re.compile(r"\S.*\t.*\S")


def table_regions(lines: Sequence[Line], taken: set[int], breaks: Sequence[bool]) -> list[list[int]]:
    """Runs of lines that print a table (or what is left of a chart), as indices; page breaks part them."""
    found = Found()
    out = found.regions
    html = {e.begin.line: e for e in table_tags(lines).tables}
    i = 0
    while i < len(lines):
        if i in taken:
            i += 1
            continue
        end = html_group_end(lines, i, html, taken) if i in html else _region(lines, i, taken, breaks, found)
        if end == i and is_upper_header(lines, i, out[-1] if out else [], taken, breaks):
            below = _region(lines, i + 1, taken, breaks, found)
            end = below if below > i + 1 else i
        if end == i and out and page_ends_in(lines, out[-1][-1], i, taken, breaks):
            again = lines[i].text.strip() == lines[out[-1][0]].text.strip() and is_columnar(lines[i].text)
            end = columns_end(lines, i, taken, breaks) if again else cut_cell_end(lines, i, out[-1], taken, breaks)
        if end == i and out:
            end = _group_at_head_of_page(lines, i, out[-1], taken, breaks)
        if end > i:
            out.append([k for k in range(i, end) if k not in taken])
            i = end
        else:
            i += 1
    return out


def _region(lines: Sequence[Line], i: int, taken: set[int], breaks: Sequence[bool], found: Found) -> int:
    """The index behind the table, or the part of one on a page, that begins in line i; i where none does. `found`: the
    regions before it."""
    block = lines[i].block
    if block is not None:  # the reader knows what it is
        return typed_group_end(lines, i, taken) if block.rows else i
    text = lines[i].text
    if ("<" in text and HTML_TABLE.search(text)) or lines[i].in_sheet:  # a cell that stands alone is no row
        return i
    if _is_tab_row(text):
        return _tabs_end(lines, i, taken, found)
    piped = "|" in text and _PIPES.match(text) is not None
    if piped or begins_bare(lines, i, taken):
        sided = piped or text.lstrip().startswith("+")  # bars at the sides, under a rule or not
        found.table = table_at(lines, i, taken, _is_pipe_row if sided else _has_bar, found)
        end = _rows_end(lines, i, taken, found.table)
        return end if end > i + 1 or _row_of_table_above(lines, i, taken, found.regions) else i
    parted = len(text.split(None, 1)) > 1  # by blanks, as cells are in print
    end = periods_end(lines, i, taken) if parted else i
    end = end if end > i else blank_form_end(lines, i, taken, breaks)
    end = end if end > i or not parted else columns_region(lines, i, taken, breaks)
    end = end if end > i or not parted else blank_columns_end(lines, i, taken, breaks)
    end = end if end > i else lone_cells_end(lines, i, taken, breaks)
    return end if end > i or not found.regions else blank_columns_on(lines, i, found.regions[-1], taken, breaks)


def _row_of_table_above(lines: Sequence[Line], i: int, taken: set[int], found: Sequence[Sequence[int]]) -> bool:
    """Whether a lone row between pipes goes on with the table right above, on the page before: it has as many bars."""
    if not found:
        return False
    between = [k for k in range(found[-1][-1] + 1, i) if k not in taken]
    if not all(may_part_pages(lines, k, found[-1][-1] + 1) for k in between):
        return False
    bars = {lines[k].text.count("|") for k in found[-1]}
    return lines[i].text.count("|") in bars and lines[i].text.count("|") > 2


def _is_tab_row(text: str) -> bool:
    tabs = text.strip("\n").count("\t")
    return 0 < tabs <= _MOST_COLUMNS and signed_number(text) is None


def _is_parted_phrase(text: str) -> bool:
    """Whether the one tab of a line stands within title marks or brackets: 关于印发《某办 / 法》的通知."""
    before, _, after = text.strip().partition("\t")
    return unbalanced(before) > 0 and not unbalanced(before + after) and "\t" not in after


def _is_parted_sentence(text: str) -> bool:
    """Whether the one tab of a line stands within a sentence, whose half before it breaks off behind a comma:
    为规范管理，保障供热 / 用热双方权益，制定本办法。"""
    before, _, after = text.strip().partition("\t")
    broken = len(before) >= _HALF and _COMMA.search(before) is not None
    return broken and "\t" not in after and ends_sentence(after) and not after.lstrip()[:1].isdigit()


def _is_pipe_row(text: str) -> bool:
    """Whether a line below a row between pipes is one, too; a row that was cut off may have its first bar alone."""
    return text.lstrip().startswith("|") or _PIPES.match(text) is not None or is_rule(text) or is_part_rule(text)


def _has_bar(text: str) -> bool:
    return "|" in text


def _tabs_end(lines: Sequence[Line], i: int, taken: set[int], found: Found) -> int:
    """Where a table of rows with tabs ends. Tabs that only lead a line indent it, but beside rows of as many."""
    found.table = table_at(lines, i, taken, _is_tab_row, found)
    first = not found.table.lines
    end = _rows_end(lines, i, taken, found.table)
    if end == i + 1 and first and (_is_parted_phrase(lines[i].text) or _is_parted_sentence(lines[i].text)):
        return i
    rows = [lines[k].text for k in range(i, end) if k not in taken and _is_tab_row(lines[k].text)]
    inner = sorted(text.count("\t") for text in rows if _INNER_TAB.search(text))
    if not inner:
        return i
    usual = (inner[(len(inner) - 1) // 2] + inner[len(inner) // 2]) / 2  # the median; `statistics` takes 5 ms to load

    def indents(k: int) -> bool:
        text = lines[k].text
        return _is_tab_row(text) and not _INNER_TAB.search(text) and abs(text.count("\t") - usual) > 1

    if indents(i):
        return i
    return next((k for k in range(i, end) if indents(k)), end)


def _rows_end(lines: Sequence[Line], i: int, taken: set[int], table: TableSoFar) -> int:
    """The index behind the rows from line i on, with the lines between them that hold one cell or the rest of one; they
    are added to the table, which has its parts on the pages before. Rows that all stand apart by a blank line are one
    table too."""
    is_row = table.is_row
    apart = _set_apart(lines, i, taken, is_row)
    k = i + 1
    while k < len(lines) and k not in taken and lines[k].block is None:
        headed = k == i + 1 and is_rule(lines[k].text)
        if is_row(lines[k].text) and (_another_header(lines, i, k, taken) or _other_rows(lines, i, k, taken)):
            break
        if is_row(lines[k].text) and (headed or lines[k].blanks == 0 or (apart and _goes_on_apart(lines, k))):
            k += 1
            continue
        table.add_to(k)
        end = max(_wrapped_end(lines, k, taken), lone_lines(lines, table, k, taken, apart=apart))
        if end == k:
            k += breaks_off(lines, table, k)
            break
        k = end
    table.add_to(k)
    return k


def _other_rows(lines: Sequence[Line], i: int, k: int, taken: set[int]) -> bool:
    """Whether rows with nothing but bars between their cells begin in line k, of another number than the one above, in a
    table of such rows."""
    bared = not lines[i].text.lstrip().startswith("|")
    return bared and lines[k].text.count("|") != lines[k - 1].text.count("|") and begins_rows(lines, k, taken)


def _another_header(lines: Sequence[Line], i: int, k: int, taken: set[int]) -> bool:
    """Whether the header of another table than the one from line i on stands in line k: words alone, unlike the first
    header, over a delimiter row."""
    if k - i < 3 or k + 1 >= len(lines) or k + 1 in taken or not is_rule(lines[k + 1].text) or is_rule(lines[k].text):
        return False
    cells = [c.strip() for c in lines[k].text.strip("| ").split("|")]
    named = len(cells) > 1 and all(kind(c) == "words" for c in cells)
    first = next((j for j in range(i, k) if not is_rule(lines[j].text)), i)
    return named and is_rule(lines[first + 1].text) and not _alike(lines[first].text, lines[k].text)


def _alike(header: str, other: str) -> bool:
    """Whether two headers are one, but for misread characters."""
    x, y = fold(header), fold(other)
    return x == y or SequenceMatcher(None, x, y, autojunk=False).ratio() >= _SAME_HEADER


def _set_apart(lines: Sequence[Line], i: int, taken: set[int], is_row: Callable[[str], bool]) -> bool:
    """Whether a blank line stands before each of the next rows, as some tools write them."""
    near = range(i + 1, min(i + 3 + _MOST_GROUPS, len(lines)))
    rows = [k for k in near if is_row(lines[k].text)][:2]
    return (
        len(rows) == 2
        and taken.isdisjoint(range(i + 1, rows[1] + 1))
        and all(lines[k].blanks == 1 for k in range(i + 1, rows[1] + 1))
        and len({bars_in(lines[k].text) for k in (i, *rows)}) == 1
    )


def _goes_on_apart(lines: Sequence[Line], k: int) -> bool:
    below = lines[k + 1].text if k + 1 < len(lines) else ""
    above = next((n for j in range(k - 1, k - 2 - _MOST_GROUPS, -1) if (n := bars_in(lines[j].text))), 0)
    return lines[k].blanks == 1 and bars_in(lines[k].text) == above and not is_rule(below)


def _wrapped_end(lines: Sequence[Line], k: int, taken: set[int]) -> int:
    """A row between pipes that line feeds part: it opens with a bar and goes on to the line that ends in one."""
    if not lines[k - 1].text.strip().startswith("|") or lines[k - 1].text.rstrip().endswith("|"):
        return k
    for j in range(k, min(k + _MOST_LINES_IN_CELL, len(lines))):
        text = lines[j].text.strip()
        apart = lines[j].blanks > (j == k and _fills_row(lines, k))  # a paragraph of the cell may end there
        if j in taken or apart or text.startswith(("|", "#")):
            return k
        if text.endswith("|"):
            return j + 1
    return k


def _fills_row(lines: Sequence[Line], k: int) -> bool:
    """Whether line k has just the bars that the row above it lacks, as the one before that shows."""
    text, bars = lines[k].text, [line.text.count("|") for line in lines[max(0, k - 2) : k + 1]]
    return len(bars) == 3 and bars[0] == bars[1] + bars[2] and bars[2] > 0 and text.rstrip().endswith("|")


def _group_at_head_of_page(
    lines: Sequence[Line], i: int, above: Sequence[int], taken: set[int], breaks: Sequence[bool]
) -> int:
    """Where a table ends that goes on, on the next page, with a group row alone in line i."""
    if i + 1 >= len(lines) or lines[i + 1].tabular or not (lines[i].blanks or any(breaks[above[-1] + 1 : i + 1])):
        return i
    is_row = _is_tab_row if _is_tab_row(lines[above[0]].text) else _is_pipe_row
    if not is_row(lines[i + 1].text) or not is_row(lines[above[0]].text):  # in this order: soon told
        return i
    between = range(above[-1] + 1, i)
    if not all(k in taken or may_part_pages(lines, k, above[-1] + 1) for k in between):
        return i
    table = TableSoFar(lines, above, i, taken, is_row)
    end = lone_lines(lines, table, i, taken)
    table.go_on_at(end, even=False)
    return _rows_end(lines, end, taken, table) if end > i else i
