"""Lines that make a pass raise are set apart: the bundle is read without them, and they stand flat where they stood."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from juanzong.core import tree
from juanzong.core.lines import Line
from juanzong.core.traced import EMPTY, Traced
from juanzong.stages.containment import failure

if TYPE_CHECKING:
    from juanzong.stages.work import Work

MOST = 4  # times that lines are set apart; a pass that fails still is left out instead
_LONGEST = 60  # lines: more of them are no place of damage; only the last of them is then set apart


@dataclass(frozen=True)
class Apart:
    """Lines of the source that a pass could not read, and how it failed."""

    name: str  # of the pass
    error: Exception
    lines: list[Line]


def range_at_fault(fails: Callable[[range], bool], count: int) -> range:
    """The shortest run of lines that fails of itself, of those that end where the first lines begin to fail. `fails`
    tells it of some of the `count` lines, all of which are known to fail; it is asked 2 log2(count) times. Empty where
    it fails without any of them.

    >>> range_at_fault(lambda r: 5 in r and 7 in r, 100)
    range(5, 8)
    >>> range_at_fault(lambda r: True, 100)
    range(0, 0)
    """
    if fails(range(0)):
        return range(0)
    good, end = 0, count
    while end - good > 1:
        middle = (good + end) // 2
        good, end = (good, middle) if fails(range(middle)) else (middle, end)
    start, bad = 0, end
    while bad - start > 1:
        middle = (start + bad) // 2
        start, bad = (middle, bad) if fails(range(middle, end)) else (start, middle)
    return range(start, end) if end - start <= _LONGEST else range(end - 1, end)


def place_apart(work: Work) -> None:
    """Each cell of the lines that were set apart comes as a paragraph behind what stands before it, with a finding."""
    for apart in work.apart:
        flat: list[tree.Block] = [tree.Paragraph(text) for line in apart.lines for text in line.cells() if text]
        at = apart.lines[0].start
        if not work.documents:
            work.documents.append(tree.Document("other", EMPTY))
        before = [d for d in work.documents if _begins_before(tree.texts(d), at)]
        _put((before or work.documents)[-1].body, at, flat)
        work.findings.append(failure(apart.name, apart.error, [line.n for line in apart.lines], flat))


def _put(blocks: list[tree.Block], at: int, flat: list[tree.Block]) -> None:
    """Put blocks behind the last that begins before a place of the source, as deep inside as it stands."""
    k = sum(_begins_before(tree.texts(tree.Document("other", EMPTY, body=[b])), at) for b in blocks)
    last = blocks[k - 1] if k else None
    if isinstance(last, (tree.Section, tree.Box)):
        _put(last.children, at, flat)
    else:
        blocks[k:k] = flat


def _begins_before(texts: Iterator[Traced], at: int) -> bool:
    return any(a < at for text in texts for a, _ in text.ranges)
