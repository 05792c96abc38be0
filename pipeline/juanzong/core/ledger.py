"""The one place where text changes: every change is an edit with a rule, evidence and a confidence.

A reading can be tried: what is written between `with ledger.trial() as t` and the end of the block is undone, unless
`t.keep()` was called.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from juanzong.core.traced import Traced, concat
from juanzong.model.edit import Category, Edit, Evidence, Kind, Status

_WEIGHT: dict[Category, int] = {"layout": 0, "format": 1, "content": 2}


class Entry(NamedTuple):
    """An edit before it has an id."""

    stage: str
    rule: str
    category: Category
    kind: Kind
    start: int
    end: int
    before: str
    after: str
    confidence: float = 1.0
    status: Status = "applied"
    evidence: tuple[Evidence, ...] = ()


@dataclass
class Trial:
    """A reading that is tried: kept only where someone says so."""

    kept: bool = False

    def keep(self) -> None:
        self.kept = True


_Span = tuple[int, int]


@dataclass
class Ledger:
    """Collects edits on one source text. Applied edits never overlap, save for joins, which only tell what they joined.

    `entries` are numbered in the order in which they were made; one that was taken back is gone from it.
    """

    source: str
    stage: str = ""  # the pass at work; it signs what is entered
    entries: dict[int, Entry] = field(default_factory=dict)
    _next: int = 0
    _changes: dict[_Span, int] = field(default_factory=dict)  # applied replace/insert/drop in a Traced -> entry
    # what the open trials have to undo, newest last: (number, what stood there) and (span, what it pointed to)
    _journal: list[tuple[int | _Span, Entry | int | None]] | None = None

    @contextmanager
    def trial(self) -> Iterator[Trial]:
        """Try a reading: all that is entered inside is undone at the end, also by an exception, unless it is kept.
        Trials may stand in one another."""
        outer, trial = self._journal, Trial()
        self._journal = []
        try:
            yield trial
        except BaseException:
            trial.kept = False
            raise
        finally:
            journal, self._journal = self._journal, outer
            if trial.kept:
                if outer is not None:
                    outer += journal
            else:
                for key, old in reversed(journal):
                    self._undo(key, old)

    def _undo(self, key: int | _Span, old: Entry | int | None) -> None:
        if isinstance(key, int):
            if isinstance(old, Entry):
                self.entries[key] = old
            else:
                del self.entries[key]
        elif isinstance(old, int):
            self._changes[key] = old
        else:
            self._changes.pop(key, None)

    def _put(self, k: int, entry: Entry | None) -> None:
        """Entry k becomes `entry`, or goes."""
        if self._journal is not None:
            self._journal.append((k, self.entries.get(k)))
        if entry is None:
            del self.entries[k]
        else:
            self.entries[k] = entry

    def _enter(self, entry: Entry) -> int:
        """A new entry; returns its number."""
        k = self._next
        self._next += 1
        self._put(k, entry._replace(stage=self.stage) if self.stage else entry)
        return k

    def _point(self, span: _Span, k: int | None) -> None:
        if self._journal is not None:
            self._journal.append((span, self._changes.get(span)))
        if k is None:
            self._changes.pop(span, None)
        else:
            self._changes[span] = k

    def drop(
        self,
        start: int,
        end: int,
        rule: str,
        *,
        stage: str,
        category: Category = "layout",
        kind: Kind = "drop",
        confidence: float = 1.0,
        evidence: Iterable[Evidence] = (),
    ) -> None:
        """source[start:end] goes nowhere: furniture, labels, tags (`drop`), or a second print (`merge`)."""
        if start < end:
            self._enter(
                Entry(
                    stage,
                    rule,
                    category,
                    kind,
                    start,
                    end,
                    self.source[start:end],
                    "",
                    confidence,
                    "applied",
                    tuple(evidence),
                )
            )

    def drop_ranges(
        self,
        text: Traced,
        rule: str,
        *,
        stage: str,
        category: Category = "layout",
        kind: Kind = "drop",
        confidence: float = 1.0,
    ) -> None:
        """All of `text` goes nowhere; what earlier edits made of parts of it is taken back."""
        for r in text.runs:
            if r.edited and (r.start, r.end) in self._changes:
                self._withdraw((r.start, r.end))
        for a, b in text.ranges:
            self.drop(a, b, rule, stage=stage, category=category, kind=kind, confidence=confidence)

    def join(
        self,
        first: Traced,
        second: Traced,
        rule: str,
        *,
        stage: str,
        confidence: float = 1.0,
        status: Status = "applied",
        evidence: Iterable[Evidence] = (),
    ) -> Traced:
        """Two pieces of one string. A suggested join is told and not done (`first` comes back)."""
        a, b = first.last, second.first
        lo, hi = min(a, b), max(a, b)
        before = self.source[lo:hi]
        self._enter(
            Entry(
                stage,
                rule,
                "layout",
                "join",
                lo,
                hi,
                before if len(before) < 80 else before[:40] + "…" + before[-39:],
                "",
                confidence,
                status,
                tuple(evidence),
            )
        )
        return first + second if status == "applied" else first

    def replace(
        self,
        text: Traced,
        i: int,
        j: int,
        after: str,
        rule: str,
        *,
        stage: str,
        category: Category = "format",
        confidence: float = 1.0,
        evidence: Iterable[Evidence] = (),
    ) -> Traced:
        """text[i:j] becomes `after`: an applied edit. One that touches an earlier edit takes its place, and says so."""
        i, j = text.widen(i, j)
        if i == j or not after:
            i, j, after = _with_inserts_beside(text, i, j, after)
        if text.text[i:j] == after:
            return text
        runs = text[i:j].runs if j > i else ()
        a, b = text.span(i, j)
        before = "".join(self.source[r.start : r.end] for r in runs)
        if a + len(before) != b:  # the range bridges a gap (a join): one edit per piece
            return self._replace_pieces(text, i, j, after, rule, stage, category, confidence, tuple(evidence))
        told = list(evidence)
        for r in runs:
            if r.edited and (r.start, r.end) in self._changes:
                earlier = self._withdraw((r.start, r.end))
                category = max(category, earlier.category, key=_WEIGHT.__getitem__)
                told += [*earlier.evidence, Evidence(note=f"on top of {earlier.rule}")] if earlier.rule != rule else []
        kind: Kind = "insert" if a == b else "drop" if not after else "replace"
        k = self._enter(
            Entry(
                stage,
                rule,
                category,
                kind,
                a,
                b,
                before,
                after,
                confidence,
                "applied",
                tuple(dict.fromkeys(told)),
            )
        )
        self._point((a, b), k)
        return text.replace(i, j, after)

    def replace_all(
        self,
        text: Traced,
        changes: Sequence[_Wish],
        rule: str,
        *,
        stage: str,
        category: Category = "format",
        confidence: float = 1.0,
        evidence: Iterable[Evidence] = (),
    ) -> Traced:
        """`replace` for many changes (i, j, after) of one text, in order and not overlapping. The text is cut where they
        stand first, so that each walks its own piece and time grows with the text, not with its square."""
        zones = _zones(text, changes)
        cuts = sorted({k for lo, hi, _ in zones for k in (lo, hi)})
        pieces = dict(zip([0, *cuts], text.pieces(cuts), strict=True))
        why = tuple(evidence)
        for lo, _, inside in reversed(zones):
            piece = pieces[lo]
            for i, j, after in reversed(inside):
                piece = self.replace(
                    piece,
                    i - lo,
                    j - lo,
                    after,
                    rule,
                    stage=stage,
                    category=category,
                    confidence=confidence,
                    evidence=why,
                )
            pieces[lo] = piece
        return concat(pieces.values())

    def _replace_pieces(
        self,
        text: Traced,
        i: int,
        j: int,
        after: str,
        rule: str,
        stage: str,
        category: Category,
        confidence: float,
        evidence: tuple[Evidence, ...],
    ) -> Traced:
        """The first piece becomes `after`, the rest of text[i:j] is dropped."""
        cuts = [i]
        for r in text[i:j].runs:
            cuts.append(cuts[-1] + len(r.text))
        for k in range(len(cuts) - 2, -1, -1):
            text = self.replace(
                text,
                cuts[k],
                cuts[k + 1],
                after if k == 0 else "",
                rule,
                stage=stage,
                category=category,
                confidence=confidence,
                evidence=evidence,
            )
        return text

    def _withdraw(self, key: tuple[int, int]) -> Entry:
        k = self._changes[key]
        entry = self.entries[k]
        self.withdraw(k)
        return entry

    def decide(self, k: int, status: Status, evidence: Iterable[Evidence] = ()) -> None:
        """Entry k as a reviewer decided it. The text itself is the caller's to change."""
        e = self.entries[k]
        if status == "rejected" and self._changes.get((e.start, e.end)) == k:
            self._point((e.start, e.end), None)
        self._put(k, e._replace(status=status, evidence=(*e.evidence, *evidence)))

    def withdraw(self, k: int) -> None:
        """Entry k was never made: another one stands for it."""
        e = self.entries[k]
        if self._changes.get((e.start, e.end)) == k:
            self._point((e.start, e.end), None)
        self._put(k, None)

    def suggest(
        self,
        start: int,
        end: int,
        after: str,
        rule: str,
        *,
        stage: str,
        category: Category = "content",
        confidence: float = 0.5,
        evidence: Iterable[Evidence] = (),
    ) -> None:
        """A change that only a person can decide."""
        kind: Kind = "insert" if start == end else "drop" if not after else "replace"
        self._enter(
            Entry(
                stage,
                rule,
                category,
                kind,
                start,
                end,
                self.source[start:end],
                after,
                confidence,
                "suggested",
                tuple(evidence),
            )
        )

    def edits(self) -> list[Edit]:
        """All entries in the order of the source, with ids that depend on rule, change and context, not on offsets."""
        return [Edit(**row) for row in self.rows()]

    def rows(self) -> list[dict[str, Any]]:
        """The same as the rows of edits.jsonl: made without models, which would take most of the time."""
        out: list[dict[str, Any]] = []
        seen: Counter[str] = Counter()
        for e in sorted(self.entries.values(), key=lambda e: (e.start, e.end, e.rule, e.kind, e.after)):
            context = self.source[max(0, e.start - 12) : e.start] + "\0" + self.source[e.end : e.end + 12]
            digest = hashlib.sha1("\0".join((e.rule, e.kind, e.before, e.after, context)).encode()).hexdigest()[:10]
            seen[digest] += 1
            out.append(
                {
                    "id": digest if seen[digest] == 1 else f"{digest}-{seen[digest]}",
                    "stage": e.stage,
                    "rule": e.rule,
                    "category": e.category,
                    "kind": e.kind,
                    "source": (e.start, e.end),
                    "before": e.before,
                    "after": e.after,
                    "confidence": float(e.confidence),
                    "status": e.status,
                    "evidence": [x.model_dump(exclude_none=True) for x in e.evidence],
                }
            )
        return out


_Wish = tuple[int, int, str]  # text[i:j] is to become this


def _zones(text: Traced, changes: Sequence[_Wish]) -> list[tuple[int, int, list[_Wish]]]:
    """(begin, end, changes) of the parts of a text that its changes touch, with the edited runs that they cut. Inserts
    look at what stands beside them: with one, the whole text is one part."""
    if any(i == j for i, j, _ in changes) or any(r.start == r.end for r in text.runs):
        return [(0, len(text), list(changes))] if changes else []
    zones: list[tuple[int, int, list[_Wish]]] = []
    edited: list[tuple[int, int]] = []
    at = 0
    for r in text.runs:
        if r.edited:
            edited.append((at, at + len(r.text)))
        at += len(r.text)
    ends = [b for _, b in edited]
    for change in changes:
        lo, hi, _ = change
        k = bisect_right(ends, lo)
        while k < len(edited) and edited[k][0] < hi:
            lo, hi = min(lo, edited[k][0]), max(hi, edited[k][1])
            k += 1
        if zones and zones[-1][1] > lo:
            begin, end, inside = zones[-1]
            inside.append(change)
            zones[-1] = (min(begin, lo), max(end, hi), inside)
        else:
            zones.append((lo, hi, [change]))
    return zones


def _with_inserts_beside(text: Traced, i: int, j: int, after: str) -> tuple[int, int, str]:
    """(begin, end, what is to stand there): an insert that touches the place of an insert or drop becomes part of it, so
    that no two edits stand at one offset and none is left outside every range."""
    a, b = text.span(i, j)
    at = 0
    for r in text.runs:
        begin, at = at, at + len(r.text)
        if r.edited and r.start == r.end and at == i and r.start == a:
            i, after = begin, r.text + after
        elif r.edited and r.start == r.end and begin == j and r.start == b:
            j, after = at, after + r.text
    return i, j, after
