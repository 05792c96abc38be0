"""The one place where text changes: every change is an edit with a rule, evidence and a confidence.

A reading can be tried: what is written between `with ledger.trial() as t` and the end of the block is undone, unless
`t.keep()` was called.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, NamedTuple

from juanzong.core.change_zones import Wish, with_inserts_beside, zones_of
from juanzong.core.edit_rows import rows_of
from juanzong.core.journal import Entry, Journal, Trial
from juanzong.core.latin import parts_words
from juanzong.core.terms import Category, Evidence, Kind, Status
from juanzong.core.traced import Run, Traced, concat

if TYPE_CHECKING:
    from juanzong.model.edit import Edit

_WEIGHT: dict[Category, int] = {"layout": 0, "format": 1, "content": 2}
_LONGEST_TOLD = 80  # characters of what stands between two joined pieces


class _Why(NamedTuple):
    """What speaks for a change."""

    rule: str
    category: Category
    confidence: float
    evidence: tuple[Evidence, ...]


class Ledger:
    """Collects edits on one source text. Applied edits never overlap, save for joins, which only tell what they joined."""

    def __init__(self, source: str, stage: str = "") -> None:
        self.source = source
        self.stage = stage  # the pass at work; it signs what is entered
        self._journal = Journal()

    @property
    def entries(self) -> dict[int, Entry]:
        """By number, in the order in which they were made; one that was taken back is gone from it."""
        return self._journal.entries

    def trial(self) -> AbstractContextManager[Trial]:
        """Try a reading: all that is entered inside is undone at the end, also by an exception, unless it is kept.
        Trials may stand in one another."""
        return self._journal.trial()

    def _enter(self, kind: Kind, start: int, end: int, after: str, why: _Why, status: Status = "applied") -> int:
        """source[start:end] becomes `after`; the number of the new entry."""
        rule, category, confidence, evidence = why
        before = self.source[start:end]
        if kind == "join" and len(before) >= _LONGEST_TOLD:
            before = before[:40] + "…" + before[-39:]
        return self._journal.add(
            Entry(self.stage, rule, category, kind, start, end, before, after, confidence, status, evidence)
        )

    def drop(
        self,
        start: int,
        end: int,
        rule: str,
        *,
        category: Category = "layout",
        kind: Kind = "drop",
        confidence: float = 1.0,
        evidence: Iterable[Evidence] = (),
    ) -> None:
        """source[start:end] goes nowhere: furniture, labels, tags (`drop`), or a second print (`merge`)."""
        if start < end:
            self._enter(kind, start, end, "", _Why(rule, category, confidence, tuple(evidence)))

    def drop_ranges(
        self,
        text: Traced,
        rule: str,
        *,
        category: Category = "layout",
        kind: Kind = "drop",
    ) -> None:
        """All of `text` goes nowhere; what earlier edits made of parts of it is taken back."""
        for r in text.runs:
            if r.edited:
                self._take_back(r.start, r.end)
        for a, b in text.ranges:
            self.drop(a, b, rule, category=category, kind=kind)

    def join(
        self,
        first: Traced,
        second: Traced,
        rule: str,
        *,
        confidence: float = 1.0,
        status: Status = "applied",
    ) -> Traced:
        """Two pieces of one string. A suggested join is told and not done (`first` comes back). Where English words meet,
        the line end between them becomes a blank. A piece without words, as of a note's mark alone, needs no join."""
        if not first.ranges or not second.ranges:
            return first + second
        lo, hi = sorted((first.last, second.first))
        why = _Why(rule, "layout", confidence, ())
        if status == "applied" and lo == first.last and parts_words(first.text, second.text):
            at = next((k for k in (lo, hi - 1) if lo <= k < hi and self.source[k].isspace()), None)
            if at is not None:
                return first + self._replace(Traced.of(self.source, at, at + 1), 0, 1, " ", why) + second
        self._enter("join", lo, hi, "", why, status)
        return first + second if status == "applied" else first

    def replace(
        self,
        text: Traced,
        i: int,
        j: int,
        after: str,
        rule: str,
        *,
        category: Category = "format",
        confidence: float = 1.0,
        evidence: Iterable[Evidence] = (),
    ) -> Traced:
        """text[i:j] becomes `after`: an applied edit. One that touches an earlier edit takes its place and name, and what
        that one says round text[i:j]."""
        return self._replace(text, i, j, after, _Why(rule, category, confidence, tuple(evidence)))

    def replace_all(
        self,
        text: Traced,
        changes: Sequence[Wish],
        rule: str,
        *,
        category: Category = "format",
        evidence: Iterable[Evidence] = (),
    ) -> Traced:
        """`replace` for many changes (i, j, after) of one text, in order and not overlapping. The text is cut where they
        stand first, so that each walks its own piece and time grows with the text, not with its square."""
        why = _Why(rule, category, 1.0, tuple(evidence))
        if len(text.runs) == 1 and not text.runs[0].edited and all(i < j for i, j, _ in changes):
            return self._replace_verbatim(text, changes, why)
        zones = zones_of(text, changes)
        cuts = sorted({k for lo, hi, _ in zones for k in (lo, hi)})
        pieces = dict(zip([0, *cuts], text.pieces(cuts), strict=True))
        for lo, _, inside in reversed(zones):
            piece = pieces[lo]
            for i, j, after in reversed(inside):
                piece = self._replace(piece, i - lo, j - lo, after, why)
            pieces[lo] = piece
        return concat(pieces.values())

    def _replace_verbatim(self, text: Traced, changes: Sequence[Wish], why: _Why) -> Traced:
        """`replace_all` in a text that is one piece of the source, as most are, where nothing is put in alone."""
        said, base = text.text, text.runs[0].start
        runs: list[Run] = []  # from the last to the first
        end = len(said)
        for i, j, after in reversed(changes):
            if said[i:j] == after:
                continue
            place = base + i, base + j
            self._journal.point(place, self._enter("replace" if after else "drop", *place, after, why))
            if j < end:
                runs.append(Run(said[j:end], base + j, base + end))
            if after:
                runs.append(Run(after, *place, edited=True))
            end = i
        if end:
            runs.append(Run(said[:end], base, base + end))
        return Traced(reversed(runs))

    def _replace(self, text: Traced, i: int, j: int, after: str, why: _Why) -> Traced:
        lo, hi = text.widen(i, j)
        after = text.text[lo:i] + after + text.text[j:hi]  # what an earlier edit says round the place stays
        i, j = lo, hi
        if i == j or not after:
            i, j, after = with_inserts_beside(text, i, j, after)
        if text.text[i:j] == after:
            return text
        runs = text[i:j].runs if j > i else ()
        a, b = text.span(i, j)
        if sum(r.end - r.start for r in runs) != b - a:  # the range bridges a gap (a join): one edit per piece
            return self._replace_pieces(text, i, j, after, why)
        earlier = [e for r in runs if r.edited and (e := self._take_back(r.start, r.end)) is not None]
        if earlier and after == self.source[a:b]:  # as it was printed, again: no edit at all
            return text[:i] + Traced.of(self.source, a, b) + text[j:]
        kind: Kind = "insert" if a == b else "drop" if not after else "replace"
        k = self._enter(kind, a, b, after, _with_earlier(why, earlier))
        self._journal.point((a, b), k)
        return text.replace(i, j, after)

    def _replace_pieces(self, text: Traced, i: int, j: int, after: str, why: _Why) -> Traced:
        """Each piece becomes its part of `after`, where that has a character for each of text[i:j]; else the first becomes all
        of it, and the rest is dropped."""
        even = len(after) == j - i
        cuts = [i]
        for r in text[i:j].runs:
            cuts.append(cuts[-1] + len(r.text))
        for k in range(len(cuts) - 2, -1, -1):
            part = after[cuts[k] - i : cuts[k + 1] - i] if even else after if k == 0 else ""
            text = self._replace(text, cuts[k], cuts[k + 1], part, why)
        return text

    def _take_back(self, start: int, end: int) -> Entry | None:
        """The entry that changed source[start:end] was never made: another one stands for it."""
        k = self._journal.changed_at((start, end))
        return None if k is None else self._journal.withdraw(k)

    def withdraw(self, k: int) -> None:
        """Entry k was never made: another one stands for it."""
        self._journal.withdraw(k)

    def decide(self, k: int, status: Status, evidence: Iterable[Evidence] = ()) -> None:
        """Entry k as a reviewer decided it. The text itself is the caller's to change."""
        e = self.entries[k]
        if status == "rejected" and self._journal.changed_at((e.start, e.end)) == k:
            self._journal.point((e.start, e.end), None)
        self._journal.put(k, e._replace(status=status, evidence=(*e.evidence, *evidence)))

    def witness(self, text: Traced, note: str) -> Evidence:
        """What the source says where a printed text stands, as evidence; `note` says of what."""
        a, b = text.ranges[0][0], text.ranges[-1][1]
        return Evidence(source=(a, b), text=self.source[a:b], note=note)

    def suggest(
        self,
        start: int,
        end: int,
        after: str,
        rule: str,
        *,
        category: Category = "content",
        confidence: float = 0.5,
        evidence: Iterable[Evidence] = (),
    ) -> None:
        """A change that only a person can decide."""
        kind: Kind = "insert" if start == end else "drop" if not after else "replace"
        self._enter(kind, start, end, after, _Why(rule, category, confidence, tuple(evidence)), "suggested")

    def edits(self) -> list[Edit]:
        """All entries in the order of the source, with ids that depend on rule, change and context, not on offsets."""
        from juanzong.model.edit import Edit  # a run writes rows alone, and needs no pydantic

        return [Edit(**row) for row in self.rows()]

    def rows(self) -> list[dict[str, Any]]:
        """The same as the rows of edits.jsonl."""
        return rows_of(self.source, self.entries.values())


def _with_earlier(why: _Why, earlier: Iterable[Entry]) -> _Why:
    """Why a change is made that takes the place of earlier ones: it weighs as much as they did, and tells of them."""
    rule, category, confidence, told = why
    for e in earlier:
        category = max(category, e.category, key=_WEIGHT.__getitem__)
        if e.rule != rule:
            told = (*told, *e.evidence, Evidence(note=f"on top of {e.rule}"))
    return _Why(rule, category, confidence, tuple(dict.fromkeys(told)))
