"""Radicals that a font's glyph map gives for the characters that look the same."""

from __future__ import annotations

import unicodedata

# CJK Radicals Supplement has no decompositions in Unicode: here those of its radicals that are characters of their own in
# simplified print, by Unicode's EquivalentUnifiedIdeograph.txt
_SUPPLEMENT = dict(
    zip(
        "⺒⺟⺠⺼⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "巳母民肉虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
_SUPPLEMENT |= {"⼾": "户", "⾭": "青"}  # Unicode gives their older forms, which simplified print does not have


def unified(sign: str) -> str:
    """The character that a radical or a compatibility form stands for; the sign itself where it is neither.

    >>> [unified(sign) for sign in "⺠⾦民"]
    ['民', '金', '民']
    """
    new = _SUPPLEMENT.get(sign) or unicodedata.normalize("NFKC", sign)
    return new if len(new) == 1 else sign
