"""English among the lines of a Chinese text: there a line end stands for a blank."""

from __future__ import annotations

import regex as re

# at the line's end: words and a blank between them, or nothing but a word; no path or address
_TAIL = re.compile(
    r"(?:(?:^|\s)[(“\"]?[A-Za-z][A-Za-z'’-]*[,;:.)”\"]*)(?P<more>\s+[(“\"]?[A-Za-z][A-Za-z'’-]*[,;:.)”\"]*)*$"
)
_HEAD = re.compile(r"[(“\"]?[A-Za-z0-9][A-Za-z0-9'’-]*[,;:.)”\"]*(?P<more>\s+[(“\"&]?[A-Za-z][A-Za-z'’-]*)?")


def parts_words(before: str, after: str) -> bool:
    """Whether English goes on over a line end: on one side of it, at least, two words stand with a blank between them.

    >>> [parts_words(a, b) for a, b in (("methods are used", "to acquire data"), ("按照DRG", "DIP付费"), ("high-", "quality work"))]
    [True, False, False]
    """
    if not (before[-1:].isascii() and after[:1].isascii()) or before[-1:] in "-/" or before[-1:].isspace():
        return False
    tail, head = _TAIL.search(before[-80:]), _HEAD.match(after)
    return tail is not None and head is not None and bool(tail["more"] or head["more"])
