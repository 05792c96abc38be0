"""A contents list whose pages a tool read as cells of their own, one a line: behind all entries, or each behind its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice, pairwise

from juanzong.core.lines import Line
from juanzong.stages.documents.contents_found import Contents
from juanzong.stages.documents.contents_lines import Span

_LEAST = 3  # entries; fewer figures stand below a list by chance
_LONGEST = 3  # figures of a page


def with_pages_below(lines: Sequence[Line], found: Contents, gone: Mapping[int, str]) -> Contents:
    """The list with the page of each entry, where as many figures as it has entries stand behind them, none of which is
    less than the one before; else the list as it is."""
    entries = [list(entry) for entry in found.entries]
    if len(entries) < _LEAST or found.rows or found.paged > 1:
        return found
    if _each_has_its_page(lines, entries):
        return _with(lines, found, entries, [entry[-1].line + 1 for entry in entries])
    while len(entries[-1]) > 1 and _is_page(lines[entries[-1][-1].line].text):
        entries[-1].pop()  # taken for the last entry's
    last = entries[-1][-1].line
    pages = list(islice((i for i in range(last + 1, len(lines)) if i not in gone), len(entries) + 1))
    below = pages.pop() if len(pages) > len(entries) else None
    figures = [int(text) for i in pages if _is_page(text := lines[i].text)]
    if len(figures) < len(entries) or any(a > b for a, b in pairwise(figures)):
        return found
    if below is not None and _is_page(lines[below].text):
        return found
    return _with(lines, found, entries, pages)


def _each_has_its_page(lines: Sequence[Line], entries: Sequence[Sequence[Span]]) -> bool:
    """Whether a figure stands alone right behind each entry, none less than the one before."""
    below = [lines[entry[-1].line + 1].text for entry in entries if entry[-1].line + 1 < len(lines)]
    if len(below) < len(entries) or not all(map(_is_page, below)):
        return False
    return all(int(a) <= int(b) for a, b in pairwise(below))


def _with(lines: Sequence[Line], found: Contents, entries: list[list[Span]], pages: Sequence[int]) -> Contents:
    for entry, i in zip(entries, pages, strict=True):
        entry.append(Span(i, 0, len(lines[i].text)))
    found.entries = entries
    found.lines = sorted({*found.lines, *pages})
    found.end, found.paged = found.lines[-1] + 1, len(entries)
    return found


def _is_page(text: str) -> bool:
    bare = text.strip()
    return len(bare) <= _LONGEST and bare.isdecimal()
