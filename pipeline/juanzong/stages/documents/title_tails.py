"""What a title ends in below its first lines: which part of a standard it is, which year a report is of, what the text tells
of 《…》."""

from __future__ import annotations

from collections.abc import Container, Sequence

import regex as re

from juanzong.language.alike import skeleton
from juanzong.language.document_types import PART_OF_STANDARD
from juanzong.language.form_lines import OF_PART
from juanzong.language.standards import standard_mark
from juanzong.stages.pieces.items import Item

STANDARD_PART = re.compile(rf"{PART_OF_STANDARD}[^。；]{{2,40}}")


def is_part(items: Sequence[Item], i: int, k: int) -> bool:
    """Whether item k says which part of a standard it is, under its name, items[i], and its number: 第2部分：渡船."""
    named = 0 < i < k and items[i - 1].is_text and standard_mark(items[i - 1].s) == "doc_number"
    return named and items[k].is_text and STANDARD_PART.fullmatch(items[k].s) is not None


_MARKED = re.compile(r"\s*《[^《》]+》\s*")
_TELLS = re.compile(r"\s*(?:政策解读|解读|(?:编制|起草|修订|制定)?说明|释义|问答)\s*")


def is_told_of(run: str, text: str) -> bool:
    """Whether lines that say nothing but a name in marks go on with what the text tells of it.

    >>> is_told_of("《某市渡口管理办法》", "政策解读"), is_told_of("某市渡口管理办法", "说明"), is_told_of("《某办法》", "第一章")
    (True, False, False)
    """
    return _MARKED.fullmatch(run) is not None and _TELLS.fullmatch(text) is not None


def other_part_sign(title: str, last: str, seen: Container[str]) -> list[str]:
    """The sign that the last line of a title says in brackets which year or part it is of, another one than the title
    before, if so."""
    tail = last.strip()
    if len(title) == len(tail) or OF_PART.fullmatch(tail) is None or skeleton(title) in seen:
        return []
    return ["other part"] if skeleton(title.removesuffix(tail)) in seen else []
