"""Where in the bundle a title is printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from juanzong.core.lines import Line
from juanzong.language.text import fold

_LINE_LENGTH = 100  # characters of a line that may print a title
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
