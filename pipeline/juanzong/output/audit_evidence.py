"""What rows of evidence, edits and findings say, held against what they are about: places, ids, counts, words they repeat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from juanzong.core.edit_rows import digest_of
from juanzong.core.findings import id_of
from juanzong.core.traced import Traced
from juanzong.emit.evidence import Places, counts_of
from juanzong.emit.evidence import id_of as row_id
from juanzong.language.text import fold
from juanzong.output.faults import Wrong
from juanzong.output.folder import Json, Output, places_in, resolve
from juanzong.output.rendering import Edits, fit, render, spelled, traced


def contradicted(output: Output, text: str, edits: Edits) -> Iterator[Wrong]:
    """(file, place, message) for each row that does not follow from what it names. `text` is the source's."""
    yield from _evidence(output, text, edits)
    yield from _edits(output, text, edits)
    yield from _findings(output, text, edits)


def _evidence(output: Output, text: str, edits: Edits) -> Iterator[Wrong]:
    rows, file = output.evidence, "evidence.jsonl"
    told = output.bundle["counts"].get("evidence")
    if told is not None and told != counts_of(rows):
        yield "bundle.json", "/counts/evidence", "are not the verdicts of evidence.jsonl"
    kinds = {row["id"]: row["kind"] for row in rows}
    if len(kinds) < len(rows):
        yield file, "", "an id stands twice"
    seen: Counter[str] = Counter()
    places = Places(text, _strings(output, text, edits))
    for n, row in enumerate(rows, 1):
        line = f"line {n}"
        if row["id"] != row_id(row, row.get("place", {}).get("document"), seen):
            yield file, line, f"the id {row['id']} is not that of what the row says"
        for message in (*_named(row, output, kinds), *_figures(row, output)):
            yield file, line, message
        for place in places_in(row):
            if message := _misplaced(place, places, output, text):
                yield file, line, message


def _named(row: Json, output: Output, kinds: dict[str, str]) -> Iterator[str]:
    """Documents and rows that a row names are there."""
    cited = row.get("cited") or {}
    for document in (row.get("document"), cited.get("document")):
        if document is not None and document not in output.documents:
            yield f"there is no document {document}"
    if cited.get("citation") is not None and kinds.get(cited["citation"]) != "citation":
        yield f"there is no citation {cited['citation']}"
    for other in row.get("other_prints", ()):
        if kinds.get(other) != "quotation" or other == row["id"]:
            yield f"there is no other print {other}"


def _figures(row: Json, output: Output) -> Iterator[str]:
    """Ranges lie in the passage, words are those that stand there, figures follow from each other."""
    if row["kind"] == "fact":
        yield from _statements(row, output)
    elif row["kind"] == "quotation":
        yield from _differences(row)
        yield from _parts(row, output)


def _statements(row: Json, output: Output) -> Iterator[str]:
    if len(row["statements"]) < 2:
        yield "a fact is stated at two places or more"
    for s in row["statements"]:
        printed = _string(output, s["place"]["document"], s["place"]["pointer"])
        if printed is not None and s["place"]["range"] and s["value"] not in printed[slice(*s["place"]["range"])]:
            yield f"the value {s['value']!r:.40} is not what stands at its place"


def _differences(row: Json) -> Iterator[str]:
    text = row["text"]
    for d in row["differences"]:
        if text[slice(*d["range"])] != d["quoted"] or (d["op"] == "missing") == bool(d["quoted"]):
            yield f"the difference {d['quoted']!r:.40} is not what the passage has at {d['range']}"
        if (d["op"] == "added") == bool(d["printed"]):
            yield f"a difference that is {d['op']} cannot be printed {d['printed']!r:.40}"
    for u in row["unsupported"]:
        if text[slice(*u["range"])] != u["text"]:
            yield f"the unsupported run {u['text']!r:.40} is not what the passage has at {u['range']}"


def _parts(row: Json, output: Output) -> Iterator[str]:
    for part in (*row["parts"], *row["elsewhere"]):
        if not 0 <= part["range"][0] <= part["range"][1] <= len(row["text"]):
            yield f"{part['range']} is no range of the passage"
    for part in row["parts"]:
        if (part["relation"] in ("frame", "not found")) == bool(part["at"]):
            yield f"a part that is {part['relation']} has {len(part['at'])} places"
    for gap in row["left_out"]:
        if len(gap["at"]) == 1 and gap["at"][0]["range"]:
            there = _string(output, gap["at"][0]["document"], gap["at"][0]["pointer"]) or ""
            if fold(there[slice(*gap["at"][0]["range"])]) != fold(gap["text"]):
                yield f"what is left out, {gap['text']!r:.40}, is not what stands at its place"


def _misplaced(place: Json, places: Places, output: Output, text: str) -> str:
    """What is wrong with a place: nothing stands there, or not what its source became."""
    if not all(0 <= a <= b <= len(text) for a, b in place["source"]):
        return f"{place['source']} are no ranges of the source"
    if any(a < end for (_, end), (a, _) in pairwise(place["source"])):
        return f"{place['source']} are told twice or out of order"
    there = places.place([(a, b) for a, b in place["source"]])
    if there == place:
        return ""
    if there["source"] == place["source"] and place["document"] is None is place["pointer"] is place["range"]:
        return "" if there["document"] is None else f"what stands there is {there['document']} {there['pointer']}"
    string = _string(output, place["document"], place["pointer"])
    if string is None or place["range"] is None or not 0 <= place["range"][0] <= place["range"][1] <= len(string):
        return f"no range {place['range']} of a string at {place['document']} {place['pointer']}"
    printed = string[slice(*place["range"])]
    return f"{printed!r:.40} stands at {place['pointer']} {place['range']}, its source {place['source']} says otherwise"


def _strings(output: Output, text: str, edits: Edits) -> Iterator[tuple[str, str, Traced]]:
    """Every printed string with what each part of it came from, spelled again."""
    for (document, pointer), ranges in output.sources.items():
        value = _string(output, document, pointer)
        pieces = render(text, [(a, b) for a, b in ranges], edits)
        yield document, pointer, traced(pieces, fit(value or "", pieces) or ())


def _edits(output: Output, text: str, edits: Edits) -> Iterator[Wrong]:
    for n, edit in enumerate(output.edits, 1):
        a, b = edit["source"]
        if edit["id"].partition("-")[0] != digest_of(
            text, a, b, edit["rule"], edit["kind"], edit["before"], edit["after"]
        ):
            yield "edits.jsonl", f"line {n}", f"the id {edit['id']} is not that of what the row says"
        for e in edit.get("evidence", ()):
            yield from (("edits.jsonl", f"line {n}", message) for message in _repeated(e, text, edits))


def _findings(output: Output, text: str, edits: Edits) -> Iterator[Wrong]:
    rows = {row["id"] for row in output.evidence}
    order = ("error", "warning", "info")
    before = 0
    for n, finding in enumerate(output.findings, 1):
        line, evidence = f"line {n}", finding.get("evidence", {})
        if finding["id"].partition("-")[0] != id_of(finding["check"], finding["message"]):
            yield "findings.jsonl", line, f"the id {finding['id']} is not that of what the row says"
        if order.index(finding["severity"]) < before:
            yield "findings.jsonl", line, f"a finding that is {finding['severity']} stands behind lesser ones"
        before = order.index(finding["severity"])
        if "row" in evidence and evidence["row"] not in rows:
            yield "findings.jsonl", line, f"there is no row {evidence['row']} of evidence"
        yield from (("findings.jsonl", line, message) for message in _repeated(evidence, text, edits))


def _repeated(evidence: Json, text: str, edits: Edits) -> Iterator[str]:
    """Evidence with a place in the source and what stands there, as printed or as the edits leave it."""
    place, said = evidence.get("source"), evidence.get("text")
    if isinstance(place, list) and len(place) == 2 and all(isinstance(x, int) for x in place):
        a, b = place
        if not 0 <= a <= b <= len(text):
            yield f"{place} is no range of the source"
        elif isinstance(said, str) and fold(text[a:b]) not in fold(said):  # it may say what stands around, too
            if fold(spelled(render(text, [(a, b)], edits))) in fold(said):
                return
            yield f"the source says {text[a:b]!r:.40} there, not {said!r:.40}"


def _string(output: Output, document: Any, pointer: Any) -> str | None:
    try:
        value = resolve(output.documents[document], str(pointer))
    except LookupError:
        return None
    return value if isinstance(value, str) else None
