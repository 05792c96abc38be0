"""A contents list of which a tool gave one cell a line: number, title and page, each on a line of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

import regex as re

from juanzong.core.lines import Line
from juanzong.language.numbering import Heading
from juanzong.stages.documents.contents_found import Contents
from juanzong.stages.documents.contents_lines import GOES_ON, HEADING, Span, number_at, read_line
from juanzong.stages.documents.contents_prints import Prints

_LEAST, _SURE = 2, 3  # entries; so many with their pages need not come again
_MOST_TITLE = 3  # lines of a title
_MOST_NUMBER, _LONGEST = 6, 80  # characters of a number, of a line of a title
_FIGURE = re.compile(r"\d{1,2}")
_PAGE = re.compile(r"(?:[Pp]\.?\s?)?(\d{1,3})(?:\s?[-—–]\s?\d{1,3})?")
_NAMES = re.compile(
    r"序\s*号|编\s*号|页\s*[码数次]?|起[始止]页|\p{Han}{0,4}(?:名\s*称|题\s*名|标\s*题)|内\s*容|章\s*节|文\s*号"
)


class _Cell(NamedTuple):
    """A line below the heading: its index, what it says, the number that this is, whether it may be a page."""

    i: int
    text: str
    number: Heading | None
    page: bool

    @property
    def words(self) -> bool:
        return self.number is None and not self.page


def number_alone(text: str) -> Heading | None:
    """The number that is all that a line says: 1, 1., 一、, 第一章.

    >>> [(n.form, n.ordinal) for s in ("2", "3.", "二、", "第二章") if (n := number_alone(s))]
    [('1', 2), ('1.', 3), ('一、', 2), ('章', 2)]
    >>> number_alone("第二章 目标"), number_alone("2021"), number_alone("总则")
    (None, None, None)
    """
    bare = text.strip()
    if not bare or len(bare) > _MOST_NUMBER:
        return None
    if _FIGURE.fullmatch(bare):
        return Heading("1", 0, int(bare), len(bare))
    found = number_at(bare)
    return found if found is not None and found.end == len(bare) else None


def read_cells(lines: Sequence[Line], at: int, gone: Mapping[int, str], prints: Prints) -> Contents | None:
    """The list under the heading in line `at`: numbers that count on from one, each with its title in the lines below it
    and its page below that, where it has one; None where no such list stands there, or nothing tells that it is one."""
    names, cells = _cells_below(lines, at, gone)
    entries = _columns(cells) or _entries(cells, prints)
    pages = [int(m[1]) for e in entries if (m := _PAGE.fullmatch(e[-1].text)) and len(e) > 2]
    if len(entries) < _LEAST or any(a > b for a, b in pairwise(pages)) or 0 < 2 * len(pages) < len(entries):
        return None
    behind = [prints.behind(_key(e[1:]), e[-1].i) for e in entries]
    if not any(known is not None for known in behind) and not len(pages) == len(entries) >= _SURE:
        return None
    used = [at, *names, *(cell.i for e in entries for cell in e)]
    spans = [[Span(cell.i, 0, len(lines[cell.i].text)) for cell in e] for e in entries]
    headed, titled = behind.count(True), behind.count(False)
    used.sort()
    return Contents(
        Span(at, 0, len(lines[at].text)), used[-1] + 1, used, spans, [], headed, titled, len(pages), cells=True
    )


def _cells_below(lines: Sequence[Line], at: int, gone: Mapping[int, str]) -> tuple[list[int], list[_Cell]]:
    """The lines that name the columns, and those below them that may be cells; a figure that was taken for that of a page
    is one."""
    names: list[int] = []
    cells: list[_Cell] = []
    for i in range(at + 1, len(lines)):
        text = lines[i].text.strip()
        page = _PAGE.fullmatch(text) is not None
        if not text or (i in gone and not page) or HEADING.fullmatch(text) or GOES_ON.fullmatch(text):
            continue
        if lines[i].tabular or "\t" in text or len(text) > _LONGEST:
            break
        number = number_alone(text)
        if not cells and number is None and _NAMES.fullmatch(text):
            names.append(i)
        elif not cells and number is None:
            break
        else:
            cells.append(_Cell(i, text, number, page))
    return names, cells


def _entries(cells: Sequence[_Cell], prints: Prints) -> list[list[_Cell]]:
    """The cells of each entry: its number, the lines of its title, its page."""
    out: list[list[_Cell]] = []
    last: dict[str, int] = {}  # form of number -> its last ordinal, the outer ones first
    listed: set[str] = set()
    k = 0
    while k < len(cells) and (number := _next(cells[k], last)) is not None:
        last = {**dict(takewhile(lambda some: some[0] != number.form, last.items())), number.form: number.ordinal}
        title = list(takewhile(lambda cell: cell.words, cells[k + 1 : k + 2 + _MOST_TITLE]))
        after = k + 1 + len(title)
        below = cells[after : after + 2]
        paged = bool(below) and below[0].page and _is_page(below, last, listed)
        if not title or (not paged and (not below or _next(below[0], last) is None)):
            if title:
                out.append([cells[k], *_known(title, prints)])
            break
        listed.add(_key(title))
        out.append([cells[k], *title, *below[:paged]])
        k = after + paged
        if k + 1 < len(cells) and _next(cells[k], last) is None and cells[k].page and _next(cells[k + 1], last):
            k += 1  # the number of the page that the list stands on
    return out


def _columns(cells: Sequence[_Cell]) -> list[list[_Cell]]:
    """The cells of each entry where all numbers stand first, then all titles, a line each, then all pages or none."""
    n = next((k for k, cell in enumerate(cells) if (cell.number.ordinal if cell.number else 0) != k + 1), 0)
    titles, pages = cells[n : 2 * n], cells[2 * n : 3 * n]
    if n < _SURE or len(titles) < n or not all(cell.words for cell in titles):
        return []
    paged = len(pages) == n and all(cell.page for cell in pages)
    return [[cells[k], titles[k], *(pages[k : k + 1] if paged else [])] for k in range(n)]


def _next(cell: _Cell, last: Mapping[str, int]) -> Heading | None:
    """The number that a cell is, where it is the one after the last of its form, or the first of a form; figures without
    a stop count only where all numbers are such."""
    n = cell.number
    if n is None or n.ordinal != last.get(n.form, 0) + 1:
        return None
    return None if n.form == "1" and last and n.form not in last else n


def _is_page(below: Sequence[_Cell], last: Mapping[str, int], listed: set[str]) -> bool:
    """Whether the first of two cells under a title is its page, and not the number of the next entry."""
    if _next(below[0], last) is None or len(below) == 1:
        return True
    return _next(below[1], last) is not None or _key(below[1:]) in listed


def _known(title: Sequence[_Cell], prints: Prints) -> Sequence[_Cell]:
    """The lines of the last title, behind which neither page nor number stands: as many as come again, else the first."""
    whole = (title[:n] for n in range(len(title), 1, -1))
    return next((some for some in whole if prints.behind(_key(some), some[-1].i) is not None), title[:1])


def _key(title: Sequence[_Cell]) -> str:
    run = "".join(cell.text for cell in title if cell.words)
    return read_line(run, Span(-1, 0, len(run)), 0).key
