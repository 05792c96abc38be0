"""The source's lines, as every stage sees them."""

from __future__ import annotations

from dataclasses import dataclass

from juanzong.core.source import LineMark, Source
from juanzong.core.traced import EMPTY, Run, Traced


@dataclass(slots=True, frozen=True)
class Line:
    """source.text[start:end] is `text`, without its line end; `blanks` counts the blank lines before it."""

    n: int  # from 1
    start: int
    end: int
    text: str
    blanks: int
    mark: LineMark | None = None

    def cut(self, i: int = 0, j: int | None = None) -> Traced:
        """text[i:j], traced, without blanks at its ends."""
        piece = self.text[i:j]
        bare = piece.strip()
        if not bare:
            return EMPTY
        at = self.start + i + len(piece) - len(piece.lstrip())
        return Traced((Run(bare, at, at + len(bare)),))


def lines_of(source: Source) -> list[Line]:
    """All lines that are not blank."""
    out: list[Line] = []
    at = blanks = 0
    marks = source.marks
    for n, text in enumerate(source.text.split("\n"), 1):
        if text.strip():
            mark = marks[n - 1] if n <= len(marks) else None
            out.append(Line(n, at, at + len(text), text, blanks, mark))
            blanks = 0
        else:
            blanks += 1
        at += len(text) + 1
    return out
