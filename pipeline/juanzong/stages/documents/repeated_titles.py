"""Titles printed twice before their text begins: after a cover, in the head of a web page."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.numbering import RANK, heading_of
from juanzong.language.standards import standard_mark
from juanzong.language.text import unbalanced
from juanzong.stages.documents.decimal_heads import FIRST_FIGURE
from juanzong.stages.documents.forms_again import filled_in_anew
from juanzong.stages.documents.heads_before import are_about
from juanzong.stages.documents.mastheads import has_body
from juanzong.stages.documents.page_titles import TAKEN_OVER, file_title, is_page_title
from juanzong.stages.documents.title_signs import is_head_line
from juanzong.stages.documents.title_worth import Title
from juanzong.stages.pieces.items import Item, next_shown

_NAMED = frozenset(("known", "nearly known"))
_OF_WORDS = frozenset(("noun", "weak noun", "tail line", "numbering restarts"))  # signs that the text below has anyway
_OF_PLACE = frozenset(("page", "closed", "signed off", "fresh page"))  # behind a cover with its date
# signs by which what stands under a sheet is a paper
_OF_PAPERS = frozenset(("head before", "letterhead", "head follows", "kind opens", "form follows"))
_HEAD_LINES, _TITLE_LINES = 6, 3  # above the title on a standard's cover; of the title itself
_REST = 6  # characters of the end of a title that is printed again without its first line
_WITHOUT_SECOND = re.compile(r"\s*[—–―─]{2,}.*", re.DOTALL)
_INDICATOR = re.compile(r"\d{1,2}(?:[-－–.．]\d{1,2}){1,3}(?=\s|\p{Han}|[“《])")  # 1-2, 3.1.2
_CUT_OFF = 4  # characters of a title that a page's head may lack


def without_repeats(titles: list[Title], items: Sequence[Item]) -> list[Title]:
    """A title printed again before its text begins (after the cover and contents, in a web page) starts no document; of
    one that a page's head cut short the whole print does."""
    out = list(titles[:1])
    for t in titles[1:]:
        if _begins_standard(out[-1], items, t.start, t.end) or _names_annex(out[-1], t):
            continue
        if "form again" in t.signs and filled_in_anew(items, out[-1].end, t.start, t.end):
            out.append(t)
            continue
        if not has_body([x for x in items[out[-1].end : t.start] if not x.rule]):
            if _parts_bundle(out[-1], t, items):
                sheet = out.pop()
                t.listed = sheet.text
                for x in items[sheet.start : sheet.end]:
                    x.rule = "contents-group"
                items[sheet.end].page_break = True
                out.append(t)
                continue
            before, here = skeleton(TAKEN_OVER.sub("", file_title(out[-1].text))), skeleton(t.text)
            taken_over = before == here != skeleton(out[-1].text)
            if (
                _is_again_under_organ(out[-1], t, items)
                or _numbers_act(out[-1], t, items)
                or _strays(out[-1], t, items)
            ):
                continue
            if taken_over or (before == here and _summed_up(out[-1], t, items, words=True)):
                out.pop()
            elif before == here or (
                len(here) >= _REST
                and before.endswith(here)
                and not is_page_title(out[-1].text, t.text)
                and not _head_between(out[-1], t, items)
            ):
                continue
            elif before == skeleton(_WITHOUT_SECOND.sub("", t.text)) != here:
                out.pop()  # without the second title behind dashes
            elif t.start == out[-1].end and is_page_title(out[-1].text, t.text):
                out.pop()  # without who issues it, which the title itself begins with
            elif unbalanced(out[-1].text) and here.startswith(before) and len(here) - len(before) <= _CUT_OFF:
                out.pop()
        elif _summed_up(out[-1], t, items):
            out.pop()
        out.append(t)
    return out


def _parts_bundle(before: Title, title: Title, items: Sequence[Item]) -> bool:
    """Whether a title that the contents list names is a sheet that parts the bundle: it is printed with its number in the
    list, and right below stands the paper with a title of its own, which nothing names otherwise."""
    first = items[before.start]
    numbered = _NAMED.intersection(before.signs) and skeleton(first.lines[0].text) != skeleton(first.s)
    line = first.lines[0].text.lstrip("#* ")
    if not numbered or not _NAMED.isdisjoint(title.signs) or not (heading_of(line) or _INDICATOR.match(line)):
        return False
    said = skeleton(title.text).endswith(skeleton(before.text)) and el.type_of_title(before.text) is not None
    return said or not _OF_PAPERS.isdisjoint(title.signs)


def _names_annex(before: Title, title: Title) -> bool:
    """Whether a title right under that of an annex is its own, in other words: 附件9 安全协议 / 施工现场安全环保协议."""
    kinds = [el.type_of_title(t.text) for t in (before, title)]
    under = "annex mark" in before.signs and "annex mark" not in title.signs and title.start == before.end
    return under and kinds[0] is not None and kinds[0] == kinds[1]


def drop_standards_titles(titles: Sequence[Title], items: Sequence[Item]) -> None:
    """The title that a standard prints again over its first chapter goes, whether it looked like one or not."""
    for t, after in zip(titles, [*titles[1:], None], strict=False):
        above = items[max(0, t.start - _HEAD_LINES) : t.start]
        if not any(standard_mark(x.s) == "doc_number" for x in above if x.is_text):
            continue
        for k in range(t.end, after.start if after is not None else len(items)):
            for end in range(k + 1, min(k + _TITLE_LINES, len(items)) + 1):
                if items[k].is_text and _begins_standard(t, items, k, end):
                    for x in items[k:end]:
                        x.rule = "title-repeat"


def _begins_standard(title: Title, items: Sequence[Item], start: int, end: int) -> bool:
    """Whether items[start:end] print the title of a standard's cover once more, over its first chapter: behind the
    contents list and the preface (前言)."""
    key = skeleton(title.text)
    if not key.startswith(skeleton(items[start].s)) or skeleton("".join(x.s for x in items[start:end])) != key:
        return False
    below = next_shown(items, end)
    return below is not None and items[below].is_text and FIRST_FIGURE.match(items[below].s) is not None


def _strays(before: Title, title: Title, items: Sequence[Item]) -> bool:
    """Whether a line right below a title that the bundle names, or a running head that says it behind its cover, looks like
    another title, and nothing but its words says so, and its place."""
    above = items[title.start - 1]
    headed = above.rule == "running-head" and skeleton(above.s) == skeleton(before.text)
    named = not _NAMED.isdisjoint(before.signs) and (headed or title.start == before.end)
    return named and (_OF_WORDS | _OF_PLACE if headed else _OF_WORDS).issuperset(title.signs)


def _is_again_under_organ(before: Title, title: Title, items: Sequence[Item]) -> bool:
    """Whether a title's lines are an organ and the title before once more, as collections of laws print the head of a
    text: its title, whose it is, its title."""
    first, *rest = [x.s for x in items[title.start : title.end] if x.is_text]
    return bool(rest) and el.is_organ(first) and skeleton("".join(rest)) == skeleton(before.text)


def _numbers_act(before: Title, title: Title, items: Sequence[Item]) -> bool:
    """Whether a line names the order, right below the title of what it issued, whose articles follow at once."""
    below = next_shown(items, title.end)
    head = heading_of(items[below].s) if below is not None and items[below].is_text else None
    own = el.type_of_title(before.text) == "regulation" and el.type_of_title(title.text) == "notice"
    return (
        own
        and "《" not in title.text
        and head is not None
        and head.rank in (RANK["章"], RANK["条"])
        and head.ordinal == 1
    )


def _head_between(before: Title, title: Title, items: Sequence[Item]) -> bool:
    """Whether something of a letter stands between two titles: addressees, a date, who signs."""
    between = [x.s for x in items[before.end : title.start] if x.is_text]
    return any(el.is_addressee(s) or el.is_date(s) or el.is_organ(s) or el.ANNEX_MARK.match(s) for s in between)


def _summed_up(before: Title, title: Title, items: Sequence[Item], *, words: bool = False) -> bool:
    """Whether a title is printed again below what a page says of its text; `words`: more than labels and their values."""
    between = [x for x in items[before.end : title.start] if not x.rule]
    return (
        bool(between)
        and (not words or not all(is_head_line(x.s) for x in between))
        and "head follows" in title.signs
        and skeleton(before.text) == skeleton(title.text)
        and are_about(between)
    )
