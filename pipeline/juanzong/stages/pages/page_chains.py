"""Figures that may be page numbers -> sequences n, n+1, n+2 ... at a page's distance."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from juanzong.core.lines import Line
from juanzong.language.annex_marks import marks_annex
from juanzong.language.numbering import heading_of
from juanzong.stages.pages.page_edges import HEAD_LENGTH, PAGES, cut_share, is_prose, opens
from juanzong.stages.pages.page_figures import Figure

LEAST_LINES, _MOST_LINES = 2, 90  # of a page; a title may stand alone on one
_MANY, _FAR = 10, 15  # figures; lines between two of them
_LONGEST_MARK = 12  # characters of a line that marks a paper
_SIDES = 2  # left and right pages
_SOMETIMES_CUT = 0.1  # of the pages end in mid sentence: many are forms
_MOST_LACKING = 20  # numbers of pages in a row that were not seen: those of one table
_EXTRACTS = 5  # pages, at least, of which others between were left out
_LEAST_EXTRACT = 4  # lines of one
Looks = tuple[bool, str]


def chains_of(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Sequences of figures that look alike and stand no nearer and no farther than pages do."""
    out: list[list[Figure]] = []
    waiting: dict[tuple[int, Looks], list[Figure]] = {}
    for f in figures:
        chain = waiting.get((f.value, f.looks))
        if chain is not None and _are_a_page_apart(chain, f):
            del waiting[f.value, f.looks]
            chain.append(f)
        else:
            chain = [f]
            out.append(chain)
        longer = waiting.get((f.value + 1, f.looks))  # a figure of the text leaves the pages' own their next one
        if longer is None or len(longer) <= len(chain) or f.line - longer[-1].line > _MOST_LINES:
            waiting[f.value + 1, f.looks] = chain
    return [chain for chain in out if len(chain) >= PAGES]


def is_long(lines: Sequence[Line], chain: Sequence[Figure]) -> bool:
    """Whether so many figures count on, mostly so far apart, that nothing but pages is counted so, of any length: prose
    stands between them, and some break a sentence off."""
    gaps = sorted(b.line - a.line for a, b in pairwise(chain))
    if len(chain) < _MANY or gaps[len(gaps) // 2] < _FAR:
        return False
    feet = [f.line for f in chain]
    return is_prose(lines[feet[0] : feet[-1]]) and cut_share(lines, feet) >= _SOMETIMES_CUT


def before_marks(lines: Sequence[Line], chain: Sequence[Figure]) -> bool:
    """Whether right behind each figure, or every other one, a line marks the next paper (证据3, 附件2): items of a list and
    cells of a table, which count as well, have no such line between them."""
    behind = [lines[f.line + 1].text for f in chain if f.line + 1 < len(lines)]
    marks = sum(len(text) <= _LONGEST_MARK and marks_annex(text) for text in behind)
    return marks >= PAGES and 2 * marks >= len(behind)


def in_turn(chain: Sequence[Figure]) -> bool:
    """Whether two heads stand beside the numbers in turn, as on left and right pages."""
    return (
        len({f.words for f in chain}) == _SIDES
        and all(a.words != b.words for a, b in pairwise(chain))
        and not any(heading_of(f.words) for f in chain)
    )


def lost(lines: Sequence[Line], numbers: Sequence[Figure]) -> list[Figure]:
    """The bare figures, each the only one of its value, between two numbers of pages of which they are those that lack: in
    order and, where several lack (pages of a table), with blank lines round them and a page's distance apart."""
    out: list[Figure] = []
    for a, b in pairwise(numbers):
        lacking = b.value - a.value - 1
        if not 0 < lacking <= _MOST_LACKING or a.words or b.words:
            continue
        found: dict[int, list[int]] = {}
        for i in range(a.line + 1, b.line):
            text = lines[i].text.strip()
            if len(text) <= 3 and text.isdecimal() and a.value < int(text) < b.value and not lines[i].tabular:
                found.setdefault(int(text), []).append(i)
        here = [a._replace(line=at[0], value=value) for value, at in sorted(found.items()) if len(at) == 1]
        apart = all(_are_a_page_apart([x], y) for x, y in pairwise((a, *here, b)))
        if len(here) == lacking and (lacking == 1 or (apart and all(_is_spaced(lines, f.line) for f in here))):
            out += here
    return out


def skipping(lines: Sequence[Line], figures: Sequence[Figure]) -> list[Figure]:
    """All bare figures of a bundle, where they rise from foot to foot of pages of which some were left out (1, 3, 4, 6, 9):
    each stands right under text and over a blank line, a page's distance from the next."""
    bare = [f for f in figures if not f.words and not f.frame]
    if len(bare) < _EXTRACTS or not all(lines[f.line].blanks == 0 and opens(lines, f.line + 1) for f in bare):
        return []
    rises = all(0 < b.value - a.value <= _MOST_LACKING for a, b in pairwise(bare))
    apart = all(_LEAST_EXTRACT <= b.line - a.line <= _MOST_LINES for a, b in pairwise(bare))
    return bare if rises and apart and is_prose(lines[bare[0].line : bare[-1].line]) else []


def _is_spaced(lines: Sequence[Line], i: int) -> bool:
    return lines[i].blanks > 0 and (i + 1 == len(lines) or lines[i + 1].blanks > 0)


def alternating_chains(figures: Sequence[Figure]) -> list[list[Figure]]:
    """The same of two kinds in turn, as a book's left and right pages are numbered: 12, 13 某县志, 14, 15 某县志."""
    out: list[list[Figure]] = []
    waiting: dict[tuple[int, Looks | None], list[Figure]] = {}  # what the next figure of a sequence must be
    for f in figures:
        key = next((k for k in ((f.value, f.looks), (f.value, None)) if k in waiting), None)
        chain = waiting[key] if key is not None else []
        if key is not None and _are_a_page_apart(chain, f) and (key[1] or f.looks != chain[-1].looks):
            del waiting[key]
            chain.append(f)
            waiting[f.value + 1, chain[-2].looks] = chain
        else:
            chain = [f]
            out.append(chain)
            waiting[f.value + 1, None] = chain
    return [chain for chain in out if len(chain) > PAGES]


def _are_a_page_apart(chain: Sequence[Figure], f: Figure) -> bool:
    """Whether a figure stands a page's distance behind the last of a sequence: right behind it where the page between
    has nothing but its head, and the one before had more."""
    last = chain[-1]
    more = len(chain) > 1 and last.line - chain[-2].line >= LEAST_LINES
    empty = more and last.words == f.words and len(f.words) >= HEAD_LENGTH
    return (1 if empty else LEAST_LINES) <= f.line - last.line <= _MOST_LINES


def counts_within(chain: Sequence[Figure], marked: Sequence[Figure]) -> bool:
    """Whether two figures of a sequence stand between two numbers, `marked` as pages' own (— 3 —, — 4 —), that follow each
    other: on one page, where figures count the rows of a table, or items.

    >>> bare, own = [Figure(4, 1, ""), Figure(9, 2, "")], [Figure(2, 8, "", "—"), Figure(20, 9, "", "—")]
    >>> counts_within(bare, own), counts_within(bare, own[:1]), counts_within([Figure(1, 1, ""), bare[1]], own)
    (True, False, False)
    """
    places = [f.line for f in marked]
    for a, b in pairwise(chain):
        k = bisect_left(places, a.line)
        if 0 < k < len(marked) and marked[k].value == marked[k - 1].value + 1 and b.line < marked[k].line:
            return True
    return False
