"""Tables that a tool's JSON tells cell by cell, whatever it calls rows and columns: a cloud's answer, a layout tool's tree."""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import regex as re

from juanzong.read.json_file import dicts, is_number
from juanzong.read.printed import PrintedCell
from juanzong.read.tool_text import NOWHERE

Rows = list[list[PrintedCell]]

_NO_LETTER = re.compile(r"[\W\d_]+")
# What tools call a cell's first row and column, how many it spans, and where it ends (the first that it does not cover).
_ROW = frozenset(("row", "rowindex", "rowid", "rownumber", "rowno", "rowstart", "startrow", "rowtl", "ysc"))
_COLUMN = frozenset(
    (
        "col",
        "column",
        "colindex",
        "columnindex",
        "colid",
        "columnnumber",
        "colno",
        "colstart",
        "startcol",
        "coltl",
        "xsc",
    )
)
_DOWN, _ACROSS = ("rowspan", "rowspans"), ("colspan", "columnspan", "colspans")
_ROW_END, _COLUMN_END = ("rowend", "endrow", "rowbr"), ("colend", "endcol", "colbr")
_LAST_ROW, _LAST_COLUMN = "yec", "xec"  # the last that it covers
_TEXT = ("text", "content", "words", "value", "detectedtext")
_CELLS = ("cells", "tablecells")
_LEAST = 2  # cells of a table, and rows that are told as such
_HAN = re.compile(r"\p{Han}")
_MOST_SPAN = 1000
_TREE = re.compile(
    r"(?P<table>.*/Table(?:\[\d+\])?)(?:/T(?:Head|Body|Foot)(?:\[\d+\])?)?/TR(?:\[(?P<row>\d+)\])?/T[HD](?:\[(?P<column>\d+)\])?"
)


class CellTable(NamedTuple):
    """A table of cells, in the place of what told them."""

    rows: Rows
    caption: str = ""

    @property
    def text(self) -> str:
        return "\n".join(cell.text for row in self.rows for cell in row if cell.text)


def table_in(part: dict[str, Any], text: str = "") -> tuple[Rows, frozenset[str]] | None:
    """The table that an object tells cell by cell, and under which of its names it does; None where it tells none. `text`
    is what cells point into that say nothing themselves.

    >>> cells = [{"rowIndex": r, "columnIndex": c, "content": t} for r, c, t in ((0, 0, "站"), (0, 1, "台"), (1, 0, "甲"), (1, 1, "2"))]
    >>> rows, names = table_in({"rowCount": 2, "cells": cells})
    >>> [[cell.text for cell in row] for row in rows], sorted(names)
    ([['站', '台'], ['甲', '2']], ['cells'])
    >>> table_in({"cells": [{"row": 1, "text": "甲"}]}) is None
    True
    """
    by_row: Rows = []
    named: set[str] = set()
    for name, value in part.items():
        if not isinstance(value, list):
            continue
        if placed := _placed(value, text):
            return placed, frozenset((name,))
        if _are_rows(value):
            by_row += [row for one in value if (row := _row(one, text))]
            named.add(name)
    return (by_row, frozenset(named)) if sum(map(len, by_row)) >= _LEAST else None


def _placed(value: Sequence[Any], text: str) -> Rows:
    """The rows of cells that each tell their row and column; none of anything else, nor where others say something."""
    found = [(place, cell) for cell in dicts(value) if (place := _place(cell)) is not None]
    others = [one for one in value if not isinstance(one, dict) or _place(one) is None]
    if len(found) < _LEAST or any(True for _ in _said(others, text)):
        return []
    return _ordered([(row, column, _cell(cell, text)) for (row, column), cell in found])


def _ordered(cells: Sequence[tuple[int, int, PrintedCell]]) -> Rows:
    by_row: defaultdict[int, list[tuple[int, PrintedCell]]] = defaultdict(list)
    for row, column, cell in cells:
        by_row[row].append((column, cell))
    return [[cell for _, cell in sorted(by_row[row], key=lambda told: told[0])] for row in sorted(by_row)]


def _folded(cell: dict[str, Any]) -> dict[str, Any]:
    return {_NO_LETTER.sub("", str(name)).lower(): value for name, value in cell.items()}


def _place(cell: dict[str, Any]) -> tuple[int, int] | None:
    told = _folded(cell)
    row = next((v for k, v in told.items() if k in _ROW and is_number(v)), None)
    column = next((v for k, v in told.items() if k in _COLUMN and is_number(v)), None)
    return None if row is None or column is None else (int(row), int(column))


def _cell(cell: dict[str, Any], text: str) -> PrintedCell:
    told = _folded(cell)
    row, column = _place(cell) or (0, 0)
    down = _span(told, _DOWN, _ROW_END, _LAST_ROW, row)
    across = _span(told, _ACROSS, _COLUMN_END, _LAST_COLUMN, column)
    return PrintedCell(NOWHERE, "\n".join(_said(cell, text)), down, across)


def _span(told: dict[str, Any], spans: Sequence[str], ends: Sequence[str], last: str, first: int) -> int:
    span = next((told[k] for k in spans if is_number(told.get(k))), None)
    end = next((told[k] for k in ends if is_number(told.get(k))), None)
    if span is None:
        span = end - first if end is not None else told[last] - first + 1 if is_number(told.get(last)) else 1
    return min(_MOST_SPAN, max(1, int(span)))


def _said(part: Any, text: str) -> Iterator[str]:
    """The paragraphs of a cell: its text, else the texts of what stands in it, else the part of `text` that it names."""
    stack: list[Any] = [part]
    while stack:
        one = stack.pop()
        if isinstance(one, list):
            stack += reversed(one)
        elif isinstance(one, dict):
            told = _folded(one)
            own = next((told[k] for k in _TEXT if isinstance(told.get(k), str)), None)
            if own is not None and own.strip():
                yield own.strip()
            elif pointed := _pointed(told, text):
                yield pointed
            elif own is None:
                stack += [v for v in reversed(list(one.values())) if isinstance(v, list | dict)]


def _pointed(told: dict[str, Any], text: str) -> str:
    """What an object names by offsets into the text."""
    segments = dicts(told.get("textsegments"))
    parts = (text[int(s.get("startIndex") or 0) : int(s.get("endIndex") or 0)] for s in segments) if text else ()
    return "".join(parts).strip()


def _are_rows(value: Sequence[Any]) -> bool:
    """Whether they are rows: objects that each list their cells, or lists of words of one length."""
    if not value:
        return False
    if all(isinstance(row, dict) for row in value):
        return all(cells is not None and _in_one_row(cells) for cells in map(_cells, value))
    wide = {len(row) if isinstance(row, list) else 0 for row in value}
    words = len(value) >= _LEAST and len(wide) == 1 and max(wide) >= _LEAST
    return (
        words
        and all(word is None or isinstance(word, str) for row in value for word in row)
        and any(_HAN.search(word or "") for row in value for word in row)
    )


def _cells(row: dict[str, Any]) -> list[Any] | None:
    return next((v for k, v in _folded(row).items() if k in _CELLS and isinstance(v, list)), None)


def _in_one_row(cells: Sequence[Any]) -> bool:
    """Not so the cells of a table, where they tell their rows."""
    return len({place[0] for cell in dicts(cells) if (place := _place(cell)) is not None}) <= 1


def _row(row: Any, text: str) -> list[PrintedCell]:
    if isinstance(row, list):
        return [PrintedCell(NOWHERE, (word or "").strip()) for word in row]
    return [
        _cell(cell, text) if isinstance(cell, dict) else PrintedCell(NOWHERE, str(cell or "").strip())
        for cell in _cells(row) or ()
    ]


def as_html(rows: Rows) -> str:
    """Rows as a tool's HTML has them.

    >>> as_html([[PrintedCell(NOWHERE, "甲<乙"), PrintedCell(NOWHERE, "丙", col_span=2)]])
    '<table><tr><td>甲&lt;乙</td><td colspan="2">丙</td></tr></table>'
    """
    out = ""
    for row in rows:
        out += "<tr>"
        for cell in row:
            spans = "".join(
                f' {name}="{n}"' for name, n in (("rowspan", cell.row_span), ("colspan", cell.col_span)) if n > 1
            )
            out += f"<td{spans}>{'<br>'.join(map(html.escape, cell.text.split(chr(10))))}</td>"
        out += "</tr>"
    return f"<table>{out}</table>"


def with_tables(parts: list[Any]) -> list[Any]:
    """A list of elements with its tables put together whose cells are elements of their own, told by their path in the
    document's tree (…/Table/TR[2]/TD[3]/P) or by the ids that a table names, or that are lists of rows of words."""
    if any(isinstance(one, dict) and isinstance(one.get("Path"), str) and _TREE.match(one["Path"]) for one in parts):
        return list(_of_tree(parts))
    if any(isinstance(one, dict) and one.get("BlockType") == "CELL" for one in parts):
        return list(_of_ids(parts))
    if any(isinstance(one, list) and _are_rows(one) and isinstance(one[0], list) for one in parts):
        return [
            CellTable([_row(row, "") for row in one]) if isinstance(one, list) and _are_rows(one) else one
            for one in parts
        ]
    return parts


def _of_tree(parts: Sequence[Any]) -> Iterator[Any]:
    """Elements of a tagged PDF."""
    table = ""
    cells: dict[tuple[int, int], list[str]] = {}

    def ended() -> Iterator[CellTable]:
        if cells:
            yield CellTable(_ordered([(*at, PrintedCell(NOWHERE, "\n".join(said))) for at, said in cells.items()]))
        cells.clear()

    for one in parts:
        path = one.get("Path") if isinstance(one, dict) else None
        m = _TREE.match(path) if isinstance(path, str) else None
        if m is None:
            yield from ended()
            yield one
            continue
        if m["table"] != table:
            yield from ended()
            table = m["table"]
        said = cells.setdefault((int(m["row"] or 1), int(m["column"] or 1)), [])
        said += [text.strip() for text in (one.get("Text"),) if isinstance(text, str) and text.strip()]
    yield from ended()


def _of_ids(parts: Sequence[Any]) -> Iterator[Any]:
    """Blocks of which a table names its cells, and a cell its words."""
    by_id = {one["Id"]: one for one in dicts(parts) if isinstance(one.get("Id"), str)}

    def inside(block: dict[str, Any], of: str = "CHILD") -> list[dict[str, Any]]:
        told = [r.get("Ids") for r in dicts(block.get("Relationships")) if r.get("Type") == of]
        return [by_id[k] for ids in told if isinstance(ids, list) for k in ids if isinstance(k, str) and k in by_id]

    for one in parts:
        kind = one.get("BlockType") if isinstance(one, dict) else None
        if kind == "TABLE":
            cells = [c for c in inside(one) if c.get("BlockType") == "CELL" and _place(c) is not None]
            merged = {id(c): m for m in inside(one, "MERGED_CELL") if _place(m) is not None for c in inside(m)}
            whole = {id(m): m for m in (merged.get(id(c), c) for c in cells)}.values()
            said = [(m, [m] if m.get("BlockType") == "CELL" else inside(m)) for m in whole]
            told = [{**m, "text": _words([w for c in own for w in inside(c)])} for m, own in said]
            yield CellTable(_ordered([(*(_place(m) or (0, 0)), _cell(m, "")) for m in told]))
        elif kind not in ("CELL", "MERGED_CELL"):
            yield one


def _words(blocks: Sequence[dict[str, Any]]) -> str:
    """Words one after another; Western ones a blank apart."""
    out = ""
    for word in (block["Text"] for block in blocks if isinstance(block.get("Text"), str)):
        out += " " + word if out[-1:].isascii() and out and word[:1].isascii() else word
    return out
