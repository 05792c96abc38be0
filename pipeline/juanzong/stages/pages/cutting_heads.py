"""Lines -> which of them are the running heads of a book of few pages: chapter and book in turn, each in a line of its own
between the halves of a sentence, where no heading can stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import regex as re

from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence, fold

_PAGES = 3  # that show a habit
_LONGEST = 40  # characters of a head
_PROSE = 20  # of a line of print
_NO_HEAD = re.compile(r"[，。；：、\t|<]")
_PART = re.compile(r"第\s?[一二三四五六七八九十百\d]{1,4}\s?[编篇章节卷]")


def cutting_heads(lines: Sequence[Line], pages: Sequence[Sequence[int]]) -> list[int]:
    """Indices of such lines: every page but the first begins with one, or every page but the last ends so, where the
    number stands under the head; and their words come back or name a part. `pages`: the indices of each page's lines."""
    if len(pages) < _PAGES:
        return []
    tops = [page[0] for page in pages]
    if all(_cuts(lines, above[-1], page[0], page[1:2]) for above, page in pairwise(pages)):
        return _heads(lines, tops, tops[1:])
    last = [page[-1] for page in pages[:-1]]
    if all(
        len(page) > 1 and _cuts(lines, page[-2], page[-1], below[:1])
        for page, below in pairwise(pages[1 if len(pages[0]) == 1 else 0 :])
    ):
        return _heads(lines, last, last)
    return []


def _heads(lines: Sequence[Line], edges: Sequence[int], heads: Sequence[int]) -> list[int]:
    often = Counter(fold(lines[i].text) for i in edges)
    if not all(often[fold(lines[i].text)] > 1 or _PART.match(lines[i].text.strip()) for i in heads):
        return []
    said = {fold(lines[i].text) for i in heads}
    return [i for i in edges if fold(lines[i].text) in said]


def _cuts(lines: Sequence[Line], above: int, i: int, below: Sequence[int]) -> bool:
    """Whether line i may be a head by its form, and what stands above and below it is one sentence."""
    if lines[above].like_row or (below and lines[below[0]].like_row):
        return False  # a table has no sentences
    before, said = (lines[k].text.strip() for k in (above, i))
    after = lines[below[0]].text.strip() if below else ""
    form = 2 <= len(said) <= _LONGEST and not lines[i].tabular and not _NO_HEAD.search(said) and not el.is_date(said)
    cut = len(before) >= _PROSE and not ends_sentence(before) and heading_of(before) is None
    goes_on = heading_of(after) is None and (len(after) >= _PROSE or ends_sentence(after))
    return form and cut and goes_on
