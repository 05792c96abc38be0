"""Lines that come in groups: the same words in each section of a text, and titles that say the same but for a number or a
name (2020年度工作总结, 2021年度工作总结)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex as re

from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.form_lines import is_field
from juanzong.language.numbering import heading_of
from juanzong.language.personal_names import SURNAME
from juanzong.language.text import ends_sentence, unbalanced
from juanzong.stages.pieces.items import Item

_LEAST, _LONGEST = 6, 60  # characters of such a title
_TABLES = ("annex_table", "roster")  # tables of one text are named so as well
_FEW = re.compile(r"\d+|[一二三四五六七八九十]{1,3}(?=月|季度|学期|[年届期批次周])|[上下](?=半年|学期|季度)")
_WHOSE = re.compile(rf"^{SURNAME}\p{{Han}}{{1,2}}(?=同志|老师|教师|校长|个人|先进|\d{{4}}年|述职|工作总结)")


def in_each_section(items: Sequence[Item]) -> set[int]:
    """Where a heading stands that Markdown or a tool sets below others, and that comes again with the same words in other
    sections (教学目标 in each chapter), its words being such as sections bear."""
    at: dict[tuple[int, str], list[int]] = {}
    highest = min((x.level for x in items if x.level), default=0)
    for i, x in enumerate(items):
        if x.level > highest and el.noun_of(x.s) is not None and not el.names_document(x.s):
            at.setdefault((x.level, skeleton(x.s)), []).append(i)
    return {i for places in at.values() if len(places) > 1 for i in places}


def sibling_titles(items: Sequence[Item]) -> dict[int, str]:
    """{where a line stands over text that says what an earlier one does but for its number, or for whose it is: the earlier
    one's words, as a skeleton}. None of a group of which one stands elsewhere: in a list of them, over a table."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for i, form in _forms(items):
        groups[form].append(i)
    found: dict[int, str] = {}
    for places in groups.values():
        first = skeleton(items[places[0]].s)
        if len(places) > 1 and all(_stands_over_text(items, i) for i in places):
            found |= {i: first for i in places[1:] if skeleton(items[i].s) != first}
    return found


def listed_papers(items: Sequence[Item]) -> set[int]:
    """Where lines stand one right below the other that say the same but for a number or a name: a list of papers."""
    found: set[int] = set()
    for (i, form), (k, other) in pairwise(_forms(items)):
        if form == other and k == i + 1 and skeleton(items[i].s) != skeleton(items[k].s):
            found |= {i, k}
    return found


def _forms(items: Sequence[Item]) -> Iterator[tuple[int, str]]:
    """The lines that end in a noun of titles, none of a table's name, and the form of each that has a number or a name."""
    for i, x in enumerate(items):
        said = x.is_text and not x.rule and _LEAST <= len(x.s) <= _LONGEST
        if said and not ends_sentence(x.s) and not unbalanced(x.s):
            noun = el.noun_of(x.s)
            if noun is not None and noun[1] == "strong" and noun[0] not in _TABLES:
                form = _form(skeleton(x.s))
                if "#" in form or "&" in form:
                    yield i, form


def _form(said: str) -> str:
    """The words of a title with its numbers, and the name that it begins with, taken out.

    >>> _form("2020年度工作总结") == _form("2021年度工作总结"), _form("王小明同志事迹材料") == _form("李红梅同志事迹材料")
    (True, True)
    >>> _form("某市三月份报告") == _form("某市四月份报告"), _form("甲镇报告") == _form("乙镇报告")
    (True, False)
    """
    return _FEW.sub("#", _WHOSE.sub("&", said))


def _stands_over_text(items: Sequence[Item], i: int) -> bool:
    """Whether below item i a text begins: a sentence, a first heading, a label with its value, whom it is addressed to."""
    below = next((x for x in items[i + 1 :] if not x.rule), None)
    if below is None or not below.is_text:
        return False
    head = heading_of(below.s)
    if head is not None:
        return head.ordinal == 1
    return ends_sentence(below.s) or el.is_addressee(below.s) or is_field(below.s)
