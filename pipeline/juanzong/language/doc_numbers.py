"""发文字号: the organ's short name, the year in brackets, the serial number."""

from __future__ import annotations

import regex as re

from juanzong.core.remembered import remembered
from juanzong.language.text import CENTURY, OF_YEAR, ZERO

_OPEN, _CLOSE = r"〔\[［（(【﹝﹙〖「{｛〈＜<《", r"〕\]］）)】﹞﹚〗」}｝〉＞>》"
_SPREAD = rf"(?:[1１]\s?[9９]|[2２]\s?{ZERO})"  # 2 0 2 1
_ONE = "[lI|]"  # the letters and strokes that readers take a one for
_FOUR = rf"(?:{_SPREAD}\s?{OF_YEAR}\s?(?:{OF_YEAR}|{_ONE})|[一二][一二三四五六七八九〇○零]{{3}})"
_UNREAD = "\ufffd□"  # what stands for a sign that could not be read, stray in the number
# one of the two brackets may be lost, but for round ones, which stand in text
_YEAR = rf"(?:[{_OPEN}]\s*{_FOUR}[{_UNREAD}]?\s*[{_CLOSE}]|[〔\[［【﹝]\s*{_FOUR}|{_FOUR}\s*[〕\]］】﹞])"
_SERIAL = rf"(?:第\s*)?(?:[A-Z]\s?[-—]?\s?|l(?=\d))?(?:\d(?:\s?[\dOlI]){{0,4}}(?:[-—]\d{{1,3}})?|[一二三四五六七八九十百〇]{{1,5}})[{_UNREAD}]?\s*号"
_NAME = rf"[\p{{Han}}A-Za-z](?:[\p{{Han}}A-Za-z·{_UNREAD}]|[ 　](?=[\p{{Han}}A-Za-z〔\[（(]))*"
_BRANCH = r"(?:[（(][\p{Han}A-Za-z]{1,8}[）)][\p{Han}A-Za-z]{0,6})?"
_PLACE = r"(?:[（(〔]\p{Han}{1,4}[）)〕](?=\p{Han}))?"  # of a law's enforcers: （某）应急罚〔2024〕12号
_NUMBER = rf"(?=.{{0,30}}?{_YEAR})(?P<name>{_PLACE}{_NAME}{_BRANCH})\s*(?P<year>{_YEAR})\s*{_SERIAL}"
_BARE = r"第\s*[\d〇○零一二三四五六七八九十百]{1,5}\s*[号期次]"  # of a 令, a 公告, minutes
_PLAIN_YEAR = (
    rf"[\p{{Han}}A-Za-z]{{0,12}}(?<![公政学]报)\s?(?:{CENTURY}{OF_YEAR}{{2}}\s?年第\s?\d{{1,4}}"
    r"|[一二][一二三四五六七八九〇○零]{3}\s?年\s?第\s?[一二三四五六七八九十百]{1,5})\s?[号期]"
    rf"|\p{{Han}}{{3,8}}\s?{CENTURY}{OF_YEAR}{{2}}\s?[-—–－]\s?\d{{1,4}}\s?号"
)
_ISSUE = rf"{_YEAR}\s*第?\s*\d{{1,4}}\s*[号期]"
_CASE = rf"{_YEAR}\s*\p{{Han}}{{1,3}}\d{{0,4}}\p{{Han}}{{1,6}}(?<!第)\d{{1,6}}\s*号(?:之[一二三四五六七八九十]{{1,2}})?"  # a court's
# of an order, in brackets under a title: （国务院令第100号）
_OF_ORDER = r"(?<=[（(]\s{0,3})\p{Han}{1,24}令\s?第\s?[\d〇○零一二三四五六七八九十百]{1,5}\s?号(?=\s*[）)])"
_OLD = rf"{_YEAR}\s*\p{{Han}}{{1,8}}字\s*第?\s*\d{{1,5}}\s*号"  # as it was set of old: （1998）某水字第9号
_CLASS = r"(?:[（(\[［【]\s*[A-Za-zＡ-Ｚ甲乙丙]\s*类?\s*[）)\]］】])?"  # of a reply to a proposal: …5号（A）
DOC_NUMBER = re.compile(
    rf"\s*\**(?:[（(\[［【]|〔(?=[\p{{Han}}A-Za-z]))?\s*(?P<value>{_NUMBER}|{_BARE}|{_PLAIN_YEAR}|{_ISSUE}|{_CASE}|{_OF_ORDER}|{_OLD})\s*[）)\]］】〕]?\s*{_CLASS}\**\s*$"
)
_LONGEST = 200  # characters of a number with its blanks, at the end of a line
_TYPICAL = 18  # the most characters of an organ's short name
_SIGNED = re.compile(rf"\s*(?P<value>{_NUMBER})\s+签\s*发\s*人\s*[:：]\s*(?P<signer>\S.*)$")
# the day behind it: （某府〔2021〕8号，2021年5月6日）
_OF_DAY = rf"(?:\s*[，,；;、]\s*{CENTURY}{OF_YEAR}{{2}}\s?[年.．/-]\s?\d{{1,2}}(?:\s?[月.．/-]\s?\d{{1,2}}\s?日?|\s?月)(?=\s*[）)]))?"
_AT_END = re.compile(
    rf"[（(【]?\s*(?P<value>(?P<name>[\p{{Han}}]{{1,12}}){_BRANCH}\s*(?P<year>{_YEAR})\s*{_SERIAL}){_OF_DAY}\s*[）)】]?\s*$"
    r"|[（(]\s*(?P<value>(?P<name>\p{Han}{1,24}令)(?P<year>)\s*第\s*[\d〇○零一二三四五六七八九十百]{1,5}\s*号)\s*[）)]\s*$"  # of an order
)
# of a standard, without its part and its year
STANDARD_SERIAL = r"(?:GB|DB\s?\d{2,4}|[A-Z]{2,4}|T/[A-Z]{2,8}|Q/[A-Z]{2,8})(?:\s?/\s?[TZ]?)?\s?\d{1,6}"
# DB3311/T 108—2022, GB/T 1.1-2020
STANDARD = re.compile(
    rf"{STANDARD_SERIAL}(?:[.．]\d{{1,3}})?\s?(?:[—–―－-]{{1,2}}|_{{1,3}})\s?(?:(?:19|20)\d{{2}}|[89]\d)(?!\d)"
)
_ENDS = frozenset("号）)】")  # of a line with a number at its end
_PARTS = re.compile(r"\S+")
_YEAR_MARKS = re.compile(rf"[{_OPEN}](?P<year>\s*{_FOUR}\s*)[{_CLOSE}]")


def number_in(text: str) -> tuple[int, int] | None:
    """Where in a line that prints a document number alone it stands, without brackets round the whole; None for
    another line.

    >>> [number_in(s) for s in ("（某政办〔2021〕82号）", "某监处分〔2025）334号", "某水发﹝2019﹞33号", "第5号", "共3号")]
    [(1, 13), (0, 14), (0, 12), (0, 3), None]
    >>> [number_in(s) for s in ("2022年第3号", "〔2021〕第5期", "某府〔２０２１〕８号")]
    [(0, 8), (0, 9), (0, 10)]
    >>> number_in("某教基2018-12号"), number_in("某地块2018-12号地")
    ((0, 11), None)
    >>> number_in("某教函2022〕5号"), number_in("某教函〔20225号"), number_in("某教函20225号")
    ((0, 10), (0, 10), None)
    >>> number_in("某水〔2O21〕3号"), number_in("2O21年第3号")  # a letter for a nought
    ((0, 10), (0, 8))
    >>> number_in("某水〔202l〕1O号"), number_in("某水〔2021〕l0号"), number_in("某水〔202x〕10号")
    ((0, 11), (0, 11), None)
    >>> number_in("某水〔2021\ufffd〕3号"), number_in("某\ufffd水〔2021〕3□号"), number_in("某水〔20\ufffd1〕3号")
    ((0, 11), (0, 12), None)
    >>> number_in("某交规〔二〇二一〕三号"), number_in("某交责改〔2023〕A-12号")
    ((0, 11), (0, 15))
    >>> number_in("（某）应急罚〔2024〕12号"), number_in("（（某）应急罚〔2024〕12号）")
    ((0, 15), (1, 16))
    >>> number_in("某教函〔2022〕5号（A）"), number_in("（国务院令第100号）"), number_in("国务院令第100号")
    ((0, 11), (1, 10), None)
    >>> number_in("（1998）某水字第9号"), number_in("（1998）某水利局第9号")
    ((0, 12), None)
    """
    m = DOC_NUMBER.match(text) if "号" in text or "期" in text or "次" in text[-4:] else None
    if m is None or (m["name"] is not None and len("".join(m["name"].split())) > _TYPICAL):
        return None
    return m.span("value")


@remembered
def is_doc_number(text: str) -> bool:
    """Whether a line is a document number alone, or several that blanks part."""
    return bool(numbers_in(text))


def numbers_in(text: str) -> list[tuple[int, int]]:
    """Where the document numbers stand that are all a line says; empty for another line.

    >>> numbers_in("某教〔2022〕5号　某教督〔2022〕2号"), numbers_in("某教〔2022〕5号 转发")
    ([(0, 10), (11, 22)], [])
    """
    whole = number_in(text)
    if whole is not None:
        return [whole]
    parts = [m.span() for m in _PARTS.finditer(text)] if number_at_end(text) else []
    spans = [(a, number_in(text[a:b])) for a, b in parts]
    if len(spans) < 2 or any(span is None for _, span in spans):
        return []
    return [(a + span[0], a + span[1]) for a, span in spans if span is not None]


def number_at_end(text: str) -> re.Match[str] | None:
    """A document number with its year in brackets at the end of a line, in brackets of its own, perhaps with its day, or
    bare; groups `value`, `name` and `year`."""
    bare = text.rstrip()
    if bare[-1:] not in _ENDS or "号" not in text[-_LONGEST:]:
        return None
    return _AT_END.search(text, max(0, len(bare) - _LONGEST))


def signed_number(text: str) -> re.Match[str] | None:
    """A document number and who signs it; groups `value` and `signer`.

    >>> m = signed_number("某政〔2021〕3号　　签发人：周某")
    >>> m and (m["value"], m["signer"])
    ('某政〔2021〕3号', '周某')
    """
    return _SIGNED.match(text) if "签" in text else None


_FIRST = re.compile(rf"\s*[（(]?(?P<value>{_NUMBER})[）)]?(?:\s+|\s*[:：]?\s*(?=《|关于))(?=[《“\p{{Han}}].{{4}})")


def number_first(text: str) -> tuple[str, int]:
    """The document number that a contents entry begins with, and where the title behind it begins; ("", 0) where there
    is none.

    >>> number_first("某政办发〔2021〕30号 关于印发某方案的通知"), number_first("某政办发〔2021〕30号文件目录")
    (('某政办发〔2021〕30号', 14), ('', 0))
    """
    m = _FIRST.match(text) if "号" in text[:40] else None
    return (m["value"], m.end()) if m is not None else ("", 0)


_GAZETTE = re.compile(
    rf"\s*\p{{Han}}{{2,20}}(?:政府|委员会|厅|局|院|省|市)\s*(?:公\s*报|政\s*报)\s*(?P<issue>[（(]?\s*{CENTURY}{OF_YEAR}{{2}}(?:\s?年?.{{0,14}}[号期卷]|[·.．/]\d{{1,2}})\s*[）)]?)?\s*$"
)


def names_gazette(text: str) -> bool:
    """Whether a line names a gazette, with its issue or without.

    >>> [names_gazette(s) for s in ("某省人民政府公报", "某市人民政府公报　2021年第5号（总第88期）", "某市人民政府公报 2025·1")]
    [True, True, True]
    >>> names_gazette("2021年某市统计公报")
    False
    """
    return "报" in text and _GAZETTE.match(text) is not None


def year_marks(text: str) -> list[tuple[int, int]]:
    """Where the bracket before and the one behind the year of a document number stand: what becomes 〔 and 〕.

    >>> year_marks("某府[2021]8号")
    [(2, 7)]
    """
    return [(m.start(), m.end() - 1) for m in _YEAR_MARKS.finditer(text)]


_SPREAD_FIGURES = re.compile(r"\d\s+\d")
_BLANK = re.compile(r"(?<=[〔〕\d])\s+(?=[\d〕号])")


def blanks_in(number: str) -> list[tuple[int, int]]:
    """Where blanks stand in a document number whose figures are spread: 〔 2 0 2 3 〕 1 2 号.

    >>> blanks_in("某府〔2 021〕 8 号"), blanks_in("某府〔2021〕 8号")
    ([(4, 5), (9, 10), (11, 12)], [])
    """
    return [m.span() for m in _BLANK.finditer(number)] if _SPREAD_FIGURES.search(number) else []


def hooked(text: str) -> str:
    """A text with 〔〕 round the years of document numbers, whatever brackets are printed."""
    for a, b in year_marks(text):
        text = f"{text[:a]}〔{text[a + 1 : b]}〕{text[b + 1 :]}"
    return text
