"""The queue: suggestions, findings, edits and comments as entries, worst first, filtered, each matter once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from juanzong.model.edit import Edit
from juanzong.review.decisions import Decision
from juanzong.review.spots import Range, Spot, at_source, at_string
from juanzong.review.state import Review

AROUND = 14  # characters of the source shown on each side of a change
DOUBTFUL = 0.8  # an applied content edit less sure than this is queued too
UNSURE = 0.5  # the confidence of a suggestion that nothing was weighed for: it says nothing
_SEVERITY = {"error": 0, "warning": 3, "info": 6}
_CATEGORY = {"content": 1, "format": 4, "layout": 5}


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
    category: str  # layout, format, content, finding or comment
    kind: str  # of an edit: drop, join and so on; "" of a finding
    status: str  # of an edit, or the severity of a finding
    document: str
    left: str = ""
    before: str = ""
    after: str = ""
    right: str = ""
    message: str = ""
    sure: int = 0  # per cent, where it says something
    chosen: str = ""  # accepted, rejected, reading, waived, comment: decided since the run, or by it
    words: str = ""  # the reviewer's reading, reason or comment
    source: int = -1
    places: int = 1  # of a finding: in how many places it was told


def entry(review: Review, key: str) -> Entry | None:
    """The entry of an id; None where there is none."""
    if key in review.findings:
        return _finding(review, key)
    edit = review.edits.get(key) or review.passages.get(key)
    return _edit(review, edit) if edit else None


def entries(review: Review, wanted: Filter) -> list[Entry]:
    """All entries that the filter lets through, worst first."""
    found = (entry(review, k) for k in _keys(review, wanted.state))
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


def _keys(review: Review, state: str) -> Iterable[str]:
    """Ids in a state. A matter that another entry stands for is not shown beside it, unless that one is not shown."""
    shown = {k for k in (*review.findings, *review.edits, *review.passages) if _in_state(review, k, state)}
    return [k for k in shown if review.stand_ins.get(k) not in shown]


def _in_state(review: Review, key: str, state: str) -> bool:
    chosen = key in review.decided
    if state == "any":
        return True
    if key in review.findings:
        chosen = chosen or review.findings[key].status == "waived"
        return state == "decided" if chosen else state == "open"
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
    d = review.decided.get(e.id)
    comment = e.id.startswith("c-")
    text = review.text
    return Entry(
        e.id,
        (2 if comment else _CATEGORY[e.category], -e.confidence, a),
        e.rule,
        "comment" if comment else e.category,
        e.kind,
        e.status,
        place[0],
        left=text[max(0, a - AROUND) : a],
        before=text[a:b] if b - a <= 80 else text[a : a + 60] + "…",
        after=e.after,
        right=text[b : b + AROUND],
        sure=0 if e.confidence in (1.0, UNSURE) else round(100 * e.confidence),
        chosen=d.decision if d else "",
        words=_words(d),
        source=a,
    )


def _words(d: Decision | None) -> str:
    return ((d.reading if d.decision == "reading" else d.reason) or "") if d else ""


def _finding(review: Review, key: str) -> Entry:
    f = review.findings[key]
    d = review.decided.get(key)
    spot = spot_of(review, key)
    told = len(review.alike_findings[f.check, f.message])
    waived = "waived" if f.status == "waived" else ""
    return Entry(
        key,
        (_SEVERITY[f.severity], 0.0, spot.source[0][0] if spot and spot.source else -1),
        f.check,
        "finding",
        "",
        f.severity,
        spot.document if spot else "",
        message=f.message,
        chosen=d.decision if d else waived,
        words=_words(d) or str(f.evidence.get("reason") or ""),
        source=spot.source[0][0] if spot and spot.source else -1,
        places=max(told, len(f.where)),
    )


def spot_of(review: Review, key: str) -> Spot | None:
    """Where an entry stands, on both sides; None where it stands nowhere."""
    edit = review.edits.get(key) or review.passages.get(key)
    if edit:
        return at_source(review, [edit.source])
    f = review.findings.get(key)
    if f is None:
        return None
    row = review.evidence_rows.get(str(f.evidence.get("row")))
    if row and row.get("place"):
        return spot_of_place(review, row["place"])
    said = f.evidence.get("source")
    if isinstance(said, list) and said:
        ranges = [said] if isinstance(said[0], int) else said
        return at_source(review, [(a, b) for a, b in ranges])
    return at_string(review, f.where[0].document, f.where[0].pointer) if f.where else None


def spot_of_place(review: Review, place: dict[str, object]) -> Spot | None:
    """The spot of a place of evidence.jsonl: string and source as it tells them."""
    source: list[Range] = [(a, b) for a, b in place.get("source") or ()]  # type: ignore[attr-defined]
    words = place.get("range")
    if place.get("document") is None:
        return at_source(review, source)
    found = at_string(review, str(place["document"]), str(place["pointer"]), (words[0], words[1]) if words else None)  # type: ignore[index]
    return found or at_source(review, source)


def alike(review: Review, key: str, scope: str) -> list[Entry]:
    """All open entries of one kind. Of an edit: `same` the same change by the same rule, `rule` all of the rule; of a
    finding all of its check."""
    if key in review.findings:
        check = review.findings[key].check
        some = (k for k in _keys(review, "open") if k in review.findings and review.findings[k].check == check)
        return sorted((_finding(review, k) for k in some), key=lambda e: e.rank)
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
    """Counts for the header: `open`, `decided` and, of these, `waiting` for the next run."""
    counts = {state: len(list(_keys(review, state))) for state in ("open", "decided")}
    return {**counts, "waiting": len(waiting(review))}


def waiting(review: Review) -> list[str]:
    """Ids of what was decided and is not carried out yet: the next run changes the documents or the findings there."""
    return [k for k, d in review.decided.items() if not _carried_out(review, k, d)]


def _carried_out(review: Review, key: str, d: Decision) -> bool:
    if key in review.findings:
        waived = d.decision in ("waived", "rejected")
        return (review.findings[key].status == "waived") == waived or review.stand_ins.get(key) in review.decided
    if d.decision == "comment":
        return True
    status = review.edits[key].status if key in review.edits else ""
    return status in {"accepted": ("accepted", "applied"), "rejected": ("rejected",)}.get(
        d.decision, ("accepted", "rejected")
    )


def rules(review: Review) -> list[tuple[str, int]]:
    """Rules and checks with how often each speaks, by name."""
    counts = Counter([e.rule for e in review.edits.values()] + [f.check for f in review.findings.values()])
    return sorted(counts.items())
