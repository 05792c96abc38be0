"""Two figures that a stroke parts, alone in a line: a page and how many there are (3/8), or a score, a date, a fraction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.stages.pages.page_edges import cut_share

_STROKED = re.compile(r"\s*(\d{1,4})\s*[/／]\s*(\d{1,4})\s*")
_LONGEST = 16  # characters of such a line


def no_pages(lines: Sequence[Line]) -> set[int]:
    """The lines that say so much and number no page: the first figure is the greater, or no other one counts pages of as
    many. The only one of its kind numbers a page where the text breaks off before it, or at an end of the bundle."""
    found: dict[int, tuple[int, int]] = {}
    for i, line in enumerate(lines):
        text = line.text
        if len(text) <= _LONGEST and ("/" in text or "／" in text) and (m := _STROKED.fullmatch(text)):
            found[i] = (int(m[1]), int(m[2]))
    pages: defaultdict[int, set[int]] = defaultdict(set)
    for page, of in found.values():
        pages[of].add(page)
    out = {i for i, (page, of) in found.items() if page > of or (of > 1 and len(pages[of]) == 1)}
    if len(found) == 1:
        out = {i for i in out if found[i][0] > found[i][1] or not (_is_last(lines, i) or cut_share(lines, [i]))}
    return out


def _is_last(lines: Sequence[Line], i: int) -> bool:
    return i in (0, len(lines) - 1)
