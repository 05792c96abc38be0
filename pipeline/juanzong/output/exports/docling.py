"""Bundles -> DoclingDocuments, as docling-core reads and writes them: PATH/<bundle id>/<document id>.json."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from juanzong.model import Box, Document, Figure, PagePlace, Paragraph, Section, Table, heading
from juanzong.model.blocks import Block
from juanzong.output.aside import write_whole
from juanzong.output.bundle import Bundle
from juanzong.output.grid import placed_cells, table_size
from juanzong.output.labels import elements
from juanzong.output.tables import need


def write(bundles: Iterable[Bundle], target: Path) -> str:
    """Write each document as a file; says how many. Raises JuanzongError without docling-core."""
    need("docling_core", "docling")
    count = 0
    for bundle in bundles:
        (target / bundle.id).mkdir(parents=True, exist_ok=True)
        for document in bundle.documents:
            value = docling_document(bundle, document).export_to_dict()
            text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
            write_whole(target / bundle.id / f"{document.id}.json", text.encode())
            count += 1
    return f"{count} documents"


def docling_document(bundle: Bundle, document: Document) -> Any:
    """One document as a DoclingDocument: headings hold what is under them, boxes are groups, cells have boxes on their
    pages. Raises JuanzongError without docling-core."""
    return _Writer(bundle, document).written()


class _Writer:
    def __init__(self, bundle: Bundle, document: Document) -> None:
        self.types = need("docling_core.types.doc", "docling")
        self.labels = self.types.DocItemLabel
        self.bundle, self.source = bundle, document
        entry = bundle.entry.sources[0]
        origin = self.types.DocumentOrigin(
            mimetype=entry.media_type,
            binary_hash=int(entry.sha256[:16], 16),
            filename=PurePosixPath(entry.path).name,
        )
        self.out = self.types.DoclingDocument(name=document.id, origin=origin)

    def written(self) -> Any:
        self.pages()
        self.located(self.out.add_title(self.source.title), "/title")
        group = self.types.GroupLabel.KEY_VALUE_AREA
        head = self.out.add_group(label=group, name="metadata") if any(elements(self.source.metadata)) else None
        for element in elements(self.source.metadata):
            text = f"{element.label}：" + "；".join(t for _, t in element.strings)
            self.text(text, element.strings[0][0], self.labels.TEXT, head)
        if self.source.contents:
            contents = self.out.add_list_group(name="contents")
            for k, e in enumerate(self.source.contents):
                line = " ".join(filter(None, (heading(e.number, e.title), e.page)))
                self.located(self.out.add_list_item(line, parent=contents), f"/contents/{k}")
        self.blocks(self.source.body, "/body", None)
        for k, note in enumerate(self.source.footnotes):
            self.text(f"{note.marker} {note.text}", f"/footnotes/{k}", self.labels.FOOTNOTE, None)
        return self.out

    def pages(self) -> None:
        """The pages' sizes, where the input has pages; else as far as the boxes reach."""
        reach: dict[int, tuple[float, float]] = {}
        for (document, _), row in self.bundle.rows.items():
            for p in row.pages or () if document == self.source.id else ():
                width, height = reach.get(p.page, (0.0, 0.0))
                reach[p.page] = (max(width, p.bbox[2]), max(height, p.bbox[3]))
        sizes = {p.page: (p.width, p.height) for p in self.bundle.entry.sources[0].pages or ()}
        for page, size in sorted(reach.items()):
            width, height = sizes.get(page, size)
            self.out.add_page(page_no=page, size=self.types.Size(width=width, height=height))

    def places(self, pointer: str) -> list[PagePlace]:
        return self.bundle.pages_at(self.source.id, pointer)

    def located(self, item: Any, pointer: str, length: int | None = None) -> Any:
        """The item itself, with a provenance for each page that it stands on."""
        for p in self.places(pointer):
            size = len(getattr(item, "text", "")) if length is None else length
            item.prov.append(self.types.ProvenanceItem(page_no=p.page, bbox=self.box(p), charspan=(0, size)))
        return item

    def box(self, place: PagePlace) -> Any:
        left, top, right, bottom = place.bbox
        origin = self.types.CoordOrigin.TOPLEFT
        return self.types.BoundingBox(l=left, t=top, r=right, b=bottom, coord_origin=origin)

    def text(self, text: str, pointer: str, label: Any, parent: Any) -> Any:
        return self.located(self.out.add_text(label=label, text=text, parent=parent), pointer)

    def blocks(self, blocks: list[Block], pointer: str, parent: Any) -> None:
        for k, block in enumerate(blocks):
            self.block(block, f"{pointer}/{k}", parent)

    def block(self, block: Block, pointer: str, parent: Any) -> None:
        if isinstance(block, Section):
            item = self.out.add_heading(heading(block.number, block.title), level=min(block.level, 100), parent=parent)
            for key in ("number", "title"):
                self.located(item, f"{pointer}/{key}")
            self.blocks(block.children, pointer + "/children", item)
        elif isinstance(block, Box):
            name = heading(block.number, block.title)
            group = self.out.add_group(label=self.types.GroupLabel.SECTION, name=name or "专栏", parent=parent)
            if name:
                self.text(name, f"{pointer}/{'title' if block.title else 'number'}", self.labels.CAPTION, group)
            self.blocks(block.children, pointer + "/children", group)
        elif isinstance(block, Paragraph):
            self.text(block.text, pointer + "/text", self.labels.TEXT, parent)
        elif isinstance(block, Table):
            self.table(block, pointer, parent)
        else:
            self.figure(block, pointer, parent)

    def table(self, table: Table, pointer: str, parent: Any) -> None:
        cells = [
            self.types.TableCell(
                text=p.value.text,
                row_span=p.down,
                col_span=p.right,
                start_row_offset_idx=p.row,
                end_row_offset_idx=p.row + p.down,
                start_col_offset_idx=p.column,
                end_col_offset_idx=p.column + p.right,
                column_header=p.row < table.header_rows,
                bbox=next(map(self.box, self.places(f"{pointer}/rows/{p.row}/cells/{p.cell}/text")), None),
            )
            for p in placed_cells(table)
        ]
        rows, columns = table_size(table)
        data = self.types.TableData(num_rows=rows, num_cols=columns, table_cells=cells)
        item = self.out.add_table(data=data, caption=self.caption(table, pointer, parent), parent=parent)
        self.located(item, pointer, 0)
        for k, note in enumerate(table.notes):
            told = self.text(note, f"{pointer}/notes/{k}", self.labels.FOOTNOTE, parent)
            item.footnotes.append(told.get_ref())

    def figure(self, figure: Figure, pointer: str, parent: Any) -> None:
        item = self.out.add_picture(caption=self.caption(figure, pointer, parent), parent=parent)
        self.located(item, pointer, 0)
        for k, text in enumerate(figure.text):
            self.text(text, f"{pointer}/text/{k}", self.labels.TEXT, item)

    def caption(self, block: Table | Figure, pointer: str, parent: Any) -> Any:
        unit = f"（单位：{block.unit}）" if isinstance(block, Table) and block.unit else ""
        text = heading(block.number, block.caption) + unit
        if not text:
            return None
        key = "caption" if block.caption else "number" if block.number else "unit"
        return self.text(text, f"{pointer}/{key}", self.labels.CAPTION, parent)
