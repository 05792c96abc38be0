"""结构层次序数: the numbering forms of headings, read off the head of a line."""

from __future__ import annotations

from typing import NamedTuple

import regex as re

from juanzong.core.remembered import remembered
from juanzong.language.text import nfkc, number_of

_CN = "一二三四五六七八九十百千零〇两"
_CAPITALS = "壹贰叁参肆伍陆柒捌玖拾"  # 参 for 叁, as traditional print has 參
_STOP = "[.．﹒]"  # after a figure; print and readers vary
_DOT = r"[·•․‧・。｡](?=\s*\p{Han})"  # what readers take it for, before a title
_MORE = rf"(?:\s?(?:、|{_STOP})(?=\s*\p{{Han}}))?"  # a stop that a number in brackets needs none of
# a title that begins with a year, behind this one's first figure: 4.2025年度计划; no day, no sentence
_YEAR = r"(?<=[12])[09]\d{2}\s?年(?!\s?\d)(?=[^，。；]{0,60}$)"
_AMONG = (
    rf"\s?之\s?(?:[{_CN}\d]{{2,3}}(?=\s|$)|[{_CN}]|\d{{1,2}}(?=\s|$))"  # an article put in later: 之一, 之十二, 之 1
)
PUT_IN = re.compile("[之－-]")  # in the number of such an article
# form -> (rank: smaller stands higher, pattern of the number at a line's head). Ranks follow GB/T 9704-2012, 7.3.3
# (一、 > （一） > 1. > （1）), with 编, 章, 节 and 条 of plans and regulations, and 壹、 of reports, above.
_FORMS: tuple[tuple[str, int, str], ...] = (
    (
        "编",
        -1,
        rf"第\s?[{_CN}\d]+\s?(?:编|(?:篇|部分)(?:[：:、]|(?=\s|$|\p{{Han}}{{2,16}}$)))|[上中下]\s?[篇编](?=\s|$)",
    ),
    ("分编", 0, rf"第\s?[{_CN}\d]+\s?分\s?编"),
    ("章", 1, rf"第\s?[{_CN}\d]+\s?章"),
    ("节", 2, rf"第\s?[{_CN}\d]+\s?节"),
    (
        "条",
        3,
        rf"第\s?[{_CN}\d]+\s?条(?:{_AMONG})?|[【［]第\s?[{_CN}\d]+\s?条(?:{_AMONG})?[】］](?=\s*\p{{Han}})"
        r"|第\s?\d+\s?[-－]\s?\d+\s?条(?=\s|$)",
    ),
    ("壹、", 3, rf"[{_CAPITALS}]{{1,3}}、|[Ⅰ-Ⅻ]\s?(?:、|{_STOP})\s?(?=\p{{Han}})"),
    # a comma for 、 only before a title: 一，高于全省平均，… is the rest of a sentence
    (
        "一、",
        4,
        rf"[{_CN}]{{1,4}}\s?(?:[、﹑]|{_STOP}(?![{_CN}\d]))|[一二三四五六七八九十]{{1,3}}[,，](?=\p{{Han}}[^,，。；;]{{1,30}}\s*$)",
    ),
    (
        "（一）",
        5,
        rf"[（(]\s?[{_CN}]{{1,4}}\s?[）)]{_MORE}|[㈠-㈩]|[【［\[〔]\s?[{_CN}]{{1,3}}\s?[】］\]〕](?=\s*\p{{Han}})",
    ),
    ("1.", 6, rf"\d{{1,3}}\s?(?:{_STOP}(?!\d(?!G\p{{Han}}|{_YEAR}))|[、﹑]|{_DOT})|[０-９]{{1,3}}(?:{_STOP}|、)|[⒈-⒛]"),
    ("（1）", 7, rf"[（(]\s?\d{{1,3}}\s?[）)]{_MORE}|[⑴-⒇]"),
    ("1）", 8, r"\d{1,2}\s?[）)](?=\s*\p{Han})"),
)
# with them the levels of GB/T 1.1, which are told from quantities only by the outline they make (decimals.py)
RANK = {form: rank for form, rank, _ in _FORMS} | {"1": 4, "1.1": 5, "1.1.1": 6, "1.1.1.1": 7}
_HEAD = re.compile("|".join(f"(?P<f{k}>{pattern})" for k, (_, _, pattern) in enumerate(_FORMS)))
HALVES = {"上": 1, "中": 2, "下": 3}  # 上篇, 下篇
_FIRST = frozenset("第" + _CN + _CAPITALS + "".join(HALVES))  # with which of the Chinese characters a number may begin
# 一、二等奖由…颁发。 or 一、二、三年级…。 or 三、四月份…，…。: a list of ordinals opens a sentence
_ORDINALS = re.compile(
    r"(?P<a>[一二三四五六七八九])、(?P<b>[二三四五六七八九十])"
    r"(?:(?P<wide>等奖|年级)|[级类期班组]\p{Han}|日(?!游)\p{Han}|、[三四五六七八九十]|月[^，]+，|季度[^，]+，|(?:月份?|季度)[各每均分也仍]).*[。；]$"
)
# （一）（二）两项工作…: several of one form stand for what they number
_TOGETHER = re.compile(
    rf"[（(]\s?(?:[{_CN}]{{1,4}}\s?[）)][、和及与或至到]?[（(]\s?[{_CN}]{{1,4}}\s?[）)]|\d{{1,3}}\s?[）)][、和及与或至到]?[（(]\s?\d{{1,3}}\s?[）)])"
)
_ROMAN = 0x215F  # Ⅰ to Ⅻ stand in one row of Unicode, from the next on
_NUMERAL = re.compile(rf"[{_CN}]+|[{_CAPITALS}]+|\d+|[０-９]+")
ARTICLES_HELD = re.compile(
    r"[（(]\s*第[^（）()]{1,12}条\s*[）)]$"
)  # behind a chapter in a contents list: 总则（第一条—第三条）
UNNUMBERED = re.compile(
    r"(?:前\s*言|序\s*言|引\s*言|导\s*言|绪\s*论|概\s*述|凡\s*例|大\s*事\s*记|编\s*后\s*记|导\s*语|结\s*语|结束语|后\s*记|序|附\s*则|总\s*则|注\s*释\s*[:：]?|附\s*注\s*[:：]?|参考文献)$"
)
BOX = re.compile(
    r"[【〖]?(?:专\s?栏|工程专栏|信息栏|知识链接)\s*(?:\d{1,3}(?:[-–—－.．]\d{1,3})?|[一二三四五六七八九十]{1,3})?\s*[:：]?(?=\s|\S)"
)
DECIMAL = r"\d+(?:[.．]\d+)+"
"""The number of an indicator that a bundle is the evidence for, or of a section: 3.1.2."""
COUNT = r"(?:(?:\d{1,3}|[A-Z]\s?[.．]\s?\d{1,3}(?!\d))(?:[-–—.－]\d{1,3}(?!\d))*+|[一二三四五六七八九十]{1,3})"
"""How tables and figures are counted: 1, 2-1-3, A.1, 三."""
TABLE_CAPTION = re.compile(rf"(?P<number>(?:附?表|续表)\s?{COUNT})(?![\d个年月])[\s:：.．、]*(?=\S)")
TABLE_LABEL = re.compile(r"附\s?表\s*[:：]\s*(?=\S)")
"""The only table of a document, named above it: 附表：…"""
GOES_ON = r"(?:续\s*上?\s*表|接\s*上\s*[表页]|[转接续]\s*下\s*[表页])"
"""What the head or the foot of a page prints where a table goes on over the page."""
CONTINUED_BEHIND = re.compile(
    rf"\s*[（(]\s*(?:续\s*上?\s*表?|接上表|续前)\s*{COUNT}?\s*[）)]\s*$|(?<=[\d一二三四五六七八九十])\s+续表?\s*$"
    r"|(?<=^附?表\s?\d{1,3})续表?\s*$"
)
"""The same behind the caption that is printed again: 某某表（续）, 表1（续表）, 表1 续."""
CONTINUED = re.compile(rf"[（(【\[]?\s*{GOES_ON}\s*[）)】\]]?\s*(?:$|\d)")
FIGURE_CAPTION = re.compile(rf"(?P<number>附?图\s?{COUNT})(?![\d个年月])[\s:：.．、]*(?=\S)")
ANNEX = re.compile(
    r"附\s?录\s?[A-ZＡ-Ｚ](?![A-Za-z])|附\s?(?:件|录|表)\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})?(?:[-—－]\d{1,2})?\s?[:：]?"
)


class Heading(NamedTuple):
    """The number that a line begins with: its form, rank (1 is the highest), ordinal, and where it ends."""

    form: str
    rank: float
    ordinal: int
    end: int  # where the number ends in the line


@remembered
def heading_of(text: str) -> Heading | None:
    """The number at the head of a line, or None.

    >>> heading_of("（三）发展目标。到2025年")
    Heading(form='（一）', rank=5, ordinal=3, end=3)
    >>> heading_of("3.2021 年 5 月") is None, heading_of("3.2021年度支出").end, heading_of("第十二条 本办法").form
    (True, 2, '条')
    >>> heading_of("（一）（二）两项工作应当完成。"), [heading_of(s).end for s in ("1·更新设备", "2。更新设备", "3.更新设备")]
    (None, [2, 2, 2])
    >>> heading_of("1.5G基站").end, heading_of("1.5GHz频段"), heading_of("1.5亿元")
    (2, None, None)
    >>> [(h.form, h.ordinal) for s in ("㈡管护", "⑶考核", "⒋验收") if (h := heading_of(s))]
    [('（一）', 2), ('（1）', 3), ('1.', 4)]
    >>> heading_of("下篇 展望"), heading_of("中篇小说创作"), heading_of("上一篇")
    (Heading(form='编', rank=-1, ordinal=3, end=2), None, None)
    """
    if "\u4e00" <= text[:1] <= "\u9fff" and text[0] not in _FIRST:
        return None
    m = _HEAD.match(text)
    if not m or _TOGETHER.match(text):
        return None
    if (
        text[1:2] == "、"
        and (o := _ORDINALS.match(text))
        and (
            number_of(o["b"]) == (number_of(o["a"]) or 0) + 1
            or (o["wide"] and (number_of(o["b"]) or 0) > (number_of(o["a"]) or 0))
        )
    ):
        return None
    form, rank, _ = _FORMS[int(m.lastgroup[1:]) if m.lastgroup else 0]
    numeral = _NUMERAL.search(m[0] if len(m[0]) > 1 else nfkc(m[0]))
    ordinal = HALVES.get(text[0]) or (
        ord(text[0]) - _ROMAN if "Ⅰ" <= text[0] <= "Ⅻ" else number_of(numeral[0]) if numeral else None
    )
    if ordinal is None:
        return None
    return Heading(form, rank, ordinal, m.end())
