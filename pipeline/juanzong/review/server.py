"""The addresses of the review app, for one output folder and this machine alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from juanzong.core.errors import JuanzongError
from juanzong.core.names import printable
from juanzong.review import pages, rerunning
from juanzong.review.app import App
from juanzong.review.cards import card
from juanzong.review.deciding import decide
from juanzong.review.guard import HEADERS, Guard
from juanzong.review.locating import locate
from juanzong.words import Language, shown, speaking

STATIC = Path(__file__).parent / "static"
SCRIPTS = ("review", "core", "points", "panes", "sheet", "lists", "decide")
FILES = {
    "review.css": "text/css",
    "texts.css": "text/css",
    "icon.svg": "image/svg+xml",
    **{f"{name}.js": "text/javascript" for name in SCRIPTS},
}
READS: dict[str, Callable[[App, Request], Response]] = {
    "": pages.page,
    "queue": pages.queue,
    "evidence": pages.evidence,
    "search": pages.found,
    "item/{id}": card,
    "source/{n:int}": pages.source_chunk,
    "document/{id}": pages.document,
    "document/{id}/{n:int}": pages.document_chunk,
    "batch/{id}": pages.batch,
    "page/{n:int}/{tenths:int}": pages.drawn_page,
    "rerun": rerunning.ahead,
    "locate": locate,
}


async def static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES:
        return PlainTextResponse("gone", 404, HEADERS)
    return Response((STATIC / name).read_bytes(), headers=HEADERS, media_type=FILES[name])


def _in_thread(app: App, handler: Callable[[App, Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """Drawing takes long: it must not hold up the event loop."""

    def speaks(request: Request) -> Response:
        with speaking(app.lang(request)):
            try:
                return handler(app, request)
            except (JuanzongError, OSError) as error:  # the folder is gone, the decisions are half merged
                return PlainTextResponse(printable(shown(str(error))), 409, HEADERS)

    async def answer(request: Request) -> Response:
        return await run_in_threadpool(speaks, request)

    return answer


def routes(app: App) -> list[Route]:
    """All addresses of a review, under its path."""
    base = app.base

    async def decided(request: Request) -> Response:
        return await decide(app, request)

    return [
        *(Route(f"{base}/{path}", _in_thread(app, handler)) for path, handler in READS.items()),
        Route(f"{base}/static/{{name}}", static),
        Route(f"{base}/decide", decided, methods=["POST"]),
        Route(f"{base}/rerun", _in_thread(app, rerunning.rerun), methods=["POST"]),
    ]


def make_app(folder: Path, token: str, source: Path | None = None, language: Language | None = None) -> Starlette:
    """The ASGI app that serves clean/<id> under /<token>/. Raises JuanzongError where the folder is no output."""
    app = App(folder, source, f"/{token}", language)
    return Starlette(routes=routes(app), middleware=[Middleware(Guard, token=token)])
