"""Files that lie beside a tool's output in a folder: the tool's own other output, or documents of the bundle."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.source import Source

PROSE = ("text", "html", "mht", "docx", "word", "ofd")  # kinds of files that may be documents of their own
_LEAST = 12  # letters of a piece that is looked for
_MOST = 200  # pieces of one file
_NO_LETTERS = re.compile(r"<[^<>]*>|[^\p{L}\p{N}]+")


def says_the_same(text: str, read: str) -> bool:
    """Whether most of a text stands in what was read (letters of both, from `letters`): another form of it.

    >>> says_the_same(letters("# 松城市花卉产业规划"), letters("松城市花卉产业规划\\n一、总则"))
    True
    """
    step = max(_LEAST, len(text) // _MOST)
    pieces = [text[i : i + _LEAST] for i in range(0, max(1, len(text) - _LEAST + 1), step)]
    return 2 * sum(piece in read for piece in pieces) >= len(pieces)


def letters(text: str) -> str:
    """Letters and figures of a text, its tags aside."""
    return _NO_LETTERS.sub("", text)


def without_other_forms(parts: Sequence[tuple[Source, bool]]) -> list[Source]:
    """The sources in their order, without those beside a tool's output (`False`) that say what it says again."""
    read = letters("\n".join(source.text for source, tools in parts if tools))
    return [source for source, tools in parts if tools or not says_the_same(letters(source.text), read)]
