"""Lines that stand alone between the rows of a table: group rows (一、经济发展), or headings that end the table.

Which of the two is told by all that stands around: how tight the line stands, whether the rows on both sides have one
width, whether serial numbers go on, and whose count of groups or headings its number goes on with.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.numbering import ANNEX, BOX, CONTINUED_BEHIND, FIGURE_CAPTION, GOES_ON, TABLE_CAPTION, heading_of
from juanzong.language.openings import LABEL, NOTE_HEAD
from juanzong.language.text import ends_sentence, fold
from juanzong.stages.pieces.table_so_far import TableSoFar, ToldByRows, is_header, serial, split
from juanzong.stages.tables.kinds import VALUES, item, kind

_MOST_ALONE = 3  # lines without cells, one below the other (a group and its sub-group)
_FAR = 200  # lines above a table in which a heading is looked for
_LONGEST = 40  # characters of a group's name
_FORMS = ("一、", "（一）", "1.", "（1）")  # numbers that groups of rows have, as headings have them
_NO_ROW = (BOX, TABLE_CAPTION, FIGURE_CAPTION, LABEL, NOTE_HEAD, el.UNIT, el.TABLE_NOTE)
_PARTING = (
    el.TABLE_NOTE,
    el.UNIT,
    re.compile(rf"[（(]?\s*{GOES_ON}"),
)
_FIRST_OF_PARTING = frozenset("注说备附资数（(计投金单续接")
_MOST_PARTING = 4  # such lines at the seam of two pages

# what speaks for a group row, and how strongly; from _ENOUGH on it is one
_TIGHT = 2  # no blank line between it and the row above, or below
_INSIDE = 3  # it stands between the tags of one table
_COUNTS_ON = 3  # the serial numbers of the rows go on behind it
_OWN_NUMBER = 2  # its number goes on with the groups of the table, or is the first
_OUTLINE_NUMBER = -3  # its number goes on with the headings before the table alone
_MARKED = -3  # a tool says that it is a heading
_UNNUMBERED = -1
_ROWS_BELOW = 2  # on the next page the rows of a table begin without a header
_HEADER_BELOW = -4  # words alone stand below, as in the header of a new table
_RESTARTS = -2  # the serial numbers begin anew, and it is not numbered by the table's own count
_ENOUGH = 3

Rows = Sequence[Sequence[str]]


def lone_lines(lines: Sequence[Line], table: TableSoFar, k: int, taken: set[int], *, apart: bool = False) -> int:
    """The index behind the lines from k on that belong to the table, though they hold no cells; k where line k ends the
    table. `apart`: a blank line stands before each of its rows."""
    end, is_row = k, table.is_row
    while end < len(lines) and end not in taken and end - k < _MOST_ALONE and not is_row(lines[end].text):
        end += 1
        if end < len(lines) and lines[end].blanks:
            break
    below = _next_page(lines, k, end, taken)
    if end == k or below == len(lines) or not is_row(lines[below].text):
        return k
    after = [split(lines[j].text) for j in range(below, min(below + 8, len(lines))) if is_row(lines[j].text)]
    if lines[k].blanks == 0 and end == k + 1 and table.goes_on_in(lines[k].text):
        return end
    page = max(lines[below].blanks, lines[k].blanks) > apart or below > end
    found = all(_is_group(lines, j, table.told, after, page=page, table=table, gap=apart) for j in range(k, end))
    return end if found else k


def _next_page(lines: Sequence[Line], k: int, end: int, taken: set[int]) -> int:
    """The first line behind what may stand between lines k to `end` and the rest of their table."""
    below = end
    while below < len(lines) and (
        below in taken
        or (not lines[k].blanks and may_part_pages(lines, below, end))
        or is_title_again(lines, below, taken)
    ):
        below += 1
    return below


def may_part_pages(lines: Sequence[Line], k: int, end: int) -> bool:
    """Whether line k can stand between two pages of one table, the first of which ends before line `end`: a note,
    续表, the unit once more."""
    text = lines[k].text.strip()
    if k - end >= _MOST_PARTING or not (text[:1] in _FIRST_OF_PARTING or "续" in text):
        return False
    ended = CONTINUED_BEHIND.search(text)
    return any(p.match(text) for p in _PARTING) or (ended is not None and ended.start() <= _LONGEST)


def is_title_again(lines: Sequence[Line], k: int, taken: set[int]) -> bool:
    """Whether line k prints a title once more beside a page number, as the head or the foot of a page."""
    text = lines[k].text.strip()
    return (
        not {k - 1, k + 1}.isdisjoint(taken)
        and el.type_of_title(text) is not None
        and any(line.text.strip() == text for line in lines[:k])
    )


def breaks_off(lines: Sequence[Line], table: TableSoFar, k: int) -> bool:
    """Whether line k is the last row of a table, cut off in its first cell: it counts on from the rows right above."""
    text = lines[k].text.strip()
    number, ends = serial(text), k + 1 == len(lines) or bool(lines[k + 1].blanks)
    if number < 2 or not ends or lines[k].blanks:
        return False
    above = table.told
    return (
        above.serials in ([1], [number - 2, number - 1])
        and number == above.serials[-1] + 1
        and bool(item(text)) == bool(item(above.lowest[0]))
        and len(text) <= _LONGEST
        and not ends_sentence(text.rstrip(".．"))
    )


def groups_between(lines: Sequence[Line], k: int, below: int, before: Rows, after: Rows, *, inside: bool) -> bool:
    """Whether the lines k to `below`, between two tables of the given rows, are group rows of one table of both.
    `inside`: no tag ends the one table and none begins the other."""
    told = ToldByRows(before)
    return all(_is_group(lines, j, told, after, page=False, table=None, inside=inside) for j in range(k, below))


def _is_group(
    lines: Sequence[Line],
    k: int,
    before: ToldByRows,
    after: Rows,
    *,
    page: bool,
    table: TableSoFar | None,
    inside: bool = False,
    gap: bool = False,
) -> bool:
    """Whether line k is a group row of the table whose rows stand before and after it. `gap`: blank lines between all
    rows say nothing."""
    text = lines[k].text
    marked = text.lstrip().startswith("#")  # a tool took it for a heading
    bare = text.strip().strip("#*").strip()
    if not after or abs(len(before.last) - len(after[0])) > 1 or len(before.last) < 2:
        return False
    if not 2 <= len(bare) <= _LONGEST or ends_sentence(bare) or bare.startswith(("<", "-", "!", "[")):
        return False
    if any(p.match(bare) for p in (*_NO_ROW, *_PARTING)) or ANNEX.fullmatch(bare):
        return False
    head = heading_of(bare)
    if head is not None and head.form not in _FORMS:
        return False
    tight = (lines[k].blanks <= gap) + (k + 1 < len(lines) and lines[k + 1].blanks <= gap)
    score = _TIGHT * tight + _INSIDE * inside + _MARKED * marked
    counts, restarts = _serials(before, after)
    score += _COUNTS_ON * counts
    own = head is not None and before.counts(head)
    if head is None:
        score += _UNNUMBERED
    elif own:
        score += _OWN_NUMBER
    elif _outline_number(lines, k, table):
        score += _OUTLINE_NUMBER
    if restarts and not own:
        score += _RESTARTS
    if page and not lines[k].blanks and is_header(before.first):
        again = fold("".join(after[0])) == fold("".join(before.first))
        score += _ROWS_BELOW * (again or any(kind(cell) in VALUES for cell in after[0]))
    if not page and _begins_table(before, after[0]):
        score += _HEADER_BELOW
    return score >= _ENOUGH


def _serials(before: ToldByRows, after: Rows) -> tuple[bool, bool]:
    """Whether the serial numbers of the rows go on from those before to those after; whether they begin anew."""
    last = before.serials[-1] if before.serials else 0
    first = next((n for row in after if row and (n := serial(row[0]))), 0)
    begins = is_header(before.first) and before.alone
    return bool(last or begins) and first == last + 1, bool(last and first) and first <= last


def _outline_number(lines: Sequence[Line], k: int, table: TableSoFar | None) -> bool:
    """Whether the number of line k goes on with a heading that stands before the table."""
    head = heading_of(lines[k].text.strip())
    size = len(table.lines) if table is not None else 0
    for j in table.outside(k) if table is not None else range(k - 1, -1, -1):
        if j <= k - size - _FAR:
            break
        above = heading_of(lines[j].text.strip().strip("#* "))
        if head is not None and above is not None and above.form == head.form:
            return head.ordinal == above.ordinal + 1
    return False


def _begins_table(before: ToldByRows, row: Sequence[str]) -> bool:
    """Whether a row is the header of a new table: it prints that of the table before again, or looks like one where no
    row of that table does but its header."""
    if before.count < 2:
        return False
    again = fold("".join(row)) == fold("".join(before.first))
    return again or (is_header(row) and not before.headed_again)
