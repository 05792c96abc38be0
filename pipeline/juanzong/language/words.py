"""Whether two characters are a word of written Chinese, from a word list, as docs/make_words.py wrote it down. It vouches
for what is printed; it is no witness against it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[str, str]:
    """For each character what stands behind it in a word."""
    text = files("juanzong.language").joinpath("words.txt").read_text("utf-8")
    return {line[0]: line[2:] for line in text.splitlines()}


def is_word(two: str) -> bool:
    """Whether two characters are a word.

    >>> is_word("渊源"), is_word("青年"), is_word("营者"), is_word("年")
    (True, True, False, False)
    """
    return len(two) == 2 and two[1] in _table().get(two[0], "")
