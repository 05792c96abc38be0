"""Notes that begin with a word and a number (注1：…, 注①：…), which the text calls by the same words (（注1）, 注①)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from unicodedata import numeric

import regex as re

from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.notes import Marker, markers_in

_WORD = re.compile(r"\s*(?P<marker>[（(]?注\s?(?P<figure>\d{1,2}|[①-⑳])[）)]?)\s*(?:[:：.．、]|\s|(?=\p{Han}))")
_SENDS = frozenset("见如照据详参备附脚尾和与及或至到、")  # before 注: 见注①和注②, 备注①
_OFTEN = 2  # calls: a note has one


def worded_notes(items: Sequence[Item]) -> dict[int, Marker]:
    """The markers of such notes by the indices of their items, each called once in the text above it;
    one that a table's cells call is the table's."""
    found = {k: m for k, x in enumerate(items) if x.is_text and "注" in x.s[:3] and (m := _WORD.match(x.s))}
    calls: Counter[str] = Counter()
    out: dict[int, Marker] = {}
    for k, item in enumerate(items) if found else ():
        m = found.get(k)
        figure = _figure(m["figure"]) if m is not None else ""
        if m is not None and calls[figure] == 1:
            out[k] = Marker(*m.span("marker"), "word", figure)
            continue
        said = [x.figure for text in item.strings for x in worded_markers(text) if x.form == "word" and x.start]
        if item.is_text:
            calls.update(said)
        else:
            calls.update(dict.fromkeys(said, _OFTEN))
    return out


def worded_markers(text: str, *, told: bool = True) -> list[Marker]:
    """The markers of a text: 注 before a mark, and brackets round the two, are of the marker; but not where the text sends
    to a note (见注①). `told`: notes begin with the word, so that such a marker calls one of them.

    >>> [(m.start, m.end, m.form, m.figure) for m in worded_markers("投资注①达到5%[注2]（注③），见注④")]
    [(2, 4, 'word', '1'), (8, 12, 'word', '2'), (12, 16, 'word', '3'), (19, 20, 'circled', '4')]
    """
    return [_worded(text, m, "word" if told else m.form) for m in markers_in(text)]


def _worded(text: str, m: Marker, form: str) -> Marker:
    if m.form == "bracket" and "注" in text[m.start : m.end]:
        return m._replace(form=form)
    before = text[max(0, m.start - 2) : m.start]
    if m.form != "circled" or before[1:] != "注" or before[0] in _SENDS:
        return m
    hooked = before[:-1] in ("（", "(") and text[m.end : m.end + 1] in ("）", ")")
    return m._replace(start=m.start - 1 - hooked, end=m.end + hooked, form=form)


def _figure(said: str) -> str:
    return said if said.isdecimal() else str(int(numeric(said)))
