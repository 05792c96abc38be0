"""Figures alone in a line that may number a page, or say something else: a page and how many there are (3/8), or a score, a
date, a fraction; a page behind a dash (-3), or a figure below nought."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line

_STROKED = re.compile(r"\s*(\d{1,4})\s*[/／]\s*(\d{1,4})\s*")
_BELOW = re.compile(r"\s*[-－](\d{1,4})\s*")
_BETWEEN = re.compile(r"\s*[-－—–]\s*(\d{1,4})\s*[-－—–]\s*")
_DASHES = ("-", "－", "—", "–")
_LONGEST = 16  # characters of such a line
_OFTEN = 3  # times that a text has one of them


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
