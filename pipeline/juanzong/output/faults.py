"""Where an output breaks the law, and how much of it was looked at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

Wrong = tuple[str, str, str]
"""A file of the folder, a place in it, what is wrong there."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Where the output breaks the law: a file of the folder, a place in it, what is wrong there."""

    check: str
    file: str
    place: str
    message: str


@dataclass
class Audit:
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, check: str, file: str, place: str, message: str) -> None:
        self.counts[check] += 1
        self.faults.append(Fault(check, file, place, message))
