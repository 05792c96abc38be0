"""Who is let in to the review server, and the headers that each answer carries."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
JSON = frozenset({"application/json"})


class Guard:
    """Lets in only requests to this address, with the token, and writes only from this site's own pages.

    `hosts`: the names under which it is served, None for any; `types`: of what may be written.
    """

    def __init__(
        self, app: ASGIApp, token: str, hosts: frozenset[str] | None = LOOPBACK, types: frozenset[str] = JSON
    ) -> None:
        self.app, self.token, self.hosts, self.types = app, token, hosts, types

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self.refuses(Request(scope))
        if refusal:
            await PlainTextResponse(refusal, 403, HEADERS)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def refuses(self, request: Request) -> str:
        """Why the request is not let in, or an empty string."""
        host = request.headers.get("host", "")
        if self.hosts is not None and _name(host) not in self.hosts:
            return "this address is not served"  # a foreign name that was made to point here
        token = str(request.scope["path"]).removeprefix("/").partition("/")[0]
        if not hmac.compare_digest(token.encode("utf-8", "replace"), self.token.encode()):
            return "the address lacks its token; use the one that was printed at the start"
        if request.method not in ("GET", "HEAD"):
            if request.headers.get("origin") not in (f"http://{host}", f"https://{host}"):
                return "written from another site"
            if request.headers.get("content-type", "").split(";")[0] not in self.types:
                return "not of a type that is taken here"
        return ""


def _name(host: str) -> str | None:
    """The name in a Host header, without its port."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
