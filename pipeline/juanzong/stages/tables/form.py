"""Forms: tables of labels, each beside the value that it asks for. Their first row is no header."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

import regex as re

from juanzong.language.labels import FORM_LABEL
from juanzong.stages.tables.grid import Grid, Line, Place
from juanzong.stages.tables.kinds import VALUES, kind
from juanzong.stages.tables.raw import RawRow

_LONG = 40  # characters: a sentence this long is told, and names no column
_WIDE = 3  # columns under one value
_ASKED = 2  # cells: what is asked for, and room for it
_PAIRED = (2, 4, 6)  # cells: labels, each with its value
_LEAST_ROWS = 3  # of several cells, that show how a table is divided
_BEGINS_FIGURE = re.compile(r"\D{0,2}\d")
_SENTENCE = re.compile("[。；！？]")
_FILLED = re.compile(r"[^:：]{2,12}[:：]\s*[^:：]+")
_CHOICE = re.compile(r"[□☐☑☒]\s*\p{Han}")
_ASKS = re.compile(r"[:：]\s*\n")  # and room for the answer


def is_form(grid: Grid) -> bool:
    """Whether the table is a form, by its labels, by the blanks beside them, or by rows divided each in its own way."""
    first = grid[0]
    return (
        is_filled_across(grid)
        or _labels_beside_values(grid)
        or _labels_down(grid)
        or _pairs_above(grid)
        or asks_down(grid)
        or _value_across(grid)
        or _asks_beside_a_part(grid)
        or _blanks_to_fill(grid)
        or _blank_beside_label(grid)
        or _says_sentences(first)
        or _says_values(first)
        or _ends_label(first)
        or _divided_anew(grid)
    )


def asks_in_pairs(rows: Sequence[RawRow]) -> bool:
    """Whether the rows are labels, each with a cell beside it for what it asks, some of them empty: every cell is one of
    the form's then, and no blank is padding or a merged cell's. The names of columns stand side by side."""
    lines = [[c.text.text.strip() for c in row.cells] for row in rows if len(row.cells) > 1]
    pairs = [line for line in lines if len(line) % 2 == 0 and all(line[::2])]
    if len(lines) < 2 or not pairs or pairs[0] is not lines[0] or 3 * len(pairs) < 2 * len(lines):
        return False
    labels = [text for line in pairs for text in line[::2]]
    room = [text for line in pairs for text in line[1::2]]
    if any(map(_is_label, lines[0][1::2])) or any(kind(text) != "words" for text in labels):
        return False
    named, empty = sum(map(_is_label, labels)), room.count("")
    return empty > 0 and (2 * named >= len(labels) or (empty == len(room) and len(lines[0]) > _ASKED))


def printed_form(lines: Sequence[RawRow]) -> list[list[RawRow]]:
    """The rows of a form in printed lines, each with the lines that its values wrap in: labels, each with its value behind
    it, one pair or two in a row; none where the lines are no form. The names of columns stand side by side, and no label
    is a value."""
    rows: list[list[RawRow]] = []
    room: set[int] = set()  # display columns in which values begin
    for line in lines:
        if all(cell.at in room for cell in line.cells):
            rows[-1].append(line)
        else:
            rows.append([line])
            room.update(cell.at for cell in line.cells[1::2])
    texts = [[cell.text.text for cell in row[0].cells] for row in rows]
    if len(texts) < _LEAST_ROWS or any(len(line) not in (2, 4) for line in texts) or max(map(len, texts)) < 4:
        return []
    labels = [text for line in texts for text in line[::2]]
    values = [text for line in texts for text in line[1::2]]
    return rows if 4 * sum(map(_is_label, labels)) >= 3 * len(labels) and not any(map(_is_label, values)) else []


def is_filled_across(grid: Grid) -> bool:
    """Whether the first row is one cell that holds a label and its value, above the rows of a form."""
    first = grid[0]
    alone = len(first) > 1 and len(set(first)) == 1 and _FILLED.fullmatch(first[0].text.text.strip()) is not None
    return alone and len(grid) > 2 and is_form(grid[1:])


def rows_of_one_value(grid: Grid) -> list[Line]:
    """The rows of a form of labels with their values, two pairs or more in a row, that have a single value, which runs
    across to the right edge; none where any row is filled otherwise."""
    filled = [[c for c, place in enumerate(line) if not place.blank] for line in grid]
    pairs = [
        line for line, at in zip(grid, filled, strict=True) if len(at) == len(line) and len(set(line)) == len(line)
    ]
    short = [line for line, at in zip(grid, filled, strict=True) if at == [0, 1] and len(line) > _ASKED]
    alone = sum(at == [0] for at in filled)
    if not pairs or len(pairs) + len(short) + alone < len(grid) or len(grid[0]) % 2:
        return []
    labels = [p.text.text for line in pairs for p in line[::2]] + [line[0].text.text for line in short]
    values = [p.text.text for line in pairs for p in line[1::2]]
    known, strange = sum(map(_is_label, labels)), sum(map(_is_label, values))
    return short if 2 * known > len(labels) and strange < known else []


def _texts(line: Line) -> list[str]:
    return [p.text.text for p in dict.fromkeys(line) if not p.blank]


def _is_label(text: str) -> bool:
    return FORM_LABEL.fullmatch(text.strip()) is not None


def _labels_beside_values(grid: Grid) -> bool:
    """Labels in the first column, and in the third of four, the third and fifth of six; what stands beside the first of
    them is none. Below, one may have room alone for what it asks."""
    rows = [_texts(line) for line in grid]
    rows = [*rows[:1], *(row for row in rows[1:] if len(row) != 1 or not _is_label(row[0]))]
    if any(len(row) not in _PAIRED for row in rows):
        return False
    labels = [text for row in rows for text in row[::2]]
    named = sum(map(_is_label, labels))
    if not _is_label(labels[0]) or _is_label(rows[0][1]):
        return False
    # below the names of columns stands one kind of values
    mixed = len(rows) > _LEAST_ROWS and len({bool(_BEGINS_FIGURE.match(row[1])) for row in rows[1:]}) > 1
    paired = len(rows[0]) > _ASKED and _is_label(rows[0][2]) and not _is_label(rows[0][3])
    return named * (3 if mixed else 2) > len(labels) - paired


def _labels_down(grid: Grid) -> bool:
    """Labels at the head of most rows, the first one beside a single value that is wider than all else."""
    first, heads = grid[0], [p for p in dict.fromkeys(line[0] for line in grid) if not p.blank]
    named = sum(_is_label(p.text.text) for p in heads)
    wide = len(set(first)) == 2 and first.count(first[-1]) * 2 > len(first) > 2
    return wide and named * 2 > len(heads) > 1 and not first[-1].blank and not _is_label(first[-1].text.text)


def _pairs_above(grid: Grid) -> bool:
    """Labels, each with its value and nothing behind it, in two rows or more above wider ones: 案由, 盗窃."""
    above = list(takewhile(lambda line: len(_texts(line)) == _ASKED, grid))
    named = sum(_is_label(line[0].text.text) for line in above)
    wider = sum(len(_texts(line)) > _ASKED for line in grid[len(above) : len(above) + 2])
    return len(above) > 1 < wider and 2 * named > len(above) and not _is_label(_texts(grid[0])[1])


def asks_down(grid: Grid) -> bool:
    """Labels at the head of most rows, the first one beside nothing but room for what it asks, and figures nowhere."""
    first, heads = grid[0], [line[0].text.text for line in grid if not line[0].blank]
    empty = _is_label(first[0].text.text) and len(first) > 1 and all(p.blank for p in first[1:])
    if not empty or len(heads) < _LEAST_ROWS or sum(map(_is_label, heads)) * 2 <= len(heads):
        return False
    return not any(kind(p.text.text) in VALUES for line in grid for p in line[1:])


def _value_across(grid: Grid) -> bool:
    """The first row has one label and one value across all other columns, which later rows divide; the row below it is
    divided no more, and so is no level of a header."""
    first, below = grid[0], grid[1]
    return (
        len(set(first)) == 2
        and first.count(first[-1]) == len(first) - 1 >= _WIDE
        and below[0] is not first[0]
        and not below[0].blank
        and (
            (len(set(below)) <= 2 and any(len(set(line)) > _WIDE for line in grid[2:]))
            or (sum(_is_across(line) for line in grid) >= _LEAST_ROWS and len(set(below)) > 2)
        )
    )


def _is_across(line: Line) -> bool:
    """Whether a row has a label and one cell across all other columns."""
    return len(set(line)) == 2 and line.count(line[-1]) == len(line) - 1 and not line[0].blank


def _asks_beside_a_part(grid: Grid) -> bool:
    """Whether a cell at the left names a part of several rows, and beside it stand labels with room for what they ask, or
    with what they asked."""
    part = [line[1:] for line in takewhile(lambda line: line[0] is grid[0][0], grid)]
    if len(part) < 2 or len(part[0]) < 2 or grid[0][0].blank:
        return False
    return _blanks_to_fill(part) or _labels_beside_values(part)


def _blanks_to_fill(grid: Grid) -> bool:
    """Label, blank, label, blank: cells that the source gives, to be filled in; labels of forms, or the next row is
    divided into such pairs too."""
    first, below = (_pairs(line) for line in grid[:2])
    known = sum(_is_label(p.text.text) for p in first)
    return len(first) > 1 and (known > 1 or len(below) > 1)


def _pairs(line: Line) -> list[Place]:
    """The labels of a row in which a blank follows each of them; none where it is set otherwise."""
    cells = list(dict.fromkeys(line))
    labels, blanks = cells[::2], cells[1::2]
    filled = any(p.blank for p in labels) or not all(p.blank and (p.exact or p.given) for p in blanks)
    return [] if filled or len(labels) - len(blanks) > 1 or not blanks else labels


def _blank_beside_label(grid: Grid) -> bool:
    """The first row has one label and one blank that the source gives: to be filled in, unless figures stand below it."""
    cells = list(dict.fromkeys(grid[0]))
    if len(cells) != _ASKED or cells[0].blank or not cells[1].blank or not (cells[1].exact or cells[1].given):
        return False
    below = [kind(line[-1].text.text) for line in grid[1:] if line and not line[-1].blank]
    return 2 * sum(k in VALUES or k == "serial" for k in below) <= len(below)


def _says_sentences(line: Line) -> bool:
    """Whether a cell tells a sentence, or asks for an answer of several lines."""
    return any((len(text) > _LONG and _SENTENCE.search(text)) or _ASKS.search(text) for text in _texts(line))


def _says_values(line: Line) -> bool:
    """Whether a cell holds a label and its value (学生姓名：某某), or what there is to choose from (□男 □女)."""
    if any(_CHOICE.search(text) for text in _texts(line)):
        return True
    said = (text.replace("：", ":").partition(":") for text in _texts(line))
    return any(value.strip() and FORM_LABEL.fullmatch("".join(label.split())) for label, _, value in said)


def _ends_label(line: Line) -> bool:
    """Whether a colon ends the first cell, and not all others: it asks, and they answer."""
    texts = [text.strip() for text in _texts(line)]
    ends = [text.endswith((":", "：")) for text in texts]
    return len(texts) > 1 and ends[0] and not line[0].blank and not all(ends)


def _divided_anew(grid: Grid) -> bool:
    """Most rows lack edges that the first row has between its cells: they are divided in other ways."""
    edges = _edges(grid[0])
    rows = [line for line in grid[1:] if len(set(line)) > 1]
    odd = sum(any(c < len(line) and line[c] is line[c - 1] for c in edges) for line in rows)
    if any(len(_edges(line)) > 2 * len(edges) for line in rows):
        return False  # names of parts above the columns
    return len(edges) > 1 and len(rows) >= _LEAST_ROWS and odd * 2 > len(rows)


def _edges(line: Line) -> set[int]:
    """Where one cell ends and the next begins."""
    return {c for c in range(1, len(line)) if line[c] is not line[c - 1]}
