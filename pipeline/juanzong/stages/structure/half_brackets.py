"""Numbers in brackets of which a reader lost one (（一加强养护, 一）加强养护, （1审核): numbers where the one right before or right
after them is the next of their form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex as re

from juanzong.language.numbering import RANK, Heading
from juanzong.language.text import number_of

_CN = "[一二三四五六七八九十]{1,3}"
_HALF = re.compile(rf"[（(]\s?(?:(?P<cn>{_CN})|(?P<figure>\d{{1,2}}))(?=\s*\p{{Han}})|(?P<closed>{_CN})\s?[）)]")
_FIRST = frozenset("（(一二三四五六七八九十")
_BRACKET = re.compile("[（()）]")


def half_bracketed(texts: Sequence[str], heads: Sequence[Heading | None]) -> dict[int, Heading]:
    """{index of a line: its number}. `heads`: the numbers of the other lines.

    >>> from juanzong.language.numbering import heading_of
    >>> lines = ["（一加强养护。", "（二）落实经费。", "（三区三线）划定。", "三）考核。", "（四）总结。", "（四季度", "（五）验收。"]
    >>> [(k, h.form, h.ordinal, h.end) for k, h in half_bracketed(lines, [heading_of(s) for s in lines]).items()]
    [(0, '（一）', 1, 2), (3, '（一）', 3, 2)]
    """
    found = {k: h for k, s in enumerate(texts) if s[:1] in _FIRST and heads[k] is None and (h := _half(s)) is not None}
    if not found:  # as in nearly all documents
        return {}
    full = _beside(heads, found)
    loose = _beside([found.get(k, h) for k, h in enumerate(heads)], found)
    return {
        k: h for k, h in found.items() if h.ordinal not in full[k] and any(_counts_on(h, x[k]) for x in (full, loose))
    }


def _counts_on(half: Heading, beside: tuple[int, int]) -> bool:
    return 0 < beside[0] == half.ordinal - 1 or beside[1] == half.ordinal + 1


def _beside(heads: Sequence[Heading | None], found: Mapping[int, Heading]) -> dict[int, tuple[int, int]]:
    """The numbers of the same form right before and right after each of those found; 0 where there is none."""
    on = range(len(heads))
    before, after = _open_at(heads, on, found), _open_at(heads, on[::-1], found)
    return {k: (before[k], after[k]) for k in found}


def _open_at(heads: Sequence[Heading | None], way: range, found: Mapping[int, Heading]) -> dict[int, int]:
    """The ordinal of the number passed last, going this way, of the form of each of those found."""
    out: dict[int, int] = {}
    open_: dict[str, int] = {}
    for k in way:
        if k in found:
            out[k] = open_.get(found[k].form, 0)
        if (head := heads[k]) is not None:
            open_ = {form: n for form, n in open_.items() if RANK.get(form, head.rank) <= head.rank}
            open_[head.form] = head.ordinal
    return out


def _half(text: str) -> Heading | None:
    """The number that a line begins with, one of its brackets lost: none in the line closes the one that opens it."""
    m = _HALF.match(text)
    if m is None:
        return None
    after = _BRACKET.search(text, m.end()) if m["closed"] is None else None
    form = "（1）" if m["figure"] else "（一）"
    ordinal = number_of(m["cn"] or m["figure"] or m["closed"])
    if ordinal is None or (after is not None and after[0] in "）)"):
        return None
    return Heading(form, RANK[form], ordinal, m.end())
