"""A title that was printed over several lines, as one text, without a page's number that got into it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.core.terms import Evidence
from juanzong.core.traced import EMPTY, Traced
from juanzong.language.text import fold
from juanzong.stages.pieces.items import Item

_FIGURE = re.compile(r"(?<=\p{Han})[\s—–\-－·]*\d{1,3}[\s—–\-－·]*(?=\p{Han})")
_IN_MARKS = re.compile(r"《[^《》]+》")
_WITNESSES = 2  # other prints that have the title without the figure; one alone may have lost it


def joined_title(items: Iterable[Item], ledger: Ledger) -> Traced:
    """The pieces of a title joined, each join an edit; empty where there is none."""
    title: Traced = EMPTY
    for item in items:
        title = ledger.join(title, item.text, "wrapped-title") if title else item.text
    return title


def without_page_number(title: Traced, lines: Sequence[Line], ledger: Ledger) -> Traced:
    """The title; a figure in it that no other print of it in `lines` has, and two lack, goes: 市场主体12登记规划."""
    for m in _FIGURE.finditer(title.text):
        bare = fold(title.text[: m.start()] + title.text[m.end() :])
        prints = [line for line in lines if bare in fold(line.text)]
        if len(prints) >= _WITNESSES and sum(fold(title.text) in fold(line.text) for line in lines) <= 1:
            told = [Evidence(line.traced.ranges[0], text=line.text) for line in prints[:_WITNESSES]]
            return ledger.replace(title, *m.span(), "", "page-number", category="content", evidence=told)
    return title


def without_title_marks(title: Traced, ledger: Ledger) -> Traced:
    """A title that stands in 《》 as a whole, without them."""
    if not _IN_MARKS.fullmatch(title.text):
        return title
    for mark in (title[:1], title[-1:]):
        ledger.drop_ranges(mark, "title-marks", category="format")
    return title[1:-1]
