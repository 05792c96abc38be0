"""Whether a PDF's text layer says what is printed: fonts whose glyphs are mapped to wrong characters are found by what no
sound layer shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from juanzong.read.pdf_device import Drawn

FULL_WIDTH = (0.97, 1.03)  # ems; as wide as this are Chinese characters, and of Latin ones a W or a dash at most
MANY_CODES = 3  # glyphs of one font that all say the same character
LONG = 3  # characters of one glyph; ligatures have fewer, or are Latin letters
ENOUGH = 60  # Chinese characters by whose commonness a layer is judged
COMMON_SHARE = 0.12  # of them are among COMMON: running text has .4 to .6, lists of names .2

COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学"
    "法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外"
    "天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很"
    "情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别手"
    "角期根论运农指几九区强放决西被干做必先回则任取据处世县市镇乡村省委办局厅规划项目服务保护责单报告书称元万亿率积单值号"
    "东南北城安标准科技教育林业环境监督检查落实完增长共六七八百千人员姓名职称考核评价材料情况要求工作"
)
"""The Chinese characters that official papers write most: half of any running text."""

_MOJIBAKE = 0.3  # share of Latin-1 letters from which they are mis-decoded Chinese


def unreadable_share(text: str) -> float:
    """The share of characters that say nothing: no mapping, private use, replacement, mis-decoded Latin-1 runs.

    >>> unreadable_share("第一条"), unreadable_share("(cid:12)(cid:7)"), unreadable_share("µÚÒ»ÌõÎªÁË")
    (0.0, 1.0, 1.0)
    """
    bare = "".join(text.split())
    if not bare:
        return 0.0
    letters = bare.replace("(cid:", "\ufffd")
    unmapped = letters.count("\ufffd")
    if unmapped:
        said = sum("\u4e00" <= c <= "\u9fff" or (c.isascii() and c.isalpha()) for c in letters)
        return min(1.0, unmapped / max(1, unmapped + said))
    bad = sum("\ue000" <= c <= "\uf8ff" or c < " " or "\x80" <= c <= "\x9f" for c in bare)
    if not any("\u3000" <= c <= "\u9fff" for c in bare):
        latin = sum("\xa1" <= c <= "\xff" for c in bare)
        bad += latin if latin > _MOJIBAKE * len(bare) else 0
        if latin > 0.6 * len(bare):
            return 1.0
    return bad / len(bare)


def unreadable(glyphs: Sequence[Drawn]) -> list[bool]:
    """For each glyph whether its text is none: unmapped, or mapped to what its glyph cannot be."""
    nothing = {text for text in {d.glyph.text for d in glyphs} if unreadable_share(text) > 0}
    wrong = [d.glyph.text in nothing for d in glyphs]
    fonts: defaultdict[str, list[int]] = defaultdict(list)
    for k, d in enumerate(glyphs):
        if not d.glyph.text.isspace():
            fonts[d.glyph.font].append(k)
    for members in fonts.values():
        for k in _mismapped([glyphs[m] for m in members]):
            wrong[members[k]] = True
    han = [k for k, d in enumerate(glyphs) if "\u4e00" <= d.glyph.text[:1] <= "\u9fff"]
    if len(han) >= ENOUGH and sum(glyphs[k].glyph.text in COMMON for k in han) < COMMON_SHARE * len(han):
        for k in han:
            wrong[k] = True
    return wrong


def _mismapped(glyphs: Sequence[Drawn]) -> list[int]:
    """Of one font's glyphs those that are mapped to a character that they cannot show."""
    out = set()
    codes: defaultdict[str, set[int]] = defaultdict(set)
    for d in glyphs:
        codes[d.glyph.text].add(d.code)
    for k, d in enumerate(glyphs):
        text = d.glyph.text
        many = len(text) >= LONG and d.advance < 1.5
        if not text.isascii() and (many or len(codes[text]) >= MANY_CODES):
            out.add(k)
    narrow = [k for k, d in enumerate(glyphs) if len(d.glyph.text) == 1 and " " < d.glyph.text < "\u0250"]
    wide = [k for k in narrow if FULL_WIDTH[0] <= glyphs[k].advance <= FULL_WIDTH[1]]
    kinds = Counter(glyphs[k].glyph.text for k in wide)
    if len(kinds) >= 4 and len(wide) > 0.6 * len(narrow):
        out.update(wide)
    return sorted(out)
