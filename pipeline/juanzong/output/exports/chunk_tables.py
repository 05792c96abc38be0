"""A table -> pieces of Markdown rows, and the head that every chunk of it begins with."""

from __future__ import annotations

from juanzong.model import Table
from juanzong.output.exports.pieces import Piece, pieces_of
from juanzong.output.exports.sentences import sentences
from juanzong.output.grid import PlacedCell, placed_cells, table_size

Part = tuple[int, int]  # characters of a cell's text
_RULE = "---"


def table_pieces(table: Table, pointer: str, limit: int) -> tuple[list[Piece], list[Piece]]:
    """(caption, unit and header, which later chunks repeat; rows and notes). Without a header where it is so long that
    repeating it would leave no room: then it is the first of the rows."""
    head = [
        Piece(text, ((f"{pointer}/{key}", 0, len(text)),), sep)
        for key, text, sep in (
            ("number", table.number or "", "\n"),
            ("caption", table.caption or "", " " if table.number else "\n"),
            ("unit", table.unit or "", "\n"),
        )
        if text
    ]
    head = [Piece(f"单位：{p.text}", p.strings, p.sep) if p.strings[0][0].endswith("/unit") else p for p in head]
    rows = _rows(table, pointer, limit // 2)
    header = [p for r, p in rows if r < table.header_rows]
    body = [p for r, p in rows if r >= table.header_rows]
    if header and header[-1].text.startswith("|"):
        rule = "| " + " | ".join([_RULE] * table_size(table)[1]) + " |"
        header[-1] = Piece(f"{header[-1].text}\n{rule}", header[-1].strings)
    head += header
    for k, note in enumerate(table.notes):
        body += pieces_of(note, f"{pointer}/notes/{k}", limit)
    return (head, body) if sum(p.length for p in head) <= limit // 2 else ([], head + body)


def _rows(table: Table, pointer: str, limit: int) -> list[tuple[int, Piece]]:
    """(row of the grid, its Markdown line); a row longer than `limit` takes several lines, its cells' texts parted."""
    width = table_size(table)[1]
    cells: list[list[PlacedCell]] = [[] for _ in table.rows]
    for cell in placed_cells(table):
        cells[cell.row].append(cell)
    out: list[tuple[int, Piece]] = []
    if 6 * width > limit:  # bars alone would fill a chunk: each cell in a line of its own
        return [
            (c.row, piece)
            for row in cells
            for c in row
            for piece in pieces_of(c.value.text, f"{pointer}/rows/{c.row}/cells/{c.cell}/text", limit)
        ]
    for r, row in enumerate(cells):
        if sum(len(c.value.text) for c in row) + 3 * width <= limit:
            out.append((r, _line([(c, (0, len(c.value.text))) for c in row], width, pointer)))
            continue
        room = max(1, limit - 3 * width)
        for cell in row:
            parts = sentences(cell.value.text, room) if cell.value.text else []
            out += [(r, _line([(cell, part)], width, pointer)) for part in parts]
    return out


def _line(parts: list[tuple[PlacedCell, Part]], width: int, pointer: str) -> Piece:
    texts = [""] * width
    for cell, (a, b) in parts:
        texts[cell.column] = cell.value.text[a:b].strip().replace("|", "\\|").replace("\n", "<br>")
    strings = tuple((f"{pointer}/rows/{c.row}/cells/{c.cell}/text", a, b) for c, (a, b) in parts if a < b)
    return Piece("| " + " | ".join(texts) + " |", strings)
