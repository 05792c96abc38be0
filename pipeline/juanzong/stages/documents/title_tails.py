"""The bracket at a title's end that says when it was revised, in pieces."""

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
