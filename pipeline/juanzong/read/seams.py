"""Where grounds of one colour touch, painted cell by cell, nothing is seen: text that runs over such a seam tells that the
cells are one. Points from the top left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from juanzong.read.glyphs import Glyph, Run, runs_of
from juanzong.read.tables import Edge

if TYPE_CHECKING:
    from juanzong.read.pdf_device import Patch

THICK = 4.0  # points: a thinner patch is a rule
TOUCH = 1.0  # points between grounds that touch
ACROSS = 1.5  # a text runs over a seam that it passes by so much on both sides
GAP = 0.6  # ems: wider apart, texts are two
MOST = 20_000  # patches; more are a picture

Band = tuple[int, int]
"""Top and bottom of grounds side by side."""


def without_seams(edges: list[Edge], patches: Sequence[Patch], glyphs: Sequence[Glyph]) -> list[Edge]:
    """The edges without those inside bands of grounds of one colour over whose seams texts run."""
    if len(patches) > MOST:
        return edges
    bands: dict[tuple[Band, float], list[Patch]] = defaultdict(list)
    for p in patches:
        x0, top, x1, bottom = p.box
        if p.light is not None and x1 - x0 > THICK and bottom - top > THICK:
            bands[(round(top), round(bottom)), p.light].append(p)
    seams = {key: found for key, own in bands.items() if (found := _seams(own))}
    if not seams:
        return edges
    rules = [p for p in patches if p.light is not None and p.box[2] - p.box[0] <= THICK < p.box[3] - p.box[1]]
    runs = runs_of([g for g in glyphs if not g.text.isspace()], GAP)
    crossed: dict[tuple[Band, float], list[float]] = {}
    for ((top, bottom), light), xs in seams.items():
        inside = [r for r in runs if top < (r.top + r.bottom) / 2 < bottom]
        if any(_runs_over(r, x) for r in inside for x in xs):
            hidden = [x for x in xs if not any(_stands_at(rule, x, top, bottom, light) for rule in rules)]
            if any(_runs_over(r, x) for r in inside for x in hidden):
                crossed[(top, bottom), light] = hidden
    return [e for e in edges if not _is_hidden(e, crossed)] if crossed else edges


def _runs_over(run: Run, x: float) -> bool:
    return run.x0 + ACROSS < x < run.x1 - ACROSS


def _stands_at(rule: Patch, x: float, top: float, bottom: float, light: float) -> bool:
    """Whether a painted rule of another colour than the grounds' stands at `x` all along their band."""
    along = rule.box[1] <= top + TOUCH and rule.box[3] >= bottom - TOUCH
    return along and rule.box[0] - TOUCH <= x <= rule.box[2] + TOUCH and rule.light != light


def _seams(patches: Sequence[Patch]) -> list[float]:
    """Where grounds side by side touch."""
    starts = sorted(p.box[0] for p in patches)
    return [p.box[2] for p in patches if any(abs(p.box[2] - x) <= TOUCH for x in starts)]


def _is_hidden(e: Edge, crossed: dict[tuple[Band, float], list[float]]) -> bool:
    """Whether it is the side of a ground (no longer than it is high) that touches another one in a crossed band."""
    if e["orientation"] == "h":
        return False
    return any(
        abs(e["top"] - top) <= TOUCH
        and abs(e["bottom"] - bottom) <= TOUCH
        and any(abs(e["x0"] - x) <= TOUCH for x in xs)
        for ((top, bottom), _), xs in crossed.items()
    )
