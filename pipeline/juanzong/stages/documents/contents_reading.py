"""A reading of the lines under 目录 as entries, with what it is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from juanzong.core.lines import Line
from juanzong.language.text import unbalanced
from juanzong.stages.documents.contents_lines import Reading, Span, read_line
from juanzong.stages.documents.contents_prints import LONG, Prints

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
    "sentence": -4.0,
    "gap": -1.5,  # more blank lines before it than before the others
    "far": -3.0,  # ... and its words do not come again
    "wrapped": -0.4,  # each further line
    "open": -1.5,  # brackets left open
    "words": -1.5,  # so long a line without number and page is text
    "document follows": 1.5,  # right behind the end stands what the list names
}
_LEAST = 2.0  # what a list is worth at least


@dataclass(frozen=True, slots=True)
class ReadEntries:
    """The best reading of the lines up to a place."""

    worth: float
    entries: tuple[tuple[Span, ...], ...] = ()
    keys: frozenset[str] = frozenset()
    last: tuple[tuple[str, int], ...] = ()  # form -> the last ordinal
    numbered: int = 0
    paged: int = 0
    nouns: int = 0
    headed: int = 0
    titled: int = 0

    @property
    def stands(self) -> bool:
        n = len(self.entries)
        known = self.headed + self.titled
        return self.worth >= _LEAST and (known > 0 or (n >= 2 and (self.paged >= 2 or 2 * self.nouns >= n)))


def with_entry(
    lines: Sequence[Line], path: ReadEntries, spans: Sequence[Span], gap: int, prints: Prints
) -> ReadEntries | None:
    """The path with one entry more; None where the words of an entry come again without a page."""
    last = dict(path.last)
    texts = [lines[s.line].text for s in spans]
    first = read_line(texts[0], spans[0], last.get("1", 0) + 1)
    whole = read_line(run := _joined(texts, spans), Span(-1, 0, len(run)), last.get("1", 0) + 1)
    n = len(path.entries)
    signs = ["base", *(["wrapped"] * (len(spans) - 1))]
    behind = prints.behind(whole.key, spans[-1].line)
    if behind is not None:
        signs.append("found")
    elif len(whole.key) >= 8 and (behind := prints.nearly_behind(whole.key, spans[-1].line)) is not None:
        signs.append("nearly found")
    form = first.number.form if first.number else ""
    if first.number is not None:
        low = last.get(form, 0)
        signs.append("goes on" if first.number.ordinal in (low + 1, 1) else "breaks")
    signs += [s for s, holds in (("paged", whole.paged), ("noun", whole.noun), ("link", whole.link)) if holds]
    if n and _unlike(path, first, whole):
        signs.append("unlike")
    if whole.sentence:
        signs.append("sentence")
    if lines[spans[0].line].blanks > max(gap, 1) + (2 if whole.paged else 0):
        signs += ["gap"] if behind is not None else ["gap", "far"]
    if unbalanced(whole.text):
        signs.append("open")
    if len(whole.text) > LONG and not whole.paged and first.number is None and behind is None:
        signs.append("words")
    key = form + whole.key
    if (key in path.keys or whole.key in path.keys or first.key in path.keys) and not whole.paged:
        return None  # the text has begun
    if first.number is not None:
        last = {f: o for f, o in last.items() if f == form or f < form} | {form: first.number.ordinal}
    return ReadEntries(
        path.worth + sum(WORTH[s] for s in signs),
        (*path.entries, tuple(spans)),
        path.keys | {key, whole.key},
        tuple(last.items()),
        path.numbered + (first.number is not None or first.annex),
        path.paged + whole.paged,
        path.nouns + whole.noun,
        path.headed + (behind is True),
        path.titled + (behind is False),
    )


def _joined(texts: Sequence[str], spans: Sequence[Span]) -> str:
    return "".join(
        t[s.start : s.end].strip() if k else t[s.start : s.end].rstrip()
        for k, (t, s) in enumerate(zip(texts, spans, strict=True))
    )


def _unlike(path: ReadEntries, first: Reading, whole: Reading) -> bool:
    n = len(path.entries)
    bare = first.number is None and not first.annex and not whole.worded and not first.worded
    return (bare and path.numbered == n) or (not whole.paged and path.paged == n)
