"""What a reviewer decides, as the review server receives it."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from juanzong.core.errors import JuanzongError
from juanzong.review.app import App
from juanzong.review.entries import entry, tally
from juanzong.review.evidence_list import line_of
from juanzong.review.guard import HEADERS
from juanzong.review.state import Review, Wish
from juanzong.review.words import words
from juanzong.words import shown, speaking

VERDICTS = ("accepted", "rejected", "reading", "waived", "comment", None)
BODY_MAX = 2_000_000  # bytes of a request that are read
ROWS_MAX = 400  # rows drawn anew in one answer


async def decide(app: App, request: Request) -> Response:
    """Take in {"changes": [{"id", "decision", "reading" or "reason"}]}; a decision of null takes one back."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > BODY_MAX:
            return JSONResponse({"error": "too long"}, 413, HEADERS)
    try:
        changes = [
            (str(c["id"]), c["decision"], c.get("reading") if c["decision"] == "reading" else c.get("reason"))
            for c in json.loads(body)["changes"]
        ]
        if not all(d in VERDICTS and isinstance(said, str | None) for _, d, said in changes):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return JSONResponse({"error": "not a decision"}, 400, HEADERS)
    with speaking(app.lang(request)):
        return await run_in_threadpool(_write, app, request, changes)


def _write(app: App, request: Request, changes: Sequence[Wish]) -> Response:
    started = time.perf_counter()
    try:
        review = app.fresh()
        inverse = review.decide(changes)
    except (JuanzongError, OSError) as error:
        return JSONResponse({"error": shown(str(error))}, 409, HEADERS)
    touched = [e for e in (entry(review, key) for key in _with_alike(review, changes)) if e]
    answer = {
        "undo": [{"id": i, "decision": d, "reading" if d == "reading" else "reason": said} for i, d, said in inverse],
        "rows": _rows(app, request, review, [e.id for e in touched]),
        "marks": {e.id: e.chosen for e in touched},
        "passages": any(str(c[0])[:2] in ("s-", "p-", "c-") or c[1] == "comment" for c in changes),
        "counts": tally(review),
        "ms": round(1000 * (time.perf_counter() - started), 1),
    }
    return JSONResponse(answer, headers=HEADERS)


def _with_alike(review: Review, changes: Sequence[Wish]) -> list[str]:
    """The ids that were decided; of a finding also the same one told of other places."""
    out: list[str] = []
    for key, _, _ in changes:
        f = review.findings.get(key)
        out += review.alike_findings[f.check, f.message] if f else [key]
    return list(dict.fromkeys(out))


def _rows(app: App, request: Request, review: Review, keys: Sequence[str]) -> dict[str, str]:
    """The rows of the lists that show these entries, drawn anew."""
    values = {"t": words(app.lang(request)), "titles": review.titles}
    row, line = app.env.get_template("row.html"), app.env.get_template("evidence_row.html")
    found = (entry(review, key) for key in keys[:ROWS_MAX])
    out = {e.id: row.render(e=e, **values) for e in found if e}
    for r in review.output.evidence if any(k in review.findings for k in keys) else ():
        about = review.evidence.findings.get(r["id"])
        if about and f"f-{about['id']}" in keys:
            x = line_of(review, r)
            out[x.id] = line.render(x=x, **values)
    return out
