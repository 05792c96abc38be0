"""Traced strings -> one text to compare, in which spaces, widths, note markers and emphasis do not count."""

from __future__ import annotations

import re as std_re  # in a set of many characters faster than `regex`
from bisect import bisect_right
from collections.abc import Iterable, Sequence

import regex as re

from juanzong.core.spots import Ranges
from juanzong.core.traced import Traced

# what never counts: blanks, emphasis and heading marks, zero-width characters, markers of notes
_MARKS = "\u200b\u200c\u200d\u2060\ufeff*#¹²³⁰⁴⁵⁶⁷⁸⁹"
_NOTE_MARK = (
    r"(?=[$^\[［①-⑳])"  # one look at a character tells that no mark begins there
    r"(?:\$?\^\{?[①-⑳\d\[\]]{1,4}\}?\$?|[\[［]\d{1,2}[\]］]|[①-⑳](?<=\p{Han}.)(?=[，。；、：]))"
)
_NEVER = re.compile(rf"[\s{_MARKS}]+|{_NOTE_MARK}")
_MARKER = re.compile(_NOTE_MARK)
_CONTROLS = re.compile(r"[\x1c-\x1f]")  # no blanks here, but for Python
# full-width forms and the marks that pages of one bundle print in two ways; marks inside marks become single ones
_WIDTHS = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)} | {
    ord(a): b for a, b in zip("“”„‟「」‘’『』'﹒–―─㎡", '"""""""""""' + ".———m", strict=True)
}
# but those that `fold_text` replaces first
_WIDE = std_re.compile("[！-～'‘-’„-‟「-』–―﹒─㎡]")
_MOST = (("，", ","), ("（", "("), ("）", ")"), ("：", ":"), ("；", ";"), ("“", '"'), ("”", '"'))  # nearly all of them


def fold_text(text: str) -> str:
    """The characters that are compared, in order: each stands for one character of the text.

    >>> fold_text("到 ２０２５ 年^①，**建成**（试行）[3]")
    '到2025年,建成(试行)'
    """
    text = _NEVER.sub("", text) if _CONTROLS.search(text) else _without(_MARKER.sub("", text))
    for wide, plain in _MOST:
        text = text.replace(wide, plain)
    return text.translate(_WIDTHS) if _WIDE.search(text) else text


def _without(text: str) -> str:
    """The text without the single characters that never count: in half the time that a search for them takes."""
    text = "".join(text.split())
    for mark in _MARKS:
        text = text.replace(mark, "")
    return text


def _folded(texts: Sequence[str]) -> list[str]:
    """`fold_text` of each: in one go, where nothing in them is taken for what parts them."""
    whole = "\0".join(texts)
    return fold_text(whole).split("\0") if whole.count("\0") == len(texts) - 1 else [fold_text(t) for t in texts]


def _kept(text: str) -> list[int]:
    """Where in the text the characters stand that `fold_text` keeps."""
    out: list[int] = []
    at = 0
    for m in _NEVER.finditer(text):
        out.extend(range(at, m.start()))
        at = m.end()
    out.extend(range(at, len(text)))
    return out


class Folded:
    """Strings, one after another, as they are compared; every range in `text` leads back to strings and source."""

    __slots__ = ("_places", "starts", "strings", "text")

    def __init__(self, strings: Iterable[Traced]) -> None:
        self.strings: Sequence[Traced] = list(strings)
        self.starts: list[int] = []
        self._places: dict[int, list[int] | None] = {}
        parts, at = [], 0
        for k, (t, folded) in enumerate(zip(self.strings, _folded([t.text for t in self.strings]), strict=True)):
            if len(folded) == len(t.text):
                self._places[k] = None  # nothing left out: the places agree
            parts.append(folded)
            self.starts.append(at)
            at += len(folded)
        self.text = "".join(parts)

    def string_at(self, i: int) -> int:
        """Which string the character at i stands in."""
        return max(bisect_right(self.starts, i) - 1, 0)

    def end_of(self, i: int) -> int:
        """Where the string that the character at i stands in ends."""
        k = self.string_at(i) + 1
        return self.starts[k] if k < len(self.starts) else len(self.text)

    def cuts(self, i: int, j: int) -> list[tuple[int, int, int]]:
        """[(string, begin, end)]: the stretches of the strings that text[i:j] is made of."""
        out = []
        k = self.string_at(i)
        while k < len(self.starts) and self.starts[k] < j:
            a = max(i - self.starts[k], 0)
            end = self.starts[k + 1] if k + 1 < len(self.starts) else len(self.text)
            b = min(j, end) - self.starts[k]
            if a < b:
                if k not in self._places:
                    self._places[k] = _kept(self.strings[k].text)
                places = self._places[k]
                out.append((k, a, b) if places is None else (k, places[a], places[b - 1] + 1))
            k += 1
        return out

    def source(self, i: int, j: int) -> Ranges:
        """The source ranges of text[i:j], in order; none for an empty range."""
        out: Ranges = []
        for k, a, b in self.cuts(i, j):
            for r in self.strings[k][a:b].ranges:
                out.append(r) if not out or out[-1][1] != r[0] else out.__setitem__(-1, (out[-1][0], r[1]))
        return out

    def span(self, i: int, j: int) -> tuple[int, int]:
        """(first, after the last) source offset of text[i:j]; for an empty range, where it would stand."""
        if i < j:
            ranges = self.source(i, j)
            if ranges:
                return ranges[0][0], ranges[-1][1]
        if i < len(self.text):
            at = self.source(i, i + 1)
            return (at[0][0], at[0][0]) if at else (0, 0)
        at = self.source(i - 1, i) if i else []
        return (at[-1][1], at[-1][1]) if at else (0, 0)

    def raw(self, i: int, j: int) -> str:
        """text[i:j] as it is printed."""
        return "".join(self.strings[k].text[a:b] for k, a, b in self.cuts(i, j))
