"""Words set one character below the other in a page's margin (装订线内请勿答题): no text of the page."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.read.glyphs import Glyph
from juanzong.read.printed import Box

_LEAST = 3  # characters that stand so
_OFF = 0.25  # ems that their middles may lie apart
_AWAY = 1.0  # ems between them and the text
_FREE = 0.5  # of them stand level with no line of the text, as a column's cells do ...
_LEVEL = 0.2  # ... that lie no farther apart, in ems
_HAN = re.compile(r"\p{Han}")
_LEADER = re.compile(r"[….·⋮︙┊┆¦|]")  # what leads from one to the next, however many: ……装……订……线……
_MARK = re.compile(r"[“”‘’《》（）()〔〕·—\d]")  # what may stand among them, in the middle of no glyph of its own


def stacked_in_margin(
    glyphs: Sequence[Glyph], tables: Sequence[Box], rules: Sequence[tuple[float, float]] = ()
) -> list[Glyph]:
    """The glyphs of such words, left or right of all other text, of the `tables` and of the long rules across (x0, x1); none
    where they may be the column of a table."""
    ends = [x for box in tables for x in (box[0], box[2])] + [x for rule in rules for x in rule]
    said = [g for g in glyphs if not g.text.isspace()]
    for outermost in (min, max):
        words = _column([g for g in said if not _LEADER.fullmatch(g.text)], leftmost=outermost is min)
        held = {id(g) for g in [*words, *_leaders(words, said)]}
        column, rest = [g for g in said if id(g) in held], [g for g in said if id(g) not in held]
        if not words or not len(rest) > len(words):
            continue
        edge = outermost(g.x0 + g.x1 for g in column) / 2
        places = [*ends, *(x for g in rest for x in (g.x0, g.x1))]
        beside = [x - edge if outermost is min else edge - x for x in places]
        free = [g for g in words if not any(_are_level(g, other) for other in rest)]
        if min(beside) > _AWAY * max(g.size for g in column) and len(free) > _FREE * len(words):
            return column
    return []


def _column(said: Sequence[Glyph], *, leftmost: bool) -> list[Glyph]:
    """The characters that stand outermost on the page, one below the other, and the marks and figures among them; none
    where these are as many, as in a column of figures under its name."""
    words = [g for g in said if _HAN.fullmatch(g.text)]
    edge = (min if leftmost else max)((g.x0 + g.x1 for g in words), default=0.0) / 2
    column = [g for g in words if abs((g.x0 + g.x1) / 2 - edge) <= _OFF * g.size]
    if len(column) < _LEAST:
        return []
    start, end = min(g.x0 for g in column), max(g.x1 for g in column)
    marks = [g for g in said if start <= (g.x0 + g.x1) / 2 <= end and _MARK.fullmatch(g.text)]
    return [*column, *marks] if len(marks) < len(column) else column


def _leaders(words: Sequence[Glyph], said: Sequence[Glyph]) -> list[Glyph]:
    """The dots and strokes that stand in the column of some words."""
    start, end = min((g.x0 for g in words), default=0.0), max((g.x1 for g in words), default=0.0)
    return [g for g in said if start <= (g.x0 + g.x1) / 2 <= end and _LEADER.fullmatch(g.text)]


def _are_level(a: Glyph, b: Glyph) -> bool:
    return abs((a.top + a.bottom) - (b.top + b.bottom)) < _LEVEL * (a.size + b.size)
