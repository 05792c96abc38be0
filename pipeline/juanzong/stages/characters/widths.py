"""Characters that look right and are not: invisible ones, radicals and compatibility forms, full-width figures."""

from __future__ import annotations

import unicodedata

import regex as re

from juanzong.stages.characters.rule import Change


def _between(*ends: str) -> frozenset[str]:
    """The characters from the first to the last of each two."""
    return frozenset(chr(c) for ab in ends for c in range(ord(ab[0]), ord(ab[1]) + 1))


INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]+")
INVISIBLE_SIGNS = _between("\xad\xad", "\u200b\u200f", "\u202a\u202e", "\u2060\u2064", "\ufe00\ufe0f", "\ufeff\ufeff")
RADICAL = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
RADICAL_SIGNS = _between("\u2e80\u2fdf", "\uf900\ufaff", "\U0002f800\U0002fa1f")
WIDE_FIGURE = re.compile("[０-９Ａ-Ｚａ-ｚ％]+|(?<=[0-9０-９])．(?=[0-9０-９])")

# CJK radicals that have no decomposition but an equal character: Unicode's EquivalentUnifiedIdeograph.txt
_EQUAL = {
    "⺁⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺖⺗⺘⺙⺛⺝⺞": "厂乙亻冂几刀刂卜㔾小小兀尣尢𡯂巳幺忄㣺扌攵旡月歺",
    "⺟⺠⺡⺢⺣⺤⺥⺦⺨⺩⺪⺫⺬⺭⺮⺯⺰⺲⺶⺷⺸⺹⺺⺻": "母民氵氺灬爫爫丬犭王疋罒示礻竹糹纟罒羊羋𦍌耂肀聿",
    "⺼⺽⺾⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻏⻐⻑⻒⻓⻔⻕⻖⻗": "月臼艹虎衤覀西见角𧢲讠贝𧾷车辶阝钅長镸长门𨸏阝雨",
    "⻘⻙⻚⻛⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰": "青韦页风飞食飠饣𩙿马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙",
    "⻲⻳": "亀龟",
}
_RADICALS = {a: b for old, new in _EQUAL.items() for a, b in zip(old, new, strict=True)}


def drop_invisible(text: str) -> list[Change]:
    """Zero-width blanks, joiners, soft hyphens and byte order marks have no print.

    >>> from juanzong.stages.characters.rule import mend
    >>> mend("职业\\u200b院校\\ufeff", drop_invisible)
    '职业院校'
    """
    return [Change(*m.span(), "") for m in INVISIBLE.finditer(text)]


def unify_radicals(text: str) -> list[Change]:
    """A font's glyph map gives radicals and compatibility forms for the characters that look the same.

    >>> from juanzong.stages.characters.rule import mend
    >>> mend("⻓期⽂化金⾦", unify_radicals)
    '长期文化金金'
    """
    out = []
    for m in RADICAL.finditer(text):
        plain = _RADICALS.get(m[0]) or unicodedata.normalize("NFKC", m[0])
        if plain != m[0]:
            out.append(Change(*m.span(), plain))
    return out


def narrow_figures(text: str) -> list[Change]:
    """Full-width figures and letters in a bundle that writes them half-width.

    >>> from juanzong.stages.characters.rule import mend
    >>> mend("２０２２年增长３．５％（ＧＤＰ）", narrow_figures)
    '2022年增长3.5%（GDP）'
    """
    return [Change(*m.span(), unicodedata.normalize("NFKC", m[0])) for m in WIDE_FIGURE.finditer(text)]
