"""What a tool wrote in a JSON file -> one source: each part that wrappers held, and the texts of unknown shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from juanzong.core.errors import JuanzongError
from juanzong.core.source import PageReport, Source
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
    file = load_json(path)
    for found, value in tool_values(file.value, json_kind):
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
    return one_source(sources, record_as, path, file.reports)


def one_source(sources: Sequence[Source], record_as: str, path: Path, reports: Sequence[PageReport]) -> Source:
    """The parts of one JSON file as one source; `reports`: what is to be told of the file as a whole."""
    alone = len(sources) == 1
    source = sources[0] if alone else join_sources(sources, record_as, file_hash(path), media_type="application/json")
    return replace(source, reports=(*source.reports, *reports))
