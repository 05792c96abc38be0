"""Ruling lines on a page image, and the slant taken out of places. Pixels."""

from __future__ import annotations

import math
from typing import Any

LONG = 0.028  # of the image's width: the shortest ruling looked for sideways (6 mm of an A4 page) ...
TALL = 0.024  # ... and upright (5 mm): a row is no lower
DASH = (0.006, 0.03)  # of the width: from a small font's dash to a large one's
SLANT_WIDTH = 800  # pixels; the slant is sought on a small copy
COARSE, FINE = 0.2, 0.04  # degrees
SHADE = 36  # grey levels by which a coloured ground is darker than paper
BESIDE = 4  # pixels from a ruling's middle to its ground
APART = 15  # grey levels between a ruling and its coloured ground
THICK = 0.006  # of the width: what is thicker is a bar or a picture

Ruling = tuple[float, float, float, float]
"""x0, y0, x1, y1."""


def slant_removed(x: float, y: float, angle: float, width: int, height: int) -> tuple[float, float]:
    """The place (x, y) after the page is turned back by `angle` degrees around its middle.

    >>> [round(v) for v in slant_removed(200, 103.49, 2.0, 200, 200)]
    [200, 100]
    """
    a = math.radians(-angle)
    dx, dy = x - width / 2, y - height / 2
    return width / 2 + dx * math.cos(a) - dy * math.sin(a), height / 2 + dx * math.sin(a) + dy * math.cos(a)


def slant_of(image: Any, guess: float) -> float:
    """The slant in degrees, near `guess` (from the text lines' boxes): where rows of ink and of paper part best."""
    import cv2

    gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(
        gray, (SLANT_WIDTH, max(1, round(gray.shape[0] * SLANT_WIDTH / gray.shape[1]))), interpolation=cv2.INTER_AREA
    )
    ink = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 18)
    best = max((guess + k * COARSE for k in range(-6, 7)), key=lambda angle: _rows_apart(ink, angle))
    return float(max((best + k * FINE for k in range(-4, 5)), key=lambda angle: _rows_apart(ink, angle)))


def _rows_apart(ink: Any, angle: float) -> float:
    import numpy as np

    rows = turned_back(ink, angle, 0).sum(axis=1, dtype=np.float64)
    return float(((rows[1:] - rows[:-1]) ** 2).sum())


def turned_back(gray: Any, angle: float, ground: int | None = None) -> Any:
    """A one-channel image with its slant taken out; the corners get the grey of `ground`, or of the edge."""
    import cv2

    if abs(angle) < 0.02:
        return gray
    height, width = gray.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    border = cv2.BORDER_REPLICATE if ground is None else cv2.BORDER_CONSTANT
    return cv2.warpAffine(
        gray, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=border, borderValue=ground or 0
    )


def gray_on(image: Any, angle: float) -> Any:
    """The page in grey, the slant taken out."""
    import cv2

    return turned_back(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), angle)


def ink_on(gray: Any) -> Any:
    """Black and white: ink 255, paper 0; shades and grey paper do not matter, and on coloured grounds light strokes are
    ink as dark ones are."""
    import cv2
    import numpy as np

    window = _window(gray.shape[1])
    ink = cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, 18)
    grounds = _grounds(gray)
    if grounds is None:
        return ink
    near = cv2.dilate(grounds, np.ones((2 * BESIDE + 1,) * 2, np.uint8)) > 0
    return np.where(near, _ridges(gray, 0) | _ridges(gray, 1), ink)  # there letters part the colour into strips


def rulings_on(ink: Any) -> tuple[Ruling, ...]:
    """Every straight ruling, sideways (y0 == y1) or upright (x0 == x1)."""
    width = ink.shape[1]
    return (
        *_segments(ink, int(LONG * width), width, sideways=True),
        *_segments(ink, int(TALL * width), width, sideways=False),
    )


def _grounds(gray: Any) -> Any:
    """Where the page is coloured, behind letters and rulings: 255, else 0. None where it nowhere is."""
    import cv2
    import numpy as np

    def square(size: int) -> Any:
        return np.ones((size, size), np.uint8)

    coloured = (gray < np.percentile(gray, 95) - SHADE).astype(np.uint8) * 255
    width = gray.shape[1]
    coloured = cv2.morphologyEx(coloured, cv2.MORPH_OPEN, square(_most(width) + 1))
    if not coloured.any():
        return None
    return cv2.morphologyEx(coloured, cv2.MORPH_CLOSE, square(_window(width)))


def dashes_on(ink: Any) -> tuple[Ruling, ...]:
    """The boxes of short strokes that stand alone: dashes for `no value`, which text detection overlooks."""
    import cv2

    height, width = ink.shape
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    out = []
    for x, y, w, h, area in stats[1:count].tolist():
        if not (DASH[0] * width < w < DASH[1] * width and h < 0.25 * w and h < 0.005 * width and area > 0.5 * w * h):
            continue
        y0, y1, x0, x1 = max(0, y - w // 2), min(height, y + h + w // 2), max(0, x - w), min(width, x + 2 * w)
        around = ink[y0:y1, x0:x1]
        if int((around > 0).sum()) < 1.25 * area:
            out.append((float(x), float(y), float(x + w), float(y + h)))
    return tuple(out)


def _segments(ink: Any, length: int, width: int, *, sideways: bool) -> list[Ruling]:
    import cv2
    import numpy as np

    shape, thicken = ((length, 1), (1, 3)) if sideways else ((1, length), (3, 1))
    ink = cv2.dilate(ink, np.ones((thicken[1], thicken[0]), np.uint8))  # a ruling may step by a pixel
    lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((shape[1], shape[0]), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    out = []
    for x, y, w, h, _area in stats[1:count].tolist():
        if (h if sideways else w) > _most(width):
            continue
        out.append(
            (float(x), y + h / 2, float(x + w), y + h / 2)
            if sideways
            else (x + w / 2, float(y), x + w / 2, float(y + h))
        )
    return out


def _ridges(gray: Any, axis: int) -> Any:
    """What is darker, or lighter, than what lies on both sides of it, above and below (0) or left and right (1): 255, else 0."""
    import numpy as np

    light = gray.astype(np.int16)
    before, after = np.roll(light, BESIDE, axis), np.roll(light, -BESIDE, axis)
    dark = (light < before - APART) & (light < after - APART)
    bright = (light > before + APART) & (light > after + APART)
    return (dark | bright).astype(np.uint8) * 255


def _most(width: int) -> int:
    """The thickest ruling on an image so wide."""
    return int(THICK * width) + 4


def _window(width: int) -> int:
    """What is looked at around a pixel to tell ink from paper: more than a letter."""
    return max(15, int(0.02 * width) | 1)
