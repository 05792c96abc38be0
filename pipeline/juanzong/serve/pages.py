"""What the service answers. Each handler takes the site and a request."""

from __future__ import annotations

import functools
import hashlib
import json
import shutil
import tempfile
from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

import anyio.to_thread
import regex as re
from jinja2 import Environment
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response

from juanzong.review.guard import HEADERS
from juanzong.review.words import LANGUAGES
from juanzong.serve.desk import Desk
from juanzong.serve.downloads import KINDS, make
from juanzong.serve.intake import Intake, Refused, Stored, size_told
from juanzong.serve.words import language_for, words
from juanzong.words import Language, shown

_UPLOAD = re.compile(r"[0-9a-f]{16,64}")
_JSON = 10_000  # bytes of a request in JSON
ALL = "all"  # in place of a bundle's key


@dataclass(frozen=True)
class Site:
    """All that the handlers need."""

    base: str
    desk: Desk
    intake: Intake
    room: Path
    language: Language | None
    env: Environment
    making: anyio.CapacityLimiter

    def words(self, request: Request) -> dict[str, str]:
        return words(language_for(request, self.language))


async def page(site: Site, request: Request) -> Response:
    language = language_for(request, site.language)
    t = words(language)
    template = site.env.get_template("page.html")
    text = template.render(
        t=t, lang=language, base=site.base, kinds=KINDS, limit=size_told(site.intake.limits.one), words=json.dumps(t)
    )
    response = HTMLResponse(text, headers=HEADERS)
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie("lang", language, path=f"{site.base}/", samesite="strict", httponly=True)
    return response


async def state(site: Site, request: Request) -> Response:
    """All bundles, or 304 where nothing changed since the tag that the request brings."""
    bundles = await run_in_threadpool(site.desk.state)
    language = language_for(request, site.language)
    for bundle in bundles:
        if "error" in bundle:
            bundle["error"] = shown(bundle["error"], language)
    body = json.dumps(bundles, ensure_ascii=False).encode("utf-8", "replace")
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    if request.headers.get("if-none-match") == tag:
        return Response(None, 304, {**HEADERS, "ETag": tag})
    return Response(body, 200, {**HEADERS, "ETag": tag}, "application/json")


async def take(site: Site, request: Request) -> Response:
    """PUT raw?name=…: one file; with &upload=…: one file of a folder. The body is the file."""
    return await _answer(site, request, _file(site, request))


async def complete(site: Site, request: Request) -> Response:
    """POST raw {upload, name, count}: the folder has come whole."""
    return await _answer(site, request, _folder(site, request))


async def _answer(site: Site, request: Request, taking: Awaitable[Stored]) -> Response:
    """How what was taken in is kept, or why it is refused."""
    try:
        stored = await taking
    except Refused as refused:
        return _refusal(site, request, refused)
    except ClientDisconnect:
        return Response(status_code=400)
    return JSONResponse({"name": stored.name, "new": stored.new}, 201 if stored.new else 200, HEADERS)


async def _file(site: Site, request: Request) -> Stored:
    asked = _query(request)
    announced = request.headers.get("content-length", "0")
    size = int(announced) if announced.isdecimal() and len(announced) < 19 else 0
    if "upload" in asked:
        _check(asked["upload"])
        return await site.intake.part(asked["upload"], asked.get("name", ""), size, request.stream())
    return await site.intake.file(asked.get("name", ""), size, request.stream())


async def _folder(site: Site, request: Request) -> Stored:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _JSON:
            raise Refused(413, "e_upload")
    try:
        asked = json.loads(body)
        upload, name, count = str(asked["upload"]), str(asked["name"]), int(asked["count"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Refused(400, "e_upload") from None
    _check(upload)
    return await run_in_threadpool(site.intake.complete, upload, name, count)


async def download(site: Site, request: Request) -> Response:
    key, kind = request.path_params["key"], request.path_params["kind"]
    output = site.desk.clean if key == ALL else await run_in_threadpool(site.desk.output, key)
    if kind not in KINDS or output is None or not output.is_dir() or (key == ALL and not KINDS[kind].of_all):
        raise HTTPException(404, site.words(request)["e_gone"])
    room = Path(tempfile.mkdtemp(prefix="get-", dir=site.room))
    clear = functools.partial(shutil.rmtree, room, ignore_errors=True)
    try:
        call = functools.partial(make, kind, output, output.name, room, language_for(request, site.language))
        file = await anyio.to_thread.run_sync(call, limiter=site.making)
    except BaseException:
        clear()
        raise
    label = "" if kind == "clean" else f"-{kind}"
    return FileResponse(
        file, headers=HEADERS, filename=f"{output.name}{label}{file.suffix}", background=BackgroundTask(clear)
    )


def _query(request: Request) -> dict[str, str]:
    """The query, bytes that are no UTF-8 as surrogate escapes."""
    out = {}
    for part in bytes(request.scope["query_string"]).split(b"&"):
        name, _, value = part.replace(b"+", b" ").partition(b"=")
        out[unquote_to_bytes(name).decode("utf-8", "replace")] = unquote_to_bytes(value).decode(
            "utf-8", "surrogateescape"
        )
    return out


def _check(upload: str) -> None:
    if not _UPLOAD.fullmatch(upload):
        raise Refused(400, "e_upload")


def _refusal(site: Site, request: Request, refused: Refused) -> Response:
    return JSONResponse({"error": site.words(request)[refused.why].format(refused.told)}, refused.status, HEADERS)
