"""Notes that begin with a word and a number (注1：…), which the text calls by the same words (（注1）)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex as re

from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.notes import Marker, markers_in

_WORD = re.compile(r"\s*(?P<marker>[（(]?注\s?(?P<figure>\d{1,2})[）)]?)\s*(?:[:：.．、]|\s|(?=\p{Han}))")
_OFTEN = 2  # calls: a note has one


def worded_notes(items: Sequence[Item]) -> dict[int, Marker]:
    """The markers of such notes by the indices of their items, each called once in the text above it;
    one that a table's cells call is the table's."""
    found = {k: m for k, x in enumerate(items) if x.is_text and "注" in x.s[:3] and (m := _WORD.match(x.s))}
    calls: Counter[str] = Counter()
    out: dict[int, Marker] = {}
    for k, item in enumerate(items) if found else ():
        m = found.get(k)
        if m is not None and calls[m["figure"]] == 1:
            out[k] = Marker(*m.span("marker"), "word", m["figure"])
            continue
        said = [x.figure for text in item.strings for x in markers_in(text) if x.form == "word" and x.start]
        if item.is_text:
            calls.update(said)
        else:
            calls.update(dict.fromkeys(said, _OFTEN))
    return out
