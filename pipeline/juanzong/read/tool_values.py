"""What a tool wrote in a JSON file -> one source: each part that wrappers held, and the texts of unknown shape."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from juanzong.core.errors import JuanzongError
from juanzong.core.source import Source
from juanzong.read.detect import json_kind
from juanzong.read.hashes import file_hash
from juanzong.read.joined import join_sources
from juanzong.read.json_file import load_json, tool_values
from juanzong.read.unread import kept_fields, unread

READER_NAMES = {"mineru": "mineru", "paddle": "paddleocr", "docling": "docling", "text": "json"}


def read_values(
    path: Path,
    record_as: str,
    kind: str,
    fields_of: Callable[[Any], dict[str, Any]],
) -> Source:
    """All that one tool wrote in a file, as one source; `fields_of` gives a value's text, marks and so on. What another
    tool wrote beside it is kept as texts of unknown shape."""
    sources: list[Source] = []
    for found, value in tool_values(load_json(path), json_kind):
        fields: dict[str, Any] = fields_of(value) if found == kind else {"text": ""}
        said = [s.text for s in sources] if found != kind else []
        left = unread(value, [fields["text"], *said, *(r.text for r in fields.get("reports", ()))])
        for given in (fields, kept_fields(left)):
            if given["text"].strip():
                name = READER_NAMES.get(kind, kind)
                sources.append(
                    Source(record_as, file_hash(path), "application/json", is_text=False, readers=(name,), **given)
                )
    if not sources:
        raise JuanzongError(f"{path}: no text in it ({READER_NAMES.get(kind, kind)}); export it again")
    if len(sources) == 1:
        return sources[0]
    return join_sources(sources, record_as, file_hash(path), media_type="application/json")
