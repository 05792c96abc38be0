"""Lists of sources ([1] 某书，某社) that no mark in the text calls: lines of text, and no notes."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.notes import markers_in, note_head

_SOURCES = re.compile(r"(?:(?:参考|引用)(?:文献|资料|书目)(?:目录)?|(?:推荐|选用)?教材|参考(?:书|教材))\s*[:：]?$")
_LONGEST = 40  # characters of a heading


def listed_sources(items: Sequence[Item]) -> frozenset[int]:
    """Indices of the items that begin with [n] under a heading of sources, where nothing else in the text says [n]."""
    called: set[str] | None = None
    out = set()
    under = False
    for k, x in enumerate(items):
        marker = note_head(x.s) if x.kind == "text" else None
        if marker is None or marker.form != "bracket":
            under = x.kind == "text" and len(x.s) <= _LONGEST and _SOURCES.search(x.s) is not None
        elif under:
            called = _called(items) if called is None else called
            out |= set() if marker.figure in called else {k}
    return frozenset(out)


def _called(items: Sequence[Item]) -> set[str]:
    """The figures of the marks in brackets that stand within texts."""
    marks = (m for x in items for s in x.strings for m in markers_in(s))
    return {m.figure for m in marks if m.form == "bracket" and m.start}
