"""A title that was printed over several lines, as one text, without a page's number that got into it or its own number."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate

import regex as re

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.core.terms import Evidence
from juanzong.core.traced import EMPTY, Traced
from juanzong.language import elements as el
from juanzong.language.stuck_figures import stuck_figure
from juanzong.language.text import fold
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.values import add_number

_FIGURE = re.compile(r"(?<=\p{Han})[\s—–\-－·]*\d{1,3}[\s—–\-－·]*(?=\p{Han})")
_IN_MARKS = re.compile(r"《[^《》]+》|“[^“”]+”")
_WITNESSES = 2  # other prints that have the title without the figure; one alone may have lost it


def joined_title(items: Iterable[Item], ledger: Ledger) -> Traced:
    """The pieces of a title joined, each join an edit; empty where there is none."""
    title: Traced = EMPTY
    for item in items:
        title = ledger.join(title, item.text, "wrapped-title") if title else item.text
    return title


class Prints:
    """The lines of a text, folded once, to be looked through for a title."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines

    @cached_property
    def _folded(self) -> str:
        return "\n".join(fold(line.text).replace("\n", " ") for line in self._lines) + "\n"

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self._folded.split("\n"))]

    def first(self, words: str, many: int) -> list[Line]:
        """The first lines, at most so many, that hold the words (folded)."""
        out: list[Line] = []
        at = self._folded.find(words)
        while at >= 0 and len(out) < many:
            k = bisect_right(self._starts, at) - 1
            out.append(self._lines[k])
            at = self._folded.find(words, self._starts[k + 1])
        return out


def without_page_number(title: Traced, prints: Prints, ledger: Ledger) -> Traced:
    """The title; a figure in it that no other of its `prints` has, and two lack, goes: 市场主体12登记规划. One that stuck to
    its beginning or end and that no other print lacks is told alone."""
    stuck = stuck_figure(title.text)
    for a, b in [*(m.span() for m in _FIGURE.finditer(title.text)), *([stuck] if stuck else ())]:
        without = prints.first(fold(title.text[:a] + title.text[b:]), _WITNESSES + ((a, b) == stuck))
        lacking = [line for line in without if fold(title.text) not in fold(line.text)]
        if len(lacking) >= _WITNESSES and len(prints.first(fold(title.text), 2)) <= 1:
            told = [Evidence(line.traced.ranges[0], text=line.text) for line in lacking[:_WITNESSES]]
            return ledger.replace(title, a, b, "", "page-number", category="content", evidence=told)
    if stuck is not None and title.ranges:
        ledger.suggest(*title.span(*stuck), "", "page-number")
    return title


def without_title_marks(title: Traced, ledger: Ledger) -> Traced:
    """A title that stands in 《》 or “” as a whole, without them."""
    if not _IN_MARKS.fullmatch(title.text):
        return title
    for mark in (title[:1], title[-1:]):
        ledger.drop_ranges(mark, "title-marks", category="format")
    return title[1:-1]


def part_number(document: tree.Document, ledger: Ledger) -> None:
    """A document number printed at the end of the title is no part of it: 关于…的通知（某政发〔2021〕3号); nor is a
    standard's before or behind it."""
    title = document.title
    if m := el.STANDARD.search(title.text):
        name, rest = title[m.end() :].strip(), title[: m.start()].strip()
        if (not rest or not name) and el.type_of_title((name or rest).text) is not None:
            add_number(document.metadata, title[m.start() : m.end()], ledger)
            document.title = name or rest
            return
    start = el.order_number(title.text) or el.number_start(title.text)
    if 0 < start < len(title.text) and el.type_of_title(title.text[:start]) is not None:
        add_number(document.metadata, title[start:].strip(), ledger)
        document.title = title[:start].strip()
