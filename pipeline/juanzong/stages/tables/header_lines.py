"""The header of a printed table: how many lines it has, its levels, and its repetitions on later pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import takewhile

from juanzong.core.traced import Traced
from juanzong.language.text import display_width, fold
from juanzong.stages.tables.centred import best_reading
from juanzong.stages.tables.column_style import ColumnStyle, figure_columns
from juanzong.stages.tables.columns import Pieces, split_lines
from juanzong.stages.tables.header import same_print
from juanzong.stages.tables.header_levels import levels_of, name_lines
from juanzong.stages.tables.kinds import is_code, is_group, is_numbered, is_ordinal, is_total, is_value
from juanzong.stages.tables.printed import flow
from juanzong.stages.tables.raw import RawCell, RawRow
from juanzong.stages.tables.worded_rows import worded_rows

_FRESH = 1.5  # what a line costs that looks like the body's, in a header
_ALONE = 1.0  # and a first row that alone has lines above its number
_FEW = 24  # lines that show in how many of them the first row is wrapped
_OTHERWISE = 2.0  # and a header that later pages print in fewer lines


def body_below(fragments: Sequence[Sequence[RawRow]], head: int) -> tuple[list[RawRow], list[Traced]]:
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
    its lines as stand there, with a misread character or without.
    """
    title = [_words(row) for row in header]
    out: list[RawRow] = []
    gone: list[Traced] = []
    at = 0
    while at < len(rows):
        same, nearly = 0, page and not at
        while same < len(title) and at + same < len(rows) and _is_print_of(rows[at + same], title[same], nearly):
            same += 1
        if same < len(title) and (at or not page):
            same = 0
        gone += [c.text for row in rows[at : at + same] for c in row.cells]
        if not same:
            out.append(rows[at])
        at += max(same, 1)
    return out, gone


def _is_print_of(row: RawRow, said: str, nearly: bool) -> bool:
    """Whether a line prints a line of the header again; `nearly`: but for a misread character."""
    words = _words(row)
    return words == said or (nearly and same_print(words, said))


def misread_header(fragment: Sequence[RawRow], first: Sequence[RawRow]) -> Sequence[RawRow]:
    """The lines of a later page's header where one of them was misread: its names stand a little beside their columns."""
    pairs = list(takewhile(lambda p: same_print(*map(_words, p)), zip(fragment, first, strict=False)))
    return fragment[: len(pairs)] if any(_words(a) != _words(b) for a, b in pairs) else ()


def _words(row: RawRow) -> str:
    return fold("".join(c.text.text for c in row.cells))


def header_lines(rows: Sequence[RawRow], starts: Sequence[int]) -> int:
    """How many lines stand above the first row of the body: it begins like a row, or holds a figure in a column of
    figures, or figures in most of its columns."""
    lines = split_lines(rows, starts)
    figures = figure_columns(lines[1:], len(starts))
    for n, line in enumerate(lines):
        texts = [p.text for p in line.values()]
        first = line.get(0)
        values = {c for c, p in line.items() if c and is_value(p.text)}
        begins = first is not None and (
            is_ordinal(first.text) or is_numbered(first.text) or is_total(first.text) or is_code(first.text)
        )
        group = len(line) == 1 and is_group(texts[0])
        if n and (begins or group or values & figures or len(values) * 2 >= len(texts) or is_total(texts[0])):
            return n
    return _first_row(lines[:_FEW], len(starts))


def _first_row(lines: Sequence[Pieces], width: int) -> int:
    """How many lines the first row has in a table of words alone, by how the text of its cells is broken."""
    rows = worded_rows(lines, [False] * len(lines), width) or []
    return rows[1] if len(rows) > 1 else 1


def without_first_row(fragments: Sequence[Sequence[RawRow]], starts: Sequence[int], head: int) -> int:
    """How many of the `head` lines are the header, where cells are centred vertically: the last of them may belong to
    the first row, whose number stands below. The reading that costs least tells, of the header and of all rows."""
    lines = split_lines(fragments[0], starts)[:head]
    found: list[tuple[float, int]] = []
    for n in range(head, 0, -1):
        body = split_lines(body_below(fragments, n)[0], starts)
        style = ColumnStyle(body, starts)
        form = style.form(body)
        reading = best_reading(body, form)
        if reading is None or (n < head and not reading.centred):
            continue
        alone = n < head and sum(k not in form.anchors for k in reading.rows) < 2  # no other row looks like the first
        cost = reading.cost + _FRESH * sum(_fresh_pieces(lines[:n], body)) + _ALONE * alone
        found.append((cost + _OTHERWISE * (_printed_again(fragments, head) not in (0, n)), -n))
    return -min(found)[1] if found else head


def _printed_again(fragments: Sequence[Sequence[RawRow]], head: int) -> int:
    """How many of the first `head` lines later pages print again, where one does print some; else 0."""
    title = [_words(row) for row in fragments[0][:head]]
    most = 0
    for rows in fragments[1:]:
        same = 0
        while same < min(head, len(rows)) and _is_print_of(rows[same], title[same], True):
            same += 1
        most = max(most, same)
    return most


def _fresh_pieces(header: Sequence[Pieces], body: Sequence[Pieces]) -> list[bool]:
    """For each piece below another one in the header whether it begins anew: it is as long as its column's text may be,
    and the piece above left room for its first character."""
    full = {c: max(display_width(line[c].text) for line in body if c in line) for c in set().union(*body)}
    above: Pieces = {}
    out = []
    for line in header:
        out += [
            p.text[0] not in "（(["
            and full[c] - 2 <= display_width(p.text)
            and display_width(above[c].text) + 2 <= full[c]
            for c, p in line.items()
            if c in above and c in full
        ]
        above |= line
    return out


def header_rows(header: Sequence[RawRow], body: Sequence[RawRow], starts: Sequence[int], source: str) -> list[RawRow]:
    """The header above the body, in one, two or three levels: the next begins where pieces stand in columns in which
    none began before."""
    lines, width, number = name_lines(header, body, starts), len(starts), header[0].line
    level = _next_level(lines)
    level = len(lines) if len(lines) > 2 and _all_centred(lines) else level
    if level == len(lines):
        return [RawRow(merged_cells(lines, width, source), number, syntax="printed")]
    found = levels_of(header, level, body, starts)
    if found is None:
        return [
            RawRow(merged_cells(part, width, source), number, syntax="printed")
            for part in (lines[:level], lines[level:])
        ]
    levels = [(number, found.upper), (number + level, found.lower)]
    below = header[level:]
    lowest = _next_level(name_lines(below, body, starts)) if found.lower else 0
    if (
        0 < lowest < len(below)
        and (deeper := levels_of(below, lowest, body, starts))
        and _shares_out(deeper.upper, deeper.lower)
    ):
        told = {piece.first for pieces in found.upper.values() for piece in pieces}
        levels[1:] = [
            (number + level, _not_yet(deeper.upper, told)),
            (number + level + lowest, _not_yet(deeper.lower, told)),
        ]
    return [
        RawRow([RawCell(flow(names.get(c, []), source)) for c in range(width)], at, syntax="printed")
        for at, names in levels
        if names
    ]


def _not_yet(names: Mapping[int, Sequence[Traced]], told: set[int]) -> dict[int, list[Traced]]:
    """The names without the pieces that an upper level has, `told` by where they begin: names beside the groups."""
    left = {c: [piece for piece in pieces if piece.first not in told] for c, pieces in names.items()}
    return {c: pieces for c, pieces in left.items() if pieces}


def _next_level(lines: Sequence[Pieces]) -> int:
    """The first line with a piece in a column in which none began before; how many lines there are where none has."""
    return next((n for n, line in enumerate(lines) if n and set(line) - set().union(*lines[:n])), len(lines))


def _shares_out(upper: Collection[int], lower: Collection[int]) -> bool:
    """Whether each name of a middle level stands over two columns or more."""
    return bool(upper) and all(c in lower and c + 1 in lower and c + 1 not in upper for c in upper)


def _all_centred(lines: Sequence[Pieces]) -> bool:
    """Whether the names stand in the middle of the lines, each in one piece, and so are of one level.

    Odd lines rounded up, a name of more than one line below the first may be that of a column under an upper level.
    """
    at = [[n for n, line in enumerate(lines) if c in line] for c in set().union(*lines)]
    return any(
        all(
            k[0] == (len(lines) - len(k) + up) // 2
            and k[-1] - k[0] == len(k) - 1
            and (not up or len(k) in (1, len(lines)))
            for k in at
        )
        for up in (0, 1)
    )


def merged_cells(lines: Sequence[Pieces], width: int, source: str) -> list[RawCell]:
    return [RawCell(flow([line[c] for line in lines if c in line], source)) for c in range(width)]
