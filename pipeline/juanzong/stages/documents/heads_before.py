"""Where the head of a document begins: its annex mark, letterhead, number, the labelled lines of a web page above its
title."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import takewhile

import regex as re

from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.annex_marks import MARK_NOTED, marks_annex
from juanzong.language.form_lines import is_field
from juanzong.language.numbering import heading_of
from juanzong.language.standards import standard_mark
from juanzong.language.text import ends_sentence
from juanzong.stages.documents.letterheads import grades_head, is_of_letterhead
from juanzong.stages.documents.mastheads import is_letterhead, is_of_gazette, names_whole_letterhead
from juanzong.stages.documents.page_titles import OF_FILE, is_cut_title, is_file_name, is_page_title
from juanzong.stages.documents.stands_over import names_below, stands_over
from juanzong.stages.documents.title_lines import heads_order
from juanzong.stages.documents.title_signs import is_head_line
from juanzong.stages.pieces.alone import is_english
from juanzong.stages.pieces.items import Item

_MOST_VALUE = 60  # characters of the rest of a wrapped label line
_MOST_ABSTRACT = 2  # lines that say what a text is about, between two prints of its title
_MOST_BETWEEN = 8  # lines of any kind there
_MOST_TAGS = 40  # characters of the words by which a page is found: 古桥 文物 修缮
_TAGS = re.compile(r"\p{Han}{2,8}(?:[\s,，;；、|]+\p{Han}{2,8}){1,9}")
_IN_HEADS = re.compile("|".join(el.LABELS[k].pattern for k in ("index_number", "category", "publisher", "validity")))
_FURNITURE = ("running-head", "page-number")


def head_start(items: Sequence[Item], start: int, least: int, title: str, names: Collection[str]) -> int:
    """Index of the first item of the head of the document whose `title` is at items[start]; not before items[least].
    `names`: what a page may call it, folded."""
    k = start
    labelled = False
    while k > least:
        x = items[k - 1]
        if x.rule in _FURNITURE:
            k -= 1
        elif _is_above_head(items, k - 1, least, labelled=labelled) or _ends_above(items, k - 1, least):
            break
        elif x.rule == "web-chrome":
            k -= 1
        elif marks_annex(x.s):
            return k - 1
        elif (
            _stands_above(items, k - 1, least)
            or grades_head(items, k - 1)
            or is_of_letterhead(items, k - 1, start, title)
            or _is_repeat(items, k - 1, start)
            or _says_title(x.s, title, beside=k == start or labelled)
            or _names_page(x, names, labelled=labelled, head=k < start)
            or is_letterhead(x.s, title)
            or _goes_with(items, k - 1, start, least, title)
        ):
            labelled = labelled or el.is_label(x.s) or bool(el.ABOUT.match(x.s))
            k -= 1
        elif (
            labelled
            and len(x.s) < _MOST_VALUE
            and (_is_masthead(x) or (k - 2 >= least and el.is_label(items[k - 2].s)))
        ):
            k -= 1  # the site's name, or the rest of a wrapped label line
        elif (first := _first_print(items, k, start, least)) is not None:
            k = first
        else:
            break
    while k < start and items[k].rule in _FURNITURE:
        k += 1
    return k


def _goes_with(items: Sequence[Item], k: int, start: int, least: int, title: str) -> bool:
    """Whether item k goes with what stands below it: it says what the title at items[start] says itself, is the first line
    of a letterhead, or the number of a copy over one."""
    if is_organ_with_english(items, k, start):
        return True
    if k + 1 == start:
        if k > least and marks_annex(items[k - 1].s) and names_below(items[k].s, title):
            return True
        opens = items[k].begins_page and not items[k + 1].blanks and title.find("关于") <= 0 and el.is_organ(items[k].s)
        return opens or _is_over(items, k, least, title)
    return names_whole_letterhead(items[k], items[k + 1], title) or el.COPY_NUMBER.match(items[k].s) is not None


def is_organ_with_english(items: Sequence[Item], k: int, start: int) -> bool:
    """Whether item k is an organ over its name in English, or that name, right above the title at items[start]."""
    top = start - 2
    named = top >= 0 and all(x.is_text for x in items[top:start]) and is_english(items[start - 1].s)
    return named and k in (top, start - 1) and el.is_organ(items[top].s)


def _is_over(items: Sequence[Item], k: int, least: int, title: str) -> bool:
    """Whether item k says what the title right below it says itself; an organ behind a sentence signs what stands above."""
    signs = k > least and not items[k].begins_page and (items[k - 1].kind == "table" or ends_sentence(items[k - 1].s))
    return not items[k + 1].begins_page and stands_over(items[k].s, title) and not (signs and el.is_organ(items[k].s))


def _names_page(item: Item, names: Collection[str], *, labelled: bool, head: bool) -> bool:
    """Whether a line is what a page or a file calls the document: over its labels, set above all else; or one of `names`,
    over labels or more of the `head`, or set as a heading."""
    if labelled and item.level == 1:
        return True
    return (labelled or head or item.level > 0) and skeleton(item.s) in names


def _says_title(text: str, title: str, *, beside: bool) -> bool:
    """Whether a line says the title: cut, as a file's name, or, right above it or among labels (`beside`), as a page's."""
    return is_cut_title(text, title) or is_file_name(text, title) or (beside and is_page_title(text, title))


def _ends_above(items: Sequence[Item], k: int, least: int) -> bool:
    """Whether item k ends what stands above: the note of a table, its signature and date in one line, or, under
    those and at its page's end, when it was put up."""
    return _is_note_of_table(items, k, least) or _is_signed_above(items, k, least) or _is_posted_above(items, k, least)


def _is_posted_above(items: Sequence[Item], k: int, least: int) -> bool:
    """Whether item k says when the text above it was put up: right under the day on which that is signed, and the last
    line of its page."""
    if k <= least or el.label_of(items[k].s) not in ("published_on", "source") or not el.is_date(items[k - 1].s):
        return False
    below = next((items[j] for j in range(k + 1, len(items)) if items[j].rule not in _FURNITURE), None)
    return below is not None and below.begins_page and not items[k].begins_page


def _is_signed_above(items: Sequence[Item], k: int, least: int) -> bool:
    """Whether item k is the line that signs and dates the text above it, right under its end."""
    return k > least and el.signed_and_dated(items[k].s) is not None and _ends_text(items, k - 1, least)


def _ends_text(items: Sequence[Item], k: int, least: int) -> bool:
    """Whether a text may end with item k, before it is signed: a sentence, a table, a field of a form (成员：某某 某某), the
    last of its list of attachments."""
    field = is_field(items[k].s) and not el.is_label(items[k].s)
    if items[k].kind == "table" or ends_sentence(items[k].s) or field:
        return True
    while k > least and el.ATTACHMENT_ITEM.match(items[k].s):
        k -= 1
    return el.ATTACHMENT_LIST.match(items[k].s) is not None


def _is_note_of_table(items: Sequence[Item], k: int, least: int) -> bool:
    """Whether item k stands right below a table and says whence it is: 【来源：某手册】."""
    return k > least and items[k - 1].kind == "table" and el.TABLE_NOTE.match(items[k].s) is not None


def _first_print(items: Sequence[Item], k: int, start: int, least: int) -> int | None:
    """Where above item k the title at items[start] is printed the first time, with nothing between but what a page says
    of its text; None where it is not."""
    return next(
        (
            j
            for j in range(k - 1, max(least, k - _MOST_BETWEEN) - 1, -1)
            if items[j].kind == "text" and _is_repeat(items, j, start) and are_about(items[j + 1 : start])
        ),
        None,
    )


def are_about(between: Sequence[Item]) -> bool:
    """Whether the lines between two prints of a title say what a page tells of its text: labels, a line or two of what
    it is about, the words by which it is found."""
    said = [x for x in between if not x.rule]
    prose = [x for x in said if not is_head_line(x.s)]
    return (
        len(said) <= _MOST_BETWEEN
        and all(x.kind == "text" for x in said)
        and sum(ends_sentence(x.s) for x in prose) <= _MOST_ABSTRACT
        and all(heading_of(x.s) is None and (ends_sentence(x.s) or _are_tags(x.s)) for x in prose)
        and not any(el.is_addressee(x.s) or el.is_doc_number(x.s) for x in said)
    )


def _are_tags(text: str) -> bool:
    return len(text) <= _MOST_TAGS and _TAGS.fullmatch(text.strip()) is not None and el.organs_in(text) is None


def is_organ_above(items: Sequence[Item], k: int, least: int = 0) -> bool:
    """Whether items[k] is an organ right above a document number (a letterhead without 文件), or one of several organs in
    lines of their own above either; behind a sentence it signs."""
    if items[k].kind != "text" or el.organs_in(items[k].s) is None or el.LETTERHEAD.match(items[k].s):
        return False
    end = k + 1
    while end < len(items) and items[end].is_text and not items[end].begins_page and el.organs_in(items[end].s):
        end += 1
    if end == len(items) or not items[end].is_text:
        return False
    if end == k + 1 and _numbers(items[end].s):
        return True
    top = k
    while top > least and items[top - 1].is_text and _issues(items[top - 1].s):
        top -= 1
    signs = top > least and items[top - 1].is_text and ends_sentence(items[top - 1].s)
    return not signs and (_numbers(items[end].s) or bool(el.LETTERHEAD.match(items[end].s)))


def _is_above_head(items: Sequence[Item], k: int, least: int, *, labelled: bool) -> bool:
    """Whether item k is none of a head: no text, furniture, the foot of another web page, a gazette at the head of all,
    which is the cover."""
    if items[k].kind == "text" and items[k].rule == "web-chrome":
        return not labelled and _ends_page(items, k)
    return items[k].kind != "text" or bool(items[k].rule) or (not least and is_of_gazette(items, k))


def _stands_above(items: Sequence[Item], k: int, least: int) -> bool:
    """Whether item k is an element that stands over titles, whatever they say."""
    return (
        is_head_line(items[k].s)
        or standard_mark(items[k].s) is not None
        or is_organ_above(items, k, least)
        or is_of_gazette(items, k)
        or heads_order(items[k].s)
        or el.names_number(items[k].s)
        or _is_note_between(items, k, least)
        or _dates_number(items, k, least)
        or MARK_NOTED.match(items[k].s) is not None
        or (items[k].level > 0 and OF_FILE.search(items[k].s) is not None)  # the file's name, set as a heading
    )


def _is_note_between(items: Sequence[Item], k: int, least: int) -> bool:
    """Whether item k says who may have the text, under the number or the letterhead of its document."""
    above = items[k - 1] if k > least else None
    return el.HEAD_NOTE.match(items[k].s) is not None and above is not None and above.is_text and _heads(above.s)


def _dates_number(items: Sequence[Item], k: int, least: int) -> bool:
    """Whether item k is the date of the document number above it: no text ends with a number."""
    above = items[k - 1] if k > least and el.is_date(items[k].s) else None
    return above is not None and above.is_text and _numbers(above.s)


def _heads(text: str) -> bool:
    return _numbers(text) or bool(el.LETTERHEAD.match(text))


def _numbers(text: str) -> bool:
    """Whether a line is a document number, alone or with who signs."""
    return el.is_doc_number(text) or bool(el.signed_number(text))


def _issues(text: str) -> bool:
    return el.organs_in(text) is not None or bool(el.LETTERHEAD.match(text))


def _is_masthead(x: Item) -> bool:
    return el.is_organ(x.s) or x.s.isascii()


def _is_repeat(items: Sequence[Item], k: int, start: int) -> bool:
    """Whether the title's first line stands here as well."""
    return len(items[k].s) > 3 and skeleton(items[k].s) == skeleton(items[start].s)


def _ends_page(items: Sequence[Item], k: int) -> bool:
    """Whether chrome stands at the foot of the web page before, not at the head of the one that follows: below labels
    that only a head has it is of that head, though a page of the print ends there."""
    if items[k].page_break or k + 1 == len(items) or not items[k + 1].begins_page:
        return False
    before = (items[j] for j in range(k - 1, -1, -1))
    above = (x.s for x in before if x.rule not in (*_FURNITURE, "web-chrome"))
    return not any(map(_IN_HEADS.match, takewhile(el.is_label, above)))
