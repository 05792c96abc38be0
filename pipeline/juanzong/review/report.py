"""Pages that need no server: the report of one output and the diff of two, each one self-contained file."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from juanzong.review.compare import Diff
from juanzong.review.draw import Drawer, safe
from juanzong.review.entries import Filter, entries, spot_of, tally
from juanzong.review.state import Review
from juanzong.review.words import kind_name, name_of, words
from juanzong.words import Language, shown, speaking

STATIC = Path(__file__).parent / "static"


def templates(package: str) -> Environment:
    """A package's templates, with everything escaped."""
    return Environment(
        loader=PackageLoader(package), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def environment() -> Environment:
    """The templates of the review; `safe_text` also shows characters that are not seen."""
    env = templates("juanzong.review")
    env.filters["safe_text"] = lambda text: Markup(safe(str(text)))
    env.filters["told"] = lambda text: shown(str(text))
    env.filters["named"] = name_of
    env.filters["kind"] = kind_name
    return env


def report_page(folder: Path, source: Path | None, language: Language) -> str:
    """The reading view of clean/<id>: documents with their marks, the source beside them, findings and suggestions.

    Raises JuanzongError where the folder is no output or its source is not found.
    """
    with speaking(language):
        return _report(Review(folder, source), language)


def _report(review: Review, language: Language) -> str:
    t = words(language)
    drawer = Drawer({**review.edits, **review.passages}, review.state, t)
    documents = [
        {
            "id": key,
            "entry": review.titles[key],
            "chunks": [
                Markup("".join(drawer.item(i, partial(review.pieces, key), review.notes(key)) for i in chunk))
                for chunk in review.document(key)
            ],
        }
        for key in review.output.documents
    ]
    lines = [
        Markup(drawer.source(review.text[a:b], a, review.source_pieces(n), review.line_of(a), review.pages))
        for n, (a, b) in enumerate(review.chunks)
    ]
    told = {
        e.id: [
            t[e.category],
            name_of(e.rule, t),
            t[e.kind],
            t[e.status],
            round(100 * e.confidence),
            e.before[:80],
            e.after[:80],
            [" ".join(filter(None, (v.text, shown(v.note or ""))))[:200] for v in e.evidence[:4]],
        ]
        for e in (*review.edits.values(), *review.passages.values())
    }
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace(">", "\\u003e")
    rules = sorted(Counter((e.category, e.rule, e.status) for e in review.edits.values()).items())
    queue = entries(review, Filter())
    spots = {e.id: spot_of(review, e.id) for e in queue if e.category == "finding"}
    return _page(
        "report.html",
        language,
        "report.js",
        review=review,
        documents=documents,
        lines=lines,
        rules=rules,
        entries=queue,
        hrefs={key: f"#{urlencode({'doc': s.document, 'p': s.pointer})}" for key, s in spots.items() if s},
        counts=tally(review),
        titles=review.titles,
        data=Markup(data),
    )


def diff_page(diff: Diff, old: str, new: str, language: Language) -> str:
    """A diff as one page."""
    with speaking(language):
        return _page("diff.html", language, None, diff=diff, old=old, new=new)


def _page(name: str, language: str, script: str | None, **values: Any) -> str:
    """The template with its styles and script in it, and a policy that lets nothing else run or load."""
    style = (STATIC / "texts.css").read_text("utf-8") + (STATIC / "page.css").read_text("utf-8")
    code = (STATIC / script).read_text("utf-8") if script else ""
    allowed = f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'" if script else "'none'"
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src {allowed}; base-uri 'none'; form-action 'none'"
    return (
        environment()
        .get_template(name)
        .render(t=words(language), lang=language, style=Markup(style), script=Markup(code), policy=policy, **values)
    )
