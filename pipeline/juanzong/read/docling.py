"""Docling's JSON (DoclingDocument) -> Source: the body in reading order, page furniture where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from juanzong.core.source import BlockKind, PageReport, Source
from juanzong.read.glyphs import raised_text
from juanzong.read.json_file import box_of, dicts, is_number, whole
from juanzong.read.options import ReadOptions
from juanzong.read.printed import Box, PrintedCell
from juanzong.read.tool_text import A4, NOWHERE, Piece, Place, ToolText, formula, spaced
from juanzong.read.tool_values import read_values

_KINDS: dict[str, BlockKind] = {"title": "title", "section_header": "heading", "caption": "caption"}
_MARGINS = ("page_header", "page_footer")
_LISTS = ("texts", "tables", "groups", "pictures", "key_value_items", "form_items", "field_regions", "field_items")
_UNPRINTED = ("invisible", "notes")  # hidden text; comments and speaker's notes

Item = dict[str, Any]


def read_docling(path: Path, record_as: str, options: ReadOptions) -> Source:
    """Raises JuanzongError where the document holds no text."""
    return read_values(path, record_as, "docling", _fields)


def _fields(data: Item) -> dict[str, Any]:
    reader = _Reader(data)
    reader.write()
    reader.tell_unprinted()
    reader.tell_heads()
    return reader.out.writing.fields()


class _Reader:
    """Walks the trees of one document; each item is written once, whatever names it."""

    def __init__(self, data: Item) -> None:
        self.data = data
        self.out = ToolText()
        self.seen: set[str] = set()
        self.heads: list[str] = []  # of pages that have no places
        self.heights = dict(_heights(data.get("pages")))

    def write(self) -> None:
        for name in ("body", "furniture"):
            root = self.data.get(name)
            self._write_below(_references(root.get("children")) if isinstance(root, dict) else [])
        for name in ("texts", "tables"):  # what no tree names still comes out
            items = self.data.get(name)
            self._write_below([f"#/{name}/{k}" for k in range(len(items) if isinstance(items, list) else 0)])

    def tell_unprinted(self) -> None:
        """The texts that no reader of the page sees."""
        texts = [
            str(t["text"])
            for t in dicts(self.data.get("texts"))
            if isinstance(t.get("text"), str) and not _is_printed(t)
        ]
        if any(map(str.strip, texts)):
            told = f"Docling 记为不可见的文字（批注、隐藏文字、网页窗口标题）{len(texts)} 处，未入正文"
            self.out.writing.reports.append(PageReport(0, "info", "unprinted-text", told, "\n".join(texts)))

    def tell_heads(self) -> None:
        """The heads and feet of pages that a Word file holds once for all of them: none of its text."""
        if any(self.heads):
            heads = list(dict.fromkeys(filter(None, self.heads)))
            told = f"页眉、页脚 {len(heads)} 种，未入正文"
            self.out.writing.reports.append(PageReport(0, "info", "page-furniture", told, "\n".join(heads)))

    def _write_below(self, references: list[str]) -> None:
        """The items named and all below them, depth first, captions before their table, notes after it."""
        stack = list(reversed(references))
        while stack:
            reference = stack.pop()
            item = self._claim(reference)
            if item is None:
                continue
            for caption in _references(item.get("captions")):
                self._write_one(self._claim(caption))
            children = self._write_one(item)
            for note in _references(item.get("footnotes")):
                self._write_one(self._claim(note))
            stack += reversed(children)

    def _claim(self, reference: str) -> Item | None:
        """What a reference like #/texts/3 names, or None; each item once."""
        item = None if reference in self.seen else self._item(reference)
        self.seen.add(reference)
        return item

    def _item(self, reference: str) -> Item | None:
        parts = reference.split("/")
        if len(parts) != 3 or parts[1] not in _LISTS or not parts[2].isdecimal():
            return None
        items = self.data.get(parts[1])
        index = int(parts[2])
        item = items[index] if isinstance(items, list) and index < len(items) else None
        return item if isinstance(item, dict) else None

    def _write_one(self, item: Item | None) -> list[str]:
        """Writes an item; gives the children that are still to be written."""
        if item is None:
            return []
        children = _references(item.get("children"))
        data = item.get("data")
        cells = dicts(data.get("table_cells")) if isinstance(data, dict) else []
        if cells:
            return self._write_table(item, cells, children)
        if item.get("label") == "inline":
            menu = any(_is_menu(inner) for r in children if (inner := self._item(r)))
            self.out.pieces(self._inline(children), kind="navigation" if menu else "paragraph")
        elif isinstance(item.get("text"), str) and _is_printed(item):
            if _is_head_nowhere(item):
                self.heads.append(item["text"].strip())
                return children
            pieces = self._pieces(item)
            if not item["text"].strip() and children:  # a heading or list item in several scripts
                first = self._item(children[0])
                if first and first.get("label") == "inline":
                    pieces += self._inline([children[0]])
            label = str(item.get("label") or "")
            self.out.pieces(
                [*_marker(item), *pieces],
                kind="navigation" if _is_menu(item) else _KINDS.get(label, "paragraph"),
                level=whole(item.get("level")),
                label=label,
                margin=label in _MARGINS,
            )
        return children

    def _write_table(self, item: Item, cells: list[Item], children: list[str]) -> list[str]:
        """A table whose cells hold blocks names these as its children: the cells' texts are theirs again."""
        blocks = [r for c in cells for r in _references([c.get("ref")])]
        columns = max(whole(c.get("start_col_offset_idx")) + 1 for c in cells)
        if columns == 1 and len(blocks) == len(cells):  # it only places things on the page, as in web pages
            return children
        place = self._place(item)
        height = self.heights.get(place[0], A4[1]) if place else A4[1]
        self.out.table(_rows(cells, height), place, heads=_heads(cells))
        self._drop(blocks)
        return [c for c in children if c not in blocks]

    def _drop(self, references: list[str]) -> None:
        """These and all below them are written already."""
        stack = list(references)
        while stack:
            item = self._claim(stack.pop())
            stack += _references(item.get("children")) if item else []

    def _inline(self, children: list[str]) -> list[Piece]:
        """The runs of one paragraph, below the items named: in different scripts, links among them."""
        pieces: list[Piece] = []
        stack = list(reversed(children))
        while stack:
            item = self._claim(stack.pop())
            if item and isinstance(item.get("text"), str) and _is_printed(item):
                pieces += [(_run(item, text), place) for text, place in self._pieces(item)]
            stack += reversed(_references(item.get("children"))) if item else []
        return spaced(pieces)

    def _pieces(self, item: Item) -> list[Piece]:
        """An item's text; in pieces where a page end or a column's end parts it, without the blank put in there."""
        text = _text(item)
        places = [(w.get("charspan"), self._place_of(w)) for w in dicts(item.get("prov"))]
        spans = [s for s, _ in places if isinstance(s, list) and len(s) == 2 and all(map(is_number, s))]
        starts = [whole(s[0], most=len(text)) for s in spans]
        if len(places) < 2 or len(spans) < len(places) or starts != sorted(set(starts)):
            return [(text, places[0][1] if places else None)]
        ends = [*starts[1:], len(text)]
        return spaced((text[a:b], place) for a, b, (_, place) in zip([0, *starts[1:]], ends, places, strict=True))

    def _place(self, item: Item) -> Place | None:
        return next((p for p in map(self._place_of, dicts(item.get("prov"))) if p), None)

    def _place_of(self, where: Item) -> Place | None:
        page = where.get("page_no")
        if not isinstance(page, int) or page < 1:
            return None
        return page, _box(where.get("bbox"), self.heights.get(page, A4[1])) or (0.0, 0.0, *A4)


def _heights(pages: Any) -> Iterator[tuple[int, float]]:
    for number, page in pages.items() if isinstance(pages, dict) else ():
        size = page.get("size") if isinstance(page, dict) else None
        if number.isdecimal() and isinstance(size, dict) and is_number(size.get("height")):
            yield int(number), float(size["height"])


def _references(raw: Any) -> list[str]:
    return [r["$ref"] for r in dicts(raw) if isinstance(r.get("$ref"), str)]


def _box(raw: Any, height: float) -> Box | None:
    box = box_of([raw.get(k) for k in ("l", "t", "r", "b")], 1, 1) if isinstance(raw, dict) else None
    if box is None:
        return None
    left, top, right, bottom = box
    if raw.get("coord_origin") == "BOTTOMLEFT":
        top, bottom = height - top, height - bottom
    return (left, min(top, bottom), right, max(top, bottom))


def _is_printed(item: Item) -> bool:
    """Whether a reader of the page sees it. A web page's window title comes as a title that is furniture."""
    layer = item.get("content_layer")
    return layer not in _UNPRINTED and not (layer == "furniture" and item.get("label") == "title")


def _text(item: Item) -> str:
    """The item's text. A formula is LaTeX where a model read it; else only what the page's text layer has."""
    text = str(item["text"])
    if item.get("label") == "formula":
        text = formula(text) or str(item.get("orig") or "")
    return text


def _is_head_nowhere(item: Item) -> bool:
    """Whether it is a head or foot of pages that the tool put aside, in a document without pages."""
    return item.get("label") in _MARGINS and item.get("content_layer") == "furniture" and not item.get("prov")


def _is_menu(item: Item) -> bool:
    """Whether it is a link of a web page's navigation; other links are text."""
    return bool(item.get("hyperlink")) and item.get("content_layer") == "furniture"


def _run(item: Item, text: str) -> str:
    script = item["formatting"].get("script") if isinstance(item.get("formatting"), dict) else None
    return raised_text(text.strip()) if script == "super" else text


def _marker(item: Item) -> list[Piece]:
    """A list item's number or dot, where it is printed: the number of a list, or what `orig` still begins with."""
    marker = item.get("marker")
    if not isinstance(marker, str) or not marker.strip():
        return []
    said, printed = (str(item.get(key) or "").lstrip().startswith(marker) for key in ("text", "orig"))
    return [(f"{marker} ", None)] if item.get("enumerated") or (printed and not said) else []


def _heads(cells: list[Item]) -> int:
    """How many rows at the top hold nothing but names of columns, as the tool tells."""
    begun: dict[int, bool] = {}
    for cell in cells:
        row = whole(cell.get("start_row_offset_idx"))
        begun[row] = begun.get(row, True) and cell.get("column_header") is True
    return next((row for row in range(len(begun)) if not begun.get(row)), len(begun))


def _rows(cells: list[Item], height: float) -> list[list[PrintedCell]]:
    """Docling's cells, each once, by the row and column they begin in."""
    placed = sorted(cells, key=lambda c: (whole(c.get("start_row_offset_idx")), whole(c.get("start_col_offset_idx"))))
    begun = [whole(c.get("start_row_offset_idx")) for c in placed]
    count = max(max(row + 1, whole(c.get("end_row_offset_idx"))) for row, c in zip(begun, placed, strict=True))
    rows: list[list[PrintedCell]] = [[] for _ in range(count)]
    for row, c in zip(begun, placed, strict=True):
        rows[row].append(
            PrintedCell(
                _box(c.get("bbox"), height) or NOWHERE,
                "\n".join(" ".join(line.split()) for line in str(c.get("text") or "").split("\n") if line.strip()),
                whole(c.get("row_span"), 1, 1000),
                whole(c.get("col_span"), 1, 1000),
            )
        )
    return rows
