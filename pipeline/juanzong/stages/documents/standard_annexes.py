"""Items -> items: the annexes of standards (GB/T 1.1-2020, 9.6), whose letter and kind stand above their title, in lines of
their own or in one with it (附录A （资料性） 某示例; also without the kind), brought to two items: the mark, the title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex as re

from juanzong.core.traced import concat
from juanzong.language import elements as el
from juanzong.language.annex_marks import ANNEX_KIND
from juanzong.language.text import ends_sentence, nfkc
from juanzong.stages.pieces.items import Item

_LETTERED = re.compile(r"\s*附\s*录\s*[A-ZＡ-Ｚ]\s*")
_KIND = re.compile(rf"\s*{ANNEX_KIND}\s*")
_LONGEST = 90


def part_standard_annexes(items: Sequence[Item]) -> list[Item]:
    """Items in order; the kind in a line under an annex's letter goes on with it, and a title in the line is parted."""
    out: list[Item] = []
    alone = _without_kind(items)
    for k, item in enumerate(items):
        m = _LETTERED.match(item.s) if item.is_text and "附" in item.s[:4] else None
        kind = _KIND.match(item.s, m.end()) if m else None
        before = out[-1] if out else None
        if before is not None and item.is_text and _KIND.fullmatch(item.s) and _LETTERED.fullmatch(before.s):
            text = concat([before.text, item.text])
            out[-1] = replace(before.holding(text), lines=[*before.lines, *item.lines])
        elif kind and kind.end() < len(item.s) <= _LONGEST and not ends_sentence(item.s):
            out.append(item.holding(item.text[: kind.end()].strip()))
            out.append(replace(item.holding(item.text[kind.end() :]), blanks=0, page_break=False))
        elif m and k in alone:
            out.append(item.holding(item.text[: m.end()].strip()))
            out.append(replace(item.holding(item.text[m.end() :]), blanks=0, page_break=False))
        else:
            out.append(item)
    return out


def _without_kind(items: Sequence[Item]) -> set[int]:
    """The lines that name an annex by its letter and its title alone (附录A 某分类表): they count on from A, and of what
    a contents list prints as well the last; none where they stand line below line."""
    found: dict[str, int] = {}
    for k, item in enumerate(items):
        m = _LETTERED.match(item.s) if item.is_text and "附" in item.s[:4] and len(item.s) <= _LONGEST else None
        if m and not _KIND.match(item.s, m.end()) and el.may_name_annex(item.s[m.end() :]) and not item.s[-1].isdigit():
            found[nfkc(m[0].strip()[-1])] = k
    places = [found.get(chr(ord("A") + n), -1) for n in range(len(found))]
    return set(places) if all(a >= 0 and b - a > 1 for a, b in pairwise([*places, len(items)])) else set()
