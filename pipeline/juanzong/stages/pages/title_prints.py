"""Where in the bundle a title is printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.text import fold

_LINE_LENGTH = 100  # characters of a line that may print a title
_SHORTEST = 6  # characters of a title with which a head begins
_LEAST_HEAD = 4  # characters of a head that says a title without its place
BEFORE = 200  # lines: how far back a head's title may stand
_OF_PLACE = re.compile(r"\p{Han}{1,12}(?:省|自治区|市|县|区|州|盟|旗|乡|镇|村)")
_TITLE_LINES = 4  # lines that a title is printed in


class Prints:
    """Where in the bundle a title is printed, in one line or in several."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._at: defaultdict[str, list[int]] = defaultdict(list)
        for i, line in enumerate(lines):
            if len(line.text) <= _LINE_LENGTH:
                self._at[fold(line.text)].append(i)

    def of(self, text: str) -> list[int]:
        """Indices of the lines where a print of the (folded) text begins, in order."""
        starts = (i for n in range(2, len(text) + 1) for i in self._at.get(text[:n], ()))
        return sorted(i for i in starts if self._stands(i, text))

    def _stands(self, i: int, text: str) -> bool:
        run = ""
        for line in self._lines[i : i + _TITLE_LINES]:
            run += fold(line.text)
            if run.startswith(text):
                return True
            if not text.startswith(run):
                return False
        return False


def says_title_above(above: Sequence[Line], head: str) -> bool:
    """Whether a line above is how a head begins, which says more than the title: 某市规划 - 征求意见稿; or the title whole,
    of which the head leaves out the place: 某市水资源公报 - 水资源公报."""
    said = [fold(line.text) for line in above[-BEFORE:] if len(line.text) <= _LINE_LENGTH]
    short = [x.removesuffix(head) for x in said if x.endswith(head)] if len(head) >= _LEAST_HEAD else []
    return any(len(x) >= _SHORTEST and head.startswith(x) for x in said) or any(map(_OF_PLACE.fullmatch, short))


def titles_in_lines(texts: Sequence[str], most: int, no_title: re.Pattern[str]) -> dict[str, int]:
    """What two or three lines say together that may be those of a title -> where the first of them stands in `texts`.
    `most`: characters of a title; `no_title`: what a line of one does not hold."""
    out: dict[str, int] = {}
    words = [text if len(text) <= most and not no_title.search(text) else "" for text in texts]
    for at in range(len(words) - 1):
        for n in (2, 3):
            lines = words[at : at + n]
            if len(lines) < n or not all(lines):
                break
            whole = "".join(lines)
            if len(whole) <= most and el.type_of_title(whole) is not None:
                out.setdefault(fold(whole), at)
    return out
