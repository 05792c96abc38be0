"""Rows of printed columns that stand apart: by a blank line each, as some recognition writes them; a header that the page
parts from its rows; who signs below them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

import regex as re

from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.numbering import CONTINUED, CONTINUED_BEHIND, TABLE_CAPTION
from juanzong.language.openings import NOTE_HEAD
from juanzong.language.text import display_width

_MOST_LINES = 12  # that one row is wrapped in
_MOST_BETWEEN = 16  # lines of furniture and notes between a table's last line on a page and the next page
_MOST_SIGN = 6  # lines of who signs and when
_FEWEST_CELLS = 3  # in the line of a row that holds its number
_SERIAL = re.compile(r"\s{0,4}(\d{1,3})(?=\s{2,}\S)")
_OFF = 4  # columns that cells of one column may begin apart
_CELL = re.compile(r"\S+(?: \S+)*")
_GAP = re.compile(r"\s{2,}")


def header_comes_again(lines: Sequence[Line], i: int, taken: set[int], breaks: Sequence[bool]) -> bool:
    """Whether a line that stands alone at the foot of a page is a table's header: the next page begins with it, behind
    what says that the table goes on; or with that alone, where the line stands under a caption. Notes may stand below it
    on its page."""
    near = range(i + 1, min(i + _MOST_BETWEEN, len(lines)))
    head = next((k for k in near if breaks[k]), len(lines))
    live = [k for k in near if k not in taken]
    above, below = [k for k in live if k < head], [k for k in live if k >= head]
    if not below or (above and NOTE_HEAD.match(lines[above[0]].text) is None):
        return False
    said = [lines[k].text.strip() for k in below]
    labels = list(takewhile(lambda text: CONTINUED.match(text) or CONTINUED_BEHIND.search(text), said))
    captioned = bool(labels) and i > 0 and TABLE_CAPTION.match(lines[i - 1].text.strip()) is not None
    return captioned or [text.split() for text in said[len(labels) : len(labels) + 1]] == [lines[i].text.split()]


def signs_below(lines: Sequence[Line], k: int) -> bool:
    """Whether line k, right below a table, names an organ that signs what stands above: a date follows, behind others
    that sign with it."""
    for line in lines[k : k + _MOST_SIGN]:
        text = line.text.strip()
        if el.is_date(text):
            return line is not lines[k]
        if not el.is_organ(text):
            return False
    return False


def page_ends_in(lines: Sequence[Line], last: int, i: int, taken: set[int], breaks: Sequence[bool]) -> bool:
    """Whether line i begins the page behind the one that `last`, the last line of a table, stands on: between them are
    only furniture and the notes of a page's foot."""
    if i - last > _MOST_BETWEEN or not any(breaks[last + 1 : i + 1]):
        return False
    between = [k for k in range(last + 1, i) if k not in taken]
    if between and all(CONTINUED.match(lines[k].text.strip()) for k in between):
        return True
    return not between or bool(NOTE_HEAD.match(lines[between[0]].text) and not any(breaks[last + 1 : between[-1] + 1]))


def row_apart_end(lines: Sequence[Line], i: int, k: int, taken: set[int], breaks: Sequence[bool]) -> int:
    """The index behind the row that begins in line k, below one blank line; k where none does.

    In: the table's lines so far are i to k. The row goes up to the next blank line, and just one of its lines begins
    with a number: the one that follows the last above, or 1 under a header. Or it is one line, and each of its cells
    begins about where one of the first line does.
    """
    if lines[k].blanks != 1 or k in taken or breaks[k] or len(_GAP.split(lines[i].text.strip())) < _FEWEST_CELLS:
        return k
    above = [n for j in range(max(i, k - _MOST_LINES), k) if (n := _serial(lines[j].text))]
    end = k + 1
    while end < len(lines) and end not in taken and not breaks[end] and not lines[end].blanks:
        end += 1
    own = [n for j in range(k, end) if (n := _serial(lines[j].text))]
    if end == k + 1 and not above and not own and _stand_alike(lines[i].text, lines[k].text):
        return end
    return end if end - k <= _MOST_LINES and own == [(above[-1] if above else 0) + 1] else k


def _stand_alike(first: str, text: str) -> bool:
    """Whether two lines have as many cells, each about where the other's is."""
    a, b = _starts(first), _starts(text)
    return len(a) == len(b) and all(abs(x - y) <= _OFF for x, y in zip(a, b, strict=True))


def _starts(text: str) -> list[int]:
    return [display_width(text[: m.start()]) for m in _CELL.finditer(text)]


def _serial(text: str) -> int:
    """The number that a line of several cells begins with, 0 where it is none."""
    found = _SERIAL.match(text)
    return int(found[1]) if found and len(_GAP.split(text.strip())) >= _FEWEST_CELLS else 0
