"""The tags of tables in markup, in order -> which `</table>` ends none: it stands within a row that goes on behind it.
Shared by pages that are parsed and by text that holds tags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_CELLS = ("td", "th")


class TableTag(NamedTuple):
    """A tag of a table: its name in small letters, whether it closes, whether text stands between it and a `</table>`
    right before it."""

    name: str
    closes: bool
    said: bool


def early_ends(tags: Sequence[TableTag]) -> set[int]:
    """The indices of the `</table>` behind which the row they stand in goes on, up to the table's own end.

    >>> row = [TableTag(*t) for t in (("table", False, False), ("tr", False, False), ("td", False, False))]
    >>> rest = [TableTag(*t) for t in (("td", True, False), ("tr", True, False), ("table", True, False))]
    >>> early_ends([*row, TableTag("table", True, False), *rest]), early_ends([*row, TableTag("table", True, False)])
    ({3}, set())
    >>> early_ends([*row, rest[0], TableTag("table", True, False), row[2], *rest[:2]])
    {4}
    """
    out: set[int] = set()
    rows: list[list[bool]] = []  # of each open table: whether a row is open in it, and a cell
    for i, tag in enumerate(tags):
        if tag.name == "table" and not tag.closes:
            rows.append([False, False])
        elif tag.name == "table" and rows:
            if len(rows) == 1 and _goes_on(tags, i, *rows[0]):
                out.add(i)
            else:
                rows.pop()
        elif tag.name == "tr":
            rows = rows or [[False, False]]
            rows[-1] = [not tag.closes, False]
        elif tag.name in _CELLS:
            rows = rows or [[False, False]]
            rows[-1] = [True, not tag.closes]
    return out


def _goes_on(tags: Sequence[TableTag], i: int, in_row: bool, in_cell: bool) -> bool:
    """Whether the open row goes on behind the `</table>` at i, and another one ends the table, or the row its own end."""
    if i + 1 == len(tags):
        return False
    ends = next((t.closes for t in tags[i + 1 :] if t.name == "table"), False)
    if not ends and not (in_row and next((t.closes for t in tags[i + 1 :] if t.name == "tr"), False)):
        return False
    after = tags[i + 1]
    if in_cell and after.closes:
        return after.name in _CELLS
    return in_row and not after.said and after.name in _CELLS and not after.closes
