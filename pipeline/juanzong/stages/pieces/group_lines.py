"""Lines that stand alone between the rows of a table: group rows (一、经济发展), or headings that end the table.

Which of the two is told by all that stands around: how tight the line stands, whether the rows on both sides have one
width, whether serial numbers go on, and whose count of groups or headings its number goes on with.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.numbering import ANNEX, BOX, CONTINUED_BEHIND, FIGURE_CAPTION, GOES_ON, TABLE_CAPTION, heading_of
from juanzong.language.openings import LABEL, NOTE_HEAD
from juanzong.language.text import ends_sentence, fold
from juanzong.stages.tables.kinds import VALUES, item, kind
from juanzong.stages.tables.read import is_rule
from juanzong.stages.tables.wrapped import ends_cell_of

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


def lone_lines(
    lines: Sequence[Line],
    table: Sequence[int],
    k: int,
    taken: set[int],
    is_row: Callable[[str], bool],
    *,
    apart: bool = False,
) -> int:
    """The index behind the lines from k on that belong to the table of rows with tabs or pipes, though they hold no
    cells; k where line k ends the table. `table`: the table's lines so far, those on the pages before among them;
    `apart`: a blank line stands before each of its rows."""
    end = k
    while end < len(lines) and end not in taken and end - k < _MOST_ALONE and not is_row(lines[end].text):
        end += 1
        if end < len(lines) and lines[end].blanks:
            break
    below = _next_page(lines, k, end, taken)
    if end == k or below == len(lines) or not is_row(lines[below].text):
        return k
    before = [
        _split(lines[j].text) for j in table if j not in taken and is_row(lines[j].text) and not is_rule(lines[j].text)
    ]
    after = [_split(lines[j].text) for j in range(below, min(below + 8, len(lines))) if is_row(lines[j].text)]
    groups = [lines[j].text for j in table if j not in taken and not is_row(lines[j].text)]
    if lines[k].blanks == 0 and end == k + 1 and ends_cell_of(before, lines[k].text):
        return end
    page = max(lines[below].blanks, lines[k].blanks) > apart or below > end
    found = all(_is_group(lines, j, before, after, groups, page=page, table=table, gap=apart) for j in range(k, end))
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


def breaks_off(
    lines: Sequence[Line], table: Sequence[int], k: int, taken: set[int], is_row: Callable[[str], bool]
) -> bool:
    """Whether line k is the last row of a table, cut off in its first cell: it counts on from the rows right above."""
    rows = [_split(lines[j].text) for j in table if j not in taken and is_row(lines[j].text)]
    numbers = [n for row in rows if row and (n := _serial(row[0]))]
    text = lines[k].text.strip()
    ends = k + 1 == len(lines) or bool(lines[k + 1].blanks)
    return (
        ends
        and not lines[k].blanks
        and numbers[-2:] in ([1], [_serial(text) - 2, _serial(text) - 1])
        and _serial(text) == numbers[-1] + 1
        and bool(item(text)) == bool(item(rows[-1][0]))
        and len(text) <= _LONGEST
        and not ends_sentence(text.rstrip(".．"))
    )


def groups_between(lines: Sequence[Line], k: int, below: int, before: Rows, after: Rows, *, inside: bool) -> bool:
    """Whether the lines k to `below`, between two tables of the given rows, are group rows of one table of both.
    `inside`: no tag ends the one table and none begins the other."""
    return all(_is_group(lines, j, before, after, [], page=False, table=(), inside=inside) for j in range(k, below))


def _split(text: str) -> list[str]:
    """The cells of a row with tabs or pipes."""
    if "\t" in text:
        return [cell.strip() for cell in text.split("\t")]
    return [cell.strip() for cell in text.strip().strip("|").split("|")]


def _is_group(
    lines: Sequence[Line],
    k: int,
    before: Rows,
    after: Rows,
    groups: Sequence[str],
    *,
    page: bool,
    table: Sequence[int],
    inside: bool = False,
    gap: bool = False,
) -> bool:
    """Whether line k is a group row of the table whose rows stand before and after it. `gap`: blank lines between all
    rows say nothing."""
    text = lines[k].text
    marked = text.lstrip().startswith("#")  # a tool took it for a heading
    bare = text.strip().strip("#*").strip()
    if not before or not after or abs(len(before[-1]) - len(after[0])) > 1 or len(before[-1]) < 2:
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
    own = _own_number(bare, before, groups)
    if head is None:
        score += _UNNUMBERED
    elif own:
        score += _OWN_NUMBER
    elif _outline_number(lines, k, table):
        score += _OUTLINE_NUMBER
    if restarts and not own:
        score += _RESTARTS
    if page and not lines[k].blanks and _is_header(before[0]):
        again = fold("".join(after[0])) == fold("".join(before[0]))
        score += _ROWS_BELOW * (again or any(kind(cell) in VALUES for cell in after[0]))
    if not page and _begins_table(before, after[0]):
        score += _HEADER_BELOW
    return score >= _ENOUGH


def _serials(before: Rows, after: Rows) -> tuple[bool, bool]:
    """Whether the serial numbers of the rows go on from those before to those after; whether they begin anew."""
    last = next((n for row in reversed(before) if (n := _serial(row[0]))), 0)
    first = next((n for row in after if row and (n := _serial(row[0]))), 0)
    begins = _is_header(before[0]) and all(len({cell for cell in row if cell}) == 1 for row in before[1:])
    return bool(last or begins) and first == last + 1, bool(last and first) and first <= last


def _serial(label: str) -> int:
    text = fold(label)
    return int(text) if text.isdecimal() and len(text) < 4 else item(text)


def _own_number(text: str, before: Rows, groups: Sequence[str]) -> bool:
    """Whether the number of a line goes on with the groups of the table, or is the first of a form."""
    head = heading_of(text)
    if head is None:
        return False
    alone = [row[0] for row in before if len({c for c in row if c}) == 1]
    bare = [g.strip().strip("#*").strip() for g in (*groups, *alone)]
    own = [h.ordinal for g in bare if (h := heading_of(g)) and h.form == head.form]
    return head.ordinal == (max(own) if own else 0) + 1 or (head.ordinal == 1 and bool(own))


def _outline_number(lines: Sequence[Line], k: int, table: Sequence[int]) -> bool:
    """Whether the number of line k goes on with a heading that stands before the table."""
    head, own = heading_of(lines[k].text.strip()), set(table)
    for j in range(k - 1, max(-1, k - len(own) - _FAR), -1):
        above = heading_of(lines[j].text.strip().strip("#* ")) if j not in own else None
        if head is not None and above is not None and above.form == head.form:
            return head.ordinal == above.ordinal + 1
    return False


def _begins_table(before: Rows, row: Sequence[str]) -> bool:
    """Whether a row is the header of a new table: it prints that of the table before again, or looks like one where no
    row of that table does but its header."""
    if len(before) < 2:
        return False
    again = fold("".join(row)) == fold("".join(before[0]))
    return again or (_is_header(row) and not any(map(_is_header, before[1:])))


def _is_header(row: Sequence[str]) -> bool:
    """Whether a row looks like the header of a table: words in most cells, no figures, no number first."""
    filled = [cell for cell in row if cell]
    return (
        len(filled) * 2 > len(row)
        and len(filled) > 1
        and not _serial(row[0])
        and bool(re.search(r"\p{Han}", filled[0]))
        and all(kind(cell) not in VALUES and kind(cell) != "serial" for cell in filled)
    )
