"""Cells of ruled tables whose text detection overlooks, as words set wide apart: their ink is read again. Pixels, the
slant taken out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from juanzong.read.printed import Box
from juanzong.read.recognized import Seen, SeenLine
from juanzong.read.tables import edge, tables_of_edges

INSET = 4  # pixels of a cell's side in which its rulings stand
STROKE = 1.2  # of the page's usual line height: shorter rulings are strokes of characters
HIGH = (0.6, 1.3)  # of the line height: one line of text
LEAST_WIDE = 0.8  # of the line height: narrower ones are figures, strokes, ticks
LEAST_INK = 0.08  # of the box around it: less is dust
MOST = 200  # cells; more are a drawing
SURE = 0.9  # recognition confidence from which a character is taken


def overlooked_cells(
    gray: Any,
    ink: Any,
    lines: Sequence[SeenLine],
    recognize: Callable[[list[Any]], list[list[Seen]]],
    rulings: Sequence[tuple[float, float, float, float]],
) -> list[SeenLine]:
    """The lines of cells in which ink stands and no line does. `gray`, `ink`: the upright page; `recognize`: images ->
    characters."""
    if not lines:
        return []
    em = median(line.height for line in lines)
    long = [edge(*r) for r in rulings if max(r[2] - r[0], r[3] - r[1]) > STROKE * em]
    cells = [c.bbox for t in tables_of_edges(long) for row in t.rows for c in row]
    boxes = [box for cell in cells if (box := _inked(ink, cell, em)) is not None and not _is_read(box, lines)]
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
            out.append(SeenLine(left, top, left + crop.shape[1], top, em, tuple(seen)))
    return out


def _is_read(box: tuple[int, int, int, int], lines: Sequence[SeenLine]) -> bool:
    """Whether a line stands where the ink does."""
    return any(
        line.x0 < box[2]
        and line.x1 > box[0]
        and min(line.y0, line.y1) < box[3]
        and max(line.y0, line.y1) + line.height > box[1]
        for line in lines
    )


def _inked(ink: Any, cell: Box, em: float) -> tuple[int, int, int, int] | None:
    """The box around a cell's ink (x0, y0, x1, y1), where it is as high as a line and wider than a figure."""
    left, top, right, bottom = (round(v) for v in cell)
    held = ink[top + INSET : bottom - INSET, left + INSET : right - INSET] > 0
    ys, xs = held.any(axis=1).nonzero()[0], held.any(axis=0).nonzero()[0]
    if not len(ys):
        return None
    y0, y1, x0, x1 = int(ys[0]), int(ys[-1]) + 1, int(xs[0]), int(xs[-1]) + 1
    plain = HIGH[0] * em <= y1 - y0 <= HIGH[1] * em and x1 - x0 >= LEAST_WIDE * em
    if not plain or held[y0:y1, x0:x1].mean() < LEAST_INK:
        return None
    return left + INSET + x0, top + INSET + y0, left + INSET + x1, top + INSET + y1
