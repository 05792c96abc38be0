"""Printed pages that the transcriber kept line by line: how wide their lines are, and whether paragraphs are indented."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language.openings import NOTE_HEAD
from juanzong.language.text import display_width, indent_of
from juanzong.stages.pieces.placing import PARAGRAPH_INDENT, left_blanks

_SIDE_BY_SIDE = re.compile(r"\S(?:　+|\s{2,})\S.*\S(?:　+|\s{2,})\S")
_STOP = re.compile("[，。；：,;:]")  # a line that holds one is prose
FULL_SLACK = 3  # columns a full printed line may fall short of its page's width
_NEIGHBOURS = 30  # pages to either side that may lend their width
_AROUND = 8  # pages that lend theirs to one of first lines
FIRST_SHORTER = 4  # columns: a paragraph's first line is two characters shorter, also where its blanks were stripped
_AGREED = 4  # lines that show how wide a full one is
_PASSED = 0.2  # of a page's lines may be wider (notes, tables)
_HANGING = ("，", "。", "；", "：", "、", "！", "？", "）", "》", "”", ",", ";", ":", ")")


def full_widths(pages: Sequence[Sequence[Line]]) -> list[int]:
    """Columns of a full printed line, page by page: what most of a page's lines agree on (a closing mark may hang
    over). A page of few lines takes that of its nearest neighbour on which its own longest line has room; one whose
    lines are mostly first lines that of most pages around, where one of its own is as wide."""
    texts = [[x.text for x in page if _tells_width(x.text)] for page in pages]
    found = [_full_width(page) for page in texts]
    sure = [k for k, w in enumerate(found) if w is not None]
    out = []
    for k, w in enumerate(found):
        near = [v for j in _nearest(sure, k) if (v := found[j])]
        if w is None:
            longest = max(map(print_width, texts[k] or [line.text for line in pages[k]]), default=1)
            if not any(map(_STOP.search, texts[k])):  # names, of which none shows how wide a line may be
                longest = max([longest, *(print_width(t) for page in texts[max(k - 1, 0) : k + 2] for t in page)])
            out.append(next((v for v in near if v >= longest - FULL_SLACK), longest))
            continue
        lend = [v for v in near[:_AROUND] if 0 < v - w <= FIRST_SHORTER + 1]
        wider = Counter(lend).most_common(1)[0][0] if lend else w
        # one line will do that only so wide a page has room for, but for a mark that hangs over
        wide = [text for text in texts[k] if wider - 1 <= print_width(text) <= wider + 2]
        has_room = any(text[-1] not in _HANGING or print_width(text) > w + 2 for text in wide)
        out.append(wider if has_room else w)
    return out


def _tells_width(text: str) -> bool:
    bare = text.strip()  # names side by side stand as wide as they are
    prose = len(bare) >= 12 and not NOTE_HEAD.match(text) and not _SIDE_BY_SIDE.search(bare)
    return prose and left_blanks(text) <= PARAGRAPH_INDENT


def _nearest(sure: Sequence[int], k: int) -> list[int]:
    """The entries of `sure` within _NEIGHBOURS of k, the nearer first."""
    around = sure[bisect_left(sure, k - _NEIGHBOURS) : bisect_left(sure, k + _NEIGHBOURS + 1)]
    return sorted((j for j in around if j != k), key=lambda j: (abs(j - k), j))


def _full_width(texts: Sequence[str]) -> int | None:
    """Columns of a full line that at least four lines of a page agree on, a column or two less for what could not be
    parted, and few lines pass. Marks hang over: a width that only lines ending in one have is none, nor is that of lines
    without any stop."""
    widths = Counter(map(print_width, texts))
    unhung = {print_width(text) for text in texts if not text.rstrip().endswith(_HANGING)} or set(widths)
    agree = {w: widths[w] + widths[w - 1] + widths[w - 2] for w in unhung}
    passed = {w: sum(n for v, n in widths.items() if v > w + 2) for w in unhung}
    stopped = {width for text, width in zip(texts, map(print_width, texts), strict=True) if _STOP.search(text)}
    fit = [
        w
        for w in unhung
        if agree[w] >= _AGREED
        and passed[w] <= _PASSED * widths.total()
        and not stopped.isdisjoint((w - 2, w - 1, w))  # else a list of names
    ]
    return max(fit, key=lambda w: (agree[w], w), default=None)


def print_width(text: str) -> int:
    """Columns as printed: a stop or bracket that the transcriber made half width took a whole place among Chinese."""
    text = text.rstrip()
    return display_width(text) + (sum(text.count(c) for c in ",;:!?()") if not text.isascii() else 0)


def page_end(lines: Sequence[Line], i: int, breaks: Sequence[bool], printed: Sequence[bool]) -> int:
    k = i + 1
    while k < len(lines) and not breaks[k] and printed[k]:
        k += 1
    return k


def _pages(lines: Sequence[Line], breaks: Sequence[bool], printed: Sequence[bool]) -> list[range]:
    """The printed pages, as indices of their lines."""
    out: list[range] = []
    i = 0
    while i < len(lines):
        if printed[i]:
            out.append(range(i, page_end(lines, i, breaks, printed)))
            i = out[-1].stop
        else:
            i += 1
    return out


def widths_by_page(
    lines: Sequence[Line], breaks: Sequence[bool], printed: Sequence[bool], skip: set[int]
) -> dict[int, int]:
    """Index of a printed page's line -> the page's full width, in columns."""
    pages = _pages(lines, breaks, printed)
    widths = full_widths([[lines[k] for k in page if k not in skip] for page in pages])
    return {k: w for page, w in zip(pages, widths, strict=True) for k in page}


def indented_pages(
    lines: Sequence[Line], breaks: Sequence[bool], printed: Sequence[bool], skip: set[int]
) -> dict[int, bool]:
    """Index of a printed page's line -> whether paragraphs are indented there: by the page's own lines; a page of few
    paragraphs by what most pages do."""
    pages = _pages(lines, breaks, printed)
    shares = []
    for page in pages:
        prose = [lines[k].text for k in page if k not in skip and len(lines[k].text.strip()) >= 8]
        indents = [indent_of(text) for text in prose]
        shares.append(sum(1 <= n <= 8 for n in indents) / max(1, len(prose)))
    habit = sum(share > 0 for share in shares) >= 0.6 * len(shares)
    return {k: share >= 0.08 or (habit and share > 0) for page, share in zip(pages, shares, strict=True) for k in page}
