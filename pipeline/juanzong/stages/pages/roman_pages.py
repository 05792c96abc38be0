"""The Roman numbers of a bundle's first pages (I, II; iii), alone on their lines: below the head of a contents list, or
where they count on between the halves of sentences."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core.lines import Line
from juanzong.language.text import ROMAN, ends_sentence, fold, nfkc

_HEADS = ("目录", "目次", "contents", "目录contents")
_HEADS_SAY = frozenset("目⽬cCｃＣ")  # one of them stands in each
_LONGEST = 40  # characters of one, its blanks among them
_LEAST = 3  # pages that show a count
_WIDEST = 12  # characters of a line that holds such a number alone
_PROSE = 16  # characters of a line that, without a stop, is half of a sentence
_FAR = 120  # lines of contents lists, at most, above such a number


def roman_pages(lines: Sequence[Line]) -> list[int]:
    """Indices of the lines that are such a number, blank lines round it; each is higher than the one before."""
    return sorted({*_below_contents(lines), *_amid_text(lines)})


def _amid_text(lines: Sequence[Line]) -> list[int]:
    """Numbers that count on from the first, or from the second behind a cover, where at least one cuts a sentence, or
    small letters write them, which number no heading."""
    run: list[int] = []
    cut, small, first = False, True, 1
    for i, line in enumerate(lines):
        value = ROMAN.get(line.text.strip().upper(), 0) if len(line.text) <= _WIDEST and not line.tabular else 0
        alone = line.blanks and (i + 1 == len(lines) or lines[i + 1].blanks)
        first = 2 if value == 2 and not run else first
        if value == len(run) + first and alone:
            run.append(i)
            small = small and line.text.strip().islower()
            above = lines[i - 1].text.strip() if i else ""
            cut = cut or (len(above) >= _PROSE and not ends_sentence(above))
    return run if (cut or small) and len(run) >= _LEAST else []


def _below_contents(lines: Sequence[Line]) -> list[int]:
    out: list[int] = []
    head, last = -_FAR, 0
    for i, line in enumerate(lines):
        text = line.text.strip()
        if len(text) <= _LONGEST and not _HEADS_SAY.isdisjoint(text) and fold(text).strip("#*:").lower() in _HEADS:
            head = i
        elif i - head < _FAR and ends_sentence(text):  # no list of titles any more
            head = -_FAR
        value = ROMAN.get(nfkc(text).upper(), 0) if not line.tabular and i - head < _FAR else 0
        if value <= last or not line.blanks:
            continue
        if i + 1 == len(lines) or lines[i + 1].blanks:
            out.append(i)
            last = value
    return out
