"""Elements that a tool wrote in one line with what follows, as none of them ends in a stop: a title and the addressees,
the list of attachments and who signs, the imprint and the mark of the annex behind it, a page's last line and its
number. Each gets a line of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.text import ends_sentence

_TITLE = re.compile(
    r"(?P<title>(?:[^。；：\t|]{4,110}?)?关于[^。；：\t|]{2,110}?的(?:通知|通报|函|决定|(?:若干|指导|实施)?意见|批复|公告|通告))"
    r"(?=[^的）)」』”，、。]\S)"
)
_NUMBER_BEHIND = re.compile(r"\s+(?P<number>\S{1,20}[〔\[［（(]\s?\d{4}\s?[〕\]］）)]\s?第?\d{1,4}\s?号)(?=\s+\S)")
_LETTER = re.compile(r"现|为|根据|按照|经|近")  # how letters open
_OPENS = re.compile(
    rf"(?:{_LETTER.pattern}|[你贵]\p{{Han}}{{1,3}}[《〈（(“关报来提送于上])"
)  # right behind whom they are for
_COLON = re.compile(r"[：:]\s*")
_WIDE = re.compile(r"(?:\s{2,}|　)")
_GIVEN = re.compile("[印转]发给你们")
_YEAR = r"(?:二[〇○O０0零]|20|19|一九)[〇○O０0零一二三四五六七八九\d]{2}\s?年"
_DAY = rf"{_YEAR}\s?[\d一二三四五六七八九十]{{1,2}}\s?月\s?[\d一二三四五六七八九十]{{1,3}}\s?日"
_DATE_FIRST = re.compile(rf"\s*{_DAY}(?:\s{{2,}}|　)\s*(?P<who>\S.{{2,60}})")
_DATED = re.compile(rf"(?<=[\p{{Han}}）)\s])(?P<date>{_DAY})\s*$")
_NUMBER_DATED = re.compile(rf"(?P<number>\s*\S.{{4,30}}号)\s+{_DAY}\s*")
_MARKED = re.compile(r"(?P<before>\S.*?[\p{Han}）)])\s*(?P<mark>附\s?(?:件|表)?\s?\d{0,2})$")
_LABEL = re.compile(
    r"(?<=[\p{Han}。])(?=(?:抄\s*送|内部发送|(?<!内部)发\s*送|主\s*送|(?P<sure>主题词)|联系人)\s?[:：])"
)
_OF_IMPRINT = re.compile(r"\s*(?:主\s?题\s?词|抄\s?[送报]|信息公开选项|内部发送)\s?[:：]")
_FIRST_OF_IMPRINT = ("主", "抄", "信", "内")
_COPIES = re.compile(r"[（(]\s?共\s?印\s?\d{1,6}\s?份\s?[）)]\s*(?=\S)")
_PAGE = re.compile(r"(?<=[\p{Han}）)。；：，、])\s*(?P<page>[—－―─]\s{0,2}\d{1,3}\s{0,2}[—－―─])\s*$")
_DASHES = ("—", "－", "―", "─")
_NO_TEXT = re.compile(r"(?<![“‘「『\"])[（(]\s?[此本]页无正文\s?[）)]")
_SIGNER = r"\s*\p{Han}{0,6}(?:[行部局院署省市县区校会]长|主席)\s*[:：]?\s?\p{Han}{2,3}"
_HEAD_SIGNS = re.compile(rf"(?P<who>{_SIGNER}){{1,8}}(?={_DAY}\s*$)")
_SAID_TWICE = re.compile(r"附\s*[:：]\s*(?P<name>\p{Han}{4,40})(?=(?P=name)$)")
_ORDER = re.compile(
    r"(?!依据|根据|按照?|[经由见以])[^《》，。；：（）()]{4,80}令\s*[〔\[［（(]\s*\d{4}\s*[〕\]］）)]\s*第?\s*\d{1,4}\s*号(?=\s*(?:根据|为|依据))"
)
_NAME = r"[^（）()《》]{2,60}(?:办法|规定|条例|规则|细则|决定)"
_ORDER_NAMES = re.compile(
    rf"(?:\S.{{2,60}}号\s*(?P<name>[（(]{_NAME}[)）])|\S.{{2,60}}令\s?[（(]第\s?\d{{1,4}}\s?号[）)]\s*(?P<name>《{_NAME}》|{_NAME}))\s*"
)
_MARK = re.compile(r"\s*附\s?[件表]?\s?\d{0,2}\s*[:：]?\s*")
_SHORT = 5  # characters of a title that say little
_NEAR = 8  # lines of an order
_SIGNED = 60  # characters of those who sign


def part_page_numbers(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines, the last ones of pages parted from the page's number between dashes behind them."""
    out: list[Line] = []
    for line in lines:
        m = _PAGE.search(line.text) if line.block is None and line.text.rstrip()[-1:] in _DASHES else None
        if m is not None and not line.like_row:
            out.append(line.holding(line.traced[: m.start()]))
            line = line.holding(line.traced[m.start("page") :].strip(), 0)
        out.append(line)
    return out


def part_elements(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines, those that hold several elements parted."""
    out: list[Line] = []
    listed: set[str] = set()  # the titles of annexes, where something shows how long they are
    for k, line in enumerate(lines):
        above, below = out[-1].text if out else "", lines[k + 1].text if k + 1 < len(lines) else ""
        cuts = list(_round_note(line.text)) if "无正文" in line.text else []
        if line.block is None:
            cuts = sorted({*cuts, *_cuts(line.text, below), *_of_letter(line.text, above, below)})
        elif line.block.kind == "paragraph":
            cuts += _behind_copies(line.text)
        cuts = cuts or (list(_beside_grade(line)) if "号" in line.text else [])
        if not cuts and out and listed and _MARK.fullmatch(out[-1].text):
            cuts = _behind_name(line.text, listed)
        listing = line.text.lstrip()[:1] == "附"
        if (m := el.ATTACHMENT_LIST.match(line.text[: cuts[0]] if cuts else line.text) if listing else None) and (
            cuts or _MARK.fullmatch(below)
        ):
            listed.add(m["first"].strip())
        edges = [0, *cuts, len(line.text)]
        if len(edges) > 2:
            pieces = [line.traced[a:b].strip() for a, b in pairwise(edges)]
            if _ORDER_NAMES.fullmatch(line.text) and _is_named(
                pieces[-1].text.strip("（()）《》"), lines[k + 1 : k + 1 + _NEAR]
            ):
                ledger.drop_ranges(pieces.pop(), "second-print", kind="merge")
            out += [line.holding(piece, line.blanks if n == 0 else 0) for n, piece in enumerate(pieces) if piece]
        else:
            out.append(line)
    return out


def _is_named(title: str, below: Sequence[Line]) -> bool:
    """Whether an order says right below its number what it issues, or that stands there under its own title."""
    return bool(below) and (title in below[0].text or any(title == x.text.strip("# *") for x in below))


def _round_note(text: str) -> Iterator[int]:
    """Where a line parts into what it says and the note that its page has no text, before nothing or who signs there."""
    m = _NO_TEXT.search(text)
    rest = text[m.end() :].strip() if m else ""
    if m and (not rest or el.signed_and_dated(rest) or el.organs_in(rest) is not None):
        yield from (k for k in m.span() if text[:k].strip() and text[k:].strip())


def _cuts(text: str, below: str) -> Iterator[int]:
    """Where a line parts into elements; `below`: the next line."""
    first = text.lstrip()[:1]
    if "关于" in text and "的" in text and (m := _TITLE.match(text)):
        yield from _behind_title(text, m.end())
    elif "号" in text and (m := _ORDER_NAMES.fullmatch(text)) and el.order_number(text[: m.start("name")]) is not None:
        yield m.start("name")
    elif "令" in text and (m := _ORDER.match(text)) and el.order_number(m[0]) is not None and "现予" in text[m.end() :]:
        yield m.end()
    elif text.rstrip()[-1:] == "日" and (m := _HEAD_SIGNS.match(text)):
        yield from m.ends("who")
    elif first == "附" and (m := _SAID_TWICE.match(text)):
        yield m.end()
    elif first == "附" and el.ATTACHMENT_LIST.match(text):
        yield from _behind_list(text, below)
    elif first in _FIRST_OF_IMPRINT and _OF_IMPRINT.match(text):
        yield from (m.start() for m in _LABEL.finditer(text) if m.start())
        yield from _behind_copies(text)
    elif "号" in text and (m := _NUMBER_DATED.fullmatch(text)) and el.is_doc_number(m["number"]):
        yield m.end("number")
    elif "共印" in text and (m := _COPIES.search(text)) and el.printed_on(text[m.end() :]):
        yield m.end()
    elif "印" in text and (m := _MARKED.fullmatch(text)) and el.printed_on(m["before"]):
        yield m.start("mark")


def _beside_grade(line: Line) -> Iterator[int]:
    """Where a line parts into the number of a text and how urgent it is, or who may read it: 依申请公开　某卫函〔2025〕17号."""
    cut = 0 if line.tabular else el.grade_beside(line.text)
    parts = (line.text[:cut].strip(), line.text[cut:].strip()) if cut else ()
    if any(el.is_doc_number(x) or el.signed_number(x) for x in parts):
        yield cut


def _of_letter(text: str, above: str, below: str) -> Iterator[int]:
    """Where a letter's line parts: behind whom it is for, where it opens on their line; behind its last sentence and a
    blank, before who signs it; behind a date that stands before who signs. `above`, `below`: the lines beside it."""
    stop = text.rfind("。") + 1
    rest = text[stop:]
    if stop and rest[:1].isspace() and "\t" not in rest and len(rest) <= _SIGNED:
        signed = rest.strip()
        if el.signed_and_dated(signed) or (_WIDE.match(rest) and el.organs_in(signed) and el.is_date(below)):
            yield stop
    m = _DATE_FIRST.fullmatch(text) if not stop and "日" in text and ends_sentence(above) else None
    last = m is not None and (not ends_sentence(below) or el.is_of_imprint(below))
    if m is not None and last and el.organs_in(m["who"]) is not None:
        yield m.start("who")
    colon = _COLON.search(text) if stop else None
    addressed = colon and _OPENS.match(text, colon.end()) and el.is_addressee(text[: colon.end()].rstrip())
    if colon and addressed and _is_over_letter(above):
        yield colon.end()


def _is_over_letter(text: str) -> bool:
    """Whether a line is what stands right over whom a letter is for: its number, or its title."""
    return el.is_doc_number(text) or (el.type_of_title(text) in ("notice", "report") and el.may_be_title(text))


def _behind_copies(text: str) -> Iterator[int]:
    """Where behind those who get copies the line tells who printed the text, and when."""
    stop = text.rfind("。") + 1
    if not stop or "印" not in text[stop:] or not _OF_IMPRINT.match(text):
        return
    m = el.printed_on(text[stop:].strip())
    if m is not None and m["by"].strip():
        yield stop


def _behind_title(text: str, end: int) -> Iterator[int]:
    """Where behind a title the addressees begin, and behind these the letter."""
    if el.type_of_title(text[:end]) is None or not el.may_be_title(text[:end]):
        return
    if numbered := _NUMBER_BEHIND.match(text, end):
        yield numbered.start("number")
        end = numbered.end()
    if _LETTER.match(text[end:]) and ends_sentence(text) and _GIVEN.search(text[end:]):
        yield end
        return
    stop = next((k for k in range(end, len(text)) if text[k] in "：:"), -1) + 1
    opens = stop == len(text) or (numbered and text[stop : stop + 1].isspace()) or _LETTER.match(text[stop:])
    if stop and opens and el.is_addressee(text[end:stop].strip()):
        yield from (end, stop) if stop < len(text) else (end,)


def _behind_list(text: str, below: str) -> Iterator[int]:
    """Where behind a list of attachments who signs stands and the date, or the mark of the annex whose title follows."""
    if m := _DATED.search(text):
        yield m.start("date")
        begin = next(
            (k for k in range(max(3, m.start() - _SIGNED), m.start()) if _signs(text[:k], text[k : m.start()])), 0
        )
        yield from (begin,) if begin else ()
    elif (label := _LABEL.search(text)) and (
        label["sure"] or (el.noun_of(text[: label.start()]) or "  ")[1] == "strong"
    ):
        yield from (m.start() for m in _LABEL.finditer(text))
    elif (m := _MARKED.fullmatch(text)) and _is_title_of(m["before"], below):
        yield m.start("mark")


def _behind_name(text: str, names: Iterable[str]) -> list[int]:
    """Where a line goes on behind the title of an annex."""
    name = next((n for n in names if text.startswith(n) and len(n) > _SHORT), "")
    return [len(name)] if text[len(name) :].strip() and name else []


def _is_title_of(listed: str, below: str) -> bool:
    """Whether the next line begins with the title that is listed last."""
    m = el.ATTACHMENT_LIST.match(listed)
    name = skeleton(m["first"]) if m else ""
    return bool(name) and (skeleton(below).startswith(name) or name.endswith(skeleton(below) or "-"))


def _signs(listed: str, organs: str) -> bool:
    """Whether a line parts into the end of an attachment's title and organs."""
    noun = el.noun_of(listed.rstrip())
    whole = el.is_organ(organs.strip()) or el.organs_in(organs.strip()) is not None
    return noun is not None and noun[1] == "strong" and whole
