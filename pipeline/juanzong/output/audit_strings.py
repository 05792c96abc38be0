"""Every printed string of an output has one row, and is what its source and the edits in it spell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from juanzong.language.dates import iso_date
from juanzong.language.text import fold
from juanzong.model import TraceRow
from juanzong.output.audit_source import SourceText, short
from juanzong.output.consistency import IMPRINT
from juanzong.output.faults import Audit
from juanzong.output.folder import Output, resolve
from juanzong.output.rendering import Edits, fit, render, spelled

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


def check_strings(source: SourceText, output: Output, rows: list[TraceRow], edits: Edits, found: Audit) -> None:
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
        for pointer, value in printed_strings(document):
            if (key, pointer) not in traced and not _told_elsewhere(output, traced, key, pointer, value):
                found.fault("untraced", f"documents/{key}.json", pointer, f"in no row of the trace: {short(value)}")
    for e in edits.inserts:
        if inserted[e.id] != 1:
            found.fault(
                "unfaithful",
                "edits.jsonl",
                source.place(e.source[0]),
                f"insert {e.id} of {e.after!r} stands in {inserted[e.id]} strings",
            )


def _told_elsewhere(output: Output, traced: set[tuple[str, str]], key: str, pointer: str, value: str) -> bool:
    """Whether an element of a notice's imprint (版记) is printed, and traced, at the foot of what the notice issues; or a
    title that is not printed is in the notice that issues the text, or in the bundle's contents list."""
    if pointer == "/title":
        notice = output.documents.get(output.documents[key].get("promulgated_by") or "", {})
        listed = (entry.get("title") or "" for entry in output.bundle.get("contents") or ())
        said = (text for _, text in printed_strings(notice.get("body") or []))
        return any(fold(value) in fold(name) for name in (notice.get("title") or "", *listed, *said))
    element = pointer.removeprefix("/metadata/")
    return (element in IMPRINT or element == "addressees") and any(  # 主送 may stand there as well as in the head
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
    return f"the output has {short(value[lo:])}, source and edits spell {short(spells[lo:])} (from character {lo})"


def printed_strings(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """(pointer, string) of every string of a document that was printed."""
    if isinstance(value, str):
        if value:
            yield pointer, value
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from printed_strings(item, f"{pointer}/{i}")
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in _DERIVED and not (key == "notes" and value.get("kind") == "paragraph"):
                yield from printed_strings(item, f"{pointer}/{key}")
