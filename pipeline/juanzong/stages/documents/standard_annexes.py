"""Items -> items: the annexes of standards (GB/T 1.1-2020, 9.6), whose letter and kind stand above their title, in lines of
their own or in one with it (附录A （资料性） 某示例), brought to two items: the mark, the title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex as re

from juanzong.core.traced import concat
from juanzong.language.annex_marks import ANNEX_KIND
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item

_LETTERED = re.compile(r"\s*附\s*录\s*[A-ZＡ-Ｚ]\s*")
_KIND = re.compile(rf"\s*{ANNEX_KIND}\s*")
_LONGEST = 90


def part_standard_annexes(items: Sequence[Item]) -> list[Item]:
    """Items in order; the kind in a line under an annex's letter goes on with it, and a title in the line is parted."""
    out: list[Item] = []
    for item in items:
        m = _LETTERED.match(item.s) if item.is_text and "附" in item.s[:4] else None
        kind = _KIND.match(item.s, m.end()) if m else None
        before = out[-1] if out else None
        if before is not None and item.is_text and _KIND.fullmatch(item.s) and _LETTERED.fullmatch(before.s):
            text = concat([before.text, item.text])
            out[-1] = replace(before.holding(text), lines=[*before.lines, *item.lines])
        elif kind and kind.end() < len(item.s) <= _LONGEST and not ends_sentence(item.s):
            out.append(item.holding(item.text[: kind.end()].strip()))
            out.append(replace(item.holding(item.text[kind.end() :]), blanks=0, page_break=False))
        else:
            out.append(item)
    return out
