"""The law, proved: every printed character has one home, every string is its source and the edits in it."""

from __future__ import annotations

import bisect
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from juanzong.core.errors import JuanzongError
from juanzong.language.dates import iso_date
from juanzong.language.text import fold
from juanzong.model import DOCUMENT_TYPES, AnyDocument, Bundle, Edit, Finding, TraceRow
from juanzong.output.consistency import inconsistencies
from juanzong.output.derived import underived
from juanzong.output.folder import Output, load, resolve
from juanzong.output.rendering import APPLIED, Edits, fit, render, spelled
from juanzong.read.account import CHECK, lost_of_file
from juanzong.read.text import read_text_source

M = TypeVar("M", bound=BaseModel)
_DOCUMENT: TypeAdapter[AnyDocument] = TypeAdapter(AnyDocument)
# Keys whose strings are not printed or are made from other strings of the output: no row.
_DERIVED = frozenset(
    {
        "type",
        "id",
        "kind",
        "lead",
        "columns",
        "values",
        "anchor",
        "promulgated_by",
        "promulgates",
        "same_as",
        "element",
        "annex_of",
        "annexes",
    }
)

_IMPRINT = frozenset({"copied_to", "printed_by", "printed_on", "disclosure", "annotation", "proofreader"})


@dataclass(frozen=True, slots=True)
class Fault:
    """Where the output breaks the law: a file of the folder, a place in it, what is wrong there."""

    check: str
    file: str
    place: str
    message: str


@dataclass
class Audit:
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, check: str, file: str, place: str, message: str) -> None:
        self.counts[check] += 1
        self.faults.append(Fault(check, file, place, message))


def audit(folder: Path, source: Path | None = None) -> Audit:
    """Every check on clean/<id>/ against its source file; `source` where it stands elsewhere than bundle.json says.

    Raises JuanzongError where the folder is no output or the source is not to be found.
    """
    output = load(folder)
    found = Audit()
    rows, edits = _validate(output, found)
    if found.faults:
        return found  # what breaks its schema cannot be followed further
    text = _source_text(output, source, found)
    for place, message in inconsistencies(output):
        found.fault("inconsistent", "bundle.json", place, message)
    for place, message in underived(output):
        found.fault("inconsistent", place.split(" ")[0], place.partition(" ")[2], message)
    applied = Edits(edits)
    _check_edits(text, edits, found)
    _check_homes(text, rows, edits, found)
    _check_strings(text, output, rows, applied, found)
    found.counts["characters"] = len("".join(text.text.split()))
    found.counts["documents"] = len(output.documents)
    found.counts["strings"] = len(rows)
    found.counts["edits"] = len(edits)
    return found


# ---- every file validates


def _validate(output: Output, found: Audit) -> tuple[list[TraceRow], list[Edit]]:
    _valid(Bundle, [output.bundle], "bundle.json", found)
    for entry in output.bundle["documents"]:
        document = output.documents[str(entry["id"])]
        try:
            _DOCUMENT.validate_python(document)
        except ValidationError as error:
            _invalid(error, str(entry["file"]), f"a {document.get('type')}", found)
    _valid(Finding, output.findings, "findings.jsonl", found)
    return (_valid(TraceRow, output.trace, "trace.jsonl", found), _valid(Edit, output.edits, "edits.jsonl", found))


def _valid(model: type[M], values: Iterable[Any], file: str, found: Audit) -> list[M]:
    out = []
    for n, value in enumerate(values, 1):
        try:
            out.append(model.model_validate(value))
        except ValidationError as error:
            _invalid(error, file, f"line {n}" if file.endswith("l") else "", found)
    return out


def _invalid(error: ValidationError, file: str, place: str, found: Audit) -> None:
    for e in error.errors():
        at = "".join(f"/{p}" for p in e["loc"] if p not in DOCUMENT_TYPES)
        found.fault("invalid", file, " ".join(filter(None, (place, at))), e["msg"])


# ---- the source that offsets count in


class _Text:
    """The source text, and how a place in it is told to people."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]

    def place(self, offset: int) -> str:
        return f"line {bisect.bisect_right(self._starts, offset)}, offset {offset}"

    def excerpt(self, start: int, end: int) -> str:
        return _short(self.text[start:end].strip())


def _short(text: str, limit: int = 48) -> str:
    return repr(text if len(text) <= limit else text[:limit] + "…")


def _source_text(output: Output, source: Path | None, found: Audit) -> _Text:
    """The text that offsets count in; faults where the source is not the one that the output was made from."""
    entry = output.bundle["sources"][0]
    path = source or _find(output.folder, entry["path"])
    if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
        found.fault("inconsistent", "bundle.json", "/sources/0/sha256", f"{path} is not the file that was read")
    kept = output.folder / "source.txt"
    text = kept.read_bytes().decode("utf-8") if entry["text"] == "source.txt" else None
    if entry["media_type"] == "text/plain":
        read = read_text_source(path, entry["path"]).text
        if text is not None and text != read:
            found.fault("inconsistent", "source.txt", "", f"is not the text of {path}")
        text = read
    if text is None:
        raise JuanzongError(f"{output.folder}: no source.txt for the offsets to count in; run `juanzong run` again")
    if len(text) != entry["characters"]:
        found.fault("inconsistent", "bundle.json", "/sources/0/characters", f"the text has {len(text)}")
    for lost in lost_of_file(path, text, output.findings):
        found.fault(CHECK, "source.txt", lost.place, f"the file says {_short(lost.text)}, the text does not")
    return _Text(text)


def _find(folder: Path, recorded: str) -> Path:
    """The source file: as bundle.json has it, from here or from the folder that clean/ stands in."""
    for base in (Path(), folder.resolve().parent.parent):
        if (base / recorded).exists():
            return base / recorded
    raise JuanzongError(f"{folder}: its source {recorded} is not here; say where with --source FILE")


# ---- edits, homes, strings


def _check_edits(source: _Text, edits: list[Edit], found: Audit) -> None:
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


def _check_homes(source: _Text, rows: list[TraceRow], edits: list[Edit], found: Audit) -> None:
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


def _check_strings(source: _Text, output: Output, rows: list[TraceRow], edits: Edits, found: Audit) -> None:
    """Every printed string has one row, and is what the row's ranges and the edits inside them spell."""
    traced: set[tuple[str, str]] = set()
    inserted: Counter[str] = Counter()
    for n, row in enumerate(rows, 1):
        line, where = f"line {n}", f"{row.document} {row.pointer}"
        value = _string_at(output, row, len(source.text))
        if value is None:
            found.fault("broken", "trace.jsonl", line, f"{where}: no string stands there, or its ranges are no ranges")
            continue
        if (row.document, row.pointer) in traced:
            found.fault("double", "trace.jsonl", line, f"{where}: a second row")
        traced.add((row.document, row.pointer))
        pieces = render(source.text, row.source, edits)
        if _is_date(row.pointer):
            if iso_date(spelled(pieces)) != value:
                found.fault(
                    "unfaithful", "trace.jsonl", line, f"{where}: {value} is not the date that is printed there"
                )
            continue
        used = fit(value, pieces)
        if used is not None:
            inserted.update(used)
        elif not (row.pointer.endswith("/marker") and _marks(spelled(pieces), value)):
            found.fault("unfaithful", "trace.jsonl", line, f"{where}: {_differ(value, spelled(pieces))}")
    for key, document in output.documents.items():
        for pointer, value in _printed(document):
            if (key, pointer) not in traced and not _told_elsewhere(output, traced, key, pointer, value):
                found.fault("untraced", f"documents/{key}.json", pointer, f"in no row of the trace: {_short(value)}")
    for e in edits.inserts:
        if inserted[e.id] != 1:
            found.fault(
                "unfaithful",
                "edits.jsonl",
                source.place(e.source[0]),
                f"insert {e.id} of {e.after!r} stands in {inserted[e.id]} strings",
            )


def _told_elsewhere(output: Output, traced: set[tuple[str, str]], key: str, pointer: str, value: str) -> bool:
    """Whether an element of a notice's imprint (版记) is printed, and traced, at the foot of what the notice issues."""
    element = pointer.removeprefix("/metadata/")
    return element in _IMPRINT and any(
        other != key and (other, pointer) in traced and document.get("metadata", {}).get(element) == value
        for other, document in output.documents.items()
    )


def _string_at(output: Output, row: TraceRow, length: int) -> str | None:
    try:
        value = resolve(output.documents[row.document], row.pointer)
    except LookupError:
        return None
    sound = isinstance(value, str) and row.source and all(0 <= a < b <= length for a, b in row.source)
    return value if sound else None


def _is_date(pointer: str) -> bool:
    """Dates are ISO 8601 in the output, however they are printed."""
    return pointer.startswith("/metadata/") and pointer.endswith("_on")


def _marks(printed: str, marker: str) -> bool:
    """Whether `printed` is the marker once or twice (at the note and in the text), in any of a marker's forms."""
    bare, want = ("".join(filter(str.isalnum, fold(s))) for s in (printed, marker))
    return bare in (want, want + want)


def _differ(value: str, spells: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(value, spells, strict=False)) if a != b), min(len(value), len(spells)))
    lo = max(0, at - 8)
    return f"the output has {_short(value[lo:])}, source and edits spell {_short(spells[lo:])} (from character {lo})"


def _printed(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """(pointer, string) of every string of a document that was printed."""
    if isinstance(value, str):
        if value:
            yield pointer, value
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _printed(item, f"{pointer}/{i}")
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in _DERIVED and not (key == "notes" and value.get("kind") == "paragraph"):
                yield from _printed(item, f"{pointer}/{key}")
