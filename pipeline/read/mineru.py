"""MinerU's content_list.json and middle.json -> Source. (Its Markdown is plain text and is read as such.)

Format: MinerU's documentation, `output files`; content_list boxes are in thousandths of the page, middle.json's in points.
"""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.errors import JuanzongError
from pipeline.read.hashes import file_hash
from pipeline.read.json_file import box_of, load_json
from pipeline.read.options import ReadOptions
from pipeline.read.tool_text import A4, NOWHERE, Place, ToolText, html_rows
from pipeline.source import Source

_TEXTS = ("text", "content", "code_body")
_CAPTIONS = ("table_caption", "image_caption", "img_caption", "chart_caption", "code_caption")
_NOTES = ("table_footnote", "image_footnote", "img_footnote", "chart_footnote")


def read_mineru(path: Path, record_as: str, options: ReadOptions) -> Source:
    """Raises JuanzongError where the file holds no block that can be read."""
    data = load_json(path)
    out = ToolText()
    if isinstance(data, dict):
        for block, place in _middle_blocks(data):
            _write_middle(out, block, place)
    else:
        for item in data:
            _write_item(out, item, _place(item))
    if not out.writing.lines:
        raise JuanzongError(f"{path}: no text blocks in MinerU's output; export it again")
    return Source(path=record_as, sha256=file_hash(path), media_type="application/json", is_text=False,
                  readers=("mineru",), **out.writing.fields())


def _place(item: dict[str, Any]) -> Place | None:
    page = item.get("page_idx")
    if not isinstance(page, int):
        return None
    return page + 1, box_of(item.get("bbox"), A4[0] / 1000, A4[1] / 1000) or (0.0, 0.0, *A4)


def _write_item(out: ToolText, item: dict[str, Any], place: Place | None) -> None:
    for text in _strings(item, _CAPTIONS):
        out.paragraph(text, place)
    if isinstance(item.get("table_body"), str):
        rows, loose = html_rows(item["table_body"])
        out.paragraph(loose, place)
        out.table(rows, place)
    for text in (*_strings(item, _TEXTS), *_strings(item, ("list_items",))):
        out.paragraph(text, place, heading=bool(item.get("text_level")))
    for text in _strings(item, _NOTES):
        out.paragraph(text, place)


def _strings(item: dict[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    """The texts under these keys, single or in lists."""
    for key in keys:
        value = item.get(key)
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and text.strip():
                yield text


def _middle_blocks(data: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Place]]:
    """Blocks of middle.json, page by page from the top, page furniture among them."""
    for k, page in enumerate(p for p in data["pdf_info"] if isinstance(p, dict)):
        number = page["page_idx"] + 1 if isinstance(page.get("page_idx"), int) else k + 1
        body = [b for b in page.get("para_blocks") or page.get("preproc_blocks") or [] if isinstance(b, dict)]
        boxes = {id(b): box_of(b.get("bbox"), 1, 1) or NOWHERE for b in [*body, *_discarded(page)]}
        furniture = sorted(_discarded(page), key=lambda b: boxes[id(b)][1])
        first = min((boxes[id(b)][1] for b in body), default=0.0)
        above = [b for b in furniture if boxes[id(b)][3] <= first]
        for block in [*above, *body, *(b for b in furniture if b not in above)]:
            yield block, (number, boxes[id(block)])


def _discarded(page: dict[str, Any]) -> list[dict[str, Any]]:
    return [b for b in page.get("discarded_blocks") or [] if isinstance(b, dict)]


def _write_middle(out: ToolText, block: dict[str, Any], place: Place) -> None:
    for inner in block.get("blocks") or []:                    # tables and figures: caption, body and notes
        if isinstance(inner, dict):
            _write_middle(out, inner, (place[0], box_of(inner.get("bbox"), 1, 1) or place[1]))
    text = ""
    for line in block.get("lines") or []:
        for span in line.get("spans") or []:
            if isinstance(span.get("html"), str):
                rows, loose = html_rows(span["html"])
                out.paragraph(loose, place)
                out.table(rows, place)
            elif isinstance(span.get("content"), str):
                text += span["content"]
    out.paragraph(text, place, heading=block.get("type") == "title")
