"""What chunks are made of: short texts in order, each with the strings that it shows."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from juanzong.output.exports.sentences import sentences


@dataclass(frozen=True)
class Piece:
    """`strings`: (pointer, start, end) of what the text shows. `sep` stands before it, but at the head of a chunk.
    `keep`: a heading, which is not parted from what follows."""

    text: str
    strings: tuple[tuple[str, int, int], ...]
    sep: str = "\n"
    keep: bool = False

    @property
    def length(self) -> int:
        return len(self.sep) + len(self.text)


def pieces_of(text: str, pointer: str, limit: int, before: str = "", sep: str = "\n") -> list[Piece]:
    """A string as pieces no longer than `limit`; `before` is a label that is no part of it."""
    out = [
        Piece(text[a:b], ((pointer, a, b),), "" if a else sep) for a, b in sentences(text, max(1, limit - len(before)))
    ]
    if out and before:
        out[0] = Piece(before + out[0].text, out[0].strings, sep)
    return out


def parted(pieces: list[Piece], limit: int) -> list[list[Piece]]:
    """The pieces in runs that are no longer than `limit` (but for a single piece that is), in order.

    A run that is too long is parted at one of its boundaries that leave a quarter of the limit on either side: where a
    paragraph or row begins rather than inside one, and of those where the next text's checksum is least. So a boundary
    depends on the texts beside it, not on how much stands above: a paragraph put in moves few others.
    """
    out: list[list[Piece]] = []
    stack = [pieces]
    while stack:
        run = stack.pop()
        at = _boundary(run, limit) if sum(p.length for p in run) > limit else 0
        if at:
            stack += [run[at:], run[:at]]
        elif run:
            out.append(run)
    return out


def _boundary(run: list[Piece], limit: int) -> int:
    """The index of the piece that begins the second half; 0 where there is but one piece."""
    total, left, best = sum(p.length for p in run), 0, (9, 0, 0)
    for k, piece in enumerate(run):
        if k:
            small = min(left, total - left) < limit / 4
            grade = 4 * run[k - 1].keep + 2 * small + (piece.sep == "")
            best = min(best, (grade, crc32(piece.text.encode()), k))
        left += piece.length
    return best[2]
