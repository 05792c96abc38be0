"""On which pages the transcriber kept printed lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

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
_PART = 60  # lines of a page that is not parted
_AROUND = 30  # lines on each side, none of which stands out more
_SEEN = 2  # paragraphs that show it by where their lines stand
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
    starts = _split_long(starts, lines)
    votes: list[tuple[int, int]] = []
    seen: list[bool] = []  # whether the page shows it by itself, whatever the others tell
    broken: list[int] = []
    for a, b in zip(starts, [*starts[1:], len(lines)], strict=True):
        prose = [i for i in range(a, b) if i not in taken and _may_be_prose(lines[i])]
        pairs = [i for i in prose if i + 1 < b and i + 1 not in taken]
        cuts = _broken_off(lines, prose, [i for i in pairs if _may_break_off(lines[i], lines[i + 1])])
        votes.append((len(cuts), len(pairs)))
        seen.append(_are_seen_to_go_on(lines, cuts))
        broken += cuts
    known = [cut / n for cut, n in votes if n >= _TELLS]
    whole = sum(known) / len(known) if known else _told_by_few(lines, votes, broken)
    out = [False] * len(lines)
    for (a, b), vote, shown in zip(zip(starts, [*starts[1:], len(lines)], strict=True), votes, seen, strict=True):
        cut, n = vote
        printed = shown or (cut + _ALL_PAGES * whole) / (n + _ALL_PAGES) >= _PRINTED
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


def _are_seen_to_go_on(lines: Sequence[Line], broken: Sequence[int]) -> bool:
    """Whether most lines of a page that are set in as paragraphs begin, and broke off (`broken`: all that did), were full
    and have the next one right below at the margin; two at least."""
    first = [i for i in broken if indent_of(lines[i].text) >= INDENT]
    full = [i for i in first if print_width(lines[i].text) >= _NARROWEST and _stands_right_below(lines[i + 1])]
    return len(full) >= _SEEN and 2 * len(full) > len(first)


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


def _stands_out(keys: Sequence[tuple[int, int]], k: int) -> bool:
    """Whether a key is the greatest of those around it; of equal ones, the first."""
    return max(keys[k - _AROUND : k]) < keys[k] == max(keys[k : k + _AROUND + 1])


def _split_long(starts: Sequence[int], lines: Sequence[Line]) -> list[int]:
    """`starts` of pages, and where long ones are parted: before lines that stand out among those around them, by the blank
    lines before them and a hash of what they say (content-defined chunking, as of LBFS). So a line more or less moves
    no other part but its own."""
    out: list[int] = []
    for a, b in zip(starts, [*starts[1:], len(lines)], strict=True):
        out.append(a)
        if b - a <= _PART:
            continue
        keys = [(line.blanks, crc32(line.text.encode())) for line in lines[a:b]]
        out += [a + k for k in range(_AROUND, len(keys)) if _stands_out(keys, k)]
    return out
