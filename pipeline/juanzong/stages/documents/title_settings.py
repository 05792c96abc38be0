"""How titles are set in a bundle, as far as its lines tell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from juanzong.language import elements as el
from juanzong.language.numbering import heading_of
from juanzong.language.text import unbalanced
from juanzong.stages.pieces.items import Item


def told_alone(items: Sequence[Item]) -> set[tuple[int, bool, bool]]:
    """How tools set lines without a number, and no numbered heading: titles of documents may be set so."""
    marked = [x for x in items if x.is_text and (x.level or x.bold)]
    return {x.setting for x in marked} - {x.setting for x in marked if heading_of(x.s) is not None}


def wrap_length(items: Sequence[Item]) -> int:
    """How many characters wrapped titles hold a line, where one sees it: the commonest length of unfinished ones, whose
    brackets the next line closes."""
    lengths = [
        len(x.s)
        for x, below in pairwise(items)
        if x.kind == below.kind == "text" and not x.indent and len(x.s) < 40 and unbalanced(x.s)
        if not unbalanced(x.s + below.s) and el.may_be_title(x.s)
    ]
    return max(set(lengths), key=lambda n: (lengths.count(n), n)) if lengths else 0
