"""PaddleOCR's JSON -> Source: PP-StructureV3 and PaddleOCR-VL results, the service's answers, PP-Structure 2, plain OCR.

Boxes are in pixels of the page image; `width` and `height`, where given, say how large it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import regex as re

from juanzong.core.source import BlockKind, PageReport, Source
from juanzong.read.html_table import write_html
from juanzong.read.json_file import box_of, dicts, is_number
from juanzong.read.margins import place_lines
from juanzong.read.ocr_pairs import pages_of_pairs
from juanzong.read.ocr_rows import with_tables
from juanzong.read.options import ReadOptions
from juanzong.read.page_heads import mark_edges
from juanzong.read.printed import PrintedLine, PrintedPage
from juanzong.read.tool_text import A4, Place, ToolText, formula, unmarked
from juanzong.read.tool_values import read_values
from juanzong.read.unread import UNKNOWN, unread
from juanzong.read.writing import write_pages

_MARGINS = ("header", "footer", "number")
_KINDS: dict[str, BlockKind] = {
    "doc_title": "title",
    "paragraph_title": "heading",
    "title": "heading",
    "table_title": "caption",
    "figure_title": "caption",
    "chart_title": "caption",
    "figure_table_chart_title": "caption",
}
_FORMULAS = ("formula", "display_formula")
# With `format_block_content` contents come as Markdown: titles with their signs, captions in a centred block.
_TITLE_SIGNS = re.compile(r"\A\s*#{1,6}\s")
_MARKUP = re.compile(r"\s*<(?:div|table|html|body)\b", re.IGNORECASE)
_WRAPPERS = ("res", "result", "prunedResult", "layout_parsing_result")


def read_paddle(path: Path, record_as: str, options: ReadOptions) -> Source:
    """Raises JuanzongError where the file holds no text."""
    return read_values(path, record_as, "paddle", _fields)


def _fields(data: Any) -> dict[str, Any]:
    pages = list(_pages(data))
    if not any(p.get("parsing_res_list") or p.get("blocks") for p in pages):
        markdown = "" if any(p.get("rec_texts") for p in pages) else "\n\n".join(_markdown(data))
        return {"text": markdown.replace("\r\n", "\n").replace("\r", "\n")} if markdown else _plain(pages)
    out = ToolText()
    for k, page in enumerate(pages):
        _write_page(out, page, k + 1)
    return out.writing.fields()


def _pages(data: Any) -> Iterator[dict[str, Any]]:
    """One dict a page, whatever it is wrapped in."""
    if isinstance(data, list):
        if pairs := list(pages_of_pairs(data)):
            yield from pairs
            return
        if data and all(isinstance(item, dict) and "type" in item and "res" in item for item in data):
            yield {"blocks": data}  # PP-Structure 2: the blocks of one page
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


def _markdown(data: Any) -> Iterator[str]:
    """The pages as Markdown, which some that keep a service's answer leave of it alone."""
    stack = [data]
    while stack:
        part = stack.pop()
        if isinstance(part, list):
            stack += reversed(part)
        elif isinstance(part, dict):
            page = part.get("markdown")
            if isinstance(page, dict) and isinstance(page.get("text"), str):
                yield page["text"]
            else:
                stack += reversed([part[key] for key in (*_WRAPPERS, "layoutParsingResults") if key in part])


def _write_page(out: ToolText, page: dict[str, Any], number: int) -> None:
    blocks = dicts(page.get("parsing_res_list") or page.get("blocks"))
    boxes = [b.get("block_bbox") or b.get("bbox") for b in blocks]
    scale = A4[0] / _width(page, boxes)
    seals: list[str] = []
    for block, raw in zip(blocks, boxes, strict=True):
        box = box_of(raw, scale, scale)
        place: Place = (number, box or (0.0, 0.0, *A4))
        label, text = str(block.get("block_label") or block.get("type") or ""), _content(block)
        kind = _KINDS.get(label, "paragraph")
        if label == "seal":
            seals.append(text)
        elif label == "table" or _MARKUP.match(text):
            marked = bool(_MARKUP.match(text))
            out.paragraph("" if marked else text, place, kind=None)
            if not (write_html(out, text, place) if marked else text.strip()) and label == "table":
                out.tell(number, "table-without-content", "表格没有内容（识别工具只留下图片或空表）")
        elif label in _FORMULAS:
            out.paragraph(formula(text), place)
        else:
            signs = _TITLE_SIGNS.match(text) if kind in ("title", "heading") else None
            level = signs[0].count("#") if signs else 0
            out.paragraph(
                unmarked(text[signs.end() :] if signs else text),
                place,
                kind=kind,
                level=level,
                label=label,
                margin=label in _MARGINS,
            )
        for left in unread(block, [text]):
            out.paragraph(left, place)
            out.tell(number, "unknown-item", UNKNOWN, left)
    if seals:
        told = f"第 {number} 页有 {len(seals)} 枚印章，章内文字未计入正文"
        out.writing.reports.append(PageReport(number, "info", "page-stamp", told, "\n".join(filter(None, seals))))


def _width(page: dict[str, Any], boxes: list[Any]) -> float:
    """The page image's width in pixels; guessed from the boxes, with equal margins, where it is not given."""
    given: Any = page.get("width")
    given = given[0] if isinstance(given, list) and given else given  # of pages put together: all their widths
    if is_number(given) and given > 0:
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
            return "\n".join(str(line["text"]) for line in dicts(value) if "text" in line)
    return ""


def _plain(pages: list[dict[str, Any]]) -> dict[str, Any]:
    """Plain OCR: lines with boxes, no layout; placed on the page as a scan's lines are."""
    printed = []
    for k, page in enumerate(pages):
        boxes, scores = _listed(page, "rec_boxes"), _listed(page, "rec_scores")
        scale = A4[0] / _width(page, boxes)
        out, lines = PrintedPage(k + 1, *A4), list[PrintedLine]()
        for n, text in enumerate(_listed(page, "rec_texts")):
            box = (box_of(boxes[n], scale, scale) if n < len(boxes) else None) or (0.0, 0.0, *A4)
            if isinstance(text, str) and text.strip():
                sure = float(scores[n]) if n < len(scores) and is_number(scores[n]) else None
                line, size = " ".join(text.split("\n")).strip(), max(1.0, 0.9 * (box[3] - box[1]))
                lines.append(PrintedLine(line, box, size, confidence=sure))
        out.blocks += with_tables(lines, A4[0])
        printed.append(out)
    mark_edges(printed)
    place_lines(printed)
    return write_pages(printed).fields()


def _listed(page: dict[str, Any], key: str) -> list[Any]:
    value = page.get(key)
    return value if isinstance(value, list) else []
