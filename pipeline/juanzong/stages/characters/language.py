"""English words that the transcriber put in the place of Chinese ones."""

from __future__ import annotations

import regex as re

from juanzong.stages.characters.rule import CLOSING, HAN, OPENING, Change

CONJUNCTION = re.compile(rf"(?<=[{HAN}{CLOSING}])\s*\b(and|with|or)\b\s*(?=[{HAN}{OPENING}])")
_CHINESE = {"and": "和", "with": "与", "or": "或"}


def translate_conjunctions(text: str) -> list[Change]:
    """A model that reads Chinese slips into English at a conjunction: between Chinese characters none is ever printed.

    >>> from juanzong.stages.characters.rule import mend
    >>> mend("贸易投资融资 and 服务一体化，商贸企业 with 物流企业", translate_conjunctions)
    '贸易投资融资和服务一体化，商贸企业与物流企业'
    >>> translate_conjunctions("R and D 投入"), translate_conjunctions("研发 and development")
    ([], [])
    """
    return [Change(*m.span(), _CHINESE[m[1]]) for m in CONJUNCTION.finditer(text)]
