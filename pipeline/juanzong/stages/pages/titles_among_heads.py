"""Which of the lines that come back at the edges of pages is the title itself, and which are running heads that say it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.numbering import CONTINUED, heading_of
from juanzong.language.text import ends_sentence, fold, indent_of
from juanzong.stages.pages.head_words import (
    HALF,
    HEAD_LENGTH,
    OF_NOTICE,
    announced,
    cuts_sentence,
    in_parts,
    is_first_of_two,
    labels_print,
    names_none,
)
from juanzong.stages.pages.title_prints import BEFORE

_ROW, _WIDE = 3, re.compile(r"\s\s|\t")  # lines above, in one of which several columns hold text
_DEEP = 8  # blanks before what stands in a table's columns
_TITLE_LINES = 3  # lines in which a title stands under its head
_PAGED = re.compile(r"(?:[.．…·⋯]{2,}|\t)\s*[（(]?\d{1,3}[）)]?$")  # an entry of a contents list
_OF_NOTICE = re.compile(rf"》?{OF_NOTICE}$")
_YEARS = re.compile(r"[（(][^（）()]*[）)]$")  # 规划（2021—2025年）
_BRACKETED = re.compile(r"[（(][^（）()]+[）)]")
_CLAUSES = re.compile("[，；。].")  # of prose: a clause ended, and another began


def title_among(
    lines: Sequence[Line],
    heads: Sequence[int],
    text: str,
    own: Sequence[int],
    breaks: Sequence[bool],
    live: Sequence[int],
) -> int | None:
    """Which of the lines that say `text` at the edges of pages is the title itself; None where that is one of its
    other prints (`own`): below the first of them on its page, or before it, or after a notice that announces it.
    `live`: the lines that are no page numbers."""
    first = heads[0]
    page_end = next((i for i in range(first + 1, len(breaks)) if breaks[i]), len(breaks))
    if labels_print(lines[first].text):  # a cover says it first, over no text
        begin = next((i for i in range(first, 0, -1) if breaks[i]), 0)
        return None if any("，" in x.text or ends_sentence(x.text) for x in lines[begin:page_end]) else first
    own = [i for i in own if not _in_title(lines, i, text)]
    named = heads_title(lines, first) or (is_first_of_two(lines, heads) and heads_title(lines, first + 1))
    if any(first - BEFORE <= i < page_end for i in own) or named or in_parts(lines[first].text):
        return None
    if _says_less(lines, first):
        return None
    if not announced(lines, first, text):
        return None if _cuts_text(lines, first, live) or _cuts_table(lines, first, live) else first
    if any(i > first for i in own):
        return None
    below = (i for i in heads[1:] if i + 1 < len(lines))
    return next((i for i in below if _follows_title(lines[i + 1].text) or _stands_behind_date(lines, i, live)), None)


def _stands_behind_date(lines: Sequence[Line], at: int, live: Sequence[int]) -> bool:
    """Whether the page before line `at` ends with the date of a notice, or with words in brackets under it: （此件公开发布）."""
    k = bisect_left(live, at)
    before = [lines[i].text.strip() for i in live[max(0, k - 2) : k]]
    if before and _BRACKETED.fullmatch(before[-1]):
        before.pop()
    return bool(before) and el.is_date(before[-1])


def letters_among(lines: Sequence[Line], heads: Sequence[int], live: Sequence[int]) -> set[int]:
    """Those of the lines that say the same at the edges of pages which are titles of letters: right below stands the
    addressee, behind the date of the letter before, or a number over it, or one that no other of these lines has below
    and no title follows. `live`: the lines that are no page numbers."""
    if (el.noun_of(lines[heads[0]].text.strip()) or ("", ""))[1] != "strong":
        return set()
    places = [bisect_left(live, at) for at in heads]
    below = [[lines[i].text.strip() for i in live[k + 1 : k + 3]] for k in places]
    under = Counter(texts[0] for texts in below if texts)
    return {
        at
        for at, texts in zip(heads, below, strict=True)
        if len(texts) == 2
        and (
            (el.is_addressee(texts[1]) or (under[texts[0]] == 1 and el.type_of_title(texts[1]) is None))
            if el.is_doc_number(texts[0])
            else el.is_addressee(texts[0]) and _stands_behind_date(lines, at, live)
        )
    }


def heads_title(lines: Sequence[Line], at: int) -> bool:
    """Whether right under line `at`, which names no kind of document, the title of a document stands, in a line or
    several, with what stands under titles: the line names the bundle."""
    if at + 2 >= len(lines) or not names_none(lines[at].text):
        return False
    title = ""
    most = 1 if el.is_organ(lines[at + 1].text.strip()) else _TITLE_LINES  # an organ may issue what the head names
    for end in range(at + 2, min(at + 2 + most, len(lines))):
        title += lines[end - 1].text.strip()
        if ends_sentence(title):
            return False
        noun, below = el.noun_of(title), lines[end].text
        prose = len(below.strip()) >= HALF and "，" in below
        told = el.is_addressee(below) or _follows_title(below) or ends_sentence(below) or prose
        if noun is not None and noun[1] == "strong" and el.may_be_title(title) and told:
            return True
    return False


def _says_less(lines: Sequence[Line], at: int) -> bool:
    """Whether line `at` leaves words out of the title that stands in the next lines, whole: 松城养老规划 over
    松城市“十四五”养老服务规划."""
    head, run = fold(lines[at].text), ""
    for line in lines[at + 1 : at + 1 + _TITLE_LINES]:
        run += fold(line.text)
        if len(run) > HEAD_LENGTH or run == head:
            return False
        letters = iter(run)
        if _YEARS.sub("", run)[-1:] == head[-1:] and all(letter in letters for letter in head):
            return el.may_be_title(run)
    return False


def _cuts_text(lines: Sequence[Line], at: int, live: Sequence[int]) -> bool:
    """Whether line `at` stands amid the text: between the halves of a sentence of prose, between entries of a contents
    list, or before the heading that goes on from the one above. A list of annexes breaks off over a title as well, where
    that names a kind of document."""
    k = bisect_left(live, at)
    before, after = (lines[live[n]].text.strip() if 0 <= n < len(live) else "" for n in (k - 1, k + 1))
    if _breaks_off(before) or (_PAGED.search(before) and _PAGED.search(after)):
        return True
    if cuts_sentence(lines, at, live):
        said = lines[at].text.strip()
        return bool(heading_of(said) or el.type_of_title(said) is None or _CLAUSES.search(before))
    head = heading_of(after.lstrip("# "))
    if head is None or head.ordinal == 1:
        return False
    above = (heading_of(lines[live[n]].text.lstrip("# ")) for n in range(k - 1, max(0, k - BEFORE) - 1, -1))
    same = next((x for x in above if x is not None and x.form == head.form), None)
    return same is not None and same.ordinal + 1 == head.ordinal


def _breaks_off(text: str) -> bool:
    """Whether a line is prose that stops behind a comma and more words: no text ends so, but its attachments may."""
    prose = len(text) >= HALF and "，" in text[:-1] and not ends_sentence(text) and "\t" not in text
    return prose and not text.startswith("附") and heading_of(text) is None and not el.is_of_imprint(text)


def _in_title(lines: Sequence[Line], at: int, text: str) -> bool:
    """Whether the print of `text` that begins in line `at` is part of a notice's title: 关于印发 / 某某规划 / 的通知."""
    run = ""
    for i, line in enumerate(lines[at : at + _TITLE_LINES + 1], at):
        run += fold(line.text)
        if run == text:
            return i + 1 < len(lines) and _OF_NOTICE.match(lines[i + 1].text.strip()) is not None
        if not text.startswith(run):
            return False
    return False


def _cuts_table(lines: Sequence[Line], at: int, live: Sequence[int]) -> bool:
    """Whether line `at`, which names no kind of document, stands between rows of printed columns, or of tabs."""
    k = bisect_left(live, at) + 1
    if k >= len(live) or not names_none(lines[at].text):
        return False
    below, above = lines[live[k]].text, [lines[i].text.strip() for i in live[max(0, k - 1 - _ROW) : k - 1]]
    row = _WIDE.search(below.strip()) or indent_of(below) > _DEEP or CONTINUED.match(below.strip())
    return bool(row) and any(map(_WIDE.search, above))


def _follows_title(text: str) -> bool:
    """Whether a line is one that stands under titles: an organ, a date, who adopted it, its contents list, its first heading."""
    text = text.strip()
    head = heading_of(text)
    return (
        el.is_organ(text)
        or bool(el.is_date(text) or el.is_approval(text) or el.is_doc_number(text))
        or fold(text) == "目录"
        or (head is not None and head.ordinal == 1 and head.rank <= 4)
    )
