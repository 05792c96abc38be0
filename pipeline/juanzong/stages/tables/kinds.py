"""What a cell's text looks like: a figure, a serial number, a group's ordinal, words."""

from __future__ import annotations

from typing import Literal

import regex as re

from juanzong.core.remembered import remembered
from juanzong.language.text import ends_sentence, fold, nfkc, unbalanced

Kind = Literal["", "dash", "star", "number", "percent", "bracket", "year", "period", "serial", "words"]

REMARKS = frozenset(("备注", "说明", "附注", "其他", "备考"))  # names of a last column that is often empty
VALUES: frozenset[str] = frozenset(("dash", "star", "number", "percent", "bracket"))

_CN = "[一二三四五六七八九十百零]"
_STOP = "[、.,]"  # behind a Chinese numeral, folded; readers take the one for the other
_SIGN = "[-+−<>≤≥≦≧~约]{0,2}"
_FIGURE = rf"{_SIGN}\d[\d,]*(\.\d+)?"
_ABOUT = "(左右|以上|以下|以内|及以上)?"
_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("dash", re.compile(r"[-—–─/]{1,3}")),
    ("star", re.compile(r"[★☆√✓✔●○◎▲△◆◇■]+")),
    ("serial", re.compile(r"\d{1,3}")),
    ("year", re.compile(r"(19|20)\d\d(年.{0,6})?")),
    ("period", re.compile(r"(19|20)\d\d年?[-—–~至](19|20)?\d\d年?")),
    ("number", re.compile(rf"{_FIGURE}{_ABOUT}")),
    ("percent", re.compile(rf"{_FIGURE}[%‰]{_ABOUT}")),
    ("bracket", re.compile(rf"\[{_FIGURE}[%‰]?{_ABOUT}\]")),
    # a loss as accounts print it; (3) is an ordinal, (2021) a year
    ("bracket", re.compile(r"\((?!(19|20)\d\d\))(\d[\d,]*\.\d+|\d[\d,]+|\d(?=[%‰]))[%‰]?\)")),
)
_QUANTITY = re.compile(
    rf"(?:[不高低大小多少超]{{1,2}}[于过]|控制在|达到?)?{_FIGURE}[%‰]?(?:[-—–~～至到]+{_FIGURE}[%‰]?)?(?!年)\p{{Han}}{{0,4}}"
)
_ORDINAL = re.compile(rf"{_CN}{{1,3}}{_STOP}?|\({_CN}{{1,3}}\)|\d{{1,3}}[.、]?|\(\d{{1,3}}\)")
_NUMBERED = re.compile(rf"({_CN}{{1,3}}{_STOP}|\({_CN}{{1,3}}\)|\d{{1,3}}[.、](?!\d)|\(\d{{1,3}}\)).")
_GROUP = re.compile(rf"{_CN}{{1,3}}{_STOP}.|\({_CN}{{1,3}}\).|第{_CN}{{1,3}}[部类章]")
_CODE = re.compile(r"(?i:[a-z]{0,3}\d{4,}[a-z]{0,3}|[a-z]{1,3}\d{2,})")
_ITEM = re.compile(r"(\d{1,2})[.、．](?!\d)|[(（](\d{1,2})[)）]")
_TOTAL = re.compile("合计|总计|共计|小计|累计$|总数$|其中")


_NOTE_MARKS = re.compile(r"(?<=[^①-⑳❶-❿])\^?[①-⑳❶-❿]+\s*$|^\s*\^?[①-⑳❶-❿]+(?=[^①-⑳❶-❿\s])")
_MASKED = re.compile(r"\d\s*\*+\s*\d")  # figures left out: 138****2231
_RAISED = re.compile(r"(?<=\d)[⁰¹²³⁴-⁹]+\s*$")


def unmarked(text: str) -> str:
    """A cell's text without note marks at its ends, which folding would make digits of its figure; a mark alone stays.

    >>> unmarked("12①"), unmarked("③5.2"), unmarked("①"), unmarked("甲①乙")
    ('12', '5.2', '①', '甲①乙')
    """
    return _NOTE_MARKS.sub("", text)


def is_raised(text: str) -> bool:
    """Whether a figure ends in raised digits: a power or a note mark, and no part of the figure.

    >>> is_raised("10⁴"), is_raised("1761²"), is_raised("104")
    (True, True, False)
    """
    return _RAISED.search(text) is not None


@remembered
def kind(text: str) -> Kind:
    """
    >>> [kind(t) for t in ("", "—", "★★", "12", "2020 年", "0.5", "5.9%", "[-33]", "2019-2023年", "75.1左右", "甲县")]
    ['', 'dash', 'star', 'serial', 'year', 'number', 'percent', 'bracket', 'period', 'number', 'words']
    >>> [kind(t) for t in ("（62）", "（3）", "（2021）", "138****2231", "**12**")]
    ['bracket', 'words', 'words', 'words', 'serial']
    >>> [kind(t) for t in ("（62）", "（3）", "（2021）", "√", "●●", "○一")]
    ['bracket', 'words', 'words', 'star', 'star', 'words']
    """
    folded = fold(_RAISED.sub("", unmarked(text)))
    if not folded:
        return ""
    if "*" in text and _MASKED.search(text):
        return "words"
    if "\u4e00" <= folded[0] <= "\u9fff" and folded[0] != "约":  # as in most cells
        return "words"
    for name, form in _FORMS:
        if form.fullmatch(folded):
            return name
    return "words"


def is_value(text: str) -> bool:
    """Whether it is a figure, a dash or stars: what stands in a body, not in a header."""
    return kind(text) in VALUES or kind(text) == "serial"


def is_quantity(text: str) -> bool:
    """Whether it is a figure, with what is counted behind it or not: 30个, ≥2万人次, 98%.

    >>> [is_quantity(t) for t in ("30个", "≥2万人次", "98%", "不低于3—5亿元", "第3期", "3.甲镇", "2024年")]
    [True, True, True, True, False, False, False]
    """
    return kind(text) in ("number", "percent", "serial") or _QUANTITY.fullmatch(fold(text)) is not None


def is_ordinal(text: str) -> bool:
    """Whether it is a bare serial number or ordinal: 3, 三, （三）.

    >>> [is_ordinal(t) for t in ("3", "三", "（三）", "三、甲")]
    [True, True, True, False]
    """
    return _ORDINAL.fullmatch(fold(text)) is not None


@remembered
def is_numbered(text: str) -> bool:
    """Whether it is words behind a number: 3.甲, （三）甲, 三、甲.

    >>> [is_numbered(t) for t in ("3.甲", "三、甲", "（三）甲", "3.5", "甲")]
    [True, True, True, False, False]
    """
    return _NUMBERED.match(fold(text)) is not None


def is_code(text: str) -> bool:
    """Whether it is the code of a row's thing, figures with or without letters: 030101, 030102TK, A07.

    >>> [is_code(t) for t in ("030101", "030102TK", "A07", "2023", "3", "第1类")]
    [True, True, True, False, False, False]
    """
    return _CODE.fullmatch(fold(text)) is not None and kind(text) != "year"


def is_group(text: str) -> bool:
    """Whether it opens a group of rows: 三、甲 or （三）甲."""
    return _GROUP.match(fold(text)) is not None


def form_of(text: str) -> str:
    """The form of the number that opens a group of rows or a label, "" where there is none.

    >>> [form_of(t) for t in ("三、甲", "（十一）甲", "3.甲", "甲")]
    ['一、', '(一)', '1.', '']
    """
    found = _NUMBERED.match(fold(text))
    return re.sub(r"\d+", "1", re.sub(rf"{_CN}+", "一", found[1])) if found else ""


def item(text: str) -> int:
    """The number of the list item that the text begins with, 0 where there is none.

    >>> (item("2. 甲"), item("（3）甲"), item("2.5"), item("甲"))
    (2, 3, 0, 0)
    """
    found = _ITEM.match(nfkc(text.strip()))
    return int(found.group(1) or found.group(2)) if found else 0


def is_total(text: str) -> bool:
    """Whether the row it labels sums up others: 合计, 总计, 小计, 其中."""
    return _TOTAL.match(fold(text)) is not None


def is_open(text: str) -> bool:
    """Whether the text breaks off: it ends in no mark that could close it.

    >>> (is_open("方的中央一般公共"), is_open("依法处罚。"), is_open("《甲办法"))
    (True, False, True)
    """
    return bool(text.strip()) and (unbalanced(text) > 0 or not ends_sentence(text))
