"""Lines of a table whose cells the reader knows -> its rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.core.source import CELL_LINE, Block, CellMark
from juanzong.core.traced import Traced
from juanzong.stages.tables.raw import RawCell, RawRow

_STAGE = "tables"


def typed_rows(lines: Sequence[Line], source: str, ledger: Ledger) -> list[RawRow]:
    """The rows of the blocks that the lines are parts of, the blank ones among them too; lines that were taken away
    (furniture) are no rows."""
    out = []
    for line, cells in _marked(lines):
        row = RawRow(line=line.n, syntax="html")
        row.cells = [RawCell(_text(c, source, ledger), c.row_span, c.col_span) for c in cells]
        out.append(row)
    return out


def typed_texts(lines: Sequence[Line], source: str, ledger: Ledger) -> list[Traced]:
    """What the cells say, in order, each line of a cell by itself; none is empty."""
    out = []
    for _, cells in _marked(lines):
        for cell in cells:
            at = cell.start
            for part in source[cell.start : cell.end].split(CELL_LINE):
                text = Traced.of(source, at, at + len(part)).strip()
                at += len(part) + 1
                out += [text] if text else []
    return out


def _marked(lines: Sequence[Line]) -> Iterator[tuple[Line, Sequence[CellMark]]]:
    """The rows of the lines' blocks, each with its line; a blank row has the one before it (or behind, at the head)."""
    blocks: dict[int, tuple[Block, list[Line]]] = {}
    for line in lines:
        assert line.block is not None
        blocks.setdefault(line.block.start, (line.block, []))[1].append(line)
    for block, own in blocks.values():
        starts = [line.start for line in own]
        for row in block.rows:
            if not row:
                continue
            k = bisect_right(starts, row[0].start) - 1
            if (k >= 0 and starts[k] == row[0].start) or all(c.start == c.end for c in row):
                yield own[max(0, k)], row


def _text(cell: CellMark, source: str, ledger: Ledger) -> Traced:
    """A cell's text; its inner line ends become line feeds."""
    text = Traced.of(source, cell.start, cell.end).strip()
    at = text.text.find(CELL_LINE)
    while at >= 0:
        text = ledger.replace(text, at, at + 1, "\n", "cell-line", stage=_STAGE, category="layout")
        at = text.text.find(CELL_LINE, at + 1)
    return text
