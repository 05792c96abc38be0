"""On which pages the transcriber kept printed lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex as re

from juanzong.core.lines import Line
from juanzong.language.document_types import type_of_title
from juanzong.language.labels import is_label
from juanzong.language.text import ends_sentence, indent_of
from juanzong.stages.pieces.page_widths import FIRST_SHORTER, print_width
from juanzong.stages.pieces.placing import INDENT
from juanzong.stages.pieces.printed import begins_anew

_PRINTED = 0.26  # of the lines of prose break off in mid sentence where printed lines were kept
_TELLS = 3  # lines of prose by which a page tells that itself
_ALL_PAGES = 6  # ... and what all pages together tell weighs as much as so many lines of it
_NARROWEST = 34  # columns of a full line: no print of these documents has a narrower one
_FULL = 0.8  # of the page's width: what a line holds at least that was broken off because it was full
_WORDS = 4  # that single blanks part in a row
_NAME = r"\p{Han}(?:\p{Han}{1,3}|\s+\p{Han})(?:[（(][^（）()]{1,24}[）)])?"
_PEOPLE = re.compile(rf"\p{{Han}}(?:\s*\p{{Han}}){{1,5}}\s*[：:]\s*{_NAME}(?:[、\s]+{_NAME})*")
_IN_PROSE = re.compile("[，。；]")
_CLAUSE = re.compile("[，；]")  # in a line that breaks off: it is part of a sentence, however short
_WIDER = 0.2  # of a page's lines may be wider (notes, tables)


def printed_chunks(lines: Sequence[Line], taken: set[int], breaks: Sequence[bool]) -> list[bool]:
    """For each line, whether the transcriber kept printed lines there: by page, neighbours deciding where a page says little."""
    if not lines:
        return []
    starts = [i for i in range(len(lines)) if i == 0 or breaks[i]]
    starts = _split_long(starts, len(lines))
    votes: list[tuple[int, int]] = []
    broken: list[int] = []
    for a, b in zip(starts, [*starts[1:], len(lines)], strict=True):
        prose = [i for i in range(a, b) if i not in taken and _may_be_prose(lines[i])]
        pairs = [i for i in prose if i + 1 < b and i + 1 not in taken]
        cuts = _broken_off(lines, prose, [i for i in pairs if _may_break_off(lines[i], lines[i + 1])])
        votes.append((len(cuts), len(pairs)))
        broken += cuts
    known = [cut / n for cut, n in votes if n >= _TELLS]
    whole = sum(known) / len(known) if known else _told_by_few(lines, votes, broken)
    out = [False] * len(lines)
    for (a, b), vote in zip(zip(starts, [*starts[1:], len(lines)], strict=True), votes, strict=True):
        cut, n = vote
        printed = (cut + _ALL_PAGES * whole) / (n + _ALL_PAGES) >= _PRINTED
        if whole >= _PRINTED and not printed:  # a page of short paragraphs: the blank lines tell
            printed = sum(lines[i].blanks > 0 for i in range(a + 1, b)) < 0.3 * max(1, b - a - 1)
        out[a:b] = [printed and not line.in_sheet for line in lines[a:b]]
    return out


def _told_by_few(lines: Sequence[Line], votes: Sequence[tuple[int, int]], broken: Sequence[int]) -> float:
    """What the pages of a print tell together that say little each: a reader that sees pages gives out printed lines, and
    lines of one width that broke off, half of all or more, were full, where blank lines or indents part paragraphs."""
    cut, n = (sum(vote[k] for vote in votes) for k in (0, 1))
    if cut == 1 and _is_seen_to_go_on(lines, broken[0]):
        return 1 / 2
    if cut < 2 or 2 * cut < n:
        return 0.0
    widths = [print_width(lines[i].text) for i in broken]
    even = min(widths) >= _NARROWEST and max(widths) - min(widths) <= FIRST_SHORTER
    even = even and not any(ends_sentence(a.text) and _stands_right_below(b) for a, b in pairwise(lines))
    seen = cut == n and any(line.mark is not None and line.block is None for line in lines)
    return cut / n if even or seen else 0.0


def _is_seen_to_go_on(lines: Sequence[Line], at: int) -> bool:
    """Whether the one line that breaks off was seen on its page: it is set in, the next one stands right below it at the
    margin, and nearly as wide as it or the end of a sentence."""
    line, after = lines[at], lines[at + 1]
    seen = all(x.mark is not None and x.block is None for x in (line, after))
    below = indent_of(line.text) >= INDENT and _stands_right_below(after)
    wide = print_width(line.text) >= _NARROWEST
    return (
        seen
        and below
        and wide
        and (ends_sentence(after.text) or print_width(after.text) >= _FULL * print_width(line.text))
    )


def _stands_right_below(line: Line) -> bool:
    return not line.blanks and indent_of(line.text) < INDENT


def _may_break_off(line: Line, after: Line) -> bool:
    text = line.text.strip()
    whole = ends_sentence(text) or _names_some(text) or _is_row(text)
    return not (after.blanks or whole or begins_anew(after, cut=False))


def _broken_off(lines: Sequence[Line], prose: Sequence[int], some: Sequence[int]) -> list[int]:
    """Which of some lines were broken off in mid sentence: full ones, or by their words part of a sentence. `prose`:
    the page's lines of prose."""
    if not some:
        return []
    full = _least_full([print_width(lines[i].text) for i in prose])
    return [
        i
        for i in some
        if print_width(lines[i].text) >= full
        or _CLAUSE.search(lines[i].text) is not None
        or (lines[i + 1].text.rstrip().endswith(("。", "；")) and type_of_title(lines[i].text) is None)
    ]


def _least_full(widths: Sequence[int]) -> float:
    """Columns of a line that may have been broken off because it was full: hardly less than those that few lines of the
    page pass. Where all lines are short, none was: names, titles, items of a list."""
    widest = sorted(widths)[int((1 - _WIDER) * (len(widths) - 1))] if widths else 0
    return max(_NARROWEST, _FULL * widest)


def _may_be_prose(line: Line) -> bool:
    text = line.text  # a label and its value end with their line, a cell's text with its cell
    return len(text.strip()) >= 12 and not is_label(text) and not line.in_sheet


def _is_row(text: str) -> bool:
    """Whether single blanks part the words of a line as they part the cells of a row, which ends with its line."""
    return len(text.split(None, _WORDS)) >= _WORDS and _IN_PROSE.search(text) is None


def _names_some(text: str) -> bool:
    """Whether a line is a label and the names of people, and so no part of a sentence: 成员：高原、林涛."""
    return ("：" in text or ":" in text) and _PEOPLE.fullmatch(text) is not None


def _split_long(starts: list[int], total: int) -> list[int]:
    out: list[int] = []
    for a, b in zip(starts, [*starts[1:], total], strict=True):
        out += range(a, b, 60) if b > a else []
    return out
