"""What a printed table's columns hold, learned from all its lines: figures, numbered labels, lists of items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from juanzong.core.traced import Traced
from juanzong.language.text import CLOSING, TERMINAL, display_width, ends_sentence, fold, unbalanced
from juanzong.stages.tables.centred import Form
from juanzong.stages.tables.columns import Pieces, goes_on, leading, room_of
from juanzong.stages.tables.kinds import (
    form_of,
    is_code,
    is_group,
    is_numbered,
    is_ordinal,
    is_total,
    is_value,
    item,
    kind,
)

_NEVER, _SELDOM, _UNLIKE = 4.0, 1.0, 0.3  # what it costs to read a cell so
_MOST = 0.4  # of the rows end a cell alike: others do too
_MANY, _NEARLY_ALL = 3, 0.8  # codes, or numbers that count on, in a first column that gives its rows such
_OFTEN = 3  # times that a column says something, or ends so, for it to be whole
_Costs = dict[tuple[int, int], float]  # by line and column


def figure_columns(lines: Sequence[Pieces], width: int) -> set[int]:
    """The columns behind the first of whose pieces half or more are figures, dashes or stars."""
    out = set()
    for c in range(1, width):
        values = [is_value(line[c].text) for line in lines if c in line]
        if sum(values) * 2 >= len(values) > 0:
            out.add(c)
    return out


def _are_codes(texts: Sequence[str]) -> bool:
    """Whether what stands in a first column are the codes of rows."""
    codes = sum(map(is_code, texts))
    return codes >= _MANY and codes >= _NEARLY_ALL * len(texts)


def begins_with_row(lines: Sequence[Pieces]) -> bool:
    """Whether a table begins with a row and has no header: with a code, as the rows below do, or with a number from which
    they count on."""
    first = [line[0].text for line in lines if 0 in line]
    if not lines or 0 not in lines[0]:
        return False
    serials = [int(s) for s in map(fold, first[:_MANY]) if s.isdecimal()]
    counted = len(serials) == _MANY and all(b == a + 1 for a, b in pairwise(serials))
    return counted or (is_code(first[0]) and _are_codes(first))


def _is_figure(text: str) -> bool:
    """Whether it is a figure in a column of figures, where one of four digits is no year."""
    return is_value(text) or (kind(text) == "year" and fold(text).isdecimal())


class ColumnStyle:
    """What the table's columns hold, learned from all its lines: figures, numbered labels, lists of items."""

    def __init__(self, lines: Sequence[Pieces], starts: Sequence[int]) -> None:
        self.groups = self._group_lines(lines)
        lines = [line for line in lines if not self.is_group(line)]
        self.width = len(starts)
        self.room = room_of(lines, starts)
        self.figures = figure_columns(lines, self.width)
        self.items = set()
        column = [[line[c].text for line in lines if c in line] for c in range(self.width)]
        self.texts = [Counter(texts) for texts in column]
        self.ends = [Counter(t[-2:] for t in texts if len(t) > 1) for texts in column]
        for c in range(1, self.width):
            firsts = [t for t in column[c] if item(t) == 1]
            if len(firsts) >= 2 or (firsts and column[c][0] == firsts[0]):
                self.items.add(c)
        heads = [t for t in column[0] if is_numbered(t)]
        self.numbered = len(heads) >= 2
        self.rests = {id(line) for above, line in pairwise(lines) if self._ends_stars(above, line)}
        self.spanned = any(self._figures_in(line) and 0 not in line for line in lines) and not self.numbered
        self.coded = _are_codes(column[0])
        self.serial = sum(map(self._numbers, column[0])) * 2 >= len(column[0]) > 0
        self.lone = self._of_one_line(lines) if self.serial else set()
        self.worded = not (self.figures or self.serial or self.numbered)
        self.even = all(len(line) == self.width for line in lines)  # a line is a row: no cell wraps

    def _group_lines(self, lines: Sequence[Pieces]) -> set[int]:
        """The lines (by id) that are rows of their own: a group's number and name, where no label is numbered so."""
        beside = {form_of(line[c].text) for line in lines if len(line) > 1 for c in line if c < 2}
        return {
            id(line)
            for line in lines
            if len(line) == 1
            and all(c < 2 and is_group(p.text) and form_of(p.text) not in beside for c, p in line.items())
        }

    def _ends_stars(self, above: Pieces, line: Pieces) -> bool:
        """Whether a line holds the rest of stars that a narrow column broke (★★ and ★), beside the rest of a label."""
        first = line.get(0)
        stars = [c for c, p in line.items() if kind(p.text) == "star"]
        return (
            bool(stars)
            and len(stars) == len(line) - (first is not None)
            and all(c in above and kind(above[c].text) == "star" for c in stars)
            and (first is None or (self.numbered and not is_numbered(first.text) and not is_total(first.text)))
        )

    def _numbers(self, text: str) -> bool:
        """Whether the text in the first column is a row's number, or its code where rows have such."""
        return is_ordinal(text) or (self.coded and is_code(text))

    def _of_one_line(self, lines: Sequence[Pieces]) -> set[int]:
        """The columns each of whose cells is one line, as no line without a row's number holds a piece of them, though
        other cells wrap: that a piece fills them tells nothing."""
        rests = [line for line in lines if 0 not in line or not self._numbers(line[0].text)]
        once = {c for c in range(2, self.width) if sum(c in line for line in lines) >= _MANY}
        return once.difference(*rests) if len(rests) > 1 else set()

    def is_group(self, line: Pieces) -> bool:
        """Whether a line is the row of a group."""
        return id(line) in self.groups

    def begins(self, line: Pieces) -> bool:
        """Whether a row begins in this line."""
        if self.is_group(line):
            return True
        first = line.get(0)
        if first is not None and (
            (self._numbers(first.text) and self.serial) or is_numbered(first.text) or is_total(first.text)
        ):
            return True
        if self._figures_in(line):
            return True
        if any(is_total(p.text) for c, p in line.items() if c < 2) and len(line) > 1:
            return True
        return first is not None and self.worded

    def form(self, lines: Sequence[Pieces]) -> Form:
        """What the rows of these lines are told by, where their first lines may not tell."""
        anchors = [n for n, line in enumerate(lines) if self._tells(line)]
        heads = {(n, c) for n, line in enumerate(lines) for c in self._figures_in(line)}
        heads |= {
            (n, 0)
            for n, line in enumerate(lines)
            if 0 in line and (is_numbered(line[0].text) or self._numbers(line[0].text) or is_total(line[0].text))
        }
        for c in range(self.width):
            numbers = {(n, c): item(line[c].text) for n, line in enumerate(lines) if c in line and item(line[c].text)}
            if list(numbers.values()) == list(range(1, len(anchors) + 1)):  # one for each row, no lists in cells
                heads |= set(numbers)
        columns = range(1 if self.spanned and not self.serial else 0, self.width)
        groups = {n for n, line in enumerate(lines) if self.is_group(line)}
        return Form(anchors, columns, groups, heads, *self._breaks(lines, len(anchors)))

    def _tells(self, line: Pieces) -> bool:
        """Whether a line holds what each row has once: its serial number; where there is none, its figures."""
        if self.is_group(line):
            return True
        if self.serial:
            return (0 in line and self._numbers(line[0].text)) or any(
                is_total(p.text) for c, p in line.items() if c < 2
            )
        return bool(self._figures_in(line)) or (len(line) == 1 and 0 in line and is_group(line[0].text))

    def _breaks(self, lines: Sequence[Pieces], rows: int) -> tuple[_Costs, _Costs, _Costs]:
        """What it costs that a cell goes on in a place (line, column), begins there or ends there.

        Text goes on where the piece above left no room for it; a mark that stops does not begin a cell, nor does one
        that goes on end it. Where a column's cells again and again end alike, others do too.
        """
        going, begins, ends = _Costs(), _Costs(), _Costs()
        for c in range(self.width):
            full = max(
                (display_width(line[c].text) for line in lines if c in line and not self.is_group(line)), default=0
            )
            usual = self._usual_ends(c, rows)
            above = ""
            for n, line in enumerate(lines):
                text = line[c].text if c in line else ""
                if text and text[0] in CLOSING + TERMINAL + "，、：；":
                    begins[n, c] = _NEVER
                if text and goes_on(text):
                    ends[n, c] = _SELDOM
                elif text and usual and not text.endswith(usual):
                    ends[n, c] = _UNLIKE
                if above and item(text) == 1 and above[-1] not in "：:":
                    going[n, c] = _SELDOM
                elif above and text and not item(text):
                    left = full - display_width(above) - leading(text)
                    going[n, c] = _NEVER if left > 2 else _SELDOM if left >= 0 else 0
                    if usual and above.endswith(usual) and (n, c) not in begins:
                        going[n, c] += _UNLIKE
                above = text
        return going, begins, ends

    def _usual_ends(self, c: int, rows: int) -> tuple[str, ...]:
        """How so many cells of a column end that others do too: two characters, or a full stop."""
        often = max(_OFTEN, _MOST * rows)
        stops = sum(n for end, n in self.ends[c].items() if end[-1] == "。")
        return tuple(end for end, n in self.ends[c].items() if n >= often and not goes_on(end)) + ("。",) * (
            stops >= often
        )

    def _figures_in(self, line: Pieces) -> list[int]:
        if id(line) in self.rests:
            return []
        return [c for c, p in line.items() if c in self.figures and _is_figure(p.text)]

    def goes_on(self, line: Pieces, above: Pieces, cells: list[list[list[Traced]]], home: list[int]) -> set[int]:
        """The columns whose cell of the row above goes on beside the row that begins in this line."""
        if len(line) == 1 and 0 in line:
            return set()
        out = {0} if self._label_goes_on(line, above) else set()
        if (not self.serial and not self.numbered) or (self.even and not any(goes_on(p.text) for p in above.values())):
            return out
        rest = range(2 if self.serial else 1, self.width)
        fresh = goes = False
        for c in rest:
            if c not in line:
                continue
            text, before = line[c].text, cells[home[c]][c]
            if self._is_fresh(c, above, text):
                fresh = True
            elif c in self.items:
                last = max((item(p.text) for p in before), default=0)
                if item(text) == 1 or not before:
                    fresh = True
                elif item(text) == last + 1 or self._full(c, above) or not item(text):
                    goes = True
            elif before and self._full(c, above) and not ends_sentence(above[c].text):
                goes = True
            else:
                fresh = True
        if goes and not fresh:
            out |= set(rest)
        return out

    def _label_goes_on(self, line: Pieces, above: Pieces) -> bool:
        """Whether the first label goes on beside the row that begins in this line, which another label names."""
        if not (self.numbered or self.spanned) or 0 not in line or not self._full(0, above):
            return False
        if all(c in self.figures for c in line if c):
            return False
        return not (is_numbered(line[0].text) or self._numbers(line[0].text) or is_total(line[0].text))

    def _is_fresh(self, c: int, above: Pieces, text: str) -> bool:
        """Whether a cell of its own begins below the piece above: a figure; or that piece is a whole cell, as the new one
        says the same, its column says both again and again, or many others end as it does (where no cells list items)."""
        if (c in self.figures and _is_figure(text)) or (c in self.lone and not self.items):
            return True
        if self.items or c not in above or unbalanced(above[c].text):
            return False
        said, end = above[c].text, above[c].text[-2:]
        often = self.texts[c][said] >= _OFTEN and self.texts[c][text] >= _OFTEN
        return often or said == text or (len(said) > 2 and self.ends[c][end] >= _OFTEN)

    def _full(self, c: int, above: Pieces) -> bool:
        """Whether the piece above fills its column, so that the text wrapped there."""
        return c in above and display_width(above[c].text) >= self.room[c] - 2 - 2
