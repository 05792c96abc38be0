"""Lines that stand on a form beside its table: who has drawn it up, how to fill it in."""

from __future__ import annotations

import regex as re

from juanzong.language.organs import is_organ

_MADE_BY = re.compile(r"\s*(?:监|印|编|统一印|统一监)?\s*(?:制|印)$")
_FILLED_IN = re.compile(r"填\s*[表写报]\s*(?:说\s*明|须\s*知|要\s*求|注\s*意\s*事\s*项)")


def is_of_form(text: str) -> bool:
    """Whether a line stands on a form under its title: who has drawn it up, or how to fill it in.

    >>> is_of_form("某市教育局制"), is_of_form("填 表 说 明"), is_of_form("某市编制说明")
    (True, True, False)
    """
    made = _MADE_BY.search(text)
    return _FILLED_IN.fullmatch(text) is not None or (made is not None and is_organ(text[: made.start()]))
