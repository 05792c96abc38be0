"""Merged cells put back: which blanks belong to the cell beside or above them."""

from __future__ import annotations

from itertools import pairwise

from juanzong.language.list_groups import heads_lists
from juanzong.language.text import fold
from juanzong.stages.tables.form import asks_down, rows_of_one_value
from juanzong.stages.tables.grid import Grid, Line, Place, is_whole
from juanzong.stages.tables.kinds import is_group, is_numbered, is_ordinal, is_total, kind
from juanzong.stages.tables.shared_cells import share_in_groups
from juanzong.stages.tables.stitch import value_columns

_FEWEST_LABELS = 3  # columns at the left: the number, the group, what is in it
_MANY = 1.6  # times as many rows as groups


def restore_spans(grid: Grid, height: int) -> list[Line]:
    """Give each blank that is part of a merged cell the place of that cell; true blanks stay. Out: the rows that lacked
    a cell, where it goes on from above beside others that do."""
    if not grid or not grid[0]:
        return []
    if height == 1 and heads_lists([place.text.text for place in grid[0]]):
        return []  # a list is at its end
    _header(grid[:height])
    body = grid[height:]
    if not body:
        return []
    if height == 0 and asks_down(grid):
        return []  # what stands empty beside a label is to be filled in
    if height == 0 and (across := rows_of_one_value(grid)):
        for line in across:
            line[2:] = [line[1] if p.open or not p.exact else p for p in line[2:]]
        return []
    _leave_open(body)
    for line in body:
        if _is_group_row(line):
            line[:] = [line[0]] * len(line)
    rows = [line for line in body if len(set(line)) > 1]
    figures = value_columns(rows)
    labels = _label_columns(rows, figures)
    mended = go_on_below(body, at_end=False)
    _labels(body, labels, _named_and_empty(grid[:height], rows))
    _grouped(rows, labels if figures - {0} else len(body[0]))
    _values(body, labels, figures)
    if height and (not figures - {0} or len(rows[0]) - len(figures) > 3):
        share_in_groups(body, figures)
    if height:
        _go_on_in_points(body)
        _go_with_labels(rows, figures)
    return mended


def _leave_open(body: Grid) -> None:
    """What stands empty behind a serial number that counts on from the row above, up to the row's end or the next such
    number, is to be filled in, and no part of what stands there: 3, in a list of names with room for more."""
    for above, line in pairwise(body):
        counted = [c for c, place in enumerate(line) if _counts_on(above[c], place)]
        for c, end in pairwise([*counted, len(line)]):
            behind = line[c + 1 : end]
            if (c == 0 or len(behind) > 1) and all(place.blank for place in behind):
                for place in behind:
                    place.given = True


def _counts_on(above: Place, place: Place) -> bool:
    if not place.text.text.rstrip()[-1:].isdecimal():  # most cells
        return False
    own, last = fold(place.text.text), fold(above.text.text)
    return own.isdecimal() and last.isdecimal() and int(own) == int(last) + 1


def _header(header: Grid) -> None:
    """A blank in the first row belongs to the words on its left, a blank below to the words above it; between levels, over
    a name of its own under words that both columns share, to the words on its left."""
    for r, line in enumerate(header):
        below = header[r + 1] if r + 1 < len(header) else []
        for c, place in enumerate(line):
            if not place.open:
                continue
            named = c < len(below) and not below[c].blank
            shared = r > 0 and c > 0 and named and header[r - 1][c] is header[r - 1][c - 1] is not line[c - 1]
            if (shared or r == 0) and c and not line[c - 1].blank:
                line[c] = line[c - 1]
            elif r and not header[r - 1][c].blank:
                line[c] = header[r - 1][c]


def _is_group_row(line: Line) -> bool:
    if len(line) < 3 or line[0].blank or not all(p.open for p in line[1:]):
        return False
    text = line[0].text.text
    return is_group(text) or (not is_ordinal(text) and kind(text) == "words" and not is_numbered(text))


def _label_columns(rows: Grid, figures: set[int]) -> int:
    """How many columns at the left hold labels: all before the first column of figures, a serial column among them."""
    width = len(rows[0]) if rows else 0
    first = next((c for c in range(1, width) if c in figures), width)
    return first if first < width else 1


def _serial(body: Grid) -> bool:
    """Whether the first column holds bare ordinals."""
    firsts = [line[0].text.text for line in body if not line[0].blank and not is_whole(line)]
    firsts = [text for text in firsts if not is_total(text)]
    return sum(map(is_ordinal, firsts)) * 2 >= len(firsts) > 0


def go_on_below(body: Grid, *, at_end: bool) -> list[Line]:
    """A cell that is missing beside cells that go on from the row above goes on as well; with `at_end` only in rows whose
    own cells all stand left of these: none of them is out of its column. In place; out: the rows that lacked a cell."""
    mended = []
    for above, line in pairwise(body):
        lost = [c for c, place in enumerate(line) if place.lost and c]
        beside = [c for c in range(1, len(line)) if line[c] is above[c] and line[c].given] if lost else []
        if beside and not (at_end and len(line) - min(lost + beside) > len(lost) + len(beside)):
            for c in lost:
                line[c] = above[c]
            mended.append(line)
    return mended


def _is_sum_with_blanks(line: Line) -> bool:
    """Whether it is a sum behind an empty cell, in a row without dashes for what there is not: one that spanned labels
    would begin at their left."""
    return line[0].blank and is_total(line[1].text.text) and not any(kind(p.text.text) == "dash" for p in line)


def _named_and_empty(header: Grid, rows: Grid) -> set[int]:
    """Columns that have a name of their own in the header, and no row fills."""
    named = header[-1] if header else []
    return {
        c
        for c, place in enumerate(named)
        if c and not place.blank and place is not named[c - 1] and all(line[c].blank for line in rows)
    }


def _labels(body: Grid, labels: int, empty: set[int]) -> None:
    """An empty first cell goes on from above; an empty label beside a filled one belongs to it, but in the columns that
    are `empty` throughout."""
    serial = _serial(body)
    by_turns = _every_other_is_blank(body)
    numbers = _number_columns(body, labels)
    for above, line in pairwise([None, *body]):
        assert line is not None
        if is_whole(line) or all(p.blank for p in line):
            continue
        if above is not None and is_whole(above):  # a group row ends what stands above it
            above = None
        if above is not None and not by_turns and line[0].open and _label_spans(above, line, labels, serial):
            line[0] = above[0]
        if serial and _is_sum_with_blanks(line):
            continue
        for c in range(1, labels):
            if c not in empty and line[c].open and (c not in numbers or c + 1 >= len(line) or line[c + 1].blank):
                _fill_label(above, line, c, labels)


def _grouped(rows: Grid, labels: int) -> None:
    """The column behind the serial numbers holds the groups of the rows where it names each of them once, beside labels
    that no row lacks, and is empty in many rows: these belong to the name above. A table without figures is all labels."""
    if labels < _FEWEST_LABELS or not _serial(rows):
        return
    counted = [line for line in rows if is_ordinal(line[0].text.text)]
    named = [line[1].text.text for line in counted if not line[1].blank]
    if (
        counted[0][1].blank
        or _MANY * len(named) > len(counted)
        or len(set(named)) < max(len(named), 2)
        or any(line[2].blank for line in counted)
        or not all(line[1].open for line in counted if line[1].blank)
        or any(kind(text) != "words" for text in named)
    ):
        return
    for above, line in pairwise(rows):
        if is_ordinal(line[0].text.text) and line[1].blank and is_ordinal(above[0].text.text):
            line[1] = above[1]


def _go_on_in_points(body: Grid) -> None:
    """A row without a serial number and a name that says something behind them is of the numbered row above: 1, 资质, 1.1 …;
    below it 1.2 …."""
    if not body or len(body[0]) <= _FEWEST_LABELS or not _serial(body):
        return
    for above, line in pairwise(body):
        named = is_ordinal(above[0].text.text) and not above[1].blank and not is_whole(above)
        bare = line[0].open and line[1].open and not line[2].blank
        if named and bare and not any(is_total(p.text.text) for p in line):
            line[:2] = above[:2]


def _go_with_labels(rows: Grid, figures: set[int]) -> None:
    """Figures between columns of words, of which each stands beside a label that goes on below, and none beside the rows in
    which it does, go on with it: 决策, 20, over what is worth 5, 5 and 10."""
    rows = [line for line in rows if not is_total(line[0].text.text)]
    width = len(rows[0]) if rows else 0
    filled = [c for c in range(width) if c not in figures and not any(line[c].blank for line in rows)]
    for c in sorted(figures - {0}):
        spans = [line[c - 1] is above[c - 1] for above, line in pairwise(rows)]
        opens = [line[c].open for line in rows[1:]]
        if sum(spans) > 1 and spans == opens and c - 1 not in figures and any(k > c for k in filled):
            for above, line in pairwise(rows):
                line[c] = above[c] if line[c].open else line[c]


def _every_other_is_blank(body: Grid) -> bool:
    """Whether the first label is empty, and many after it, never two of them in succession: points between those that
    have a name, as on a scale."""
    blanks = [line[0].blank for line in body]
    apart = not any(a and b for a, b in pairwise(blanks))
    return blanks[0] and apart and len(blanks) > 4 and 5 * sum(blanks) >= 2 * len(blanks)


def _number_columns(body: Grid, labels: int) -> set[int]:
    """The columns of labels behind the first that hold nothing but ordinals."""
    rows = [line for line in body if not is_whole(line)]
    filled = {c: [line[c].text.text for line in rows if not line[c].blank] for c in range(1, labels)}
    return {c for c, texts in filled.items() if texts and all(map(is_ordinal, texts))}


def _label_spans(above: Line, line: Line, labels: int, serial: bool) -> bool:
    """Whether the first label above spans the row, whose own is empty."""
    if above[0].blank or is_total(above[0].text.text):
        return False
    return labels > 1 and line[1].blank if serial else not is_total(line[1].text.text)


def _fill_label(above: Line | None, line: Line, c: int, labels: int) -> None:
    """An empty label belongs to the one above, where what stands left of them does; else to the one on its left, where
    the row says anything."""
    left = line[c - 1]
    if above is not None and left is above[c - 1]:
        line[c] = above[c]
    elif not left.blank and not is_ordinal(left.text.text) and any(not p.blank for p in line[labels:]):
        line[c] = left


def _values(body: Grid, labels: int, figures: set[int]) -> None:
    """Words in place of figures spread over the empty cells behind or below them; in rows under one label the last
    column's words too."""
    kinds = [[kind(p.text.text) for p in line] for line in body]
    dashes = any(k == "dash" for line in kinds for k in line)
    some = {c for c in range(len(body[0])) if any(line[c] in ("number", "percent", "bracket") for line in kinds)}
    for above, line in pairwise([None, *body]):
        assert line is not None
        if is_whole(line):
            continue
        if any(is_total(p.text.text) for p in line[:2]):
            above = None  # what a sum leaves empty is nobody's
        under = above is not None and line[0] is above[0] and not line[0].blank
        for c in range(max(labels, 1), len(line)):
            if not line[c].open:
                continue
            left = line[c - 1]
            if c - 1 >= labels and c in figures and c - 1 in some and kind(left.text.text) == "words" and dashes:
                line[c] = left
            elif above is not None and not above[c].blank and _spreads_down(above[c], under, dashes, c in figures):
                line[c] = above[c]


def _spreads_down(place: Place, under: bool, dashes: bool, figures: bool) -> bool:
    """Whether a cell spreads over the empty one below it: `under` one label, in a column of `figures`, in a table that
    writes `dashes` where there are none."""
    return dashes and (under or kind(place.text.text) == "words") if figures else under
