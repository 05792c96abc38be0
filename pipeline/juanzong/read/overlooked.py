"""Lone figures that text detection overlooks: page numbers, the pages in a contents list. Pixels, the slant taken out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

import regex as re

from juanzong.read.printed import Box, PrintedTable
from juanzong.read.recognized import Seen, SeenLine

TALL = (0.4, 1.1)  # of the page's usual line height: a figure's
WIDE = 0.9  # of the line height: one figure at most
NEAR = 0.5  # of the line height: figures of one number
MOST = 40  # candidates on a page; more are noise, or a drawing, or in tables
MOST_IN_TABLES = 600
SURE = 0.85  # recognition confidence from which a lone figure is taken
_NUMBER = re.compile(r"\d{1,3}$")


def overlooked(
    gray: Any,
    ink: Any,
    lines: Sequence[SeenLine],
    recognize: Callable[[list[Any]], list[list[Seen]]],
    tables: Sequence[PrintedTable] = (),
) -> list[SeenLine]:
    """Numbers that stand alone outside all lines. `gray`, `ink`: the upright page; `recognize`: images -> characters;
    `tables`: where many stand outside lines, only those in ruled tables are looked at."""
    if not lines:
        return []
    em = median(line.height for line in lines)
    boxes = _numbers(ink, lines, em)
    if len(boxes) > MOST:
        boxes = [b for b in boxes if any(_is_in((b[0] + b[2]) / 2, (b[1] + b[3]) / 2, t.bbox) for t in tables)]
    if not boxes or len(boxes) > MOST_IN_TABLES:
        return []
    pad = round(0.3 * em)
    crops = [gray[max(0, y0 - pad) : y1 + pad, max(0, x0 - pad) : x1 + pad] for x0, y0, x1, y1 in boxes]
    out = []
    for (x0, y0, _, y1), crop, seen in zip(
        boxes, crops, recognize([c[..., None].repeat(3, axis=2) for c in crops]), strict=True
    ):
        text = "".join(c.text for c in seen)
        if _NUMBER.match(text) and min(c.sure for c in seen) >= SURE:
            middle, left = (y0 + y1) / 2, max(0, x0 - pad)
            out.append(SeenLine(left, middle - em / 2, left + crop.shape[1], middle + em / 2, em, tuple(seen)))
    return out


def _numbers(ink: Any, lines: Sequence[SeenLine], em: float) -> list[tuple[int, int, int, int]]:
    """Boxes (x0, y0, x1, y1) of ink that may be a number: parts as high as figures, up to three in a row, nothing beside."""
    import cv2

    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    parts = [
        (x, y, x + w, y + h)
        for x, y, w, h, _ in stats[1:count].tolist()
        if TALL[0] * em < h < TALL[1] * em and w < WIDE * em and not _inside(x + w / 2, y + h / 2, lines)
    ]
    groups: list[list[tuple[int, int, int, int]]] = []
    for part in sorted(parts):
        near = next((g for g in groups if part[0] - g[-1][2] < NEAR * em and abs(part[3] - g[-1][3]) < 0.3 * em), None)
        if near:
            near.append(part)
        else:
            groups.append([part])
    return [(g[0][0], min(p[1] for p in g), max(p[2] for p in g), max(p[3] for p in g)) for g in groups if len(g) <= 3]


def _inside(x: float, y: float, lines: Sequence[SeenLine]) -> bool:
    return any(line.x0 - 2 <= x <= line.x1 + 2 and line.y0 - 2 <= y <= line.y1 + 2 for line in lines)


def _is_in(x: float, y: float, box: Box) -> bool:
    return box[0] < x < box[2] and box[1] < y < box[3]
