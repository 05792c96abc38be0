"""What a character rule is: a name, what it looks for, and a pure function from a text to changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

import regex as re

from juanzong.core.terms import Category

Mode = Literal["applied", "suggested"]

HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese characters, with 〇
OPENING = "“‘《〈（【〔「『［"
CLOSING = "”’》〉）】〕」』］"
STOPS = "，、。；：！？"
WIDE = HAN + OPENING + CLOSING + STOPS + "…—·"  # for a character class: what stands in Chinese running text
_HAN = re.compile(f"[{HAN}]")


class Change(NamedTuple):
    """text[start:end] becomes `after`; one that is only suggested is told and not done."""

    start: int
    end: int
    after: str
    mode: Mode = "applied"


Fix = Callable[[str], Sequence[Change]]


class Rule(NamedTuple):
    """`fix` is asked only about texts in which `looks_for` is found; its changes are in order and do not overlap."""

    name: str
    looks_for: re.Pattern[str]
    fix: Fix
    category: Category = "format"
    note: str = ""  # for a content edit: why it is safe
    skips: frozenset[str] = frozenset()  # roles of texts (tree.map_texts) that it leaves alone
    only: frozenset[str] = frozenset()  # if given, the only roles that it looks at
    # if given, characters of which one stands wherever `looks_for` is found: a text without them is not searched
    signs: frozenset[str] = frozenset()
    # it looks at texts of Chinese characters and their stops alone, too: most texts are such, and no other rule is asked
    clean: bool = False
    markup: bool = False  # it reads Markdown or HTML: a text that the reader knows as such has none


def has_chinese(text: str) -> bool:
    """Whether any Chinese character stands in the text.

    >>> has_chinese("GB/T 9704"), has_chinese("GDP 总量")
    (False, True)
    """
    return _HAN.search(text) is not None


def patched(text: str, changes: Sequence[Change]) -> str:
    """The text with the applied changes done.

    >>> patched("约 3家", [Change(1, 2, ""), Change(3, 4, "户", "suggested")])
    '约3家'
    """
    for c in reversed(changes):
        if c.mode == "applied":
            text = text[: c.start] + c.after + text[c.end :]
    return text


def mend(text: str, fix: Fix) -> str:
    """The text after one fix.

    >>> mend("约 3家", lambda t: [Change(1, 2, "")])
    '约3家'
    """
    return patched(text, fix(text))
