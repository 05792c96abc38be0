"""Lines that the reader, or the tool before us, took for heads or feet of pages -> which of them are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

import regex as re

from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.numbering import heading_of
from juanzong.language.text import fold
from juanzong.stages.pages.head_words import cuts_sentence, issues_title, says_no_part

_LEVEL = 1.5  # points between the heights of heads on two pages
_FIGURES = re.compile(r"\d+")
_ENDS = re.compile(r"\p{Han}{4}[。；]\s*$")


def told_heads(lines: Sequence[Line], gone: dict[int, str]) -> list[int]:
    """The lines that the tool before us took for heads or feet of pages, where they come back, stand between the halves of
    a sentence, at the edge of a page at the height of another page's, or say there what is part of no document: alone it
    may err."""
    told: defaultdict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if line.mark is not None and line.mark.margin and i not in gone:
            told[_FIGURES.sub("", fold(line.text))].append(i)
    margins = {i for places in told.values() for i in places}
    live = [i for i in range(len(lines)) if i not in gone]
    text = [i for i in live if i not in margins]
    edges = _edges_of_text(lines, live) if margins else frozenset()
    level = _at_one_height(lines, margins)
    return [
        i
        for places in told.values()
        for i in places
        if len(places) > 1
        or i in level
        or cuts_sentence(lines, i, sorted([*text, i]))
        or (i in edges and (says_no_part(lines, i) or _is_organ_over_title(lines, i)))
    ]


def _at_one_height(lines: Sequence[Line], told: Iterable[int]) -> set[int]:
    """Those of some lines that stand as high on their page as another one on another page, as the reader of printed pages
    has told them; titles and marks of annexes that a tool takes for heads stand so as well."""
    tops = [
        (mark.bbox[1], mark.page, i) for i in told if (mark := lines[i].mark) is not None and lines[i].block is None
    ]
    pairs = [(i, k) for (a, page, i), (b, other, k) in pairwise(sorted(tops)) if b - a <= _LEVEL and page != other]
    return {i for pair in pairs for i in pair}


def _is_organ_over_title(lines: Sequence[Line], i: int) -> bool:
    """Whether line i names whose page it is, right over what the tool took for a title: neither issues nor signs a text."""
    if (
        i + 1 == len(lines)
        or not _is_told_title(lines[i + 1])
        or not el.is_organ(lines[i].text.strip())
        or issues_title(lines, i)
    ):
        return False
    mark, below = lines[i].mark, lines[i + 1].mark
    return mark is not None and below is not None and mark.page == below.page


def _edges_of_text(lines: Sequence[Line], live: Sequence[int]) -> frozenset[int]:
    """The last line of each page on which a sentence ends (no cover, no page of a contents list), and the first one where
    it stands over what the tool took for a title: else it may be the title itself."""
    by_page: defaultdict[int, list[int]] = defaultdict(list)
    for i in live:
        if (mark := lines[i].mark) is not None:
            by_page[mark.page].append(i)
    said = [page for page in by_page.values() if any(_ENDS.search(lines[i].text) for i in page)]
    over = {page[0] for page in said if len(page) > 1 and _is_told_title(lines[page[1]])}
    return frozenset(over | {page[-1] for page in said})


def _is_told_title(line: Line) -> bool:
    return line.block is not None and line.block.kind in ("title", "heading") and heading_of(line.text.strip()) is None
