"""Where a decision belongs: a passage known by its content and context, found again in a changed text.

Everything is compared without blanks, so re-wrapped lines change nothing. Indexes into the text without blanks are
called places; (i, j) is a half-open range of places.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher

CONTEXT = 24  # characters kept on each side: enough to be unique for nearly all passages of a bundle
CONTEXT_MAX = 192  # a repeated passage (a second print) takes more, up to this
LONG = 160  # a longer passage is kept and found by its two ends
SEED = 5  # length of the pieces that vote for where a changed passage stands
SEED_HITS = 64  # pieces more frequent than this say nothing
SLACK = 10  # characters that may have come or gone around a passage
ALIKE = 0.8  # share of a changed passage with its context that must still be there
ONE_SIDE = 0.92  # the same for one side alone, where the other now stands elsewhere
MARGIN = 0.03  # by which the best place must beat the next

Range = tuple[int, int]


class Squeezed:
    """A text without its blanks, and the way back: `at[i]` is the source offset of place i."""

    def __init__(self, source: str) -> None:
        self.at = array("I", (k for k, ch in enumerate(source) if not ch.isspace()))
        self.text = "".join(source.split())
        self.size = len(source)

    def places(self, start: int, end: int) -> Range:
        """The places of source[start:end]."""
        i = bisect_left(self.at, start)
        return i, max(i, bisect_left(self.at, end))

    def offsets(self, i: int, j: int) -> Range:
        """The source range of places i to j; for i == j the blanks between the neighbours."""
        if i < j:
            return self.at[i], self.at[j - 1] + 1
        return (self.at[i - 1] + 1 if i else 0), (self.at[i] if i < len(self.at) else self.size)


@dataclass(frozen=True, slots=True)
class Passage:
    """`before` between its contexts, all without blanks; it was the nth of `of` places that read the same."""

    left: str
    before: str
    right: str
    nth: int = 1
    of: int = 1


def passage_at(squeezed: Squeezed, start: int, end: int) -> Passage:
    """The passage source[start:end], with as much context (CONTEXT to CONTEXT_MAX) as makes each side alone unique.

    Each side alone: so that a sentence quoted elsewhere is told apart even where a character near the passage changes.
    """
    i, j = squeezed.places(start, end)
    text, size = squeezed.text, CONTEXT
    while True:
        left, before, right = text[max(0, i - size) : i], text[i:j], text[j : j + size]
        found = _occurrences(text, left + before + right)
        alone = all(text.find(side, text.find(side) + 1) < 0 for side in (left + before, before + right))
        if alone or size >= CONTEXT_MAX:
            nth = found.index(i - len(left)) + 1 if i - len(left) in found else 1
            return Passage(left, before, right, nth, max(1, len(found)))
        size *= 2


def find(squeezed: Squeezed, passage: Passage) -> Range | None:
    """Where the passage stands now, as places; None where it is gone, or stands in several places equally well.

    The contexts may have changed a little, or one of them altogether (the passage moved); whether the passage itself
    still reads the same is for the caller to judge.
    """
    if len(passage.before) > LONG:
        return _find_long(squeezed, passage)
    needle = passage.left + passage.before + passage.right
    a, b = len(passage.left), len(passage.left) + len(passage.before)
    exact = _occurrences(squeezed.text, needle)
    if len(exact) == passage.of >= passage.nth:
        k = exact[passage.nth - 1]
        return k + a, k + b
    aligned = [_align(squeezed.text, needle, a, b, d) for d in _diagonals(squeezed.text, needle)]
    for scores in (
        ((whole, place) for whole, _, place in aligned if whole >= ALIKE),
        ((side, place) for _, side, place in aligned if side >= ONE_SIDE),
    ):
        best: dict[Range, float] = {}
        for score, place in sorted(scores, reverse=True):
            if all(abs(place[0] - other) > SLACK for other, _ in best):
                best[place] = score
        if passage.of > 1 and best:
            return sorted(best)[passage.nth - 1] if len(best) == passage.of >= passage.nth else None
        if best:
            first, *others = best
            return None if others and best[first] - best[others[0]] < MARGIN else first
    return None


def times(squeezed: Squeezed, passage: Passage) -> int:
    """How often the passage stands between its contexts, to the letter."""
    return len(_occurrences(squeezed.text, passage.left + passage.before + passage.right))


def _find_long(squeezed: Squeezed, p: Passage) -> Range | None:
    """By its first and its last characters; the length may have changed by a fifth."""
    half = LONG // 2
    head = find(squeezed, Passage(p.left, "", p.before[:half]))
    tail = find(squeezed, Passage(p.before[-half:], "", p.right))
    if head is None or tail is None or not 0.8 < (tail[0] - head[0]) / len(p.before) < 1.25:
        return None
    return head[0], tail[0]


def _occurrences(text: str, needle: str) -> list[int]:
    out: list[int] = []
    at = text.find(needle) if needle else -1
    while at >= 0:
        out.append(at)
        at = text.find(needle, at + 1)
    return out


def _diagonals(text: str, needle: str) -> list[int]:
    """Where in the text the needle may begin: places that several of its pieces vote for, most votes first."""
    votes: list[int] = []
    for k in range(0, max(1, len(needle) - SEED + 1), 2):
        hits: list[int] = []
        at = text.find(needle[k : k + SEED])
        while at >= 0 and len(hits) <= SEED_HITS:
            hits.append(at - k)
            at = text.find(needle[k : k + SEED], at + 1)
        if len(hits) <= SEED_HITS:
            votes += hits
    votes.sort()
    groups: list[list[int]] = []
    for v in votes:
        if groups and v - groups[-1][-1] <= SLACK:
            groups[-1].append(v)
        else:
            groups.append([v])
    groups.sort(key=lambda g: (-len(g), g[0]))
    return [g[len(g) // 2] for g in groups[:12]]


def _align(text: str, needle: str, a: int, b: int, at: int) -> tuple[float, float, Range]:
    """How much of the needle stands at `at`, how much of its better side, and the places of needle[a:b] there."""
    lo = max(0, at - SLACK)
    window = text[lo : at + len(needle) + SLACK]
    blocks = SequenceMatcher(None, needle, window, autojunk=False).get_matching_blocks()
    same_left = sum(max(0, min(m.a + m.size, a) - m.a) for m in blocks)
    same_right = sum(max(0, m.a + m.size - max(m.a, b)) for m in blocks)
    same = sum(m.size for m in blocks)
    right_size = len(needle) - b
    side = max(same_left / a if a >= CONTEXT else 0.0, same_right / right_size if right_size >= CONTEXT else 0.0)
    if a == b:  # an empty passage: the side that still fits says where
        i = j = _edge(blocks, a, at - lo, before=same_left >= same_right)
    else:
        i, j = _edge(blocks, a, at - lo, before=False), _edge(blocks, b, at - lo, before=True)
    return (same / len(needle), side, (lo + i, lo + j)) if i <= j else (0.0, 0.0, (0, 0))


def _edge(blocks: Sequence[Match], at: int, shift: int, *, before: bool) -> int:
    """Where the cut needle[:at] | needle[at:] falls in the window; `before` trusts the character before it more."""
    near = ((at - 1, 1), (at, 0)) if before else ((at, 0), (at - 1, 1))
    for k, step in near:
        for m in blocks:
            if m.a <= k < m.a + m.size:
                return m.b + k - m.a + step
    last = max((m for m in blocks if m.a + m.size <= at and m.size), key=lambda m: m.a, default=None)
    return shift + at if last is None else last.b + at - last.a
