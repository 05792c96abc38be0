"""Lines that their form sets apart from those above them: items that Markdown or print lists, headings of a standard's
chapters, Chinese under a title in English."""

from __future__ import annotations

import regex as re

from juanzong.language.document_types import type_of_title

_ITEM = re.compile(
    r"(?:[-*+•·●■◆]|\d{1,3}[.．、)）]|[（(][\d一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|第[\d一二三四五六七八九十百零〇]{1,5}条)\s+"
)
_WIDE = re.compile(r"\s\s")
_LISTED = re.compile(r"\s{0,3}[-*+]\s{1,4}(?=[\p{Han}\p{L}\[《“（])")
_CHAPTER = re.compile(
    r"\s*(?:\d{1,2}(?:\.\d{1,2}){0,3}\s+(?![年月日时分秒个项名人家次件处户亩万元级类种号])|[A-H]\.\s?\d{1,2}(?:\.\d{1,2}){0,3}\s?)"
    r"\p{Han}[^，。；：、（）]{1,18}\s*$"
)
_WORDS, _HAN_FIRST = re.compile(r"[A-Za-z]{2,}"), re.compile(r"\s*\p{Han}{4}")
_TWICE = 8  # characters of a line that cannot by chance be like the next
_FEWEST = 3  # words of a title in English


def is_item(bare: str) -> bool:
    """Whether wide blanks stand in a line right behind the mark or number of a list's item, or an article's, alone.

    >>> [is_item(s) for s in ("姓名  职务", "-   加强领导", "1.  加强领导", "1.  张某某  主任", "1  张某某")]
    [False, True, True, False, False]
    >>> is_item("第二条　　本办法适用于渡口的管理，"), is_item("第二条　　渡口管理　　警告")
    (True, False)
    """
    m = _ITEM.match(bare)
    return m is not None and _WIDE.search(bare, m.end()) is None


def is_listed(text: str) -> bool:
    """Whether a line is an item as Markdown lists it: - 加强领导."""
    return _LISTED.match(text) is not None


def heads_chapter(text: str) -> bool:
    """Whether a short line is the heading of a standard's chapter, or of its annex: a number, a blank and a few words; of
    what running text says behind such a number, a stop ends the line.

    >>> [heads_chapter(s) for s in ("3 术语和定义", "A. 1原理", "3 处公园", "3 处理废水。")]
    [True, True, False, False]
    """
    return _CHAPTER.match(text) is not None


def is_translated(said: str, after: str) -> bool:
    """Whether words in Latin letters alone are followed by Chinese: a title in English, and what stands under it.

    >>> is_translated("Emission standard of noise", "标准内容如下"), is_translated("GB/T 17181", "积分平均声级计")
    (True, False)
    """
    return is_english(said) and _HAN_FIRST.match(after) is not None


def is_english(text: str) -> bool:
    """Whether a line says some words in Latin letters, and nothing else.

    >>> is_english("SONGCHENG CERTIFIED ACCOUNTANTS"), is_english("GB/T 17181")
    (True, False)
    """
    return text.isascii() and len(_WORDS.findall(text)) >= _FEWEST


def says_again(before: str, after: str) -> bool:
    """Whether a line, long enough not to be like the next by chance, says the same again: a title; or begins as the whole
    title right above does, which a page's head says in one line.

    >>> title = "关于印发《某市渡口安全管理办法》的通知"
    >>> says_again(title, title[:14]), says_again(title[:14], title[14:]), says_again("某市渡口安全管理工作的", "某市渡口安全")
    (True, False, False)
    """
    said, again = before.strip(), after.strip()
    return len(again) > _TWICE and (said == again or (said.startswith(again) and type_of_title(said) is not None))
