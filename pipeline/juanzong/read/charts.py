"""Charts in packed Office files: a program draws them from numbers, and their words stand in parts of their own. They are
told, not read: where they stand on the page, and how, the file does not say."""

from __future__ import annotations

import html
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import regex as re

from juanzong.core.source import PageReport

CHECK = "chart-not-read"
_PART = re.compile(r"(?:word|xl|ppt)/charts/chart(?:ex)?\d*\.xml", re.IGNORECASE)
_TITLE = re.compile(r"<(?:\w+:)?title\b.*?</(?:\w+:)?title>", re.DOTALL)
_TEXT = re.compile(r"<(?:a:t|c:v|(?:cx:)?v|(?:cx:)?pt\b)[^<>]*>([^<]+)<")  # words as set, and the values last drawn


def chart_reports(path: Path) -> Iterator[PageReport]:
    """A finding for each chart of a .docx or .xlsx that holds any text; none of a file that cannot be opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            for name in sorted(filter(_PART.fullmatch, archive.namelist())):
                xml = archive.read(name).decode("utf-8", errors="replace")
                texts = [text for said in _TEXT.findall(xml) if (text := html.unescape(said).strip())]
                title = "".join(html.unescape(t) for m in _TITLE.findall(xml)[:1] for t in _TEXT.findall(m)).strip()
                if texts:
                    told = f"图表“{title or Path(name).stem}”的文字与数值 {len(texts)} 项，未入正文"
                    yield PageReport(0, "warning", CHECK, told, "\n".join(texts))
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        return  # the reader's to tell
