"""A finished bundle -> the texts of its files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from typing import Any

from juanzong.core import tree
from juanzong.core.findings import Finding, id_of
from juanzong.core.ledger import Ledger
from juanzong.core.source import Source
from juanzong.core.spots import Ranges, Row, Spot
from juanzong.core.traced import Traced
from juanzong.emit.edits import edits_text
from juanzong.emit.evidence import Told, counts_of
from juanzong.emit.json_text import to_json, to_jsonl, trace_line
from juanzong.emit.pages import pages_of, places_of
from juanzong.emit.tree import Written, point_second_prints
from juanzong.language.document_types import parted_number


def files_of(
    bundle_id: str,
    title: str,
    source: Source,
    styles: Sequence[str],
    contents: Sequence[tree.ContentsItem],
    documents: Sequence[tree.Document],
    ledger: Ledger,
    findings: Sequence[Finding],
    evidence: Sequence[tuple[object, Row]] = (),
    edits: str | None = None,
) -> dict[str, str]:
    """All files of clean/<id>/: relative path -> text.

    They are not held against the models here, which would take a third of the time: `juanzong audit`, reading them back
    and the tests of every case do so.
    """
    anchors = (id(f.anchor) for d in documents for f in d.footnotes)
    pointed = {*anchors, *(id(target) for f in findings for target in f.where)}
    written = [Written(d, pointed) for d in documents]
    point_second_prints(written)
    files = {f"documents/{w.json['id']}.json": to_json(w.json) for w in written}
    trace, ends = _trace(written, source, ledger)
    checked = Told(evidence, source.text, written, documents)
    told = _findings_json(findings, written, checked)
    bundle = {
        "schema_version": "2",
        "id": bundle_id,
        "title": title,
        "sources": [_source_json(source, styles)],
        "contents": [_contents_item(c) for c in contents],
        "documents": _entries(written, ends),
        "counts": {**_counts(documents, ledger, told), "evidence": counts_of(checked.rows)},
    }
    files["bundle.json"] = to_json(bundle)
    files["trace.jsonl"] = trace
    files["edits.jsonl"] = edits if edits is not None else edits_text(source.text, ledger.entries.values())
    files["evidence.jsonl"] = to_jsonl(checked.rows)
    files["findings.jsonl"] = to_jsonl(told)
    if not source.is_text:
        files["source.txt"] = source.text
    return files


def _ranges_of(source: Source, ledger: Ledger) -> Callable[[Traced], Ranges]:
    """Tells the ranges of a string. Where an edit took nothing but blanks between two of them, they are one."""
    gaps = {(e.start, e.end) for e in ledger.entries.values() if e.status in ("applied", "accepted")}

    def ranges_of(text: Traced) -> Ranges:
        if len(text.runs) == 1:  # most strings
            return text.ranges
        out: Ranges = []
        for a, b in text.ranges:
            if out and (out[-1][1], a) in gaps and not source.text[out[-1][1] : a].strip():
                out[-1] = (out[-1][0], b)
            else:
                out.append((a, b))
        return out

    return ranges_of


def _trace(written: Sequence[Written], source: Source, ledger: Ledger) -> tuple[str, dict[str, list[int]]]:
    """trace.jsonl: one row for each printed string, where it stands in the source, and on which pages where these are
    known; then also the first and last page of each document. A row is written as it is made: a large sheet has half a
    million."""
    places = places_of(source) if source.marks or source.words else None
    ranges_of = _ranges_of(source, ledger)
    out = StringIO()
    ends: dict[str, list[int]] = {}
    for w in written:
        name = w.json["id"]
        for pointer, text in w.texts:
            ranges = ranges_of(text)
            found = pages_of(places, ranges) if places is not None else None
            out.write(trace_line(name, pointer, ranges, [told for _, told in found] if found is not None else None))
            for page, _ in found or ():
                first, last = ends.setdefault(name, [page, page])
                if not first <= page <= last:
                    ends[name] = [min(first, page), max(last, page)]
    return out.getvalue(), ends


def _source_json(source: Source, styles: Sequence[str]) -> dict[str, Any]:
    return {
        "path": source.path,
        "sha256": source.sha256,
        "media_type": source.media_type,
        **({"encoding": source.encoding} if source.encoding else {}),
        "characters": len(source.text),
        "text": source.path if source.is_text else "source.txt",
        **({"pages": [_page(*p) for p in source.pages]} if source.pages else {}),
        "style": list(styles),
        "readers": list(source.readers),
    }


def _entries(written: Sequence[Written], ends: Mapping[str, list[int]]) -> list[dict[str, Any]]:
    """The list of documents, each with its first and last page where pages are known."""
    return [
        {
            "id": w.json["id"],
            "type": w.json["type"],
            "title": w.json["title"],
            "file": f"documents/{w.json['id']}.json",
            **({"pages": ends[w.json["id"]]} if w.json["id"] in ends else {}),
        }
        for w in written
    ]


def _contents_item(item: tree.ContentsItem) -> dict[str, Any]:
    title, number = parted_number(item.entry.title.text)
    return {
        "number": item.entry.number.text.rstrip(".．、 ") or None,
        "title": title,
        **({"doc_number": number} if number else {}),
        "document": item.document.id if item.document is not None else None,
    }


def _page(number: int, width: float, height: float) -> dict[str, Any]:
    return {"page": number, "width": width, "height": height}


def _findings_json(findings: Sequence[Finding], written: Sequence[Written], checked: Told) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    seen: Counter[str] = Counter()
    meant = {id(target) for f in findings for target in f.where}
    places: dict[int, dict[str, Any]] = {}
    for w in written:
        for one in w.pointers.keys() & meant:
            places.setdefault(one, {"document": w.json["id"], "pointer": w.pointers[one]})
    for f in findings:
        where = []
        for target in f.where:
            if isinstance(target, Spot):
                at = checked.resolved(target)
                where += [{"document": at["document"], "pointer": at["pointer"]}] if at["document"] else []
            elif id(target) in places:
                where.append(dict(places[id(target)]))
        digest = id_of(f.check, f.message)
        seen[digest] += 1
        out.append(
            {
                "id": digest if seen[digest] == 1 else f"{digest}-{seen[digest]}",
                "check": f.check,
                "severity": f.severity,
                "status": f.status,
                "message": f.message,
                "where": where,
                "evidence": checked.resolved(f.evidence),
            }
        )
    order = {"error": 0, "warning": 1, "info": 2}
    return sorted(out, key=lambda f: order[f["severity"]])


def _counts(documents: Sequence[tree.Document], ledger: Ledger, findings: Sequence[dict[str, Any]]) -> dict[str, Any]:
    kinds: Counter[str] = Counter()
    for d in documents:
        kinds["documents"] += 1
        kinds["footnotes"] += len(d.footnotes)
        for b in tree.walk(d.body):
            kinds[{"Box": "boxes"}.get(type(b).__name__, type(b).__name__.lower() + "s")] += 1
    statuses = Counter(e.status for e in ledger.entries.values())
    kinds["edits_applied"] = statuses["applied"] + statuses["accepted"]
    kinds["edits_suggested"] = statuses["suggested"]
    for f in findings:
        kinds["findings_waived" if f["status"] == "waived" else f"findings_{f['severity']}"] += 1
    return dict(sorted(kinds.items()))
