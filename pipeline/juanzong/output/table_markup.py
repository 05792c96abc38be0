"""A table -> HTML or a Markdown pipe table, and its size."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from juanzong.model import Cell, Table
from juanzong.output.controls import without_controls
from juanzong.output.note_marks import Marks, cut_at_marks


def html_table(table: Table, pointer: str = "", marks: Mapping[str, Marks] | None = None) -> str:
    """<table> with spans and a head; `marks` by the pointers of the cells' texts, shown raised."""
    marks = marks or {}
    out = ["<table>"]
    for i, row in enumerate(table.rows):
        if i == 0 and table.header_rows:
            out.append("<thead>")
        tag = "th" if i < table.header_rows else "td"
        cells = (
            _html_cell(cell, tag, marks.get(f"{pointer}/rows/{i}/cells/{j}/text", ()))
            for j, cell in enumerate(row.cells)
        )
        out.append(f"<tr>{''.join(cells)}</tr>")
        if i == table.header_rows - 1:
            out.append("</thead>")
    return "\n".join([*out, "</table>"])


def _html_cell(cell: Cell, tag: str, marks: Marks) -> str:
    spans = "".join(f' {name}="{n}"' for name, n in (("rowspan", cell.row_span), ("colspan", cell.col_span)) if n > 1)
    # Blank lines would end the HTML block in Markdown, so line ends are written as tags.
    text = "".join(
        html.escape(without_controls(piece), quote=False).replace("\n", "<br>")
        + "".join(f"<sup>{n}</sup>" for n in notes)
        for piece, notes in cut_at_marks(cell.text, marks)
    )
    return f"<{tag}{spans}>{text}</{tag}>"


def second_print(table: Table) -> str:
    """What stands in the place of a table that is printed once more; "" where it has no other print.

    >>> second_print(Table(header_rows=0))
    ''
    """
    return f"（此处重印的表，录在文件 {table.same_as.document} 中）" if table.same_as else ""


def pipe_table(rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table of cells that are Markdown already; the first row is the head.

    >>> print(pipe_table([["序号", "名称"], ["1", "中药学"]]))
    | 序号 | 名称 |
    | --- | --- |
    | 1 | 中药学 |
    """
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "| " + " | ".join("---" for _ in rows[0]) + " |", *lines[1:]])
