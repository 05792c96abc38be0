"""Blanks that a line of Chinese text is meant to have: between agencies, names, values, cells, and to write into."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex as re

from juanzong.core.lines import looked_at
from juanzong.language.openings import are_keywords, begins_meeting_label, meeting_label
from juanzong.language.personal_names import is_name, officer_gap
from juanzong.language.rows import parts_cells
from juanzong.stages.characters.rule import CLOSING, HAN, OPENING

BLANK = r"[ \t\u3000\xa0]"
# the next item of a list that was set into one line: its space is all that parts it from the item before
_ITEM = re.compile(r"(?:\d{1,2}[.．、](?!\d)|[（(][\d一二三四五六七八九十]{1,3}[)）]|\d{1,2}[)）])")
_OPTION = re.compile(r"[A-HＡ-Ｈ][.．、:：]")
# how names of 机关 and institutions end
_AGENCIES = (
    "国务院|中央|委员会|委|部|局|厅|院|办公室|办|政府|署|会|社|银行|大学|学院|中心|集团|公司|组|处|站|军区|总队|支队"
)
_AGENCY = f"(?:{_AGENCIES})"
_LAST = frozenset(name[-1] for name in _AGENCIES.split("|"))
ENDS_AGENCY = re.compile(rf"(?:^|[{HAN}]){_AGENCY}$")
_OPENS_AGENCY = re.compile(rf"[{HAN}]{{1,24}}?{_AGENCY}(?=$|关于|印发|文件|{BLANK}|[，。、；：》）])")
_LONGEST_ENTRY = 80  # characters of a line that lists names or posts
_DATE_END = re.compile(r"\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日$")
_DATE_LENGTH = 24  # characters, with its blanks
_DATE_START = re.compile(r"\d{4}\s?年")
_WHEN = ("时间", "日期")
_LABELLED = re.compile(rf"[{HAN}（）()]{{1,14}}[：:]")
_BETWEEN = re.compile(rf"(?<=[{HAN}]){BLANK}+(?=[{HAN}]+(?:{BLANK}|$))(?<=[:：】\]］].*)")  # words behind a label
_STOP = re.compile("[。；！？，,;]")
_WORD = re.compile(r"[^\s：:、]+")
_NAME = re.compile(rf"([{HAN}]+)(?:[（(][{HAN}，、]{{1,12}}[）)])?")  # with what is said of who bears it: （女，回族）
_FRAMED = re.compile(r"[（(][^（）()]+[）)]")
_NOTE = re.compile(r"[（(][^（）()]{1,12}[）)]")
_LONGEST_NAME = 4
_ROLL, _NAMES_OF_ROLL = 8, 0.9  # names of a long list of them, at least; share of its words
_HEAD = 40  # characters of a line in which such a label shows
_LEAST_OPEN, _OPEN = 2, 6  # blanks of a place to be filled in; columns of it
_BEHIND_COLON = 3  # blanks of one: 租金为：   （每月）
_WIDTHS = {"\t": 4, "\u3000": 2}
_APART, _NEAR = 4, 12  # columns of blanks that part words; characters before them
_LEFT_WORD = re.compile(rf"(?:(?<![{HAN}])(?P<spread>[{HAN}]{BLANK}+))?[{HAN}A-Za-z0-9]+[）)]?$")
_OF_DATE = frozenset("年月第")
_FORM_UNIT = re.compile(rf"[年月日元]{BLANK}*(?=$|[年月日起止，。；、{OPENING}{CLOSING}]|{BLANK})")


def between_agencies(text: str, i: int, j: int) -> bool:
    """Whether text[i:j] parts two names of a list of issuers: 中共中央 国务院."""
    if text[i - 1 : i] not in _LAST:  # most gaps
        return False
    return bool(ENDS_AGENCY.search(text[max(0, i - 24) : i]) and _OPENS_AGENCY.match(text, j))


def before_item(text: str, i: int, j: int) -> bool:
    """Whether an item stands behind text[i:j], or one of the answers to choose from: A．是  B．否."""
    if _OPTION.match(text, j):
        beside = (chr(ord(text[j]) - 1) + text[j + 1], chr(ord(text[j]) + 1) + text[j + 1])
        return any(option in text for option in beside)
    return _ITEM.match(text, j) is not None and not (text[i - 1].isascii() and text[i - 1].isalpha())


def parts_values(text: str, i: int, j: int) -> bool:
    """Whether text[i:j] parts two dates, two labelled values, or a date from who signed or from its label before it: 王小明
    2022年3月5日, 谈话时间 2022年3月5日."""
    if _DATE_START.match(text, j):
        word = text[:i].split()[-1:]
        if word and (is_name(word[0]) or word[0].endswith(_WHEN)):
            return True
    if _DATE_START.match(text, j) and _DATE_END.search(text, max(0, i - _DATE_LENGTH), i):
        return True
    colon = max(text.rfind(c, 0, i) for c in "：:") if _LABELLED.match(text, j) else -1
    return colon >= 0 and not _STOP.search(text, colon + 1, i)


def entry_gaps(text: str) -> set[int]:
    """Where, in a line without stops, blanks part names and posts; a word of two letter-spaced characters is one.

    >>> sorted(entry_gaps("委员：郑晓红 冯 涛 蒋 丽"))
    [6, 10]
    >>> sorted(entry_gaps("郑晓红  冯敏（女，回族）  蒋 丽"))
    [3, 13]
    >>> sorted(entry_gaps("（某县第三中学 郑晓红 冯敏）"))
    [7, 11]
    >>> sorted(entry_gaps("关键词：遥感 松树 监测"))  # key words, which nothing else parts
    [6, 9]
    """
    if _FRAMED.fullmatch(text):  # who wrote what stands above
        return {gap + 1 for gap in entry_gaps(text[1:-1])}
    if are_keywords(text):
        return {m.start() for m in _BETWEEN.finditer(text)}
    if _STOP.search(text) and _STOP.search(_NOTE.sub("", text)):
        return {gap} if (gap := officer_gap(text)) else set()
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    if len(text) > _LONGEST_ENTRY and not _is_roll(text, words):
        return set()
    named = [_NAME.fullmatch(text, a, b) for a, b in words]
    long = [len(m[1]) if m else b - a for m, (a, b) in zip(named, words, strict=True)]
    out: set[int] = set()
    single = 0  # letter-spaced characters so far in the run of them
    for k, ((_, b), (c, _)) in enumerate(pairwise(words)):
        single = single + 1 if long[k] == 1 else 0
        if named[k] and named[k + 1] and text[b:c].isspace():
            run = single + next((n for n, x in enumerate(long[k + 1 :]) if x > 1), len(words) - k - 1)
            if min(long[k : k + 2]) in range(2, _LONGEST_NAME + 1) or (run > 0 and run % 2 == 0 and single % 2 == 0):
                out.add(b)
    return out


def _is_roll(text: str, words: Sequence[tuple[int, int]]) -> bool:
    """Whether a long line without stops is a list of names, with a label perhaps."""
    names = sum(b - a <= _LONGEST_NAME and _NAME.fullmatch(text, a, b) is not None for a, b in words)
    return len(words) >= _ROLL and names >= _NAMES_OF_ROLL * len(words)


def behind_meeting_label(text: str, i: int) -> bool:
    """Whether position i of a line is where a label of minutes ends: 时　　间　3月5日."""
    return i < _HEAD and begins_meeting_label(text) and meeting_label(looked_at(text)) == i


def is_form_blank(text: str, i: int, j: int) -> bool:
    """Whether text[i:j] is left to be filled in: 自 年 月 日起, 每人 元; in a sentence also what is wide: 面积为        平方米。"""
    if j - i >= _BEHIND_COLON and text[i - 1] in "：:":
        return True
    if j - i >= _LEAST_OPEN and _STOP.search(text) and sum(_WIDTHS.get(c, 1) for c in text[i:j]) >= _OPEN:
        return True
    return not text[i - 1].isdigit() and bool(_FORM_UNIT.match(text, j))


def parts_words(text: str, i: int, j: int) -> bool:
    """Whether text[i:j] is as wide as what parts columns, between two words of a line that is no sentence: 审核人：李明
    2021年5月, 李　强    副县长; no letters set apart: 成    员：李明."""
    if sum(_WIDTHS.get(c, 1) for c in text[i:j]) < _APART or _STOP.search(text):
        return False
    left, right = _LEFT_WORD.search(text, max(0, i - _NEAR), i), _WORD.match(text, j)
    if left is None or right is None or text[i - 1] in _OF_DATE or len(right[0]) < 2:
        return False
    return len(left[0]) > 1 or left["spread"] is not None


def parts_cells_at(text: str, i: int, j: int) -> bool:
    """Whether text[i:j] parts two cells of a row whose cells blanks part; letters set apart in one are none."""
    beside = text[max(0, i - 2) : i] + text[j : j + 2]
    return parts_cells(text) and (any(c.isdigit() for c in beside[1:3]) or len("".join(beside.split())) == 4)
