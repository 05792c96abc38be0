"""Stars that stand for what a notice does not print of names and numbers (张**, 3205****1234, 138****0001): they are text,
no marks of emphasis."""

from __future__ import annotations

import regex as re

from juanzong.language.personal_names import SURNAME

_STARS = re.compile(r"\*{2,}")
_FIGURES = re.compile(  # between the figures of a number, before its last ones or in place of them
    r"(?<=\d)\s?\*{2,}\s?(?=[\dXx])|(?<=\d)\s?\*{3,}+(?:\s\*{3,}+){1,4}\s?(?=[\dXx])|(?<=[\dA-Za-z])\s?\*{3,}\s?(?=[\dA-Za-z])|\*{5,}|(?<=\d)\*{3,}(?![^*]*\*)|(?<![\w*])\*{3,}(?=\d{2})"
)
_NAME = re.compile(rf"(?<={SURNAME})\*+")
_WHOLE_NAME = re.compile(
    rf"(?<=(?:^|[\s：:，,、；;。（(“|]){SURNAME})\*{{2}}(?!\*)(?=$|[\s：:，,、；;。）)”|等的与和先女同])"
)


def masks_in(text: str) -> list[tuple[int, int]]:
    """Where such stars stand in a text.

    >>> masks_in("张**，身份证号3205**********1234"), masks_in("电话138****5678"), masks_in("被告人王**与李**")
    ([(1, 3), (12, 22)], [(5, 9)], [(4, 6), (8, 10)])
    >>> masks_in("卡号6217 **** **** 8831"), masks_in("到**2025** **3**月")
    ([(7, 11), (12, 16)], [])
    >>> masks_in("**张某**。到**2025**年"), masks_in("创新合作区。**建设"), masks_in("**王**、李某"), masks_in("***重点***")
    ([], [], [], [])
    """
    found = {m.span() for m in _STARS.finditer(text)}
    if not found:
        return []
    spans = [m.span() for m in _FIGURES.finditer(text)]
    masks = {(a, b) for a, b in found if any(start <= a and b <= end for start, end in spans)}
    names = {m.span() for m in _NAME.finditer(text)}
    if found - masks <= names:  # every pair of stars has a surname before it: none opens emphasis
        return sorted(masks | (found & names))
    return sorted(masks | ({m.span() for m in _WHOLE_NAME.finditer(text)} & found))
