"""The rows of a table that were read so far, and what they tell of a line below them: each row is looked at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

import regex as re

from juanzong.core.lines import Line
from juanzong.language.numbering import Heading, heading_of
from juanzong.language.text import fold
from juanzong.stages.tables.kinds import VALUES, item, kind
from juanzong.stages.tables.read import is_rule
from juanzong.stages.tables.wrapped import LastCells

Row = Sequence[str]


class ToldByRows:
    """What rows, given as the texts of their cells, tell together. `first`, `last`: of all but rules; `lowest`: the last
    of all."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.count = 0
        self.first: Row = ()
        self.last: Row = ()
        self.lowest: Row = ()
        self.serials: list[int] = []  # the last two serial numbers
        self.alone = True  # whether each row but the first holds one text alone, in one cell or several
        self._numbers: dict[str, int] = {}  # the highest of the groups' numbers, by form
        self._groups: list[str] = []  # that this does not know yet
        self._below: list[Row] = []  # rows under the first that may be headers
        self._headed = False
        for row in rows:
            self.add(row)

    def add(self, row: Row) -> None:
        alone = len({cell for cell in row if cell}) == 1
        if alone:
            self._groups.append(row[0])
        if self.count:
            self.alone = self.alone and alone
            self._below.append(row)
        else:
            self.first = row
        self.last = self.lowest = row
        self.count += 1
        if row and (n := serial(row[0])):
            self.serials = [*self.serials[-1:], n]

    def add_group(self, text: str) -> None:
        """A line between the rows that holds no cells."""
        self._groups.append(text)

    def counts(self, head: Heading) -> bool:
        """Whether the number goes on with the groups of the table, or is the first of a form that they have."""
        for text in self._groups:
            own = heading_of(text.strip().strip("#*").strip())
            if own is not None:
                self._numbers[own.form] = max(own.ordinal, self._numbers.get(own.form, own.ordinal))
        self._groups.clear()
        highest = self._numbers.get(head.form)
        return head.ordinal == (highest or 0) + 1 or (head.ordinal == 1 and highest is not None)

    @property
    def headed_again(self) -> bool:
        """Whether another row than the first looks like a header."""
        self._headed = self._headed or any(map(is_header, self._below))
        self._below.clear()
        return self._headed


class TableSoFar:
    """`table`: the lines of a table of rows with tabs or pipes, on the pages before the one on which it goes on in line
    `begin`; those from there on are added."""

    def __init__(
        self, lines: Sequence[Line], table: Iterable[int], begin: int, taken: set[int], is_row: Callable[[str], bool]
    ) -> None:
        self.lines, self.is_row = list(table), is_row
        self._begin = self.end = begin
        self.parts, self.even = 1, True  # on how many pages, and whether they all stand right behind one another
        self._all, self._taken = lines, taken
        self._told, self._cells = ToldByRows(), LastCells()
        self._gaps: list[int] = []  # lines between its own
        self._gapped = 0  # lines that these are told of
        self._bottom: Row = ()  # the last row, which those cells are above
        self._known, self._seen = 0, 0  # lines that these know

    def holds(self, part: Sequence[int], is_row: Callable[[str], bool]) -> bool:
        """Whether it is a table of such rows that ends with the part, all of its lines and none behind it."""
        whole = range(self._begin, self.end)
        return (
            self.is_row is is_row and part[0] == whole.start and part[-1] + 1 == whole.stop and len(part) == len(whole)
        )

    def go_on_at(self, begin: int, *, even: bool) -> None:
        """What is added from now on is another part, that begins in that line. `even`: right behind the one before, with
        as many cells."""
        self._begin = self.end = begin
        self.parts, self.even = self.parts + 1, self.even and even

    def add_to(self, end: int) -> None:
        self.lines.extend(range(self.end, end))
        self.end = end

    @property
    def told(self) -> ToldByRows:
        for text in self._texts_from(self._known):
            if not self.is_row(text):
                self._told.add_group(text)
            elif is_rule(text):
                self._told.lowest = split(text)
            else:
                self._told.add(split(text))
        self._known = len(self.lines)
        return self._told

    def goes_on_in(self, text: str) -> bool:
        """Whether a line without cells is the rest of its last cell."""
        for row in self._texts_from(self._seen):
            if self.is_row(row) and not is_rule(row):
                if self._bottom:
                    self._cells.add(self._bottom)
                self._bottom = split(row)
        self._seen = len(self.lines)
        return self._cells.go_on(self._bottom, text)

    def outside(self, k: int) -> Iterator[int]:
        """The lines before line k that are none of the table, the last one first."""
        for j in range(max(self._gapped, 1), len(self.lines)):
            self._gaps.extend(range(self.lines[j - 1] + 1, self.lines[j]))
        self._gapped = len(self.lines)
        first, last = (self.lines[0], self.lines[-1]) if self.lines else (k, k - 1)
        return chain(range(k - 1, last, -1), reversed(self._gaps), range(first - 1, -1, -1))

    def _texts_from(self, start: int) -> Iterator[str]:
        return (self._all[j].text for j in self.lines[start:] if j not in self._taken)


def split(text: str) -> list[str]:
    """The cells of a row with tabs or pipes."""
    if "\t" in text:
        return [cell.strip() for cell in text.split("\t")]
    return [cell.strip() for cell in text.strip().strip("|").split("|")]


def serial(label: str) -> int:
    text = fold(label)
    return int(text) if text.isdecimal() and len(text) < 4 else item(text)


def is_header(row: Row) -> bool:
    """Whether a row looks like the header of a table: words in most cells, no figures, no number first."""
    filled = [cell for cell in row if cell]
    return (
        len(filled) * 2 > len(row)
        and len(filled) > 1
        and not serial(row[0])
        and bool(re.search(r"\p{Han}", filled[0]))
        and all(kind(cell) not in VALUES and kind(cell) != "serial" for cell in filled)
    )
