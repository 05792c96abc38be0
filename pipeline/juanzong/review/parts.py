"""A document as a list of its strings, each with its kind and the headings above it: what a diff compares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from juanzong.output.folder import Json
from juanzong.output.headings import heads_of, short


@dataclass(frozen=True, slots=True)
class Part:
    """A string of a document by its structure: `kind` as a section title, a cell; `path` the headings above it, of a cell
    also the headers of its row and its column."""

    kind: str
    path: tuple[str, ...]
    text: str

    @property
    def key(self) -> tuple[str, ...]:
        """What two parts that are the same have in common: a cell also its headers, any other part not where it stands."""
        return (self.kind, self.text, *(self.path[-1:] if self.kind.startswith("cell") else ()))


def parts_of(document: Json) -> Iterator[Part]:
    """All strings of a document in reading order."""
    yield Part("title", (), document["title"])
    for key, value in sorted((document.get("metadata") or {}).items()):
        yield Part(f"metadata {key}", (), flat(value))
    for key in ("promulgated_by", "promulgates", "annex_of", "annexes"):
        if document.get(key):
            yield Part(f"link {key}", (), flat(document[key]))
    for e in document.get("contents") or ():
        yield Part(f"contents {e['level']}", (), flat([e.get("number"), e["title"], e.get("page")]))
    yield from _blocks(document.get("body") or (), ())
    for f in document.get("footnotes") or ():
        yield Part("footnote", (), f"{f['marker']} {f['text']}")


def outline_of(document: Json) -> Iterator[Part]:
    """What a document is made of: its headings, boxes, tables and figures by name."""
    for p in parts_of(document):
        if p.kind.split()[0] in ("section", "box", "table", "figure") and p.text and p.kind != "figure text":
            yield p


def flat(value: Any) -> str:
    """A JSON value as one line."""
    if isinstance(value, dict):
        return flat(list(value.values()))
    if isinstance(value, list):
        return " ".join(flat(v) for v in value if v)
    return str(value)


def _blocks(blocks: Sequence[Json], path: tuple[str, ...]) -> Iterator[Part]:
    for b in blocks:
        name = " ".join(filter(None, (b.get("number"), b.get("title") or b.get("caption"))))
        if b["kind"] in ("section", "box"):
            yield Part(f"section {b['level']}" if b["kind"] == "section" else "box", path, name)
            yield from _blocks(b["children"], (*path, name))
        elif b["kind"] == "paragraph":
            yield Part("paragraph", path, b["text"])
        elif b["kind"] == "table":
            yield Part("table", path, " ".join(filter(None, (name, b.get("unit")))))
            yield from _cells(b, (*path, name))
        else:
            yield Part("figure", path, name)
            yield from (Part("figure text", (*path, name), line) for line in b.get("text") or ())


def _cells(table: Json, path: tuple[str, ...]) -> Iterator[Part]:
    heads = heads_of(table)
    for r, row in enumerate(table.get("rows") or ()):
        for c, cell in enumerate(row["cells"]):
            spans = "".join(f" {k}×{cell[k]}" for k in ("row_span", "col_span") if cell.get(k, 1) > 1)
            named = " · ".join(short(h) for h in heads.get((r, c), ()) if h)
            yield Part(f"{'header' if r < table['header_rows'] else 'cell'}{spans}", (*path, named), cell["text"])
    if table.get("same_as"):
        yield Part("second-print", path, f"{table['same_as']['document']}{table['same_as']['pointer']}")
    yield from (Part("table-note", path, note) for note in table.get("notes") or ())
