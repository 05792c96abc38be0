"""Titles that the bundle names: in its contents list, its notices, its lists of annexes."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Container, Iterable, Iterator, Sequence

from juanzong.language import elements as el
from juanzong.language.alike import SLIPS, figures_of, nearly_same, skeleton
from juanzong.language.text import fold
from juanzong.language.title_words import NearWords
from juanzong.language.variants import is_plain
from juanzong.stages.documents.annexes import LONGEST_KNOWN, listed_attachments
from juanzong.stages.documents.stands_over import names_below
from juanzong.stages.documents.title_lines import TAIL_ALONE
from juanzong.stages.documents.title_worth import Title
from juanzong.stages.pieces.items import Item

_LETTER_LINES = 8  # in which a notice says what it issues
_LEAST_BEGUN = 6  # characters with which such a name begins
_LEAST_KNOWN = 4  # characters of a name that the bundle gives; one fewer of a law's (药师法)
_LAW = "法"
_FIGURES = frozenset("一二三四五六七八九〇零")  # a year's may be written either way
_LONGEST_NAME = 2000  # characters of a line that may print one of them


class KnownTitles:
    """Titles that the bundle names, for comparison."""

    def __init__(self, names: set[str]) -> None:
        self._exact: set[str] = set()
        self._alike: dict[tuple[tuple[str, ...], int], NearWords[str]] = {}  # by figures and length
        self._firsts: set[str] = set()
        self._sorted: list[str] = []
        for name in sorted(names):
            self.add(name)

    def add(self, name: str) -> None:
        key = skeleton(name)
        if len(key) >= _LEAST_KNOWN - key.endswith(_LAW) and key not in self._exact:
            self._exact.add(key)
            insort(self._sorted, key)
            self._firsts.add(key[0])
            self._alike.setdefault((figures_of(key), len(key)), NearWords()).add(key, name)

    def add_all(self, names: Iterable[str]) -> None:
        for name in names:
            self.add(name)

    def has(self, text: str) -> bool:
        return len(text) <= _LONGEST_NAME and self._may_begin(text) and skeleton(text) in self._exact

    def has_but_for(self, tail: str, text: str) -> bool:
        """Whether a name is what the text says before its `tail`: （2021—2025年）, （试行） in a line of its own."""
        tail = tail.strip().strip("*")
        return tail[:1] in ("（", "(") and TAIL_ALONE.fullmatch(tail) is not None and self.has(text.removesuffix(tail))

    def begins(self, text: str) -> bool:
        """Whether a name begins with the text, and says more."""
        if len(text) > _LONGEST_NAME or not self._may_begin(text) or len(key := skeleton(text)) < _LEAST_BEGUN:
            return False
        at = bisect_right(self._sorted, key)
        return at < len(self._sorted) and self._sorted[at].startswith(key)

    def _may_begin(self, text: str) -> bool:
        """A first look, as most texts begin otherwise than any name: of characters that a skeleton keeps as they are."""
        first = text[:1] if text[:1].isalnum() else next((c for c in text if c.isalnum()), "")
        return first in self._firsts or not "\u4e00" <= first <= "\u9fff" or first in _FIGURES or not is_plain(first)

    def has_from(self, text: str) -> bool:
        """Whether a name without its issuer (关于…) is what the text says behind an organ."""
        at = text.find("关于")
        return at > 0 and el.is_organ(text[:at]) and self.has(text[at:])

    def nearly(self, text: str, taken: Container[str]) -> bool:
        """Whether a name says the text but for a slip, and is none of those (as skeletons) that are printed already. An
        organ that signs is none that gives an order (…人民政府令)."""
        if el.is_organ(text):
            return False
        key = skeleton(text)
        figures = figures_of(key)
        known = (self._alike.get((figures, n)) for n in range(len(key) - SLIPS, len(key) + SLIPS + 1))
        near = (name for words in known if words is not None for name in words.near(key))
        return any(nearly_same(text, name) and skeleton(name) not in taken for name in near)


def known_titles(items: Sequence[Item], entries: Sequence[str], annexes: Sequence[str]) -> set[str]:
    """Titles that the bundle names: its contents list, its documents' annex lists, the labels of its web pages (标题：…)."""
    known = {el.bare_title(e) for e in entries} | {fold(a) for a in annexes}
    known |= {name for e in entries for name in el.printed_names(el.bare_title(e))}
    for k, item in enumerate(items):
        label = el.LABELS["web_title"].match(item.s) if item.kind == "text" else None
        if label is not None and len(item.s) < LONGEST_KNOWN:
            known.add(fold(item.s[label.end() :]))
        known |= {fold(name).strip("《》") for _, name in listed_attachments(items, k)}
    told = {item.key for item in items if item.told}
    return told | {k for k in known if len(k) >= _LEAST_KNOWN and not el.is_organ(k)}  # a cut name may leave an organ


def issued_in(items: Sequence[Item], title: Title) -> Iterator[str]:
    """What the first sentences under a notice's title say that it issues: 现将《…》印发给你们."""
    if el.type_of_title(title.text) != "notice":
        return
    for item in items[title.end : title.end + _LETTER_LINES]:
        if item.kind == "text" and el.ISSUES.search(item.s):
            yield from el.promulgated_titles(item.s)


def names_part(items: Sequence[Item], i: int, names: KnownTitles) -> bool:
    """Whether item i, right under the mark of a part, says what that is called, and the title of its paper is below."""
    below = items[i + 1].s if i + 1 < len(items) else ""
    return names_below(items[i].s, below) and not names.has(items[i].s.strip())
