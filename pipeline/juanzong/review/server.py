"""The review app: pages and fragments for one output folder, for this machine alone."""

from __future__ import annotations

import hmac
import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from juanzong.core.errors import JuanzongError
from juanzong.review.draw import Drawer
from juanzong.review.entries import Filter, alike, entries, entry, rules, tally
from juanzong.review.page_image import page_image
from juanzong.review.report import environment
from juanzong.review.state import Review
from juanzong.review.words import LANGUAGES, language_of, words

PAGE = 60  # entries of the queue sent at a time
VERDICTS = ("accepted", "rejected", "reading", None)
BODY_MAX = 2_000_000  # bytes of a request that are read
STATIC = Path(__file__).parent / "static"
FILES = {"review.css": "text/css", "review.js": "text/javascript", "icon.svg": "image/svg+xml"}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Guard:
    """Lets in only requests to this address, with the token, and writes only from this site's own pages."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self.app, self.token = app, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        refusal = self.refuses(request)
        if refusal:
            await PlainTextResponse(refusal, 403, HEADERS)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def refuses(self, request: Request) -> str:
        """Why the request is not let in, or an empty string."""
        host = request.headers.get("host", "")
        if urlsplit(f"//{host}").hostname not in ("127.0.0.1", "localhost", "::1"):
            return "this address is not served"  # a foreign name that was made to point here
        token = request.url.path.split("/")[1]
        if not hmac.compare_digest(token.encode(), self.token.encode()):
            return "the address lacks its token; use the one that `juanzong review` printed"
        if request.method not in ("GET", "HEAD"):
            if request.headers.get("origin") != f"http://{host}":
                return "written from another site"
            if request.headers.get("content-type", "").split(";")[0] != "application/json":
                return "not JSON"
        return ""


class App:
    """The handlers. All drawing happens in worker threads; the review is loaded anew when the folder changes."""

    def __init__(self, folder: Path, source: Path | None, token: str, language: str | None) -> None:
        self.folder, self.source, self.token, self.language = folder, source, token, language
        self.env = environment()
        self.review = Review(folder, source)
        self.stamp = self.review.stamp()

    def routes(self) -> list[Route]:
        base = f"/{self.token}"
        reads = {
            "": self.page,
            "queue": self.queue,
            "item/{id}": self.item,
            "source/{n:int}": self.source_chunk,
            "document/{id}": self.document,
            "document/{id}/{n:int}": self.document_chunk,
            "batch/{id}": self.batch,
            "image/{id}": self.image,
            "locate": self.locate,
            "static/{name}": self.static,
        }
        return [Route(f"{base}/{path}", handler) for path, handler in reads.items()] + [
            Route(f"{base}/decide", self.decide, methods=["POST"])
        ]

    def fresh(self) -> Review:
        """The review, with what changed on disk since the last request."""
        if self.review.stamp() != self.stamp:
            self.review = Review(self.folder, self.source)
            self.stamp = self.review.stamp()
        self.review.refresh()
        return self.review

    def lang(self, request: Request) -> str:
        asked = request.query_params.get("lang") or request.cookies.get("lang")
        if asked in LANGUAGES:
            return asked
        return self.language or language_of(None, request.headers.get("accept-language"))

    def html(self, request: Request, name: str, **values: Any) -> HTMLResponse:
        language = self.lang(request)
        text = self.env.get_template(name).render(t=words(language), lang=language, base=f"/{self.token}", **values)
        response = HTMLResponse(text, headers=HEADERS)
        if request.query_params.get("lang") in LANGUAGES:
            response.set_cookie("lang", language, path=f"/{self.token}/", samesite="strict", httponly=True)
        return response

    def drawer(self, request: Request, review: Review) -> Drawer:
        return Drawer({**review.edits, **review.passages}, review.state, words(self.lang(request)))

    async def page(self, request: Request) -> Response:
        return await run_in_threadpool(self._page, request)

    def _page(self, request: Request) -> Response:
        review = self.fresh()
        found = entries(review, Filter())
        first = found[0].document if found else next(iter(review.output.documents), "")
        return self.html(
            request,
            "page.html",
            review=review,
            entries=found[:PAGE],
            more=len(found) > PAGE,
            rules=rules(review),
            counts=tally(review),
            document=first,
            chunks=self._shells(review, first),
            sources=[(n, b - a) for n, (a, b) in enumerate(review.chunks)],
            titles=review.titles,
            stamp=self.stamp[0],
            decisions=review.decisions_path.name,
        )

    def _shells(self, review: Review, key: str) -> list[tuple[int, int]]:
        """(number, size in characters) of a document's chunks."""
        return [(n, sum(i.size for i in chunk)) for n, chunk in enumerate(review.document(key))] if key else []

    async def queue(self, request: Request) -> Response:
        return await run_in_threadpool(self._queue, request)

    def _queue(self, request: Request) -> Response:
        review, q = self.fresh(), request.query_params
        found = entries(
            review, Filter(q.get("state", "open"), q.get("rule", ""), q.get("document", ""), q.get("category", ""))
        )
        start = int(q["from"]) if q.get("from", "").isdecimal() else 0
        return self.html(
            request,
            "queue.html",
            entries=found[start : start + PAGE],
            more=len(found) > start + PAGE,
            titles=review.titles,
        )

    async def item(self, request: Request) -> Response:
        return await run_in_threadpool(self._item, request)

    def _item(self, request: Request) -> Response:
        review = self.fresh()
        found = entry(review, request.path_params["id"])
        if found is None:
            return PlainTextResponse("gone", 404, HEADERS)
        same = len(alike(review, found.id, "same")), len(alike(review, found.id, "rule"))
        edit = review.edits.get(found.id) or review.passages.get(found.id)
        return self.html(
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

    async def image(self, request: Request) -> Response:
        """The strip of the page that an entry's string stands on."""
        return await run_in_threadpool(self._image, request)

    def _image(self, request: Request) -> Response:
        review = self.fresh()
        found = entry(review, request.path_params["id"])
        place = review.page_of((found.document, found.pointer)) if found else None
        if place is None:
            return PlainTextResponse("gone", 404, HEADERS)
        return Response(page_image(review.source_path, place["page"], place["bbox"]), 200, HEADERS, "image/png")

    async def source_chunk(self, request: Request) -> Response:
        return await run_in_threadpool(self._source_chunk, request)

    def _source_chunk(self, request: Request) -> Response:
        review, n = self.fresh(), request.path_params["n"]
        if not 0 <= n < len(review.chunks):
            return PlainTextResponse("gone", 404, HEADERS)
        a, b = review.chunks[n]
        return HTMLResponse(
            self.drawer(request, review).source(
                review.text[a:b], a, review.source_pieces(n), review.line_of(a), review.pages
            ),
            headers=HEADERS,
        )

    async def document(self, request: Request) -> Response:
        return await run_in_threadpool(self._document, request)

    def _document(self, request: Request) -> Response:
        review, key = self.fresh(), request.path_params["id"]
        if key not in review.output.documents:
            return PlainTextResponse("gone", 404, HEADERS)
        return self.html(
            request, "document.html", document=key, chunks=self._shells(review, key), outline=outline(review, key)
        )

    async def document_chunk(self, request: Request) -> Response:
        return await run_in_threadpool(self._document_chunk, request)

    def _document_chunk(self, request: Request) -> Response:
        review, key, n = self.fresh(), request.path_params["id"], request.path_params["n"]
        if key not in review.output.documents or not 0 <= n < len(review.document(key)):
            return PlainTextResponse("gone", 404, HEADERS)
        drawer = self.drawer(request, review)
        return HTMLResponse(
            "".join(
                drawer.item(i, lambda pointer, value: review.pieces(key, pointer, value), review.notes(key))
                for i in review.document(key)[n]
            ),
            headers=HEADERS,
        )

    async def batch(self, request: Request) -> Response:
        return await run_in_threadpool(self._batch, request)

    def _batch(self, request: Request) -> Response:
        review, scope = self.fresh(), request.query_params.get("scope", "same")
        found = alike(review, request.path_params["id"], scope)
        return self.html(
            request, "batch.html", entries=found, scope=scope, id=request.path_params["id"], titles=review.titles
        )

    async def locate(self, request: Request) -> Response:
        """Where a place of the evidence stands: by source offset, or document and pointer."""
        return await run_in_threadpool(self._locate, request)

    def _locate(self, request: Request) -> Response:
        review, q = self.fresh(), request.query_params
        place, offset = None, -1
        if q.get("offset", "").isdecimal():
            offset = int(q["offset"])
            place = review.place_of(offset)
        elif q.get("document") in review.output.documents:
            place = review.text_at((q["document"], q.get("pointer", ""))) or (q["document"], "/title")
            ranges = review.ranges_of(place)
            offset = (
                _offset_in(review, place, int(q["at"]))
                if q.get("at", "").isdecimal()
                else ranges[0][0]
                if ranges
                else -1
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

    async def decide(self, request: Request) -> Response:
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
        return await run_in_threadpool(self._decide, request, changes)

    def _decide(self, request: Request, changes: list[Any]) -> Response:
        started = time.perf_counter()
        review = self.fresh()
        try:
            inverse = review.decide(changes)
        except (JuanzongError, OSError) as error:
            return JSONResponse({"error": str(error)}, 409, HEADERS)
        touched = [e for e in (entry(review, key) for key, _, _ in changes) if e]
        row = self.env.get_template("row.html")
        values = {"t": words(self.lang(request)), "titles": review.titles}
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

    async def static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in FILES:
            return PlainTextResponse("gone", 404, HEADERS)
        return Response((STATIC / name).read_bytes(), headers=HEADERS, media_type=FILES[name])


def _offset_in(review: Review, place: tuple[str, str], at: int) -> int:
    """The source offset of a character of a string."""
    from juanzong.output.folder import resolve

    value = str(resolve(review.output.documents[place[0]], place[1]))
    for p in review.pieces(*place, value):
        if at <= len(p.text) and p.start >= 0:
            return min(p.start + at, p.end)
        at -= len(p.text)
    return -1


def outline(review: Review, key: str) -> list[tuple[int, str, int, str]]:
    """(level, heading, chunk, pointer) of a document's sections and boxes."""
    out: list[tuple[int, str, int, str]] = []
    for n, chunk in enumerate(review.document(key)):
        for i in chunk:
            if i.what in ("heading", "box") and (i.value.get("title") or not i.boxed):
                level = min(int(i.value.get("level", 3)), 4)
                out.append((level, " ".join(filter(None, (i.value.get("number"), i.value.get("title")))), n, i.pointer))
    return out


def make_app(folder: Path, token: str, source: Path | None = None, language: str | None = None) -> Starlette:
    """The ASGI app that serves clean/<id> under /<token>/. Raises JuanzongError where the folder is no output."""
    app = App(folder, source, token, language)
    return Starlette(routes=app.routes(), middleware=[Middleware(Guard, token=token)])
