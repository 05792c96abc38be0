"""The letterhead of several organs that issue together: 文件 stands at their right, in the middle of their height, and is read
after them. Points."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.read.glyphs import Run

LARGE = 0.5  # of the word's size have the organs at least ...
ALIKE = 0.15  # ... and differ by so much of their own
MIDDLE = 0.8  # ems that the word may stand off the middle of the organs
FAR = 2.0  # times the type's size: lines farther apart are not one letterhead's
_WORD = "文件"


def letterhead_last(lines: Sequence[list[Run]]) -> list[list[Run]]:
    """The printed lines of a page, from the top, the word of such a letterhead in a line behind its organs."""
    out = list(lines)
    for k, line in enumerate(lines):
        word = line[-1]
        if len(word.glyphs) <= 2 * len(_WORD) and _text(word) == _WORD:
            first, end = _organs(lines, k, word)
            names = [own for own in ([r for r in line if r is not word] for line in lines[first:end]) if own]
            if len(names) > 1 and _is_in_the_middle(word, names):
                out[first:end] = [*names, [word]]
            break
    return out


def _organs(lines: Sequence[list[Run]], k: int, word: Run) -> tuple[int, int]:
    """The first line, and that behind the last, of those round line k that hold organs at the left of the word."""
    beside = [r for line in lines[max(0, k - 1) : k + 2] for r in line if r is not word and r.x1 < word.x0]
    size = max((r.size for r in beside), default=0.0)
    first, end = k, k + 1
    if size < LARGE * word.size:
        return first, end
    while first and _is_name(lines[first - 1], lines[first], word, size):
        first -= 1
    while end < len(lines) and _is_name(lines[end], lines[end - 1], word, size):
        end += 1
    return first, end


def _is_name(line: Sequence[Run], near: Sequence[Run], word: Run, size: float) -> bool:
    """Whether a line holds nothing but large type at the left of the word, close to the line beside it."""
    close = abs(line[0].top - near[0].top) < FAR * word.size
    return close and all(r.x1 < word.x0 and abs(r.size - size) <= ALIKE * size for r in line)


def _is_in_the_middle(word: Run, names: Sequence[Sequence[Run]]) -> bool:
    middle = (names[0][0].top + names[-1][0].bottom) / 2
    return abs(middle - (word.top + word.bottom) / 2) <= MIDDLE * word.size


def _text(run: Run) -> str:
    return "".join(g.text for g in run.glyphs if not g.text.isspace())
