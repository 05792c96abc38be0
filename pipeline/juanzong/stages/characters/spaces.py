"""Spaces that line wraps and the transcriber's habits put into Chinese text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial

import regex as re

from juanzong.language.personal_names import lists_attendants, lists_people
from juanzong.language.text import fold
from juanzong.stages.characters.meant_blanks import (
    BLANK,
    ENDS_AGENCY,
    before_item,
    behind_meeting_label,
    between_agencies,
    entry_gaps,
    is_form_blank,
    parts_cells_at,
    parts_values,
    parts_words,
)
from juanzong.stages.characters.rule import CLOSING, HAN, OPENING, STOPS, Change, Rule

BLANKS = frozenset(" \t\u3000\xa0")
_FIGURE = r"A-Za-z0-9%‰℃°²³μΩ\[\]"
_BLANKS = re.compile(rf"{BLANK}+")
_INK = f"[{HAN}{OPENING}{CLOSING}{STOPS}{_FIGURE}—]"
GAP = re.compile(rf"(?<={_INK}){BLANK}+(?={_INK})")
_WESTERN = re.compile(rf"[{_FIGURE}]")
_PLAIN_WESTERN = re.compile(r"[A-Za-z0-9%‰℃°²³μΩ]")
_LINE_NUMBER = re.compile(r"\s*\d{1,2}(?:[.．]\d{1,2}){1,3}")
_POST = re.compile(r"(?:[省市县区州厅局部院校]长|主任|主席|书记|总理|董事长|总经理)$")  # before the name of who signs

TITLES = frozenset({"title", "cover", "heading", "contents", "caption", "box", "attachments"})
AGENCIES = frozenset({"issuers", "signatories", "addressees", "copied_to", "letterhead", "printed_by"})
PROSE = frozenset({"body", "signer"})  # who signs may be several, by name
# labels of a map, and 主题词, stand apart; a date's output is its ISO form
LABELS = frozenset({"figure", "date", "category"})
LONGEST_TITLE = 500  # characters; what is longer is no title, and its blanks no wraps
SHORTEST_HALF = 4  # characters: the halves of a title in two parts (…体系 …强市)


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
        if _is_wrap(text, i, j) and not before_item(text, i, j) and not between_agencies(text, i, j)
    ]


def close_cell_gaps(text: str) -> list[Change]:
    """The same in a cell or a note, where blanks alone may part the names of people, or a value from the next label.

    >>> close_cell_gaps("余子民 谭卓昆 王国凯"), len(close_cell_gaps("技术和服 务"))
    ([], 1)
    >>> close_cell_gaps("授权公告日：2020年3月17日　　授权公告号：CN 108526711 B")
    []
    """
    if lists_people(text) or lists_attendants(text):
        return []
    return [c for c in close_gaps(text) if not parts_values(text, c.start, c.end)]


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
    entries = entry_gaps(text)
    return [
        c
        for c in close_gaps(text)
        if c.start not in entries
        and not parts_values(text, c.start, c.end)
        and not behind_meeting_label(text, c.start)
        and not is_form_blank(text, c.start, c.end)
        and not parts_words(text, c.start, c.end)
        and not parts_cells_at(text, c.start, c.end)
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
                and not between_agencies(text, i, j)
                and not (ENDS_AGENCY.search(text[:i]) and len(right) == 1)
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
        if not _is_wrap(text, i, j) or between_agencies(text, i, j) or before_item(text, i, j):
            continue
        if parts_values(text, i, j):
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
