"""Glyphs with places -> printed lines: baselines, blanks, raised marks. Points throughout, from the top left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex as re

from juanzong.core.source import Reading
from juanzong.read.printed import Box, PrintedLine

RAISED_SIZE = 0.8  # a raised mark is set at most this large, against its line ...
RAISED_BY = 0.12  # ... and its baseline stands at least this much of the line's size higher
SAME_LINE = 0.5  # two runs stand on one line if they share this much of the lower one's height
_BAND, _LAST_BAND = 10.0, 2_000.0  # points of a page that are looked through together; how many there are at most
WIDE_GAP = 1.8  # ems; from here on a gap parts columns and is kept as aligned blanks
SEGMENT_GAP = 1.2  # ems; a gap that may be a gutter between columns

_MARKER = re.compile(r"(?:[\[〔(（]?\d{1,3}[\])）〕]?|[①-⑳㉑-㉟㊱-㊿⑴-⒇]+|[*＊†‡※]+|\d{1,2}(?:[,，、]\d{1,2})+)$")
_RAISED = re.compile(r"[-−]?\d{1,3}(?:[,，、]\d{1,2})*")
_FIGURES = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_BOLD = re.compile(r"bold|heavy|black|hei|黑|xiaobiaosong|小标宋|FZXBS", re.IGNORECASE)


class Glyph(NamedTuple):
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    baseline: float  # from the top of the page
    font: str
    sure: float | None = None  # of recognition, 0 to 1
    other: str = ""  # what a weak character may be instead
    other_sure: float = 0.0
    home: tuple[float, float] | None = None  # the middle of what a clip leaves of it, where it cuts it


class Run(NamedTuple):
    """Glyphs that follow one another on one baseline in one size."""

    glyphs: list[Glyph]
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


def runs_of(glyphs: Iterable[Glyph], gap: float = SEGMENT_GAP) -> list[Run]:
    """Cut glyphs, in drawing order, where the baseline, the size or the direction changes, or a `gap` of so many ems
    opens."""
    out: list[Run] = []
    run: list[Glyph] = []
    for g in glyphs:
        if run:
            last = run[-1]
            step = g.x0 - last.x1
            if (
                abs(g.baseline - last.baseline) > 0.06 * g.size
                or abs(g.size - last.size) > 0.1 * g.size
                or step > gap * g.size
                or step < -0.6 * g.size
            ):
                _close(run, out)
                run = []
        run.append(g)
    _close(run, out)
    return out


def _close(run: list[Glyph], out: list[Run]) -> None:
    """Add the run without the blanks at its ends; a run of blanks only is no run."""
    a, b = 0, len(run)
    while a < b and run[a].text.isspace():
        a += 1
    while b > a and run[b - 1].text.isspace():
        b -= 1
    if a < b:
        part = run[a:b]
        out.append(
            Run(
                part,
                min(g.x0 for g in part),
                min(g.top for g in part),
                max(g.x1 for g in part),
                max(g.bottom for g in part),
                part[0].size,
            )
        )


def lines_of_runs(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs -> lines from top to bottom, each from left to right. Large runs found lines, small ones join them."""
    lines: list[list[Run]] = []
    spans: list[tuple[float, float]] = []
    at: dict[int, list[int]] = {}  # band of the page -> the lines that reach into it
    for run in sorted(runs, key=lambda r: (-round(r.size, 1), r.top)):
        best, share = -1, SAME_LINE
        bands = _bands(run)
        for k in sorted({k for band in bands for k in at.get(band, ())}):
            top, bottom = spans[k]
            common = min(bottom, run.bottom) - max(top, run.top)
            part = common / max(0.1, min(bottom - top, run.bottom - run.top))
            if part > share and _beside(run, lines[k]):
                best, share = k, part
        if best < 0:
            for band in bands:
                at.setdefault(band, []).append(len(lines))
            lines.append([run])
            spans.append((run.top, run.bottom))
        else:
            lines[best].append(run)
    for line in lines:
        line.sort(key=lambda r: r.x0)
    lines.sort(key=lambda line: (max(line, key=lambda r: r.size).top, line[0].x0))
    return lines


def _bands(run: Run) -> range:
    """The bands that a run stands in, numbered from the page's top; all of what lies beyond the page is one."""
    top, bottom = (int(max(-1.0, min(_LAST_BAND, y / _BAND))) for y in (run.top, run.bottom))
    return range(top, bottom + 1)


def _beside(run: Run, line: list[Run]) -> bool:
    """Whether the run lies over none of the line's runs (a shadow of the same text may)."""
    for other in line:
        common = min(other.x1, run.x1) - max(other.x0, run.x0)
        if common > 0.6 * min(other.x1 - other.x0, run.x1 - run.x0) and common > 0.6 * run.size:
            return abs(other.top - run.top) < 0.15 * run.size and other.glyphs[0].text == run.glyphs[0].text
    return True


def printed_line(runs: Sequence[Run], left: float | None = None) -> PrintedLine:
    """One line of runs as text. `left`, the text's left edge, aligns wide gaps to columns of half-width blanks."""
    size = _line_size(runs)
    main = [r for r in runs if r.size > RAISED_SIZE * size] or list(runs)
    baseline = main[0].glyphs[0].baseline
    text: list[str] = []
    raised = ""
    last: Glyph | None = None
    blank = False
    bold = 0
    doubts: list[Reading] = []
    sure: list[float] = []
    for g in _in_order(runs):
        if g.text.isspace():
            blank = True
            continue
        if last is not None and _shadow(last, g):
            continue
        up = g.size < RAISED_SIZE * size and baseline - g.baseline > RAISED_BY * size
        if raised and not up:
            text.append(raised_text(raised))
            raised = ""
        gap = blank_between(last, g, size, blank, "".join(text), left) if last is not None else ""
        last, blank = g, False
        if g.sure is not None:
            sure.append(g.sure)
        if up:
            raised += g.text
            continue
        text.append(gap + g.text)
        if g.other:
            length = sum(map(len, text))
            doubts.append(
                Reading(
                    length - len(g.text),
                    length,
                    g.other,
                    g.other_sure,
                    "weak-character",
                    f"recognised with {g.sure:.0%} confidence",
                )
            )
        bold += len(g.text) if _is_bold(g.font) else 0
    if raised:
        text.append(raised_text(raised))
    joined = "".join(text)
    box: Box = (min(r.x0 for r in runs), min(r.top for r in main), max(r.x1 for r in runs), max(r.bottom for r in main))
    return PrintedLine(
        joined,
        box,
        size,
        bold > 0.6 * max(1, len(joined)),
        round(sum(sure) / len(sure), 4) if sure else None,
        tuple(doubts),
    )


@lru_cache(maxsize=256)
def _is_bold(font: str) -> bool:
    return bool(_BOLD.search(font))


def _line_size(runs: Sequence[Run]) -> float:
    """The size most of the line's glyphs have; the larger of two that are as frequent."""
    count: dict[float, int] = {}
    for r in runs:
        count[r.size] = count.get(r.size, 0) + len(r.glyphs)
    most = max(count.items(), key=lambda p: (p[1], p[0]))[0]
    # A short word with a long raised note mark: the mark is not the line.
    bigger = [s for s in count if s * RAISED_SIZE > most and count[s] * 3 >= count[most]]
    return max(bigger, default=most)


def _in_order(runs: Sequence[Run]) -> list[Glyph]:
    glyphs = [g for r in runs for g in r.glyphs]
    if any(a.x0 > b.x0 for a, b in pairwise(glyphs)):
        glyphs.sort(key=lambda g: g.x0)
    return glyphs


def _shadow(a: Glyph, b: Glyph) -> bool:
    """Whether b is a drawn again to make it bold."""
    return (
        a.text == b.text
        and abs(a.x0 - b.x0) < 0.25 * a.size
        and abs(a.top - b.top) < 0.25 * a.size
        and a.x1 - a.x0 > 0.3 * a.size
    )


def blank_between(a: Glyph, b: Glyph, size: float, blank: bool, before: str, left: float | None) -> str:
    """The blanks between two glyphs: none, one, or as many as keep a wide gap's columns aligned."""
    gap = (b.x0 - a.x1) / size
    if gap >= WIDE_GAP and left is not None and not _is_leader(a.text) and not _is_leader(b.text):
        column = round((b.x0 - left) / (size / 2))
        return " " * max(2, column - half_widths(before))
    if blank or gap >= WIDE_GAP:
        return " "
    latin = a.text[-1].isascii() + b.text[0].isascii()
    return " " if gap > (0.75, 0.6, 0.18)[latin] else ""


def _is_leader(text: str) -> bool:
    return text in "….·．⋯-—–_"


def half_widths(text: str) -> int:
    """Width in half-width columns: Chinese characters count two.

    >>> half_widths("第1章")
    5
    """
    return sum(1 if ord(c) < 0x2E80 and c not in "—…“”‘’①" else 2 for c in text)


def raised_text(raised: str, *, opens: bool = False) -> str:
    """A raised mark as text: figures as raised figures, before other marks a `^`, but where it `opens` a text: of a note
    all is of one height.

    >>> raised_text("①"), raised_text("[3]"), raised_text("2"), raised_text("-3"), raised_text("th")
    ('^①', '^[3]', '²', '⁻³', 'th')
    """
    if _RAISED.fullmatch(raised):
        return raised.translate(_FIGURES)
    return "^" + raised if _MARKER.match(raised) and not opens else raised
