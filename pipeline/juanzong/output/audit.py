"""The law, proved: every printed character has one home, every string is its source and the edits in it."""

from __future__ import annotations

import bisect
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from juanzong.model import DOCUMENT_TYPES, AnyDocument, Bundle, Edit, Finding, TraceRow
from juanzong.model.evidence import EVIDENCE_ROWS
from juanzong.output.audit_again import differing
from juanzong.output.audit_evidence import contradicted
from juanzong.output.audit_form import misformed
from juanzong.output.audit_leads import wrong_leads
from juanzong.output.audit_order import disordered
from juanzong.output.audit_prints import wrongly_merged
from juanzong.output.audit_source import SourceText, found_source, source_text
from juanzong.output.audit_strings import check_strings
from juanzong.output.consistency import blocks_at, inconsistencies
from juanzong.output.derived import underived
from juanzong.output.faults import Audit
from juanzong.output.folder import Json, Output, load
from juanzong.output.rendering import APPLIED, Edits

M = TypeVar("M", bound=BaseModel)
_LISTS = ("contents", "footnotes", "promulgates", "annexes")  # of a document: those left out are empty
_DOCUMENT: TypeAdapter[AnyDocument] = TypeAdapter(AnyDocument)


def audit(folder: Path, source: Path | None = None, *, again: bool = False) -> Audit:
    """Every check on clean/<id>/ against its source file; `source` where it stands elsewhere than bundle.json says.
    `again`: derive the whole output from it once more, and compare.

    Raises JuanzongError where the folder is no output or the source is not to be found.
    """
    output = load(folder)
    found = Audit()
    rows, edits = _validate(output, found)
    if found.faults:
        return found  # what breaks its schema cannot be followed further
    text = source_text(output, source, found)
    for place, message in inconsistencies(output):
        found.fault("inconsistent", "bundle.json", place, message)
    for place, message in underived(output):
        found.fault("inconsistent", place.split(" ")[0], place.partition(" ")[2], message)
    applied = Edits(edits)
    for file, place, message in (
        *contradicted(output, text.text, applied),
        *wrongly_merged(output),
        *disordered(output),
        *wrong_leads(output, text.text, edits),
        *misformed(output),
    ):
        found.fault("inconsistent", file, place, message)
    _check_edits(text, edits, found)
    check_homes(text, rows, edits, found)
    check_strings(text, output, rows, applied, found)
    if again:
        for file, place, message in differing(output, source or found_source(output)):
            found.fault("differs", file, place, message)
    found.counts["characters"] = len("".join(text.text.split()))
    found.counts["documents"] = len(output.documents)
    found.counts["strings"] = len(rows)
    found.counts["edits"] = len(edits)
    return found


def _validate(output: Output, found: Audit) -> tuple[list[TraceRow], list[Edit]]:
    _valid(Bundle, [output.bundle], "bundle.json", found)
    for entry in output.bundle["documents"]:
        document = output.documents[str(entry["id"])]
        try:
            _DOCUMENT.validate_json(json.dumps(document), strict=True)
        except ValidationError as error:
            _invalid(error, str(entry["file"]), f"a {document.get('type')}", found)
            continue
        for at in _without_always(document):
            found.fault("invalid", str(entry["file"]), at, "Field required")
        document.setdefault("metadata", {})
        for key in _LISTS:
            document.setdefault(key, [])
    _valid(Finding, output.findings, "findings.jsonl", found)
    for name, rows, keys in (
        ("findings", output.findings, ("where", "evidence")),
        ("edits", output.edits, ("evidence",)),
    ):
        for n, row in enumerate(rows, 1):
            for key in keys:
                if key not in row:
                    found.fault("invalid", f"{name}.jsonl", f"line {n} /{key}", "Field required")
    for n, value in enumerate(output.evidence, 1):
        try:
            EVIDENCE_ROWS.validate_json(json.dumps(value), strict=True)
        except ValidationError as error:
            _invalid(error, "evidence.jsonl", f"line {n}", found)
    return (_valid(TraceRow, output.trace, "trace.jsonl", found), _valid(Edit, output.edits, "edits.jsonl", found))


def _without_always(document: Json) -> Iterator[str]:
    """What the schemas require although the models have a default for it: the body, what headings and boxes hold."""
    if "body" not in document:
        yield "/body"
    for at, block in blocks_at(document.get("body", []), "/body"):
        if block["kind"] in ("section", "box") and "children" not in block:
            yield f"{at}/children"


def _valid(model: type[M], values: Iterable[Any], file: str, found: Audit) -> list[M]:
    out = []
    for n, value in enumerate(values, 1):
        try:
            out.append(model.model_validate_json(json.dumps(value), strict=True))  # 1.0 and true are no 1
        except ValidationError as error:
            _invalid(error, file, f"line {n}" if file.endswith("l") else "", found)
    return out


def _invalid(error: ValidationError, file: str, place: str, found: Audit) -> None:
    for e in error.errors():
        at = "".join(f"/{p}" for p in e["loc"] if p not in DOCUMENT_TYPES)
        found.fault("invalid", file, " ".join(filter(None, (place, at))), e["msg"])


def _check_edits(source: SourceText, edits: list[Edit], found: Audit) -> None:
    for n, e in enumerate(edits, 1):
        a, b = e.source
        line = f"line {n}"
        if not 0 <= a <= b <= len(source.text):
            found.fault("edit", "edits.jsonl", line, f"edit {e.id}: {e.source} is no range of the source")
        elif e.kind != "join" and e.before != source.text[a:b]:
            found.fault(
                "edit",
                "edits.jsonl",
                line,
                f"edit {e.id}: `before` is not what stands at {source.place(a)}: {source.excerpt(a, b)}",
            )
        elif (e.kind != "join" and (e.kind == "insert") != (a == b)) or (e.kind in ("drop", "merge") and e.after):
            found.fault("edit", "edits.jsonl", line, f"edit {e.id}: a {e.kind} cannot have this range and `after`")


def check_homes(source: SourceText, rows: list[TraceRow], edits: list[Edit], found: Audit) -> None:
    """Each character that is no blank in one row or one edit; a replace inside a row is part of that row."""
    homes = sorted((a, b, f"{r.document} {r.pointer}") for r in rows for a, b in r.source)
    starts = [h[0] for h in homes]

    def in_a_row(a: int, b: int) -> bool:
        i = bisect.bisect_right(starts, a) - 1
        return i >= 0 and b <= homes[i][1]

    homes += [
        (*e.source, f"edit {e.id} ({e.kind}, {e.rule})")
        for e in edits
        if e.status in APPLIED and (e.kind in ("drop", "merge") or (e.kind == "replace" and not in_a_row(*e.source)))
    ]
    homes.sort()
    end, owner = 0, ""
    for a, b, name in [*homes, (len(source.text), len(source.text), "")]:
        gap = source.text[end:a]
        if gap.strip():
            at = a - len(gap.lstrip())
            found.fault("lost", "trace.jsonl", source.place(at), f"in no row and no edit: {source.excerpt(at, a)}")
        if source.text[a : min(b, end)].strip():
            found.fault(
                "double",
                "trace.jsonl",
                source.place(a),
                f"claimed by {owner} and by {name}: {source.excerpt(a, min(b, end))}",
            )
        if b > end:
            end, owner = b, name
