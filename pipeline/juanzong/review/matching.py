"""Which of a run's changes each decision speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from juanzong.core.terms import Category, Kind
from juanzong.review.decisions import Decision, Verdict
from juanzong.review.passage import Passage, Range, Squeezed, find, passage_at

LONG_ENOUGH = 8  # a passage of this length may be thrown away, or kept, although a character in it changed


@dataclass(frozen=True, slots=True)
class Change:
    """What a ledger entry and an emitted edit have in common: source[start:end] becomes `after`."""

    start: int
    end: int
    before: str
    after: str
    rule: str
    kind: Kind
    category: Category


@dataclass(frozen=True, slots=True)
class Match:
    """Where a decision's passage stands now (source offsets), and the changes it speaks of (indexes)."""

    place: Range
    changes: tuple[int, ...]


def decide(squeezed: Squeezed, change: Change, verdict: Verdict, reading: str | None = None) -> Decision:
    """The decision on a change, tied to its passage; an own reading speaks of the passage, not of the change."""
    p = passage_at(squeezed, change.start, change.end)
    if verdict == "reading":
        return _on_passage(p, reading or "")
    return Decision(
        on="edit",
        decision=verdict,
        before=p.before,
        after=change.after,
        rule=change.rule,
        kind=change.kind,
        category=change.category,
        left=p.left,
        right=p.right,
        nth=p.nth,
        of=p.of,
    )


def read_as(squeezed: Squeezed, start: int, end: int, reading: str) -> Decision:
    """The decision that source[start:end] reads `reading`."""
    return _on_passage(passage_at(squeezed, start, end), reading)


def _on_passage(p: Passage, reading: str) -> Decision:
    return Decision(
        on="passage",
        decision="reading",
        before=p.before,
        reading=reading,
        left=p.left,
        right=p.right,
        nth=p.nth,
        of=p.of,
    )


@dataclass(frozen=True, slots=True)
class Placed:
    """Changes, and which of them (indexes) stand at each range of places."""

    changes: Sequence[Change]
    at: Mapping[Range, list[int]]


def place(squeezed: Squeezed, changes: Iterable[Change]) -> Placed:
    """The changes by where they stand: made once, for any number of matches."""
    known = list(changes)
    at: defaultdict[Range, list[int]] = defaultdict(list)
    for k, c in enumerate(known):
        at[squeezed.places(c.start, c.end)].append(k)
    return Placed(known, dict(at))


def match(squeezed: Squeezed, decisions: Sequence[Decision], placed: Placed) -> list[Match | None]:
    """For each decision its place and changes, None where the passage is gone, doubtful or no longer reads the same.

    Decisions on findings have no passage and get None; see `finding_key`.
    """
    known = placed.changes
    out: list[Match | None] = []
    for d in decisions:
        here = find(squeezed, Passage(d.left, d.before, d.right, d.nth, d.of)) if d.on != "finding" else None
        if here is None or not _still_reads(d, squeezed.text[here[0] : here[1]]):
            out.append(None)
            continue
        hits = [k for k in placed.at.get(here, ()) if _speaks_of(d, known[k])]
        named = [k for k in hits if known[k].rule == d.rule]
        start, end = squeezed.offsets(*here)
        if hits and not d.before:  # between two characters: the change knows the blanks it takes
            start, end = known[hits[0]].start, known[hits[0]].end
        out.append(Match((start, end), tuple(named or hits)))
    return out


def _still_reads(d: Decision, now: str) -> bool:
    """Whether it is the passage that was decided. Only what is kept or thrown away whole may have changed a little."""
    if now == d.before:
        return True
    whole = d.decision == "rejected" or d.kind in ("join", "drop", "merge")
    return whole and len(d.before) >= LONG_ENOUGH and SequenceMatcher(None, d.before, now, autojunk=False).ratio() > 0.8


def _speaks_of(d: Decision, c: Change) -> bool:
    if d.on == "comment":
        return False
    if d.on == "passage":
        return c.kind != "join"
    return c.after == d.after and (c.kind == "join") == (d.kind == "join")


def comment_on(squeezed: Squeezed, start: int, end: int, words: str) -> Decision:
    """What a reviewer says beside source[start:end]."""
    p = passage_at(squeezed, start, end)
    place = {"before": p.before, "left": p.left, "right": p.right}
    return Decision(on="comment", decision="comment", reason=words, nth=p.nth, of=p.of, **place)


def finding_decision(check: str, message: str, verdict: Verdict, reason: str | None = None) -> Decision:
    """The decision on a finding: accepted (it is so), waived (it may stand, for a reason) or rejected (no fault)."""
    return Decision(on="finding", decision=verdict, check=check, message=message, reason=reason)


def finding_key(d: Decision) -> tuple[str, str]:
    return d.check or "", d.message or ""
