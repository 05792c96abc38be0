"""The few last words of a numbered sentence that a page cut off: before it is told what the numbers are."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.language.numbering import heading_of
from juanzong.language.openings import starts_anew
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item

_LONGEST_REST = 10  # characters; what is longer may be a sentence of its own
_CLAUSE = re.compile("[，；]")
_WORD = re.compile(r"\p{Han}{2}")


def join_cut_rests(items: Sequence[Item], ledger: Ledger) -> list[Item]:
    """All items in order; a numbered sentence that breaks off behind a clause goes on with the few words below it that end
    a sentence, page numbers between them or not, where the two characters at the cut make a word that the bundle has
    elsewhere: 2.填写不规范，漏签依然存 / 在。"""
    out: list[Item] = []
    above: Item | None = None
    for item in items:
        if above is not None and item.is_text and _is_rest(item.s, above.s, ledger.source):
            above.take_rest(item, "cut-by-page", ledger, confidence=0.95)
            continue
        out.append(item)
        above = above if item.rule else item if item.is_text else None
    return out


def _is_rest(text: str, before: str, source: str) -> bool:
    """Whether a line of few words ends the numbered sentence above it."""
    if len(text) > _LONGEST_REST or not ends_sentence(text) or ends_sentence(before) or not _CLAUSE.search(before):
        return False
    word = before[-1] + text[0]
    known = _WORD.fullmatch(word) is not None and word in source
    return known and heading_of(before) is not None and heading_of(text) is None and not starts_anew(text)
