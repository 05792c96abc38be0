"""What a workbook's sheet begins with, over its table: as a rule the table's title."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from juanzong.stages.pieces.items import Item

_MOST_LINES = 6  # from a sheet's first one to its table


def heads_sheet(items: Sequence[Item], i: int) -> bool:
    """Whether a workbook's sheet begins with item i, and its table stands below, other lines of its head between."""
    mark = items[i].lines[0].mark
    above = next((x for x in reversed(items[:i]) if not x.rule), None)
    if mark is None or not mark.sheet or (above is not None and _page(above) == mark.page):
        return False
    head = takewhile(lambda x: _page(x) == mark.page, items[i : i + _MOST_LINES])
    return any(x.kind == "table" for x in head)


def _page(item: Item) -> int:
    mark = item.lines[0].mark
    return 0 if mark is None else mark.page
