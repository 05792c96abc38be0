"""The paths that a PDF's page draws: their points, and which are rectangles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import cast

from pdfminer.utils import PathSegment

STRAIGHT = 0.6  # points by which a ruling may lean


def subpaths(path: Sequence[PathSegment]) -> list[list[tuple[float, float]]]:
    """The end points of each subpath's segments, closed ones closed; a curve counts as the chord between its ends."""
    out: list[list[tuple[float, float]]] = []
    for segment in path:
        if segment[0] == "m":
            out.append([cast("tuple[float, float]", segment[1:3])])
        elif out and segment[0] == "h":
            if out[-1][-1] != out[-1][0]:  # some programs draw the way back, and close it too
                out[-1].append(out[-1][0])
        elif out:
            x, y = cast("list[float]", list(segment[-2:]))
            out[-1].append((float(x), float(y)))
    return [points for points in out if len(points) > 1]


def is_upright(points: Sequence[tuple[float, float]]) -> bool:
    """Whether the points are the corners of a rectangle that does not lean."""
    if len(points) not in (4, 5):
        return False
    steps = list(pairwise(points))
    return all((abs(ax - bx) < STRAIGHT) or (abs(ay - by) < STRAIGHT) for (ax, ay), (bx, by) in steps)
