"""What OCR programs write in XML (ALTO, PAGE, pdftohtml's) and in tesseract's table of words -> Source: lines with their
places, set on the page as a scan's lines are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import regex as re

from juanzong.core.errors import JuanzongError
from juanzong.core.source import Source
from juanzong.read.decoding import decode
from juanzong.read.hashes import file_hash
from juanzong.read.margins import place_lines
from juanzong.read.ocr_heads import TSV
from juanzong.read.ocr_rows import with_tables
from juanzong.read.options import ReadOptions
from juanzong.read.printed import Box, PrintedLine, PrintedPage
from juanzong.read.tool_text import A4, NOWHERE, ToolText, spaced
from juanzong.read.writing import write_pages

Element = Any
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_OF_SIZE = 0.9  # of a line's height is the size of its type
_LINE_NAMES = ("TextLine", "text")
_BLOCK_NAMES = ("TextBlock", "TextRegion")


class OcrLine(NamedTuple):
    """A line as the file has it; `block` counts the file's paragraphs."""

    text: str
    box: Box
    page: int
    block: int


def read_ocr_file(path: Path, record_as: str, options: ReadOptions) -> Source:
    """Raises JuanzongError for a file that is broken off."""
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    if data.startswith(TSV):
        lines, kind = list(_of_words(decode(data, str(path)).text)), "text/tab-separated-values"
    else:
        try:
            root = ElementTree.fromstring(data)
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise JuanzongError(f"{path}: XML that is not whole ({error}); export it again") from None
        pages = [el for el in root.iter() if _name(el).lower() == "page"]
        lines, kind = [line for k, page in enumerate(pages) for line in _of_page(page, k + 1)], "application/xml"
    return Source(record_as, file_hash(path), kind, is_text=False, readers=("ocr",), **_fields(lines))


def _fields(lines: Sequence[OcrLine]) -> dict[str, Any]:
    """As printed, where the lines tell their places; else paragraph by paragraph, as they stand in the file."""
    if len({(line.page, line.box) for line in lines}) == len(lines):
        pages = []
        for number, of_page in groupby(lines, key=lambda line: line.page):
            page = PrintedPage(number, *A4)
            page.blocks = with_tables(
                [PrintedLine(x.text, x.box, max(1.0, _OF_SIZE * (x.box[3] - x.box[1]))) for x in of_page], page.width
            )
            pages.append(page)
        place_lines(pages)
        return write_pages(pages).fields()
    out = ToolText()
    for _, of_block in groupby(lines, key=lambda line: (line.page, line.block)):
        said = list(of_block)
        out.paragraph("\n".join(line.text for line in said), (said[0].page, (0.0, 0.0, *A4)), kind=None)
    return out.writing.fields()


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _of_page(page: Element, number: int) -> Iterator[OcrLine]:
    across = next((n for k in ("WIDTH", "imageWidth", "width") if (n := _number(page.get(k)))), 0.0)
    scale = A4[0] / across if across else 1.0
    stack: list[tuple[Element, int]] = [(page, 0)]
    block = 0
    while stack:
        el, within = stack.pop()
        name = _name(el)
        if name in _BLOCK_NAMES:
            within = block = block + 1
        if name in _LINE_NAMES or (name == "TextRegion" and not any(_name(x) == "TextLine" for x in el.iter())):
            said = [line.strip() for line in _text(el).split("\n") if line.strip()]
            yield from (OcrLine(line, _box(el, scale), number, within) for line in said)
        else:
            stack += [(child, within) for child in reversed(el)]


def _text(line: Element) -> str:
    """A line's text: as a whole, or word by word; its first reading, where there are several."""
    if own := _first_reading(line):
        return own
    words = [_first_reading(el) or el.get("CONTENT") or "" for el in line if _name(el) in ("String", "HYP", "Word")]
    if any(words):
        return "".join(text for text, _ in spaced((word, None) for word in words))
    return "" if any(_name(el) == "TextEquiv" for el in line) else "".join(line.itertext())


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
        yield OcrLine(line, box, max(1, at[0]), at[1] * 10_000 + at[2])
