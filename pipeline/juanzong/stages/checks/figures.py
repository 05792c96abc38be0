"""Cells and rows of a table as arithmetic takes them: figures with their units, the words that name a row."""

from __future__ import annotations

from decimal import Decimal

import regex as re

from juanzong.core import tree
from juanzong.core.remembered import remembered
from juanzong.language.text import fold
from juanzong.stages.tables.kinds import is_raised, unmarked
from juanzong.stages.tables.values import is_unit

_FIGURE = re.compile(r"[-+]?\d+(\.\d+)?")
_SHARES = ("%", "‰", "年", "岁", "分", "百分点", "个百分点")  # behind figures that do not add up


def figure(cell: tree.Cell) -> Decimal | None:
    """The cell as a plain number, with its unit or none; None for words, ranges, percentages and sums in brackets."""
    return figure_in(cell.text.text)


def figure_in(text: str) -> Decimal | None:
    """The same of a cell's text."""
    return _figure_of(text)[0]


def unit_of(cell: tree.Cell) -> str:
    """The unit printed behind the cell's number; empty where there is none."""
    return _figure_of(cell.text.text)[1]


@remembered
def _figure_of(text: str) -> tuple[Decimal | None, str]:
    """The number, and the unit printed behind it (2030万元)."""
    text = "" if is_raised(text) else fold(unmarked(text)).replace(",", "")
    found = _FIGURE.match(text)
    unit = text[found.end() :] if found else ""
    if found is None or (unit and (unit in _SHARES or not is_unit(unit))):
        return None, ""
    return Decimal(found[0]), unit


def step(values: list[Decimal]) -> Decimal:
    """One in the last decimal that any of the values prints: what rounding may be off by."""
    return Decimal(1).scaleb(min((int(v.as_tuple().exponent) for v in values), default=0))


def label(row: list[tree.Cell]) -> str:
    """The words that name a row: its first filled cell, and the second behind a bare ordinal."""
    texts = [fold(c.text.text) for c in row[:3]]
    return next((t for t in texts if t), "")
