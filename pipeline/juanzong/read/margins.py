"""Where lines stand in their column: first-line indents and centred lines. Points from the top left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import regex as re

from juanzong.read.grid import edges_of, nearest
from juanzong.read.page_heads import at_edges
from juanzong.read.printed import PrintedLine, PrintedPage

INDENT = (1.4, 2.7)  # ems; a paragraph's first line is set in by two characters (GB/T 9704)
ALIKE = 0.35  # ems; left edges closer than this are one margin
FIRM = 4  # lines that end alike before their end is taken for the right edge
FEW = 3  # lines that tell no margin of their own
RAISED = "^⁰¹²³⁴⁵⁶⁷⁸⁹"  # how a raised mark is written
STEP = 0.4  # points between two sizes of type
FEW_PITCHES = 6  # distances of lines that show the usual one
WIDER, WIDER_SCANNED, MOST_GAP = 1.15, 1.3, 3.0  # times the usual distance of lines: a gap between paragraphs
NEIGHBOURS = (1, -1, 2, -2, 3, -3)

_PAGE_NUMBER = re.compile(r"[—–\-·•\s第]*(?:\d{1,4}|[ivxlcIVXLC]+)[—–\-·•\s页/共\d]*$")


class Column(NamedTuple):
    """The text column of a page: its edges, its font size, at how many edges its lines begin, and how many."""

    left: float
    right: float
    size: float
    levels: int
    lines: int


class Field(NamedTuple):
    """The lines of a page, or of one of its two columns, between two edges; the rulings across the page; by their
    ids the lines in its upper and lower margin, which tell no edge of the text."""

    lines: list[PrintedLine]
    start: float
    end: float
    rules: list[tuple[float, float]]
    aside: frozenset[int]


def place_lines(pages: Sequence[PrintedPage]) -> None:
    """Set `indented`, `centered` and `apart` on all lines, those of a page set in two columns by their own column; a page
    of one left edge asks its rulings and its neighbours."""
    usual = usual_size([b for page in pages for b in page.blocks if isinstance(b, PrintedLine)])
    for side in sorted({b.column for page in pages for b in page.blocks if isinstance(b, PrintedLine)}):
        fields = [_field(page, side) for page in pages]
        columns = [_column(field) for field in fields]
        for k, (field, own) in enumerate(zip(fields, columns, strict=True)):
            if own is None:
                continue
            settled = own.levels == 1 or own.lines < 2 * FEW
            column = own._replace(left=_settled_left(k, field, columns)) if settled else own
            for line in field.lines:
                if line.column == side:
                    place_line(line, column, (field.start + field.end) / 2, usual)
    for page in pages:
        tell_gaps(page)


def _field(page: PrintedPage, side: int) -> Field:
    """What a side of the page has; the lines across both columns are seen against all of the page."""
    aside = frozenset(id(line) for line in at_edges(page))
    lines = [b for b in page.blocks if isinstance(b, PrintedLine) and side in (0, b.column)]
    if not side or not lines:
        return Field(lines, 0.0, page.width, page.rules, aside)
    return Field(lines, min(b.bbox[0] for b in lines), max(b.bbox[2] for b in lines), page.rules, aside)


def usual_size(lines: Sequence[PrintedLine]) -> float:
    """The size of type in which most characters are set; 0 where there are none."""
    count: Counter[float] = Counter()
    for line in lines:
        count[round(line.size)] += len(line.text)
    return max(count.items(), key=lambda p: (p[1], p[0]), default=(0.0, 0))[0]


def _flow(field: Field) -> list[PrintedLine]:
    """The lines of the running text: of the commonest size, page numbers aside."""
    lines = [line for line in field.lines if id(line) not in field.aside and not _PAGE_NUMBER.match(line.text)]
    body = usual_size(lines)
    return [line for line in lines if abs(line.size - body) <= 0.12 * body + 0.5]


def _column(field: Field) -> Column | None:
    flow = _flow(field)
    if not flow:
        return None
    size = sum(line.size for line in flow) / len(flow)
    edges = sorted(line.bbox[0] for line in flow)
    firm = [e for e in edges if sum(abs(e - o) < ALIKE * size for o in edges) > 1]
    left = min(firm or edges)
    deeper = any(INDENT[0] <= (e - left) / size <= INDENT[1] for e in firm)
    if INDENT[0] <= (left - edges[0]) / size <= INDENT[1] and not deeper:
        left = edges[0]  # the one line of the page that is not a first line
    levels = len({round((e - left) / size) for e in edges})
    right = _right_edge([line.bbox[2] for line in flow], size, field.start + field.end - left)
    return Column(left, right, size, levels, len(flow))


def _right_edge(ends: list[float], size: float, mirrored: float) -> float:
    """Where most lines end (closing marks may hang over); with few lines, what mirrors the left edge."""
    count = {e: sum(abs(e - o) < 0.6 * size for o in ends) for e in ends}
    right = max(ends, key=lambda e: (count[e], e))
    return right if count[right] >= FIRM else max(right, mirrored)


def _settled_left(k: int, field: Field, columns: Sequence[Column | None]) -> float:
    """The left edge of a page whose lines all begin at one edge: perhaps they are all first lines."""
    own = columns[k]
    assert own is not None

    def is_indent(edge: float) -> bool:
        return INDENT[0] <= (own.left - edge) / own.size <= INDENT[1]

    ruled = [x0 for x0, x1 in field.rules if is_indent(x0) and x1 - x0 > 0.5 * (field.start + field.end - 2 * x0)]
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


def place_line(line: PrintedLine, column: Column, centre: float, usual: float) -> None:
    """Set `indented` or `centered` on one line of the column; `centre`: the page's (all in points), `usual`: the size of
    type of the whole text, which the few lines of a cover may all exceed."""
    x0, _, x1, _ = line.bbox
    offset = (x0 - column.left) / line.size
    middle = (x0 + x1) / 2
    off_centre = min(abs(middle - (column.left + column.right) / 2), abs(middle - centre)) / line.size
    indent = INDENT[0] <= offset <= INDENT[1] or (line.text[0] in RAISED and 0.6 < offset <= INDENT[1])
    free = column.right - x1 > 0.8 * line.size
    if line.size > 1.15 * (min(column.size, usual) if column.lines < 2 * FEW else column.size):
        line.centered = off_centre < 1.0 and not (abs(offset) < 0.2 and free)
    elif offset > 0.8 and free and line.text[0] not in RAISED:
        two = indent and abs(offset - 2) < 0.3  # an indented line may end so that it looks centred
        larger = line.size > 1.08 * column.size and line.confidence is None  # sizes of recognised lines are estimates
        line.centered = off_centre < (0.15 if two else 0.5) and (line.bold or larger or not two)
    line.indented = indent and not line.centered


def tell_gaps(page: PrintedPage) -> None:
    """Set `apart` on the lines of a page above which a wider gap stands than within paragraphs, where gaps and not
    indents begin its paragraphs. Lines of another size of type, as in a box, have another distance."""
    lines = [b for b in page.blocks if isinstance(b, PrintedLine) and not b.watermark]
    pairs = [(a, b, b.bbox[3] - a.bbox[3]) for a, b in pairwise(lines) if a.column == b.column and _alike(a, b)]
    widest = WIDER if all(b.confidence is None for b in lines) else WIDER_SCANNED
    sizes = edges_of([b.size for b in lines], STEP)
    for size in range(len(sizes)):
        own = [pair for pair in pairs if nearest(sizes, pair[1].size) == size]
        _tell_gaps(own, widest, sum(b.indented for b in lines if nearest(sizes, b.size) == size))


def _tell_gaps(pairs: Sequence[tuple[PrintedLine, PrintedLine, float]], widest: float, indented: int) -> None:
    """The same for lines of one size, of which so many are indented: (line above, line, distance)."""
    pitches = sorted(gap for _, _, gap in pairs if gap > 0)
    if len(pitches) < FEW_PITCHES:
        return
    pitch = pitches[len(pitches) // 4]
    wide = [b for _, b, gap in pairs if widest * pitch < gap < MOST_GAP * pitch and not b.centered]
    if sum(b.indented for b in wide) * 2 > len(wide) or indented > len(wide):
        return
    for b in wide:
        b.apart = True


def _alike(a: PrintedLine, b: PrintedLine) -> bool:
    return abs(a.size - b.size) < 0.1 * b.size
