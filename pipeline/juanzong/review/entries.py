"""The queue: suggestions, findings and edits as entries, worst first, filtered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from juanzong.model.edit import Edit
from juanzong.review.state import Review

AROUND = 14  # characters of the source shown on each side of a change
DOUBTFUL = 0.8  # an applied content edit less sure than this is queued too
_SEVERITY = {"error": 0, "warning": 3, "info": 6}


@dataclass(frozen=True, slots=True)
class Filter:
    """What the queue shows; "" is everything. `state`: open, decided, made (applied edits), any."""

    state: str = "open"
    rule: str = ""
    document: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the queue."""

    id: str
    rank: tuple[float, ...]
    rule: str  # of an edit; the check of a finding
    category: str  # layout, format, content or finding
    status: str  # of an edit, or the severity of a finding
    document: str
    left: str = ""
    before: str = ""
    after: str = ""
    right: str = ""
    message: str = ""
    confidence: float = 1.0
    chosen: str = ""  # accepted, rejected, reading: decided since the run
    reading: str = ""
    source: int = -1  # offset to go to
    end: int = -1
    source_chunk: int = 0
    chunk: int = 0  # of the document
    pointer: str = ""


def entry(review: Review, key: str) -> Entry | None:
    """The entry of an id; None where there is none."""
    if key in review.findings:
        return _finding(review, key)
    edit = review.edits.get(key) or review.passages.get(key)
    return _edit(review, edit) if edit else None


def entries(review: Review, wanted: Filter) -> list[Entry]:
    """All entries that the filter lets through, worst first."""
    keys = [*review.findings, *review.edits, *review.passages]
    found = (entry(review, k) for k in keys if _in_state(review, k, wanted.state))
    return sorted(
        (
            e
            for e in found
            if e
            and wanted.rule in ("", e.rule)
            and wanted.document in ("", e.document)
            and wanted.category in ("", e.category)
        ),
        key=lambda e: e.rank,
    )


def _in_state(review: Review, key: str, state: str) -> bool:
    chosen = key in review.decided
    if state == "any":
        return True
    if key in review.findings:
        return state == ("decided" if chosen else "open")
    edit = review.edits.get(key) or review.passages[key]
    if state == "decided":
        return chosen or edit.status in ("accepted", "rejected")
    if state == "made":
        return edit.status == "applied"
    doubtful = edit.status == "applied" and edit.category == "content" and edit.confidence < DOUBTFUL
    return not chosen and (edit.status == "suggested" or doubtful)


def _edit(review: Review, e: Edit) -> Entry:
    a, b = e.source
    place = review.place_of(a) or ("", "")
    kind = {"content": 1, "format": 4, "layout": 5}[e.category]
    d = review.decided.get(e.id)
    text = review.text
    return Entry(
        e.id,
        (kind, -e.confidence, a),
        e.rule,
        e.category,
        e.status,
        place[0],
        left=text[max(0, a - AROUND) : a],
        before=text[a:b] if b - a <= 80 else text[a : a + 60] + "…",
        after=e.after,
        right=text[b : b + AROUND],
        confidence=e.confidence,
        chosen=d.decision if d else "",
        reading=(d.reading or "") if d else "",
        source=a,
        end=b,
        source_chunk=review.source_chunk(a),
        chunk=review.chunk_of(place) if place[0] else 0,
        pointer=place[1],
    )


def _finding(review: Review, key: str) -> Entry:
    f = review.findings[key]
    place = (f.where[0].document, f.where[0].pointer) if f.where else ("", "")
    string = review.text_at(place) if place[0] else None
    ranges = review.ranges_of(string) if string else []
    said = f.evidence.get("source")
    a, b = ranges[0] if ranges else (-1, -1)
    if isinstance(said, list) and len(said) == 2 and all(isinstance(x, int) for x in said):
        a, b = said
    d = review.decided.get(key)
    at = review.place_of(a) if not place[0] and a >= 0 else None
    place = at or (string or place)
    return Entry(
        key,
        (_SEVERITY[f.severity], 0.0, a),
        f.check,
        "finding",
        f.severity,
        place[0],
        message=f.message,
        chosen=d.decision if d else "",
        source=a,
        end=b,
        source_chunk=review.source_chunk(a) if a >= 0 else 0,
        chunk=review.chunk_of(place) if place[0] in review.output.documents else 0,
        pointer=place[1],
    )


def alike(review: Review, key: str, scope: str) -> list[Entry]:
    """All open suggestions of one kind: `same` the same change by the same rule, `rule` all of the rule."""
    edit = review.edits.get(key)
    if edit is None:
        return []
    same = [
        e
        for e in review.edits.values()
        if e.rule == edit.rule
        and e.status == edit.status
        and e.id not in review.decided
        and (scope == "rule" or (e.before, e.after) == (edit.before, edit.after))
    ]
    return [_edit(review, e) for e in same]


def tally(review: Review) -> dict[str, int]:
    """Counts for the header: `open` and `decided`."""
    keys = [*review.findings, *review.edits, *review.passages]
    return {state: sum(_in_state(review, k, state) for k in keys) for state in ("open", "decided")}


def rules(review: Review) -> list[tuple[str, int]]:
    """Rules and checks with how often each speaks, by name."""
    counts = Counter([e.rule for e in review.edits.values()] + [f.check for f in review.findings.values()])
    return sorted(counts.items())
