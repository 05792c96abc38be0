"""Lines over a table that say whose it is, when it was made, and in what unit."""

from __future__ import annotations

import regex as re

from juanzong.language import elements as el
from juanzong.language.form_lines import FILLED_IN, UNIT_BESIDE
from juanzong.language.numbering import TABLE_CAPTION
from juanzong.language.text import fold
from juanzong.stages.pieces.items import Item


def says_whose(item: Item) -> bool:
    """Whether a line over a table says whose it is, or when it was made: 填报单位：甲局."""
    told = el.UNIT.match(item.s) or TABLE_CAPTION.match(item.s) or el.ANNEX_MARK.match(item.s)
    return not told and FILLED_IN.fullmatch(" ".join(item.s.split())) is not None


def whose_and_unit(item: Item) -> tuple[Item, Item] | None:
    """The two parts of a line over a table that says whose it is and, at the right margin, its unit."""
    beside = UNIT_BESIDE.search(item.s) if "单位" in item.s else None
    if beside is None or FILLED_IN.fullmatch(item.s[: beside.start()].strip()) is None:
        return None
    return item.holding(item.text[: beside.start()].strip()), item.holding(item.text[beside.end() :])


def bare_name(caption: str) -> str:
    """A caption without its number, folded."""
    m = TABLE_CAPTION.match(caption)
    return fold(caption[m.end() :] if m else "")


# what points to a table, or tells of something: no name
_POINTS = re.compile(r"如下(?!图)|下列|[如见](?:以?下|上|附|后)?表(?:\s?\d+)?(?:所示|所列)?$|(?:所示|所列)$")
_TELLS = re.compile(r"，(?!\s*$)|(?<=\p{Han})了(?!解)")


def says_sentence(text: str) -> bool:
    """Whether a line over a table, without its stop, is a sentence and no name of the table.

    >>> [says_sentence(s) for s in ("各村储备了三类物资", "各村物资见下表", "经核实，各村无灾情", "各村物资储备统计表", "物资了解情况")]
    [True, True, True, False, False]
    """
    if _POINTS.search(text):
        return True
    return _TELLS.search(text) is not None and el.type_of_title(text) is None
