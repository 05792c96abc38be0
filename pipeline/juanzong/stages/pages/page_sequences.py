"""A sequence of figures -> whether it numbers pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import regex as re

from juanzong.core.lines import Line
from juanzong.language.numbering import heading_of
from juanzong.stages.pages.page_chains import before_marks, in_turn, is_long
from juanzong.stages.pages.page_edges import (
    EVEN,
    HEAD_LENGTH,
    HEADED,
    HEADED_PAGES,
    MOSTLY,
    PAGES,
    cut_share,
    headed,
    is_prose,
    opens,
    stick_to_text,
)
from juanzong.stages.pages.page_figures import SENTENCE, Figure

_FULL_LINES = 5  # a full page has so many at least
_FULL = 0.5  # of the longest page: a page as long as that is a full one
_LONGER = (
    8  # of so many pages one may be longer than the longest: lines stand on it that no print has, a number was lost
)
_SAID = re.compile("[，、；。]")  # in lines of prose, and in no running head
_CUT = 0.25  # of the pages end in mid sentence
_PARTS_CUT = 0.5  # of those numbered within a part


def numbers_pages(lines: Sequence[Line], chain: Sequence[Figure]) -> bool:
    """Whether a sequence numbers pages: most gaps are those of full pages of prose, most figures stand at the same edge
    of a block of lines, and some pages end in mid sentence, as the items of a numbered list never do, or have heads."""
    words = Counter(f.words for f in chain)
    if "" not in words and min(words.values()) > 1 and len(words) * PAGES <= 2 * len(chain):
        said = all(f.said for f in chain)  # heads that come back, their numbers rising
        return said or in_turn(chain) or cut_share(lines, [f.line for f in chain]) >= _CUT
    if "" not in words and max(words.values()) > 1 and cut_share(lines, [f.line for f in chain]) >= MOSTLY:
        return True  # heads of part and chapter in turn, amid sentences
    if any(heading_of(f.words) for f in chain):
        return False
    if chain[0].frame:
        return _is_framed(lines, [f.line for f in chain], chain[0].frame)
    if _one_head(lines, chain) or _ends_all(lines, chain) or is_long(lines, chain) or before_marks(lines, chain):
        return True
    edge = _edge(lines, chain)
    feet = [f.line for f in chain]
    return bool(edge) and (cut_share(lines, edge) >= _CUT or stick_to_text(lines, feet))


def _is_framed(lines: Sequence[Line], feet: Sequence[int], frame: str) -> bool:
    """The same of figures with signs round them, which say so much that pages need not be full; of those with the number of
    a part before them (4-12) more pages end in mid sentence."""
    if frame[0].isdecimal():
        return cut_share(lines, feet) >= _PARTS_CUT
    return cut_share(lines, feet) >= _CUT or headed(lines, feet)


def _one_head(lines: Sequence[Line], chain: Sequence[Figure]) -> bool:
    """Whether the same words stand at the head of the page behind each number, and of the first page, or right above
    each number: pages so short that nothing else tells them."""
    tops = [0, *(f.line + 1 for f in chain)] if chain[0].value == 1 else [f.line + 1 for f in chain]
    behind = [lines[i].text.strip() for i in tops if i < len(lines)]
    above = [lines[f.line - 1].text.strip() for f in chain if f.line]
    return any(
        len(said) >= PAGES and len(set(said)) == 1 and len(said[0]) >= HEAD_LENGTH and not SENTENCE.search(said[0])
        for said in (behind, above)
    )


def _ends_all(lines: Sequence[Line], chain: Sequence[Figure]) -> bool:
    """Whether figures from 1 on stand alone above blank lines, and hardly any blank line stands elsewhere: pages of
    many lengths."""
    if chain[0].value != 1 or len(chain) < HEADED_PAGES or any(f.words for f in chain):
        return False
    blank = sum(opens(lines, i) for i in range(chain[0].line + 1, chain[-1].line + 2))
    return blank * HEADED <= sum(opens(lines, f.line + 1) for f in chain) == len(chain)


def _edge(lines: Sequence[Line], chain: Sequence[Figure]) -> list[int]:
    """The lines at the edges of the pages that a sequence numbers; none where what lies between is no page of prose."""
    gaps = [b.line - a.line for a, b in pairwise(chain)]
    longest = sorted(gaps)[-1 - len(gaps) // _LONGER]
    if sum(gap >= max(_FULL_LINES, _FULL * longest) for gap in gaps) < MOSTLY * len(gaps):
        return []
    between = lines[chain[0].line + 1 : chain[-1].line]
    if not is_prose(between):
        return []
    feet = [f.line for f in chain if opens(lines, f.line + 1)]
    heads = [top for f in chain if (top := top_of(lines, f.line)) is not None]
    edge = max(feet, heads, key=len)
    if len(edge) >= MOSTLY * len(chain):
        return edge
    # no blank lines between the pages: then their lengths must say it
    even = sum(gap >= EVEN * max(gaps) for gap in gaps) >= MOSTLY * len(gaps)
    return [f.line for f in chain] if even else []


def top_of(lines: Sequence[Line], i: int) -> int | None:
    """The first line of a page whose number, in line i, stands at its head; None where it does not."""
    if opens(lines, i):
        return i
    above = lines[i - 1].text.strip() if i else ""
    head = heading_of(above)
    prose = _SAID.search(above) is not None or (head is not None and head.form == "条")
    return i - 1 if opens(lines, i - 1) and len(above) <= 60 and not prose else None
