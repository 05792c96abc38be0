"""Blanks to be filled in: short rules under nothing, in a line of text (人民币（大写）＿＿＿元). Points from the top left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from juanzong.read.tables import Edge

BELOW = 0.45  # ems that such a rule lies off the foot of its line at most
SHORTEST = 1.0  # ems
LONGEST = 0.7  # of the page's width
SLACK = 1.5  # points that a character beside may reach over the rule's end


class Standing(Protocol):
    """What stands in a line: a run, or a piece of several."""

    @property
    def x0(self) -> float: ...
    @property
    def x1(self) -> float: ...
    @property
    def bottom(self) -> float: ...
    @property
    def size(self) -> float: ...


class Blank(NamedTuple):
    """Where one of the blanks lies."""

    x0: float
    x1: float
    foot: float


def blanks_of(edges: Sequence[Edge], width: float) -> list[Blank]:
    """The rules across that may be blanks, by their length. `edges`: those of no table, joined; `width`: the page's."""
    return [
        Blank(e["x0"], e["x1"], e["top"]) for e in edges if e["orientation"] == "h" and e["width"] < LONGEST * width
    ]


def has_blank(line: Sequence[Standing], blanks: Sequence[Blank]) -> bool:
    """Whether a line has a blank to be filled in behind or before its words: nothing stands over the rule, something at
    an end of it."""
    if not blanks or not line:
        return False
    size, foot = max(p.size for p in line), max(p.bottom for p in line)
    for blank in blanks:
        if abs(blank.foot - foot) > BELOW * size or blank.x1 - blank.x0 < SHORTEST * size:
            continue
        over = any(p.x0 < blank.x1 - SLACK and p.x1 > blank.x0 + SLACK for p in line)
        near = any(abs(p.x1 - blank.x0) < size or abs(p.x0 - blank.x1) < size for p in line)
        if near and not over:
            return True
    return False
