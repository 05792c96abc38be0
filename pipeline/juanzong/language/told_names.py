"""How documents may print the name of what a contents list calls otherwise."""

from __future__ import annotations

import regex as re

from juanzong.language.document_types import noun_of

_TOLD_AS = ("情况", "情况表", "一览表", "统计表", "汇总表", "明细表", "名单")
REMARK = re.compile(r"[（(][^（）()]{1,20}[）)]$")
"""What stands in brackets at the end of a title."""


def printed_names(entry: str) -> list[str]:
    """How documents may print the name of an entry that ends in no noun of a title: with such a noun behind it.

    >>> printed_names("学生获奖")[:2], printed_names("学生获奖名单")
    (['学生获奖情况', '学生获奖情况表'], [])
    """
    return [] if not entry or noun_of(entry) is not None else [entry + noun for noun in _TOLD_AS]


def without_remark(title: str) -> str:
    """A title without what stands in brackets at its end: years, the kind of its print.

    >>> without_remark("某校学生统计表（2021年）"), without_remark("某校（本部）学生")
    ('某校学生统计表', '某校（本部）学生')
    """
    return REMARK.sub("", title)
