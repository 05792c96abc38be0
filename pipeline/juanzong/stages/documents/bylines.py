"""Papers: the lines between a title and an abstract that say who wrote it and where they work, and the abstract itself."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import regex as re

from juanzong.language import elements as el
from juanzong.language.openings import are_keywords, is_abstract
from juanzong.language.personal_names import SURNAME
from juanzong.stages.pieces.items import Item

_SIGNS = r"[\s\d¹²³⁴*＊,，、;；∗]"  # what parts names, and refers to where they work
_NAMES = re.compile(
    rf"{_SIGNS}*{SURNAME}\s*\p{{Han}}(?:\s*\p{{Han}})?(?:{_SIGNS}+{SURNAME}\s*\p{{Han}}(?:\s*\p{{Han}})?)*{_SIGNS}*"
)
_WORK = r"(?:大学|学院|学校|研究院|研究所|研究中心|公司|医院|中学|小学|党校|[局厅系站馆])"
_PLACE = re.compile(
    rf"\s*(?:[（(][^（）()]*{_WORK}[^（）()]*[）)]|\d?[.．]?\s*\S*{_WORK}\S*[\s,，]\s*\S*\s*\d{{6}})\s*"
)
_NEAR = 6  # lines from a title to its abstract, or from that to its key words
_LONGEST = 80  # characters of such a line
_SURE_NAME = 3  # characters of one name alone: 方法 may be the rest of a title


def opens_abstract(items: Sequence[Item], k: int) -> bool:
    """Whether a paper's abstract begins with item k: its label, and soon its key words."""
    if not items[k].is_text or not is_abstract(items[k].s):
        return False
    return any(x.is_text and are_keywords(x.s) for x in islice(items, k + 1, k + 1 + _NEAR))


def is_byline(items: Sequence[Item], k: int) -> bool:
    """Whether item k says who wrote a paper, or where: such lines go on to its abstract.

    One name of two characters alone (方法) needs a place below.
    """
    text = items[k].s.strip()
    if not items[k].is_text or len(text) > _LONGEST or not _names_writers(text):
        return False
    for j in range(k + 1, min(k + _NEAR, len(items))):
        if opens_abstract(items, j):
            return j > k + 1 or len(text) >= _SURE_NAME
        if not items[j].is_text or not _names_writers(items[j].s.strip()):
            return False
    return False


def opens_paper(items: Sequence[Item], k: int) -> bool:
    """Whether item k is the first under a paper's title."""
    return opens_abstract(items, k) or is_byline(items, k)


def _names_writers(text: str) -> bool:
    placed = text[-1:] in "）)" or text[-1:].isdecimal()
    return _NAMES.fullmatch(text) is not None or (placed and _PLACE.fullmatch(text) is not None) or el.is_organ(text)
