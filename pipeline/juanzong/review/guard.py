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
