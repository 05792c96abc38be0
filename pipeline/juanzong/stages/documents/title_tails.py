"""What a title ends in below its first lines: the bracket that says when it was revised, in pieces; what the text tells of
《…》."""

from __future__ import annotations

import regex as re

_WORDS = r"[\d\s年月日第次版修订正试行暂稿]"
_OPEN = re.compile(rf"[（(]{_WORDS}*$")
_PIECE = re.compile(rf"{_WORDS}{{1,12}}[）)]?")


def goes_on_in_tail(run: str, text: str) -> bool:
    """Whether a line goes on with the bracket that a title's lines so far have opened.

    >>> goes_on_in_tail("某院周转房管理办法（2023", "年"), goes_on_in_tail("某院周转房管理办法（2023年", "8 月修订）")
    (True, True)
    >>> goes_on_in_tail("某院周转房管理办法", "2023年"), goes_on_in_tail("某院周转房管理办法（草案", "第一章")
    (False, False)
    """
    return _PIECE.fullmatch(text.strip()) is not None and _OPEN.search(run) is not None


_MARKED = re.compile(r"\s*《[^《》]+》\s*")
_TELLS = re.compile(r"\s*(?:政策解读|解读|(?:编制|起草|修订|制定)?说明|释义|问答)\s*")


def is_told_of(run: str, text: str) -> bool:
    """Whether lines that say nothing but a name in marks go on with what the text tells of it.

    >>> is_told_of("《某市渡口管理办法》", "政策解读"), is_told_of("某市渡口管理办法", "说明"), is_told_of("《某办法》", "第一章")
    (True, False, False)
    """
    return _MARKED.fullmatch(run) is not None and _TELLS.fullmatch(text) is not None
