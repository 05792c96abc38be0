"""The entries of a ledger, and trials of them: what was entered can be taken back as if it had never been."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from juanzong.core.terms import Category, Evidence, Kind, Status

Span = tuple[int, int]


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


@dataclass
class Journal:
    """Numbered entries, and which of them changed what stands at a span; both can be undone."""

    entries: dict[int, Entry] = field(default_factory=dict)  # by number, in the order in which they were made
    _next: int = 0
    _changes: dict[Span, int] = field(default_factory=dict)  # applied replace/insert/drop in a Traced -> entry
    # what the open trials have to undo, newest last: (number, what stood there) and (span, what it pointed to)
    _undone: list[tuple[int | Span, Entry | int | None]] | None = None

    @contextmanager
    def trial(self) -> Iterator[Trial]:
        """Try a reading: all that is entered inside is undone at the end, also by an exception, unless it is kept.
        Trials may stand in one another."""
        outer, trial = self._undone, Trial()
        self._undone = []
        try:
            yield trial
        except BaseException:
            trial.kept = False
            raise
        finally:
            inner, self._undone = self._undone, outer
            if trial.kept:
                if outer is not None:
                    outer += inner
            else:
                for key, old in reversed(inner):
                    self._undo(key, old)

    def _undo(self, key: int | Span, old: Entry | int | None) -> None:
        if isinstance(key, int):
            if isinstance(old, Entry):
                self.entries[key] = old
            else:
                del self.entries[key]
        elif isinstance(old, int):
            self._changes[key] = old
        else:
            self._changes.pop(key, None)

    def add(self, entry: Entry) -> int:
        """A new entry; returns its number."""
        k = self._next
        self._next += 1
        self.put(k, entry)
        return k

    def put(self, k: int, entry: Entry | None) -> None:
        """Entry k becomes `entry`, or goes."""
        if self._undone is not None:
            self._undone.append((k, self.entries.get(k)))
        if entry is None:
            del self.entries[k]
        else:
            self.entries[k] = entry

    def changed_at(self, span: Span) -> int | None:
        """The entry that changed what stands at a span."""
        return self._changes.get(span)

    def point(self, span: Span, k: int | None) -> None:
        """Entry k changed what stands at a span; or none did."""
        if self._undone is not None:
            self._undone.append((span, self._changes.get(span)))
        if k is None:
            self._changes.pop(span, None)
        else:
            self._changes[span] = k

    def withdraw(self, k: int) -> Entry:
        """Entry k was never made: another one stands for it. Returns what it was."""
        e = self.entries[k]
        if self._changes.get((e.start, e.end)) == k:
            self.point((e.start, e.end), None)
        self.put(k, None)
        return e
