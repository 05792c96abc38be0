"""What the review server shows: the page, and the fragments that its script asks for. Each takes the app and a request."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from juanzong.review.app import App
from juanzong.review.entries import Filter, alike, entries, entry, rules, tally
from juanzong.review.guard import HEADERS
from juanzong.review.page_image import page_image
from juanzong.review.state import Review

PAGE = 60  # entries of the queue sent at a time


def page(app: App, request: Request) -> Response:
    review = app.fresh()
    found = entries(review, Filter())
    first = found[0].document if found else next(iter(review.output.documents), "")
    return app.html(
        request,
        "page.html",
        review=review,
        entries=found[:PAGE],
        more=len(found) > PAGE,
        rules=rules(review),
        counts=tally(review),
        document=first,
        chunks=_shells(review, first),
        sources=[(n, b - a) for n, (a, b) in enumerate(review.chunks)],
        titles=review.titles,
        stamp=app.stamp[0],
        decisions=review.decisions_path.name,
    )


def _shells(review: Review, key: str) -> list[tuple[int, int]]:
    """(number, size in characters) of a document's chunks."""
    return [(n, sum(i.size for i in chunk)) for n, chunk in enumerate(review.document(key))] if key else []


def queue(app: App, request: Request) -> Response:
    review, q = app.fresh(), request.query_params
    found = entries(
        review, Filter(q.get("state", "open"), q.get("rule", ""), q.get("document", ""), q.get("category", ""))
    )
    start = int(q["from"]) if q.get("from", "").isdecimal() else 0
    return app.html(
        request,
        "queue.html",
        entries=found[start : start + PAGE],
        more=len(found) > start + PAGE,
        titles=review.titles,
    )


def card(app: App, request: Request) -> Response:
    review = app.fresh()
    found = entry(review, request.path_params["id"])
    if found is None:
        return PlainTextResponse("gone", 404, HEADERS)
    same = len(alike(review, found.id, "same")), len(alike(review, found.id, "rule"))
    edit = review.edits.get(found.id) or review.passages.get(found.id)
    return app.html(
        request,
        "card.html",
        e=found,
        edit=edit,
        finding=review.findings.get(found.id),
        same=same,
        page=review.page_of((found.document, found.pointer)),
        line=review.line_of(found.source) if found.source >= 0 else 0,
        titles=review.titles,
    )


def image(app: App, request: Request) -> Response:
    """The strip of the page that an entry's string stands on."""
    review = app.fresh()
    found = entry(review, request.path_params["id"])
    place = review.page_of((found.document, found.pointer)) if found else None
    if place is None:
        return PlainTextResponse("gone", 404, HEADERS)
    return Response(page_image(review.source_path, place["page"], place["bbox"]), 200, HEADERS, "image/png")


def source_chunk(app: App, request: Request) -> Response:
    review, n = app.fresh(), request.path_params["n"]
    if not 0 <= n < len(review.chunks):
        return PlainTextResponse("gone", 404, HEADERS)
    a, b = review.chunks[n]
    return HTMLResponse(
        app.drawer(request, review).source(
            review.text[a:b], a, review.source_pieces(n), review.line_of(a), review.pages
        ),
        headers=HEADERS,
    )


def document(app: App, request: Request) -> Response:
    review, key = app.fresh(), request.path_params["id"]
    if key not in review.output.documents:
        return PlainTextResponse("gone", 404, HEADERS)
    return app.html(request, "document.html", document=key, chunks=_shells(review, key), outline=outline(review, key))


def outline(review: Review, key: str) -> list[tuple[int, str, int, str]]:
    """(level, heading, chunk, pointer) of a document's sections and boxes."""
    out: list[tuple[int, str, int, str]] = []
    for n, chunk in enumerate(review.document(key)):
        for i in chunk:
            if i.what in ("heading", "box") and (i.value.get("title") or not i.boxed):
                level = min(int(i.value.get("level", 3)), 4)
                out.append((level, " ".join(filter(None, (i.value.get("number"), i.value.get("title")))), n, i.pointer))
    return out


def document_chunk(app: App, request: Request) -> Response:
    review, key, n = app.fresh(), request.path_params["id"], request.path_params["n"]
    if key not in review.output.documents or not 0 <= n < len(review.document(key)):
        return PlainTextResponse("gone", 404, HEADERS)
    drawer = app.drawer(request, review)
    return HTMLResponse(
        "".join(
            drawer.item(i, lambda pointer, value: review.pieces(key, pointer, value), review.notes(key))
            for i in review.document(key)[n]
        ),
        headers=HEADERS,
    )


def batch(app: App, request: Request) -> Response:
    review, scope = app.fresh(), request.query_params.get("scope", "same")
    found = alike(review, request.path_params["id"], scope)
    return app.html(
        request, "batch.html", entries=found, scope=scope, id=request.path_params["id"], titles=review.titles
    )
