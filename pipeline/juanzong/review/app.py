"""One output folder under review: what is loaded of it, and how answers are drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from juanzong.review.draw import Drawer
from juanzong.review.guard import HEADERS
from juanzong.review.report import environment
from juanzong.review.state import Review
from juanzong.review.words import LANGUAGES, language_of, words
from juanzong.words import Language


class App:
    """The review of a folder under the path `base`, loaded anew when the folder changes. Its methods run in worker threads.

    `home`: the page of all bundles that this one was opened from, "" where there is none."""

    def __init__(self, folder: Path, source: Path | None, base: str, language: Language | None, home: str = "") -> None:
        self.folder, self.source, self.base, self.language, self.home = folder, source, base, language, home
        self.env = environment()
        self.review = Review(folder, source)
        self.stamp = self.review.stamp()

    def fresh(self) -> Review:
        """The review, with what changed on disk since the last request. Raises JuanzongError where it cannot be read."""
        if not (self.folder / "bundle.json").is_file() or self.review.stamp() != self.stamp:
            self.review = Review(self.folder, self.source)
            self.stamp = self.review.stamp()
        self.review.refresh()
        return self.review

    def lang(self, request: Request) -> Language:
        asked = request.query_params.get("lang") or request.cookies.get("lang")
        if asked in LANGUAGES:
            return "zh" if asked == "zh" else "en"
        return self.language or language_of(None, request.headers.get("accept-language"))

    def html(self, request: Request, name: str, **values: Any) -> HTMLResponse:
        language = self.lang(request)
        text = self.env.get_template(name).render(
            t=words(language), lang=language, base=self.base, home=self.home, **values
        )
        response = HTMLResponse(text, headers=HEADERS)
        if request.query_params.get("lang") in LANGUAGES:
            response.set_cookie("lang", language, path=f"{self.base}/", samesite="strict", httponly=True)
        return response

    def drawer(self, request: Request, review: Review) -> Drawer:
        return Drawer({**review.edits, **review.passages}, review.state, words(self.lang(request)), flat=True)
