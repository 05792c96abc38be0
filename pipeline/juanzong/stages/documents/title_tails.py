"""What a title ends in below its first lines: the bracket that says when it was revised, in pieces; what the text tells of
《…》."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.language.document_types import PART_OF_STANDARD
from juanzong.language.standards import standard_mark
from juanzong.stages.pieces.items import Item

_WORDS = r"[\d\s年月日第次版修订正试行暂稿]"
_OPEN = re.compile(rf"[（(]{_WORDS}*$")
STANDARD_PART = re.compile(rf"{PART_OF_STANDARD}[^。；]{{2,40}}")
_PIECE = re.compile(rf"{_WORDS}{{1,12}}[）)]?")


def goes_on_in_tail(run: str, text: str) -> bool:
    """Whether a line goes on with the bracket that a title's lines so far have opened.

    >>> goes_on_in_tail("某院周转房管理办法（2023", "年"), goes_on_in_tail("某院周转房管理办法（2023年", "8 月修订）")
    (True, True)
    >>> goes_on_in_tail("某院周转房管理办法", "2023年"), goes_on_in_tail("某院周转房管理办法（草案", "第一章")
    (False, False)
    """
    return _PIECE.fullmatch(text.strip()) is not None and _OPEN.search(run) is not None


def is_part(items: Sequence[Item], i: int, k: int) -> bool:
    """Whether item k says which part of a standard it is, under its name, items[i], and its number: 第2部分：渡船."""
    named = 0 < i < k and items[i - 1].is_text and standard_mark(items[i - 1].s) == "doc_number"
    return named and items[k].is_text and STANDARD_PART.fullmatch(items[k].s) is not None


_MARKED = re.compile(r"\s*《[^《》]+》\s*")
_TELLS = re.compile(r"\s*(?:政策解读|解读|(?:编制|起草|修订|制定)?说明|释义|问答)\s*")


def is_told_of(run: str, text: str) -> bool:
    """Whether lines that say nothing but a name in marks go on with what the text tells of it.

    >>> is_told_of("《某市渡口管理办法》", "政策解读"), is_told_of("某市渡口管理办法", "说明"), is_told_of("《某办法》", "第一章")
    (True, False, False)
    """
    return _MARKED.fullmatch(run) is not None and _TELLS.fullmatch(text) is not None
