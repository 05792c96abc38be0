"""What a reviewer decides, as the review server receives it."""

from __future__ import annotations

import json
import time
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from juanzong.core.errors import JuanzongError
from juanzong.review.app import App
from juanzong.review.entries import entry, tally
from juanzong.review.guard import HEADERS
from juanzong.review.words import words

VERDICTS = ("accepted", "rejected", "reading", None)
BODY_MAX = 2_000_000  # bytes of a request that are read


async def decide(app: App, request: Request) -> Response:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > BODY_MAX:
            return JSONResponse({"error": "too long"}, 413, HEADERS)
    try:
        changes = [(str(c["id"]), c["decision"], c.get("reading")) for c in json.loads(body)["changes"]]
        if not all(d in VERDICTS and isinstance(r, str | None) for _, d, r in changes):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError):
        return JSONResponse({"error": "not a decision"}, 400, HEADERS)
    return await run_in_threadpool(_write, app, request, changes)


def _write(app: App, request: Request, changes: list[Any]) -> Response:
    started = time.perf_counter()
    review = app.fresh()
    try:
        inverse = review.decide(changes)
    except (JuanzongError, OSError) as error:
        return JSONResponse({"error": str(error)}, 409, HEADERS)
    touched = [e for e in (entry(review, key) for key, _, _ in changes) if e]
    row = app.env.get_template("row.html")
    values = {"t": words(app.lang(request)), "titles": review.titles}
    return JSONResponse(
        {
            "undo": [{"id": i, "decision": d, "reading": r} for i, d, r in inverse],
            "rows": {e.id: row.render(e=e, **values) for e in touched[:400]},
            "marks": {e.id: e.chosen for e in touched},
            "passages": any(str(c[0])[:2] in ("s-", "p-") for c in changes),
            "counts": tally(review),
            "ms": round(1000 * (time.perf_counter() - started), 1),
        },
        headers=HEADERS,
    )
