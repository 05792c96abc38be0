"""A text that stands as one string in a JSON file (a model's answer, a service's Markdown) -> Source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from juanzong.core.source import Source
from juanzong.read.detect import is_page
from juanzong.read.html import page_fields
from juanzong.read.options import ReadOptions
from juanzong.read.tool_values import read_values


def read_json_text(path: Path, record_as: str, options: ReadOptions) -> Source:
    """Raises JuanzongError where the string holds no text."""
    return read_values(path, record_as, "text", _fields)


def _fields(value: str) -> dict[str, Any]:
    if is_page(value):
        return page_fields(value)
    return {"text": value.replace("\r\n", "\n").replace("\r", "\n")}
