"""MinerU's content_list.json, content_list_v2.json and middle.json -> Source. (Its Markdown is read as text.)

Forms: mineru 2 and 3 (`union_make`), mineru 4 (`render_content_list`, docvortex's MiddleJson). Page furniture stands
after each page's body in most of them; it is put where it is printed, above the body or below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from juanzong.core.source import Source
from juanzong.read.elements import is_margin
from juanzong.read.html_table import write_html
from juanzong.read.json_file import dicts
from juanzong.read.mineru_blocks import Block, listed, listed_v2, middle_block, page_of, structured
from juanzong.read.options import ReadOptions
from juanzong.read.tool_text import NOWHERE, ToolText
from juanzong.read.tool_values import read_values
from juanzong.read.unread import UNKNOWN

_FURNITURE = (
    "header",
    "footer",
    "page_number",
    "aside_text",
    "page_footnote",
    "discarded",
    "page_header",
    "page_footer",
    "page_aside_text",
)
_HEADERS = ("header", "page_header")
_MARGINS = (*_HEADERS, "footer", "page_footer", "page_number", "discarded", "aside_text", "page_aside_text")


def read_mineru(path: Path, record_as: str, options: ReadOptions) -> Source:
    """Raises JuanzongError where the file holds no block that can be read."""
    return read_values(path, record_as, "mineru", _fields)


def _fields(data: Any) -> dict[str, Any]:
    out = ToolText()
    for _, page in groupby(_blocks(data), key=lambda block: block.page):
        for block in _as_printed(list(page)):
            _write(out, block)
    return out.writing.fields()


def _blocks(data: Any) -> Iterator[Block]:
    """The file's blocks, whichever of the forms it has."""
    if not isinstance(data, dict):
        by_page = sum(isinstance(page, list) for page in data) > sum(isinstance(page, dict) for page in data)
        for k, page in enumerate(data):
            for item in dicts(page if isinstance(page, list) else [page]):
                yield listed_v2(item, k + 1) if by_page else listed(item)
    elif "pdf_info" in data:
        for k, page in enumerate(dicts(data["pdf_info"])):
            body = dicts(page.get("para_blocks") or page.get("preproc_blocks"))
            yield from _of_page(middle_block, [*body, *dicts(page.get("discarded_blocks"))], page, k)
    else:
        for k, page in enumerate(dicts(data.get("pages"))):
            yield from _of_page(structured, dicts(page.get("blocks")), page, k)


def _of_page(
    make: Callable[[dict[str, Any], int], Block], items: Iterable[dict[str, Any]], page: dict[str, Any], k: int
) -> Iterator[Block]:
    number = page_of(page) or k + 1
    yield from (make(item, number) for item in items)


def _as_printed(page: list[Block]) -> list[Block]:
    """A page's blocks with its furniture about them, from the top; the body's order is the tool's."""
    body = [b for b in page if b.kind not in _FURNITURE]
    first = min((b.place[1][1] for b in body if b.place), default=0.0)
    furniture = sorted((b for b in page if b.kind in _FURNITURE), key=lambda b: b.place[1][1] if b.place else 0.0)
    above = [b for b in furniture if b.kind in _HEADERS or (b.place and b.place[1][3] <= first)]
    return [*above, *body, *(b for b in furniture if b not in above)]


def _write(out: ToolText, block: Block) -> None:
    rows = 0
    for part in block.parts:
        if part.html:
            rows += write_html(out, part.html, part.place)
        else:
            margin = block.kind in _MARGINS or is_margin(block.kind)
            pieces = part.pieces
            if margin:  # where no page is told, heads and feet are those of one
                pieces = [(text, place or (block.page or 1, NOWHERE)) for text, place in pieces]
            out.pieces(pieces, kind=part.kind, level=part.level, label=block.kind, margin=margin)
            rows += part.kind is None
    if block.kind == "table" and not rows:
        out.tell(block.page, "table-without-content", "表格没有内容（识别工具只留下图片或空表）")
    for text in block.unknown:
        out.paragraph(text, block.place)
        out.tell(block.page, "unknown-item", UNKNOWN, text)
