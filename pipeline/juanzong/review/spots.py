"""A place on both sides of the review: the ranges of the source, and the string of a document with its range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from juanzong.output.folder import Json, resolve
from juanzong.review.marks import Piece

if TYPE_CHECKING:
    from juanzong.review.state import Review

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands. Empty `source`: nowhere in the source; `range` None: no words of the string are meant."""

    source: tuple[Range, ...]
    source_chunk: int
    document: str
    pointer: str
    chunk: int  # of the document
    range: Range | None = None  # code points of the string
    pages: tuple[Json, ...] = ()  # {"page", "bbox"}: where the string stands on the source's pages

    def json(self) -> Json:
        return asdict(self)


def at_source(review: Review, ranges: Sequence[Range]) -> Spot | None:
    """The spot of source ranges: the string that holds the first of them, or the nearest before it. None where the
    bundle has no string."""
    if not ranges:
        return None
    a, b = ranges[0]
    place = review.place_of(a)
    if place is None:
        return None
    words: Range | None = None
    if any(x <= b and a <= y for x, y in review.ranges_of(place)):
        words = _within(review, place, ranges)
    return _spot(review, place, tuple(ranges), words)


def at_string(review: Review, document: str, pointer: str, words: Range | None = None) -> Spot | None:
    """The spot of a string, or of a range of it; of a section, table or other thing: of its first string. None where
    there is no such document."""
    if document not in review.output.documents:
        return None
    place = review.text_at((document, pointer))
    if place is None:
        known = resolve_or_none(review.output.documents[document], pointer)
        at = (document, pointer if isinstance(known, str) else "/title")
        return _spot(review, at, (), words if isinstance(known, str) else None)
    whole = tuple(review.ranges_of(place))
    if words is None or place[1] != pointer:
        return _spot(review, place, whole, None)
    return _spot(review, place, _sources(review, place, words) or whole, words)


def at_point(review: Review, page: int, x: float, y: float) -> Spot | None:
    """The spot of the smallest string whose box on the page holds the point (points from the top left)."""
    found: list[tuple[float, tuple[str, str]]] = []
    for place in review.places:
        for p in review.pages_of(place):
            x0, top, x1, bottom = p["bbox"]
            if p["page"] == page and x0 <= x <= x1 and top <= y <= bottom:
                found.append(((x1 - x0) * (bottom - top), place))
    return at_string(review, *min(found)[1]) if found else None


def _spot(review: Review, place: tuple[str, str], source: tuple[Range, ...], words: Range | None) -> Spot:
    chunk = review.source_chunk(source[0][0]) if source else 0
    return Spot(source, chunk, *place, review.chunk_of(place), words, tuple(review.pages_of(place)))


def resolve_or_none(document: Json, pointer: str) -> Any:
    try:
        return resolve(document, pointer)
    except LookupError:
        return None


def _pieces(review: Review, place: tuple[str, str]) -> list[Piece]:
    value = resolve_or_none(review.output.documents[place[0]], place[1])
    return review.pieces(*place, value) if isinstance(value, str) else []


def _within(review: Review, place: tuple[str, str], ranges: Sequence[Range]) -> Range | None:
    """The words of the string that were made of the source ranges; at a spot where nothing is left, its neighbours."""
    low, high, at = -1, -1, 0
    for p in _pieces(review, place):
        size = len(p.text)
        for a, b in ranges:
            empty = a == b or p.start == p.end
            if p.start < 0 or not (p.start <= b and a <= p.end if empty else p.start < b and a < p.end):
                continue
            i, j = _text_of(review.text, p, a, b)
            low, high = (at + i if low < 0 else min(low, at + i)), max(high, at + max(i, j))
        at += size
    if low < 0:
        return None
    return (low, high) if low < high else (max(0, low - 1), min(at, high + 1))


def _sources(review: Review, place: tuple[str, str], words: Range) -> tuple[Range, ...]:
    """The source ranges that words of a string were made of; blanks between two of them part nothing."""
    out: list[Range] = []
    at = 0
    for p in _pieces(review, place):
        size = len(p.text)
        i, j = max(words[0] - at, 0), min(words[1] - at, size)
        at += size
        if i < j and p.start >= 0:
            found = _cut(review.text, p, i, j)
            if out and not review.text[out[-1][1] : found[0]].strip() and out[-1][1] <= found[0]:
                out[-1] = (out[-1][0], found[1])
            else:
                out.append(found)
    return tuple(out)


def _same(source: str, p: Piece) -> bool:
    """Whether the piece is its source but for blanks."""
    return source[p.start : p.end].split() == p.text.split() or "".join(source[p.start : p.end].split()) == p.text


def _text_of(source: str, p: Piece, a: int, b: int) -> Range:
    """The characters of a piece that were made of source[a:b]; of a changed piece all of them."""
    size = len(p.text)
    if not _same(source, p):
        return 0, size

    def before(offset: int) -> int:
        k = 0
        for ch in source[p.start : max(p.start, min(offset, p.end))]:
            k += k < size and ch == p.text[k]
        return k

    return before(a), before(b)


def _cut(source: str, p: Piece, i: int, j: int) -> Range:
    """The source of characters i to j of a piece; of a changed piece all of it."""
    if p.end - p.start == len(p.text):
        return p.start + i, p.start + j
    wanted, at, ends = p.text[:j], p.start, []
    for ch in wanted:
        found = source.find(ch, at, p.end)
        if found < 0:
            return p.start, p.end
        ends.append(found)
        at = found + 1
    return ends[i], ends[-1] + 1
