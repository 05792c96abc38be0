"""Lines -> page numbers, and where pages begin. A number in dashes says so itself; a bare figure is a page number where
it is one of a sequence n, n+1, n+2 ... at about a page's distance, alone on its line or beside a running head."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex as re

from juanzong.core.lines import Line
from juanzong.language.numbering import heading_of
from juanzong.stages.pages.open_chapters import said_above
from juanzong.stages.pages.page_chains import LEAST_LINES, alternating_chains, chains_of, counts_within, is_long, lost
from juanzong.stages.pages.page_edges import (
    EVEN,
    HEAD_LENGTH,
    HEADED,
    HEADED_PAGES,
    MOSTLY,
    PAGES,
    blank_lines_part_pages,
    cut_share,
    ends_page,
    headed,
    is_prose,
    opens,
    seen,
    serials_on,
    stick_to_text,
)
from juanzong.stages.pages.page_figures import SENTENCE, Figure, numbers_beside, with_words
from juanzong.stages.pages.page_marks import framed_number, number_marked, numbers_page
from juanzong.stages.pages.printouts import feet_of, headed_alone, heads_of
from juanzong.stages.pages.roman_pages import roman_pages
from juanzong.stages.pages.stroked import figures_of_text, no_pages, values_of_labels
from juanzong.stages.tables.blanks import counted_end

_BEGINS, _ENDS = (
    frozenset("第·•|｜—–-－[【［"),
    frozenset("页·•|｜—–-－)）]】］"),
)  # of a line with a number at its edge
_FULL_LINES = 5  # a full page has so many at least
_FULL = 0.5  # of the longest page: a page as long as that is a full one
_SAID = re.compile("[，、；。]")  # in lines of prose, and in no running head
_CUT = 0.25  # of the pages end in mid sentence
_PARTS_CUT = 0.5  # of those numbered within a part
_SIDES = 2  # left and right pages
_ROOM = 1.25  # a page may be so much longer than the longest one seen


class Paging(NamedTuple):
    """What the page numbers tell: {index of a line: rule} and, for each line, whether a page begins with it."""

    rules: dict[int, str]
    breaks: list[bool]


def paging_of(lines: Sequence[Line]) -> Paging:
    """The page numbers (rule page-number; running-head where words stand beside them) and the page breaks: at a page
    number, a form feed, two blank lines or where the reader saw one."""
    feet = feet_of(lines)
    other = no_pages(lines)
    dashed = sorted(
        {
            *feet,
            *roman_pages(lines),
            *(i for i, line in enumerate(lines) if not line.tabular and i not in other and numbers_page(line.text)),
        }
    )
    known = frozenset(dashed)
    cells = {
        k for i in range(len(lines)) for k in range(i, counted_end(lines, i, known))
    } - known  # of a table, one a line
    alone = [i for i in range(len(lines)) if i not in cells and _stands_alone(lines, i)]
    values = values_of_labels(lines, alone) | figures_of_text(lines, alone)
    rules = dict.fromkeys((*dashed, *(i for i in alone if i not in values)), "page-number")
    numbers = [f for f in _numbers(lines, rules) if f.line not in cells]
    rules.update((f.line, "running-head" if f.words else "page-number") for f in numbers)
    between = blank_lines_part_pages(lines)
    rows = serials_on(lines, rules)
    breaks = [(seen(lines, i) and i not in rows) or (between and line.blanks > 0) for i, line in enumerate(lines)]
    for places in (dashed, [f.line for f in numbers]):
        for i in _page_starts(lines, places):
            breaks[i] = True
    headed = headed_alone(lines)
    for i in headed:
        breaks[i] = True
    rules.update(dict.fromkeys([*feet, *heads_of(lines, feet, breaks), *headed], "running-head"))
    return Paging(rules, breaks)


def _is_bare(text: str) -> bool:
    bare = text.strip()
    return len(bare) <= 3 and bare.isdecimal()


def _stands_alone(lines: Sequence[Line], i: int) -> bool:
    """Whether a bare figure stands between prose, blank lines around it, as a page number does: not in a chart or table."""
    if not _is_bare(lines[i].text) or lines[i].tabular:
        return False
    after = lines[i + 1] if i + 1 < len(lines) else None
    spaced = lines[i].blanks > 0 and (after is None or after.blanks > 0)
    return (spaced or after is None or after.blanks >= 2) and not _among_figures(lines, i)


def _among_figures(lines: Sequence[Line], i: int) -> bool:
    """Whether what may be a row of a table, or another bare figure, stands next to line i. A table that the reader knows
    has all its figures in it: what stands beside it is none of them."""
    return any(map(_is_row, (*lines[max(0, i - 1) : i], *lines[i + 1 : i + 2])))


def _is_row(line: Line) -> bool:
    return not line.tabular and ("\t" in line.text or _is_bare(line.text))


def _page_starts(lines: Sequence[Line], numbers: Sequence[int]) -> list[int]:
    """Where pages begin by their numbers: after the number, unless blank lines show that numbers stand at the head of
    their page (alone, or under a running head)."""
    tops = [_top(lines, i) for i in numbers]
    heads, feet = sum(top is not None for top in tops), sum(opens(lines, i + 1) for i in numbers)
    if heads > feet:
        return [i if top is None else top for i, top in zip(numbers, tops, strict=True)]
    return [i + 1 for i in numbers if i + 1 < len(lines)]


def _top(lines: Sequence[Line], i: int) -> int | None:
    """The first line of a page whose number, in line i, stands at its head; None where it does not."""
    if opens(lines, i):
        return i
    above = lines[i - 1].text.strip() if i else ""
    head = heading_of(above)
    prose = _SAID.search(above) is not None or (head is not None and head.form == "条")
    return i - 1 if opens(lines, i - 1) and len(above) <= 60 and not prose else None


def _numbers(lines: Sequence[Line], known: dict[int, str]) -> list[Figure]:
    """The figures without dashes that number pages: sequences at page distance; then, at the same places, the single
    numbers of short documents."""
    figures = _figures(lines, known)
    marked = [Figure(i, value, "", "—") for i in sorted(known) if (value := number_marked(lines[i].text)) is not None]
    both = sorted([*figures, *marked], key=lambda f: f.line)
    chains = [chain for chain in chains_of(figures) if not counts_within(chain, marked)]
    chains = [chain for chain in (*chains, *alternating_chains(both)) if _is_paging(lines, chain)]
    sure = sorted({f for chain in chains for f in chain}, key=lambda f: f.line)
    if not sure:
        return []
    longest = max(b.line - a.line for chain in chains for a, b in pairwise(chain))
    heads = {words for words, times in Counter(f.words for f in sure).items() if words and times >= HEADED_PAGES}
    stands_where_they_do = _place_of(lines, sure)
    out: list[Figure] = []
    ahead = 0
    for f in figures:
        while ahead < len(sure) and sure[ahead].line < f.line:
            ahead += 1
        after = sure[ahead] if ahead < len(sure) else None
        before = out[-1] if out else Figure(-1, -1, "")  # no page before the first
        if after == f or (
            _fits_between(f, before, after)
            and f.line - before.line >= LEAST_LINES
            and (f.words in heads or f.line - before.line <= _ROOM * longest)  # rows of tables wrap in many lines
            and f.looks == sure[0].looks
            and stands_where_they_do(f)
        ):
            out.append(f)
    return sorted([*out, *lost(lines, out)], key=lambda f: f.line)


def _place_of(lines: Sequence[Line], sure: Sequence[Figure]) -> Callable[[Figure], bool]:
    """Whether a figure stands where the sure ones mostly do: at the foot of a page, or at its head."""

    def at_foot(f: Figure) -> bool:
        return opens(lines, f.line + 1)

    def at_head(f: Figure) -> bool:
        return _top(lines, f.line) is not None

    places = [place for place in (at_foot, at_head) if sum(map(place, sure)) >= MOSTLY * len(sure)]
    return lambda f: not places or any(place(f) for place in places)


def _fits_between(f: Figure, before: Figure, after: Figure | None) -> bool:
    """Whether a number goes on with the one before it, or begins anew, and the sure one behind it does so as well."""
    if f.value not in (1, before.value + 1):
        return False
    if after is None:
        return True
    return after.value in (1, f.value + 1) and (after.value != before.value + 1 or f.value == before.value)


def _figures(lines: Sequence[Line], known: dict[int, str]) -> list[Figure]:
    """All figures that stand alone on a line, or beside words that another such line has as well."""
    out = []
    feet = Counter(lines[i - 1].text.strip() for i, line in enumerate(lines) if i and _is_bare(line.text))
    for i, line in enumerate(lines):
        text = line.text.strip()
        if line.tabular or (i in known and not _is_bare(text)):
            continue
        if _is_bare(text):
            under_foot = i > 0 and feet[lines[i - 1].text.strip()] >= PAGES and not _is_row(lines[i - 1])
            if i in known or under_foot or not _among_figures(lines, i) or _before_head(lines, i):
                out.append(Figure(i, int(text), ""))
        elif (framed := framed_number(text)) is not None:
            out.append(Figure(i, framed[1], "", framed[0]))
        elif text[-1:].isdigit() or text[:1].isdigit() or text[-1:] in _ENDS or text[:1] in _BEGINS:
            out += with_words(i, text)
    often = numbers_beside(out)
    sure = {f.value for f in out if often[f.words] > 1}
    opened = said_above(lines, {f.line: f.words for f in out if f.words})
    return [
        f._replace(opened=f.line in opened)
        for f in out
        if not f.words or often[f.words] > 1 or f.line in opened or {f.value - 1, f.value + 1} <= sure | {f.value + 1}
    ]


def _is_paging(lines: Sequence[Line], chain: Sequence[Figure]) -> bool:
    """Whether a sequence numbers pages: most gaps are those of full pages of prose, most figures stand at the same edge
    of a block of lines, and some pages end in mid sentence, as the items of a numbered list never do, or have heads."""
    words = Counter(f.words for f in chain)
    if "" not in words and min(words.values()) > 1 and len(words) * PAGES <= 2 * len(chain):
        said = all(f.said for f in chain)  # heads that come back, their numbers rising
        return said or _in_turn(chain) or cut_share(lines, [f.line for f in chain]) >= _CUT
    if "" not in words and max(words.values()) > 1 and cut_share(lines, [f.line for f in chain]) >= MOSTLY:
        return True  # heads of part and chapter in turn, amid sentences
    headings = [f for f in chain if heading_of(f.words)]
    if headings:  # of the chapters that are open, amid sentences
        return all(f.opened for f in headings) and cut_share(lines, [f.line for f in chain]) >= MOSTLY
    if chain[0].frame:
        return _is_framed(lines, [f.line for f in chain], chain[0].frame)
    if _one_head(lines, chain) or _ends_all(lines, chain) or is_long(lines, chain):
        return True
    edge = _edge(lines, chain)
    feet = [f.line for f in chain]
    return bool(edge) and (cut_share(lines, edge) >= _CUT or headed(lines, edge) or stick_to_text(lines, feet))


def _is_framed(lines: Sequence[Line], feet: Sequence[int], frame: str) -> bool:
    """The same of figures with signs round them, which say so much that pages need not be full; of those with the number of
    a part before them (4-12) more pages end in mid sentence, or each is the last line of a page that the reader knows."""
    if frame[0].isdecimal():
        return cut_share(lines, feet) >= _PARTS_CUT or all(ends_page(lines, i) for i in feet)
    return cut_share(lines, feet) >= _CUT or headed(lines, feet)


def _in_turn(chain: Sequence[Figure]) -> bool:
    """Whether two heads stand beside the numbers in turn, as on left and right pages."""
    return (
        len({f.words for f in chain}) == _SIDES
        and all(a.words != b.words for a, b in pairwise(chain))
        and not any(heading_of(f.words) for f in chain)
    )


def _before_head(lines: Sequence[Line], i: int) -> bool:
    """Whether the bundle ends with line i, or its first line stands again right behind it: a page ends there."""
    head = lines[0].text.strip()
    return i + 1 == len(lines) or (len(head) >= HEAD_LENGTH and lines[i + 1].text.strip() == head)


def _one_head(lines: Sequence[Line], chain: Sequence[Figure]) -> bool:
    """Whether the same words stand at the head of the page behind each number, and of the first page, or right above
    each number: pages so short that nothing else tells them."""
    tops = [0, *(f.line + 1 for f in chain)] if chain[0].value == 1 else [f.line + 1 for f in chain]
    behind = [lines[i].text.strip() for i in tops if i < len(lines)]
    above = [lines[f.line - 1].text.strip() for f in chain if f.line]
    return any(
        len(said) >= PAGES and len(set(said)) == 1 and len(said[0]) >= HEAD_LENGTH and not SENTENCE.search(said[0])
        for said in (behind, above)
    )


def _ends_all(lines: Sequence[Line], chain: Sequence[Figure]) -> bool:
    """Whether figures from 1 on stand alone above blank lines, and hardly any blank line stands elsewhere: pages of
    many lengths."""
    if chain[0].value != 1 or len(chain) < HEADED_PAGES or any(f.words for f in chain):
        return False
    blank = sum(opens(lines, i) for i in range(chain[0].line + 1, chain[-1].line + 2))
    return blank * HEADED <= sum(opens(lines, f.line + 1) for f in chain) == len(chain)


def _edge(lines: Sequence[Line], chain: Sequence[Figure]) -> list[int]:
    """The lines at the edges of the pages that a sequence numbers; none where what lies between is no page of prose."""
    gaps = [b.line - a.line for a, b in pairwise(chain)]
    if sum(gap >= max(_FULL_LINES, _FULL * max(gaps)) for gap in gaps) < MOSTLY * len(gaps):
        return []
    between = lines[chain[0].line + 1 : chain[-1].line]
    if not is_prose(between):
        return []
    feet = [f.line for f in chain if opens(lines, f.line + 1)]
    heads = [top for f in chain if (top := _top(lines, f.line)) is not None]
    edge = max(feet, heads, key=len)
    if len(edge) >= MOSTLY * len(chain):
        return edge
    # no blank lines between the pages: then their lengths must say it
    even = sum(gap >= EVEN * max(gaps) for gap in gaps) >= MOSTLY * len(gaps)
    return [f.line for f in chain] if even else []
