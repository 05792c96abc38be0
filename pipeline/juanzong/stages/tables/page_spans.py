"""Merged cells that a page's end parts, in tables whose cells the rulings show: the text stands in one part, wherever its
middle fell, and the other is empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from juanzong.stages.tables.grid import Grid, Line, Place, stands_alone, swap
from juanzong.stages.tables.kinds import is_ordinal, is_total, kind

_FEWEST = 2  # rows of a merged cell


class Span(NamedTuple):
    """One cell of a column on one page, and the rows of the page that it stands in."""

    place: Place
    first: int
    last: int

    @property
    def merged(self) -> bool:
        return self.last - self.first + 1 >= _FEWEST


def rejoin_spans(parts: Sequence[Grid], heads: Sequence[int]) -> None:
    """Make one cell of the two parts of a merged cell at each seam of pages. `heads`: how many rows at the head of each
    page are its header. An empty part is one where no merged cell of its column is empty inside a page."""
    bodies = [part[head:] for part, head in zip(parts, heads, strict=True)]
    if len(parts) < 2 or not all(p.exact for body in bodies for line in body for p in line):
        return
    width = min((len(line) for body in bodies for line in body), default=0)
    for c in range(width):
        pages = [list(_spans(body, c)) for body in bodies]
        inside = [s for n, page in enumerate(pages) for s in page if not _at_seam(s, n, page, len(pages))]
        merged = [s for page in pages for s in page if s.merged]
        if not any(not s.place.blank for s in merged) or any(s.merged and s.place.blank for s in inside):
            continue
        for (n, above), below in zip(enumerate(pages), pages[1:], strict=False):
            if above and below:
                _rejoin(above[-1], below[0], bodies[: n + 1], bodies[n + 1])
                pages[n + 1] = list(_spans(bodies[n + 1], c))


def _at_seam(span: Span, page: int, spans: Sequence[Span], pages: int) -> bool:
    return (page > 0 and span is spans[0]) or (page + 1 < pages and span is spans[-1])


def _spans(body: Grid, c: int) -> Iterator[Span]:
    """The cells of a column, from the top; those that go over other columns on both sides alike are no cells of it."""
    starts = [r for r in range(len(body)) if r == 0 or body[r][c] is not body[r - 1][c]]
    for a, b in pairwise([*starts, len(body)]):
        yield Span(body[a][c], a, b - 1)


def _rejoin(above: Span, below: Span, before: Sequence[Grid], after: Grid) -> None:
    a, b = above.place, below.place
    if not (above.merged and below.merged) or _wide(a, before[-1][above.last]) or _wide(b, after[below.first]):
        return
    if b.blank and not a.blank:
        swap(after, b, a)
    elif a.blank:
        for body in before:
            swap(body, a, b)


def _wide(place: Place, line: Sequence[Place]) -> bool:
    """Whether a cell goes over several columns: a total's, a group's."""
    return sum(p is place for p in line) > 1


def mend_span(line: Line, grid: Grid, part: Grid, shown: int) -> None:
    """Empty merged labels at the head of a page are the rest of those above, which the page cut."""
    above = grid[-1]
    if above[0].blank or stands_alone(above) or is_total(above[0].text.text):
        return
    filled = next((c for c, place in enumerate(line) if not place.blank), 0)
    if filled > len(above) or any(a is b for a, b in pairwise(line[: filled + 1])):
        return
    for c in range(filled):
        old = line[c]
        rows = sum(row[c] is old for row in part)
        labels = [row[c] for row in (*grid[shown:], *part) if row[c] is not old]
        merged = any(a is b for a, b in pairwise(labels)) and not any(p.blank for p in labels)
        if not (old.given and (rows > 1 or merged)) or above[c].blank or is_ordinal(above[c].text.text):
            return
        swap(part, old, above[c])


def is_beside_label(line: Line, rows: Grid) -> bool:
    """Whether a row without a label is one of several beside a merged label: labels span rows, and it says in a cell what
    another cell of the column says."""
    if not line[0].blank or not any(a[0] is b[0] for a, b in pairwise(rows)):
        return False
    said = [(c, p.text.text) for c, p in enumerate(line) if kind(p.text.text) == "words"]
    return any(row[c] is not line[c] and row[c].text.text == text for row in rows for c, text in said)


def is_left_of_row(line: Line, above: Grid, below: Grid) -> bool:
    """Whether a page's first row is empty as no other row is: a browser's page parts the last row above below its words."""
    if not line or not above or not below or not _is_empty(line):
        return False
    return not any(_is_empty(row) for some in (above, below) for row in some)


def _is_empty(line: Line) -> bool:
    return all(p.blank and p.exact for p in line)
