"""Spaces that line wraps and the transcriber's habits put into Chinese text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise

import regex as re

from juanzong.core.lines import looked_at
from juanzong.language.openings import begins_meeting_label, meeting_label
from juanzong.language.personal_names import lists_people, officer_gap
from juanzong.language.text import fold
from juanzong.stages.characters.rule import CLOSING, HAN, OPENING, STOPS, Change, Rule

BLANK = r"[ \t\u3000\xa0]"
BLANKS = frozenset(" \t\u3000\xa0")
_FIGURE = r"A-Za-z0-9%‰℃°²³μΩ\[\]"
_BLANKS = re.compile(rf"{BLANK}+")
_INK = f"[{HAN}{OPENING}{CLOSING}{STOPS}{_FIGURE}—]"
GAP = re.compile(rf"(?<={_INK}){BLANK}+(?={_INK})")
_WESTERN = re.compile(rf"[{_FIGURE}]")
_PLAIN_WESTERN = re.compile(r"[A-Za-z0-9%‰℃°²³μΩ]")
# the next item of a list that was set into one line: its space is all that parts it from the item before
_LINE_NUMBER = re.compile(r"\s*\d{1,2}(?:[.．]\d{1,2}){1,3}")
_ITEM = re.compile(r"(?:\d{1,2}[.．、](?!\d)|[（(][\d一二三四五六七八九十]{1,3}[)）]|\d{1,2}[)）])")
_OPTION = re.compile(r"[A-HＡ-Ｈ][.．、:：]")
# how names of 机关 and institutions end
_AGENCIES = (
    "国务院|中央|委员会|委|部|局|厅|院|办公室|办|政府|署|会|社|银行|大学|学院|中心|集团|公司|组|处|站|军区|总队|支队"
)
_AGENCY = f"(?:{_AGENCIES})"
_LAST = frozenset(name[-1] for name in _AGENCIES.split("|"))
_ENDS_AGENCY = re.compile(rf"(?:^|[{HAN}]){_AGENCY}$")
_POST = re.compile(r"(?:[省市县区州厅局部院校]长|主任|主席|书记|总理|董事长|总经理)$")  # before the name of who signs
_OPENS_AGENCY = re.compile(rf"[{HAN}]{{1,24}}?{_AGENCY}(?=$|关于|印发|文件|{BLANK}|[，。、；：》）])")

TITLES = frozenset({"title", "cover", "heading", "contents", "caption", "box", "attachments"})
AGENCIES = frozenset({"issuers", "signatories", "addressees", "copied_to", "letterhead", "printed_by"})
PROSE = frozenset({"body", "signer"})  # who signs may be several, by name
# labels of a map, and 主题词, stand apart; a date's output is its ISO form
LABELS = frozenset({"figure", "date", "category"})
LONGEST_TITLE = 500  # characters; what is longer is no title, and its blanks no wraps
SHORTEST_HALF = 4  # characters: the halves of a title in two parts (…体系 …强市)

LONGEST_ENTRY = 80  # characters of a line that lists names or posts
_DATE_END = re.compile(r"\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日$")
_DATE_LENGTH = 24  # characters, with its blanks
_DATE_START = re.compile(r"\d{4}\s?年")
_LABELLED = re.compile(rf"[{HAN}（）()]{{1,14}}[：:]")
_STOP = re.compile("[。；！？，,;]")
_WORD = re.compile(r"[^\s：:、]+")
_NAME = re.compile(rf"[{HAN}]+")
LONGEST_NAME = 4
_ROLL, _NAMES_OF_ROLL = 8, 0.9  # names of a long list of them, at least; share of its words
_HEAD = 40  # characters of a line in which such a label shows
_LEAST_OPEN, _OPEN = 2, 6  # blanks of a place to be filled in; columns of it
_BEHIND_COLON = 3  # blanks of one: 租金为：   （每月）
_APART, _NEAR = 4, 12  # columns of blanks that part words; characters before them
_LEFT_WORD = re.compile(rf"(?:(?<![{HAN}])(?P<spread>[{HAN}]{BLANK}+))?[{HAN}A-Za-z0-9]+$")
_OF_DATE = frozenset("年月第")
_WIDTHS = {"\t": 4, "\u3000": 2}
_FORM_UNIT = re.compile(rf"[年月日元]{BLANK}*(?=$|[年月日起止，。；、{OPENING}{CLOSING}]|{BLANK})")

Prints = Mapping[str, list[frozenset[int]]]


def gaps_of(text: str) -> frozenset[int]:
    """Where blanks stand in a title, counted in its characters without them.

    >>> sorted(gaps_of("推进文化自信 建设文化 强市"))
    [6, 10]
    """
    out, at = [], 0
    for k, piece in enumerate(_BLANKS.split(text.strip())):
        out += [at] if k else []
        at += len(fold(piece))
    return frozenset(out)


def index_prints(titles: Iterable[str]) -> dict[str, list[frozenset[int]]]:
    """All prints of each title (in contents lists, at its place, in notices), by its bare words: their blanks."""
    out: defaultdict[str, list[frozenset[int]]] = defaultdict(list)
    for title in titles:
        out[fold(title)].append(gaps_of(title))
    return dict(out)


def _between_agencies(text: str, i: int, j: int) -> bool:
    """Whether text[i:j] parts two names of a list of issuers: 中共中央 国务院."""
    if text[i - 1 : i] not in _LAST:  # most gaps
        return False
    return bool(_ENDS_AGENCY.search(text[max(0, i - 24) : i]) and _OPENS_AGENCY.match(text, j))


def _meant_before_item(text: str, i: int, j: int) -> bool:
    """Whether an item stands behind text[i:j], or one of the answers to choose from: A．是  B．否."""
    if _OPTION.match(text, j):
        beside = (chr(ord(text[j]) - 1) + text[j + 1], chr(ord(text[j]) + 1) + text[j + 1])
        return any(option in text for option in beside)
    return _ITEM.match(text, j) is not None and not (text[i - 1].isascii() and text[i - 1].isalpha())


def _parts_values(text: str, i: int, j: int) -> bool:
    """Whether text[i:j] parts two dates, or two labelled values."""
    if _DATE_START.match(text, j) and _DATE_END.search(text, max(0, i - _DATE_LENGTH), i):
        return True
    colon = max(text.rfind(c, 0, i) for c in "：:") if _LABELLED.match(text, j) else -1
    return colon >= 0 and not _STOP.search(text, colon + 1, i)


def _entry_gaps(text: str) -> set[int]:
    """Where, in a line without stops, blanks part names and posts; a word of two letter-spaced characters is one.

    >>> sorted(_entry_gaps("委员：郑晓红 冯 涛 蒋 丽"))
    [6, 10]
    """
    if _STOP.search(text):
        return {gap} if (gap := officer_gap(text)) else set()
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    if len(text) > LONGEST_ENTRY and not _is_roll(text, words):
        return set()
    out: set[int] = set()
    single = 0  # letter-spaced characters so far in the run of them
    for k, ((a, b), (c, d)) in enumerate(pairwise(words)):
        single = single + 1 if b - a == 1 else 0
        if text[b:c].isspace():
            run = single + next((n for n, (x, y) in enumerate(words[k + 1 :]) if y - x > 1), len(words) - k - 1)
            if not (_NAME.fullmatch(text, a, b) and _NAME.fullmatch(text, c, d)):
                continue
            if (min(b - a, d - c) in range(2, LONGEST_NAME + 1)) or (run > 0 and run % 2 == 0 and single % 2 == 0):
                out.add(b)
    return out


def _is_roll(text: str, words: Sequence[tuple[int, int]]) -> bool:
    """Whether a long line without stops is a list of names, with a label perhaps."""
    names = sum(b - a <= LONGEST_NAME and _NAME.fullmatch(text, a, b) is not None for a, b in words)
    return len(words) >= _ROLL and names >= _NAMES_OF_ROLL * len(words)


def _behind_meeting_label(text: str, i: int) -> bool:
    """Whether position i of a line is where a label of minutes ends: 时　　间　3月5日."""
    return i < _HEAD and begins_meeting_label(text) and meeting_label(looked_at(text)) == i


def _is_form_blank(text: str, i: int, j: int) -> bool:
    """Whether text[i:j] is left to be filled in: 自 年 月 日起, 每人 元; in a sentence also what is wide: 面积为        平方米。"""
    if j - i >= _BEHIND_COLON and text[i - 1] in "：:":
        return True
    if j - i >= _LEAST_OPEN and _STOP.search(text) and sum(_WIDTHS.get(c, 1) for c in text[i:j]) >= _OPEN:
        return True
    return not text[i - 1].isdigit() and bool(_FORM_UNIT.match(text, j))


def _parts_words(text: str, i: int, j: int) -> bool:
    """Whether text[i:j] is as wide as what parts columns, between two words of a line that is no sentence: 审核人：李明
    2021年5月, 李　强    副县长; no letters set apart: 成    员：李明."""
    if sum(_WIDTHS.get(c, 1) for c in text[i:j]) < _APART or _STOP.search(text):
        return False
    left, right = _LEFT_WORD.search(text, max(0, i - _NEAR), i), _WORD.match(text, j)
    if left is None or right is None or text[i - 1] in _OF_DATE or len(right[0]) < 2:
        return False
    return len(left[0]) > 1 or left["spread"] is not None


def _is_wrap(text: str, i: int, j: int) -> bool:
    """A space that is no print: between Chinese characters or marks, or between one and a figure."""
    west, east = bool(_WESTERN.match(text[i - 1])), bool(_WESTERN.match(text[j]))
    answer = text[i - 1] in OPENING and text[j] in CLOSING  # is to be written between: 您是否满意？（  ）
    return not (west and east) and not answer


def close_gaps(text: str) -> list[Change]:
    """Narrow cells and lines broke words, and transcribers set figures apart; Chinese print has no such spaces.

    Meant spaces stay: before the next item in a cell, between agencies, between figures, in English.

    >>> from juanzong.stages.characters.rule import mend
    >>> mend("2020 年，约 3 家，LNG 接收站，技术和服 务，“十四五” 规划", close_gaps)
    '2020年，约3家，LNG接收站，技术和服务，“十四五”规划'
    >>> mend("1. 种业 2. 生态养殖业 3. 《中共中央 国务院关于 促进》", close_gaps)
    '1. 种业 2. 生态养殖业 3. 《中共中央 国务院关于促进》'
    >>> close_gaps("GB/T 9704"), close_gaps("2020 2025")
    ([], [])
    """
    return [
        Change(i, j, "")
        for i, j in (m.span() for m in GAP.finditer(text))
        if _is_wrap(text, i, j) and not _meant_before_item(text, i, j) and not _between_agencies(text, i, j)
    ]


def close_cell_gaps(text: str) -> list[Change]:
    """The same in a cell or a note, where blanks alone may part the names of people.

    >>> close_cell_gaps("余子民 谭卓昆 王国凯"), len(close_cell_gaps("技术和服 务"))
    ([], 1)
    """
    return [] if lists_people(text) else close_gaps(text)


def close_prose_gaps(text: str) -> list[Change]:
    """The same in running text, where entries of a list may stand side by side and forms have blanks.

    >>> from juanzong.stages.characters.rule import mend
    >>> mend("副主任：刘志强 周海燕 冯 涛", close_prose_gaps), mend("李建国 城东镇农业服务中心主任", close_prose_gaps)
    ('副主任：刘志强 周海燕 冯涛', '李建国 城东镇农业服务中心主任')
    >>> mend("期限自 年 月 日起，技术和服 务优先。", close_prose_gaps)
    '期限自 年 月 日起，技术和服务优先。'
    >>> mend("甲方将　　　　出租给乙方，面积为        平方米。", close_prose_gaps)
    '甲方将　　　　出租给乙方，面积为        平方米。'
    >>> mend("成    员：李  强    县财政局局长", close_prose_gaps), mend("第    一    条", close_prose_gaps)
    ('成员：李强    县财政局局长', '第一条')
    """
    entries = _entry_gaps(text)
    return [
        c
        for c in close_gaps(text)
        if c.start not in entries
        and not _parts_values(text, c.start, c.end)
        and not _behind_meeting_label(text, c.start)
        and not _is_form_blank(text, c.start, c.end)
        and not _parts_words(text, c.start, c.end)
    ]


def close_agency_gaps(text: str) -> list[Change]:
    """In a line of issuers the spaces part them; only letter-spacing (财 政 局) and figures close up.

    >>> from juanzong.stages.characters.rule import mend
    >>> mend("国家发展改革委 财 政 部 2021 年", close_agency_gaps)
    '国家发展改革委 财政部2021年'
    """
    out = []
    for i, j in (m.span() for m in GAP.finditer(text)):
        left = text[max(text.rfind(b, 0, i) for b in BLANKS) + 1 : i]
        right = text[j : min((at for b in BLANKS if (at := text.find(b, j)) >= 0), default=len(text))]
        if _POST.search(left):
            continue
        if _is_wrap(text, i, j) and (
            (
                min(len(left), len(right)) <= 2
                and not _between_agencies(text, i, j)
                and not (_ENDS_AGENCY.search(text[:i]) and len(right) == 1)
            )
            or _PLAIN_WESTERN.match(text[i - 1])
            or _PLAIN_WESTERN.match(text[j])
        ):
            out.append(Change(i, j, ""))
    return out


def close_title_gaps(text: str, prints: Prints, source: str) -> list[Change]:
    """A wrapped title keeps a space at its wrap, and a title in two halves has one of its own.

    A space stays if most prints of the title have it; else it goes if the words beside it stand joined anywhere.

    >>> from juanzong.stages.characters.rule import patched
    >>> prints = index_prints(["推进创新驱动 建设国家创新型城市", "推进创新驱动 建设国家 创新型城市"])
    >>> patched(t := "推进创新驱动 建设国家 创新型城市", close_title_gaps(t, prints, ""))
    '推进创新驱动 建设国家创新型城市'
    >>> patched(t := "机构改革和 2035 年远景", close_title_gaps(t, {}, ""))
    '机构改革和2035年远景'
    """
    out: list[Change] = []
    if len(text) > LONGEST_TITLE:
        return out
    others = prints.get(fold(text), [])
    for i, j in (m.span() for m in GAP.finditer(text)):
        if not _is_wrap(text, i, j) or _between_agencies(text, i, j) or _meant_before_item(text, i, j):
            continue
        if _parts_values(text, i, j):
            continue
        if _LINE_NUMBER.fullmatch(text, 0, i):
            continue  # a title's own number: 2.3.1 …
        at = len(fold(text[:i]))
        having = sum(at in gaps for gaps in others)
        if not _PLAIN_WESTERN.match(text[i - 1]) and not _PLAIN_WESTERN.match(text[j]):
            if having >= 2 and 2 * having > len(others):
                continue
            halves = min(at, len(fold(text[j:])))
            joined = _BLANKS.sub("", text[:i])[-2:] + _BLANKS.sub("", text[j:])[:2]
            if len(others) < 2 and halves >= SHORTEST_HALF and joined not in source:
                continue
        out.append(Change(i, j, ""))
    return out


def space_rules(titles: Iterable[str], source: str) -> list[Rule]:
    """The rules for spaces in a bundle with these titles (headings, contents entries, documents' titles)."""
    fix = partial(close_title_gaps, prints=index_prints(titles), source=source)
    return [
        Rule("wrapped-space", GAP, close_cell_gaps, skips=TITLES | AGENCIES | LABELS | PROSE, signs=BLANKS),
        Rule("wrapped-space", GAP, close_prose_gaps, only=PROSE, signs=BLANKS),
        Rule("wrapped-title-space", GAP, fix, only=TITLES, signs=BLANKS),
        Rule("wrapped-space", GAP, close_agency_gaps, only=AGENCIES, signs=BLANKS),
    ]
