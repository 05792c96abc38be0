"""Lines of a table whose cells the reader knows -> its rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, repeat

from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.core.source import CELL_LINE, Block, CellMark
from juanzong.core.traced import EMPTY, Traced, verbatim
from juanzong.stages.tables.raw import RawCell, RawRow


def typed_rows(lines: Sequence[Line], ledger: Ledger) -> list[RawRow]:
    """The rows of the blocks that the lines are parts of, the blank ones among them too; lines that were taken away
    (furniture) are no rows."""
    out = []
    for line, r, cells, texts in _marked(lines):
        known, heads = (line.block.exact, line.block.heads) if line.block is not None else (False, 0)
        if CELL_LINE in line.text:
            texts = [_with_line_feeds(text, ledger) for text in texts]
        said = chain(texts, repeat(EMPTY))  # of a blank row none
        own = [RawCell(text, cell.row_span, cell.col_span) for cell, text in zip(cells, said, strict=False)]
        out.append(RawRow(own, line.n, syntax="html", exact=known, head=r < heads))
    return out


def typed_texts(lines: Sequence[Line]) -> list[Traced]:
    """What the cells say, in order, each line of a cell by itself; none is empty."""
    parts = (part for line in lines for cell in _cells(line) for part in _split(cell, CELL_LINE))
    return [text for part in parts if (text := part.strip())]


def _marked(lines: Sequence[Line]) -> Iterator[tuple[Line, int, Sequence[CellMark], Sequence[Traced]]]:
    """The rows of the lines' blocks, each with its line, its place in the block, and its cells' texts; a blank row has the
    line before it (or behind, at the head)."""
    blocks: dict[int, tuple[Block, list[Line]]] = {}
    for line in lines:
        assert line.block is not None
        blocks.setdefault(line.block.start, (line.block, []))[1].append(line)
    for block, own in blocks.values():
        rows = [row for row in block.rows if row]
        starts = [row[0].start for row in rows]
        line_of_row = {bisect_right(starts, line.start) - 1: line for line in own}
        near = own[0]
        for r, row in enumerate(rows):
            if r in line_of_row:
                near = line_of_row[r]
                yield near, r, row, _cells(near)
            elif all(cell.start == cell.end for cell in row):
                yield near, r, row, ()


def _cells(line: Line) -> list[Traced]:
    runs = line.traced.runs
    if len(runs) == 1 and not runs[0].edited:  # as nearly all
        out, at = [], runs[0].start
        for part in line.traced.text.split("\t"):
            bare = part.strip()
            out.append(verbatim(bare, at + part.index(bare)) if bare else EMPTY)
            at += len(part) + 1
        return out
    return [cell.strip() for cell in _split(line.traced, "\t")]


def _split(text: Traced, mark: str) -> Iterator[Traced]:
    at = 0
    for part in text.text.split(mark):
        yield text[at : at + len(part)]
        at += len(part) + len(mark)


def _with_line_feeds(text: Traced, ledger: Ledger) -> Traced:
    """A cell's text; its inner line ends become line feeds."""
    at = text.text.find(CELL_LINE)
    while at >= 0:
        text = ledger.replace(text, at, at + 1, "\n", "cell-line", category="layout")
        at = text.text.find(CELL_LINE, at + 1)
    return text
