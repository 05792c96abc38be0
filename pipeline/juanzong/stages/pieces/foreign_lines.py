"""Items -> items: a line of another script, or of figures, that got between the lines of a title goes behind it."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.language import elements as el
from juanzong.language.text import unbalanced
from juanzong.stages.pieces.items import Item

_HAN = re.compile(r"\p{Han}")
_IN_BRACKETS = re.compile(r"[（(][^（）()]{2,20}[）)]$")
_BREAKS_OFF = ("的", "、", "和", "与", "及", "关于", "—")
_LONGEST = 60  # characters of either line of the title


def move_foreign_lines(items: Sequence[Item]) -> list[Item]:
    """The items; where one without Chinese characters stands between two that are a title together, and the first of
    them is none alone, it stands behind them."""
    out = list(items)
    for k in range(1, len(out) - 1):
        before, line, after = out[k - 1 : k + 2]
        if line.kind == "text" and not line.rule and not _HAN.search(line.s) and _are_one_title(before, after):
            after.blanks, line.blanks = min(after.blanks, before.blanks), max(after.blanks, line.blanks)
            out[k], out[k + 1] = after, line
    return out


def _are_one_title(before: Item, after: Item) -> bool:
    a, b = before.s.strip().strip("*"), after.s.strip().strip("*")
    if before.kind != "text" or after.kind != "text" or before.rule or after.rule or after.page_break:
        return False
    if max(len(a), len(b)) > _LONGEST or not _HAN.search(b) or not el.may_be_title(a):
        return False
    open_ = unbalanced(a) > 0 or a.endswith(_BREAKS_OFF)
    noun = el.noun_of(a + b)
    whole = noun is not None and noun[1] == "strong" and not unbalanced(a + b)
    return whole and (open_ or bool(_IN_BRACKETS.match(b)))
