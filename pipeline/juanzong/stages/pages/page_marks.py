"""Lines that number a page, by their form alone: surely (— 3 —, Page 3 of 8, === 第3页 ===, {3}------), or only where the
number rises from page to page (P3, 【3】, 一3一)."""

from __future__ import annotations

import regex as re

from juanzong.language.numbering import heading_of
from juanzong.language.text import nfkc

_DASH = r"[—–\-－―~～·•_]"
_OF_ALL = r"(?:\s*[，,/]?\s*共?\s*\d{1,4}\s*页)?"
_OF = r"(?:\s?[/／]\s?\d{1,3})?"  # 3/12: of how many
_SIDE = r"[—–\-－·•|｜(（)）\[\]［］【】]"  # a sign between words and number, or round the number
_BESIDE = re.compile(
    r"(?:(?:第\s*(?P<a>\d{1,3})\s*页"
    + _OF_ALL
    + rf"|(?:{_SIDE}\s*)?(?P<a>\d{{1,3}}){_OF}(?:\s*{_SIDE})?)\s+)?(?P<words>\S.{{0,58}}?\S)"
    rf"(?:\s+(?:{_DASH}*(?:{_SIDE}\s*|[Pp](?:age\b|\.)?\s*|页\s?[码次]\s*[:：]?\s*)?(?P<b>\d{{1,3}}{_OF}|[ivx]{{1,5}})(?:\s*{_SIDE})?{_DASH}*|第\s*(?P<b>\d{{1,3}})\s*页{_OF_ALL}))?$"
)
_TIGHT = re.compile(  # signs round the number part it from the words: ·12·某县志, 第二卷·13·
    r"[·•—]\s*(?P<a>\d{1,3})\s*[·•—]\s*(?P<words>\p{Han}.{1,57}\S)$"
    r"|(?:[·•—–－]+\s*)?(?P<words>\p{Han}.{0,57}[\p{Han}）》])\s*[·•—／|｜]\s*(?P<b>\d{1,3})(?:\s*[·•—–－]+)?$"
    r"|(?:[—–－]+\s*)?(?P<a>\d{1,3})\s*[·•／|｜]\s*(?P<words>\p{Han}.{0,57}[\p{Han}）》])(?:\s*[—–－]+)?$"
)
# what stands at the edge of such a line, where the number does not
_END = frozenset("页ivx—–-－―~～·•_|｜(（)）[]［］【】")
_BEGINS = re.compile(rf"{_SIDE}|第\s*\d{{1,3}}\s*页|\d{{1,3}}(?:\s|[/／]|{_SIDE})")
_LONGEST = 32  # characters of a line that numbers a page, without the dashes and signs round it
_NUMBER = r"(?:\d{1,4}|[一二三四五六七八九十百]{1,4})"
_SURE = re.compile(
    rf"{_DASH}+\s*\d{{1,4}}\s*{_DASH}*|\d{{1,4}}\s*{_DASH}+|(?:{_DASH}\s*)?\d{{1,4}}\s*[/／]\s*\d{{1,4}}(?:\s*{_DASH})?|\{{\d{{1,4}}\}}\s*{_DASH}{{3,}}"
    rf"|{_DASH}+\s*(?:[ivxlc]{{1,6}}|[IVXLC]{{1,6}}|[一二三四五六七八九十]{{1,3}})\s*{_DASH}+"
)
_SIGNS = re.compile(
    r"^[\s#*_=~<>{}\[\]()【】《》「」|│┃║:!/\\—–\-－―·•+\p{So}]+|[\s#*_=~<>{}\[\]()【】《》「」|│┃║:!/\\—–\-－―·•+\p{So}]+$"
)
_WORDS = re.compile(
    rf"page[\s_:#.\-]*(?:no|num|number)?[\s_:#.>\-]*\d{{1,4}}(?:\s*(?:of|/|out of)\s*\d{{1,4}})?(?:\s*(?:start|begins?|ends?)|[<>/\s]+page\w*)?"
    rf"|p(?:g|age)?\.\s*\d{{1,4}}"
    rf"|(?:[a-z]{{1,5}}\s*)?第\s*{_NUMBER}\s*(?:/\s*\d{{1,4}}\s*)?页(?:[,/\s(]*共\s*{_NUMBER}\s*页\)?)?\s*(?:开始|结束|内容|止)?"
    rf"|共\s*{_NUMBER}\s*页[,/\s]*第\s*{_NUMBER}\s*页|页\s*码?\s*:?\s*\d{{1,4}}|(?:start|end|begin) of page\s*\d{{1,4}}",
    re.IGNORECASE,
)
_FRAMED = re.compile(r"[^\d\p{Han}]{0,4}[一丨]?\s?(?P<number>\d{1,3})\s?[一丨]?[^\d\p{Han}]{0,4}$")
_OF_PART = re.compile(r"(?P<part>(?:\d{1,3}\s?[-‐‑–—－]\s?){1,2})(?P<number>\d{1,3})")  # 13-0-2: a part's page
_DASHES = re.compile(rf"(?:{_DASH}|[一丨|])+")


def numbers_page(text: str) -> bool:
    """Whether a line says of itself that it numbers a page.

    >>> [numbers_page(s) for s in ("— 3 —", "## Page 3", "--- 第3/8页 ---", "−3−", "第3页内容如下：", "（3）", "−3")]
    [True, True, True, True, False, False, False]
    >>> [numbers_page(s) for s in ("**— 3 —**", "***", "*3 项目")]  # emphasis
    [True, False, False]
    """
    text = text.strip()
    if text[:1] == text[-1:] == "*":
        text = text.strip("* ")
    if text[:1] == text[-1:] == "$":  # a formula of a number in dashes
        text = text.strip("$ ")
    if text[:1] == text[-1:] == "−":  # signs of minus for dashes
        text = text.replace("−", "-")
    if len(text) <= _LONGEST and _SURE.fullmatch(text):
        return True
    if "页" not in text and "p" not in text and "P" not in text and "{" not in text:
        return False
    core = _SIGNS.sub("", nfkc(text)).strip()
    return bool(_SURE.fullmatch(text)) or (len(core) <= _LONGEST and bool(_WORDS.fullmatch(core)))


def number_marked(text: str) -> int | None:
    """The number of a line that says that it numbers a page; None of a bare figure, or of one in words.

    >>> number_marked("— 12 —"), number_marked("第13页 共20页"), number_marked("14"), number_marked("第二页")
    (12, 13, None, None)
    """
    m = re.search(r"\d{1,4}", nfkc(text)) if numbers_page(text) else None
    return int(m[0]) if m else None


def framed_number(text: str) -> tuple[str, int] | None:
    """(what stands round the number, the number) of a short line that holds nothing else.

    >>> framed_number("一3一"), framed_number("【12】"), framed_number("12"), framed_number("（3）")
    (('-#-', 3), ('【#】', 12), None, None)
    >>> framed_number("13-0-2"), framed_number("4-12"), framed_number("2021-3"), framed_number("3-5 人")
    (('13-0-#', 2), ('4-#', 12), None, None)
    """
    text = text.strip()
    if text[-1:].isdecimal() and (part := _OF_PART.fullmatch(text)) is not None:
        return part["part"].replace(" ", "") + "#", int(part["number"])
    m = _FRAMED.match(text) if len(text) <= 9 else None
    if m is None or m["number"] == text or heading_of(text) or "%" in text or "." in text:
        return None
    start, end = m.span("number")
    return _DASHES.sub("-", f"{text[:start]}#{text[end:]}").replace(" ", ""), int(m["number"])


def words_beside(text: str) -> tuple[int, int] | None:
    """Where the words stand in a line that holds a page number beside them; None where there is none.

    >>> words_beside("某市绿化方案      12"), words_beside("某市绿化方案  第 3 页 共 9 页"), words_beside("某市绿化方案")
    ((0, 6), (0, 6), None)
    >>> words_beside("某市绿化方案／12"), words_beside("— 第三章 人口 · 41 —"), words_beside("41·某县志")
    ((0, 6), (2, 8), (3, 6))
    >>> words_beside("某市绿化方案  3/12"), words_beside("3/12 某市绿化方案"), words_beside("某市绿化方案 3/4成")
    ((0, 6), (5, 11), None)
    >>> words_beside("某市绿化方案 Page 3"), words_beside("某市绿化方案 P3"), words_beside("· 某市绿化方案 · 3 ·")
    ((0, 6), (0, 6), (2, 8))
    >>> words_beside("某院-QM-01　版本 A/0　页码：1/3")
    (0, 15)
    """
    bare = text.strip()
    if not (bare[-1:].isdecimal() or bare[-1:] in _END or _BEGINS.match(bare)):  # as most lines
        return None
    m = _TIGHT.match(bare) if any(map(text.__contains__, "·•—／|｜")) else None
    if m is None and len(text.split(None, 1)) > 1:  # blanks part the two
        m = _BESIDE.match(bare)
    if m is None or bool(m["a"]) == bool(m["b"]):
        return None
    at = len(text) - len(text.lstrip())
    return at + m.start("words"), at + m.end("words")
