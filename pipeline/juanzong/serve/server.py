"""The addresses of the service, all under /<token>/."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from juanzong.core.errors import JuanzongError
from juanzong.core.names import printable
from juanzong.review import server as review
from juanzong.review.guard import HEADERS, LOOPBACK, Guard
from juanzong.review.report import templates
from juanzong.serve import pages
from juanzong.serve.desk import Desk
from juanzong.serve.intake import Intake, Limits
from juanzong.serve.pages import Site
from juanzong.serve.reviews import Reviews
from juanzong.serve.words import language_for, words
from juanzong.words import Language, shown

STATIC = Path(__file__).parent / "static"
FILES = {
    "serve.css": (STATIC, "text/css"),
    "serve.js": (STATIC, "text/javascript"),
    "upload.js": (STATIC, "text/javascript"),
    "icon.svg": (review.STATIC, "image/svg+xml"),
}
TYPES = frozenset({"application/json", "application/octet-stream"})
_MAKING = 2  # exports made at a time
Handler = Callable[[Site, Request], Awaitable[Response]]


def make_app(
    desk: Desk, room: Path, limits: Limits, token: str, *, language: Language | None = None, everywhere: bool = False
) -> Starlette:
    """The ASGI app of the service on `desk`; `room` holds what is not whole yet. `everywhere`: under any host name."""
    env = templates("juanzong.serve")
    base = f"/{token}"
    incoming = room / "in"
    incoming.mkdir()
    intake = Intake(desk.raw, incoming, limits)
    site = Site(base, desk, intake, room, language, env, anyio.CapacityLimiter(_MAKING))

    def route(path: str, handler: Handler, method: str = "GET") -> Route:
        async def answer(request: Request) -> Response:
            return await handler(site, request)

        return Route(f"{base}/{path}", answer, methods=[method])

    async def refused(request: Request, error: Exception) -> Response:
        return PlainTextResponse(printable(shown(str(error), language_for(request, language))), 409, HEADERS)

    async def wrong(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        told = words(language_for(request, language))["e_gone"] if error.status_code == 404 else error.detail
        return PlainTextResponse(told, error.status_code, {**HEADERS, **(error.headers or {})})

    return Starlette(
        routes=[
            route("", pages.page),
            route("state", pages.state),
            route("raw", pages.take, "PUT"),
            route("raw", pages.complete, "POST"),
            route("get/{key}/{kind}", pages.download),
            Route(f"{base}/static/{{name}}", _static),
            Route(f"{base}/review/{{key}}/{{rest:path}}", Reviews(desk, base, language)),
        ],
        middleware=[
            Middleware(Contained, language=language),
            Middleware(Guard, token=token, hosts=None if everywhere else LOOPBACK, types=TYPES),
        ],
        exception_handlers={JuanzongError: refused, OSError: refused, HTTPException: wrong},
    )


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES:
        raise HTTPException(404)
    folder, media = FILES[name]
    return Response((folder / name).read_bytes(), headers=HEADERS, media_type=media)


class Contained:
    """What fails costs one answer and one line, never a traceback in the visitor's or the log's way."""

    def __init__(self, app: ASGIApp, language: Language | None) -> None:
        self.app, self.language = app, language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception as error:
            what = printable(f"{type(error).__name__}: {error}"[:300])
            print(f"juanzong: {scope.get('method', '')} failed ({what})", file=sys.stderr)
            if not begun and scope["type"] == "http":
                told = words(language_for(Request(scope), self.language))["e_failed"]
                await PlainTextResponse(told, 500, HEADERS)(scope, receive, send)
