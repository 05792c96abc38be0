"""What text detection overlooks in the cells of ruled tables, as words set wide apart: ink without a line is read again. Pixels, the
slant taken out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from juanzong.read.printed import Box, PrintedTable
from juanzong.read.recognized import Seen, SeenLine
from juanzong.read.rulings import Ruling
from juanzong.read.tables import edge, tables_of_edges

INSET = 4  # pixels of a cell's side in which its rulings stand
STROKE = 1.2  # of the page's usual line height: shorter rulings are strokes of characters
HIGH = (0.6, 1.3)  # of the line height: one line of text
LEAST_WIDE = 0.7  # of the line height: narrower ones are figures, strokes, ticks
OVER = 0.15  # of a line's height: strokes reach so far beyond its box
PART = (0.3, 1.5)  # of the line height: a stroke that stands alone, a character
LEAST_INK = 0.08  # of the box around it: less is dust
MOST = 200  # cells; more are a drawing
SURE = 0.9  # recognition confidence from which a character is taken


def tables_on(rulings: Sequence[Ruling], lines: Sequence[SeenLine]) -> list[PrintedTable]:
    """The page's ruled tables."""
    em = median(line.height for line in lines) if lines else 0.0
    return tables_of_edges([edge(*r) for r in rulings if max(r[2] - r[0], r[3] - r[1]) > STROKE * em])


def overlooked_cells(
    gray: Any,
    ink: Any,
    lines: Sequence[SeenLine],
    recognize: Callable[[list[Any]], list[list[Seen]]],
    tables: Sequence[PrintedTable],
) -> list[SeenLine]:
    """The lines of cells in which ink stands where no line does. `gray`, `ink`: the upright page; `recognize`: images ->
    characters."""
    if not lines:
        return []
    em = median(line.height for line in lines)
    unread = _strokes(_without_lines(ink, lines), em)
    cells = [c.bbox for t in tables for row in t.rows for c in row]
    boxes = [box for cell in cells for box in _inked(unread, cell, em) if not _in_line(box, lines, em)]
    if not boxes or len(boxes) > MOST:
        return []
    pad = round(0.2 * em)
    crops = [gray[max(0, y0 - pad) : y1 + pad, max(0, x0 - pad) : x1 + pad] for x0, y0, x1, y1 in boxes]
    found = recognize([crop[..., None].repeat(3, axis=2) for crop in crops])
    out = []
    for (x0, y0, _, y1), crop, seen in zip(boxes, crops, found, strict=True):
        said = [c for c in seen if not c.text.isspace()]
        if said and any(c.text.isalnum() for c in said) and min(c.sure for c in said) >= SURE:
            left, top = max(0, x0 - pad), (y0 + y1 - em) / 2
            out.append(SeenLine(left, top, left + crop.shape[1], top + em, em, tuple(seen)))
    return out


def _without_lines(ink: Any, lines: Sequence[SeenLine]) -> Any:
    """The ink that stands in no line: the box of a line holds the ends of its strokes, too."""
    unread = ink.copy()
    for line in lines:
        rest = round(OVER * line.height)
        y0, x0 = max(0, round(line.y0) - rest), max(0, round(line.x0) - rest)
        unread[y0 : round(line.y0 + line.height) + rest, x0 : round(line.x1) + rest] = 0
    return unread


def _strokes(ink: Any, em: float) -> Any:
    """Of the ink what is as large as a character's parts are: neither the specks that a seal leaves, nor rulings."""
    import cv2
    import numpy as np

    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sizes = stats[:count, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    keep = (sizes >= PART[0] * em) & (sizes <= PART[1] * em)
    keep[0] = False
    return np.where(keep[labels], ink, 0).astype(np.uint8)


def _in_line(box: tuple[int, int, int, int], lines: Sequence[SeenLine], em: float) -> bool:
    """Whether the ink is the ends of a line's strokes: it stands where the line does."""
    most = OVER * em
    return any(
        min(line.x1, box[2]) - max(line.x0, box[0]) > most
        and min(line.y0 + line.height, box[3]) - max(line.y0, box[1]) > most
        for line in lines
    )


def _inked(ink: Any, cell: Box, em: float) -> list[tuple[int, int, int, int]]:
    """The boxes around what is not read of a cell's ink (x0, y0, x1, y1), those of its lines that are as high as a line
    and wider than a figure."""
    import numpy as np

    left, top, right, bottom = (round(v) for v in cell)
    held = ink[top + INSET : bottom - INSET, left + INSET : right - INSET] > 0
    rows = np.concatenate([[0], held.any(axis=1), [0]]).astype(np.int8)
    out = []
    for y0, y1 in zip(*(np.flatnonzero(np.diff(rows) == step).tolist() for step in (1, -1)), strict=True):
        xs = held[y0:y1].any(axis=0).nonzero()[0]
        x0, x1 = int(xs[0]), int(xs[-1]) + 1
        plain = HIGH[0] * em <= y1 - y0 <= HIGH[1] * em and x1 - x0 >= LEAST_WIDE * em
        if plain and held[y0:y1, x0:x1].mean() >= LEAST_INK:
            out.append((left + INSET + x0, top + INSET + y0, left + INSET + x1, top + INSET + y1))
    return out
