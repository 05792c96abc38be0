"""Heads and feet of printed pages, told by their place: in the margin, at one height of several pages, the same words, a
figure that rises from page to page, or words in smaller type than the text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex as re

from juanzong.language.numbering import TABLE_CAPTION, heading_of
from juanzong.read.printed import PrintedLine, PrintedPage

_MARGIN = 0.09  # of the page's height: no text begins so high, nor ends so low (GB/T 9704-2012, 5.2.1: 37 mm of 297)
_SHIFT, _SCANNED = 1.5, 8.0  # points between the heights of one head on two pages; on two scans, which lie as they came
_LARGER = 1.1  # times the usual type: sizes of recognised lines are estimates
_APART = 1.0  # sizes of its type that a head stands away from the text
_TURN = 2  # pages from one print of a head to the next: heads of odd and even pages differ
_LEAST = 4  # characters of a head
_SMALLER = 0.9  # times the usual type: what stands so high in smaller type is no title
_LONGEST = 4  # figures of a page's number
_NAMES_TABLE = re.compile(r"(?:表|名单|清单|一览|台账|图)(?:[（(][^（()）]*[)）])?$")
# what stands at the top of one page for itself: an annex's mark, a table that goes on, a label, prose
_OF_PAGE = re.compile(r"[附续(（]|.*[：:，。；]|.*续[)）]?$")


def mark_edges(pages: Sequence[PrintedPage]) -> None:
    """Set `margin` on the lines that are heads or feet of pages: in the margin, apart from the text, in no larger type, at
    the same height of neighbouring pages, with the same words, with figures that count these pages, or, above the text and in
    smaller type, with any words: those of the chapter, of who issues it."""
    usual = Counter(round(b.size) for page in pages for b in page.blocks if isinstance(b, PrintedLine))
    if not usual:
        return
    text_size = usual.most_common(1)[0][0]
    prints: defaultdict[str, list[tuple[int, PrintedLine]]] = defaultdict(list)
    for page in pages:
        for line in at_edges(page):
            if line.size > _LARGER * text_size:
                continue
            if _may_come_back(line.text):
                prints["".join(line.text.split())].append((page.number, line))
                if _is_small_head(line, text_size, page.height):
                    prints["above"].append((page.number, line))
            elif (figure := line.text.strip()).isdecimal() and len(figure) <= _LONGEST:
                prints[f"number - page = {int(figure) - page.number}"].append((page.number, line))
    for found in prints.values():
        for (a, one), (b, other) in pairwise(found):
            most = _SHIFT if one.confidence is None or other.confidence is None else _SCANNED
            if 0 < b - a <= _TURN and abs(one.bbox[1] - other.bbox[1]) <= most:
                one.margin = other.margin = True


def at_edges(page: PrintedPage) -> Iterator[PrintedLine]:
    """The lines that stand in the page's upper or lower margin, with nothing of the text beside or near them."""
    margin = _MARGIN * max(page.height, page.width)
    top, bottom = margin, page.height - margin
    inner = [b.bbox for b in page.blocks if b.bbox[3] > top and b.bbox[1] < bottom]
    first, last = min((b[1] for b in inner), default=0.0), max((b[3] for b in inner), default=0.0)
    for block in page.blocks if inner else ():
        if isinstance(block, PrintedLine):
            away = _APART * block.size
            if block.bbox[3] <= min(top, first - away) or block.bbox[1] >= max(bottom, last + away):
                yield block


def _is_small_head(line: PrintedLine, text_size: float, height: float) -> bool:
    """Whether a line stands at its page's head in smaller type than the text, as no title but a table's does. Sizes of
    recognised lines are estimates."""
    small = line.confidence is None and line.size <= _SMALLER * text_size
    return small and line.bbox[3] < height / 2 and _NAMES_TABLE.search(line.text.strip()) is None


def _may_come_back(text: str) -> bool:
    text = text.strip()
    return (
        len(text) >= _LEAST
        and _OF_PAGE.match(text) is None
        and heading_of(text) is None
        and TABLE_CAPTION.match(text) is None
    )
