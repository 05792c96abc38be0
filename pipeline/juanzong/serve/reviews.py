"""The reviews of all bundles within one server: each under a path of its own, opened when somebody asks for it."""

from __future__ import annotations

import threading
from collections import OrderedDict

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.routing import Router
from starlette.types import Receive, Scope, Send

from juanzong.core.errors import JuanzongError
from juanzong.core.names import printable
from juanzong.review.app import App
from juanzong.review.guard import HEADERS
from juanzong.review.server import routes
from juanzong.serve.desk import Desk
from juanzong.words import Language, shown

_MOST = 4  # reviews in memory; one more closes that which was not asked for longest


class Reviews:
    """An ASGI application for /…/review/<key>/…"""

    def __init__(self, desk: Desk, base: str, language: Language | None) -> None:
        self._desk, self._base, self._language = desk, base, language
        self._open: OrderedDict[str, Router] = OrderedDict()
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            router = await run_in_threadpool(self._router, scope["path_params"]["key"])
        except (JuanzongError, OSError) as error:
            await PlainTextResponse(printable(shown(str(error))), 409, HEADERS)(scope, receive, send)
            return
        if router is None:
            raise HTTPException(404)
        await router(scope, receive, send)

    def _router(self, key: str) -> Router | None:
        folder = self._desk.output(key)
        if folder is None:
            return None
        with self._lock:
            if key not in self._open:
                app = App(
                    folder, self._desk.source(key), f"{self._base}/review/{key}", self._language, f"{self._base}/"
                )
                self._open[key] = Router(routes(app))
                if len(self._open) > _MOST:
                    self._open.popitem(last=False)
            self._open.move_to_end(key)
            return self._open[key]
