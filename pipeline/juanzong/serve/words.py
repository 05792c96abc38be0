"""The words of the service, in Chinese and English: words.json."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from starlette.requests import Request

from juanzong.review.words import LANGUAGES, language_of
from juanzong.words import Language


@cache
def words(language: str) -> dict[str, str]:
    """All words in one language (`zh` or `en`)."""
    k = LANGUAGES.index(language)
    table = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))
    return {name: both[k] for name, both in table.items()}


def language_for(request: Request, default: Language | None) -> Language:
    """What the visitor chose, else `default`, else what the browser asks for."""
    asked = request.query_params.get("lang") or request.cookies.get("lang")
    if asked in LANGUAGES:
        return "zh" if asked == "zh" else "en"
    return default or language_of(None, request.headers.get("accept-language"))
