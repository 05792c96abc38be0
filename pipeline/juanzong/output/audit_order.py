"""The order in which an output tells its rows and documents: that of the source; and what stands nowhere as null."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from juanzong.core.terms import is_told_by_checks
from juanzong.output.audit_strings import printed_strings
from juanzong.output.faults import Wrong
from juanzong.output.folder import Json, Output


def disordered(output: Output) -> Iterator[Wrong]:
    """(file, place, message) for documents and rows that stand out of their order, and values that are not told at all."""
    yield from _documents(output)
    yield from _trace(output)
    yield from _edits(output)
    yield from _told(output)
    yield from _evidence(output)
    for key, document in output.documents.items():
        for pointer in _nulls(document):
            yield f"documents/{key}.json", pointer, "null: what is not printed is left out"


def _documents(output: Output) -> Iterator[Wrong]:
    begins: dict[str, int] = {}
    for row in output.trace:
        a = min((a for a, _ in row["source"]), default=0)
        begins[row["document"]] = min(a, begins.get(row["document"], a))
    for one, two in pairwise(d for d in output.documents if d in begins):
        if begins[one] > begins[two]:
            yield "bundle.json", "/documents", f"{two} stands behind {one}, but before it in the source"


def _trace(output: Output) -> Iterator[Wrong]:
    """Rows stand in the order of the strings that they are about."""
    places = {
        (key, pointer): (n, k)
        for n, (key, document) in enumerate(output.documents.items())
        for k, (pointer, _) in enumerate(printed_strings(document))
    }
    before = (-1, -1)
    for n, row in enumerate(output.trace, 1):
        place = places.get((row["document"], row["pointer"]), before)
        if place < before:
            yield "trace.jsonl", f"line {n}", f"{row['document']} {row['pointer']} stands out of order"
            return
        before = place


def _edits(output: Output) -> Iterator[Wrong]:
    from juanzong.run import PASSES

    names = {p.name for p in PASSES}
    before: tuple[Any, ...] = ()
    for n, e in enumerate(output.edits, 1):
        place = (*e["source"], e["rule"], e["kind"], e["after"])
        if place < before:
            yield "edits.jsonl", f"line {n}", f"the edit {e['id']} stands out of order"
        before = place
        if e["stage"] not in names:
            yield "edits.jsonl", f"line {n}", f"there is no pass {e['stage']}"


def _told(output: Output) -> Iterator[Wrong]:
    """A finding on rows of evidence stands where these do; each row that calls for one has it."""
    rows = {row["id"]: row for row in output.evidence}
    told: set[str] = set()
    for n, finding in enumerate(output.findings, 1):
        line, where, evidence = f"line {n}", finding.get("where", []), finding.get("evidence", {})
        if not isinstance(evidence.get("row"), str):
            continue
        named = [evidence["row"], *evidence.get("other_prints", ())]
        told.update(named)
        if not rows.keys() >= set(named):
            yield "findings.jsonl", line, f"there is no row {sorted(set(named) - rows.keys())[0]} of evidence"
        elif where != [place for name in named for place in _places(rows[name])]:
            yield "findings.jsonl", line, "does not stand where its rows of evidence do"
    for n, row in enumerate(output.evidence, 1):
        if _calls_for_finding(row) and row["id"] not in told:
            yield "evidence.jsonl", f"line {n}", f"no finding tells of {row['id']}"


def _evidence(output: Output) -> Iterator[Wrong]:
    """Rows of evidence stand in the order of the passages that they are about."""
    begins = [min((a for p in _spots(row) for a, _ in p.get("source", ())), default=0) for row in output.evidence]
    for n, (one, two) in enumerate(pairwise(begins), 2):
        if one > two:
            yield "evidence.jsonl", f"line {n}", f"the row {output.evidence[n - 1]['id']} stands out of order"


def _spots(row: Json) -> list[Json]:
    return [row["place"]] if "place" in row else [s["place"] for s in row["statements"]]


def _places(row: Json) -> list[Json]:
    return [{k: p[k] for k in ("document", "pointer")} for p in _spots(row) if p["document"]]


def _calls_for_finding(row: Json) -> bool:
    if row["kind"] == "reference" and is_told_by_checks(row["type"], row["text"]):
        return False
    bad = {"reference": ("does not resolve",), "fact": ("differ", "unit differs")}
    return row.get("verdict") in bad.get(row["kind"], ())


def _nulls(value: Any, pointer: str = "") -> Iterator[str]:
    if value is None:
        yield pointer
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _nulls(item, f"{pointer}/{key}")
