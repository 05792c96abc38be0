"""Starts the service on a folder, and ends it."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex as re

from juanzong.core.errors import JuanzongError
from juanzong.core.locks import hold
from juanzong.core.names import printable
from juanzong.core.workroom import hidden_folder, workroom
from juanzong.review.guard import LOOPBACK
from juanzong.review.serve import listening
from juanzong.serve.desk import Desk
from juanzong.serve.intake import Limits
from juanzong.serve.words import words
from juanzong.words import Language

_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,200}")
_PATIENCE = 3  # seconds that answers under way are given when the service ends
_MOST = 200  # requests at a time; more are told to come again


@dataclass(frozen=True)
class Options:
    """What the command line says. `language` None: each visitor's browser decides; messages are in `locale`."""

    folder: Path
    host: str
    port: int
    token: str | None
    limits: Limits
    jobs: int
    language: Language | None
    locale: Language


def serve(options: Options, say: Callable[[str], object]) -> None:
    """Serve until interrupted; `say` gets the address. Raises JuanzongError where it cannot begin."""
    import uvicorn

    from juanzong.serve.server import make_app

    t = words(options.locale)
    token = _token(options, t)
    listener = listening(options.host, options.port)
    lock = _take(options.folder, t)
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _leave)
    try:
        os.chdir(options.folder)  # inputs are recorded as raw/<name>, as `juanzong run raw` in this folder does
        with workroom(Path()) as room:
            os.environ["TMPDIR"] = str(room.resolve())  # what is unpacked on the way is in this folder, too
            tempfile.tempdir = None
            desk = Desk(Path(), options.jobs)
            try:
                desk.look()
                app = make_app(
                    desk,
                    room,
                    options.limits,
                    token,
                    language=options.language,
                    everywhere=options.host not in LOOPBACK,
                )
                say(t["serving"].format(_address(options.host, listener, token)))
                config = uvicorn.Config(
                    app,
                    log_level="warning",
                    access_log=False,
                    server_header=False,
                    ws="none",
                    lifespan="off",
                    limit_concurrency=_MOST,
                    timeout_graceful_shutdown=_PATIENCE,
                )
                uvicorn.Server(config).run(sockets=[listener])
            finally:
                desk.stop()
    except KeyboardInterrupt:
        return  # that is how it is ended; what was in work is waiting
    finally:
        os.close(lock)


def _leave(number: int, frame: Any) -> None:
    """On SIGTERM, when uvicorn has ended: as on Ctrl-C, with everything put away."""
    raise KeyboardInterrupt


def _token(options: Options, t: dict[str, str]) -> str:
    if options.token is None:
        if options.host not in LOOPBACK:
            raise JuanzongError(t["token_needed"].format(options.host))
        return secrets.token_urlsafe(24)
    if not _TOKEN.fullmatch(options.token):
        raise JuanzongError(t["token_weak"])
    return options.token


def _take(folder: Path, t: dict[str, str]) -> int:
    """Make the folder and hold it: two services in one would do everything twice."""
    try:
        for part in ("raw", "clean"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        with hidden_folder(folder) as hidden:
            lock = hold(hidden / "serve.lock")
    except OSError as error:
        raise JuanzongError(t["unwritable"].format(printable(str(folder)), error.strerror)) from error
    if lock is None:
        raise JuanzongError(t["held"].format(printable(str(folder))))
    return lock


def _address(host: str, listener: socket.socket, token: str) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}/{token}/"
