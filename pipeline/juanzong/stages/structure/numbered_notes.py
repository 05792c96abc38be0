"""Notes that begin with a plain number (1 …, 2. …) under the table, or at the foot of the page, whose raised figures call
them; and with a word and a number (注1：…), which the text calls by the same words (（注1）)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex as re

from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.notes import Marker, markers_in

_NUMBER = re.compile(r"\s*(?P<figure>\d{1,2})(?:\s*[.．、)）]\s*|\s+|(?=[\p{Han}“《]))(?=[\p{Han}“《「])")
_WORD = re.compile(r"\s*(?P<marker>[（(]?注\s?(?P<figure>\d{1,2})[）)]?)\s*(?:[:：.．、]|\s|(?=\p{Han}))")
_OFTEN = 2  # calls: a note has one
_NEAR = 60  # items before the notes of a page in which its figures stand


def numbered_notes(items: Sequence[Item]) -> dict[int, Marker]:
    """The markers of such notes by the indices of their items. They count from 1, and the figures raised in the table
    right above, or in the text of the page, are the same, each once and no other: a list has no such witness."""
    out: dict[int, Marker] = {}
    k = 0
    while k < len(items):
        run = _run(items, k)
        if run and _called(items, k, len(run)):
            out.update((k + n, marker) for n, marker in enumerate(run))
        k += max(len(run), 1)
    return out | _worded(items)


def _worded(items: Sequence[Item]) -> dict[int, Marker]:
    """The notes 注1：…, each called once in the text above it; one that a table's cells call is the table's."""
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


def _run(items: Sequence[Item], k: int) -> list[Marker]:
    """The markers 1, 2, 3 … of the items from k on."""
    out: list[Marker] = []
    for j in range(k, len(items)):  # a slice would copy all that follows, at each item
        item = items[j]
        m = _NUMBER.match(item.s) if item.is_text and item.s.lstrip()[:1].isdigit() and not item.level else None
        if m is None or int(m["figure"]) != len(out) + 1:
            break
        out.append(Marker(*m.span("figure"), "super", m["figure"]))
    return out


def _called(items: Sequence[Item], k: int, many: int) -> bool:
    wanted = [str(n + 1) for n in range(many)]
    if k and items[k - 1].kind == "table":
        return sorted(_raised(items[k - 1]), key=int) == wanted
    behind = k + many
    if behind < len(items) and not items[behind].begins_page:
        return False
    said: list[str] = []
    for j in range(k - 1, max(-1, k - _NEAR), -1):
        if items[j].is_text:
            said += _raised(items[j])
        if items[j].begins_page or items[j].kind == "table":
            break
    return sorted(said, key=int) == wanted


def _raised(item: Item) -> list[str]:
    return [m.figure for text in item.strings for m in markers_in(text) if m.form == "super"]
