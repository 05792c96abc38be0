"""Where the print shows by blank lines and marks that something begins: a page, or at least a block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from itertools import pairwise

from juanzong.core.lines import PAGE_END, Line
from juanzong.language.text import ends_sentence
from juanzong.stages.pages.page_figures import SENTENCE

PAGES = 3  # of one look, that show a habit
HEAD_LENGTH = 6  # characters of a running head, at least
EVEN = 0.85  # of the longest page: pages of the same number of lines, but for notes and tables
MOSTLY = 0.6
HEADED, HEADED_PAGES = 0.8, 5  # of the pages have the same head; so many do
_ROW_LINES = 12  # make one row of a table that is written a cell a line, at most
_LINE_LENGTH = 10  # characters a line of prose has on the average; cells of a table, line by line, have fewer
_PROSE = 16  # characters; a line cut short of that may be a heading
_PAGE_LINES = 15  # so many lines, at least, stand between blank lines that end pages


def seen(lines: Sequence[Line], i: int) -> bool:
    """Whether a page begins with line i by what the reader saw: a form feed, two blank lines, another page."""
    line, before = lines[i], lines[i - 1] if i else None
    paged = bool(line.mark and before and before.mark and line.mark.page != before.mark.page)
    return before is None or line.blanks >= PAGE_END or "\f" in line.text or paged


def opens(lines: Sequence[Line], i: int) -> bool:
    """Whether the print shows that something begins with line i: a blank line or a page end before it."""
    return i == 0 or i == len(lines) or lines[i].blanks > 0 or seen(lines, i)


def blank_lines_part_pages(lines: Sequence[Line]) -> bool:
    """Whether blank lines stand nowhere but between pages: what they part has mostly the same number of lines, or
    begins nearly always with a head that comes back or says the title below; also where nothing else parts it."""
    starts = [i for i in range(len(lines)) if opens(lines, i)]
    sizes = [b - a for a, b in pairwise([*starts, len(lines)])]
    longest = max(sizes, default=0)
    full = sum(size >= EVEN * longest for size in sizes)
    if longest >= _PAGE_LINES and len(sizes) >= PAGES and full >= MOSTLY * len(sizes):
        return True
    heads = {i: text for i in starts if len(text := lines[i].text.strip()) >= HEAD_LENGTH and not SENTENCE.search(text)}
    often = Counter(heads.values())
    headed = [i for i, text in heads.items() if often[text] > 1 or _opens_title(lines, i, text)]
    if len(headed) < max(HEADED_PAGES, HEADED * (len(starts) - 1)) or max(often.values(), default=0) == 1:
        return False
    bare, bare_headed = (sum(not seen(lines, i) for i in some) for some in (starts, headed))
    return bare_headed >= HEADED * bare


def _opens_title(lines: Sequence[Line], i: int, text: str) -> bool:
    """Whether the line below begins as line i does, or a letterhead stands between."""
    return any(line.text.strip().startswith(text[: 2 * HEAD_LENGTH]) for line in lines[i + 1 : i + 4])


def serials_on(lines: Sequence[Line], known: Container[int]) -> set[int]:
    """The figures that count the rows of a table, a cell a line, and go on from the one above: blank lines before them are
    empty cells of the row above, and end no page. `known`: the numbers of pages."""
    out: set[int] = set()
    last, value = -_ROW_LINES, 0
    for i, line in enumerate(lines):
        figure = line.text.strip() if len(line.text) <= _ROW_LINES else ""
        if not figure.isdecimal() or line.tabular or i in known:
            continue
        if int(figure) == value + 1 and i - last <= _ROW_LINES and line.mark is None and "\f" not in line.text:
            out.add(i)
        last, value = i, int(figure)
    return out


def stick_to_text(lines: Sequence[Line], places: Sequence[int]) -> bool:
    """Whether all these lines but the first, a page's length apart, stand right under text and over a blank line: as the
    numbers of pages do at their feet, and the numbers of what stands below them do not."""
    apart = all(b - a > _PAGE_LINES for a, b in pairwise(places))
    return apart and all(not opens(lines, i) and opens(lines, i + 1) for i in places[1:])


def cut_share(lines: Sequence[Line], edge: Sequence[int]) -> float:
    """Before how many of the lines that stand at pages' edges, as a share, text breaks off in mid sentence."""
    before = [lines[i - 1].text.strip() for i in edge if i]
    return sum(len(text) >= _PROSE and not ends_sentence(text) for text in before) / len(edge)


def headed(lines: Sequence[Line], edge: Sequence[int]) -> bool:
    """Whether the lines next to pages' edges are mostly running heads: the same words come back."""
    near = Counter(lines[k].text.strip() for i in edge for k in (i - 1, i, i + 1) if 0 <= k < len(lines))
    heads = sum(n for text, n in near.items() if n > 1 and len(text) >= HEAD_LENGTH and not SENTENCE.search(text))
    return heads >= MOSTLY * len(edge)


def is_prose(lines: Sequence[Line]) -> bool:
    """Whether lines are as long on the average as those of prose; cells of a table, a line each, are shorter."""
    return sum(len(line.text.strip()) for line in lines) >= _LINE_LENGTH * len(lines)
