"""How titles are set in a bundle, as far as its lines tell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex as re

from juanzong.language import elements as el
from juanzong.language.numbering import heading_of
from juanzong.language.text import unbalanced
from juanzong.stages.documents.title_lines import is_indented
from juanzong.stages.pieces.items import Item

_BLOCK = 3  # lines of such a title
_STOP = re.compile("[，。；：！？]")


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


def block_on_top(items: Sequence[Item], i: int) -> int:
    """Where a title ends that begins with item i, set as paragraphs are, at the head of a page or below the mark of an annex:
    a few lines without a stop that end in the noun of a document, and a blank line below; 0 where none does."""
    if not is_indented(items[i]):
        return 0
    end = next((k for k in range(i + 1, min(i + 1 + _BLOCK, len(items))) if items[k].blanks), None)
    if end is None or not all(x.is_text and not x.rule for x in items[i:end]):
        return 0
    run = "".join(x.s.strip() for x in items[i:end])
    whole = _STOP.search(run) is None and heading_of(run) is None and el.names_document(run) and el.may_be_title(run)
    return end if whole else 0
