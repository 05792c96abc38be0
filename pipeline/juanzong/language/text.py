"""Looking at text without changing it: folding, widths, numerals."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex as re

from juanzong.core.remembered import remembered
from juanzong.language.variants import simplified

_DIGITS = (
    {c: i for i, c in enumerate("〇一二三四五六七八九")}
    | {c: i for i, c in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
    | {"参": 3, "零": 0, "○": 0, "Ｏ": 0, "O": 0, "О": 0, "两": 2}
)
_UNITS = {"十": 10, "拾": 10, "百": 100, "千": 1000}
ROMAN = {
    figure: n for n, figure in enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"), 1)
}
# 结束语 of an official letter, which often goes without its stop
_CLOSING_PHRASE = re.compile(
    r"(?:^|[。；，\s])此(?:复|令|致|函)$|"
    r"(?:特此|专此)(?:通知|通告|公告|公示|通报|函告|函复|函达|函|批复|答复|复|证明|说明|报告|决定|令)$"
)
_LAST_OF_PHRASE = "知告示报复达函明定令致"
_SOURCE = re.compile(r"\s*【(?:资料|数据)?来源\s*[:：][^【】]+】")
_REMARK = re.compile(r"[。；！？]\**[（(][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]$")
ZERO = "[0０OＯoｏОоΟο〇○]"  # a year's nought, and the letters and circles that readers take it for
CENTURY = f"(?:[1１][9９]|[2２]{ZERO})"  # how the figures of a year begin, in both widths
OF_YEAR = f"(?:\\d|{ZERO})"  # any of the rest
BARE_FIGURES = re.compile(r"[\d.,%\s]+")  # as over the bars of a chart
TERMINAL = "。：；！？.:;!?…"
_OPENS = re.compile("[《（(“〔「【]")
CLOSING = "”’」』）)】〕］]》〉\"'"
_LAST = frozenset(TERMINAL + CLOSING + _LAST_OF_PHRASE + "*")  # what a piece that ends a sentence may end with


def nfkc(text: str) -> str:
    """The text in Unicode's form NFKC. Where no other characters need it than the common wide marks, as in nearly all
    lines, this takes a tenth of the time that `unicodedata.normalize` does.

    >>> nfkc("２０２５年（试行），Ⅲ")
    '2025年(试行),III'
    """
    if text.isascii():
        return text
    # the compatibility characters that Chinese prose is full of
    text = text.replace("，", ",").replace("（", "(").replace("）", ")").replace("：", ":")
    text = text.replace("；", ";").replace("！", "!").replace("？", "?").replace("％", "%")
    return text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)


@remembered
def fold(text: str) -> str:
    """The words alone: width folded, blanks and emphasis marks gone.

    >>> fold("**第一章  总则（试行）**")
    '第一章总则(试行)'
    """
    if text.isalnum() and unicodedata.is_normalized("NFKC", text):  # words alone
        return simplified(text)
    text = simplified("".join(nfkc(text).split()))
    return text.replace("*", "").replace("#", "").replace("\u200b", "").replace("\ufeff", "")


def display_width(text: str) -> int:
    """Columns on a terminal: wide and full-width characters count two (Unicode UAX #11).

    >>> display_width("表1 abc")
    7
    """
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


@lru_cache(maxsize=8192)
def _columns(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WFA" else 1


def indent_of(text: str) -> int:
    """How many characters of blank a line begins with.

    >>> indent_of("    一、总则"), indent_of("　　甲")
    (4, 2)
    """
    return len(text) - len(text.lstrip(" 　"))


def ends_sentence(text: str) -> bool:
    """Whether a piece of prose ends where a paragraph may end: a closing mark counts as the character inside it.

    A remark in brackets after the sentence (“……。（某局负责）”) ends it too, and so does a closing phrase (特此通知); where a
    table comes from, in brackets of its own, is whole.

    >>> [ends_sentence(s) for s in ("完成。", "（完成。）", "以“店”", "如下：", "覆盖面", "建设。（某局负责）", "特此通知", "【来源：年鉴】")]
    [True, True, False, True, False, True, True, True]
    """
    if text and text[-1] not in _LAST and not text[-1].isspace():
        return False
    text = text.rstrip().rstrip("*").rstrip()
    bare = text.rstrip(CLOSING + "*")
    if bare and bare[-1] in TERMINAL and (bare[-1] not in ".:" or len(bare) == len(text)):
        return True
    if text.endswith("】") and _SOURCE.match(text):
        return True
    if "此" in text[-8:] and _CLOSING_PHRASE.search(text, max(0, len(text) - 8)):
        return True
    return text.endswith(("）", ")")) and _REMARK.search(text) is not None


@remembered
def number_of(numeral: str) -> int | None:
    """A Chinese, full-width or ASCII numeral as a number; None where it is none.

    >>> [number_of(s) for s in ("二十一", "十", "3", "一百零二", "二〇三五", "甲")]
    [21, 10, 3, 102, 2035, None]
    """
    numeral = nfkc(numeral).replace(" ", "")
    if numeral.isdecimal():
        return int(numeral)
    if not numeral or any(c not in _DIGITS and c not in _UNITS for c in numeral):
        return None
    if not any(c in _UNITS for c in numeral):
        return int("".join(str(_DIGITS[c]) for c in numeral))
    total = digit = 0
    for c in numeral:
        if c in _DIGITS:
            digit = _DIGITS[c]
        else:
            total += (digit or 1) * _UNITS[c]
            digit = 0
    return total + digit


def unbalanced(text: str) -> int:
    """How many brackets, quotes and title marks stand open at the end of a text.

    >>> [unbalanced(s) for s in ("关于印发《规划", "（2021—2023年）", "“十四五")]
    [1, 0, 1]
    """
    if not _OPENS.search(text):
        return 0
    out = 0
    for a, b in ("《》", "（）", "()", "“”", "〔〕", "「」", "【】"):
        opened = text.count(a)
        if opened:
            out += max(0, opened - text.count(b))
    return out
