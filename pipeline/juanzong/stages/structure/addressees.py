"""主送机关: which lines under a title name whom the document is for."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core import tree
from juanzong.language import elements as el
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item

_LINES = 4
_NAME = 30  # characters of a line that names one recipient
_NO_NAME = re.compile("[，。；：？！]|如下")
_CALLED = re.compile(r"(?!.*(?:如下|以下|事项|[现经]将|决定|要求))\p{Han}{4,16}[：:]")
_OPENING = 60  # characters of a letter's opening in which it says what it does
_PROSE = 10  # characters of the sentence that follows
_YOU = re.compile(r"\s*[你贵]\p{Han}{1,3}(?=[《〈（(“关报来提送于上])")  # 你院《…》收悉
STOPS = "；;，,。.、 "  # what the colon was read as, where it was not lost


def is_addressee(text: str, document: tree.Document, below: str = "") -> bool:
    """Whether a line names whom the document is for; texts of other kinds than letters seldom do, and may begin with
    whose duty follows. `below`: the next line, which tells a letter by how it opens: 现将…报告如下."""
    letter = document.type in ("notice", "other") or "doc_number" in document.metadata
    letter = letter or el.OPENS_LETTER.search(below[:_OPENING]) is not None
    return el.is_addressee(text) if letter else el.names_recipients(text)


def is_called(rest: Sequence[Item], k: int, document: tree.Document) -> bool:
    """Whether a line right below the number of a letter (函) or a reply calls somebody, whatever the name ends in:
    长青滑雪场："""
    numbered = k > 0 and rest[k - 1].kind == "text" and el.is_doc_number(rest[k - 1].s)
    letter = document.type == "notice" and document.title.text.rstrip().endswith(("函", "批复", "答复"))
    return numbered and letter and _CALLED.fullmatch(rest[k].s.strip()) is not None


def wrapped_addressee(rest: Sequence[Item], k: int, document: tree.Document) -> int:
    """How many lines name the recipients together; 0 where they do not."""
    if "addressees" in document.metadata or not el.opens_addressees(rest[k].s):
        return 0
    run = ""
    for j in range(k, min(k + _LINES, len(rest))):
        if rest[j].kind != "text" or "。" in rest[j].s or rest[j].blanks > 1:
            return 0
        run += rest[j].s.strip()
        if j > k and is_addressee(run, document):
            return j + 1 - k
    return 0


def lost_colon(rest: Sequence[Item], k: int, document: tree.Document) -> bool:
    """Whether the line right above the first sentence of a letter names recipients and nothing else, its colon lost or
    misread as another stop; or is one that the sentence speaks to, whatever it is called (某水库：你单位来函收悉)."""
    if document.type != "notice" or "addressees" in document.metadata or k + 1 >= len(rest):
        return False
    said, after = rest[k].s.strip(), rest[k + 1]
    bare, called = said.rstrip(STOPS + "：:"), said.endswith(("：", ":")) and len(said) <= _NAME
    if not len(bare) > 2 or el.type_of_title(bare) is not None or after.kind != "text" or len(after.s) < _PROSE:
        return False
    if not ends_sentence(after.s):
        return False
    if _YOU.match(after.s) is not None and (el.is_organ(bare) or (called and _NO_NAME.search(bare) is None)):
        return True
    return not called and el.names_recipients(f"{bare}：")
