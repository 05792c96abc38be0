"""The source's lines, as every stage sees them."""

from __future__ import annotations

from dataclasses import dataclass

from juanzong.core.source import Block, LineMark, Source
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
    block: Block | None = None  # what the reader knows it to be a part of

    @property
    def tabular(self) -> bool:
        """Whether the reader knows it for a table's row."""
        return self.block is not None and self.block.kind == "table"

    def cut(self, i: int = 0, j: int | None = None) -> Traced:
        """text[i:j], traced, without blanks at its ends."""
        piece = self.text[i:j]
        bare = piece.strip()
        if not bare:
            return EMPTY
        at = self.start + i + len(piece) - len(piece.lstrip())
        return Traced((Run(bare, at, at + len(bare)),))


def lines_of(source: Source) -> list[Line]:
    """All lines that are not blank. The blank rows of a table count for none."""
    out: list[Line] = []
    at = blanks = 0
    marks, blocks = source.marks, iter(source.blocks)
    block = next(blocks, None)
    for n, text in enumerate(source.text.split("\n"), 1):
        while block is not None and block.end <= at:
            block = next(blocks, None)
        own = block if block is not None and block.start <= at else None
        if text.strip():
            mark = marks[n - 1] if n <= len(marks) else None
            out.append(Line(n, at, at + len(text), text, blanks, mark, own))
            blanks = 0
        elif own is None:
            blanks += 1
        at += len(text) + 1
    return out
