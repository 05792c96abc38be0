"""File names that visitors give, made names that every file system and every reader bears."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import PurePath

import regex as re

from juanzong.batch.inputs import is_aside
from juanzong.core.names import fitting, printable

_LONGEST = 200  # bytes; leaves room for a number and for the endings of what is made of the file
_ENDING = 20  # bytes of an ending; what is longer is no ending
_PARTS = re.compile(r"[/\\]+")
# What Windows allows in no name, as the full-width forms that people read alike.
_FORBIDDEN = str.maketrans('<>:"|?*', "＜＞：＂｜？＊")
_UNSEEN = ("Cf", "Cs", "Zl", "Zp")  # marks of direction, joiners, line separators


def stored_name(given: str) -> str | None:
    """The name under which a file is kept: the folders in it as words before it. None for what is left aside (system,
    hidden, lock and decisions files). Bytes that are no UTF-8 are given as surrogate escapes.

    >>> stored_name("材料/一/通知.txt"), stored_name("../../etc/passwd"), stored_name("C:\\\\a\\\\b.txt")
    ('材料 一 通知.txt', 'etc passwd', 'C： a b.txt')
    >>> stored_name("<b>甲\\n乙</b>.txt"), stored_name("a/.DS_Store"), stored_name("..")
    ('＜b＞甲_乙＜ b＞.txt', None, '_')
    """
    parts = [_clean(p) for p in _PARTS.split(printable(given.replace("\n", "_").replace("\t", " ")))]
    kept = [p for p in parts if p.strip(". ")]
    if any(is_aside(p) for p in kept):
        return None
    name = " ".join(p.strip() for p in kept).rstrip(". ") or "_"
    stem, ending = split(name)
    return fitting(stem, ending, _LONGEST)


def split(name: str) -> tuple[str, str]:
    """Stem and ending, as Path has them, unless the ending is too long to be one."""
    path = PurePath(name)
    if len(path.suffix.encode()) > _ENDING:
        return name, ""
    return path.stem, path.suffix


def _clean(part: str) -> str:
    text = unicodedata.normalize("NFC", part)
    return "".join(c for c in text if unicodedata.category(c) not in _UNSEEN).translate(_FORBIDDEN)


def candidates(name: str, *, is_folder: bool) -> Iterator[str]:
    """The name, then the name with (2), (3), …

    >>> from itertools import islice
    >>> list(islice(candidates("甲.txt", is_folder=False), 2)), list(islice(candidates("1.2", is_folder=True), 2))
    (['甲.txt', '甲 (2).txt'], ['1.2', '1.2 (2)'])
    """
    yield name
    stem, ending = (name, "") if is_folder else split(name)
    n = 2
    while True:
        yield f"{stem} ({n}){ending}"
        n += 1


def likeness(name: str, *, is_folder: bool) -> str:
    """What two names must not share: bundles are called by their stems, also where A is a."""
    stem = name if is_folder else PurePath(name).stem
    return unicodedata.normalize("NFC", stem).casefold()
