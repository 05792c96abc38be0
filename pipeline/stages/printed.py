"""Where the transcriber kept printed lines: how wide they are, and which of them go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex as re

from pipeline.lines import Line
from pipeline.stages.openings import NOTE_HEAD, starts_anew, weak_start
from pipeline.text import display_width, ends_sentence

ATTACHMENTS = re.compile(r"\s*(?:附件\s*[:：]|\d{1,2}[.．])")
_FULL_SLACK = 3  # columns a full printed line may fall short of its page's width
_NEIGHBOURS = 30  # pages to either side that may lend their width
INDENT = 2  # blanks that make an indent
_INDENTS = 5  # columns that a paragraph's indent may take
_ASKEW = 4  # columns by which a centred line may stand off the middle, on both sides together


def printed_chunks(lines: Sequence[Line], taken: set[int], breaks: Sequence[bool]) -> list[bool]:
    """For each line, whether the transcriber kept printed lines there: by page, neighbours deciding where a page says little."""
    starts = [i for i in range(len(lines)) if i == 0 or breaks[i]]
    starts = _split_long(starts, len(lines))
    votes: list[float | None] = []
    for a, b in zip(starts, [*starts[1:], len(lines)], strict=True):
        prose = [i for i in range(a, b) if i not in taken and len(lines[i].text.strip()) >= 12]
        pairs = [i for i in prose if i + 1 < b and i + 1 not in taken]
        cut = sum(
            lines[i + 1].blanks == 0 and not ends_sentence(lines[i].text) and not starts_anew(lines[i + 1].text)
            for i in pairs
        )
        votes.append(cut / len(pairs) if len(pairs) >= 3 else None)
    known = [v for v in votes if v is not None]
    whole = sum(known) / len(known) if known else 0.0
    out = [False] * len(lines)
    for (a, b), vote in zip(zip(starts, [*starts[1:], len(lines)], strict=True), votes, strict=True):
        printed = (vote if vote is not None else whole) >= 0.3
        if whole >= 0.3 and not printed:  # a page of short paragraphs: the blank lines tell
            printed = sum(lines[i].blanks > 0 for i in range(a + 1, b)) < 0.3 * max(1, b - a - 1)
        out[a:b] = [printed] * (b - a)
    return out


def _split_long(starts: list[int], total: int) -> list[int]:
    out: list[int] = []
    for a, b in zip(starts, [*starts[1:], total], strict=True):
        out += range(a, b, 60) if b > a else []
    return out


def full_widths(pages: Sequence[Sequence[Line]]) -> list[int]:
    """Columns of a full printed line, page by page: what most of a page's lines agree on (a closing mark may hang
    over). A page of few lines takes that of its nearest neighbour on which its own longest line has room."""
    found: list[int | None] = []
    longest: list[int] = []
    for page in pages:
        widths = Counter(
            print_width(line.text)
            for line in page
            if len(line.text.strip()) >= 12 and not NOTE_HEAD.match(line.text) and _indent(line.text) <= _INDENTS
        )
        longest.append(max(widths, default=0) or max((print_width(line.text) for line in page), default=1))
        best = max(widths, key=lambda w: (widths[w] + widths[w - 1] + widths[w - 2], w), default=0)
        agree = widths[best] + widths[best - 1] + widths[best - 2] if widths else 0
        found.append(best if agree >= 4 else None)
    out = []
    for k, w in enumerate(found):
        near = (found[j] for d in range(1, _NEIGHBOURS) for j in (k - d, k + d) if 0 <= j < len(found)) if w is None else ()
        out.append(w or next((v for v in near if v and v >= longest[k] - _FULL_SLACK), None) or longest[k])
    return out


def print_width(text: str) -> int:
    """Columns as printed: a stop or bracket that the transcriber made half width took a whole place among Chinese."""
    text = text.rstrip()
    return display_width(text) + (sum(text.count(c) for c in ",;:!?()") if not text.isascii() else 0)


def _leading_token(text: str) -> int:
    """Columns of what could not be parted at the head of a line: a figure, a word, or one character with its stop."""
    m = re.match(r"[A-Za-z0-9.,%‰/:：+-]+[％%‰]?|\S[，。；：、！？）》”]?", text.strip())
    return display_width(m[0]) if m else 0


def goes_on(piece: Sequence[Line], after: Line, width: int, indented: bool, note: bool) -> bool:
    """Printed style: whether `after` is the rest of the piece printed so far."""
    before = piece[-1]
    if starts_anew(after.text) and not (
        not ends_sentence(before.text)
        and _is_full(before, after, width)
        and not after.text.lstrip().startswith("#")
        and weak_start(after.text)
    ):
        return False
    indent = len(after.text) - len(after.text.lstrip(" 　"))
    if indented and indent >= INDENT:
        return False
    if note:
        return not ends_sentence(before.text)
    if _is_full(before, after, width):
        return True
    began = len(piece[0].text) - len(piece[0].text.lstrip(" 　"))
    if indented and began >= INDENT and ends_sentence(after.text) and not ATTACHMENTS.match(piece[0].text):
        return True  # prose at the margin, where paragraphs are indented
    return (
        indented
        and began >= INDENT
        and not ends_sentence(before.text)
        and print_width(before.text) >= 0.6 * width
        and not ATTACHMENTS.match(piece[0].text)
    )


def _is_full(before: Line, after: Line, width: int) -> bool:
    return print_width(before.text) + _leading_token(after.text) >= width - _FULL_SLACK


def is_centered(text: str, width: int) -> bool:
    """Whether blanks set a line in the middle of a page of `width` columns, deeper than a paragraph's indent.

    >>> is_centered("            关于印发规划的通知", 42), is_centered("    一、总体要求", 42), is_centered(" " * 30 + "某市人民政府", 42)
    (True, False, False)
    """
    indent = _indent(text)
    return indent > _INDENTS and abs(2 * indent + display_width(text.strip()) - width) <= _ASKEW


def _indent(text: str) -> int:
    return display_width(text) - display_width(text.lstrip(" 　"))


def page_end(lines: Sequence[Line], i: int, breaks: Sequence[bool], printed: Sequence[bool]) -> int:
    k = i + 1
    while k < len(lines) and not breaks[k] and printed[k]:
        k += 1
    return k


def _pages(lines: Sequence[Line], breaks: Sequence[bool], printed: Sequence[bool]) -> list[range]:
    """The printed pages, as indices of their lines."""
    out: list[range] = []
    i = 0
    while i < len(lines):
        if printed[i]:
            out.append(range(i, page_end(lines, i, breaks, printed)))
            i = out[-1].stop
        else:
            i += 1
    return out


def widths_by_page(
    lines: Sequence[Line], breaks: Sequence[bool], printed: Sequence[bool], skip: set[int]
) -> dict[int, int]:
    """Index of a printed page's line -> the page's full width, in columns."""
    pages = _pages(lines, breaks, printed)
    widths = full_widths([[lines[k] for k in page if k not in skip] for page in pages])
    return {k: w for page, w in zip(pages, widths, strict=True) for k in page}


def indented_pages(
    lines: Sequence[Line], breaks: Sequence[bool], printed: Sequence[bool], skip: set[int]
) -> dict[int, bool]:
    """Index of a printed page's line -> whether paragraphs are indented there: by the page's own lines; a page of few
    paragraphs by what most pages do."""
    pages = _pages(lines, breaks, printed)
    shares = []
    for page in pages:
        prose = [lines[k].text for k in page if k not in skip and len(lines[k].text.strip()) >= 8]
        indents = [len(text) - len(text.lstrip(" 　")) for text in prose]
        shares.append(sum(1 <= n <= 8 for n in indents) / max(1, len(prose)))
    habit = sum(share > 0 for share in shares) >= 0.6 * len(shares)
    return {k: share >= 0.08 or (habit and share > 0) for page, share in zip(pages, shares, strict=True) for k in page}
