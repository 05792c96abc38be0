"""A bundle -> rows of the tables in schema.py."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from juanzong.core.errors import JuanzongError
from juanzong.model import Box, Document, Figure, Paragraph, Placed, Section, Table
from juanzong.output.bundle import Bundle, Origin
from juanzong.output.exports.schema import SCHEMA
from juanzong.output.grid import column_names, placed_cells, table_size

Row = dict[str, Any]  # column name -> value; a column that is not there is null
COLUMNS = {t.name: [c.name for c in t.columns] for t in SCHEMA}


def rows_of(bundle: Bundle) -> Iterator[tuple[str, Row]]:
    """(table, row) of everything in the bundle, tables in no order, rows of a table in the order of print."""
    source = bundle.entry.sources[0]
    yield (
        "bundles",
        {
            "bundle": bundle.id,
            "title": bundle.title,
            **{k: getattr(source, k) for k in ("path", "sha256", "media_type", "characters")},
        },
    )
    for n, item in enumerate(bundle.entry.contents, 1):
        yield "contents", {"bundle": bundle.id, "n": n, **item.model_dump()}
    for n, document in enumerate(bundle.documents, 1):
        for table, row in _document(bundle, document, n):
            yield table, {"bundle": bundle.id, "document": document.id, **row}
    for table, row in (
        *_findings(bundle),
        *_edits(bundle),
        *(
            ("evidence", row)
            for row in evidence_rows([e.model_dump(mode="json", by_alias=True) for e in bundle.evidence()])
        ),
    ):
        yield table, {"bundle": bundle.id, **row}


def values_of(table: str, row: Row) -> list[Any]:
    """The row's values in the order of the table's columns."""
    return [row.get(name) for name in COLUMNS[table]]


def _document(bundle: Bundle, document: Document, n: int) -> Iterator[tuple[str, Row]]:
    metadata = document.metadata
    yield (
        "documents",
        {
            "n": n,
            "type": document.type,
            "title": document.title,
            "issuers": "；".join(metadata.issuers or metadata.signatories or ()) or None,
            **{k: getattr(metadata, k) for k in ("doc_number", "addressees", "issued_on", "annex_number")},
            "promulgated_by": document.promulgated_by,
            "promulgates": "；".join(document.promulgates) or None,
            "annex_of": document.annex_of,
            "metadata": _json(metadata.model_dump(exclude_none=True)),
            **_origin(bundle, document, ""),
            "last_page": max((p.page for p in bundle.pages_at(document.id, "")), default=None),
        },
    )
    for k, placed in enumerate(document.walk(), 1):
        yield from _block(bundle, document, placed, k)
    for k, note in enumerate(document.footnotes):
        yield (
            "footnotes",
            {
                "pointer": f"/footnotes/{k}",
                "n": k + 1,
                "marker": note.marker,
                "text": note.text,
                "anchor_pointer": note.anchor.pointer if note.anchor else None,
                "anchor_offset": note.anchor.offset if note.anchor else None,
                **_origin(bundle, document, f"/footnotes/{k}"),
            },
        )


def _block(bundle: Bundle, document: Document, placed: Placed, n: int) -> Iterator[tuple[str, Row]]:
    block, path, pointer = placed
    above = pointer.rpartition("/children/")[0] or None
    row: Row = {"pointer": pointer, "n": n, "path": " / ".join(path), "section": above}
    origin = _origin(bundle, document, pointer)
    if isinstance(block, Section):
        text = "\n".join(_texts(block))
        yield (
            "sections",
            row | {"level": block.level, "number": block.number, "title": block.title, "text": text} | origin,
        )
    elif isinstance(block, Box):
        yield "boxes", row | {"number": block.number, "title": block.title} | origin
    elif isinstance(block, Paragraph):
        yield "paragraphs", row | {"text": block.text, "lead": block.lead} | origin
    elif isinstance(block, Figure):
        yield (
            "figures",
            row
            | {k: getattr(block, k) for k in ("number", "caption", "image")}
            | {"text": "\n".join(block.text)}
            | origin,
        )
    else:
        rows, columns = table_size(block)
        same = block.same_as
        yield (
            "tables",
            row
            | {k: getattr(block, k) for k in ("number", "caption", "unit", "header_rows")}
            | {"rows": rows, "columns": columns, "notes": "\n".join(block.notes)}
            | {"same_as": f"{same.document}{same.pointer}" if same else None}
            | origin,
        )
        yield from _cells(bundle, document, block, pointer)


def _texts(block: Section | Box) -> Iterator[str]:
    for child in block.children:
        if isinstance(child, Paragraph):
            yield child.text
        elif isinstance(child, Section | Box):
            yield from _texts(child)


def _cells(bundle: Bundle, document: Document, table: Table, pointer: str) -> Iterator[tuple[str, Row]]:
    names = column_names(table)
    figures = {(v.row, v.column): v for v in table.values or ()}
    for p in placed_cells(table):
        here = f"{pointer}/rows/{p.row}/cells/{p.cell}"
        value = figures.get((p.row, p.column))
        yield (
            "cells",
            {
                "pointer": here,
                "table_pointer": pointer,
                "row": p.row,
                "col": p.column,
                "row_span": p.down,
                "col_span": p.right,
                "is_header": p.row < table.header_rows,
                "column_name": names[p.column],
                "text": p.value.text,
                **({"value_type": value.type} if value else {}),
                **({k: getattr(value, k) for k in ("value", "low", "high", "unit")} if value else {}),
                **_origin(bundle, document, here),
            },
        )


def _origin(bundle: Bundle, document: Document, pointer: str) -> Row:
    """Where it comes from; nothing where nothing in it is printed (an empty cell)."""
    try:
        origin: Origin = bundle.trace(document, pointer)
    except JuanzongError:
        return {}
    out: Row = {
        "source_start": min(a for a, _ in origin.source),
        "source_end": max(b for _, b in origin.source),
        "ranges": _json(origin.source) if pointer else None,
    }
    if origin.pages:
        place = origin.pages[0]
        out |= {"page": place.page, **dict(zip(("x0", "top", "x1", "bottom"), place.bbox, strict=True))}
    return out


def _findings(bundle: Bundle) -> Iterator[tuple[str, Row]]:
    for f in bundle.findings():
        first = f.where[0] if f.where else None
        yield (
            "findings",
            {
                "finding": f.id,
                "check_name": f.check,
                "severity": f.severity,
                "status": f.status,
                "message": f.message,
                "document": first.document if first else None,
                "pointer": first.pointer if first else None,
                "places": _json([w.model_dump() for w in f.where]),
                "evidence": _json(f.evidence),
            },
        )


def _edits(bundle: Bundle) -> Iterator[tuple[str, Row]]:
    for e in bundle.edits():
        yield (
            "edits",
            {
                "edit": e.id,
                **{k: getattr(e, k) for k in ("stage", "rule", "category", "kind", "status", "confidence")},
                "text_before": e.before,
                "text_after": e.after,
                "source_start": e.source[0],
                "source_end": e.source[1],
                "evidence": _json([v.model_dump(exclude_none=True) for v in e.evidence]),
            },
        )


def evidence_rows(evidence: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    """Rows of evidence.jsonl -> rows of the table, what all kinds have in columns of its own."""
    for row in evidence:
        statements = row.get("statements")
        first = statements[0] if isinstance(statements, list) and statements else row
        place = first.get("place") if isinstance(first, dict) else None
        verdicts = row.get("verdicts") or [row.get("verdict")]
        told = [v for v in verdicts if isinstance(v, str)] if isinstance(verdicts, list) else []
        yield {
            "evidence": _text(row.get("id")),
            "kind": _text(row.get("kind")),
            "verdict": "；".join(told) or None,
            "document": _text(place.get("document")) if isinstance(place, dict) else None,
            "pointer": _text(place.get("pointer")) if isinstance(place, dict) else None,
            "text": next(filter(None, (_text(row.get(k)) for k in ("text", "title", "indicator"))), None),
            "row": _json(row),
        }


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
