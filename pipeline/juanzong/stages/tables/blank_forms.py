"""Printed lines -> the rows of a form that nobody has filled in: labels alone, and room for a seal and a date."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.core.traced import concat
from juanzong.language.document_types import type_of_title
from juanzong.language.labels import FORM_LABEL
from juanzong.stages.tables.printed import printed_rows
from juanzong.stages.tables.raw import RawCell, RawRow

_ROOM = re.compile(
    r"(?:[（(]\s*(?:单\s*位\s*)?(?:盖\s*章|公\s*章|签\s*章|签\s*字|签\s*名)\s*[)）]|\s*年\s*月(?:\s*日)?|[年月日])+"
)
_WORDS = re.compile(r"\p{Han}(?:\s?\p{Han}){1,9}")
_LONE = re.compile(r"\p{Han}{2,6}")  # words in a line of their own
_FEWEST_ROWS = 3
_FEWEST_PAIRS = 2  # lines of several labels
_LONGEST_LINE = 120
_NO_FORM = frozenset("。，；、：:|\t#0123456789")  # no such mark stands on a form that nobody has filled in


def blank_form_end(lines: Sequence[Line], i: int, taken: set[int], breaks: Sequence[bool]) -> int:
    """The index behind the blank form that begins in line i; i where none does."""
    if not _may_be_row(lines[i]) or not _begins(first := printed_rows([lines[i]])[0]):
        return i
    rows, k = [first], i + 1
    while (
        _stands_below(lines, k, taken, breaks) and _may_be_row(lines[k]) and _is_row(row := printed_rows([lines[k]])[0])
    ):
        rows.append(row)
        k += 1
    below = [*rows, *(printed_rows([lines[k]]) if _stands_below(lines, k, taken, breaks) else ())]
    while not _is_known(rows[-1]):
        rows.pop()
    if any(len(row.cells) > 1 for row in below[len(rows) :]):
        return i  # a row with values
    return i + len(rows) if blank_form_rows(rows) is not None else i


def blank_form_rows(lines: Sequence[RawRow]) -> list[RawRow] | None:
    """The rows of a blank form, one for each line, each label in its column, a seal and a date to be filled in in one cell
    behind the label that they belong to. None where the lines are none: names of columns have values below them, which
    are no labels, or are all of one kind (文学院, 理学院)."""
    if len(lines) < _FEWEST_ROWS or not all(map(_is_row, lines)) or not (_begins(lines[0]) and _is_known(lines[-1])):
        return None
    rows = [_grouped(line) for line in lines]
    texts = [[cell.text.text for cell in row.cells] for row in rows]
    named = [sum(not _is_room(text) for text in line) for line in texts]
    known = sum(_is_label(text) or _is_room(text) for line in texts for text in line)
    if sum(n > 1 for n in named) < _FEWEST_PAIRS or 3 * known < 2 * sum(map(len, texts)):
        return None
    firsts = [line[0] for line in texts if not _is_room(line[0])]
    return None if 2 * len({text[-2:] for text in firsts}) <= len(firsts) else _in_columns(rows)


def _may_be_row(line: Line) -> bool:
    """A cheap test of a line, before its pieces are looked at."""
    text = line.text
    return len(text) <= _LONGEST_LINE and line.block is None and _NO_FORM.isdisjoint(text) and not text.isspace()


def _stands_below(lines: Sequence[Line], k: int, taken: set[int], breaks: Sequence[bool]) -> bool:
    return k < len(lines) and k not in taken and not breaks[k] and not lines[k].blanks


def _is_label(text: str) -> bool:
    return FORM_LABEL.fullmatch("".join(text.split())) is not None


def _is_room(text: str) -> bool:
    return _ROOM.fullmatch(text) is not None


def _begins(line: RawRow) -> bool:
    """Whether a line begins with a label."""
    return _is_label(_grouped(line).cells[0].text.text)


def _is_known(line: RawRow) -> bool:
    """Whether a line holds a label, or room for a seal and a date."""
    return any(_is_label(cell.text.text) or _is_room(cell.text.text) for cell in _grouped(line).cells)


def _is_row(line: RawRow) -> bool:
    """Whether a line holds labels, or room, or short words, as labels that nobody knows are."""
    texts = [cell.text.text for cell in _grouped(line).cells]
    if len(texts) == 1 and not _is_known(line):
        return _LONE.fullmatch(texts[0]) is not None and type_of_title(texts[0]) is None
    return all(_is_label(text) or _is_room(text) or _WORDS.fullmatch(text) is not None for text in texts)


def _grouped(line: RawRow) -> RawRow:
    """The line; pieces that are room for a seal and a date are one cell, and so are the two characters of a label that
    blanks spread out (传　　真)."""
    out: list[RawCell] = []
    for cell in line.cells:
        before = out[-1].text.text if out else ""
        room = _is_room(cell.text.text) and _is_room(before)
        spread = len(before) == len(cell.text.text) == 1 and _is_label(before + cell.text.text)
        if room or spread:
            out[-1] = RawCell(concat([out[-1].text, cell.text]), at=out[-1].at)
        else:
            out.append(cell)
    return RawRow(out, line.line, line.page_break, line.syntax)


def _in_columns(rows: Sequence[RawRow]) -> list[RawRow]:
    """The rows with each cell in the column of the fullest row that it stands nearest to; a line of room alone is the rest
    of the row above."""
    whole: list[list[RawCell]] = []
    lines: list[int] = []
    for row in rows:
        if whole and _is_room(row.cells[0].text.text):
            last = whole[-1][-1]
            if len(whole[-1]) > 1 or _is_room(last.text.text):
                whole[-1][-1] = RawCell(concat([last.text, *(c.text for c in row.cells)]), at=last.at)
            else:
                whole[-1].extend(row.cells)
        else:
            whole.append(list(row.cells))
            lines.append(row.line)
    starts = [cell.at for cell in max(whole, key=len)]
    out = []
    for cells, line in zip(whole, lines, strict=True):
        filled = [RawCell() for _ in starts]
        column = -1
        for n, cell in enumerate(cells):
            free = range(column + 1, len(starts) - len(cells) + n + 1)
            column = min(free, key=lambda c: abs(starts[c] - cell.at)) if n else 0
            filled[column] = RawCell(cell.text)
        out.append(RawRow(filled, line, syntax="printed", exact=True))
    return out
