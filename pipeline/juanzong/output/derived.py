"""What an output derives from its own strings, derived again: leads, levels, grids, columns, typed values, ids, pages."""

from __future__ import annotations

from collections.abc import Iterator

from juanzong.core import tree
from juanzong.core.traced import Run, Traced
from juanzong.language.document_types import parted_number
from juanzong.output.audit_pages import misplaced
from juanzong.output.consistency import blocks_at
from juanzong.output.folder import Json, Output
from juanzong.stages.tables.values import type_columns

Place = tuple[str, str]  # file and pointer; what is wrong there


def underived(output: Output) -> Iterator[Place]:
    """(place, message) for each value that does not follow from the strings it is made of."""
    for document in output.documents.values():
        name = f"documents/{document['id']}.json"
        for pointer, message in (*_id(document), *_blocks(document["body"], "/body", 1), *_marks(document)):
            yield f"{name} {pointer}", message
    yield from _contents(output)
    yield from misplaced(output)


def _id(document: Json) -> Iterator[Place]:
    if not document["id"].startswith(f"{document['type']}-"):
        yield "/id", f"{document['id']} does not begin with the type"


def _blocks(blocks: list[Json], pointer: str, level: int) -> Iterator[Place]:
    for i, block in enumerate(blocks):
        at = f"{pointer}/{i}"
        if block["kind"] == "section":
            if block["level"] != level:
                yield f"{at}/level", f"says {block['level']}, its place says {level}"
            yield from _blocks(block["children"], f"{at}/children", level + 1)
        elif block["kind"] == "box":
            yield from _blocks(block["children"], f"{at}/children", 1)
        elif block["kind"] == "paragraph" and (block.get("lead") or "") not in block["text"]:
            yield f"{at}/lead", f"{block['lead']!r} is no part of the paragraph"
        elif block["kind"] == "table":
            yield from _table(block, at)


def _table(block: Json, at: str) -> Iterator[Place]:
    rows = block.get("rows", [])
    if block["header_rows"] > len(rows):
        yield f"{at}/header_rows", f"{block['header_rows']} of {len(rows)} rows"
        return
    if rows and len(set(_widths(rows))) > 1:
        yield f"{at}/rows", f"rows of {sorted(set(_widths(rows)))} columns"
        return
    if any(r + c.get("row_span", 1) > len(rows) for r, row in enumerate(rows) for c in row["cells"]):
        yield f"{at}/rows", "a cell spans more rows than there are"
        return
    table = tree.Table(header_rows=block["header_rows"], unit=_text(block.get("unit") or ""))
    table.caption = _text(block.get("caption") or "")
    for row in rows:
        cells = [tree.Cell(_text(c["text"]), c.get("row_span", 1), c.get("col_span", 1)) for c in row["cells"]]
        table.rows.append(tree.Row(cells))
    if rows and ("columns" in block or "values" in block):
        type_columns(table)
        if block.get("columns") != table.columns:
            yield f"{at}/columns", "are not those of the header rows"
        values = [
            {k: getattr(v, k) for k in v.__dataclass_fields__ if getattr(v, k) is not None} for v in table.values or ()
        ]
        if (block.get("values") or []) != values:
            yield f"{at}/values", "are not what the cells say"


def _text(text: str) -> Traced:
    return Traced((Run(text, 0, len(text)),)) if text else Traced()


def _widths(rows: list[Json]) -> Iterator[int]:
    """How many columns each row fills, with the cells that reach into it from above."""
    reaching: dict[int, int] = {}  # row -> columns filled from above
    for r, row in enumerate(rows):
        width = reaching.get(r, 0)
        for cell in row["cells"]:
            columns = cell.get("col_span", 1)
            width += columns
            for below in range(r + 1, r + cell.get("row_span", 1)):
                reaching[below] = reaching.get(below, 0) + columns
        yield width


def _marks(document: Json) -> Iterator[Place]:
    """A footnote's place is told at both ends: in the note, and in the paragraph that its marker stood in."""
    paragraphs = [(p, b) for p, b in blocks_at(document["body"], "/body") if b["kind"] == "paragraph"]
    marks = [(f"{p}/text", m["offset"], m["footnote"]) for p, b in paragraphs for m in b.get("notes", [])]
    told = set(marks)
    for pointer, offset, i in sorted(told):
        if marks.count((pointer, offset, i)) > 1:
            yield f"/footnotes/{i}", f"its mark in {pointer} at {offset} is told twice"
    there = {
        (note["anchor"]["pointer"], note["anchor"]["offset"], i)
        for i, note in enumerate(document["footnotes"])
        if note.get("anchor")
    }
    texts = {f"{pointer}/text" for pointer, _ in paragraphs}
    for pointer, offset, i in sorted(told ^ {a for a in there if a[0] in texts}):
        yield f"/footnotes/{i}", f"its place, {pointer} at {offset}, is not told at both ends"


def _contents(output: Output) -> Iterator[Place]:
    """The bundle's contents list is that of its volumes, the document numbers apart."""
    items = output.bundle.get("contents", [])
    fronts = [d for k, d in enumerate(output.documents.values()) if not k or d["type"] == "front_matter"]
    printed = [
        ((e.get("number") or "").rstrip(".．、 ") or None, *parted_number(e["title"]))
        for document in fronts
        for e in document["contents"]
    ]
    if items and printed and printed != [(i.get("number"), i["title"], i.get("doc_number") or "") for i in items]:
        yield "bundle.json /contents", "is not the contents lists of the volumes"
