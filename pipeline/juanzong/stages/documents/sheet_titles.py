"""What a workbook's sheet, or a Word file, begins with, over its table: as a rule the table's title."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from juanzong.core.source import CENTERED
from juanzong.stages.pieces.items import Item

_MOST_LINES = 6  # from a sheet's first one to its table


def heads_sheet(items: Sequence[Item], i: int) -> bool:
    """Whether a workbook's sheet begins with item i, and its table stands below, other lines of its head between; or a
    Word file does, the line set in the middle and the table right below."""
    mark, block = items[i].lines[0].mark, items[i].lines[0].block
    above = next((items[k] for k in range(i - 1, -1, -1) if not items[k].rule), None)
    if above is None and block is not None and block.label == CENTERED:
        return i + 1 < len(items) and items[i + 1].kind == "table"
    if mark is None or not mark.sheet or (above is not None and _page(above) == mark.page):
        return False
    head = takewhile(lambda x: _page(x) == mark.page, items[i : i + _MOST_LINES])
    return any(x.kind == "table" for x in head)


def _page(item: Item) -> int:
    mark = item.lines[0].mark
    return 0 if mark is None else mark.page
