"""Lines -> page numbers, and where pages begin. A number in dashes says so itself; a bare figure is a page number where
it is one of a sequence n, n+1, n+2 ... at about a page's distance, alone on its line or beside a running head."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from juanzong.core.lines import Line
from juanzong.stages.pages.open_chapters import said_above
from juanzong.stages.pages.page_chains import LEAST_LINES, alternating_chains, chains_of, counts_within, lost, skipping
from juanzong.stages.pages.page_edges import (
    HEAD_LENGTH,
    HEADED_PAGES,
    PAGES,
    blank_lines_part_pages,
    opens,
    seen,
    serials_on,
)
from juanzong.stages.pages.page_figures import Figure, numbers_beside, with_words
from juanzong.stages.pages.page_marks import framed_number, number_marked, numbers_page
from juanzong.stages.pages.page_sequences import numbers_pages, top_of
from juanzong.stages.pages.printouts import feet_of, headed_alone, heads_of
from juanzong.stages.pages.roman_pages import roman_pages
from juanzong.stages.pages.stroked import figures_of_text, no_pages, values_of_labels
from juanzong.stages.tables.blanks import counted_end

_BEGINS, _ENDS = (
    frozenset("第·•|｜—–-－[【［"),
    frozenset("页·•|｜—–-－)）]】］"),
)  # of a line with a number at its edge
_ROOM = 1.25  # a page may be so much longer than the longest one seen


class Paging(NamedTuple):
    """What the page numbers tell: {index of a line: rule} and, for each line, whether a page begins with it."""

    rules: dict[int, str]
    breaks: list[bool]


def paging_of(lines: Sequence[Line]) -> Paging:
    """The page numbers (running-head: with words beside them) and the breaks: there, at form feeds, two blank lines, as read."""
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
    alone = [i for i in alone if i not in values]
    rules = dict.fromkeys((*dashed, *alone), "page-number")
    numbers = _numbers(lines, rules)
    known_so = {i: Figure(i, int(lines[i].text), "") for i in alone} | {f.line: f for f in numbers}
    numbers += lost(lines, [known_so[i] for i in sorted(known_so)])
    numbers = sorted((f for f in numbers if f.line not in cells), key=lambda f: f.line)
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
    tops = [top_of(lines, i) for i in numbers]
    heads, feet = sum(top is not None for top in tops), sum(opens(lines, i + 1) for i in numbers)
    if heads > feet:
        return [i if top is None else top for i, top in zip(numbers, tops, strict=True)]
    return [i + 1 for i in numbers if i + 1 < len(lines)]


def _numbers(lines: Sequence[Line], known: dict[int, str]) -> list[Figure]:
    """The figures without dashes that number pages: sequences at page distance; then, at the same places, the single
    numbers of short documents."""
    figures = _figures(lines, known)
    marked = [Figure(i, value, "", "—") for i in sorted(known) if (value := number_marked(lines[i].text)) is not None]
    both = sorted([*figures, *marked], key=lambda f: f.line)
    chains = [chain for chain in chains_of(figures) if not counts_within(chain, marked)]
    chains = [chain for chain in (*chains, *alternating_chains(both)) if numbers_pages(lines, chain)]
    sure = sorted({f for chain in chains for f in chain}, key=lambda f: f.line)
    if not sure:
        return skipping(lines, figures)
    longest = max(b.line - a.line for chain in chains for a, b in pairwise(chain))
    heads = {words for words, times in Counter(f.words for f in sure).items() if words and times >= HEADED_PAGES}
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
        ):
            out.append(f)
    return out


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
        f
        for f in out
        if not f.words or often[f.words] > 1 or f.line in opened or {f.value - 1, f.value + 1} <= sure | {f.value + 1}
    ]


def _before_head(lines: Sequence[Line], i: int) -> bool:
    """Whether the bundle ends with line i, or its first line stands again right behind it: a page ends there."""
    head = lines[0].text.strip()
    return i + 1 == len(lines) or (len(head) >= HEAD_LENGTH and lines[i + 1].text.strip() == head)
