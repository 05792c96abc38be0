"""Figures alone in a line that may number a page, or say something else: a page and how many there are (3/8), or a score, a
date, a fraction; a page behind a dash (-3), or a figure below nought; or what the labels between them have for values."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

import regex as re

from juanzong.core.lines import Line
from juanzong.language.text import ends_sentence
from juanzong.stages.pages.page_edges import is_prose

_STROKED = re.compile(r"\s*(\d{1,4})\s*[/／]\s*(\d{1,4})\s*")
_BELOW = re.compile(r"\s*[-－](\d{1,4})\s*")
_BETWEEN = re.compile(r"\s*[-－—–]\s*(\d{1,4})\s*[-－—–]\s*")
_DASHES = ("-", "－", "—", "–")
_LONGEST = 16  # characters of such a line
_OFTEN = 3  # times that a text has one of them
_NEAR = 4  # lines from a value to the next: a name and one or two words that tell it
_VALUES = 3  # of them, at least
_COUNTED = (1, 2)  # from a page to the next whose number was read
_UNIT = re.compile(  # what a text counts in, its mark or the end behind it: no word that a page's end cut in two
    r"\s*(?:平方公里|公里|千米|平方米|立方米|公顷|[万亿]元|万人|元|亩|吨|万吨|千克|公斤|毫米|厘米|小时|分钟)(?=[，。；、）]|\s*$)"
)


def no_pages(lines: Sequence[Line]) -> set[int]:
    """The lines that say so much and number no page: the first figure is the greater, or no other one counts pages of as
    many, and it comes but once or twice; or of those behind a dash none is the next. The only one of its kind numbers a
    page, unless the line above asks for a figure."""
    found: dict[int, tuple[int, int]] = {}
    below: dict[int, int] = {}
    values: set[int] = set()  # of all figures behind a dash, or between two
    for i, line in enumerate(lines):
        text = line.text
        if len(text) > _LONGEST:
            continue
        if ("/" in text or "／" in text) and (m := _STROKED.fullmatch(text)):
            found[i] = (int(m[1]), int(m[2]))
        elif ("-" in text or "－" in text) and (m := _BELOW.fullmatch(text)):
            below[i] = int(m[1])
            values.add(below[i])
        elif text.rstrip()[-1:] in _DASHES and (m := _BETWEEN.fullmatch(text)):
            values.add(int(m[1]))
    pages: defaultdict[int, set[int]] = defaultdict(set)
    for page, of in found.values():
        pages[of].add(page)
    more = {i for i, (page, of) in found.items() if page > of}
    often = Counter(found.values())  # what a tool puts between all pages, whatever it says
    strange = {i for i, n in found.items() if n[1] > 1 and len(pages[n[1]]) == 1 and often[n] < _OFTEN}
    lone = {i for i, value in below.items() if values.isdisjoint((value - 1, value + 1))}
    only = {i for kind in (found, below) if len(kind) == 1 for i in kind}
    may = {i for i in only if not (i and lines[i - 1].text.rstrip().endswith(("：", ":")))}
    return more | ((strange | lone) - may)


def values_of_labels(lines: Sequence[Line], places: Sequence[int]) -> set[int]:
    """Those of the bare figures that are what the short lines between them have for values (a name, its points, the next
    name), each near the last and hardly one the next in number: no pages are so short and numbered so. Where none is less
    than the one before, they may be the pages of a list's entries."""
    out: set[int] = set()
    run: list[int] = []
    for i in [*places, len(lines) + _NEAR]:
        if run and i - run[-1] > _NEAR:
            steps = [int(lines[b].text) - int(lines[a].text) for a, b in pairwise(run)]
            counted = 2 * sum(step in _COUNTED for step in steps) > len(steps) or min(steps, default=0) >= 0
            between = [line for a, b in pairwise(run) for line in lines[a + 1 : b]]
            if len(run) >= _VALUES and not counted and not is_prose(between):
                out.update(run)
            run = []
        run.append(i)
    return out


def figures_of_text(lines: Sequence[Line], places: Sequence[int]) -> set[int]:
    """Those of the bare figures behind which the text goes on with what it counts in (全长 | 213 | 公里，流域…), and which
    neither follow the one before nor lead to the next, as numbers of pages do."""
    out = set()
    for k, i in enumerate(places):
        if i == 0 or i + 1 == len(lines) or not _UNIT.match(lines[i + 1].text) or ends_sentence(lines[i - 1].text):
            continue
        near = [int(lines[j].text) for j in (*places[max(0, k - 1) : k], *places[k + 1 : k + 2])]
        if not any(abs(int(lines[i].text) - value) in _COUNTED for value in near):
            out.add(i)
    return out
