"""Documents (tree) -> JSON-able documents, their printed strings and the pointer of every object."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import fields
from operator import attrgetter
from typing import Any

from juanzong.core import tree
from juanzong.core.traced import Traced

Json = dict[str, Any]


class Written:
    """One document as it is written: its JSON, every string in it that was printed, and where each object stands; of
    cells, of which a sheet has half a million, those alone that are `pointed` to (by their id)."""

    def __init__(self, document: tree.Document, pointed: Set[int]) -> None:
        self.texts: list[tuple[str, Traced]] = []  # by pointer
        self.pointers: dict[int, str] = {}  # id(object) -> pointer of the object
        self.same_as: list[tuple[Json, tree.Table]] = []  # tables as written, and the print they point to
        self._pointed = pointed
        self._paragraphs: dict[str, Json] = {}
        self.json = self._document(document)

    def text(self, value: Traced, pointer: str) -> str:
        runs = value.runs
        if runs and (runs[0].start < runs[0].end or any(r.start < r.end for r in runs)):
            self.texts.append((pointer, value))
        return value.text

    def _document(self, d: tree.Document) -> Json:
        self.pointers[id(d)] = ""
        out: Json = {"type": d.type, "id": d.id, "title": self.text(d.title, "/title")}
        out["metadata"] = {k: self._value(v, f"/metadata/{k}") for k, v in sorted(d.metadata.items())}
        out["contents"] = [self._entry(e, f"/contents/{i}") for i, e in enumerate(d.contents)]
        out["body"] = self._blocks(d.body, "/body")
        out["footnotes"] = [self._footnote(f, i) for i, f in enumerate(d.footnotes)]
        if d.promulgated_by is not None:
            out["promulgated_by"] = d.promulgated_by.id
        out["promulgates"] = [p.id for p in d.promulgates]
        if d.annex_of is not None:
            out["annex_of"] = d.annex_of.id
        out["annexes"] = [a.id for a in d.annexes]
        return out

    def _value(self, value: tree.Value, pointer: str) -> Any:
        if isinstance(value, Traced):
            return self.text(value, pointer)
        if isinstance(value, tree.Date):
            self.text(value.text, pointer)
            return value.iso
        if isinstance(value, tree.Derived):
            source = value.document.metadata[value.key]
            return source.iso if isinstance(source, tree.Date) else str(source)
        out: list[Any] = []
        for i, item in enumerate(value):
            if isinstance(item, tree.Attachment):
                one: Json = {"number": self.text(item.number, f"{pointer}/{i}/number")} if item.number else {}
                one["title"] = self.text(item.title, f"{pointer}/{i}/title")
                out.append(one)
            elif isinstance(item, tree.Repeated):
                out.append({"element": item.element, "value": self.text(item.text, f"{pointer}/{i}/value")})
            else:
                out.append(self.text(item, f"{pointer}/{i}"))
        return out

    def _entry(self, e: tree.ContentsEntry, pointer: str) -> Json:
        self.pointers[id(e)] = pointer
        out: Json = {"level": e.level}
        if e.number:
            out["number"] = self.text(e.number, pointer + "/number")
        out["title"] = self.text(e.title, pointer + "/title")
        if e.page:
            out["page"] = self.text(e.page, pointer + "/page")
        return out

    def _blocks(self, blocks: list[tree.Block], pointer: str) -> list[Json]:
        return [self._block(b, f"{pointer}/{i}") for i, b in enumerate(blocks)]

    def _block(self, b: tree.Block, pointer: str) -> Json:
        self.pointers[id(b)] = pointer
        if isinstance(b, tree.Paragraph):
            out: Json = {"kind": "paragraph", "text": self.text(b.text, pointer + "/text")}
            if lead := b.lead_text():
                out["lead"] = lead
            self._paragraphs[pointer] = out
            return out
        if isinstance(b, tree.Section):
            out = {"kind": "section", "level": b.level}
            self._some(out, pointer, number=b.number, title=b.title)
            out["children"] = self._blocks(b.children, pointer + "/children")
            return out
        if isinstance(b, tree.Box):
            out = {"kind": "box"}
            self._some(out, pointer, number=b.number, title=b.title)
            out["children"] = self._blocks(b.children, pointer + "/children")
            return out
        if isinstance(b, tree.Table):
            return self._table(b, pointer)
        out = {"kind": "figure"}
        self._some(out, pointer, number=b.number, caption=b.caption, image=b.image)
        out["text"] = [self.text(t, f"{pointer}/text/{i}") for i, t in enumerate(b.text)]
        return out

    def _some(self, out: Json, pointer: str, **texts: Traced) -> None:
        for key, value in texts.items():
            if value:
                out[key] = self.text(value, f"{pointer}/{key}")

    def _table(self, t: tree.Table, pointer: str) -> Json:
        out: Json = {"kind": "table"}
        self._some(out, pointer, number=t.number, caption=t.caption, unit=t.unit)
        out["header_rows"] = t.header_rows
        if t.same_as is not None:
            self.same_as.append((out, t.same_as))
        rows = out["rows"] = []
        for i, row in enumerate(t.rows):
            cells = []
            for j, cell in enumerate(row.cells):
                if id(cell) in self._pointed:
                    self.pointers[id(cell)] = f"{pointer}/rows/{i}/cells/{j}"
                one: Json = {"text": self.text(cell.text, f"{pointer}/rows/{i}/cells/{j}/text")}
                if cell.row_span > 1:
                    one["row_span"] = cell.row_span
                if cell.col_span > 1:
                    one["col_span"] = cell.col_span
                cells.append(one)
            rows.append({"cells": cells})
        if t.same_as is not None:
            del out["rows"]
        out["notes"] = [self.text(n, f"{pointer}/notes/{i}") for i, n in enumerate(t.notes)]
        if t.columns is not None:
            out["columns"] = t.columns
        if t.values is not None:
            names = [f.name for f in fields(tree.TypedValue)]
            read = attrgetter(*names)
            out["values"] = [{k: x for k, x in zip(names, read(v), strict=True) if x is not None} for v in t.values]
        return out

    def _footnote(self, f: tree.Footnote, i: int) -> Json:
        pointer = f"/footnotes/{i}"
        self.pointers[id(f)] = pointer
        out: Json = {"marker": self.text(f.marker, pointer + "/marker"), "text": self.text(f.text, pointer + "/text")}
        if f.anchor is not None and id(f.anchor) in self.pointers:
            at = self.pointers[id(f.anchor)]
            key, text = _marked(f.anchor)
            offset = text.printed_before(f.offset)
            out["anchor"] = {"pointer": f"{at}/{key}", "offset": offset}
            if at in self._paragraphs:
                self._paragraphs[at].setdefault("notes", []).append({"offset": offset, "footnote": i})
        return out


def _marked(anchor: tree.Paragraph | tree.Section | tree.Cell | tree.Document | tree.Table) -> tuple[str, Traced]:
    """Which string of a block carried a note's marker: its name and the string."""
    if isinstance(anchor, tree.Table):
        return "caption", anchor.caption
    if isinstance(anchor, (tree.Section, tree.Document)):
        return "title", anchor.title
    return "text", anchor.text


def point_second_prints(written: Sequence[Written]) -> None:
    """Write down where the first print of each second print stands, once all documents are written."""
    for w in written:
        for out, first in w.same_as:
            home = next(o for o in written if id(first) in o.pointers)
            out["same_as"] = {"document": home.json["id"], "pointer": home.pointers[id(first)]}
