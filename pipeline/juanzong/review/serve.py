"""Starts the review app on loopback, with a random token in its address."""

from __future__ import annotations

import os
import secrets
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

from juanzong.core.errors import JuanzongError, missing_extra
from juanzong.words import Language, by_locale


def serve(
    folder: Path, source: Path | None, port: int, language: Language | None, browse: bool, say: Callable[[str], object]
) -> None:
    """Serve until interrupted; `say` gets the address. Port 0 takes a free one."""
    try:
        import uvicorn

        from juanzong.review.server import make_app
    except ImportError as error:
        raise missing_extra(error, "review") from error
    chinese: Language | None = "zh" if by_locale(os.environ) == "zh" else None  # any other locale: the browser decides
    token = secrets.token_urlsafe(24)
    app = make_app(folder, token, source, language or chinese)
    listener = listening("127.0.0.1", port)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/{token}/"
    say(address)
    if browse:
        webbrowser.open(address)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, ws="none")
    uvicorn.Server(config).run(sockets=[listener])


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises JuanzongError where the port is taken or the address is not this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, proto=socket.IPPROTO_TCP)  # named, so that asyncio sends small answers at once
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(64)  # from here on who comes is let wait, not turned away
    except OSError as error:
        listener.close()
        raise JuanzongError(
            f"{host} port {port}: cannot be served ({error.strerror}); give another with --port"
        ) from error
    return listener
