"""Where lines stand in their column: first-line indents and centred lines. Points from the top left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import regex as re

from juanzong.read.printed import PrintedLine, PrintedPage

INDENT = (1.4, 2.7)  # ems; a paragraph's first line is set in by two characters (GB/T 9704)
ALIKE = 0.35  # ems; left edges closer than this are one margin
FIRM = 4  # lines that end alike before their end is taken for the right edge
FEW = 3  # lines that tell no margin of their own
RAISED = "^⁰¹²³⁴⁵⁶⁷⁸⁹"  # how a raised mark is written
NEIGHBOURS = (1, -1, 2, -2, 3, -3)

_PAGE_NUMBER = re.compile(r"[—–\-·•\s第]*(?:\d{1,4}|[ivxlcIVXLC]+)[—–\-·•\s页/共\d]*$")


class Column(NamedTuple):
    """The text column of a page: its edges, its font size, at how many edges its lines begin, and how many."""

    left: float
    right: float
    size: float
    levels: int
    lines: int


def place_lines(pages: Sequence[PrintedPage]) -> None:
    """Set `indented` and `centered` on all lines; a page of one left edge asks its rulings and its neighbours."""
    columns = [_column(page) for page in pages]
    for k, page in enumerate(pages):
        own = columns[k]
        if own is None:
            continue
        column = own._replace(left=_settled_left(k, page, columns)) if own.levels == 1 or own.lines < 2 * FEW else own
        for block in page.blocks:
            if isinstance(block, PrintedLine):
                place_line(block, column, page.width)


def _flow(page: PrintedPage) -> list[PrintedLine]:
    """The lines of the running text: of the commonest size, page numbers aside."""
    lines = [b for b in page.blocks if isinstance(b, PrintedLine) and not _PAGE_NUMBER.match(b.text)]
    count: Counter[float] = Counter()
    for line in lines:
        count[round(line.size)] += len(line.text)
    if not count:
        return []
    body = max(count.items(), key=lambda p: (p[1], p[0]))[0]
    return [line for line in lines if abs(line.size - body) <= 0.12 * body + 0.5]


def _column(page: PrintedPage) -> Column | None:
    flow = _flow(page)
    if not flow:
        return None
    size = sum(line.size for line in flow) / len(flow)
    edges = sorted(line.bbox[0] for line in flow)
    firm = [e for e in edges if sum(abs(e - o) < ALIKE * size for o in edges) > 1]
    left = min(firm or edges)
    if INDENT[0] <= (left - edges[0]) / size <= INDENT[1]:
        left = edges[0]  # the one line of the page that is not a first line
    levels = len({round((e - left) / size) for e in edges})
    return Column(left, _right_edge([line.bbox[2] for line in flow], size, page.width - left), size, levels, len(flow))


def _right_edge(ends: list[float], size: float, mirrored: float) -> float:
    """Where most lines end (closing marks may hang over); with few lines, what mirrors the left edge."""
    count = {e: sum(abs(e - o) < 0.6 * size for o in ends) for e in ends}
    right = max(ends, key=lambda e: (count[e], e))
    return right if count[right] >= FIRM else max(right, mirrored)


def _settled_left(k: int, page: PrintedPage, columns: Sequence[Column | None]) -> float:
    """The left edge of a page whose lines all begin at one edge: perhaps they are all first lines."""
    own = columns[k]
    assert own is not None

    def is_indent(edge: float) -> bool:
        return INDENT[0] <= (own.left - edge) / own.size <= INDENT[1]

    ruled = [x0 for x0, x1 in page.rules if is_indent(x0) and x1 - x0 > 0.5 * (page.width - 2 * x0)]
    if ruled:
        return ruled[0]
    if own.levels > 1 and own.lines >= FEW:
        return own.left
    for step in NEIGHBOURS:
        other = columns[k + step] if 0 <= k + step < len(columns) else None
        if other and other.levels > 1 and own.lines < FEW:  # a title alone on its page tells no margin
            return min(own.left, other.left)
        if other and other.levels > 1 and abs(other.size - own.size) < 0.1 * own.size:
            return other.left if is_indent(other.left) else own.left
    return own.left


def place_line(line: PrintedLine, column: Column, page_width: float) -> None:
    """Set `indented` or `centered` on one line of the column (all in points)."""
    x0, _, x1, _ = line.bbox
    offset = (x0 - column.left) / line.size
    middle = (x0 + x1) / 2
    off_centre = min(abs(middle - (column.left + column.right) / 2), abs(middle - page_width / 2)) / line.size
    indent = INDENT[0] <= offset <= INDENT[1] or (line.text[0] in RAISED and 0.6 < offset <= INDENT[1])
    free = column.right - x1 > 0.8 * line.size
    if line.size > 1.15 * column.size:
        line.centered = off_centre < 1.0 and not (abs(offset) < 0.2 and free)
    elif offset > 0.8 and free and line.text[0] not in RAISED:
        two = indent and abs(offset - 2) < 0.3  # an indented line may end so that it looks centred
        line.centered = off_centre < (0.15 if two else 0.5) and (line.bold or not two)
    line.indented = indent and not line.centered
