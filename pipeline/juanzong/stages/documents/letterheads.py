"""A letterhead without 文件 and without a number: who issues, over how secret or urgent a letter is, who may read it, or
right over a title that begins with the same name."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item

_MOST = 8  # lines of a letterhead with what stands under it
_LONGEST = 40  # characters of a line of it
_LEAST = 4  # ... and of one that is no organ's name by itself
_PLACE = re.compile(r"\p{Han}[省市县区州旗]")
_OFFICE = re.compile(r"办公[室厅]|秘书[处局]|\p{Han}{2,6}(?<!领导小)组")  # of an organ named in the line above


def is_of_letterhead(items: Sequence[Item], k: int, start: int, title: str) -> bool:
    """Whether item k is a line of a letterhead over the `title` at items[start]: an organ or a part of its name, with
    nothing between it and the title but such lines and grades (特急, 依申请公开), a number with these. Without a grade the
    title names it first. Under a sentence an organ signs."""
    between = items[k + 1 : start]
    if len(between) >= _MOST or not items[k].is_text or not _begins_head(items, k):
        return False
    graded = any(is_grade(x) for x in between)
    if not all(is_grade(x) or _numbers(x) or _names(x, title) for x in between):
        return False
    if not _names(items[k], title) or el.LETTERHEAD.match(items[k].s):
        return False
    return graded or _whose(title).endswith(skeleton("".join(x.s for x in items[k:start] if _names(x, title))))


def wraps_organ(item: Item, below: Item, title: str) -> bool:
    """Whether two lines are the name of one organ, which the title begins with: 某市防汛抗旱 / 指挥部办公室."""
    if not item.is_text or not below.is_text or max(len(item.s), len(below.s)) > _LONGEST:
        return False
    if not _whose(title).startswith(skeleton(item.s + below.s)):
        return False
    return el.organs_in(item.s) is None or names_office(below.s)


def parts_organ(first: str, rest: str) -> bool:
    """Whether a title's first line ends in the midst of an organ's name, or right before an office of it.

    >>> parts_organ("某市某局松城市东湖区", "教育局关于抽查情况的通报"), parts_organ("松城市指挥部", "办公室关于抽查情况的通报")
    (True, True)
    >>> parts_organ("不公开", "东湖区教育局关于抽查情况的通报"), parts_organ("松城市水务局", "松城市教育局关于抽查情况的通报")
    (False, False)
    """
    if el.is_organ(first):
        return names_office(rest)
    return _PLACE.search(first) is not None and _PLACE.search(rest.partition("关于")[0]) is None


def names_office(text: str) -> bool:
    """Whether a line begins with an office of the organ that the line above names: 办公室, 办公室综合组."""
    return _OFFICE.match(text) is not None


def is_named_again(items: Sequence[Item], i: int, k: int) -> bool:
    """Whether the line above a title that begins at item i and goes on in item k is a letterhead: 某市指挥部办公室 / 某市指挥部
    / 办公室关于…."""
    whose, about, _ = "".join(x.s for x in items[i : k + 1]).partition("关于")
    return bool(about) and i > 0 and items[i - 1].is_text and skeleton(items[i - 1].s) == skeleton(whose)


def is_grade(item: Item) -> bool:
    """Whether a line says nothing but how secret or urgent a text is, or who may read it."""
    return item.is_text and bool(el.GRADES.match(item.s) or el.DISCLOSED.match(item.s))


def grades_head(items: Sequence[Item], k: int) -> bool:
    """Whether item k says who may read the text below it: the first line of all or of a page, or under a letterhead or
    another such line; at a text's end the same words are of its imprint."""
    if not items[k].is_text or not el.DISCLOSED.match(items[k].s):
        return False
    return _begins_head(items, k) and (k == 0 or items[k].begins_page or not _closes(items[k - 1]))


def _begins_head(items: Sequence[Item], k: int) -> bool:
    """Whether no text stands right above item k, which would be its signature."""
    above = items[k - 1] if k else None
    return above is None or items[k].begins_page or (above.is_text and not ends_sentence(above.s))


def _closes(item: Item) -> bool:
    return item.is_text and (el.is_date(item.s) or el.is_of_imprint(item.s) or el.printed_on(item.s) is not None)


def _numbers(item: Item) -> bool:
    return item.is_text and bool(el.is_doc_number(item.s) or el.signed_number(item.s))


def _names(item: Item, title: str) -> bool:
    """Whether a line is an organ, or a part of those that the title names first."""
    if not item.is_text or len(item.s) > _LONGEST:
        return False
    said = skeleton(item.s)
    return el.organs_in(item.s) is not None or (len(said) >= _LEAST and said in _whose(title))


def _whose(title: str) -> str:
    """Whom a title names before what it concerns; empty where it says nobody, or does not say what it concerns."""
    whose, about, _ = title.partition("关于")
    return skeleton(whose) if about else ""
