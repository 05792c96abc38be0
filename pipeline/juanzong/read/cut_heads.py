"""The heads of lines that text detection cuts off: 一、 is thin, and stands far from what it numbers. Pixels, the slant
taken out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import regex as re

from juanzong.read.recognized import Seen, SeenLine

FAR = 2.6  # of a line's height: so wide is the head of a line at most
NEAR = 1.0  # of the height: wider apart, what stands before a line is another's
LEAST = 0.25  # of the height: less ink is a speck
PAD = 0.2  # of the height: paper around a line
RULED = 0.95  # of the height: ink this high in one place is an upright ruling
MOST = 60  # lines on a page that are read again; more are no lines
SURE = 0.8  # recognition confidence from which a head is taken
_HEAD = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．])")


def with_heads(
    gray: Any, ink: Any, lines: Sequence[SeenLine], recognize: Callable[[list[Any]], list[list[Seen]]]
) -> list[SeenLine]:
    """The lines, those with a number cut off read again with it. `gray`, `ink`: the upright page."""
    cut = [(k, left) for k, line in enumerate(lines) if (left := _left_of(ink, line, lines)) is not None]
    if not cut or len(cut) > MOST:
        return list(lines)
    crops = []
    for k, left in cut:
        line = lines[k]
        top, bottom = max(0, int(line.y0)), int(line.y0 + line.height) + 1
        crops.append(gray[top:bottom, left : int(line.x1) + 1][..., None].repeat(3, axis=2))
    out = list(lines)
    for (k, left), seen in zip(cut, recognize(crops), strict=True):
        line = lines[k]
        said, again = "".join(c.text for c in line.characters), "".join(c.text for c in seen)
        head = again.removesuffix(said)
        if head != again and _HEAD.fullmatch(head) and min(c.sure for c in seen[: len(head)]) >= SURE:
            out[k] = line._replace(x0=float(left), characters=tuple(seen))
    return out


def _left_of(ink: Any, line: SeenLine, lines: Sequence[SeenLine]) -> int | None:
    """Where ink right before the line begins, a little paper with it; None where there is none, or it is another's."""
    height = line.height
    top, bottom = max(0, round(line.y0)), round(line.y0 + height)
    first, last = max(0, round(line.x0 - FAR * height)), round(line.x0)
    for other in lines:
        if other is not line and other.x0 < line.x0 and other.y0 < bottom and other.y0 + other.height > top:
            first = max(first, round(other.x1) + 1)
    if last - first < LEAST * height:
        return None
    columns = (ink[top:bottom, first:last] > 0).sum(axis=0)
    ruled = [k for k, many in enumerate(columns.tolist()) if many > RULED * height]
    start = ruled[-1] + 3 if ruled else 0  # beside a ruling its own edge shows
    inked = [k for k, many in enumerate(columns.tolist()) if many and k >= start]
    if len(inked) < LEAST * height or last - first - inked[-1] > NEAR * height:
        return None
    return first + max(start, inked[0] - round(PAD * height))
