"""The sound of a Chinese character: its first reading in pypinyin's table, which docs/make_pinyin.py wrote down.

The library itself takes 30 ms to load, as a dictionary of 40,000 entries; titles hold a few hundred characters.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _table() -> str:
    """A line a syllable: its letters, a blank, its characters."""
    return "\n" + files("juanzong.language").joinpath("pinyin.txt").read_text("utf-8")


@cache
def pinyin_of(character: str) -> str:
    """The syllable without its tone; empty where the character has none.

    >>> pinyin_of("规"), pinyin_of("绿"), pinyin_of("a")
    ('gui', 'lv', '')
    """
    if character.isascii():
        return ""
    at = _table().find(character)
    if at < 0:
        return ""
    line = _table().rfind("\n", 0, at) + 1
    return _table()[line : _table().index(" ", line)]
