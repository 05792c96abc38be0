"""Where a place stands, on both sides of the review page."""

from __future__ import annotations

import regex as re
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from juanzong.review.app import App
from juanzong.review.guard import HEADERS
from juanzong.review.spots import Range, at_point, at_source, at_string


def locate(app: App, request: Request) -> Response:
    """The spot of `offset` (START-END of the source), of `point` (X-Y in points) on `page`, or of `document` and `pointer`
    with `range` (START-END of the string)."""
    review, q = app.fresh(), request.query_params
    offset, point = _span(q.get("offset")), _span(q.get("point"))
    if point:
        page = q.get("page", "")
        spot = at_point(review, int(page) if page.isdecimal() else 0, *point)
    elif offset:
        a, b = (min(x, len(review.text)) for x in offset)
        spot = at_source(review, [(a, max(a, b))])
    else:
        spot = at_string(review, q.get("document", ""), q.get("pointer", ""), _span(q.get("range")))
    if spot is None:
        return JSONResponse({"error": "gone"}, 404, HEADERS)
    return JSONResponse(spot.json(), headers=HEADERS)


def _span(text: str | None) -> Range | None:
    """START-END as numbers, START alone as the one character there; None for anything else."""
    found = re.fullmatch(r"([0-9]{1,9})(?:-([0-9]{1,9}))?", text or "")
    return (int(found[1]), int(found[2] or int(found[1]) + 1)) if found else None
