"""The title of a text in which no words tell one: what Markdown or a tool sets above all else, or what stands first."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.language import elements as el
from juanzong.language.numbering import heading_of
from juanzong.stages.documents.annexes import LONGEST_KNOWN
from juanzong.stages.documents.title_lines import may_begin, may_print_title
from juanzong.stages.documents.title_signs import is_head_line
from juanzong.stages.documents.title_worth import Title
from juanzong.stages.pieces.items import Item, next_shown

_FIGURE_FIRST = re.compile(r"\s*\d{1,2}(?:[.．]\d{1,2})*[\s、.．]")  # as before headings
_LEAST_NAMED = 6  # characters of a title that nothing but its noun tells
_OPEN_ENDS = ("。", "；", "，", "：", "、", ":", ";", ",")
_FEW_WORDS = 20  # characters of a table's name
_STOPS = re.compile("[。；，：、:;,]")


def told_above_all(items: Sequence[Item]) -> list[Title]:
    """The first line, which Markdown or a tool sets above all other headings: where no title is told by its words it is the
    title, whatever it says (# 劳动仲裁攻略; # 补贴具体包括哪些内容？)."""
    first = next_shown(items, 0)
    if first is None or not items[first].level or any(0 < x.level <= items[first].level for x in items[first + 1 :]):
        return []
    text = items[first].s.strip().strip("*")
    if not _LEAST_NAMED <= len(text) <= LONGEST_KNOWN or text.endswith(_OPEN_ENDS) or heading_of(text):
        return []
    none = is_head_line(text) or _FIGURE_FIRST.match(text)
    return [] if none else [Title(first, first + 1, text, ["first", "top", "told", "marked"])]


def told_sentence(items: Sequence[Item]) -> Title | None:
    """A sentence at the head of the text that Markdown or a tool sets above all other headings: its title, such as cases
    have (# 购买汽车发生欺诈的，可以按照某法处理。)."""
    first = next_shown(items, 0)
    if first is None or not items[first].level or not items[first].s.endswith("。") or heading_of(items[first].s):
        return None
    below = [x.level for x in items[first + 1 :] if x.level]
    if not below or min(below) <= items[first].level or len(items[first].s) > LONGEST_KNOWN:
        return None
    return Title(first, first + 1, items[first].s.strip().strip("*"), ["first", "top", "told", "marked"])


def told_title(items: Sequence[Item]) -> list[Title]:
    """Where nothing looks like a title, a line at the head of the text is one that Markdown or a tool marks as a heading, or
    that ends in the noun of a title, or the name of a table that is all the rest (作息时间)."""
    first = next_shown(items, 0)
    if first is None or not may_print_title(items[first]) or heading_of(items[first].s):
        return []
    text = items[first].s
    named = len(text) >= _LEAST_NAMED and el.type_of_title(text) is not None
    if _FIGURE_FIRST.match(text) or not (items[first].level or named or _names_table(items, first)):
        return []
    return [Title(first, first + 1, items[first].s.strip().strip("*"))]


def _names_table(items: Sequence[Item], first: int) -> bool:
    """Whether a few words stand over a table, with nothing behind it but its notes."""
    rest = [x for x in items[first + 1 :] if not x.rule]
    tables = sum(x.kind == "table" for x in rest)
    others = (x for x in rest if x.kind != "table")
    alone = tables == 1 and all(x.is_text and (el.UNIT.match(x.s) or el.TABLE_NOTE.match(x.s)) for x in others)
    return alone and may_begin(items[first]) and len(items[first].s) <= _FEW_WORDS and not _STOPS.search(items[first].s)
