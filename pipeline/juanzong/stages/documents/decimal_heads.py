"""Headings that figures number, 1 over 1.1: which one begins a text, and which heads those under it."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.language.other_numbers import other_numbers
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item

FIRST_FIGURE = re.compile(r"\s*1(?:[.．、﹒]\d?|\s)\s*\S")
_FIGURES = re.compile(r"\s*(\d{1,2}(?:[.．]\d{1,2}){0,3})(?![\d.．])\s*\p{Han}")
_SPACED = re.compile(r"\s*(\d)[\s　]+\p{Han}[^。；，]{1,18}$")
_YEAR = re.compile(r"\s*(\d{4})\s?年?\s*")
_GLUED = re.compile(r"\s*(\d{1,2})(?=\p{Han})(?![年月日号级类个项万千亿大条])")
_OPENS = re.compile(r"(?:总\s*则|范\s*围|[前引]\s*言|概\s*述|总体要求|编制目的)$")  # first headings of such texts
_HEADING = 20  # characters of one
_NEAR = 40  # items below a heading, among which its first child is looked for


def begins_decimals(items: Sequence[Item], k: int) -> bool:
    """Whether item k is the first heading of a text numbered 1, 1.1: 1 总则, or any that 1.1 follows, or, behind text of
    its own, 2."""
    m = FIRST_FIGURE.match(items[k].s) if items[k].kind == "text" else None
    if m is None or len(items[k].s) > _HEADING or ends_sentence(items[k].s):
        return False
    below = items[k + 1].s if k + 1 < len(items) else ""
    if _OPENS.search(items[k].s) or re.match(r"\s*1[.．]1(?!\d)\s*\p{Han}", below):
        return True
    later = (_SPACED.match(x.s) for x in items[k + 1 : k + _NEAR] if x.is_text)
    second = next((m for m in later if m is not None), None)
    return _SPACED.match(items[k].s) is not None and ends_sentence(below) and second is not None and second[1] == "2"


def heads_decimals(items: Sequence[Item], k: int) -> bool:
    """Whether the line that follows item k with a number of that kind is its first child: 3.1 below 3."""
    if (number := _FIGURES.match(items[k].s)) is None:
        return False
    below = (_FIGURES.match(x.s) for x in items[k + 1 : k + _NEAR] if x.is_text)
    child = next((m[1] for m in below if m is not None), "")
    return re.split("[.．]", child) == [*re.split("[.．]", number[1]), "1"]


def opens_count(items: Sequence[Item], k: int) -> bool:
    """Whether a figure stands right before the words of item k, and the next one before those of a line below: 1备课要求,
    2检查要求; or 3.1 stands there, and 3.2 below; or 一 with a blank behind it, and 二 below; or a year alone, and the next
    or the last one alone below."""
    if year := _YEAR.fullmatch(items[k].s):
        years = (_YEAR.fullmatch(x.s) for x in items[k + 1 : k + _NEAR] if x.is_text)
        return any(m is not None and abs(int(m[1]) - int(year[1])) == 1 for m in years)
    if _spaced_numeral(items[k]) == 1:
        return any(_spaced_numeral(x) == 2 for x in items[k + 1 : k + _NEAR])
    number = _FIGURES.match(items[k].s)
    parts = re.split("[.．]", number[1]) if number else []
    if len(parts) > 1 and parts[-1] == "1":
        below = (_FIGURES.match(x.s) for x in items[k + 1 : k + _NEAR] if x.is_text)
        return any(m is not None and re.split("[.．]", m[1]) == [*parts[:-1], "2"] for m in below)
    first = _GLUED.match(items[k].s)
    below = (_GLUED.match(x.s) for x in items[k + 1 : k + _NEAR] if x.is_text)
    return first is not None and first[1] == "1" and any(m is not None and m[1] == "2" for m in below)


def _spaced_numeral(item: Item) -> int | None:
    """The ordinal of a line that begins with a numeral and a blank, 一 总体要求; None where it does not."""
    if not item.is_text or item.s[1:2] not in (" ", "\u3000"):
        return None
    return next((n.ordinal for n in other_numbers(item.s) if n.form == "一 "), None)
