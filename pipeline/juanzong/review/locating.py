"""Where a place of the evidence stands, on both sides of the review page."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from juanzong.output.folder import resolve
from juanzong.review.app import App
from juanzong.review.guard import HEADERS
from juanzong.review.state import Review


def locate(app: App, request: Request) -> Response:
    """Where a place of the evidence stands: by source offset, or document and pointer."""
    review, q = app.fresh(), request.query_params
    place, offset = None, -1
    if q.get("offset", "").isdecimal():
        offset = int(q["offset"])
        place = review.place_of(offset)
    elif q.get("document") in review.output.documents:
        place = review.text_at((q["document"], q.get("pointer", ""))) or (q["document"], "/title")
        ranges = review.ranges_of(place)
        offset = (
            _offset_in(review, place, int(q["at"])) if q.get("at", "").isdecimal() else ranges[0][0] if ranges else -1
        )
    if place is None:
        return JSONResponse({"error": "gone"}, 404, HEADERS)
    found = {
        "source": review.source_chunk(offset) if offset >= 0 else None,
        "offset": offset,
        "document": place[0],
        "chunk": review.chunk_of(place),
        "pointer": place[1],
    }
    return JSONResponse(found, headers=HEADERS)


def _offset_in(review: Review, place: tuple[str, str], at: int) -> int:
    """The source offset of a character of a string."""
    value = str(resolve(review.output.documents[place[0]], place[1]))
    for p in review.pieces(*place, value):
        if at <= len(p.text) and p.start >= 0:
            return min(p.start + at, p.end)
        at -= len(p.text)
    return -1
