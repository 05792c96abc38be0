"""What a run says of a text, whole, as lines that people can read: documents, blocks, tables, notes, edits, findings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from juanzong.core.source import Source
from juanzong.model import Edit, TraceRow
from juanzong.output.audit import check_homes
from juanzong.output.audit_source import SourceText
from juanzong.output.faults import Audit
from juanzong.run import files, process

Json = dict[str, Any]


def said(text: str) -> list[str]:
    """All that the run makes of a text of one bundle."""
    return said_of(Source("raw/made-up.txt", "0" * 64, "text/plain", text))


def said_of(source: Source) -> list[str]:
    """All that the run makes of a source, of which each character has one home."""
    made = files(process(source, "made-up"))
    _prove_homes(source.text, made)
    out = [f"style {' '.join(json.loads(made['bundle.json'])['sources'][0]['style'])}"]
    names = {d["id"]: f"<{n}>" for n, d in enumerate(json.loads(made["bundle.json"])["documents"], 1)}
    for entry in json.loads(made["bundle.json"])["contents"]:
        out.append(f"contents {_joined(entry, 'number', 'title', 'doc_number')} -> {names.get(entry['document'], '-')}")
    for entry in json.loads(made["bundle.json"])["documents"]:
        out += _document(json.loads(made[entry["file"]]), names)
    out += _edits(_rows(made["edits.jsonl"]))
    for row in _rows(made["findings.jsonl"]):
        where = " ".join(f"{names[w['document']]}{w['pointer']}" for w in row["where"])
        out.append(f"{row['severity']} {row['check']} {row['message']} {where}".rstrip())
    return out


def _prove_homes(text: str, made: dict[str, str]) -> None:
    rows, edits = (
        [model.model_validate(row) for row in _rows(made[file])]
        for model, file in ((TraceRow, "trace.jsonl"), (Edit, "edits.jsonl"))
    )
    found = Audit()
    check_homes(SourceText(text), rows, edits, found)
    assert not found.faults, f"{found.faults[0].place}: {found.faults[0].message}"


def _rows(text: str) -> list[Json]:
    return [json.loads(line) for line in text.split("\n") if line]


def _joined(value: Json, *keys: str) -> str:
    return " | ".join(str(value[k]) for k in keys if value.get(k))


def _document(document: Json, names: dict[str, str]) -> Iterator[str]:
    yield f"{names[document['id']]} {document['type']} | {document['title']}"
    links = {k: document[k] for k in ("promulgates", "promulgated_by", "annex_of", "annexes") if document.get(k)}
    for key, found in links.items():
        yield f"  {key} {' '.join(names[i] for i in ([found] if isinstance(found, str) else found))}"
    for key, value in document.get("metadata", {}).items():
        if value not in (None, [], ""):
            yield f"  {key}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
    for entry in document.get("contents", ()):
        yield f"  contents {entry['level']} {_joined(entry, 'number', 'title', 'page')}"
    yield from _blocks(document["body"], "  ")
    for note in document.get("footnotes", ()):
        yield f"  note {note['marker']} {note['text']} @ {json.dumps(note.get('anchor'), ensure_ascii=False)}"


def _blocks(blocks: Sequence[Json], indent: str) -> Iterator[str]:
    for b in blocks:
        kind = b["kind"]
        if kind == "paragraph":
            lead = f"[{b['lead']}]" if b.get("lead") else ""
            yield f"{indent}{lead}{b['text']}"
        elif kind == "table":
            yield from _table(b, indent)
        elif kind == "figure":
            yield f"{indent}figure {_joined(b, 'number', 'caption', 'image')} {b.get('text')}"
        else:
            yield f"{indent}{'§' if kind == 'section' else '□'} {_joined(b, 'level', 'number', 'title')}"
            yield from _blocks(b["children"], indent + "  ")


def _table(table: Json, indent: str) -> Iterator[str]:
    yield f"{indent}table {_joined(table, 'number', 'caption', 'unit', 'same_as')} head {table['header_rows']}"
    for row in table.get("rows", ()):
        cells = []
        for c in row["cells"]:
            spans = (c.get("row_span") or 1, c.get("col_span") or 1)
            cells.append(c["text"] + (f" {spans[0]}x{spans[1]}" if spans != (1, 1) else ""))
        yield f"{indent}  " + " | ".join(cells).replace("\n", "⏎")
    values = [f"{v['row']},{v['column']}={v['type']}" + _figures(v) for v in table.get("values") or ()]
    if values:
        yield f"{indent}  values {' '.join(values)}"
    for note in table.get("notes", ()):
        yield f"{indent}  * {note}"


def _figures(value: Json) -> str:
    said = [f"{value[k]:g}" for k in ("value", "low", "high") if value.get(k) is not None]
    return "".join((":", "…".join(said), value.get("unit") or "", "~" if value.get("approximate") else ""))


def _edits(edits: Sequence[Json]) -> Iterator[str]:
    lines = []
    for e in edits:
        what = f"{e['before']!r} -> {e['after']!r}" if e["kind"] != "join" else repr(e["before"])
        notes = "".join(f" ({x['note']})" for x in e["evidence"] if x.get("note"))
        lines.append(f"{e['status']} {e['category']} {e['rule']} {e['kind']} {what} {e['confidence']:g}{notes}")
    for line, same in groupby(lines):
        n = len(list(same))
        yield line if n == 1 else f"{line} x{n}"
