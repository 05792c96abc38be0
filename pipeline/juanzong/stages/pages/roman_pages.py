"""The Roman numbers of a bundle's first pages (I, II; iii), alone on their lines, below the head of a contents list."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core.lines import Line
from juanzong.language.text import ROMAN, ends_sentence, fold, nfkc

_HEADS = ("目录", "目次", "contents", "目录contents")
_FAR = 120  # lines of contents lists, at most, above such a number


def roman_pages(lines: Sequence[Line]) -> list[int]:
    """Indices of the lines that are such a number, blank lines round it; each is higher than the one before."""
    out: list[int] = []
    head, last = -_FAR, 0
    for i, line in enumerate(lines):
        text = line.text.strip()
        if fold(text).strip("#*:").lower() in _HEADS:
            head = i
        elif ends_sentence(text):  # no list of titles any more
            head = -_FAR
        value = ROMAN.get(nfkc(text).upper(), 0) if not line.tabular and i - head < _FAR else 0
        if value <= last or not line.blanks:
            continue
        if i + 1 == len(lines) or lines[i + 1].blanks:
            out.append(i)
            last = value
    return out
