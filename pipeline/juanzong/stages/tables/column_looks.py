"""What the columns of a table hold, and how well a cell fits into each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log

import regex as re

from juanzong.language.text import fold
from juanzong.stages.tables.blanks import SERIALS
from juanzong.stages.tables.grid import Grid, Line, Place
from juanzong.stages.tables.kinds import is_numbered, is_ordinal, is_quantity, is_total, kind

LEFT_OUT = 0.05  # how likely a row lost a cell, against
GAIN = log(6)  # a shift must explain the row this much better than leaving it
TIE = 0.4  # candidates this close say nothing about which is right
FIGURES = ("number", "serial", "bracket")
_COUNTED = (*FIGURES, "percent", "quantity")
_LOSS = re.compile(r"\(\d\)")  # (3): an ordinal in words, a loss among figures
_DAY = re.compile(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?")
_POOLED = 0.5  # how much figures of another look count


@dataclass
class Column:
    """What one column's cells look like and say; it is asked only once all have been seen."""

    kinds: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    total: int = 0
    counts: bool = False  # the rows: 序号
    known: dict[str, float] = field(default_factory=dict)  # text of a cell -> log likelihood: a search asks it often

    def see(self, place: Place) -> None:
        self.kinds[_class(place)] += 1
        self.texts[fold(place.text.text)] += 1
        self.total += 1

    def likelihood(self, place: Place) -> float:
        """Log likelihood of the cell in this column: by what it looks like, and by whether the column says the same
        elsewhere."""
        text = place.text.text
        found = self.known.get(text)
        if found is None:
            alike: float = self.kinds[_class(place)]
            if kind(text) == "year":  # an amount may look like a year
                alike = max(alike, self.kinds["number"] + self.kinds["serial"])
            if kind(text) in FIGURES or _LOSS.fullmatch(
                fold(text)
            ):  # 41, 1500 and (62) look different, and are amounts all the same
                alike = max(alike, sum(self.kinds[k] for k in FIGURES) * _POOLED)
            if _class(place) in _COUNTED:  # 30个 and 98% are of one kind among words
                alike = max(alike, sum(self.kinds[k] for k in _COUNTED) * _POOLED)
            looks = (alike + 0.2) / (self.total + 2)
            says = self.texts[fold(text)] / (self.total + 1) if not place.blank else 0.0
            found = self.known[text] = log(0.5 * looks + 0.5 * max(says, looks))
        return found

    def rarely(self, *kinds: str) -> bool:
        """Whether less than half of the cells are of these kinds: a dash among figures says that there is none."""
        return sum(self.kinds[k] for k in kinds) * 2 < self.total

    def open(self) -> float:
        """How likely a cell is empty here."""
        return self.kinds[""] / (self.total + 1)


def _class(place: Place) -> str:
    text = place.text.text
    if "月" in text and _DAY.fullmatch(fold(text)):
        return "day"
    if is_numbered(text):
        return "label"
    own = kind(text)
    return "quantity" if own == "words" and is_quantity(text) else own


def seen_in(rows: Grid, width: int, counted: bool) -> list[Column]:
    """What the columns of these rows hold; `counted`: the first one counts the rows, by its name."""
    columns = [Column(counts=not c and counted) for c in range(width)]
    for line in rows:
        for column, place in zip(columns, line, strict=True):
            column.see(place)
    return columns


def labels_of(line: Line, columns: Sequence[Column]) -> int:
    """How many cells at the left of a row that lacks some stand where they are: a total's label, the ordinal under 序号."""
    label = next((c + 1 for c, place in enumerate(line[:2]) if is_total(place.text.text)), 0)
    return label or int(columns[0].counts and is_ordinal(line[0].text.text))


def counts_rows(header: Grid) -> bool:
    """Whether the first column is named 序号."""
    return any(fold(line[0].text.text) in SERIALS for line in header)


def cost_of_new(column: Column, blank: bool) -> float:
    return log(max(LEFT_OUT, column.open()) if blank else LEFT_OUT)
