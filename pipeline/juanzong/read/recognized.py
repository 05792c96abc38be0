"""What recognition saw on one page image: plain values that travel between processes and rest in the cache."""

from __future__ import annotations

from typing import Any, NamedTuple

FORMAT = 9  # raise it when the fields below change, or what is seen: old cache entries then no longer count


class Seen(NamedTuple):
    """One recognised character: its middle and half its width along its line (0 to 1), and what it may be instead."""

    text: str
    sure: float
    middle: float
    other: str = ""
    other_sure: float = 0.0
    raised: bool = False


class SeenLine(NamedTuple):
    """A text line in pixels of the upright image: top left and bottom right corner, height, characters."""

    x0: float
    y0: float
    x1: float
    y1: float
    height: float
    characters: tuple[Seen, ...]


class SeenPage(NamedTuple):
    """`turned`: quarter turns clockwise that set the image upright. `angle`: its slant then, in degrees; lines,
    rulings and dashes (x0, y0, x1, y1) are given with the slant taken out, around the image's middle. Pixels."""

    width: int
    height: int
    turned: int
    angle: float
    lines: tuple[SeenLine, ...]
    rulings: tuple[tuple[float, float, float, float], ...]
    dashes: tuple[tuple[float, float, float, float], ...] = ()
    stamps: int = 0


def to_json(page: SeenPage) -> list[Any]:
    """Plain lists, rounded: what the cache holds."""
    lines = [
        [
            *(round(v, 2) for v in line[:5]),
            [
                [c.text, round(c.sure, 4), round(c.middle, 5), c.other, round(c.other_sure, 4), int(c.raised)]
                for c in line.characters
            ],
        ]
        for line in page.lines
    ]
    return [
        FORMAT,
        page.width,
        page.height,
        page.turned,
        round(page.angle, 4),
        lines,
        [[round(v, 1) for v in r] for r in page.rulings],
        [list(d) for d in page.dashes],
        page.stamps,
    ]


def as_kept(page: SeenPage) -> SeenPage:
    """The page as the cache will give it back: what is made of it is the same before and after."""
    return from_json(to_json(page))


def from_json(data: list[Any]) -> SeenPage:
    """The page of to_json; ValueError for an older format."""
    if not data or data[0] != FORMAT:
        raise ValueError("another format")
    _, width, height, turned, angle, lines, rulings, dashes, stamps = data
    return SeenPage(
        width,
        height,
        turned,
        angle,
        tuple(
            SeenLine(x0, y0, x1, y1, h, tuple(Seen(t, s, m, o, p, bool(r)) for t, s, m, o, p, r in characters))
            for x0, y0, x1, y1, h, characters in lines
        ),
        tuple((r[0], r[1], r[2], r[3]) for r in rulings),
        tuple((d[0], d[1], d[2], d[3]) for d in dashes),
        stamps,
    )
