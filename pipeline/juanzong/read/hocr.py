"""What OCR programs write as a web page (hOCR) -> Source: its lines with their places, set on the page as a scan's lines are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import regex as re

from juanzong.core.source import Source
from juanzong.read.hashes import file_hash
from juanzong.read.html import page_text, read_html
from juanzong.read.html_tree import Element, all_text, parse_page
from juanzong.read.ocr_files import OcrLine, fields_of
from juanzong.read.ocr_words import Words
from juanzong.read.options import ReadOptions
from juanzong.read.printed import Box
from juanzong.read.tool_text import A4, NOWHERE, spaced

_BOX = re.compile(r"\bbbox\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)")
_LINES = frozenset(("ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"))
_MARGINS = frozenset(("ocr_footer", "ocr_pageno"))  # tesseract calls a title ocr_header, too
_BLOCKS = frozenset(("ocr_par", "ocr_carea", "ocrx_block"))
_WORD = "ocrx_word"


def read_hocr(path: Path, record_as: str, options: ReadOptions) -> Source:
    """A page that tells no lines, or text beside them, is read as any other web page is."""
    root = parse_page(page_text(path.read_bytes(), str(path)).text.removeprefix("\ufeff"))
    lines = list(_lines(root))
    body = root.find("body")
    said = "".join(all_text(root if body is None else body).split())
    if not lines or len("".join("".join(line.text for line in lines).split())) < len(said):
        return read_html(path, record_as, options)
    return Source(record_as, file_hash(path), "text/html", is_text=False, readers=("ocr",), **fields_of(lines))


def _lines(root: Element) -> Iterator[OcrLine]:
    """The lines of all pages in the order of the file."""
    number, block, scale = 0, 0, 1.0
    stack: list[tuple[Element, int]] = [(root, 0)]
    while stack:
        el, within = stack.pop()
        if not isinstance(el.tag, str):
            continue
        names = frozenset(el.get("class", "").split())
        if "ocr_page" in names:
            number, (x0, _, x1, _) = number + 1, _box(el, 1.0)
            scale = A4[0] / (x1 - x0) if x1 > x0 else 1.0
        if names & _BLOCKS:
            within = block = block + 1
        if names & _LINES and (text := _text(el)):
            margin = not names.isdisjoint(_MARGINS)
            yield OcrLine(text, _box(el, scale), max(1, number), within, margin, _placed(el, scale))
        elif not names & _LINES:
            stack += [(child, within) for child in reversed(el)]


def _words(line: Element) -> list[Element]:
    return [el for el in line.iter() if isinstance(el.tag, str) and _WORD in el.get("class", "").split()]


def _placed(line: Element, scale: float) -> Words:
    """A line's words with their places, where all tell theirs."""
    placed = [(text, _box(word, scale)) for word in _words(line) if (text := " ".join(all_text(word).split()))]
    return tuple(placed) if all(box != NOWHERE for _, box in placed) else ()


def _text(line: Element) -> str:
    """What a line says, word by word where it tells its words: blanks are between Western ones alone."""
    said = " ".join(all_text(line).split())
    told = [" ".join(all_text(word).split()) for word in _words(line)]
    whole = "".join("".join(told).split()) == "".join(said.split())
    return "".join(text for text, _ in spaced((word, None) for word in told)) if told and whole else said


def _box(el: Element, scale: float) -> Box:
    m = _BOX.search(el.get("title") or "")
    return NOWHERE if m is None else (*(float(n) * scale for n in m.groups()),)  # type: ignore[return-value]
