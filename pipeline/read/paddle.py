"""PaddleOCR's JSON -> Source: PP-StructureV3 and PaddleOCR-VL results, the service's answers, PP-Structure 2, plain OCR.

Boxes are in pixels of the page image; `width` and `height`, where given, say how large it was.
"""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.errors import JuanzongError
from pipeline.read.hashes import file_hash
from pipeline.read.json_file import box_of, load_json
from pipeline.read.margins import place_lines
from pipeline.read.options import ReadOptions
from pipeline.read.printed import PrintedLine, PrintedPage
from pipeline.read.tool_text import A4, Place, ToolText, html_rows
from pipeline.read.writing import write_pages
from pipeline.source import Source

_HEADINGS = ("doc_title", "paragraph_title", "title")
_WRAPPERS = ("res", "result", "prunedResult", "layout_parsing_result")


def read_paddle(path: Path, record_as: str, options: ReadOptions) -> Source:
    """Raises JuanzongError where the file holds no text."""
    pages = list(_pages(load_json(path)))
    if not any("parsing_res_list" in p or "blocks" in p for p in pages):
        fields = _plain(pages)
    else:
        out = ToolText()
        for k, page in enumerate(pages):
            _write_page(out, page, k + 1)
        fields = out.writing.fields()
    if not fields["text"].strip():
        raise JuanzongError(f"{path}: no text in PaddleOCR's output; export it again")
    return Source(path=record_as, sha256=file_hash(path), media_type="application/json", is_text=False,
                  readers=("paddleocr",), **fields)


def _pages(data: Any) -> Iterator[dict[str, Any]]:
    """One dict a page, whatever it is wrapped in."""
    if isinstance(data, list):
        if data and all(isinstance(item, dict) and "type" in item and "res" in item for item in data):
            yield {"blocks": data}                             # PP-Structure 2: the blocks of one page
            return
        for item in data:
            yield from _pages(item)
    elif isinstance(data, dict):
        if "parsing_res_list" in data or "rec_texts" in data:
            yield data
        elif isinstance(data.get("layoutParsingResults"), list):
            yield from _pages(data["layoutParsingResults"])
        elif isinstance(data.get("overall_ocr_res"), dict):
            yield data["overall_ocr_res"]
        else:
            for key in _WRAPPERS:
                if isinstance(data.get(key), dict | list):
                    yield from _pages(data[key])
                    return


def _write_page(out: ToolText, page: dict[str, Any], number: int) -> None:
    blocks = [b for b in page.get("parsing_res_list") or page.get("blocks") or [] if isinstance(b, dict)]
    boxes = [b.get("block_bbox") or b.get("bbox") for b in blocks]
    scale = A4[0] / _width(page, boxes)
    for block, raw in zip(blocks, boxes, strict=True):
        box = box_of(raw, scale, scale)
        place: Place = (number, box or (0.0, 0.0, *A4))
        label, text = block.get("block_label") or block.get("type") or "", _content(block)
        if "<table" in text:
            rows, loose = html_rows(text)
            out.paragraph(loose, place)
            out.table(rows, place)
        else:
            out.paragraph(text, place, heading=label in _HEADINGS)


def _width(page: dict[str, Any], boxes: list[Any]) -> float:
    """The page image's width in pixels; guessed from the boxes, with equal margins, where it is not given."""
    given = page.get("width")
    if isinstance(given, int | float) and given > 0:
        return float(given)
    known = [b for b in (box_of(raw, 1, 1) for raw in boxes) if b]
    return max(1.0, max((b[2] for b in known), default=A4[0]) + min((b[0] for b in known), default=0.0))


def _content(block: dict[str, Any]) -> str:
    """The block's text: a string, an HTML table, or lines with their own places."""
    for value in (block.get("block_content"), block.get("res")):
        if isinstance(value, str):
            return value
        if isinstance(value, dict) and isinstance(value.get("html"), str):
            return str(value["html"])
        if isinstance(value, list):
            return "\n".join(str(line["text"]) for line in value if isinstance(line, dict) and "text" in line)
    return ""


def _plain(pages: list[dict[str, Any]]) -> dict[str, Any]:
    """Plain OCR: lines with boxes, no layout; placed on the page as a scan's lines are."""
    printed = []
    for k, page in enumerate(pages):
        boxes = page.get("rec_boxes") or []
        scale = A4[0] / _width(page, boxes)
        out = PrintedPage(k + 1, *A4)
        scores = page.get("rec_scores") or []
        for n, text in enumerate(page.get("rec_texts") or []):
            box = (box_of(boxes[n], scale, scale) if n < len(boxes) else None) or (0.0, 0.0, *A4)
            if isinstance(text, str) and text.strip():
                sure = float(scores[n]) if n < len(scores) else None
                out.blocks.append(PrintedLine(text.strip(), box, max(1.0, 0.9 * (box[3] - box[1])), confidence=sure))
        printed.append(out)
    place_lines(printed)
    return write_pages(printed).fields()
