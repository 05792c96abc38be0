"""Red seals: their ink is taken out where it lies over the text, so that the text below can be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

LIGHTER = 25  # grey levels by which a seal's ink is lighter than the type around it, once the colour is gone
SIZE = (0.10, 0.30)  # a seal's diameter as a share of the page's width (official seals: 38 to 50 mm on A4)
ROUND = (0.75, 1.33)  # width by height


def without_stamps(image: Any) -> tuple[Any, int]:
    """The image (rows x columns x 3, blue green red) with round red seals blanked, and how many there were.

    Red type (the issuer's name at the head, red rules) stays: it is not round.
    """
    import cv2
    import numpy as np

    blue, green, red = (image[..., k].astype(np.int16) for k in range(3))
    reddish = ((red - np.maximum(blue, green)) > 40).astype(np.uint8)
    height, width = reddish.shape
    if reddish.sum() < 0.0005 * height * width:
        return image, 0
    reach = max(3, int(0.012 * width) | 1)
    closed = cv2.morphologyEx(reddish, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    out, found = image, 0
    for k, (x, y, w, h, area) in enumerate(stats[1:count].tolist(), 1):
        if SIZE[0] * width < w < SIZE[1] * width and ROUND[0] < w / h < ROUND[1] and area > 0.08 * w * h:
            if found == 0:
                out = image.copy()
            found += 1
            part = out[y : y + h, x : x + w]
            clear = part[..., 2:3].repeat(3, axis=2)  # red ink is bright in red light, black ink stays dark
            inside = (labels[y : y + h, x : x + w] == k) | (reddish[y : y + h, x : x + w] > 0)
            part[inside] = np.minimum(255, clear[inside].astype(np.int16) + 30).astype(np.uint8)
    return out, found


def rings_on(ink: Any) -> list[tuple[float, float, float]]:
    """(x, y, radius) in pixels of the round seals on a black and white page (ink 255): closed rings of a seal's size."""
    import cv2
    import numpy as np

    width = ink.shape[1]
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    out = []
    for k, (x, y, w, h, area) in enumerate(stats[1:count].tolist(), 1):
        if not (SIZE[0] * width < w < SIZE[1] * width and ROUND[0] < w / h < ROUND[1] and area < 0.4 * w * h):
            continue
        rows, columns = np.nonzero(labels[y : y + h, x : x + w] == k)
        distance = np.hypot((columns - w / 2) / (w / 2), (rows - h / 2) / (h / 2))
        rim = distance > 0.88
        turn = np.arctan2(rows[rim] - h / 2, columns[rim] - w / 2)
        if rim.mean() > 0.5 and len(np.unique((turn * 9 / np.pi).astype(int))) >= 16:
            out.append((x + w / 2, y + h / 2, (w + h) / 4))
    return out


def in_ring(x: float, y: float, rings: list[tuple[float, float, float]]) -> bool:
    """Whether a place lies inside one of the rings."""
    return any((x - cx) ** 2 + (y - cy) ** 2 < r * r for cx, cy, r in rings)


def outside_rings(
    rulings: Sequence[tuple[float, float, float, float]], rings: list[tuple[float, float, float]]
) -> tuple[tuple[float, float, float, float], ...]:
    """The rulings but for strokes of the words and the star in a ring: what reaches out of it is a table's."""
    return tuple(r for r in rulings if not (in_ring(r[0], r[1], rings) and in_ring(r[2], r[3], rings)))


def ink_grey(crop: Any) -> float:
    """The grey level of the ink in a line image: 0 black, 255 white."""
    import cv2

    gray = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    level, _ = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    dark = gray[gray <= level]
    return float(dark.mean()) if dark.size else 255.0
