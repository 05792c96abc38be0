"""附件 and a title that nothing but blanks part (附件　某某表), before the annex itself: the line lists what is attached, and
gets the colon with which such a line is read."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item

_APART = re.compile(r"\s*附\s*件(?P<gap>[ 　\t]+)(?P<title>[\p{Han}《“].{3,60})$")


def put_attachment_colons(items: Sequence[Item], ledger: Ledger) -> list[Item]:
    """The items; such a line has its colon where the title stands again behind it, under a mark of its own or in a second
    such line, which heads the annex."""
    last: dict[str, int] = {}  # what heads an annex -> where it stands last
    found: dict[int, re.Match[str]] = {}
    for k, item in enumerate(items):
        if "附" not in item.s[:3] or not item.is_text:
            continue
        if (m := _APART.match(item.s)) is not None:
            found[k] = m
            last[skeleton(m["title"])] = k
        elif k + 1 < len(items) and el.ANNEX_MARK.match(item.s):
            last[skeleton(items[k + 1].s)] = k
    out = list(items)
    for k, m in found.items():
        if last[skeleton(m["title"])] > k and not ends_sentence(m["title"]):
            out[k] = items[k].holding(ledger.replace(items[k].text, *m.span("gap"), "：", "label-colon"))
    return out
