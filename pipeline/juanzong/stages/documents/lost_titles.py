"""A text whose title the print lost, under the notice that issues it by name: it is a document of its own all the same."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.language import elements as el
from juanzong.language.alike import nearly_same, skeleton
from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence
from juanzong.stages.documents.mastheads import has_body
from juanzong.stages.documents.title_lines import SUBTITLE, names_act
from juanzong.stages.documents.title_places import TitlePlaces
from juanzong.stages.documents.title_worth import Title
from juanzong.stages.pieces.items import Item

_NAMED = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_BLANK = re.compile(r"^\s+|\s+$|(?<=\p{Han})\s+(?=\p{Han})")  # where a line of the notice's title broke
LEAST = 6  # characters of a name that tells one text from another
_ACT_LINES = 4  # under an act's title, in which its first sentence stands
_LETTER = 25  # items of a notice's letter, at most
_RULES = ("编", "章", "条")  # numberings that no letter has
_COUNTED = (*_RULES, "节", "一、", "（一）")
HEADINGS = 2  # of a text, at least
_SELF = re.compile("本(?:条例|办法|规定|细则|规划|方案|纲要|意见|计划|措施)")  # what a letter seldom calls itself
_QUOTES = re.compile("(?:修?改为|如下|规定)[:：]$")
_OWN_LINE = 30  # characters of a line that is a title of another kind: 政策解读
_FIRST_HEADS = 3
_ABOUT = re.compile(
    "解读|(?:出台|起草|修订|制定|编制)(?:的?(?:背景|过程|说明|依据|目的|必要性|意义))|答记者问|主要内容|政策亮点"
)


def with_lost_titles(titles: Sequence[Title], items: Sequence[Item], gaps: Sequence[int]) -> list[Title]:
    """The titles, and one without lines for each text that the notice before it issues by name and that prints no title:
    Title(k, k, name), where the text begins at items[k]. `gaps`: the items that follow contents lists."""
    out: list[Title] = []
    places = TitlePlaces(titles)
    for n, title in enumerate(titles):
        out.append(title)
        end = titles[n + 1].start if n + 1 < len(titles) else len(items)
        name = issued(title.text) or _issued_by_act(items, title)
        if not name or _is_printed(name, n, places, items[title.end : end]):
            continue
        k = _begins(items, title.end, end, [g for g in gaps if title.end <= g < end])
        if k is not None:
            out.append(Title(k, k, name, ["issued"]))
    return out


def issued(notice: str) -> str:
    """The one text that a notice's title says it issues; empty where it names none, or several."""
    if el.type_of_title(notice) != "notice" or not el.promulgated_titles(notice):
        return ""
    names = _NAMED.findall(notice)
    if not names and (el.noun_of(notice) or ("", ""))[1] == "strong":
        names = el.promulgated_titles(notice)  # 关于印发某某办法的通知, without title marks
    one = len(names) == 1 and len(skeleton(names[0])) >= LEAST and el.type_of_title(names[0]) not in (None, "notice")
    return _BLANK.sub("", names[0]) if one else ""


def _issued_by_act(items: Sequence[Item], title: Title) -> str:
    """The one regulation that an order or a proclamation issues in its first sentence; empty where it names none, or
    several."""
    if not names_act(title.text[: el.order_number(title.text)]):
        return ""
    said = next((x.s for x in items[title.end : title.end + _ACT_LINES] if x.is_text and el.ISSUES.search(x.s)), "")
    names = list(dict.fromkeys(_NAMED.findall(said)))
    return names[0] if len(names) == 1 and el.type_of_title(names[0]) == "regulation" else ""


def _is_printed(name: str, n: int, places: TitlePlaces, items: Sequence[Item]) -> bool:
    """Whether a document behind title n has the name for its title, or a line under the notice prints it."""
    key, words = skeleton(name), places.words
    lines = [x.s for x in items if x.is_text and len(x.s) <= len(name) + LEAST and not _names_only(x.s)]
    ends = (words.same(key[at:]) for at in range(len(key) - LEAST + 1))
    if any(k > n for some in (words.ending_in(key), *ends, places.nearly(key)) for k in some):
        return True
    return any(nearly_same(line, name) or skeleton(line) in (key, key[: len(key) // 2]) for line in lines)


def _names_only(text: str) -> bool:
    """Whether a line names a text and does not print it: in a list of attachments, or under an order's title (——某办法)."""
    return el.ATTACHMENT_LIST.match(text) is not None or SUBTITLE.match(text) is not None


def _begins(items: Sequence[Item], start: int, end: int, gaps: Sequence[int]) -> int | None:
    """Where under a notice's title the text begins that it issues; None where no text does."""
    closed = _behind_letter(items, start, end)
    k = closed if closed is not None else _first_of_text(items, start, end, gaps)
    if k is None or not has_body(items[k:end]):
        return None
    heads = [h for h in map(form_of_heading, items[k:end]) if h]
    if len(heads) < HEADINGS and not any(k <= g for g in gaps):
        return None
    if closed is None:  # what a letter says under numbers is signed behind it, or goes under 一、
        rules = any(h in _RULES for h in heads)
        first = heading_of(items[k].s)
        broken = first is not None and first.ordinal > 1 and any(x.is_text and _SELF.search(x.s) for x in items[k:end])
        quoted = any(x.is_text and _QUOTES.search(x.s) for x in items[max(start, k - 1) : k + 1])
        signed = any(x.is_text and el.is_date(x.s) for x in items[k:end])
        return k if (rules or broken) and not quoted and not signed else None
    return None if is_about_text(items[k:end]) else k


def is_about_text(items: Sequence[Item]) -> bool:
    """Whether what follows tells of a text (why it was made, what it means) under a line of its own or its first heads."""
    first = [x for x in items if x.is_text][:1]
    if any(not form_of_heading(x) and not ends_sentence(x.s) and len(x.s) <= _OWN_LINE for x in first):
        return True
    heads = [x.s for x in items if form_of_heading(x)][:_FIRST_HEADS]
    return any(_ABOUT.search(s) for s in [*heads, *(x.s for x in first)])


def form_of_heading(item: Item) -> str:
    """The numbering of a heading such as texts have, and letters seldom; empty for any other line."""
    head = heading_of(item.s) if item.is_text else None
    return head.form if head is not None and head.form in _COUNTED else ""


def _behind_letter(items: Sequence[Item], start: int, end: int) -> int | None:
    """The first item behind the letter's date and what goes with it; None where no letter is closed here."""
    said = False
    for k in range(start, min(end, start + _LETTER)):
        if not items[k].is_text:
            continue
        s = items[k].s
        if form_of_heading(items[k]):
            return None
        if said and (el.is_date(s) or el.signed_and_dated(s)):
            k += 1
            while k < end and (items[k].rule or _goes_with_letter(items[k])):
                k += 1
            return k if k < end else None
        said = said or ends_sentence(s)
    return None


def _goes_with_letter(item: Item) -> bool:
    s = item.s
    if item.kind != "text":
        return False
    return bool(
        el.closes(s)
        or el.is_label(s)
        or el.ATTACHMENT_LIST.match(s)
        or el.ATTACHMENT_NAMED.match(s)
        or (s.startswith(("（", "(")) and s.endswith(("）", ")")))
    )


def _first_of_text(items: Sequence[Item], start: int, end: int, gaps: Sequence[int]) -> int | None:
    """Where a text goes on whose letter has lost its end as well: with its contents list, or its first heading."""
    first = next((k for k in range(start, end) if form_of_heading(items[k])), None)
    return min([*gaps[:1], first if first is not None else end]) if gaps or first is not None else None
