"""Dates as official print and web pages write them: read, and told from other lines."""

from __future__ import annotations

import regex as re

from juanzong.core.remembered import remembered
from juanzong.language.text import OF_YEAR, ZERO, nfkc, number_of

# All that stands for 〇 in a printed year: its own sign, circles, Latin, Cyrillic and Greek letters, 零 and the figure.
ZEROS = "〇○◯零OＯoｏОоΟο0０"
_ONES = "一二三四五六七八九"
_CAPITALS = (
    "壹贰叁肆伍陆柒捌玖拾"  # as in amounts; a reader may take them for the plain ones, or a certificate print them
)
_EMPTY = re.compile("[(（][)）]")  # what readers make of 〇
_PLAIN = {ord(c): plain for c, plain in zip(_CAPITALS, "一二三四五六七八九十", strict=True)} | {
    ord("廿"): "二十",
    ord("卅"): "三十",
}
_HOLLOW = r"\(\s?\)|（\s?）"  # a circle that a reader took for brackets
_DIGIT = f"(?:[{_ONES}{_CAPITALS[:-1]}{ZEROS}]|{_HOLLOW})"
_NUMERAL = f"[{_ONES}{_CAPITALS}十廿卅〇○零]"
YEAR = rf"(?:[12１２]\s?(?:[\d０-９]|{ZERO})(?:\s?{OF_YEAR}){{2}}|{_DIGIT}(?:\s?{_DIGIT}){{3}})"
_MONTH = rf"(?:\d(?:\s?{OF_YEAR})?|[０-９]{{1,2}}|元|{_NUMERAL}(?:\s?{_NUMERAL})?)"
_DAY = rf"(?:\d(?:\s?{OF_YEAR})?|[０-９]{{1,2}}|{_NUMERAL}(?:\s?{_NUMERAL}){{0,2}})"
_WRITTEN = rf"(?:公元\s*)?(?P<y>{YEAR})\s*年\s*(?P<m>{_MONTH})\s*月(?:\s*(?P<d>{_DAY})\s*[日号]?)?"
_FIGURES = r"(?P<y>[12１２]\d{3})\s?[-/.．－—–]\s?(?P<m>\d{1,2})(?:\s?[-/.．－—–]\s?(?P<d>\d{1,2}))?"
_CLOCK = r"(?:\s*(?:[（(]?\s*(?:星期|周|礼拜)[一二三四五六日天]\s*[）)]?|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?|\d{1,2}\s*时(?:\s*\d{1,2}\s*分)?))*"
_SEAL = r"(?:\s*[（(]\s*(?:印\s*章|盖\s*章|公\s*章|章|印)\s*[）)])?"
# a line that is a date and nothing else, with or without brackets
DATE = re.compile(rf"\s*[（(]?\s*(?:{_WRITTEN}|{_FIGURES}){_CLOCK}\s*[）)]?{_SEAL}\s*$")
# a day in figures and dashes, as web pages print it
WEB_DAY = r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?"
_PART = re.compile(r"\S+(?: \S+)*")  # of a line that wide blanks part
_ANYWHERE = re.compile(rf"{_WRITTEN}|{_FIGURES}")
PRINTED_ON = re.compile(
    rf"(?P<by>.{{0,40}}?)[\s，,]*(?P<on>{YEAR}\s*年\s*{_MONTH}\s*月\s*{_DAY}\s*日|[12１２]\d{{3}}(?P<dash>[-/.．－—])\d{{1,2}}(?P=dash)\d{{1,2}})\s*(?:印\s*[发制]?|编\s*印)\s*$"
)


def printed_on(text: str) -> re.Match[str] | None:
    """印发机关 and 印发日期 in one line: groups `by` and `on`."""
    return PRINTED_ON.match(text) if "印" in text else None


@remembered
def is_date(text: str) -> bool:
    """Whether a line is a date alone, in any writing, to the month or to the day.

    >>> [is_date(s) for s in ("二О二一年五月六日", "2021.5.6", "（2021年5月）", "2021年5月起实行", "3.5", "二 〇 二 一 年 五 月")]
    [True, True, True, False, False, True]
    >>> is_date("贰零贰叁年拾贰月零叁日"), is_date("2023年4月3日（星期一）"), iso_date("贰零贰叁年拾贰月零叁日")
    (True, True, '2023-12-03')
    >>> is_date("公元二〇一八年三月八日"), iso_date("公元二〇一八年三月八日")
    (True, '2018-03-08')
    >>> iso_date("二〇〇九年一月廿一日"), iso_date("二〇一七年五月卅日")
    ('2009-01-21', '2017-05-30')
    >>> is_date("2023年7月16日18时"), is_date("2023年7月16日18时起")
    (True, False)
    >>> is_date("2 0 2 3年3月2 0日"), iso_date("2 0 2 3年3月2 0日")
    (True, '2023-03-20')
    >>> [iso_date(s) for s in ("2O21年3月1O日", "2○21年1〇月", "2O21.3.1")]  # letters and circles for noughts
    ['2021-03-10', '2021-10', None]
    >>> is_date("２０２１．５．６"), is_date("２０２１－０５－０６")
    (True, True)
    >>> is_date("二()二一年五月六日"), iso_date("二（）（）九年五月六日")
    (True, '2009-05-06')
    """
    return bool(DATE.match(text)) and iso_date(text) is not None


def dates_beside(text: str) -> list[tuple[int, int]]:
    """Where the dates stand that wide blanks part and that are all a line says, two at least; else empty.

    >>> dates_beside("2019年9月2日        2019年9月2日"), dates_beside("2019年9月2日    某局")
    ([(0, 9), (17, 26)], [])
    """
    parts = [m.span() for m in _PART.finditer(text)] if "  " in text or "\u3000" in text else []
    return parts if len(parts) > 1 and all(is_date(text[a:b]) for a, b in parts) else []


def iso_date(text: str) -> str | None:
    """The first date in a text, in ISO 8601, as far as it is printed; None where there is none.

    >>> [iso_date(s) for s in ("2022年4月27日", "二〇二一年五月", "2020-10-23 09:11", "二○二二年十二月三十一日", "3.5")]
    ['2022-04-27', '2021-05', '2020-10-23', '2022-12-31', None]
    >>> [iso_date(s) for s in ("二О二一年五月六日", "二0二一年5月6日", "2021.5.6", "２０２１年５月６日")]
    ['2021-05-06', '2021-05-06', '2021-05-06', '2021-05-06']
    """
    m = _ANYWHERE.search(nfkc(text))
    if not m:
        return None
    numbers = [number_of(_plain(m[key])) if m[key] else None for key in ("y", "m", "d")]
    year, month, day = numbers
    if year is None or month is None or not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    return f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day is not None else "")


def _plain(numeral: str) -> str:
    """A numeral with one sign for zero and without blanks."""
    bare = _EMPTY.sub("〇", "".join(numeral.split())).translate(_PLAIN)
    if bare == "元":
        return "一"
    if bare.isdecimal():
        return bare
    return "".join(
        "〇" if c in ZEROS else c if c in "十" or c in _ONES else "〇一二三四五六七八九"[int(c)] for c in bare
    )
