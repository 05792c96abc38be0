"""Words looked for in the documents and in the source: blanks, widths and case do not count."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex as re

from juanzong.review.spots import at_source, resolve_or_none

if TYPE_CHECKING:
    from juanzong.review.state import Review

SHOWN = 200  # hits given out
LONGEST = 200  # characters of a search that count
AROUND = 18  # characters shown on each side


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that were found: in a string of a document, or (`document` "") in the source alone."""

    document: str
    pointer: str
    start: int  # code points of the string, or of the source
    end: int
    left: str
    words: str
    right: str


def search(review: Review, wanted: str) -> tuple[list[Hit], int]:
    """The first hits and how many there are: strings of documents in their order, then what stands in the source and
    in no document (page numbers, a second print)."""
    pattern = pattern_of(wanted[:LONGEST])
    if pattern is None:
        return [], 0
    hits = list(_in_documents(review, pattern))
    held = {(h.document, h.pointer) for h in hits}
    hits += _in_source(review, pattern, held)
    return hits[:SHOWN], len(hits)


def pattern_of(wanted: str) -> re.Pattern[str] | None:
    """What finds the words; None where there are none.

    >>> pattern_of("Ａ 县(").search("一a\\n县（二").span()
    (1, 5)
    """
    parts = []
    for ch in wanted:
        if not ch.isspace():
            plain = unicodedata.normalize("NFKC", ch)
            plain = plain if len(plain) == 1 else ch
            wide = chr(ord(plain) + 0xFEE0) if "!" <= plain <= "~" else plain
            parts.append("[" + "".join(map(re.escape, dict.fromkeys((ch, plain, wide)))) + "]")
    return re.compile(r"\s*".join(parts), re.IGNORECASE) if parts else None


def _hit(document: str, pointer: str, text: str, a: int, b: int) -> Hit:
    return Hit(document, pointer, a, b, text[max(0, a - AROUND) : a], text[a:b], text[b : b + AROUND])


def _in_documents(review: Review, pattern: re.Pattern[str]) -> Iterator[Hit]:
    for document, pointer in review.places:
        value = resolve_or_none(review.output.documents[document], pointer)
        if isinstance(value, str):
            for m in pattern.finditer(value):
                yield _hit(document, pointer, value, *m.span())


def _in_source(review: Review, pattern: re.Pattern[str], held: set[tuple[str, str]]) -> Iterator[Hit]:
    """Hits in the source that no string of a document with a hit stands for."""
    for m in pattern.finditer(review.text):
        a, b = m.span()
        spot = at_source(review, [(a, b)])
        if spot is None or (spot.document, spot.pointer) not in held or spot.range is None:
            yield _hit("", "", review.text, a, b)
