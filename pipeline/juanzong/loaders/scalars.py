"""What a vector store can keep beside a text: one value of a simple type for each name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from juanzong.output.exports.chunks import chunks
from juanzong.output.exports.many import bundles_of, outputs_of

Value = str | int


def texts_of(folders: Sequence[Path], max_chars: int) -> Iterator[tuple[str, str, dict[str, Value]]]:
    """(id, text, what is known of it) of every chunk of the outputs, one bundle in memory at a time. Raises
    JuanzongError for what is no output."""
    for bundle in bundles_of(outputs_of(folders)):
        path = bundle.entry.sources[0].path
        for chunk in chunks(bundle, max_chars):
            yield chunk["id"], chunk["text"], _scalars(chunk, path)


def _scalars(chunk: dict[str, Any], path: str) -> dict[str, Value]:
    """Simple values only; what a chunk does not have is left out. `source` is the raw file, as retrieval frameworks
    have it; `ranges` and `boxes` are JSON."""
    out: dict[str, Value | None] = {
        "source": path,
        **{k: chunk[k] for k in ("bundle", "document", "type", "title", "doc_number", "issued_on", "kind")},
        "issuers": "；".join(chunk["issuers"]),
        "path": " / ".join(chunk["path"]),
        "page": chunk["pages"][0]["page"] if chunk["pages"] else None,
        "boxes": json.dumps(chunk["pages"]) if chunk["pages"] else None,
        "ranges": json.dumps(chunk["source"]),
    }
    return {k: v for k, v in out.items() if v not in (None, "")}
