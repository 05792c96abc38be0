"""Dates that no calendar has, and amounts of money that their words and their figures give differently."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex as re

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.core.spots import spot_of
from juanzong.core.traced import Traced
from juanzong.language.text import number_of

_DATE = re.compile(
    r"(?<!\d)(?:(?P<y>(?:19|20)\d\d)\s?年\s?)?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日"
    r"|(?<!\d)(?P<y>(?:19|20)\d\d)\s?年\s?(?P<m>\d{1,2})\s?月(?!\s?\d)"
)
_HAN = "[一二三四五六七八九十]{1,3}"
_HAN_DATE = re.compile(rf"(?P<y>[一二][〇○零一二三四五六七八九]{{3}})年(?P<m>{_HAN})月(?:(?P<d>{_HAN})日)?")
_WEB_DAY = re.compile(r"(?<![\w.\-/])(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?![\w.\-/])")
_DAYS = 2  # right ones of a document beside the one that is wrong; else these are numbers of papers: 2023-15-03
_LUNAR = re.compile("[农阴夏旧]历|正月|腊月")
_REACH = 8  # characters before a date that may say that it is of the lunar calendar
_LEAP = 2000  # where no year is printed

_DIGITS = {
    c: n for n, cs in enumerate(("零〇", "壹", "贰貳弍", "叁參叄", "肆", "伍", "陆陸", "柒", "捌", "玖")) for c in cs
}
_TENS = {"拾": 10, "佰": 100, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_SUM = "[零〇壹贰貳弍叁參叄肆伍陆陸柒捌玖拾佰仟万萬亿億]"
_WORDS = rf"(?P<whole>(?P<words>{_SUM}{{2,24}})[元圆圓](?:(?P<tenths>{_SUM})角)?(?:零?(?P<cents>{_SUM})分)?[整正]?)"
_FIGURES = r"(?P<figures>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_BEHIND = re.compile(
    rf"{_WORDS}\s?(?:[（(]\s?(?:小写)?[:：]?\s?(?:人民币)?\s?(?P<sign>[¥￥])?|[，,；;]?\s?小写[:：]?\s?(?P<sign>[¥￥])?|\s?(?P<sign>[¥￥]))\s?"
    rf"{_FIGURES}\s?(?P<unit>[万亿]?元|[万亿])?(?=\s?[整正]?\s?(?:[）)，,；;。、]|$))"
)
_AHEAD = re.compile(
    rf"{_FIGURES}\s?(?P<unit>[万亿]?元)[）)]?\s?(?:[（(，,；;]?\s?大写[:：]?|[（(])\s?(?:金额)?[:：]?\s?(?:人民币)?\s?{_WORDS}(?=[）)，,；;。]|$)"
)
_UNITS = {"万": 10**4, "亿": 10**8}


def check_written_figures(documents: Sequence[tree.Document]) -> list[Finding]:
    found: list[Finding] = []
    days: list[tuple[Traced, re.Match[str]]] = []  # of a document, as web pages print them

    def look(text: Traced, _: str) -> Traced:
        plain = text.text
        if "月" in plain:
            found.extend(_told(text, _dates(plain)))
        if "-" in plain:
            days.extend((text, m) for m in _WEB_DAY.finditer(plain))
        if "元" in plain or "圆" in plain:
            found.extend(_told(text, _amounts(plain)))
        return text

    for document in documents:
        days.clear()
        tree.map_texts(document, look)
        wrong = [(text, m) for text, m in days if not _is_day(*(int(m[k]) for k in "ymd"))]
        if len(wrong) == 1 and len(days) > _DAYS:
            (text, m), *_ = wrong
            found += _told(text, iter([(m.start(), m.end(), *_no_date(m[0]))]))
    return found


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _no_date(text: str) -> tuple[str, str]:
    return "date-impossible", f"“{text}”不是历法上有的日期"


def _told(text: Traced, some: Iterator[tuple[int, int, str, str]]) -> Iterator[Finding]:
    for start, end, check, message in some:
        yield Finding(check, "warning", message, [spot_of(text[start:end])])


def _dates(text: str) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, check, message) of each date that is none; a form's 00月00日, the lunar calendar and spans of months
    (14月20日) are left out.

    >>> [m for *_, m in _dates("自2021年2月29日至9月31日，2020年2月29日，农历2月30日，2023年00月00日，2022年13月，14月20日")]
    ['“2021年2月29日”不是历法上有的日期', '“9月31日”不是历法上有的日期', '“2022年13月”不是历法上有的日期']
    >>> [m for *_, m in _dates("二〇二一年二月三十日，二〇二〇年二月二十九日，二〇二一年十一月")]
    ['“二〇二一年二月三十日”不是历法上有的日期']
    """
    for m in (*_DATE.finditer(text), *_HAN_DATE.finditer(text)):
        year, month, day = (number_of(m[k]) if m[k] else None for k in "ymd")
        if month is None or (not month and not day) or (year is None and month > 12):
            continue
        right = _is_day(year or _LEAP, month, 1 if day is None else day)
        if not right and not _LUNAR.search(text, max(0, m.start() - _REACH), m.end()):
            yield m.start(), m.end(), *_no_date(m[0])


def _amounts(text: str) -> Iterator[tuple[int, int, str, str]]:
    """The same of each amount whose words and figures differ.

    >>> [m for *_, m in _amounts("叁拾捌万陆仟元整（¥336000.00），贰拾壹万伍仟元整（215000元），首付壹拾万元，余款5000元")]
    ['大写“叁拾捌万陆仟元整”合 386000 元，小写作“336000.00”']
    >>> [m for *_, m in _amounts("共计40000元（大写：伍万元整）；1.5万元（大写壹万伍仟元）；壹佰贰拾元零伍分（¥120.05）")]
    ['大写“伍万元整”合 50000 元，小写作“40000元”']
    >>> list(_amounts("壹佰元（20元/份），每人20元（壹佰元封顶），伍仟元（3人）"))
    []
    """
    for form in (_BEHIND, _AHEAD):
        for m in form.finditer(text):
            words = _in_words(m)
            figures = Decimal(m["figures"].replace(",", "").replace("，", ""))
            unit = m["unit"] or ""
            stands = figures * _UNITS.get(unit[:1], 1)
            places = 2 if unit in ("", "元") else 6  # 48.36万元 of 483600
            if words is None or (unit == "" and not _is_money(m)) or round(words - stands, places) == 0:
                continue
            told = f"大写“{m['whole']}”合 {words.normalize():f} 元，小写作“{m['figures']}{unit}”"
            yield m.start(), m.end(), "amount-differs", told


def _is_money(m: re.Match[str]) -> bool:
    """Whether figures without a unit are said to be the amount."""
    return "¥" in m[0] or "￥" in m[0] or "小写" in m[0]


def _in_words(m: re.Match[str]) -> Decimal | None:
    """The amount that the words say; None where they are none (万元 alone)."""
    whole = _number(m["words"])
    if whole is None:
        return None
    tenths, cents = (_DIGITS.get(m[name] or "", 0) for name in ("tenths", "cents"))
    return whole + Decimal(10 * tenths + cents) / 100


def _number(words: str) -> Decimal | None:
    """
    >>> [_number(w) for w in ("壹亿零伍拾万", "拾贰万叁仟", "肆万", "万元"[:1])]
    [Decimal('100500000'), Decimal('123000'), Decimal('40000'), None]
    """
    if not any(c in _DIGITS or c in _TENS for c in words):
        return None
    whole = part = digit = 0
    for c in words:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _TENS:
            part, digit = part + (digit or 1) * _TENS[c], 0
        else:
            part, digit = part + digit, 0
            if _MYRIADS[c] == 10**8:
                whole, part = (whole + part) * 10**8, 0
            else:
                whole, part = whole + part * 10**4, 0
    return Decimal(whole + part + digit)
