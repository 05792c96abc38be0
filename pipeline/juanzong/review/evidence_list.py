"""The evidence of the bundle as the review lists it: a line for each quotation, citation, reference and fact."""

from __future__ import annotations

from dataclasses import dataclass

from juanzong.output import evidence as ev
from juanzong.output.folder import Json
from juanzong.review.entries import spot_of_place
from juanzong.review.evidence_page import tone_of
from juanzong.review.spots import Spot, at_string
from juanzong.review.state import Review

PREFIX = "v-"  # of a row's id in the page: rows, findings and comments share letters


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the evidence, with the finding that is about it ("" where there is none)."""

    id: str
    kind: str
    tone: str  # good, middling, bad
    verdict: str
    text: str
    where: str  # the title of the document that it stands in
    finding: str = ""
    severity: str = ""
    chosen: str = ""
    words: str = ""


def lines(review: Review, kind: str, show: str) -> list[Line]:
    """The rows of a kind ("" all). `show`: open, those with a finding that nobody settled; told, those with a finding;
    any."""
    found = [line_of(review, r) for r in review.output.evidence if kind in ("", r["kind"])]
    if show == "open":
        return [x for x in found if x.finding and not x.chosen]
    return [x for x in found if x.finding] if show == "told" else found


def line_of(review: Review, row: Json) -> Line:
    finding = review.evidence.findings.get(row["id"])
    key = f"f-{finding['id']}" if finding else ""
    decision = review.decided.get(key)
    waived = "waived" if finding and finding.get("status") == "waived" else ""
    verdicts = ev.verdicts_of(row)
    place = places_of(row)[0] if places_of(row) else {}
    return Line(
        PREFIX + row["id"],
        row["kind"],
        max((tone_of(v) for v in verdicts), key=("good", "middling", "bad").index, default="good"),
        ev.told(row),
        _text(row),
        ev.title_of(review.evidence, place["document"]) if place.get("document") else "",
        key,
        finding["severity"] if finding else "",
        decision.decision if decision else waived,
        (decision.reason or "") if decision else "",
    )


def places_of(row: Json) -> list[Json]:
    """The places of a row: its own, or one for each statement of a fact."""
    return [s["place"] for s in row["statements"]] if row["kind"] == "fact" else [row["place"]]


def _text(row: Json) -> str:
    if row["kind"] == "citation":
        return f"《{row['title'].strip('《》')}》" + (f"（{row['number']}）" if row["number"] else "")
    if row["kind"] == "fact":
        values = "、".join(dict.fromkeys(f"{s['value']}{s['unit'] or ''}" for s in row["statements"]))
        return f"{row['region']} {row['year']} {row['indicator']}：{values}"
    return str(row["text"])


def spot_of_row(review: Review, row: Json) -> Spot | None:
    """Where the row stands."""
    places = places_of(row)
    return spot_of_place(review, places[0]) if places else None


def spot_of_ground(review: Review, row: Json) -> Spot | None:
    """Where that stands which bears the row out, or contradicts it: the cited passage, the thing referred to, the other
    statement."""
    if row["kind"] == "quotation":
        at = [p for part in row["parts"] for p in part["at"]] + [p for e in row["elsewhere"] for p in e["at"]]
        cited = row["cited"]["document"]
    elif row["kind"] == "citation":
        at, cited = row["evidence"], row["document"]
    elif row["kind"] == "fact":
        at, cited = places_of(row)[1:], None
    else:
        at, cited = [row["target"]] if row["target"] else [], None
    named = [p for p in at if p.get("document")]
    if named:
        return spot_of_place(review, named[0])
    return at_string(review, cited, "/title") if cited else None
