"""The next run from the review page: what it will change, the run itself, and what it changed."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from juanzong.core.errors import JuanzongError
from juanzong.review.app import App
from juanzong.review.compare import compare
from juanzong.review.entries import entry, waiting
from juanzong.review.guard import HEADERS
from juanzong.review.state import Review
from juanzong.review.words import words
from juanzong.words import shown

_ONE = threading.Lock()  # one run at a time


def ahead(app: App, request: Request) -> HTMLResponse:
    """The decisions that wait for a run, each with what it will change."""
    review = app.fresh()
    found = [e for e in (entry(review, k) for k in waiting(review)) if e]
    return app.html(request, "rerun.html", entries=sorted(found, key=lambda e: e.rank), titles=review.titles, diff=None)


def rerun(app: App, request: Request) -> Response:
    """Run the source again into the folder and tell what changed."""
    with _ONE:
        review = app.fresh()
        before = review.output
        try:
            run_again(review)
            after = app.fresh().output
        except (JuanzongError, OSError) as error:
            return JSONResponse({"error": shown(str(error))}, 409, HEADERS)
    language = app.lang(request)
    drawn = app.env.get_template("rerun.html").render(
        t=words(language), entries=[], titles={}, diff=compare(before, after, language)
    )
    return JSONResponse({"html": drawn}, headers=HEADERS)


def run_again(review: Review) -> None:
    """`juanzong run` of the source, in a process of its own, with the path that the output records. Raises JuanzongError
    where it fails, with its last line."""
    home, recorded = _home_of(review)
    folder = review.output.folder.resolve()
    command = [sys.executable, "-m", "juanzong", "run", str(recorded), "--out", str(folder.parent), "--quiet"]
    if review.source_path.is_dir():
        command.append("--one")
    if "tesseract" in review.output.bundle["sources"][0]["readers"]:
        command += ["--second-reader", "tesseract"]
    stamp = review.stamp()
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, encoding="utf-8", errors="replace")
    told = done.stderr.strip().splitlines()
    if done.returncode not in (0, 1):
        raise JuanzongError(told[-1] if told else f"juanzong run ended with {done.returncode}")
    if review.stamp() == stamp:
        raise JuanzongError(f"{folder}: the run wrote to another folder; run `juanzong run {recorded}` yourself")


def _home_of(review: Review) -> tuple[Path, Path]:
    """The working directory and the path with which the source is recorded as the output has it."""
    recorded, source = Path(str(review.output.bundle["sources"][0]["path"])), review.source_path.resolve()
    if (
        not recorded.is_absolute()
        and len(recorded.parts) > 1
        and source.parts[-len(recorded.parts) :] == recorded.parts
    ):
        return Path(*source.parts[: -len(recorded.parts)]), recorded
    return source.parent, source
