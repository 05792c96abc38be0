"""What a document says stands in it, or in another: a reference and what became of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

import regex as re

from juanzong.core import tree
from juanzong.core.spots import Ranges
from juanzong.core.terms import ReferenceVerdict
from juanzong.core.traced import Traced
from juanzong.language.text import number_of

_NUMERAL = re.compile(r"\d{1,3}|[一二三四五六七八九十百零〇]{1,4}")


@dataclass(eq=False)
class Reference:
    """`source`: where it stands; `target`: where what it names stands."""

    carrier: tree.Document
    type: str
    text: str
    source: Ranges
    verdict: ReferenceVerdict
    target: Traced | None = None
    deviation: str | None = None


def ordinal(number: str) -> int | None:
    """The number in a heading's, table's or box's number.

    >>> ordinal("第十三章"), ordinal("专栏 12"), ordinal("表3-1"), ordinal("附件")
    (13, 12, None, None)
    """
    found = _NUMERAL.findall(number)
    return number_of(found[0]) if len(found) == 1 else None


def sections_of(document: tree.Document) -> list[tree.Section]:
    """All sections in reading order."""
    return [b for b in tree.walk(document.body) if isinstance(b, tree.Section)]


def boxes_of(document: tree.Document) -> list[tree.Box]:
    return [b for b in tree.walk(document.body) if isinstance(b, tree.Box)]


def tables_of(document: tree.Document) -> list[tree.Table]:
    return [b for b in tree.walk(document.body) if isinstance(b, tree.Table)]


def paragraphs_of(document: tree.Document) -> Iterator[Traced]:
    """The running text: paragraphs and notes of tables."""
    for block in tree.walk(document.body):
        if isinstance(block, tree.Paragraph) and block.text:
            yield block.text
        elif isinstance(block, tree.Table):
            yield from (n for n in block.notes if n)


def annexes_of(document: tree.Document) -> list[tree.Document]:
    """The annexes of a text: its own, with what it issues under the mark of an annex, else those of the notice that issues
    it, else those beside it."""
    own = [*(d for d in document.promulgates if "annex_number" in d.metadata), *document.annexes]
    if own:
        return own
    for other in (document.promulgated_by, document.annex_of):
        if other is not None and other.annexes:
            return other.annexes
    return []


def mark_of(annex: tree.Document) -> Traced:
    """附件N where it is printed above an annex, else its title."""
    mark = annex.metadata.get("annex_number")
    return mark if isinstance(mark, Traced) and mark else annex.title


def inside(source: Ranges, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether a place lies in one of the ranges, which stand in order and apart (`end_to_end`).

    >>> [inside([(a, a + 1)], [(0, 4), (5, 9)]) for a in (3, 4, 5, 9)]
    [True, False, True, False]
    """
    k = bisect_right(ranges, source[0][0], key=itemgetter(0)) - 1 if source else -1
    return k >= 0 and source[0][0] < ranges[k][1]
