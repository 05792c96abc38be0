"""Bundles -> chunks for retrieval, one JSON object a line.

A chunk never crosses a section and is at most `max_chars` long, cut at ends of sentences. Over all chunks of a document
`text[repeated:]` holds every printed word once: `repeated` counts the characters at the head (a table's caption and
header) that an earlier chunk has too. Headings stand at the head of the first chunk under them; `path` names them all.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from juanzong.core.errors import JuanzongError
from juanzong.emit.json_text import one_a_line
from juanzong.model import Document, PagePlace
from juanzong.output.aside import replaced
from juanzong.output.bundle import Bundle, merged_boxes
from juanzong.output.exports.chunk_groups import Group, groups
from juanzong.output.exports.pieces import Piece, parted
from juanzong.output.exports.strings import source_of_part
from juanzong.output.rendering import Edits

LEAST, MOST = 100, 100_000  # of max_chars


def write(bundles: Iterable[Bundle], target: Path, max_chars: int) -> str:
    """Write the chunks of all bundles into one file; says how many. Raises JuanzongError for an impossible limit."""
    count = 0
    with replaced(target) as aside, aside.open("w", encoding="utf-8", newline="\n") as out:
        for bundle in bundles:
            for chunk in chunks(bundle, max_chars):
                out.write(one_a_line(json.dumps(chunk, ensure_ascii=False) + "\n"))
                count += 1
    return f"{count} chunks"


def chunks(bundle: Bundle, max_chars: int = 1000) -> Iterator[dict[str, Any]]:
    """The chunks of all documents, in the order of the bundle. Raises JuanzongError for an impossible limit."""
    if not LEAST <= max_chars <= MOST:
        raise JuanzongError(f"max-chars {max_chars}: give a number from {LEAST} to {MOST}")
    edits = Edits(bundle.edits())
    seen: Counter[str] = Counter()
    for document in bundle.documents:
        head = {
            "bundle": bundle.id,
            "document": document.id,
            "type": document.type,
            "title": document.title,
            "doc_number": document.metadata.doc_number,
            "issuers": document.metadata.issuers or document.metadata.signatories or [],
            "issued_on": document.metadata.issued_on,
        }
        for group in groups(document, max_chars):
            for repeated, run in _cut(group, max_chars):
                text = repeated + _text(run, bool(repeated))
                if not text:  # a document without title and head
                    continue
                yield {
                    "id": _id(bundle.id, document.id, text, seen),
                    **head,
                    "kind": group.kind,
                    "path": list(group.path),
                    "text": text,
                    "repeated": len(repeated),
                    **_origin(bundle, document, run, edits),
                }


def _cut(group: Group, max_chars: int) -> Iterator[tuple[str, list[Piece]]]:
    """(text that is repeated, pieces) of each chunk of a group."""
    prefix = _text(group.prefix)
    lead = sum(p.length for p in group.lead)
    runs = parted(group.pieces, max_chars - len(prefix) - 1) or [[]]
    if lead + len(prefix) + sum(p.length for p in runs[0]) > max_chars:  # headings and a full first chunk
        yield from (("", run) for run in parted(group.lead, max_chars))
        yield "", [*group.prefix, *runs[0]]
    else:
        yield "", [*group.lead, *group.prefix, *runs[0]]
    yield from ((prefix, run) for run in runs[1:])


def _text(pieces: list[Piece], goes_on: bool = False) -> str:
    return "".join((p.sep if k or goes_on else "") + p.text for k, p in enumerate(pieces))


def _id(bundle: str, document: str, text: str, seen: Counter[str]) -> str:
    """Of the bundle's and the document's ids and the chunk's own text alone: it stays whatever changes around it, and
    stores that hold many bundles, in which the same document may stand, have it once."""
    digest = hashlib.sha256(f"{bundle}\0{document}\0{text}".encode()).hexdigest()[:16]
    seen[digest] += 1
    return digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"


def _origin(bundle: Bundle, document: Document, run: list[Piece], edits: Edits) -> dict[str, Any]:
    """The strings of a chunk, their ranges in the source, and one box on each of its pages."""
    source: list[tuple[int, int]] = []
    boxes: list[PagePlace] = []
    pointers: dict[str, None] = {}
    for pointer, start, end in (s for p in run for s in p.strings):
        pointers[pointer] = None
        row = bundle.rows.get((document.id, pointer))
        if row is None:
            continue
        length = len(bundle.text_at(document.id, pointer))
        source += source_of_part(length, row.source, edits, start, end)
        boxes += row.pages or ()
    pages = [{"page": p.page, "bbox": list(p.bbox)} for p in merged_boxes(boxes)]
    return {"pointers": list(pointers), "source": [list(r) for r in source], "pages": pages}
