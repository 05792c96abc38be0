"""What the review server shows: the page, and the fragments that its script asks for. Each takes the app and a request."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from juanzong.review.app import App
from juanzong.review.cards import link_of
from juanzong.review.entries import Filter, alike, entries, rules, tally
from juanzong.review.evidence_list import lines
from juanzong.review.guard import HEADERS
from juanzong.review.page_image import has_pages, page_image
from juanzong.review.search import search
from juanzong.review.state import Review
from juanzong.review.words import words

PAGE = 60  # entries of the queue sent at a time


def page(app: App, request: Request) -> Response:
    review = app.fresh()
    found = entries(review, Filter())
    first = next((e.document for e in found[:1] if e.document), next(iter(review.output.documents), ""))
    return app.html(
        request,
        "page.html",
        review=review,
        entries=found[:PAGE],
        more=len(found) > PAGE,
        rules=rules(review),
        counts=tally(review),
        document=first,
        sources=[(n, a, b - a) for n, (a, b) in enumerate(review.chunks)],
        sheets=_sheets(review),
        titles=review.titles,
        stamp=app.stamp[0],
        decisions=review.decisions_path.name,
    )


def _sheets(review: Review) -> list[tuple[int, float, float]]:
    """(page, width, height in points) of the pages of the source that can be drawn."""
    source = review.output.bundle["sources"][0]
    if not has_pages(str(source["media_type"])):
        return []
    return [(p["page"], p["width"], p["height"]) for p in source.get("pages", [])]


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


def evidence(app: App, request: Request) -> Response:
    """The evidence as a list: all of a kind, or what nobody settled."""
    review, q = app.fresh(), request.query_params
    found = lines(review, q.get("kind", ""), q.get("show", "open"))
    return app.html(request, "evidence.html", lines=found)


def found(app: App, request: Request) -> Response:
    """What a search found in documents and source."""
    review, wanted = app.fresh(), request.query_params.get("q", "")
    labels = words(app.lang(request))
    hits, count = search(review, wanted)
    rows = []
    for h in hits:
        place = {"document": h.document, "pointer": h.pointer, "range": [h.start, h.end], "source": [[h.start, h.end]]}
        link = link_of(review, place, labels)
        title = link.title if h.document else labels["in_source"].format(review.line_of(h.start))
        rows.append((h, f"#{urlencode({'q': wanted})}&{link.href[1:]}", title, link.trail))
    return app.html(request, "hits.html", rows=rows, count=count, wanted=wanted)


def drawn_page(app: App, request: Request) -> Response:
    """A page of the source as PNG, at tenths of a pixel a point."""
    review = app.fresh()
    n, tenths = request.path_params["n"], request.path_params["tenths"]
    media = str(review.output.bundle["sources"][0]["media_type"])
    if not has_pages(media):
        return PlainTextResponse("gone", 404, HEADERS)
    try:
        png = page_image(review.source_path, media, n, tenths / 10)
    except LookupError:
        return PlainTextResponse("gone", 404, HEADERS)
    return Response(png, 200, {**HEADERS, "Cache-Control": "private, max-age=3600"}, "image/png")


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
    review, key = app.fresh(), request.path_params["id"]
    scope = request.query_params.get("scope") or ("same" if len(alike(review, key, "same")) > 1 else "rule")
    found = alike(review, key, scope)
    return app.html(
        request,
        "batch.html",
        entries=found,
        lines=[review.line_of(e.source) if e.source >= 0 else 0 for e in found],
        scope=scope,
        titles=review.titles,
    )
