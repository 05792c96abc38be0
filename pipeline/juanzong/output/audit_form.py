"""Whether the files of an output are written as the program writes them: what a JSON parser passes over is seen by others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from juanzong.emit.json_text import to_json, to_jsonl
from juanzong.output.faults import Wrong
from juanzong.output.folder import Output, inside

_ROWS = ("trace.jsonl", "edits.jsonl", "evidence.jsonl", "findings.jsonl")


def misformed(output: Output) -> Iterator[Wrong]:
    """(file, place, message): the first line of each file whose bytes are not those that its own values are written as.
    A key that stands twice (of which one program reads the first, another the last), CRLF, blanks, escapes."""
    for name in ("bundle.json", *(str(e["file"]) for e in output.bundle["documents"]), *_ROWS):
        path = inside(output.folder, name)
        if not path.is_file():  # `load` knows which may be missing
            continue
        text = path.read_bytes().decode("utf-8")
        written = _written(name, text)
        if written == text:
            continue
        pairs = zip_longest(text.split("\n"), written.split("\n"))
        n = next(n for n, (has, writes) in enumerate(pairs, 1) if has != writes)
        twice = _twice(text.split("\n") if name in _ROWS else [text])
        why = f"the key {twice!r:.60} stands twice in one object" if twice else "is not as the program writes it"
        yield name, f"line {n}", why


def _written(name: str, text: str) -> str:
    if name in _ROWS:
        return to_jsonl(json.loads(line) for line in text.split("\n") if line.strip())
    return to_json(json.loads(text))


def _twice(texts: list[str]) -> str:
    """A key that stands twice in one object; "" where none does."""
    found: list[str] = []

    def look(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [k for k, _ in pairs]
        found.extend(k for k in keys if keys.count(k) > 1)
        return dict(pairs)

    for text in texts:
        if text.strip():
            json.loads(text, object_pairs_hook=look)
    return found[0] if found else ""
