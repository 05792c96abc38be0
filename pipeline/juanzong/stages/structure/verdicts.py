"""Numbered lines one by one: a heading alone, a run-in heading, or an item of a list."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

import regex as re

from juanzong.language.elements import ends_rules
from juanzong.language.numbering import Heading, heading_of
from juanzong.language.text import fold
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.notes import MARKER

Verdict = Literal["heading", "run-in", "item"]
# Longest heading that stands alone, and longest title of a run-in heading, in folded characters: beyond, a numbered
# line is a sentence. Taken from the headings of the made-up bundles and the annotated parts of the real one.
ALONE, RUN_IN, _BOX_RUN_IN = 60, 40, 26
STRUCTURAL = ("编", "分编", "章", "节", "条")
_CLOSING = 60
NOTED = re.compile(r"(?:\s*[（(][^（）()]*[）)])+\s*$")  # （负责部门：…）behind a sentence
_ANSWERS = re.compile(r"[（(]\s*[）)][^（(]{0,12}[AＡ]\s*[．.、:：]")  # 多久清洗一次水箱？（  ）A.半年 B.一年
_COLON = re.compile(r"[：:](?=\S)")


@dataclass
class Group:
    """Numbered siblings: the same form, counting on, under one heading."""

    form: str
    members: list[int] = field(default_factory=list)
    ordinal: int = 0
    opened_by_colon: bool = False
    is_list: bool = False


@lru_cache(maxsize=16384)  # asked of every piece, ten times
def plain(text: str) -> str:
    return text.replace("**", "").strip()


def verdict(item: Item, head: Heading, group: Group, boxed: bool) -> Verdict:
    """What a numbered line is: a heading alone, a run-in heading, or an item of a list (a paragraph)."""
    if head.form == "条":
        return "item" if group.is_list else "run-in"
    rest = plain(item.s)[head.end :]
    if head.form in STRUCTURAL:
        return "heading"
    return "item" if group.is_list else verdict_of(rest, head.form, boxed)


def verdict_of(rest: str, form: str, boxed: bool) -> Verdict:
    rest = rest.strip()
    said = fold(rest)
    stop = rest.find("。")
    if _ANSWERS.search(rest) or (stop in (-1, len(rest) - 1) and ends_rules(rest[-_CLOSING:])):
        return "item"
    if boxed:
        colon = _COLON.search(rest)
        if colon and (stop < 0 or colon.start() < stop) and len(fold(rest[: colon.start()])) <= _BOX_RUN_IN:
            return "run-in"
    if stop < 0:
        alone = len(said) <= ALONE and not rest.endswith(("，", "、", ",", "；", ";"))
        return "heading" if alone else "item"
    title = fold(rest[:stop])
    if stop < len(rest) - 1 and _opened_in(rest[:stop]):
        return "item"  # 判处拘役六个月（刑期从执行之日起计算。…）: the stop of a sentence in brackets
    if rest[stop + 1 : stop + 2] in ("”", "』", "」"):
        return "item"  # 将第三条修改为：“…。”: the stop of what the sentence quotes
    more = rest[stop + 1 :].lstrip()
    words = "\u4e00" <= more[:1] <= "\u9fff"
    if not words and not MARKER.sub("", NOTED.sub("", more)).strip("”』」）)* 　"):  # the mark of a note, perhaps
        commas = title.count(",") + title.count(";")
        if form in ("一、", "（一）"):
            return "heading" if len(title) <= RUN_IN and commas <= 2 else "item"
        return "heading" if (len(title) <= 30 and commas == 0) or (len(title) <= 22 and commas == 1) else "item"
    behind = heading_of(more)
    if behind is not None and behind.form == form:
        return "item"  # （一）告知。（二）签约。in one line: a list
    return "run-in" if len(title) <= RUN_IN and title.count(",") <= 2 and ":" not in title else "item"


def _opened_in(text: str) -> bool:
    """Whether a bracket that a text opens is still open at its end."""
    return text.count("（") + text.count("(") > text.count("）") + text.count(")")


def run_in_at(text: str, start: int, boxed: bool) -> tuple[int, int]:
    """(end of the title, begin of the text) of a run-in heading whose number ends at `start`."""
    stop = text.find("。", start)
    if boxed:
        colon = _COLON.search(text[start:])
        if (
            colon
            and (stop < 0 or start + colon.start() < stop)
            and len(fold(text[start : start + colon.start()])) <= _BOX_RUN_IN
        ):
            stop = start + colon.start()
    return stop, stop + 1
