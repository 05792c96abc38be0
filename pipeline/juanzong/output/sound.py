"""Whether an output can be worked with: what the commands that show and export it count on, checked once.

`audit` proves an output and tells every fault; here the first fault that would mislead or stop a reader is told."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path

from juanzong.core.errors import JuanzongError
from juanzong.core.targets import check_id
from juanzong.model import Bundle, Document, Edit, Finding, Paragraph, Table, TraceRow
from juanzong.model.evidence import EVIDENCE_ROWS
from juanzong.output.folder import Json, Output, load, places_in, refuse, resolve, typed
from juanzong.output.grid import table_size

_WIDEST = 16_384  # columns of a table: the most that a spreadsheet holds
_LARGEST = 4_000_000  # places of a table's grid


def load_sound(folder: Path) -> Output:
    """clean/<id>/, sound. Raises JuanzongError where the folder is no output or something in it is broken."""
    return placed(sound(load(folder)))


def sound(output: Output) -> Output:
    """The output itself: every file holds what its schema says, every table is a grid. Raises JuanzongError that names
    the first file and place where it is broken."""
    written, ours = output.bundle.get("schema_version"), Bundle.model_fields["schema_version"].default
    if written != ours:
        raise JuanzongError(
            f"{output.folder}: is written in format {written!s:.20}, this program reads {ours}; run `juanzong run` again"
        )
    _valid(output.folder, Bundle.model_validate, [output.bundle], "bundle.json")
    for name, model in (("trace", TraceRow), ("edits", Edit), ("findings", Finding)):
        _valid(output.folder, model.model_validate, getattr(output, name), f"{name}.jsonl")
    _valid(output.folder, EVIDENCE_ROWS.validate_python, output.evidence, "evidence.jsonl")
    try:
        check_id(output.bundle["id"], output.folder)
    except JuanzongError:
        refuse(output.folder, "bundle.json", "/id", f"{output.bundle['id']!r:.60} names no folder")
    if not output.bundle["sources"]:
        refuse(output.folder, "bundle.json", "/sources", "names no source")
    for entry in output.bundle["documents"]:
        if output.documents[entry["id"]].get("id") != entry["id"]:
            refuse(output.folder, entry["file"], "/id", f"is not what bundle.json has, {entry['id']!r:.60}")
    for key, value in output.documents.items():
        _document(output.folder, typed(output, key), value)
    return output


def _valid(folder: Path, validate: Callable[[Json], object], values: Sequence[Json], file: str) -> None:
    from pydantic import ValidationError

    for n, value in enumerate(values, 1):
        try:
            validate(value)
        except ValidationError as error:
            first = error.errors()[0]
            line = f"line {n} " if file.endswith("l") else ""
            refuse(folder, file, line + "".join(f"/{p}" for p in first["loc"]), first["msg"])


def _document(folder: Path, document: Document, value: Json) -> None:
    """Tables whose spans make a grid, notes that are there, anchors in strings."""
    for block, _, pointer in document.walk():
        if isinstance(block, Table) and (fault := _table(block)):
            refuse(folder, f"document {document.id}", pointer, fault)
        if isinstance(block, Paragraph) and any(m.footnote >= len(document.footnotes) for m in block.notes or ()):
            refuse(folder, f"document {document.id}", pointer, "marks a footnote that is not there")
    for n, note in enumerate(document.footnotes):
        if note.anchor is not None and not _is_string(value, note.anchor.pointer):
            refuse(folder, f"document {document.id}", f"/footnotes/{n}/anchor", "no string stands there")


def _table(table: Table) -> str:
    """What is wrong with a table; "" where nothing is."""
    spans = [(c.row_span, c.col_span) for row in table.rows for c in row.cells]
    if any(right > _WIDEST for _, right in spans) or sum(down * right for down, right in spans) > _LARGEST:
        return "a cell spans more than any table is large"
    if table.header_rows > len(table.rows):
        return f"has {table.header_rows} header rows and {len(table.rows)} rows"
    rows, width = table_size(table)
    if table.columns is not None and len(table.columns) != width:
        return f"has {width} columns and {len(table.columns)} column names"
    for v in table.values or ():
        if v.row >= rows or v.column >= width:
            return f"has a value at row {v.row}, column {v.column}, where no cell is"
        if not all(math.isfinite(x) for x in (v.value, v.low, v.high) if x is not None):
            return "has a value that is no figure"
    return ""


def placed(output: Output) -> Output:
    """The output itself: every place that second prints, trace, edits and findings name is there. Raises JuanzongError as `sound`."""
    length = max(s["characters"] for s in output.bundle["sources"])
    for key in output.documents:
        for block, _, pointer in typed(output, key).walk():
            same = block.same_as if isinstance(block, Table) else None
            if same and not _stands(output, same.document, same.pointer):
                refuse(
                    output.folder,
                    f"document {key}",
                    f"{pointer}/same_as",
                    f"nothing at {same.document} {same.pointer:.80}",
                )
    for n, row in enumerate(output.trace, 1):
        if not _is_string(output.documents.get(row["document"]), row["pointer"]):
            refuse(output.folder, "trace.jsonl", f"line {n}", f"no string at {row['document']} {row['pointer']:.80}")
        if not row["source"] or not all(0 <= a < b <= length for a, b in row["source"]):
            refuse(output.folder, "trace.jsonl", f"line {n}", f"{row['source']!s:.60} are no ranges of the source")
    for n, edit in enumerate(output.edits, 1):
        a, b = edit["source"]
        if not 0 <= a <= b <= length:
            refuse(output.folder, "edits.jsonl", f"line {n}", f"{edit['source']} is no range of the source")
    for n, row in enumerate(output.evidence, 1):
        for place in places_in(row):
            document, pointer = place["document"], place["pointer"]
            if document is not None and not _is_string(output.documents.get(document), str(pointer)):
                refuse(output.folder, "evidence.jsonl", f"line {n}", f"no string at {document} {pointer!s:.80}")
    for n, finding in enumerate(output.findings, 1):
        for w in finding.get("where") or ():
            if not _stands(output, w["document"], w["pointer"]):
                refuse(output.folder, "findings.jsonl", f"line {n}", f"nothing at {w['document']} {w['pointer']:.80}")
    return output


def _stands(output: Output, document: str, pointer: str) -> bool:
    try:
        resolve(output.documents[document], pointer)
    except LookupError:
        return False
    return True


def _is_string(document: Json | None, pointer: str) -> bool:
    try:
        return isinstance(resolve(document, pointer), str)
    except LookupError:
        return False
