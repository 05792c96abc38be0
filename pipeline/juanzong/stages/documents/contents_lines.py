"""One line of a contents list: its number, its title, its page; several entries that a model wrote in one line."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

import regex as re

from juanzong.language.alike import skeleton
from juanzong.language.doc_numbers import number_first
from juanzong.language.document_types import issuer_end, number_start, type_of_title, without_hooked
from juanzong.language.numbering import ANNEX, ARTICLES_HELD, RANK, UNNUMBERED, Heading, heading_of
from juanzong.language.text import ROMAN, ends_sentence, number_of
from juanzong.stages.documents.contents_decimals import decimals_in

_DECOR = re.compile(r"[\s#*>]*(?:[-*•●◎○◆◇■□▪►▶★☆√✓✔☑☐]\s+|[★☆](?=[\p{Han}《“]))?(?:(?<=[-*•]\s)\[[ xX]\]\s+)?\**")
_LINK = re.compile(
    r"\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\])+)\]\(\s*(?:<[^<>]*>|[^()\s]*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)\s*$"
)
HEADING = re.compile(
    r"[\s#*【\[]*(?:目\s*[录錄次]|(?:总|分|本\s*[编章篇卷册]|卷内|案卷|附件|\p{Han}{0,4}(?:材料|文件|资料|证据))\s*目\s*录|(?:\p{Han}{0,2}(?:材料|资料)|附件|证据)\s*清\s*单|contents?(?:\s*目\s*[录錄次])?|目\s*[录錄次]\s*contents?|table\s*of\s*contents)(?:\s*[（(]\s*[接续]\s*[上表页]?\s*[）)])?[】\]*\s]*[:：]?[\s*]*",
    re.IGNORECASE,
)  # what the list's next page prints over its entries: （续）, 续上页, 目录（接上页）
GOES_ON = re.compile(r"[（(]?\s*(?:[接续]\s*上\s*[页表]|续\s*(?:目\s*录|表|页)?)\s*[）)]?\s*[:：]?\s*")
_ANNEXED = re.compile(r"\s*附\s*[：:]\s*(?=[\p{Han}《])")  # what is bound behind all others
_LEADER = r"[.．。…·⋯・_\-—]"
_LATEX_DOTS = r"\$?\s*(?:\\(?:[lcvd]?dots\w*|dotfill|hfill)\s*)+\$?"
_PAGED = re.compile(
    rf"(?P<head>(?=[.．…·⋯])|.*?\S)"
    rf"(?P<gap>(?:\s*{_LATEX_DOTS}\s*|\s*(?:…|{_LEADER}{{2,}}|(?:[.．…·]\s){{3,}})[\s.．…·]*|\t[\s.…]*|\s*[/／]\s*|\s*(?:→|[-=]>|[，,]\s?(?=第))\s*|\s{{2,}}|\s)(?:[-–—(（]\s?)?(?:第\s?|[Pp](?:age)?\.?\s?)?|[（(]\s?(?:第\s?|[Pp]\.?\s?)?)"
    rf"(?P<page>[\dIVXivxⅠ-ⅿ]{{1,5}}(?:\s?[-—–]\s?\d{{1,5}})?)(?P<end>\s?页)?(?:\s?[/／]\s?\d{{1,4}})?(?:\s?[-–—)）])?\**\s*$"
)
# the page alone, read from the end, with the last sign of what parts it from the words (but for dots of LaTeX)
_PAGE_AT_END = re.compile(
    r"(?r)[\s→>，,.．。…·⋯・_\-—–/／(（第PpＰ.][\dIVXivxⅠ-ⅿ]{1,5}(?:\s?[-—–]\s?\d{1,5})?(?:\s?页)?(?:\s?[/／]\s?\d{1,4})?(?:\s?[-–—)）])?\**\s*"
)
# at a line's end: the page stands in the next line
LEADERS = re.compile(rf"\s*(?:{_LATEX_DOTS}|…|[.．…·⋯・_]{{2,}}|[-—]{{4,}})[\s.．…·]*$")
# a page with nothing before it, or in brackets, which may be a part of the title as well
GLUED = re.compile(
    r"(?P<head>.*[^\d\s.．（(])(?:(?P<gap>)(?P<page>\d{1,3})|(?P<gap>\s?[（(]\s?)(?P<page>\d{1,3})\s?[）)])\s*$"
)
_FIGURE = re.compile(
    r"(?P<figure>\d{1,3})(?P<stop>\s?[.．、﹒](?=\d{4}\s?年)|\s[.．、](?=\s?[\p{Han}《])|\s+(?=\S))\s*"
)
_DASHED_FIGURE = re.compile(r"(?P<figure>\d{1,2})\s?[-－—–:：]\s?(?=[\p{Han}《“])")  # 1-某规划
_GLUED_FIGURE = re.compile(
    r"(?P<figure>\d{1,2})(?=\p{Han})(?![年月日号时届期级类万亿元公平个名人吨米件项家户座])"
)  # 1总则
_DECIMAL = re.compile(r"(?P<number>\d{1,2}(?:[.．﹒]\d{1,2}){1,3})[.．﹒、]?\s*(?=[^\d.%])")
_PART_FIGURES = re.compile(  # 2-1 审计报告, 4.1.1-2 某规划, 4.1（2）某规划, （4-1）某规划
    r"(?:\d{1,2}(?:[.．]\d{1,2}){0,3}(?:\s?[-—－–_]\s?(?P<last>\d{1,2})){1,3}(?:\s*[、.．:：]\s*|\s+)"
    r"|\d{1,2}(?:[.．]\d{1,2}){1,3}\s?[（(]\s?(?P<last>\d{1,2})\s?[）)]\s*"
    r"|[（(]\s?\d{1,2}(?:[.．]\d{1,2}){0,3}(?:\s?[-—－–]\s?(?P<last>\d{1,2})){1,3}\s?[）)]\s*)(?=[\p{Han}《“])"
)
# codes that a bundle's parts bear: A1 …, B2-1 …
_CODE = re.compile(
    r"(?P<letter>[A-ZＡ-Ｚ])\s?[-—－.．]?\s?\d{1,2}(?:\s?[-—－–.．]\s?\d{1,2}){0,3}(?:\s*[、.．:：]\s*|\s+)(?=[\p{Han}《“])"
)
_LETTER = re.compile(r"(?P<letter>[A-HＡ-Ｈ])\s?[.．、)）:：]\s*(?=[\p{Han}《“])")
_ROMAN = re.compile(r"(?P<roman>[IVX]{1,5})\s?[.．、:：]\s*(?=[\p{Han}《“])")
_NO = re.compile(r"(?:[Nn][Oo]|№)\s?[.．:：]?\s?(?P<number>\d{1,2})(?:\s*[.．、:：]\s*|\s+)(?=[\p{Han}《“])")
_MEASURED = frozenset("万亿元公平个名人吨米")  # what follows an amount
# what a bundle of evidence calls its parts: 佐证材料1：…, 证据三 …
_PART = re.compile(
    r"(?:(?:佐证|支撑|证明|备查|申报|印证|相关)?(?:材料|资料|文件)|证据|佐证)\s*(?P<number>(?:\d{1,2}\s?[-—－–.．]\s?){0,4}\d{1,2}|[一二三四五六七八九十]{1,3})(?:\s*[:：、.．]\s*|\s+)(?=\S)"
)
_COUNTED = re.compile(  # 第1份 …, 第二册《…
    r"第\s?(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})\s?(?P<unit>[份卷册件号辑本组盒])(?:\s*[:：、.．]\s*|[\s　]+(?=[\p{Han}“])|(?=《))"
)
_SPACED = re.compile(r"(?P<number>[一二三四五六七八九十]{1,3})[\s　]+(?=[\p{Han}《“]{2})")  # 一 总则
_HOOKED = re.compile(r"[【\[［]\s?(?P<figure>\d{1,2})\s?[】\]］]\s*(?=[\p{Han}《“]|(?:19|20)\d{2}(?!\d))")
_CIRCLED = re.compile(r"[①-⑳⑴-⒇⒈-⒛㈠-㈩]\s*")
_COPY = re.compile(r"[（(](?:复印件|影印件|扫描件|原件|电子版|副本)[^（）()]{0,8}[）)]$")  # what of it is in the bundle
_STOPS = "；;。，,、"  # what parts entries
_FEWEST = 4  # characters of an entry among others in a line
_YEAR = 4  # figures of one
_WIDE = 60  # a heading without a number that is as long as that is none


class Span(NamedTuple):
    """lines[line].text[start:end]."""

    line: int
    start: int
    end: int


class Reading(NamedTuple):
    """What a line (or a part of it) says as an entry. `key`: the words of its title alone, without number, page and
    document number; `number`: at its head, None where there is none."""

    span: Span
    text: str
    key: str
    number: Heading | None
    paged: bool
    annex: bool
    worded: bool  # 前言, 附则 and the like
    link: bool
    sentence: bool
    noun: bool


def decor_of(text: str) -> int:
    """How many characters of list and heading marks a line begins with."""
    if "\u4e00" <= text[:1] <= "\u9fff":  # as most lines begin
        return 0
    m = _DECOR.match(text)
    return m.end() if m else 0


@lru_cache(maxsize=1024)  # as above
def paged(text: str) -> re.Match[str] | None:
    """An entry with its page: groups head, gap, page. A single blank or stroke before the page tells it only behind a
    number."""
    end = text.rstrip().rstrip("*")[-1:]
    may = end.isdecimal() or end in "IVXivx-–—)）页" or "Ⅰ" <= end <= "ⅿ"
    if not may:  # as in most lines: no page can stand there
        return None
    m = _PAGED.match(text) if "\\" in text or _PAGE_AT_END.match(text) else None
    if (
        m and m["gap"].strip() in ("（", "(") and "\t" not in m["gap"] and not m["end"]
    ):  # a page in brackets, or a part of the title: 解释（2）
        whole = end in ")）" and len(m["page"]) < _YEAR  # not the first half of （2021—2025年）
        return m if whole and (m["head"].endswith("》") or type_of_title(m["head"])) else None
    if m and m["gap"] in ("/", "／") and (len(m["page"]) >= _YEAR or m["head"][-1].isdecimal()):
        return None  # 2020/2021
    if (
        m
        and m["gap"] in (" ", "　", "/", "／")
        and not (number_at(m["head"], 0) or ANNEX.match(m["head"]) or UNNUMBERED.match(m["head"]))
    ):
        titled = len(m["page"]) < _YEAR and type_of_title(m["head"]) is not None
        return m if titled or _FIGURE.match(m["head"]) else None
    return m


def number_at(text: str, expected: int = 0) -> Heading | None:
    """The number that an entry begins with: as of a heading, a decimal, a figure before a year (2．2022年…), or, where
    it is the `expected` one, a figure parted by a blank alone.

    >>> number_at("2．2022年获奖表").end, number_at("3 会议纪要", 3).ordinal, number_at("3 会议纪要", 5)
    (2, 3, None)
    >>> number_at("1.2 适用范围").form, number_at("1.2亿元")
    ('1.1', None)
    >>> number_at("二 研修计划").ordinal, number_at("一 览 表")
    (2, None)
    >>> number_at("②会议纪要").ordinal, number_at("证据三 某协议").ordinal, number_at("材料二审核表")
    (2, 3, None)
    >>> number_at("A2 实施方案").end, number_at("B2-1 名单").ordinal, number_at("A级景区名单")
    (3, 1, None)
    >>> number_at("4.1.1-2 某规划").ordinal, number_at("4.1（3）某规划").ordinal, number_at("材料4.1-2 某规划").ordinal
    (2, 3, 2)
    >>> number_at("【2】某规划").ordinal, number_at("【2021】某规划")
    (2, None)
    >>> number_at("第3份 某规划").ordinal, number_at("第二册《某规划").ordinal, number_at("第3号令"), number_at("第一册页")
    (3, 2, None, None)
    """
    if "\u4e00" <= text[:1] <= "\u9fff":
        part = _PART.match(text) if text[0] in "材证资文佐支备申印相" else None
        if part is None:
            spaced = _SPACED.match(text) if text[0] in "一二三四五六七八九十" else None
            if spaced is not None:
                return Heading("一", RANK["一、"], number_of(spaced["number"]) or 0, spaced.end())
            counted = _COUNTED.match(text) if text[0] == "第" else None
            if counted is not None:
                return Heading(f"第{counted['unit']}", RANK["1."], number_of(counted["number"]) or 0, counted.end())
            return heading_of(text)
        return Heading("材料", RANK["1."], number_of(re.split(r"[-—－–.．\s]", part["number"])[-1]) or 0, part.end())
    part = _PART_FIGURES.match(text)
    if part is not None:
        return Heading("1-1", RANK["1."], int(part["last"]), part.end())
    lettered = _lettered(text)
    if lettered is not None:
        return lettered
    d = _DECIMAL.match(text)
    if d and (text[d.end() : d.end() + 1] not in _MEASURED or text[d.end() - 1].isspace()):
        parts = re.split(r"[.．﹒]", d["number"])
        form = ".".join("1" for _ in parts)
        return Heading(form, RANK[form], int(parts[-1]), d.end())
    hooked = _HOOKED.match(text)
    if hooked:
        return Heading("【1】", RANK["1."], int(hooked["figure"]), hooked.end())
    circled = _CIRCLED.match(text)
    if circled:
        return Heading("①", RANK["1."], int(unicodedata.numeric(text[0])), circled.end())
    m = _FIGURE.match(text)
    if m and (m["stop"].strip() or int(m["figure"]) == expected):
        form = "1." if m["stop"].strip() else "1"
        return Heading(form, RANK["1."] if m["stop"].strip() else RANK["1"], int(m["figure"]), m.end())
    glued = (_GLUED_FIGURE.match(text) or _DASHED_FIGURE.match(text)) if expected else None
    if glued and int(glued["figure"]) == expected:
        return Heading("1", RANK["1"], expected, glued.end())
    return heading_of(text)


def _lettered(text: str) -> Heading | None:
    """The number that begins with a letter: A2, No.1, A., IV."""
    code = _CODE.match(text) if text[:1].isalpha() else None
    if code is not None:
        figures = re.findall(r"\d+", code[0])
        return Heading("A" + "-1" * len(figures), RANK["1."], int(figures[-1]), code.end())
    counted = _NO.match(text)
    if counted is not None:
        return Heading("No.", RANK["1."], int(counted["number"]), counted.end())
    letter = _LETTER.match(text)
    if letter is not None:
        return Heading(
            "A.", RANK["1."], ord(unicodedata.normalize("NFKC", letter["letter"])) - ord("A") + 1, letter.end()
        )
    roman = _ROMAN.match(text)
    return Heading("I.", RANK["1."], ROMAN[roman["roman"]], roman.end()) if roman and roman["roman"] in ROMAN else None


@lru_cache(maxsize=1024)  # a search asks it of a line again and again
def read_line(text: str, span: Span, expected: int) -> Reading:
    """text[span.start:span.end] as an entry. `expected`: the figure that a number without a stop must be."""
    start, end = span.start + decor_of(text[span.start : span.end]), span.end
    link = _LINK.match(text[start:end])
    if link:
        start, end = start + link.start("words"), start + link.end("words")
    said = _without_stop(text[start:end].rstrip())
    page = paged(said)
    head = page["head"] if page else LEADERS.sub("", said)
    number = number_at(head, expected)
    annex = ANNEX.match(head) or _ANNEXED.match(head)
    cut = number.end if number else annex.end() if annex and annex.end() < len(head) else 0
    title = head[cut:].strip(" *　")
    title = title[slice(*without_hooked(title))]
    title = title[max(number_first(title)[1], issuer_end(title)) : number_start(title)]
    return Reading(
        Span(span.line, start, start + len(said)),
        said,
        skeleton(ARTICLES_HELD.sub("", _COPY.sub("", title))),
        number,
        page is not None,
        bool(annex),
        bool(UNNUMBERED.match(title)) and len(said) < _WIDE,
        link is not None,
        page is None and ends_sentence(head) and not title.endswith(("》", "）", ")", "…")),
        bool(type_of_title(title)) or "《" in title,
    )


def _without_stop(text: str) -> str:
    """An entry without what parts it from the next one: behind a closing mark, or the noun that a title ends in; a
    sentence ends in such a noun too (…，制定本规划。), behind a comma."""
    bare = text.rstrip(_STOPS)
    closed = bare.endswith(("》", "）", ")", "”")) or ("，" not in bare and type_of_title(bare))
    return bare if bare != text and closed else text


def parts_of(text: str, start: int, expected: int) -> list[tuple[int, int]]:
    """Where the entries stand that one line holds from `start` on: each begins with the number after the last one's, the
    first with the `expected` one, or the first of an inner level. Empty where there are not two.

    >>> t = "1.《甲规划》 2.《乙管理办法》3.丙实施细则"
    >>> [t[a:b] for a, b in parts_of(t, 0, 1)]
    ['1.《甲规划》 ', '2.《乙管理办法》', '3.丙实施细则']
    """
    marks = [
        m for m in _NUMBER.finditer(text, start) if not text[start : m.start()].strip() or _parted(text, m.start())
    ]
    cuts: list[int] = []
    for form in ("figure", "chinese", "chapter", "circled", "bracket"):
        found: list[int] = []
        last: dict[str, int] = {}  # form of number -> its last ordinal: 章 with their 节 between
        for m in marks:
            head = heading_of(m[0] + "　") or number_at(m[0] + "　")
            if m.lastgroup != form or head is None:
                continue
            inner = form == "chapter" and head.form not in last and head.ordinal == 1
            if inner or head.ordinal == last.get(head.form, expected - 1) + 1:
                found.append(m.start())
                last = {f: n for f, n in last.items() if form != "chapter" or RANK[f] <= head.rank}
                last[head.form] = head.ordinal
        if len(found) > len(cuts):
            cuts = found
    if len(cuts) < 2:
        cuts = decimals_in(text, start)
    if len(cuts) < 2 or text[start : cuts[0]].strip(" *　:："):
        return []
    spans = list(zip(cuts, [*cuts[1:], len(text)], strict=True))
    return spans if all(len(text[a:b].strip()) >= _FEWEST for a, b in spans) else []


_NUMBER = re.compile(
    r"(?P<figure>\d{1,2}\s?[.．、](?!\d{1,2}[^\d年]))|(?P<chinese>[一二三四五六七八九十]{1,3}、)"
    r"|(?P<chapter>第\s?[一二三四五六七八九十\d]{1,3}\s?[章编节])|(?P<circled>[①-⑳⑴-⒇])"
    r"|(?P<bracket>[（(]\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?[）)])"
)


def _parted(text: str, at: int) -> bool:
    """Whether an entry may begin in the middle of a line: behind a blank, a closing mark, a page number or a leader."""
    return text[at - 1] in " \t　》）)；;。.…·，," or text[at - 1].isdigit()
