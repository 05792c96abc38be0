"""Which entries of the queue speak of one matter: the queue shows it once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from juanzong.model.edit import Edit
    from juanzong.model.finding import Finding
    from juanzong.review.state import Review

# A check that tells of what a rule proposes to mend.
_MENDED_BY = {
    "second-print": ("second-print",),
    "heading-differs-from-contents": ("heading-as-in-contents",),
    "quotation-differs": ("misread-in-passage", "second-print"),
}


def stand_ins(review: Review) -> dict[str, str]:
    """Id -> the id of the entry that stands for it: the same finding told of another place, a finding of what a suggestion
    would mend, a suggestion of what another one suggests too."""
    out: dict[str, str] = {}
    for same in review.alike_findings.values():
        first = next((k for k in same if review.findings[k].where), same[0])
        out.update({k: first for k in same if k != first})
    suggested = [e for e in review.edits.values() if e.status == "suggested"]
    seen: dict[tuple[tuple[int, int], str], str] = {}
    for e in suggested:
        first = seen.setdefault((e.source, e.after), e.id)
        if first != e.id:
            out[e.id] = first
    titles = {
        (w.document, w.pointer): k
        for k, f in review.findings.items()
        if f.check == "citation-differs"
        for w in f.where[:1]
    }
    for k, f in review.findings.items():
        if k in out:
            continue
        if f.check == "contents-title-differs" and f.where:
            other = titles.get((f.where[0].document, f.where[0].pointer + "/title"))
            if other:
                out[k] = out.get(other, other)
        elif mended := next(_menders(review, f, suggested), None):
            out[k] = out.get(mended.id, mended.id)
    return out


def _menders(review: Review, f: Finding, suggested: list[Edit]) -> Iterator[Edit]:
    rules = _MENDED_BY.get(f.check, ())
    ranges = _ranges(review, f) if rules else []
    for e in suggested:
        if e.rule in rules and any(a <= e.source[0] and e.source[1] <= b for a, b in ranges):
            yield e


def _ranges(review: Review, f: Finding) -> list[tuple[int, int]]:
    """The source ranges in which a change would mend all that the finding tells of."""
    row = review.evidence_rows.get(str(f.evidence.get("row")))
    if f.check == "quotation-differs":
        differences = row["differences"] if row else []
        return [(d["source"][0], d["source"][1]) for d in differences if d["source"]] if len(differences) == 1 else []
    if f.check == "second-print":
        return [(a, b) for a, b in f.evidence.get("source", ())]
    places = [(w.document, w.pointer + "/title") for w in f.where[:1]]
    return [r for place in places for r in review.ranges_of(place)]
