"""What the files of one output say about each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from juanzong.language.alike import skeleton
from juanzong.language.document_types import bare_title
from juanzong.output.folder import Json, Output, resolve
from juanzong.output.rendering import APPLIED

Place = tuple[str, str]  # JSON Pointer in bundle.json, or file and place; what is wrong there
IMPRINT = ("copied_to", "printed_by", "printed_on", "disclosure", "annotation", "proofreader")
_COUNTED = {"section": "sections", "paragraph": "paragraphs", "box": "boxes", "table": "tables", "figure": "figures"}


def inconsistencies(output: Output) -> Iterator[Place]:
    """(place, message) for each contradiction between bundle.json, the documents, edits and findings."""
    yield from _entries(output)
    yield from _counts(output)
    for document in output.documents.values():
        yield from _links(document, output.documents)
        yield from _notes(document)
    yield from _imprints(output)
    for name, rows in (("edits.jsonl", output.edits), ("findings.jsonl", output.findings)):
        yield from _rows(name, rows, output.documents)


def _entries(output: Output) -> Iterator[Place]:
    files = set()
    for i, entry in enumerate(output.bundle["documents"]):
        document = output.documents[entry["id"]]
        files.add(entry["file"])
        for key in ("id", "type", "title"):
            if entry[key] != document[key]:
                yield f"/documents/{i}/{key}", f"{entry[key]!r}, but {entry['file']} has {document[key]!r}"
    for path in sorted((output.folder / "documents").glob("*")):
        if f"documents/{path.name}" not in files:
            yield f"documents/{path.name}", "bundle.json does not list this file"
    title = next((d["title"] for d in output.documents.values() if d["title"]), output.bundle["id"])
    if output.bundle["title"] != title:
        yield "/title", f"{output.bundle['title']!r}, but the first title of the documents is {title!r}"
    paths = [source["path"] for source in output.bundle["sources"]]
    if len(set(paths)) < len(paths):
        yield "/sources", "a source stands twice"
    titled = {skeleton(d["title"]): d["id"] for d in reversed(output.documents.values()) if d["title"]}
    for i, item in enumerate(output.bundle.get("contents", [])):
        if item["document"] is not None and item["document"] not in output.documents:
            yield f"/contents/{i}/document", f"there is no document {item['document']}"
        elif item["document"] is not None and not _is_named(item, titled, output.documents):
            yield (
                f"/contents/{i}/document",
                f"{item['document']} bears another title, and another document bears this one",
            )


def _is_named(item: Json, titled: dict[str, str], documents: dict[str, Json]) -> bool:
    """Whether the document that an entry leads to has its title, or issues what has; or none has it."""
    key = skeleton(bare_title(item["title"]))
    document = documents[item["document"]]
    kin = [document, *(documents[d] for d in document.get("promulgates", []) if d in documents)]
    return key not in titled or any(skeleton(bare_title(d["title"])) == key for d in kin)


def _counts(output: Output) -> Iterator[Place]:
    """Counts that are given must be right; kinds that are not there may be left out."""
    counted: Counter[str] = Counter(documents=len(output.documents))
    for document in output.documents.values():
        counted["footnotes"] += len(document.get("footnotes", []))
        counted.update(_COUNTED[b["kind"]] for b in blocks(document.get("body", [])))
    counted["edits_applied"] = sum(e["status"] in APPLIED for e in output.edits)
    counted["edits_suggested"] = sum(e["status"] == "suggested" for e in output.edits)
    counted.update(
        "findings_waived" if f["status"] == "waived" else f"findings_{f['severity']}" for f in output.findings
    )
    told = output.bundle["counts"]
    for key in sorted(counted.keys() | told.keys()):
        if (key in counted or key.startswith("findings_")) and told.get(key, 0) != counted[key]:
            yield f"/counts/{key}", f"says {told.get(key, 0)}, the files have {counted[key]}"


def blocks(body: list[Json]) -> Iterator[Json]:
    """All blocks of a body in reading order, outer before inner."""
    for block in body:
        yield block
        yield from blocks(block.get("children", []))


def blocks_at(body: list[Json], pointer: str) -> Iterator[tuple[str, Json]]:
    """The same, each with its JSON Pointer; `pointer` is the body's."""
    for i, block in enumerate(body):
        yield f"{pointer}/{i}", block
        yield from blocks_at(block.get("children", []), f"{pointer}/{i}/children")


def _links(document: Json, documents: dict[str, Json]) -> Iterator[Place]:
    """Links are told at both ends."""
    name = f"documents/{document['id']}.json"
    pairs = [("promulgated_by", "promulgates"), ("promulgates", "promulgated_by"), ("annex_of", "annexes")]
    for key, back in pairs:
        value = document.get(key)
        if isinstance(value, list) and len(set(value)) < len(value):
            yield f"{name} /{key}", "an id stands twice"
        for target in value if isinstance(value, list) else [] if value is None else [value]:
            if target not in documents:
                yield f"{name} /{key}", f"there is no document {target}"
                continue
            told = documents[target].get(back)
            if document["id"] not in (told if isinstance(told, list) else [told]):
                yield f"{name} /{key}", f"{target} does not say so in `{back}`"
    for i, annex in enumerate(document.get("annexes", [])):
        if documents.get(annex, {}).get("annex_of") != document["id"]:
            yield f"{name} /annexes/{i}", f"{annex} is not there or is no annex of it"


def _imprints(output: Output) -> Iterator[Place]:
    """A notice has the imprint (版记) that is printed at the foot of what it issues."""
    before: list[Json] = []
    for key, document in output.documents.items():
        before.append(document)
        notice = _closed_by(before, output.documents)
        if notice is None:
            continue
        for element in IMPRINT:
            if (key, f"/metadata/{element}") in output.sources and element not in notice["metadata"]:
                yield f"documents/{notice['id']}.json /metadata/{element}", f"is printed in {key}, and missing here"


def _closed_by(documents: list[Json], all_of_them: dict[str, Json]) -> Json | None:
    """The notice that an imprint in the last of the documents closes."""
    for document in reversed(documents):
        main = all_of_them.get(document.get("annex_of", ""), document)
        if main["type"] == "notice" or main.get("promulgated_by"):
            return all_of_them.get(main.get("promulgated_by", ""), main)
        if not document["type"].startswith("annex"):
            break
    return None


def _notes(document: Json) -> Iterator[Place]:
    """Anchors of footnotes stand inside strings; a paragraph's marks lead to its notes."""
    name = f"documents/{document['id']}.json"
    footnotes = document.get("footnotes", [])
    for i, note in enumerate(footnotes):
        anchor = note.get("anchor")
        if anchor is not None and not 0 <= anchor["offset"] <= len(_string(document, anchor["pointer"]) or ""):
            yield f"{name} /footnotes/{i}/anchor", f"{anchor['pointer']} holds no offset {anchor['offset']}"
    for block in blocks(document.get("body", [])):
        for mark in block.get("notes", []) if block["kind"] == "paragraph" else []:
            if mark["footnote"] >= len(footnotes) or mark["offset"] > len(block["text"]):
                yield f"{name} notes of a paragraph", f"no footnote {mark['footnote']}, or no offset {mark['offset']}"


def _rows(name: str, rows: list[Json], documents: dict[str, Json]) -> Iterator[Place]:
    seen: set[str] = set()
    for n, row in enumerate(rows, 1):
        if row["id"] in seen:
            yield f"{name} line {n}", f"the id {row['id']} stands twice"
        base, _, nth = row["id"].rpartition("-")
        if nth.isdecimal() and base and (base if nth == "2" else f"{base}-{int(nth) - 1}") not in seen:
            yield f"{name} line {n}", f"the id {row['id']} stands before the one that it follows"
        seen.add(row["id"])
        evidence = row.get("evidence", [])
        places = [*row.get("where", []), *(evidence if isinstance(evidence, list) else [])]
        for place in places:
            if place.get("document") is None:
                continue
            document = documents.get(place["document"])
            if document is None or not _stands(document, place.get("pointer") or ""):
                yield f"{name} line {n}", f"nothing stands at {place['document']} {place.get('pointer') or ''}"


def _stands(document: Json, pointer: str) -> bool:
    try:
        resolve(document, pointer)
    except LookupError:
        return False
    return True


def _string(document: Json, pointer: str) -> str | None:
    try:
        value: Any = resolve(document, pointer)
    except LookupError:
        return None
    return value if isinstance(value, str) else None
