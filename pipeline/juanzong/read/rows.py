"""Rows of a table whose rows no ruling parts: which printed lines begin one, told by all columns together. Points."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import regex as re

from juanzong.language.numbering import heading_of
from juanzong.read.glyphs import Glyph, Run, half_widths

SLACK = 1.7  # ems that a line leaves free which its next word would have filled: it ended there
WIDER = 1.35  # times the closest distance of lines: a gap between rows
FILLED = 0.5  # of the columns have something in most rows
CENTRED = 0.35  # ems that the middles of a row's texts lie apart where all are set in its middle
LABELLED = 0.3  # of a table's printed lines have something in the first column: its rows do
LEAST_NUMBERS = 3  # in the first column that show that it counts the rows
LONGEST_GROUP = 20  # characters of the name of a group of rows
REACH = 0.4  # ems that a piece reaches over an edge of columns that it stands on
NEAR = 2.0  # ems that the texts of two columns may part off the edge
PARTED = 0.3  # ems between glyphs of two columns; behind a stop that hangs over ...
HANGS = 0.05  # ... they may nearly touch, or overlap
HANGING = frozenset("，。；：、！？）》")  # full-width marks that may hang over the end of a line
FIRM = 3.0  # points for a break where other rows of the table have their rulings
WEIGHTS = {
    "values": 2.0,  # two values one above the other are two rows'
    "kinds": 2.0,  # a value below a text, or above one
    "full": 1.5,  # both lines have all columns
    "ended": 1.5,  # the upper line ended before its column did
    "wraps": -2.0,  # the upper line fills its column: its text goes on
    "brackets": -2.0,  # words in brackets below words: the unit of a name, a remark
    "first": 1.0,  # the lower line has the first column's cell ...
    "no-first": -1.5,  # ... or has none, and the upper one has
    "no-serial": -6.0,  # ... or has none, where each row of the table has the next number
    "serial": 4.0,  # numbers in the first column that go on
    "few": -1.0,  # the lower line has less than half of the columns
    "gap": 2.0,  # a wider gap than between the lines of a cell
    "close": -1.5,  # no gap, where there are gaps
}
"""What speaks for a row's end between two printed lines, and against it."""

_SUM = re.compile("合计|总计|小计|共计")
_BRACKETED = re.compile(r"[（(][^（）()]+[）)]")
_GROUP_FORMS = ("一、", "（一）")
_VALUE = re.compile(
    r"[（(]?[-−+]?[\d,，.．]+[)）]?\s*(?:%|‰|％|万?[元人户吨亩个公里]{0,3})|\d+(?:\.\d+)?(?:/\d+(?:\.\d+)?)+|[-—–/／\\]+|\d{1,4}[.\-/年]\d{1,2}(?:[.\-/月]\d{0,2}日?)?"
)


class Piece(NamedTuple):
    """Runs that stand together on one printed line: what one column has of it."""

    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    text: str
    glyphs: tuple[Glyph, ...] = ()  # where it may have to be cut

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2


PrintedRow = dict[int, Piece]
"""Column -> what one printed line has in it."""


def piece_of(runs: Sequence[Run]) -> Piece:
    """The runs as one piece."""
    glyphs = tuple(g for r in sorted(runs, key=lambda r: r.x0) for g in r.glyphs)
    return Piece(
        min(r.x0 for r in runs),
        min(r.top for r in runs),
        max(r.x1 for r in runs),
        max(r.bottom for r in runs),
        max(r.size for r in runs),
        "".join(g.text for g in glyphs),
        glyphs,
    )


def cut_at(piece: Piece, xs: Sequence[float]) -> list[tuple[int | None, Piece]]:
    """A piece cut where the text of one column ends and the next one's begins close behind it: near an edge of columns,
    at a small gap or behind a stop that hangs over; with the column of what begins behind an edge."""
    out, begin, home = list[tuple[int | None, Piece]](), 0, None
    for n, x in enumerate(xs, 1):
        if piece.x0 + REACH * piece.size < x < piece.x1 - REACH * piece.size:
            near = [k for k in range(begin + 1, len(piece.glyphs)) if abs(piece.glyphs[k].x0 - x) <= NEAR * piece.size]
            wide, k = max(((_parted_by(piece, k), k) for k in near), default=(0.0, 0))
            if wide > PARTED * piece.size:
                out.append((home, part_of(piece, begin, k)))
                begin, home = k, n
    return [*out, (home, part_of(piece, begin, len(piece.glyphs)))] if out else [(None, piece)]


def _parted_by(piece: Piece, k: int) -> float:
    """How far a glyph of a piece stands off the one before, in points; a whole em where that one is a stop that hangs over."""
    a, b = piece.glyphs[k - 1], piece.glyphs[k]
    hangs = a.text in HANGING and abs(b.x0 - a.x1) > HANGS * piece.size
    return piece.size if hangs else b.x0 - a.x1


def part_of(piece: Piece, begin: int, end: int) -> Piece:
    """The glyphs of a piece from `begin` up to `end`, as a piece."""
    own = piece.glyphs[begin:end]
    return piece._replace(x0=own[0].x0, x1=own[-1].x1, text="".join(g.text for g in own), glyphs=own)


def end_of(p: Piece) -> float:
    """Where a piece ends, a stop aside that may hang over its column's edge."""
    return p.x1 - p.size if p.text[-1:] in HANGING and len(p.text) > 2 else p.x1


def is_value(text: str) -> bool:
    """Whether a cell's text is a number, a date or a dash: it does not go on in the next line.

    >>> is_value("1,296"), is_value("12.5%"), is_value("—"), is_value("2023年"), is_value("东山镇")
    (True, True, True, True, False)
    """
    bare = "".join(text.split())
    return bool(_VALUE.fullmatch(bare)) or bool(re.fullmatch(r"\d{4}年", bare))


def names_group(text: str) -> bool:
    """Whether a line that stands alone between rows names those below it: 一、经济发展."""
    head = heading_of(text.strip())
    return head is not None and head.form in _GROUP_FORMS and len(text.strip()) <= LONGEST_GROUP


def is_group_row(row: PrintedRow) -> bool:
    """Whether a printed line holds nothing but the name of a group."""
    return len(row) == 1 and names_group(next(iter(row.values())).text)


def printed_rows(pieces: Sequence[tuple[int, Piece]]) -> list[PrintedRow]:
    """(column, piece) -> what stands at one height, from the top. Two pieces of one column and height are joined."""
    out: list[PrintedRow] = []
    heights: list[float] = []
    for column, piece in sorted(pieces, key=lambda p: (p[1].middle, p[1].x0)):
        if not out or piece.middle - heights[-1] > 0.5 * piece.size:
            out.append({})
            heights.append(piece.middle)
        other = out[-1].get(column)
        if other is not None:
            piece = Piece(
                min(other.x0, piece.x0), min(other.top, piece.top), max(other.x1, piece.x1),
                max(other.bottom, piece.bottom), max(other.size, piece.size), other.text + piece.text,
            )  # fmt: skip
        out[-1][column] = piece
    return out


def are_centred(pieces: Sequence[tuple[int, Piece]]) -> bool:
    """Whether the texts of one ruled row's cells, (column, piece) of each printed line, are all set in the middle of its
    height, and some have more lines than others: they wrap, and stand in one row."""
    spans: dict[int, tuple[int, float, float]] = {}
    for column, piece in pieces:
        many, top, bottom = spans.get(column, (0, piece.middle, piece.middle))
        spans[column] = (many + 1, min(top, piece.middle), max(bottom, piece.middle))
    middles = [(top + bottom) / 2 for _, top, bottom in spans.values()]
    level = max(middles) - min(middles) <= CENTRED * min(p.size for _, p in pieces)
    return level and len({many for many, _, _ in spans.values()}) > 1


def breaks_between(rows: Sequence[PrintedRow], widths: Sequence[float]) -> list[float]:
    """For each two printed lines that follow one another what speaks for a row's end between them (above 0) or against
    it. `widths`: what each column has room for, in points."""
    if len(rows) < 2:
        return []
    middles = [median(p.middle for p in row.values()) for row in rows]
    gaps = [b - a for a, b in pairwise(middles)]
    closest = min(gaps)
    uneven = max(gaps) > WIDER * closest
    labelled = sum(0 in row for row in rows) >= LABELLED * len(rows)
    numbered = _count_on([row[0].text.strip() for row in rows if 0 in row and not is_group_row(row)])
    out = []
    counted = ""  # what stood last in the first column
    for (a, b), gap in zip(pairwise(rows), gaps, strict=True):
        counted = a[0].text if 0 in a else counted
        score = sum(_by_column(a[c], b[c], widths[c]) for c in a.keys() & b.keys())
        if 0 in b:
            score += WEIGHTS["serial" if _goes_on(counted, b[0].text) else "first"]
        elif numbered and not any(_SUM.match(p.text.strip()) for p in b.values()):
            score += WEIGHTS["no-serial"]
        elif 0 in a or labelled:
            score += WEIGHTS["no-first"]
        if len(a) == len(b) == len(widths):
            score += WEIGHTS["full"]
        elif len(b) < FILLED * len(widths):
            score += WEIGHTS["few"]
        if uneven:
            score += WEIGHTS["gap"] if gap > WIDER * closest else WEIGHTS["close"]
        out.append(score)
    return out


def _by_column(a: Piece, b: Piece, width: float) -> float:
    if is_value(a.text) or is_value(b.text):
        return WEIGHTS["values" if is_value(a.text) and is_value(b.text) else "kinds"]
    if _BRACKETED.fullmatch(b.text.strip()) and not _BRACKETED.fullmatch(a.text.strip()):
        return WEIGHTS["brackets"]
    return WEIGHTS["wraps" if fills(a, b, width) else "ended"]


def fills(a: Piece, b: Piece, width: float) -> bool:
    """Whether a line leaves no room in its column, so wide, for the next one's first word."""
    word = re.match(r"[A-Za-z0-9.,%]+|.", b.text)
    needed = half_widths(word[0]) / 2 * b.size if word else b.size
    return width - (a.x1 - a.x0) <= needed + (SLACK - 1) * a.size


def without_sum(line: list[Piece]) -> list[Piece]:
    """The pieces of a line but for the name of a sum before its values, which may stand over several columns."""
    return line[1:] if len(line) > 1 and _SUM.fullmatch("".join(line[0].text.split())) else line


def _count_on(firsts: Sequence[str]) -> bool:
    """Whether the first column counts the rows, but for its name and a total."""
    numbers = [int(text) for text in firsts if text.isdecimal()]
    return (
        len(numbers) >= LEAST_NUMBERS
        and len(firsts) - len(numbers) <= 2
        and all(b == a + 1 for a, b in pairwise(numbers))
    )


def _goes_on(a: str, b: str) -> bool:
    return a.strip().isdigit() and b.strip().isdigit() and int(b) == int(a) + 1


def is_row_by_row(rows: Sequence[PrintedRow], scores: Sequence[float], columns: int, least: float) -> bool:
    """Whether the printed lines are rows: ends between them, and most rows have most of their cells."""
    ends = [score > least for score in scores]
    if not any(ends):
        return False
    groups: list[set[int]] = [set()]
    for k, row in enumerate(rows):
        if is_group_row(row):
            continue
        if k and ends[k - 1] and groups[-1]:
            groups.append(set())
        groups[-1] |= row.keys()
    full = sum(len(g) >= max(2, FILLED * columns) for g in groups)
    return full > 0.6 * len(groups)
