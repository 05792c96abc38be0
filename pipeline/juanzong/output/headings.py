"""Where something stands, in the words of the page: headings from the outside in, a table's row and column by their
headers. No pointers, no numbers that are not printed but a row's and a column's where they have no header."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from juanzong.output.folder import Json
from juanzong.stages.tables.grid import layout

LONG = 24  # characters of a heading or a header that are shown
Labels = Mapping[str, str]


def heads_of(table: Json) -> dict[tuple[int, int], tuple[str, str]]:
    """(row, cell) -> the headers of its row and its column; "" where there is none. A row's header is what its leading
    columns say in words, a column's what the header rows print above it."""
    rows = table.get("rows") or []
    slots = layout([[(c.get("row_span", 1), c.get("col_span", 1)) for c in row["cells"]] for row in rows])
    head = int(table.get("header_rows", 0))

    def text(owner: tuple[int, int] | None) -> str:
        return " ".join(str(rows[owner[0]]["cells"][owner[1]]["text"]).split()) if owner else ""

    columns: dict[int, list[str]] = {}
    for line in slots[:head]:
        for c, owner in enumerate(line):
            named = text(owner)
            if named and named not in columns.setdefault(c, []):
                columns[c].append(named)
    out: dict[tuple[int, int], tuple[str, str]] = {}
    for r, line in enumerate(slots):
        leading: list[str] = []
        done = False
        for c, owner in enumerate(line):
            if owner is None:
                continue
            if owner not in out and owner[0] == r:
                row = "" if r < head else " ".join(leading)
                out[owner] = (row, " ".join(columns.get(c, ()) if r >= head else ()))
            named, grouped = short(text(owner)), rows[owner[0]]["cells"][owner[1]].get("row_span", 1) > 1
            if _is_words(named) and not done and named not in leading:
                leading.append(named)
                done = not grouped  # a group's name alone does not tell its rows apart
    return out


def _is_words(text: str) -> bool:
    """Whether it names something: no figure, no sign alone."""
    return sum(ch.isalpha() for ch in text) * 2 > len(text)


def short(text: str) -> str:
    """One line of at most LONG characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONG else flat[: LONG - 1] + "…"


def cell_name(table: Json, row: int, cell: int, labels: Labels) -> str:
    """The cell by its headers, as “床位 · 2025”; without headers by its row and column counted from 1."""
    row_head, column_head = heads_of(table).get((row, cell), ("", ""))
    names = [
        short(row_head) or labels["row_n"].format(row + 1),
        short(column_head) or labels["column_n"].format(cell + 1),
    ]
    return " · ".join(names)


def trail_of(document: Json, pointer: str, labels: Labels) -> tuple[str, ...]:
    """The headings above a place and what of the thing it is: (“第一章 总则”, “表1 主要指标”, “床位 · 2025”)."""
    tokens = pointer.split("/")[1:]
    out: list[str] = []
    value: Any = document
    for k, token in enumerate(tokens):
        try:
            value = value[int(token)] if isinstance(value, list) else value[token]
        except (LookupError, ValueError, TypeError):
            break
        if isinstance(value, dict) and (named := _thing(value, labels)):
            out.append(named)
        if isinstance(value, dict) and value.get("kind") == "table" and tokens[k + 1 : k + 2] == ["rows"]:
            cell = tokens[k + 4 : k + 5]
            if cell and cell[0].isdecimal():
                out.append(cell_name(value, int(tokens[k + 2]), int(cell[0]), labels))
            break
    return (*_outside_body(document, tokens, labels), *out)


def _thing(block: Json, labels: Labels) -> str:
    name = short(" ".join(str(block[k]) for k in ("number", "title", "caption") if block.get(k)))
    return name or (labels[block["kind"]] if block.get("kind") in ("table", "figure", "box") else "")


def _outside_body(document: Json, tokens: list[str], labels: Labels) -> tuple[str, ...]:
    """What stands beside the body: an element of the head, an entry of the contents list, a footnote."""
    first = tokens[0] if tokens else ""
    if first == "metadata":
        return (labels.get(tokens[1], tokens[1]),) if len(tokens) > 1 else (labels["metadata"],)
    if first in ("contents", "footnotes") and len(tokens) > 1 and tokens[1].isdecimal():
        entries = document.get(first) or []
        entry = entries[int(tokens[1])] if int(tokens[1]) < len(entries) else {}
        named = entry.get("title") if first == "contents" else entry.get("marker")
        return (labels["contents" if first == "contents" else "footnote"], short(str(named or "")))
    return (labels["title"],) if first == "title" else ()
