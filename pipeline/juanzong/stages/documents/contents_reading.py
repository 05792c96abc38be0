"""A reading of the lines under 目录 as entries, with what it is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex as re

from juanzong.core.lines import Line
from juanzong.language.alike import skeleton
from juanzong.language.doc_numbers import is_doc_number
from juanzong.language.document_types import promulgated_titles
from juanzong.language.numbering import Heading
from juanzong.language.orders import order_number
from juanzong.language.organs import LETTERHEAD, is_organ, organs_in
from juanzong.language.text import unbalanced
from juanzong.language.told_names import printed_names
from juanzong.stages.documents.contents_lines import GLUED, Reading, Span, read_line
from juanzong.stages.documents.contents_prints import LONG, Prints
from juanzong.stages.documents.title_lines import UNFINISHED

# What a sign of an entry is worth. Set on made-up lists of every form; an entry that nothing speaks for costs BASE.
WORTH = {
    "base": -0.5,
    "found": 3.0,  # its words stand again behind the list, in a line of their own
    "nearly found": 2.0,
    "goes on": 1.0,  # its number is the one after the last of its form, or the first
    "breaks": -1.0,  # its number is not
    "paged": 1.0,
    "noun": 0.5,  # it ends as titles do, or stands in title marks
    "link": 1.0,
    "unlike": -2.0,  # no number among numbered entries, no page among paged ones
    "uncounted": -3.0,  # no number and no page, under entries that count on from 1
    "sentence": -4.0,
    "gap": -1.5,  # more blank lines before it than before the others
    "far": -3.0,  # ... and its words do not come again
    "wrapped": -0.4,  # each further line
    "not full": -2.0,  # wrapped, though the entry above has room for more in its one line, and nothing shows its end
    "open": -1.5,  # brackets left open, or it breaks off: 关于印发…的
    "closes": -4.0,  # what an entry above left open: its brackets, its noun
    "organ": -4.0,  # nothing but an organ, among numbered entries: the first line of the title that follows
    "announces": -4.0,  # among numbered entries: it issues what one of them names, and heads the text that follows
    "letterhead": -4.0,  # it heads the text that follows
    "number alone": -4.0,  # nothing but a document number: it heads the text that follows
    "words": -1.5,  # so long a line without number and page is text
    "document follows": 1.5,  # right behind the end stands what the list names
}
_ALONE = re.compile(r"\d{1,2}(?:[-.．]\d{1,2}){1,3}\s*(?=\p{Han})")  # in the line above: the first entry's number again
_LEAST = 2.0  # what a list is worth at least
_COUNTED = 3  # entries that show that all of the list are numbered
_LONGEST_KIND = 3  # characters of what a document is: 通知, 的批复
_LEAST_TOLD = 4  # ... with a noun behind them
_LEAST_NEAR = 8  # characters of words that may come again but for a slip


class ReadEntries(NamedTuple):
    """The best reading of the lines up to a place: its last entry, and the reading that it goes on from."""

    worth: float
    spans: tuple[Span, ...] = ()
    before: ReadEntries | None = None
    size: int = 0
    keys: tuple[frozenset[str], ...] = ()  # of all entries, in ever smaller sets: none is copied for each entry
    last: tuple[Heading, ...] = ()  # the last number of each form, but of those below the last entry's
    numbered: int = 0
    paged: int = 0
    nouns: int = 0
    headed: int = 0
    titled: int = 0
    found: bool = False  # the last entry's words come again

    @property
    def stands(self) -> bool:
        n = self.size
        # one heading alone, without its page, comes again by chance
        known = self.titled + (self.headed if n > 1 or self.paged else 0)
        return self.worth >= _LEAST and (known > 0 or (n >= 2 and (self.paged >= 2 or 2 * self.nouns >= n)))

    def entries(self) -> list[list[Span]]:
        """The spans of each entry, in order."""
        out: list[list[Span]] = []
        path: ReadEntries | None = self
        while path is not None and path.spans:
            out.append(list(path.spans))
            path = path.before
        return out[::-1]

    def again(self, *spans: Span, worth: float = 0.0) -> ReadEntries:
        """The path with an entry more that says nothing new: it counts for none."""
        return self._replace(worth=self.worth + worth, spans=spans, before=self, found=False)

    def has(self, key: str) -> bool:
        """Whether an entry says this, by its words alone or with the numbers above it."""
        return any(key in some for some in self.keys)

    def last_of(self, form: str) -> int:
        """The last ordinal of a form; 0 where none counts on."""
        return next((n.ordinal for n in self.last if n.form == form), 0)

    def counts_on(self, number: Heading | None) -> bool:
        """Whether a number is the next of the one form in which all entries are numbered."""
        alike = len(self.last) == 1 and self.numbered == self.size > 0
        return (
            alike
            and number is not None
            and number.form == self.last[0].form
            and number.ordinal == self.last[0].ordinal + 1
        )

    def holds(self, reading: Reading) -> bool:
        """Whether a reading is an entry that the list has: by its words, or with its number. Below another entry (第二章
        第一节 概况) the words of one that stands below the one before (第一章 第一节 概况) are its own."""
        return self.has(self.own_key(reading) if self._is_next_below(reading) else reading.key)

    def _is_next_below(self, reading: Reading) -> bool:
        n = reading.number
        return n is not None and n.ordinal == self.last_of(n.form) + 1 and any(x.rank != n.rank for x in self.over(n))

    def own_key(self, reading: Reading) -> str:
        """An entry's words with the numbers above it."""
        n = reading.number
        above = [x for x in self.over(n) if x.rank != n.rank] if n is not None else []
        return "".join(f"{x.form}{x.ordinal}/" for x in above) + reading.key

    def over(self, n: Heading) -> list[Heading]:
        """The last numbers that stay where n is the next entry's: those that it stands under, and those of its own rank.
        What began to count after n's form did stands below it: 1.1 under 1. where 1. came first."""
        at = next((k for k, x in enumerate(self.last) if x.form == n.form), len(self.last))
        first = at == len(self.last)
        decimal = n.form.startswith("1.1")  # 1. stands before 1.1: there it is the level above, as 1 is
        return [x for x in self.last[:at] if not first or x.rank <= n.rank or (decimal and x.form == "1.")] + [
            x for x in self.last[at + 1 :] if x.rank == n.rank
        ]


class _Candidate(NamedTuple):
    """Lines that may be one entry: as their first line reads, as all of them read, and whether the words come again
    behind the list (with a number before them, or without)."""

    spans: Sequence[Span]
    first: Reading
    whole: Reading
    behind: bool | None
    nearly: bool  # but for a slip
    title: str = ""  # the words without it, where a line without a number prints them: the title of an entry with one


def with_entry(
    lines: Sequence[Line], path: ReadEntries, spans: Sequence[Span], gap: int, prints: Prints, *, strays: bool = False
) -> ReadEntries:
    """The path with one entry more, or with a line that `strays` in among them, which counts as one and is like none."""
    c = _candidate(lines, path, spans, prints)
    if strays:
        return path.again(*spans, worth=WORTH["base"])
    signs = [*_signs(path, c), *_number_signs(path, c.first)]
    last = path.last
    if lines[spans[0].line].blanks > max(gap, 1) + (2 if c.whole.paged else 0):
        signs += ["gap"] if c.behind is not None else ["gap", "far"]
    if c.first.number is not None:
        last = (*path.over(c.first.number), c.first.number)
    return ReadEntries(
        path.worth + sum(WORTH[s] for s in signs),
        tuple(spans),
        path,
        path.size + 1,
        _with_keys(path.keys, frozenset(filter(None, (c.whole.key, path.own_key(c.whole), c.title)))),
        last,
        path.numbered + (c.first.number is not None or c.first.annex),
        path.paged + c.whole.paged,
        path.nouns + c.whole.noun,
        path.headed + (c.behind is True),
        path.titled + (c.behind is False),
        c.behind is not None,
    )


def _with_keys(keys: tuple[frozenset[str], ...], more: frozenset[str]) -> tuple[frozenset[str], ...]:
    """The sets with one more; sets of a like size are put together, so that n keys stand in some log2(n) sets."""
    while keys and len(keys[-1]) <= len(more):
        more |= keys[-1]
        keys = keys[:-1]
    return (*keys, more)


def _candidate(lines: Sequence[Line], path: ReadEntries, spans: Sequence[Span], prints: Prints) -> _Candidate:
    expected = path.last_of("1") + 1
    texts = [lines[s.line].text for s in spans]
    run = _joined(texts, spans)
    first = read_line(texts[0], spans[0], expected)
    whole = read_line(run, Span(-1, 0, len(run)), expected)
    behind = prints.behind(whole.key, spans[-1].line)
    if behind is None and (glued := GLUED.match(run)) and first.number is not None:  # 一、发展基础1
        bare = read_line(glued["head"], Span(-1, 0, len(glued["head"])), expected)
        if (found := prints.behind(bare.key, spans[-1].line)) is not None:
            return _Candidate(spans, first, bare._replace(paged=True), found, False)
    if behind is None and (told := _told_as(whole.key, spans[-1].line, prints)) is not None:
        return _Candidate(spans, first, whole, told, True)
    if behind is None and len(whole.key) >= _LEAST_NEAR:
        near = prints.nearly_behind(whole.key, spans[-1].line)
        if near is not None:
            return _Candidate(spans, first, whole, near[0], True, near[1] if first.number and not near[0] else "")
    return _Candidate(spans, first, whole, behind, False)


def _told_as(key: str, i: int, prints: Prints) -> bool | None:
    """Whether the print behind line i that says an entry's words with the noun of a title behind them has a number."""
    found = (prints.behind(name, i) for name in (printed_names(key) if len(key) >= _LEAST_TOLD else ()))
    return next((numbered for numbered in found if numbered is not None), None)


def _signs(path: ReadEntries, c: _Candidate) -> Iterator[str]:
    """What the words of an entry tell, and how it is like the entries before it."""
    whole = c.whole
    yield from ("base", *["wrapped"] * (len(c.spans) - 1))
    if c.behind is not None:
        yield "nearly found" if c.nearly else "found"
    told = {
        "paged": whole.paged,
        "noun": whole.noun,
        "link": whole.link,
        "sentence": whole.sentence,
        "unlike": path.size > 0 and _unlike(path, c.first, whole),
        "uncounted": _is_uncounted(path, c),
        "organ": c.first.number is None and not whole.paged and _heads_text(path, _ALONE.sub("", whole.text)),
        "announces": _is_bare(c.first, whole) and path.numbered == path.size > 0 and _announces(path, whole.text),
        "number alone": len(c.spans) == 1 and not whole.paged and is_doc_number(whole.text),
        "letterhead": not whole.paged and c.first.number is None and _heads_document(c.first.text),
        "not full": len(c.spans) > 1 and c.behind is None and not whole.paged and _has_room(path, c),
        "open": unbalanced(whole.text) > 0 or whole.text.endswith((*UNFINISHED, "，")),
        "closes": c.first.number is None and (_closes(whole.text) or _is_kind_alone(path, c)),
        "words": len(whole.text) > LONG and not whole.paged and c.first.number is None and c.behind is None,
    }
    yield from (sign for sign, holds in told.items() if holds)


def _has_room(path: ReadEntries, c: _Candidate) -> bool:
    """Whether an entry was wrapped, of numbered ones in one line each, at a place that the one above it reaches."""
    above, first = path.spans, c.spans[0]
    alike = path.numbered == path.size > 1 and len(above) == 1 and not c.first.text.endswith(UNFINISHED)
    return alike and above[0].end - above[0].start >= first.end - first.start and not unbalanced(c.first.text)


def _is_kind_alone(path: ReadEntries, c: _Candidate) -> bool:
    """Whether a line under numbered entries says nothing but what a document is, as the last line of a title does: 通知."""
    kind = c.whole.noun and len(c.whole.key) <= _LONGEST_KIND and _is_bare(c.first, c.whole)
    return kind and path.numbered == path.size > 0


def _closes(text: str) -> bool:
    """Whether a text closes brackets or title marks that it does not open: 行）》的通知."""
    return any(text.count(b) > text.count(a) for a, b in ("《》", "（）", "〔〕", "【】"))


def _announces(path: ReadEntries, text: str) -> bool:
    """Whether a line is the title of what issues a text that the list names."""
    return "《" in text and any(path.has(skeleton(title)) for title in promulgated_titles(text))


def _is_uncounted(path: ReadEntries, c: _Candidate) -> bool:
    """Whether an entry without number and page stands under several that count on from 1: it is of the text behind."""
    counted = len(path.last) == 1 and path.last[0].ordinal == path.numbered >= _COUNTED
    return counted and _is_bare(c.first, c.whole) and not c.whole.paged


def _heads_document(text: str) -> bool:
    """Whether a line is a letterhead, or the head of an order."""
    return LETTERHEAD.match(text) is not None or order_number(text) is not None


def _heads_text(path: ReadEntries, text: str) -> bool:
    """Whether a line of organs under a list of numbers or of titles is the first line of the title that follows."""
    if path.numbered:
        return is_organ(text)
    return 2 * path.nouns > path.size > 0 and organs_in(text) is not None


def _number_signs(path: ReadEntries, first: Reading) -> Iterator[str]:
    """Whether an entry's number is the one after the last of its form, or the first."""
    if first.number is not None:
        yield "goes on" if first.number.ordinal in (path.last_of(first.number.form) + 1, 1) else "breaks"


def _joined(texts: Sequence[str], spans: Sequence[Span]) -> str:
    return "".join(
        t[s.start : s.end].strip() if k else t[s.start : s.end].rstrip()
        for k, (t, s) in enumerate(zip(texts, spans, strict=True))
    )


def _unlike(path: ReadEntries, first: Reading, whole: Reading) -> bool:
    """Whether an entry lacks what all others have: the page, or the number where no page stands for it."""
    n = path.size
    bare = _is_bare(first, whole) and path.numbered == n
    return (bare and not (whole.paged and path.paged == n)) or (not whole.paged and path.paged == n)


def _is_bare(first: Reading, whole: Reading) -> bool:
    return first.number is None and not first.annex and not whole.worded and not first.worded
