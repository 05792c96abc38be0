"""Headings without numbers that a tool marks (## in Markdown, a Word style, a layout model's label): which lines they are,
and how deep they stand beside the numbered ones. A tool's levels are often all one: they are used where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from juanzong.language import elements as el
from juanzong.language.numbering import BOX, FIGURE_CAPTION, TABLE_CAPTION, UNNUMBERED, Heading
from juanzong.language.openings import LABEL
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.notes import note_head

_LONGEST = 40  # characters of a heading without a number
_BELOW, _ABOVE = 20.0, -20.0  # ranks below and above those of all numbers
_NO_HEADINGS = (BOX, TABLE_CAPTION, FIGURE_CAPTION, UNNUMBERED, LABEL, el.DATE, el.UNIT, el.TABLE_NOTE, el.ANNEX_MARK)


def marked_headings(items: Sequence[Item], heads: Sequence[Heading | None], lists: set[int]) -> dict[int, float]:
    """{index of an item: its rank among the numbered headings} for headings without numbers. `lists`: the items whose
    number is that of a list."""
    found = [k for k, x in enumerate(items) if x.level and heads[k] is None and _may_be_heading(items, k)]
    ranks: defaultdict[int, set[int]] = defaultdict(set)  # of numbered headings, by the tool's level
    for k, head in enumerate(heads):
        if head is not None and items[k].level and k not in lists:
            ranks[items[k].level].add(head.rank)
    first = next((k for k, head in enumerate(heads) if head is not None and k not in lists), len(items))
    differ = len(set(ranks) | {items[k].level for k in found}) > 1
    out: dict[int, float] = {}
    for k in found:
        level = items[k].level
        deeper = [rank for other, those in ranks.items() if other > level for rank in those]
        if not ranks:
            out[k] = _ABOVE + level  # only this form is marked: it parts the numbered ones
        elif differ and level in ranks:
            out[k] = float(min(ranks[level]))
        elif differ and deeper:
            out[k] = min(deeper) - 1 + level / 10
        elif k < first:
            out[k] = float(min(rank for those in ranks.values() for rank in those))
        else:
            out[k] = _BELOW + level
    return out


def _may_be_heading(items: Sequence[Item], k: int) -> bool:
    """Whether a marked line reads like a heading: short, no sentence, no element, and text stands below it."""
    item = items[k]
    text = item.s.strip().strip("*").strip()
    if item.kind != "text" or item.rule or not 2 <= len(text) <= _LONGEST or ends_sentence(text):
        return False
    if any(p.match(text) for p in _NO_HEADINGS) or note_head(text) is not None or text.endswith(("，", "、", "：")):
        return False
    after = next((x for x in items[k + 1 :] if not x.rule), None)
    return after is not None and not (el.is_organ(text) and el.DATE.match(after.s))
