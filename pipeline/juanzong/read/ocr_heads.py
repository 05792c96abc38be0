"""How the files of OCR programs begin, and what other files in XML are."""

from __future__ import annotations

from pathlib import Path

import regex as re

TSV = b"level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\t"  # tesseract's table of words
_ROOT = re.compile(rb"\s*(?:<(?:\?|!)[^<>]*>\s*)*<(?:\w+:)?(?:alto|PcGts|pdf2xml)\b")


def is_ocr_file(head: bytes) -> bool:
    """Whether a file begins as ALTO, PAGE, what pdftohtml writes in XML, or a table of words.

    >>> is_ocr_file(b'<?xml version="1.0"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v4#">'), is_ocr_file(b"<document>")
    (True, False)
    """
    return head.startswith(TSV) or _ROOT.match(head) is not None


def is_hocr(head: bytes) -> bool:
    """Whether a web page begins as what an OCR program writes.

    >>> is_hocr(b"<html><head><meta name='ocr-capabilities' content='ocr_page ocr_line'>"), is_hocr(b"<html><body>")
    (True, False)
    """
    return b"ocr_page" in head


def is_whole_xml(path: Path) -> bool:
    """Whether all of a file is XML, and no text with such a line on top."""
    from xml.etree import ElementTree  # few files begin so

    try:
        ElementTree.fromstring(path.read_bytes())
    except (ElementTree.ParseError, ValueError, LookupError):
        return False
    return True
