"""What OCR programs write in XML (ALTO, PAGE, pdftohtml's) and in tesseract's table of words -> Source: lines with their
places, set on the page as a scan's lines are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import regex as re

from juanzong.core.errors import JuanzongError
from juanzong.core.source import Source
from juanzong.read.decoding import decode
from juanzong.read.elements import is_margin
from juanzong.read.hashes import file_hash
from juanzong.read.json_cells import Rows, table_in
from juanzong.read.margins import place_lines
from juanzong.read.ocr_heads import TSV
from juanzong.read.ocr_rows import with_tables
from juanzong.read.ocr_words import Words, parts_of, rejoined
from juanzong.read.options import ReadOptions
from juanzong.read.page_heads import mark_edges
from juanzong.read.printed import Box, PrintedLine, PrintedPage, PrintedTable
from juanzong.read.tool_text import A4, NOWHERE, ToolText, spaced
from juanzong.read.writing import write_pages

Element = Any
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_OF_SIZE = 0.9  # of a line's height is the size of its type
_LINE_NAMES = ("TextLine", "text")
_BLOCK_NAMES = ("TextBlock", "TextRegion")
_MARGIN_NAMES = ("TopMargin", "BottomMargin")  # ALTO's; at the sides stand notes as well
_CELL_NAMES = ("row", "col", "rowSpan", "colSpan", "rowIndex", "columnIndex")
_STRUCTURE = re.compile(r"structure\s*\{[^{}]*\btype:\s*([\w-]+)")


class OcrLine(NamedTuple):
    """A line as the file has it; `block` counts the file's paragraphs, `margin`: it takes it for a head or foot of the
    page; `words`: with their places, where it tells them."""

    text: str
    box: Box
    page: int
    block: int
    margin: bool = False
    words: Words = ()


class OcrTable(NamedTuple):
    """A table whose cells the file tells."""

    rows: Rows
    box: Box
    page: int
    block: int


Part = OcrLine | OcrTable


def read_ocr_file(path: Path, record_as: str, options: ReadOptions) -> Source:
    """Raises JuanzongError for a file that is broken off."""
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    if data.startswith(TSV):
        parts: list[Part] = list(_of_words(decode(data, str(path)).text))
        kind = "text/tab-separated-values"
    else:
        try:
            root = ElementTree.fromstring(data)
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise JuanzongError(f"{path}: XML that is not whole ({error}); export it again") from None
        pages = [el for el in root.iter() if _name(el).lower() == "page"]
        parts, kind = [part for k, page in enumerate(pages) for part in _of_page(page, k + 1)], "application/xml"
    return Source(record_as, file_hash(path), kind, is_text=False, readers=("ocr",), **fields_of(parts))


def fields_of(parts: Sequence[Part]) -> dict[str, Any]:
    """As printed, where the lines tell their places; else paragraph by paragraph, as they stand in the file."""
    if len({(part.page, part.box) for part in parts}) == len(parts):
        pages = []
        for number, of_page in groupby(parts, key=lambda part: part.page):
            page = PrintedPage(number, *A4)
            for _, run in groupby(of_page, key=type):
                alike = list(run)
                page.blocks += [_table(x) for x in alike if isinstance(x, OcrTable)]
                parted = [parts_of(_line(x), x.words) for x in alike if isinstance(x, OcrLine)]
                page.blocks += rejoined(with_tables(list(chain.from_iterable(parted)), page.width), parted)
            pages.append(page)
        mark_edges(pages)
        place_lines(pages)
        return write_pages(pages).fields()
    out = ToolText()
    for _, of_block in groupby(parts, key=lambda part: (part.page, part.block)):
        said = list(of_block)
        place = (said[0].page, (0.0, 0.0, *A4))
        out.paragraph("\n".join(x.text for x in said if isinstance(x, OcrLine)), place, kind=None)
        for table in said:
            if isinstance(table, OcrTable):
                out.table(table.rows, place, exact=True)
    return out.writing.fields()


def _line(x: OcrLine) -> PrintedLine:
    return PrintedLine(x.text, x.box, max(1.0, _OF_SIZE * (x.box[3] - x.box[1])), margin=x.margin)


def _table(x: OcrTable) -> PrintedTable:
    """Its cells stand where the table does; so much of their places is enough to show them."""
    return PrintedTable(x.box, [[replace(cell, bbox=x.box) for cell in row] for row in x.rows], ruled=True)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _of_page(page: Element, number: int) -> Iterator[Part]:
    across = next((n for k in ("WIDTH", "imageWidth", "width") if (n := _number(page.get(k)))), 0.0)
    scale = A4[0] / across if across else 1.0
    order = _told_order(page)
    stack: list[tuple[Element, int, bool]] = [(page, 0, False)]
    block = 0
    while stack:
        el, within, margin = stack.pop()
        name = _name(el)
        if name in _BLOCK_NAMES:
            within = block = block + 1
        margin = margin or name in _MARGIN_NAMES or _says_margin(el)
        if name == "TableRegion" and (rows := _rows(el)):
            block += 1
            yield OcrTable(rows, _box(el, scale), number, block)
        elif name in _LINE_NAMES or (name == "TextRegion" and not any(_name(x) == "TextLine" for x in el.iter())):
            said = [line.strip() for line in _text(el).split("\n") if line.strip()]
            words = _words_of(el, scale) if len(said) == 1 else ()
            yield from (OcrLine(line, _box(el, scale), number, within, margin, words) for line in said)
        else:
            children = sorted(el, key=lambda x: order.get(x.get("id"), len(order))) if order else list(el)
            stack += [(child, within, margin) for child in reversed(children)]


def _told_order(page: Element) -> dict[str | None, int]:
    """The regions of a PAGE file as its reading order counts them; a region that it leaves out stands after the others."""
    groups = [el for el in page if _name(el) == "ReadingOrder"]
    told = []
    stack = groups
    while stack:
        el = stack.pop()
        if (ref := el.get("regionRef")) is not None:
            told.append(ref)
        stack += sorted(el, key=lambda x: _number(x.get("index")))[::-1]  # those without an index as they stand
    return {ref: k for k, ref in enumerate(dict.fromkeys(told))}


def _says_margin(el: Element) -> bool:
    """Whether a region of a PAGE file is of a kind that stands in a page's margin, as the file or Transkribus says."""
    if _name(el) != "TextRegion":
        return False
    m = _STRUCTURE.search(el.get("custom") or "")
    return is_margin(el.get("type") or "") or (m is not None and is_margin(m[1]))


def _rows(table: Element) -> Rows:
    """The rows of a PAGE file's table: its cells, or regions that say which cell they are; none where they do not say."""
    cells = []
    for el in table.iter():
        role = (x for x in el.iter() if _name(x) == "TableCellRole") if _name(el) == "TextRegion" else iter(())
        place = el if _name(el) == "TableCell" else next(role, None)
        if place is None:
            continue
        told = {k: int(_number(v)) for k, v in place.attrib.items() if k in _CELL_NAMES}
        lines = [x for x in el.iter() if _name(x) == "TextLine"] or [el]
        cells.append({**told, "text": "\n".join(filter(None, (_text(line).strip() for line in lines)))})
    found = table_in({"cells": cells})
    return found[0] if found else []


def _text(line: Element) -> str:
    """A line's text: as a whole, or word by word; its first reading, where there are several."""
    if own := _first_reading(line):
        return own
    words = [_first_reading(el) or el.get("CONTENT") or "" for el in line if _name(el) in ("String", "HYP", "Word")]
    if any(words):
        return "".join(text for text, _ in spaced((word, None) for word in words))
    return "" if any(_name(el) == "TextEquiv" for el in line) else "".join(line.itertext())


def _words_of(line: Element, scale: float) -> Words:
    """A line's words with their places, where all tell theirs."""
    words = [
        (_first_reading(el) or el.get("CONTENT") or "", el) for el in line if _name(el) in ("String", "HYP", "Word")
    ]
    placed = [(text, _box(el, scale)) for text, el in words if text.strip()]
    return tuple(placed) if all(box != NOWHERE for _, box in placed) else ()


def _first_reading(el: Element) -> str:
    readings = sorted((x for x in el if _name(x) == "TextEquiv"), key=lambda x: _number(x.get("index")))
    return next((x.text or "" for reading in readings[:1] for x in reading if _name(x) == "Unicode"), "")


def _box(el: Element, scale: float) -> Box:
    """Where an element stands, in points; nowhere where it does not tell."""
    for names in (("HPOS", "VPOS", "WIDTH", "HEIGHT"), ("left", "top", "width", "height")):
        if all(el.get(k) is not None for k in names[:2]):
            x, y, wide, high = (_number(el.get(k)) * scale for k in names)
            return x, y, x + wide, y + high
    points = next((child.get("points") or "" for child in el if _name(child) == "Coords"), "")
    at = [float(n) * scale for n in _NUMBER.findall(points)]
    return (min(at[::2]), min(at[1::2]), max(at[::2]), max(at[1::2])) if len(at) > 1 else NOWHERE


def _number(told: str | None) -> float:
    m = _NUMBER.match(told or "")
    return float(m[0]) if m else 0.0


def _of_words(text: str) -> Iterator[OcrLine]:
    """tesseract's words, line by line; the row of a page tells its width."""
    rows = [row.split("\t", 11) for row in text.replace("\r\n", "\n").split("\n")[1:]]
    words: defaultdict[tuple[int, ...], list[list[str]]] = defaultdict(list)
    widths: dict[int, float] = {}
    for row in (row for row in rows if len(row) == 12):
        at = tuple(int(_number(told)) for told in row[1:5])
        if row[0] == "1":
            widths[at[0]] = _number(row[8])
        elif row[11].strip():
            words[at].append(row)
    for at, said in words.items():
        scale = A4[0] / widths[at[0]] if widths.get(at[0]) else 1.0
        boxes = [[_number(told) * scale for told in row[6:10]] for row in said]
        x0, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
        box = (x0, top, max(b[0] + b[2] for b in boxes), max(b[1] + b[3] for b in boxes))
        line = "".join(piece for piece, _ in spaced((row[11], None) for row in said))
        placed = [(row[11], (b[0], b[1], b[0] + b[2], b[1] + b[3])) for row, b in zip(said, boxes, strict=True)]
        yield OcrLine(line, box, max(1, at[0]), at[1] * 10_000 + at[2], words=tuple(placed))
