"""Which tables of a bundle are prints of one table.

Two tables are, where all that names them agrees (caption, number, annex number, whose the line above says they are, place
in the text, years and places of their documents) and their cells differ only as misreadings do. Two tables of one form are two tables.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex as re

from juanzong.core import tree
from juanzong.core.traced import Traced
from juanzong.language.form_lines import FILLED_IN
from juanzong.language.text import fold
from juanzong.stages.links.cell_differences import SHORT, changed, difference, ratio, words
from juanzong.stages.tables.grid import Grid, Line, Place, grid_of
from juanzong.stages.tables.kinds import is_ordinal

_SAME_HEADER = 0.8  # similarity of two prints of one header
_SAME_KEY = 0.75  # of two prints of one row's label
_SAME_ROWS = 0.6  # share of rows that both prints must have
_SAME_FORM = 0.75  # of the titles of two papers that a word tells apart: the same report of two districts
_MOST_MISREAD = 0.15  # of the cells may be misread in one of the prints; of long ones those whose figures differ
_SMALL = 3  # cells for each one that may be misread
_MOST_OTHER = 0.03  # of the cells of a large table may differ by more
_LARGE = 40  # cells
_BLANK_FORM = 0.4  # share of blank cells from which on a table is a form to fill in
_MOST_CANDIDATES = 5  # tables of one name that share the most rows with another
STANDS_ALONE = ("annex_table", "roster")  # documents whose title is their table's
_YEAR = re.compile(r"(?:19|20)\d\d")
_PLACE = re.compile(r"^(?:关于印发)?\p{Han}{2,6}?(?:省|市|县|区|州|镇|乡|村|街道|学院|学校|公司)")

Pairs = list[tuple[int, int]]  # rows that are prints of one: of the first table, of the second


@dataclass(eq=False)
class Print:
    """A table, what names it, and its slots."""

    document: tree.Document
    table: tree.Table
    heading: str  # under which it stands, folded
    name: str  # its caption, or the title of the document that holds nothing else, folded
    grid: Grid
    whose: str = ""  # what the line over it says: 姓名：某某, 2021年度
    keys: list[str] = field(default_factory=list)  # what names each row


def prints_of(document: tree.Document) -> list[Print]:
    """The tables of a document that have rows, in reading order."""
    out: list[Print] = []
    for heading, whose, table in _tables(document.body, ""):
        grid = grid_of(table)
        if grid and table.rows:
            alone = not out and document.type in STANDS_ALONE
            name = words(table.caption.text) or (words(document.title.text) if alone else "")
            out.append(Print(document, table, heading, name, grid, whose, [_key(line) for line in grid]))
    return out


def _tables(blocks: Sequence[tree.Block], heading: str) -> Iterator[tuple[str, str, tree.Table]]:
    """(the heading under which a table stands, what the line over it says of whose it is, the table)"""
    for above, block in zip([None, *blocks], blocks, strict=False):
        if isinstance(block, tree.Table):
            told = " ".join(above.text.text.split()) if isinstance(above, tree.Paragraph) else ""
            yield heading, fold(told) if FILLED_IN.fullmatch(told) else "", block
        elif isinstance(block, (tree.Section, tree.Box)):
            yield from _tables(block.children, fold(block.number.text + block.title.text) or heading)


class Shelf:
    """The first prints seen so far, to find the one that another table is a print of."""

    def __init__(self) -> None:
        self._named: dict[tuple[object, ...], list[Print]] = defaultdict(list)
        self._rows: dict[tuple[object, ...], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))

    def find(self, new: Print) -> tuple[Print, Pairs] | None:
        """The first print of a table, and which rows agree; None where it is not printed before."""
        for first in self._candidates(new):
            if named_alike(first, new) and (pairs := pairs_of(first, new)) is not None:
                return first, pairs
        return None

    def put(self, new: Print) -> None:
        shelf = _shelf(new)
        n = len(self._named[shelf])
        self._named[shelf].append(new)
        for key in set(new.keys):
            self._rows[shelf][key].append(n)

    def _candidates(self, new: Print) -> list[Print]:
        """Tables of the same name that share most rows with the new one: only these are compared cell by cell."""
        shelf = _shelf(new)
        votes: Counter[int] = Counter()
        for key in set(new.keys):
            votes.update(self._rows[shelf].get(key, ()))
        best = sorted(votes, key=lambda n: (-votes[n], n))[:_MOST_CANDIDATES]
        return [self._named[shelf][n] for n in best]


def _shelf(new: Print) -> tuple[object, ...]:
    if new.name:
        return (len(new.grid[0]), new.name)
    return (len(new.grid[0]), "", id(new.document), new.heading)


def named_alike(a: Print, b: Print) -> bool:
    """Whether all that is printed about two tables says that they are one."""
    number_a, number_b = fold(a.table.number.text), fold(b.table.number.text)
    if (number_a and number_b and number_a != number_b) or (a.whose and b.whose and a.whose != b.whose):
        return False
    if a.document is b.document:
        return a.heading == b.heading and a.name == b.name
    annex = [_annex(p.document) for p in (a, b)]
    if annex[0] and annex[1] and annex[0] != annex[1]:
        return False
    titles = [fold(p.document.title.text) for p in (a, b)]
    years = [set(_YEAR.findall(t)) for t in titles]
    places = [m[0] if (m := _PLACE.match(t)) else "" for t in titles]
    alone = any(p.document.type in STANDS_ALONE for p in (a, b))
    if _are_of_other_dates(a.document, b.document):
        return False
    of_years = bool(years[0] and years[1]) and years[0] != years[1]
    of_one_form = titles[0] != titles[1] and ratio(*titles) >= _SAME_FORM
    if not alone and (of_years or of_one_form or (all(places) and places[0] != places[1])):
        return False
    return bool(a.name) and a.name == b.name


def _annex(document: tree.Document) -> str:
    number = document.metadata.get("annex_number")
    return fold(number.text) if isinstance(number, Traced) else ""


def _are_of_other_dates(a: tree.Document, b: tree.Document) -> bool:
    """Whether both are tables under titles of their own, each with its date."""
    dates = [date for d in (a, b) if isinstance(date := d.metadata.get("issued_on"), Traced)]
    standing = a.type in STANDS_ALONE and b.type in STANDS_ALONE
    return standing and len(dates) == 2 and fold(dates[0].text) != fold(dates[1].text)


def pairs_of(a: Print, b: Print) -> Pairs | None:
    """Which rows are prints of the same row, if the cells say that the tables are prints of one."""
    old, new = a.grid, b.grid
    skip, height = b.table.header_rows, a.table.header_rows
    if len(old[0]) != len(new[0]) or bool(skip) != bool(height) or _is_form(old[height:]) or _is_form(new[skip:]):
        return None
    head = ["".join(fold(p.text.text) for p in dict.fromkeys(grid[0])) for grid in (old, new)]
    named = bool(a.name or b.name or a.table.number or b.table.number)
    if skip and ratio(*head) < (_SAME_HEADER if named else 1):
        return None
    pairs, start = [], height
    for j in range(skip, len(new)):
        key = b.keys[j]
        found = next((i for i in range(start, len(old)) if a.keys[i] == key), None)
        if found is None:
            near = range(start, min(start + 3, len(old)))
            found = next(
                (
                    i
                    for i in near
                    if (ratio(a.keys[i], key) >= _SAME_KEY and _serials_agree(a.keys[i], key))
                    or _same_but_for_blanks(old[i], new[j])
                ),
                None,
            )
        if found is not None:
            pairs.append((found, j))
            start = found + 1
    rows = max(len(old) - height, len(new) - skip)
    if len(pairs) < len(new) - skip or len(pairs) < _SAME_ROWS * rows:
        return None
    return pairs if _cells_agree(old, new, pairs, named) else None


def _same_but_for_blanks(old: Line, new: Line) -> bool:
    """Whether two rows of one serial number are equal where neither is blank: the cell that names one of them was lost."""
    serial, *others = [
        (words(a.text.text), words(b.text.text)) for a, b in zip(old, new, strict=True) if not a.blank and not b.blank
    ] or [("", "")]
    return bool(others) and serial[0].isdecimal() and all(a == b for a, b in (serial, *others))


def _serials_agree(a: str, b: str) -> bool:
    first, second = (key.split("|")[0] for key in (a, b))
    return first == second or not (first.isdecimal() and second.isdecimal())


def _is_form(body: Grid) -> bool:
    """Whether a table is a form to fill in: a large part of its cells is blank, or it is one cell."""
    places = list(dict.fromkeys(p for line in body for p in line))
    return len(places) == 1 or sum(p.blank for p in places) >= _BLANK_FORM * len(places)


def _key(line: Line) -> str:
    """What names a row: its leading words; a serial number counts, but does not stand alone."""
    out = ""
    for place in dict.fromkeys(line):
        out += words(place.text.text) + "|"
        if not place.blank and not is_ordinal(place.text.text):
            break
    return out


def _cells_agree(old: Grid, new: Grid, pairs: Pairs, named: bool) -> bool:
    """Whether the cells of paired rows differ only as misreadings do; of tables that nothing names, not at all: one sign
    that they differ in may be whose they are."""
    beside: dict[Place, list[str]] = {}  # cell of the second print -> what the first one has there
    for i, j in pairs:
        for c, (a, b) in enumerate(zip(old[i], new[j], strict=True)):
            if not a.blank and not b.blank and not span_guessed(old[i], new[j], c):
                beside.setdefault(b, []).append(a.text.text)
    misread = other = 0
    for b, texts in beside.items():
        how = min(difference(text, b.text.text) for text in texts)
        misread += how == 1 and (len(b.text.text) <= SHORT or all(_figures(t) != _figures(b.text.text) for t in texts))
        other += how == 2
    most = _MOST_OTHER * len(beside) if len(beside) >= _LARGE else 0
    if not named and misread + other:
        return False
    few = _SMALL * misread <= len(beside) and misread <= max(2, _MOST_MISREAD * len(beside))
    return bool(beside) and other <= most and few and not _of_other_time(beside)


def _of_other_time(beside: dict[Place, list[str]]) -> bool:
    """Whether all cells that differ hold another figure in place of one and the same (3月1日, 3月2日: 4月1日, 4月2日)."""
    changes = [changed(texts[0], b.text.text) for b, texts in beside.items() if difference(texts[0], b.text.text) == 1]
    return len(changes) > 1 and len(set(changes)) == 1 and all(map(str.isdecimal, changes[0]))


def span_guessed(old: Line, new: Line, c: int) -> bool:
    """Whether the cell in slot c was taken to span a blank from its left, where the other print has other words."""
    if not c or old[c] is not old[c - 1] or new[c - 1] is new[c] or new[c - 1].blank or new[c].blank:
        return False
    text = old[c].text.text
    return difference(text, new[c - 1].text.text) < difference(text, new[c].text.text)


def _figures(text: str) -> list[str]:
    return re.findall(r"\d+", fold(text))
