"""Documents -> places where a text calls itself by another kind's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import regex as re

# kinds of documents that a text calls itself by (GB/T 9704, 立法技术规范)
_KINDS = "条例|办法|规定|细则|规划|方案|纲要|意见|计划|措施"
_SELF = re.compile(rf"(?<=本)(?:{_KINDS})")
_TITLE = re.compile(rf"({_KINDS})(?:（[^（）]*）)?$")
HABIT = 3  # times it must call itself by its own name
FIRM_HABIT = 5  # ... or by one other, and never by that of its title: rules of how to carry out a 条例 that say 本条例


def find_wrong_self_names(title: str, texts: Sequence[str]) -> Iterator[tuple[int, int, int, str]]:
    """(text, start, end, its own kind) where a document that calls itself 本方案 says 本条例 once.

    >>> texts = ["制定本方案。", "本方案所称", "本方案自印发之日起施行", "违反本条例规定的"]
    >>> list(find_wrong_self_names("三年行动方案（2021—2023年）", texts))
    [(3, 3, 5, '方案')]
    >>> texts = ["本条例所称"] * 5
    >>> [list(find_wrong_self_names("细则", [*texts, s])) for s in ("违反本规划规定", "本细则所称")]
    [[(5, 3, 5, '条例')], []]
    """
    own = _TITLE.search(title)
    if not own:
        return
    places = [
        (k, m.start(), m.end(), m[0]) for k, text in enumerate(texts) if "本" in text for m in _SELF.finditer(text)
    ]
    names = Counter(name for *_, name in places)
    usual, times = names.most_common(1)[0] if names else (own[1], 0)
    if names[own[1]] >= HABIT:
        usual = own[1]
    elif names[own[1]] or times < FIRM_HABIT:
        return
    for k, i, j, name in places:
        if name != usual and names[name] == 1:
            yield k, i, j, usual
