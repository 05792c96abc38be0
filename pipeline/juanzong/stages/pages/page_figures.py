"""A figure that may be a page number, alone on its line or beside words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import regex as re

from juanzong.language.numbering import ANNEX, BOX, FIGURE_CAPTION, TABLE_CAPTION
from juanzong.language.text import fold
from juanzong.stages.pages.page_marks import words_beside

_LEADERS = re.compile(r"\S\s*[.．…·。]{3,}\s*\d+$")  # of a contents list
_GAP = re.compile(r"(?<=\S)\s{2,}(?=\S)")  # between columns
_SIGNED = re.compile(r"[·•—–－\-]\s*\d+\s*[·•—–－\-]")  # signs on both sides of the number
_FIGURES = re.compile(r"\d+")
_ROW = re.compile(r"(?<=\s)\d[\d.,]*%?(?:\s+\d[\d.,]*%?){2}")  # three figures side by side: of a table
SENTENCE = re.compile(r"[\t，。；：<|]")


class Figure(NamedTuple):
    """A figure that may be a page number."""

    line: int
    value: int
    words: str  # folded: what else stands on its line; '' where it stands alone
    frame: str = ""  # signs round it: 【#】
    said: bool = False  # 第 3 页, · 3 ·

    @property
    def looks(self) -> tuple[bool, str]:
        """Whether words stand beside it, and the signs round it: the numbers of one document look alike."""
        return bool(self.words), self.frame


def with_words(i: int, text: str) -> list[Figure]:
    """The number in line i that words stand beside, none where these are a caption's, a sentence's or a contents list's.

    >>> [f.value for f in with_words(7, "松城市水利志 12")], with_words(7, "2 服务体系.......12")
    ([12], [])
    >>> with_words(7, "3 水田村党支部 52 104.0 104.0 312.0")
    []
    >>> [f.value for f in with_words(7, "松城市水利志  第三章  12")], with_words(7, "4  东坪  渡口站  64  林远山")
    ([12], [])
    """
    found = words_beside(text)
    named = ANNEX.match(text) or BOX.match(text) or TABLE_CAPTION.match(text) or FIGURE_CAPTION.match(text)
    if (
        not found
        or named
        or _LEADERS.search(text)
        or len(_GAP.findall(text[slice(*found)])) > 1
        or SENTENCE.search(text[slice(*found)])
        or _ROW.search(text)
    ):
        return []
    a, b = found
    rest = text[:a] + text[b:]
    number = _FIGURES.search(rest)
    return (
        [Figure(i, int(number[0]), fold(text[a:b]), said="页" in rest or bool(_SIGNED.search(rest)))] if number else []
    )


def numbers_beside(figures: Iterable[Figure]) -> Counter[str]:
    """By the words that figures stand beside, how many figures: a row that is printed twice has one."""
    return Counter(words for words, _ in {(f.words, f.value) for f in figures})
