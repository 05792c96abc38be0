"""Rows of a timetable, which begin as the headings of sections do: 第1节　语文　数学."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language.list_groups import period_of
from juanzong.language.numbering import RANK, heading_of
from juanzong.language.text import fold

_NAMES = re.compile(r"节次|课次|课节|时间")  # of the first column
_WIDE = re.compile(r"\s{2,}|　+|\t+")
_TIME = re.compile(r"\d\s?[:：]\s?\d{2}")
_FEWEST = 3  # periods
_LONGEST = 16  # characters of a cell
_LONGEST_ALONE = 6  # ... of the one beside the period


def periods_end(lines: Sequence[Line], i: int, taken: set[int]) -> int:
    """The index behind a timetable that begins in line i, with its columns' names or its first period; i where none does.

    Its lines hold as many cells each, wide blanks between; periods count on from the first, line below line or a blank
    line between, others (课间操) among them. No chapter stands above, and the first line comes not again: then they list
    sections.
    """
    first = _cells(lines, i)
    headed = bool(first) and _NAMES.fullmatch(first[0]) is not None
    if len(first) < 2 or not (headed or period_of(first[0]) == 1) or _is_under_chapter(lines, i):
        return i
    longest = _LONGEST if headed or len(first) > 2 else _LONGEST_ALONE
    end, count = i + headed, 0
    for k in range(end, len(lines)):
        cells = _cells(lines, k)
        period = period_of(cells[0]) if len(cells) == len(first) else 0
        if k in taken or len(cells) != len(first) or any(len(c) > longest and not _TIME.search(c) for c in cells[1:]):
            break
        if (k > i and lines[k].blanks > (period == count + 1)) or period not in (0, count + 1):
            break
        count, end = (period, k + 1) if period else (count, end)
    return end if count >= _FEWEST and not _comes_again(lines, i + headed, end) else i


def _cells(lines: Sequence[Line], i: int) -> list[str]:
    """What wide blanks part in a line; nothing in one that is no print."""
    text = lines[i].text.strip() if lines[i].block is None else ""
    return _WIDE.split(text) if len(text.split(None, 1)) > 1 and _WIDE.search(text) else []


def _is_under_chapter(lines: Sequence[Line], i: int) -> bool:
    head = heading_of(lines[i - 1].text.strip()) if i else None
    return head is not None and head.rank <= RANK["节"]


def _comes_again(lines: Sequence[Line], i: int, end: int) -> bool:
    """Whether the first line is printed once more: the lines are a list of sections."""
    said = fold(lines[i].text)
    return any(fold(line.text) == said for line in lines[end:])
