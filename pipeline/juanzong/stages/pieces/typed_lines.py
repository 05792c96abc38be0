"""Tables whose cells a tool knows, parted by a group row that the tool took for a paragraph."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core.lines import Line
from juanzong.stages.pieces.group_lines import groups_between, may_part_pages

_MOST_ALONE = 2  # lines between two parts, a group and its sub-group


def typed_group_end(lines: Sequence[Line], i: int, taken: set[int]) -> int:
    """The index behind the table that begins in line i, with the parts behind it that group rows part from it: the
    serial numbers of its rows go on there, or the groups are numbered as its own are."""
    end = _block_end(lines, i)
    begin = i
    while (below := _next_part(lines, end, taken)) > end:
        before, after = _cells(lines[begin:end]), _cells(lines[below : _block_end(lines, below)])
        if not groups_between(lines, end, below, before, after, inside=True):
            break
        begin, end = i, _block_end(lines, below)
    return end


def _block_end(lines: Sequence[Line], i: int) -> int:
    return next((k for k in range(i, len(lines)) if lines[k].block is not lines[i].block), len(lines))


def _next_part(lines: Sequence[Line], end: int, taken: set[int]) -> int:
    """The line in which the next such table begins, behind a line or two of text; `end` where none does. What a file's
    own cells say stands apart is apart."""
    k = end
    while k < len(lines) and k - end < _MOST_ALONE and _is_text(lines[k]) and k not in taken:
        if may_part_pages(lines, k, end):
            return end
        k += 1
    block = lines[k].block if k < len(lines) else None
    return k if block is not None and block.rows and not block.exact else end


def _is_text(line: Line) -> bool:
    return line.block is not None and line.block.kind in ("paragraph", "heading")


def _cells(lines: Sequence[Line]) -> list[list[str]]:
    """What the cells of the rows say; a cell over several columns stands in each."""
    out = []
    blocks = {line.block.start: line.block for line in lines if line.block is not None}
    rows = {row[0].start: row for block in blocks.values() for row in block.rows if row}
    for line in lines:
        texts = [text.strip() for text in line.text.split("\t")]
        marks = rows.get(line.start, ())
        spans = [mark.col_span for mark in marks] if len(marks) == len(texts) else [1] * len(texts)
        out.append([text for text, span in zip(texts, spans, strict=True) for _ in range(span)])
    return out
