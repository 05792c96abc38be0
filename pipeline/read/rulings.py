"""Ruling lines on a page image, and the slant taken out of places. Pixels."""
from __future__ import annotations

import math
from typing import Any

LONG = 0.028               # of the image's width: the shortest ruling looked for sideways (6 mm of an A4 page) ...
TALL = 0.024               # ... and upright (5 mm): a row is no lower
THICK = 0.006              # of the width: what is thicker is a bar or a picture


def slant_removed(x: float, y: float, angle: float, width: int, height: int) -> tuple[float, float]:
    """The place (x, y) after the page is turned back by `angle` degrees around its middle.

    >>> [round(v) for v in slant_removed(200, 103.49, 2.0, 200, 200)]
    [200, 100]
    """
    a = math.radians(-angle)
    dx, dy = x - width / 2, y - height / 2
    return width / 2 + dx * math.cos(a) - dy * math.sin(a), height / 2 + dx * math.sin(a) + dy * math.cos(a)


def rulings_on(image: Any, angle: float) -> tuple[tuple[float, float, float, float], ...]:
    """(x0, y0, x1, y1) of every straight ruling, sideways (y0 == y1) or upright (x0 == x1), the slant taken out."""
    import cv2
    gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    height, width = gray.shape
    if abs(angle) > 0.03:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        gray = cv2.warpAffine(gray, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    window = max(15, int(0.02 * width) | 1)
    ink = cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, 18)
    return (*_segments(ink, int(LONG * width), width, sideways=True), *_segments(ink, int(TALL * width), width, sideways=False))


def _segments(ink: Any, length: int, width: int, *, sideways: bool) -> list[tuple[float, float, float, float]]:
    import cv2
    import numpy as np
    shape, thicken = ((length, 1), (1, 3)) if sideways else ((1, length), (3, 1))
    ink = cv2.dilate(ink, np.ones((thicken[1], thicken[0]), np.uint8))       # a ruling may step by a pixel
    lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((shape[1], shape[0]), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    out = []
    for x, y, w, h, _area in stats[1:count].tolist():
        thick = h if sideways else w
        if thick > THICK * width + 4:
            continue
        out.append((float(x), y + h / 2, float(x + w), y + h / 2) if sideways else (x + w / 2, float(y), x + w / 2, float(y + h)))
    return out
