"""The card of an entry: what it is about in words, its places as links, what one can decide."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from juanzong.model.finding import Finding
from juanzong.output import evidence as ev
from juanzong.output.folder import Json
from juanzong.output.headings import Labels, trail_of
from juanzong.review.app import App
from juanzong.review.compare import Words, mark_words
from juanzong.review.entries import alike, entry, spot_of
from juanzong.review.evidence_list import PREFIX, line_of, places_of, spot_of_ground, spot_of_row
from juanzong.review.guard import HEADERS
from juanzong.review.spots import Spot
from juanzong.review.state import Review
from juanzong.review.words import words

LINKS_MAX = 40  # places of a finding that are linked one by one


@dataclass(frozen=True, slots=True)
class Link:
    """A place that the card leads to."""

    href: str
    title: str  # of the document
    trail: str  # where in it


def card(app: App, request: Request) -> Response:
    review, key = app.fresh(), request.path_params["id"]
    labels = words(app.lang(request))
    if key.startswith(PREFIX):
        return _evidence_card(app, request, review, key)
    found = entry(review, key)
    if found is None:
        return PlainTextResponse("gone", 404, HEADERS)
    spot = spot_of(review, key)
    finding = review.findings.get(key)
    edit = review.edits.get(key) or review.passages.get(key)
    row = review.evidence_rows.get(str(finding.evidence.get("row"))) if finding else None
    right = (spot_of_ground(review, row) if row and row["kind"] == "quotation" else None) or spot
    return app.html(
        request,
        "card.html",
        e=found,
        edit=edit,
        finding=finding,
        place=place_json(spot, right, row),
        where=_where(review, spot, labels),
        links=_links(review, finding, labels) if finding else [],
        evidence=[_evidence_link(review, v, labels) for v in edit.evidence] if edit else [],
        prints=_prints(finding) if finding else [],
        row=f"{PREFIX}{row['id']}" if row else "",
        sides=_sides(review, row) if row else None,
        many=len(alike(review, key, "rule")),
        kin=[
            entry(review, k)
            for k, first in review.stand_ins.items()
            if first == key and not _alike_finding(review, k, key)
        ],
        titles=review.titles,
    )


def _alike_finding(review: Review, a: str, b: str) -> bool:
    one, other = review.findings.get(a), review.findings.get(b)
    return bool(one and other and (one.check, one.message) == (other.check, other.message))


def place_json(left: Spot | None, right: Spot | None, row: Json | None = None) -> str:
    """What the page's script shows on either side; of a quotation all that the document has of it."""
    parts = [p for part in row["parts"] for p in part["at"]] if row and row["kind"] == "quotation" else []
    also = [{"pointer": p["pointer"], "range": p["range"]} for p in parts if right and p["document"] == right.document]
    shown = {"source": left.json() if left else None, "document": right.json() if right else None, "also": also}
    return json.dumps(shown)


def address(document: str, pointer: str, span: Any = None) -> str:
    """The part after # that leads to a place of a document."""
    parts = {"doc": document, "p": pointer, **({"r": f"{span[0]}-{span[1]}"} if span else {})}
    return "#" + urlencode(parts)


def link_of(review: Review, place: Json, labels: Labels) -> Link:
    """The link of a place of evidence.jsonl or of a finding."""
    document = place.get("document")
    if document not in review.output.documents:
        source = place.get("source") or []
        href = f"#at={source[0][0]}-{source[0][1]}" if source else "#"
        return Link(href, labels["other_print"], "")
    trail = " › ".join(trail_of(review.output.documents[document], place["pointer"], labels))
    return Link(address(document, place["pointer"], place.get("range")), _title(review, document, labels), trail)


def _title(review: Review, document: str, labels: Labels) -> str:
    return str(review.titles[document]["title"] or labels["no_title"]) if document in review.titles else ""


def _where(review: Review, spot: Spot | None, labels: Labels) -> list[str]:
    """Line of the source, page, document and headings."""
    if spot is None:
        return []
    out = [f"{labels['source']} {labels['line_n'].format(review.line_of(spot.source[0][0]))}"] if spot.source else []
    out += [labels["page_n"].format(p["page"]) for p in spot.pages[:1]]
    trail = trail_of(review.output.documents[spot.document], spot.pointer, labels)
    return [*out, " › ".join((_title(review, spot.document, labels), *trail))]


def _links(review: Review, f: Finding, labels: Labels) -> list[Link]:
    """The places of a finding and of the same one told elsewhere."""
    out: list[Link] = []
    for key in review.alike_findings[f.check, f.message]:
        one = review.findings[key]
        row = review.evidence_rows.get(str(one.evidence.get("row")))
        places = [w.model_dump() for w in one.where] or (places_of(row) if row else [])
        out += [link_of(review, p, labels) for p in places]
    return list({x.href: x for x in out}.values())[:LINKS_MAX]


def _evidence_link(review: Review, v: Any, labels: Labels) -> tuple[str, str, str]:
    """(href or "", what stands there, why it speaks for the change)."""
    if v.source:
        return f"#at={v.source[0]}-{v.source[1]}", v.text or labels["to_place"], v.note or ""
    if v.document in review.output.documents:
        found = link_of(review, {"document": v.document, "pointer": v.pointer or ""}, labels)
        return found.href, v.text or " › ".join(filter(None, (found.title, found.trail))), v.note or ""
    return "", v.text or "", v.note or ""


def _prints(f: Finding) -> list[tuple[str, Words]]:
    """Two readings that a finding sets side by side, with what differs; (link to the second, marked words)."""
    first, second = f.evidence.get("first"), f.evidence.get("second")
    if not (isinstance(first, str) and isinstance(second, str)):
        return []
    at = f.evidence.get("second_source") or [[0, 0]]
    return [(f"#at={at[0][0]}-{at[0][1]}", mark_words(" ".join(first.split()), " ".join(second.split())))]


def _sides(review: Review, row: Json) -> dict[str, Any]:
    """A quotation beside what is printed; a citation's deviations; a fact's values: all with their places."""
    sides: dict[str, Any] = {"kind": row["kind"], "row": row}
    if row["kind"] == "quotation":
        sides["quoted"] = ev.quoted(row)
        sides["printed"] = ev.printed(review.evidence, row)
    return sides


def _evidence_card(app: App, request: Request, review: Review, key: str) -> Response:
    row = review.evidence_rows.get(key.removeprefix(PREFIX))
    if row is None:
        return PlainTextResponse("gone", 404, HEADERS)
    labels = words(app.lang(request))
    left, right = spot_of_row(review, row), spot_of_ground(review, row)
    line = line_of(review, row)
    finding = review.findings.get(line.finding)
    printed = ev.printed(review.evidence, row) if row["kind"] == "quotation" else []
    return app.html(
        request,
        "evidence_card.html",
        x=line,
        row=row,
        finding=finding,
        place=place_json(left, right or left, row),
        links=[link_of(review, p, labels) for p in places_of(row)],
        sides=_sides(review, row),
        printed=[(link_of(review, p.place, labels), p.pieces) for p in printed],
        elsewhere=[
            (link_of(review, e["at"][0], labels), ev.verdict(e["relation"]))
            for e in row.get("elsewhere", [])
            if e["at"]
        ],
        ground=link_of(review, _ground(row), labels) if right and _ground(row) else None,
        many=len(alike(review, line.finding, "rule")),
    )


def _ground(row: Json) -> Json:
    """The place that a citation or a reference leads to."""
    if row["kind"] == "citation":
        return next(
            (p for p in row["evidence"] if p.get("document")), {"document": row["document"], "pointer": "/title"}
        )
    return row["target"] or {} if row["kind"] == "reference" else {}
