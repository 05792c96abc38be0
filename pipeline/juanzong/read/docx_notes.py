"""Footnotes and endnotes of Word: their texts, and the marks that they are printed with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from juanzong.read.docx_numbers import formatted
from juanzong.read.docx_parts import GONE, Element, Parts, value_of
from juanzong.read.glyphs import raised_text

_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


class Notes:
    """The notes of one document. Footnotes count as they are referred to, endnotes after them."""

    def __init__(self, parts: Parts) -> None:
        self._notes: dict[tuple[str, str], Element] = {}
        self._order: dict[tuple[str, str], int] = {}
        self._form = "decimal"
        for kind in ("footnote", "endnote"):
            for root in parts.related(f"{kind}s"):
                for note in root.iter(kind):
                    if note.get("type") not in _SEPARATORS:
                        self._notes[kind, note.get("id", "")] = note
        for properties in (p for root in parts.related("settings") for p in root.iter("footnotePr")):
            self._form = value_of(properties, "numFmt") or self._form
        for properties in parts.document.iter("footnotePr"):
            self._form = value_of(properties, "numFmt") or self._form
        self._own_marks: set[tuple[str, str]] = set()  # notes with marks of their own, which are not counted
        # what nothing refers to, or only deleted text does: Word does not print it
        self.unprinted = self._count(parts.document) if self._notes else []
        self._left = dict(self._notes)
        self._feet = sum(kind == "footnote" for kind, _ in self._notes)

    def _count(self, document: Element) -> list[Element]:
        """Counts the notes that a document refers to, each kind for itself; those that nothing refers to, or only deleted
        text does, come back, and are none any more."""
        counted: Counter[str] = Counter()
        for key, own in _referred(document, GONE):
            if own:
                self._own_marks.add(key)
            elif key in self._notes and key not in self._order:
                counted[key[0]] += 1
                self._order[key] = counted[key[0]]
        unprinted = [key for key in self._notes if key not in self._order and key not in self._own_marks]
        return [self._notes.pop(key) for key in unprinted]

    def marker(self, kind: str, number: str) -> str:
        """The mark in the text and before the note, raised as it is printed; nothing where there is no such note, or where
        its mark is written out."""
        if (kind, number) not in self._notes or (kind, number) in self._own_marks:
            return ""
        key = (kind, number)
        n = (self._feet if kind == "endnote" else 0) + self._order[key]
        sign = formatted(n, self._form)
        return raised_text(str(n) if sign.isascii() else sign)

    def take(self, kind: str, number: str) -> Element | None:
        """The note, the first time it is asked for."""
        return self._left.pop((kind, number), None)

    def left(self) -> Iterator[tuple[str, str]]:
        """The notes that nobody took, in order of their references."""
        yield from sorted(self._left, key=lambda key: (key[0] == "endnote", self._order.get(key, 0)))


def _referred(element: Element, but: Sequence[str]) -> Iterator[tuple[tuple[str, str], bool]]:
    """Kind and id of the notes that a text refers to, in its order, and whether it does by a mark that is written out;
    `but`: names of the elements that are not looked into."""
    stack = [element]
    while stack:
        one = stack.pop()
        if one.tag in ("footnoteReference", "endnoteReference"):
            own = one.get("customMarkFollows") in ("1", "true", "on")
            yield (one.tag.removesuffix("Reference"), one.get("id", "")), own
        elif one.tag not in but:
            stack.extend(reversed(one))
