"""Printed lines whose columns only blanks keep apart: how far a table of them goes."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.form_lines import is_field
from juanzong.language.numbering import BOX, CONTINUED, FIGURE_CAPTION, TABLE_CAPTION, heading_of
from juanzong.language.openings import LABEL, NOTE_HEAD, starts_anew
from juanzong.language.personal_names import names_holders
from juanzong.language.standards import standard_mark
from juanzong.language.text import display_width, ends_sentence
from juanzong.stages.pieces.alone import is_item
from juanzong.stages.pieces.group_lines import is_title_again
from juanzong.stages.pieces.in_columns import MOST_SEEN, goes_on_below, stands_in_column
from juanzong.stages.pieces.record_heads import are_fields, fills_in
from juanzong.stages.pieces.rows_apart import header_comes_again, row_apart_end, signs_below
from juanzong.stages.pieces.spread_lines import (
    heads_form,
    heads_prose,
    is_chapter,
    is_spread,
    is_word,
    signs_above_date,
)
from juanzong.stages.tables.columns import begin_in_columns, column_starts, is_title, rest_of_cell
from juanzong.stages.tables.kinds import is_group, kind
from juanzong.stages.tables.printed import printed_rows
from juanzong.stages.tables.raw import RawCell, RawRow
from juanzong.stages.tables.read import syntax_of

_NAMED = re.compile(  # 组长：张三　　县长: who, and what he is
    r"\p{Han}(?:\s*\p{Han}){1,6}\s*[：:]\s*\p{Han}(?:\s{0,3}[\p{Han}·]){1,3}(?:[（(][^（）()]{1,12}[）)])?\s{2,}\S"
)
_NO_CELL = (BOX, TABLE_CAPTION, FIGURE_CAPTION, LABEL, CONTINUED)  # lines that are no rest of a cell
_LONGEST_CELL = 40  # characters of a cell of a row that stands alone
_MOST_WRAPPED = 6  # lines of one cell that a page may carry over
_MOST_OF_FOOT = 40  # lines of the notes at a page's foot
_MANY_LINES = 50  # of a table, that show its columns
_FEWEST_ROWS = 2  # above another table, its header among them
_FEWEST_ALIGNED = 3  # lines with columns that no reader saw
_MOST_ALIGNED = 0.8  # of the lines, and of their pieces
_FILLED = 0.6  # of the first column
_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2})*[\s　]+\p{Han}")  # 2 甲, 2.1 甲: headings
_GAP = re.compile(r"(?<![（(\s])\s{2,}+(?![）)])")  # blanks that brackets leave to be filled in part no columns
_FIGURES_IN_A_ROW = re.compile(r"\S+(?: \S+)*(?: (?:-?\d[\d,.]*%?|—|-)){2,}$")


def is_columnar(text: str) -> bool:
    return bool(_GAP.search(text.strip()))


def columns_region(lines: Sequence[Line], i: int, taken: set[int], breaks: Sequence[bool]) -> int:
    """The index behind the printed table that begins in line i; i where none does."""
    text = lines[i].text
    bare = text.strip()
    if (
        not is_columnar(bare)
        or any(said(bare) for said in (is_item, standard_mark, _is_note))
        or (is_spread(bare) and not heads_form(lines, i))
        or heads_prose(lines, i)
        or _names_people(lines, i, taken)
        or signs_above_date(lines, i)
    ):
        return i
    if not ends_sentence(bare) or len(_GAP.findall(bare)) > 1:
        if not breaks[i] and _shows_no_columns(lines, i, taken, breaks):
            return i
        end = columns_end(lines, i, taken, breaks)
        over_table = end < len(lines) and _is_of_table(lines[end])  # that the reader knows: it is none of its rows
        row = not over_table and (_is_row(text) or _may_go_on(text, breaks[i]))
        rows = printed_rows([lines[k] for k in range(i, end) if k not in taken])
        words = any(kind(cell.text.text) == "words" for cell in rows[0].cells)  # what a chart says is figures
        if words and lines[i].mark is not None and not breaks[i] and not _are_aligned(rows):
            return i
        if end == i + 1:
            return end if header_comes_again(lines, i, taken, breaks) or _goes_on_alone(lines, i, taken, row) else i
        return end if breaks[i] or len(column_starts(rows)) > 1 else i
    return i


def _goes_on_alone(lines: Sequence[Line], i: int, taken: set[int], row: bool) -> bool:
    """Whether a line that stands alone goes on with a table before it; at the head of a page that a reader knows, it is
    a running head rather than a row."""
    return not taken.issuperset(range(i)) and row and (lines[i].mark is None or _is_row(lines[i].text))


def _shows_no_columns(lines: Sequence[Line], i: int, taken: set[int], breaks: Sequence[bool]) -> bool:
    """Whether what begins in line i is long, and many of its lines show no second column: so nobody needs to look where
    it ends, which lines below it would be asked again."""
    stop = i + _MANY_LINES
    if stop >= len(lines) or columns_end(lines, i, taken, breaks, stop) < stop:
        return False
    rows = printed_rows([lines[k] for k in range(i, stop) if k not in taken])
    return len(column_starts(rows)) < 2


def _names_people(lines: Sequence[Line], i: int, taken: set[int]) -> bool:
    """Whether a line is of a list of people: headed by a role (组长：… / 顾    问    …), or set in under a line of the list."""
    k = i
    while k >= 0 and k not in taken and is_columnar(lines[k].text.strip()):
        if _NAMED.match(lines[k].text.strip()) or names_holders(lines[k].text):
            return True
        if lines[k].blanks or not lines[k].text.startswith((" ", "　")):
            return False
        k -= 1
    return False


def _are_aligned(rows: Sequence[RawRow]) -> bool:
    """Whether printed lines in which the reader of the page, who knows where all stands, saw no rows are some all the
    same: most have several pieces, and nearly all of these begin where columns do."""
    starts = column_starts(rows)
    several = [row for row in rows if len(row.cells) > 1]
    if len(starts) < 2 or len(several) < max(_FEWEST_ALIGNED, _MOST_ALIGNED * len(rows)):
        return False
    cells = [cell for row in several for cell in row.cells]
    return sum(any(abs(cell.at - s) <= 1 for s in starts) for cell in cells) >= _MOST_ALIGNED * len(cells)


def _may_go_on(text: str, page: bool) -> bool:
    """Whether a line alone may go on with the table of the page before; no word spread out, no title with organs in it."""
    return page and not text.startswith("#") and not is_word(text.strip()) and el.type_of_title(text) is None


def _is_row(text: str) -> bool:
    """Whether a line that stands alone is a row: organs side by side, a menu, labels, or two pieces of text are none."""
    parts = [p for p in re.split(r"\s{2,}|　+", text.strip()) if p]
    figures = sum(any(c.isdigit() for c in p) for p in parts)
    return figures >= 2 and max(map(len, parts)) <= _LONGEST_CELL and not all(map(is_field, parts))


def columns_end(lines: Sequence[Line], i: int, taken: set[int], breaks: Sequence[bool], stop: int | None = None) -> int:
    """Printed columns run on over lines of a single cell: deep in a column, or a label that wraps. `stop`: where to end."""
    k = i + 1
    second = min(_second_column(lines[i].text), 40)
    page = max((display_width(line.text.rstrip()) for line in lines[i : i + 30]), default=0)
    fields = any(are_fields(line.text) for line in lines[i : i + _FEWEST_ROWS])  # a web page's head, a form
    while k < (len(lines) if stop is None else stop):
        if (apart := row_apart_end(lines, i, k, taken, breaks)) > k:
            k = apart
            continue
        if k in taken or (breaks[k] and k > i) or lines[k].blanks or _is_of_table(lines[k]):
            break
        text = lines[k].text
        bare = text.strip()
        indent = display_width(text[: len(text) - len(text.lstrip())])
        if _is_below_table(bare) or (not fields and are_fields(bare)) or _next_table(lines, i, k, taken):
            break
        if indent > 4 and signs_below(lines, k) and not stands_in_column(lines, i, k, taken):
            break
        if is_columnar(text):
            second = max(second, min(40, _second_column(text))) if indent < 2 else second
        elif 1 < indent <= 4 and goes_on_below(lines, i, k, taken):
            pass
        elif not (
            indent > 4 or _FIGURES_IN_A_ROW.match(bare) or _wraps_in_first_column(lines, k, taken, breaks, second, page)
        ) or (ends_sentence(bare) and indent <= 4 and display_width(bare) > second):
            break
        k += 1
    return k


def _is_below_table(text: str) -> bool:
    """Whether a line says what stands behind a table: a note, who adopted or printed a text, who filled it in, a chapter."""
    return bool(_is_note(text) or el.is_approval(text) or el.printed_on(text) or is_chapter(text) or fills_in(text))


def _is_note(text: str) -> bool:
    return el.TABLE_NOTE.match(text) is not None and ends_sentence(text)


def _is_of_table(line: Line) -> bool:
    """Whether the reader knows that a line is a row of a table."""
    return line.block is not None and bool(line.block.rows)


def _next_table(lines: Sequence[Line], i: int, k: int, taken: set[int]) -> bool:
    """Whether another table begins in line k, right below the one from line i on, with its title or its header: words
    that stand elsewhere than the columns so far, over a line that stands as they do."""
    head = k if is_columnar(lines[k].text) else k + 1
    if head + 1 >= len(lines) or not {head, head + 1}.isdisjoint(taken):
        return False
    name, below = (printed_rows([line])[0] for line in lines[head : head + 2])
    if lines[head].blanks or lines[head + 1].blanks or len(name.cells) < 3 or len(below.cells) < 2:
        return False
    rows = printed_rows([lines[j] for j in range(max(i, k - MOST_SEEN), k) if j not in taken])
    if sum(len(row.cells) > 1 for row in rows) < _FEWEST_ROWS:
        return False
    starts = column_starts(rows)
    apart = not _stand_alike(name, starts) and not _stand_alike(name, [c.at for c in rows[-1].cells])
    return apart and is_title(name, starts) and _stand_alike(below, [c.at for c in name.cells])


def _stand_alike(row: RawRow, starts: Sequence[int]) -> bool:
    """Whether most of a line's pieces begin where columns do."""
    return 2 * sum(any(abs(c.at - s) <= 2 for s in starts) for c in row.cells) > len(row.cells)


def cut_cell_end(lines: Sequence[Line], i: int, above: Sequence[int], taken: set[int], breaks: Sequence[bool]) -> int:
    """Where a table ends that goes on, from line i on, with the rest of one or more cells that the page cut.

    i where none does. `above` are the table's lines on the page before.
    """
    rows, pieces = printed_rows([lines[k] for k in above]), printed_rows([lines[i]])[0].cells
    if syntax_of([lines[k] for k in above]) != "printed" or any(p.match(lines[i].text.strip()) for p in _NO_CELL):
        return i
    if len(pieces) > 1:
        return columns_end(lines, i, taken, breaks) if _are_rests(rows, pieces, lines[i].text.strip()) else i
    rest = pieces[0]
    if _next_group(lines[i].text, [lines[k].text for k in above]) and same_page(lines, i + 1, taken, breaks):
        end = columns_region(lines, i + 1, taken, breaks)
        return end if end > i + 1 and not is_title(printed_rows([lines[i + 1]])[0], column_starts(rows)) else i
    if not rest_of_cell(rows, rest, full=False) or heading_of(lines[i].text.strip()):
        return i
    k = i + 1
    while same_page(lines, k, taken, breaks) and _lone(lines[k].text, rest.at, rows) and k - i < _MOST_WRAPPED:
        k += 1
    end = columns_region(lines, k, taken, breaks) if same_page(lines, k, taken, breaks) else k
    inner, full = rest.at > 0, rest_of_cell(rows, rest, full=True)
    if end > k and not is_title(printed_rows([lines[k]])[0], column_starts(rows)):
        return end if inner or full else i
    return k if inner and full else i


def _are_rests(rows: Sequence[RawRow], pieces: Sequence[RawCell], text: str) -> bool:
    """Whether several pieces in a line are the rests of cells of the rows above."""
    if pieces[0].at <= rows[0].cells[0].at or not begin_in_columns(rows, pieces):
        return False
    return all(rest_of_cell(rows, piece, full=False) for piece in pieces) or not is_spread(text)


def same_page(lines: Sequence[Line], k: int, taken: set[int], breaks: Sequence[bool]) -> bool:
    """Whether line k stands tight below the one before, on the same page."""
    return k < len(lines) and k not in taken and not breaks[k] and not lines[k].blanks and not _is_of_table(lines[k])


def _next_group(text: str, above: Sequence[str]) -> bool:
    """Whether a line alone is the group row that follows the last one in the lines of a table (三、 after 二、)."""
    head = heading_of(text.strip())
    groups = [h for line in above if not is_columnar(line) and (h := heading_of(line.strip()))]
    own = [h.ordinal for h in groups if head is not None and h.form == head.form]
    return head is not None and bool(own) and head.ordinal == own[-1] + 1 and not ends_sentence(text)


def _lone(text: str, at: int, rows: Sequence[RawRow]) -> bool:
    """Whether nothing but one piece stands in a line, at display column `at`, where a column begins; at the left edge,
    where text stands too, one that fits into the first column."""
    if len(text) - len(text.lstrip(" ")) != at or is_columnar(text) or heading_of(text.strip()):
        return False
    widest = max((display_width(row.cells[0].text.text) for row in rows if row.cells[0].at == at), default=0)
    return at > 0 or display_width(text.rstrip()) <= widest


def _second_column(text: str) -> int:
    m = re.search(r"\S(\s{2,})(?=\S)", text.lstrip())
    return display_width(text[: len(text) - len(text.lstrip()) + m.end()]) if m else 99


def _wraps_in_first_column(
    lines: Sequence[Line], k: int, taken: set[int], breaks: Sequence[bool], second: int, page: int
) -> bool:
    text = lines[k].text
    bare = text.strip()
    ahead = next(
        (j for j in range(k + 1, min(k + 4, len(lines))) if is_columnar(lines[j].text) and j not in taken), None
    )
    inside = ahead is not None and not any(lines[j].blanks or breaks[j] for j in range(k + 1, ahead + 1))
    if (
        (text.startswith("    ") and not is_group(bare))
        or any(p.match(bare) for p in (TABLE_CAPTION, FIGURE_CAPTION, LABEL))
        or signs_below(lines, k)
    ):
        return False
    if heading_of(bare):
        return (inside or _table_goes_on(lines, k, taken, breaks)) and display_width(bare) < 40
    ends = ends_sentence(bare) and not _leaves_off(lines[k - 1].text.strip(), second)
    if not inside and (ends or _DECIMAL.match(bare)):
        return False
    return display_width(bare) < (0.6 * page if inside else second) and (inside or not starts_anew(bare))


def _leaves_off(row: str, second: int) -> bool:
    """Whether a row's first cell fills what stands before the column at `second`, or its last one, a list, goes on."""
    return display_width(_GAP.split(row)[0]) >= _FILLED * second or row.endswith(("；", "，", "、"))


def _table_goes_on(lines: Sequence[Line], k: int, taken: set[int], breaks: Sequence[bool]) -> bool:
    """Whether line k ends its page, but for the notes at its foot, and the next page begins with columns."""
    foot = k + 1
    if foot < len(lines) and NOTE_HEAD.match(lines[foot].text):
        foot = next((j for j in range(foot, min(foot + _MOST_OF_FOOT, len(lines))) if breaks[j]), len(lines))
    between = (j for j in range(foot, len(lines)) if j not in taken and not is_title_again(lines, j, taken))
    ahead = next((j for j in between if not CONTINUED.match(lines[j].text.strip())), None)
    return ahead is not None and any(breaks[k + 1 : ahead + 1]) and is_columnar(lines[ahead].text)
