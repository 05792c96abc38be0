"""Printed lines to table rows: where the columns stand, where rows begin, which pieces are one cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import regex as re

from juanzong.core.traced import EMPTY, Traced
from juanzong.language.text import CLOSING, TERMINAL, display_width, ends_sentence, fold, unbalanced
from juanzong.stages.tables.centred import Form, labels_centred, read_from_top, rows_centred
from juanzong.stages.tables.kinds import VALUES, is_group, is_numbered, is_ordinal, is_total, is_value, item, kind
from juanzong.stages.tables.raw import RawCell, RawRow

_SLACK = 2  # display columns by which an overlong cell may push the next one aside
_MIN_SHARE = 0.12  # of the lines with several pieces: fewer beginnings at a place make no column

_TOKEN = re.compile(r"([A-Za-z0-9.,%+\-/]+|.)[，。；：、！？）》”」】〕%]*")

_Line = dict[int, Traced]  # column -> piece


def column_starts(rows: Sequence[RawRow]) -> list[int]:
    """The display columns in which the table's columns begin, from left to right.

    A column is a place where many pieces begin. Places close behind a stronger one are cells that an overlong
    neighbour pushed aside.
    """
    several = [row for row in rows if len(row.cells) > 1]
    counts = Counter(cell.at for row in several for cell in row.cells)
    first = min((row.cells[0].at for row in rows if row.cells), default=0)
    counts[first] += len(rows)
    need = max(2, _MIN_SHARE * len(several))
    starts: list[int] = []
    for at, n in sorted(counts.items(), key=lambda x: (-x[1], x[0])):
        if n >= need and all(abs(at - s) > _SLACK for s in starts):
            starts.append(at)
    return sorted(starts) or [first]


def split_lines(rows: Sequence[RawRow], starts: Sequence[int]) -> list[_Line]:
    """Each line's pieces by column. Where columns are no longer kept apart, a piece is cut at the blanks in it."""
    return [_split(row, starts) for row in rows]


def _split(row: RawRow, starts: Sequence[int]) -> _Line:
    out: _Line = {}
    cells = row.cells
    if len(cells) == 1 and len(starts) > 2:
        words = cells[0].text.text.split(" ")
        if len(words) == len(starts) and sum(kind(w) in VALUES for w in words) * 2 >= len(words):
            at = 0
            for k, word in enumerate(words):
                out[k] = cells[0].text[at : at + len(word)]
                at += len(word) + 1
            return out
    for cell in cells:
        for piece, at in _cut(cell, starts):
            column = _column(at, starts)
            out[column] = out[column] + piece if column in out else piece
    return out


def _column(at: int, starts: Sequence[int]) -> int:
    """The column of a piece: the one that begins there or nearby, else the last one before."""
    near = min(range(len(starts)), key=lambda k: abs(starts[k] - at))
    return near if abs(starts[near] - at) <= _SLACK else max((k for k, s in enumerate(starts) if s <= at), default=0)


def _cut(cell: RawCell, starts: Sequence[int]) -> list[tuple[Traced, int]]:
    """The piece, cut at a single blank behind which a column begins."""
    text = cell.text.text
    for i, c in enumerate(text):
        at = cell.at + display_width(text[: i + 1])
        if c == " " and not _numbers(text[:i]) and any(s <= at <= s + 1 and cell.at < s for s in starts):
            rest = RawCell(cell.text[i + 1 :], at=at)
            return [(cell.text[:i].strip(), cell.at), *_cut(rest, starts)]
    return [(cell.text, cell.at)]


def rest_of_cell(rows: Sequence[RawRow], piece: RawCell, *, full: bool) -> bool:
    """Whether a piece that stands alone at the head of the next page can be the rest of a cell of the last row.

    It begins where a column does and fits into it, and the last line breaks off in that column; if `full`, that has to
    show: by an open bracket or quote, or by a piece that reaches the column's end (but for a character that a closing
    mark took along to the next line).
    """
    if not begin_in_columns(rows, [piece]) or kind(piece.text.text) != "words":
        return False
    starts = column_starts(rows)
    c = _column(piece.at, starts)
    above = split_lines(rows[-1:], starts)[0].get(c)
    if above is None or ends_sentence(above.text) or kind(above.text) != "words":
        return False
    room = _room(split_lines(rows, starts), starts)[c]
    spanned = [s - starts[c] for s in starts[c + 1 :] if s - starts[c] >= display_width(above.text)]
    if spanned and display_width(above.text) > room:  # the cell above spans columns that others split
        room = spanned[0]
    carried = 2 if len(piece.text) > 1 and piece.text.text[1] in TERMINAL + CLOSING else 0
    shows = unbalanced(above.text) > 0 or display_width(above.text) >= room - 2 - 2 - carried
    return display_width(piece.text.text) <= room and (shows or not full)


def begin_in_columns(rows: Sequence[RawRow], pieces: Sequence[RawCell]) -> bool:
    """Whether each of the pieces begins just where some piece of the rows does that begins a column."""
    starts = column_starts(rows)
    begun = {cell.at for row in rows for cell in row.cells if any(abs(cell.at - s) <= _SLACK for s in starts)}
    return all(piece.at in begun for piece in pieces)


def is_title(row: RawRow, starts: Sequence[int]) -> bool:
    """Whether a line looks like a table's header: words from the first column on, in several columns, no number."""
    cells = row.cells
    return (
        len(cells) > 2
        and cells[0].at == starts[0]
        and not is_numbered(cells[0].text.text)
        and all(kind(c.text.text) in ("words", "year") for c in cells)
    )


def _numbers(text: str) -> bool:
    """Whether it is the number of a list item, which no blank parts from its text: 1. or （1）."""
    return is_ordinal(text) and item(text + "x") > 0


def table_rows(fragments: Sequence[Sequence[RawRow]], source: str) -> tuple[list[RawRow], int, list[Traced]]:
    """All fragments of a printed table as rows of cells.

    Out: the rows, header first; how many of them are the header; the pieces of repeated headers, which are to be
    dropped. A cell that goes on beside later rows stands in the first of them; the later ones have an empty cell.
    """
    flat = [row for fragment in fragments for row in fragment]
    starts = column_starts(flat)
    head = _without_first_row(fragments, starts, _header_lines(fragments[0], starts))
    body, repeated = _body_of(fragments, head)
    header = _header_rows(split_lines(fragments[0][:head], starts), len(starts), fragments[0][0].line, source)
    return header + _body_rows(body, starts, source), len(header), repeated


def _body_of(fragments: Sequence[Sequence[RawRow]], head: int) -> tuple[list[RawRow], list[Traced]]:
    """The lines below the header of `head` lines, from all fragments, and the pieces of repeated headers among them."""
    body: list[RawRow] = []
    repeated: list[Traced] = []
    for n, fragment in enumerate(fragments):
        own, again = _without_repeats(fragment[head:] if n == 0 else fragment, fragments[0][:head], n > 0)
        body += own
        repeated += again
    return body, repeated


def _without_repeats(rows: Sequence[RawRow], header: Sequence[RawRow], page: bool) -> tuple[list[RawRow], list[Traced]]:
    """The rows without the lines that print the header again, and the pieces of these.

    Within the rows, where a page may have ended unseen, it is the whole header; where they begin a `page`, as many of
    its lines as stand there.
    """
    title = [_words(row) for row in header]
    out: list[RawRow] = []
    gone: list[Traced] = []
    at = 0
    while at < len(rows):
        same = 0
        while same < len(title) and at + same < len(rows) and _words(rows[at + same]) == title[same]:
            same += 1
        if same < len(title) and (at or not page):
            same = 0
        gone += [c.text for row in rows[at : at + same] for c in row.cells]
        if not same:
            out.append(rows[at])
        at += max(same, 1)
    return out, gone


def _words(row: RawRow) -> str:
    return fold("".join(c.text.text for c in row.cells))


def _header_lines(rows: Sequence[RawRow], starts: Sequence[int]) -> int:
    """How many lines stand above the first row of the body: it begins like a row, or holds a figure in a column of
    figures, or figures in most of its columns."""
    lines = split_lines(rows, starts)
    figures = _figure_columns(lines[1:], len(starts))
    for n, line in enumerate(lines):
        texts = [p.text for p in line.values()]
        first = line.get(0)
        values = {c for c, p in line.items() if c and is_value(p.text)}
        begins = first is not None and (is_ordinal(first.text) or is_numbered(first.text) or is_total(first.text))
        if n and (begins or values & figures or len(values) * 2 >= len(texts) or is_total(texts[0])):
            return n
    return 1


def _without_first_row(fragments: Sequence[Sequence[RawRow]], starts: Sequence[int], head: int) -> int:
    """How many of the `head` lines are the header, where cells are centred vertically: the last of them may belong to
    the first row, whose number stands below. Other rows must look like it."""
    lines = split_lines(fragments[0][:head], starts)
    for n in range(head, 0, -1):
        body = split_lines(_body_of(fragments, n)[0], starts)
        form = _Style(body, starts).form(body)
        if n == head and read_from_top(body, form):
            return head
        begins = rows_centred(body, form)
        if begins is not None and (n == head or sum(k not in form.anchors for k in begins) > 1):
            room = _room(body, starts)
            return n if n == 1 or not _is_fresh(lines[n - 1], lines[n - 2], room) else n - 1
    return head


def _is_fresh(line: _Line, above: _Line, room: Sequence[int]) -> bool:
    """Whether a line begins anew: a piece in it fills its column, which the piece above would have done first."""
    return any(
        c in above
        and p.text[0] not in "（(["
        and display_width(p.text) >= room[c] - 2 - 2 > display_width(above[c].text) + 2
        for c, p in line.items()
    )


def _figure_columns(lines: Sequence[_Line], width: int) -> set[int]:
    """The columns behind the first of whose pieces half or more are figures, dashes or stars."""
    out = set()
    for c in range(1, width):
        values = [is_value(line[c].text) for line in lines if c in line]
        if sum(values) * 2 >= len(values) > 0:
            out.add(c)
    return out


def _header_rows(lines: Sequence[_Line], width: int, number: int, source: str) -> list[RawRow]:
    """The header, in one or two levels: the second begins where pieces stand in columns in which none began before."""
    level = next((n for n, line in enumerate(lines) if n and set(line) - set().union(*lines[:n])), len(lines))
    top = _merged(lines[:level], width, source)
    if level == len(lines):
        return [RawRow(top, number, syntax="printed")]
    low = _merged(lines[level:], width, source)
    split = sorted(set().union(*lines[level:]) - set().union(*lines[:level]))
    for c in range(width):
        parted = any(k == c + 1 or all(not top[j].text for j in range(c + 1, k + 1)) for k in split if k > c)
        if top[c].text and low[c].text and not parted:  # a cell beside both levels
            top[c].text, low[c].text = top[c].text + low[c].text, EMPTY
    for above, below in zip(top, low, strict=True):  # left of all that has levels: centred beside both
        if above.text:
            break
        above.text, below.text = below.text, EMPTY
    return [RawRow(top, number, syntax="printed"), RawRow(low, number + level, syntax="printed")]


def _merged(lines: Sequence[_Line], width: int, source: str) -> list[RawCell]:
    return [RawCell(_flow([line[c] for line in lines if c in line], source)) for c in range(width)]


def _flow(pieces: Sequence[Traced], source: str) -> Traced:
    """Pieces of one cell in one string. Before a list item one blank of the source stays."""
    out = EMPTY
    for piece in pieces:
        start = piece.runs[0].start if piece else 0
        if out and item(piece.text) and source[start - 1] == " ":
            out += Traced.of(source, start - 1, start)
        out += piece
    return out


def _body_rows(lines: Sequence[RawRow], starts: Sequence[int], source: str) -> list[RawRow]:
    split = split_lines(lines, starts)
    width = len(starts)
    style = _Style(split, starts)
    centred = rows_centred(split, style.form(split))
    rows: list[RawRow] = []
    firsts: list[int] = []  # row -> the line in which it begins
    cells: list[list[list[Traced]]] = []  # row -> column -> pieces
    home = [0] * width  # column -> the row in which its current cell stands
    above: _Line = {}
    for n, (raw, line) in enumerate(zip(lines, split, strict=True)):
        if (n in centred if centred else style.begins(line)) or not rows:
            rows.append(RawRow([], raw.line, syntax="printed"))
            firsts.append(n)
            cells.append([[] for _ in range(width)])
            now = len(rows) - 1
            spans = set() if centred else style.goes_on(line, above, cells, home)
            for c in range(width):
                if c not in spans:
                    home[c] = now
        for c, piece in line.items():
            cells[home[c]][c].append(piece)
        above = line
    if style.spanned:
        _raise_labels(split, firsts, cells)
    for row, columns in zip(rows, cells, strict=True):
        row.cells = [RawCell(_flow(pieces, source)) for pieces in columns]
    return rows


def _raise_labels(lines: Sequence[_Line], firsts: Sequence[int], cells: list[list[list[Traced]]]) -> None:
    """Labels that stand in the middle of the rows they span go to the first of these. That they do shows in the table's
    first row (but for a total), which has no label else."""
    skip = 1 if any(is_total(p.text) for pieces in cells[0][:2] for p in pieces) else 0
    if len(cells) <= skip or cells[skip][0]:
        return
    at = [n for n, line in enumerate(lines) if 0 in line and n >= firsts[skip]]
    labels: list[list[int]] = []
    for n in at:
        if labels and labels[-1][-1] == n - 1:
            labels[-1].append(n)
        else:
            labels.append([n])
    begins = labels_centred(firsts[skip:], [(run[0], run[-1]) for run in labels], len(lines))
    if begins is None:
        return
    for columns in cells[skip:]:
        columns[0] = []
    for row, run in zip(begins, labels, strict=True):
        cells[skip + row][0] = [lines[n][0] for n in run]


def _leading(text: str) -> int:
    """The columns of what no line end parts at the head of a text: a figure, a word, a character with its stops."""
    found = _TOKEN.match(text)
    return display_width(found[0]) if found else 0


def _room(lines: Sequence[_Line], starts: Sequence[int]) -> list[int]:
    """The display columns from each column's beginning to the next; the last one is as wide as its widest piece."""
    last = len(starts) - 1
    full = max((display_width(line[last].text) for line in lines if last in line), default=0)
    return [*(b - a for a, b in pairwise(starts)), full + 2]


class _Style:
    """What the table's columns hold, learned from all its lines: figures, numbered labels, lists of items."""

    def __init__(self, lines: Sequence[_Line], starts: Sequence[int]) -> None:
        self.width = len(starts)
        self.room = _room(lines, starts)
        self.figures = _figure_columns(lines, self.width)
        self.items = set()
        column = [[line[c].text for line in lines if c in line] for c in range(self.width)]
        for c in range(1, self.width):
            firsts = [t for t in column[c] if item(t) == 1]
            if len(firsts) >= 2 or (firsts and column[c][0] == firsts[0]):
                self.items.add(c)
        heads = [t for t in column[0] if is_numbered(t)]
        self.numbered = len(heads) >= 2
        self.rests = {id(line) for above, line in pairwise(lines) if self._ends_stars(above, line)}
        self.spanned = any(self._figures_in(line) and 0 not in line for line in lines) and not self.numbered
        self.serial = sum(is_ordinal(t) for t in column[0]) * 2 >= len(column[0]) > 0

    def _ends_stars(self, above: _Line, line: _Line) -> bool:
        """Whether a line holds the rest of stars that a narrow column broke (★★ and ★), beside the rest of a label."""
        first = line.get(0)
        stars = [c for c, p in line.items() if kind(p.text) == "star"]
        return (
            bool(stars)
            and len(stars) == len(line) - (first is not None)
            and all(c in above and kind(above[c].text) == "star" for c in stars)
            and (first is None or (self.numbered and not is_numbered(first.text) and not is_total(first.text)))
        )

    def begins(self, line: _Line) -> bool:
        """Whether a row begins in this line."""
        first = line.get(0)
        if first is not None and (
            (is_ordinal(first.text) and self.serial) or is_numbered(first.text) or is_total(first.text)
        ):
            return True
        if self._figures_in(line):
            return True
        if any(is_total(p.text) for c, p in line.items() if c < 2) and len(line) > 1:
            return True
        return first is not None and not self.figures and not self.serial and not self.numbered

    def form(self, lines: Sequence[_Line]) -> Form:
        """What the rows of these lines are told by, where their first lines may not tell."""
        anchors = [n for n, line in enumerate(lines) if self._tells(line)]
        heads = {(n, c) for n, line in enumerate(lines) for c in self._figures_in(line)}
        heads |= {
            (n, 0)
            for n, line in enumerate(lines)
            if 0 in line and (is_numbered(line[0].text) or is_ordinal(line[0].text) or is_total(line[0].text))
        }
        for c in range(self.width):
            numbers = {(n, c): item(line[c].text) for n, line in enumerate(lines) if c in line and item(line[c].text)}
            if list(numbers.values()) == list(range(1, len(anchors) + 1)):  # one for each row, no lists in cells
                heads |= set(numbers)
        columns = range(1 if self.spanned and not self.serial else 0, self.width)
        return Form(anchors, columns, heads | self._after_short(lines, 3), self._after_short(lines, 0))

    def _tells(self, line: _Line) -> bool:
        """Whether a line holds what each row has once: its serial number; where there is none, its figures."""
        if self.serial:
            return (0 in line and is_ordinal(line[0].text)) or any(is_total(p.text) for c, p in line.items() if c < 2)
        return bool(self._figures_in(line)) or (len(line) == 1 and 0 in line and is_group(line[0].text))

    def _after_short(self, lines: Sequence[_Line], slack: int) -> set[tuple[int, int]]:
        """The places (line, column) whose text did not wrap there: the piece above left room for it, and `slack`
        columns more. Items of a list are none."""
        out = set()
        for c in range(self.width):
            full = max((display_width(line[c].text) for line in lines if c in line), default=0)
            for n, (above, line) in enumerate(pairwise(lines), 1):
                if (
                    c in above
                    and c in line
                    and not item(line[c].text)
                    and (display_width(above[c].text) + _leading(line[c].text) + slack <= full)
                ):
                    out.add((n, c))
        return out

    def _figures_in(self, line: _Line) -> list[int]:
        if id(line) in self.rests:
            return []
        return [c for c, p in line.items() if c in self.figures and is_value(p.text)]

    def goes_on(self, line: _Line, above: _Line, cells: list[list[list[Traced]]], home: list[int]) -> set[int]:
        """The columns whose cell of the row above goes on beside the row that begins in this line."""
        if len(line) == 1 and 0 in line:
            return set()
        out = set()
        if (
            (self.numbered or self.spanned)
            and 0 in line
            and self._full(0, above)
            and not (is_numbered(line[0].text) or is_ordinal(line[0].text) or is_total(line[0].text))
        ):
            out.add(0)
        if not self.serial and not self.numbered:
            return out
        rest = range(2 if self.serial else 1, self.width)
        fresh = goes = False
        for c in rest:
            if c not in line:
                continue
            text, before = line[c].text, cells[home[c]][c]
            if c in self.figures and kind(text) in VALUES:
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

    def _full(self, c: int, above: _Line) -> bool:
        """Whether the piece above fills its column, so that the text wrapped there."""
        return c in above and display_width(above[c].text) >= self.room[c] - 2 - 2
