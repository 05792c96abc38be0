"""Raw file -> Source. The format is told by the content; the one reader that is needed is imported then."""
from __future__ import annotations

from importlib import import_module
from pathlib import Path

from pipeline.errors import JuanzongError
from pipeline.read.detect import detect
from pipeline.read.options import ReadOptions
from pipeline.source import Source

__all__ = ["READERS", "ReadOptions", "read"]

READERS = {
    "text": ("pipeline.read.text", "read_text_source"),
    "pdf": ("pipeline.read.pdf", "read_pdf"),
    "image": ("pipeline.read.image", "read_images"),
    "mineru": ("pipeline.read.mineru", "read_mineru"),
    "paddle": ("pipeline.read.paddle", "read_paddle"),
    "docling": ("pipeline.read.docling", "read_docling"),
    "docx": ("pipeline.read.docx", "read_docx"),
    "html": ("pipeline.read.html", "read_html"),
    "folder": ("pipeline.read.folder", "read_folder"),
}
"""Format -> module and function(path, record_as, options) -> Source (the text reader has no options)."""


def read(path: Path, *, record_as: str, options: ReadOptions | None = None) -> Source:
    """Read one bundle: a file, or a folder whose files make one bundle. `record_as` goes into bundle.json.

    Raises JuanzongError, one line, where nothing can be read; what befalls single pages is in Source.reports.
    """
    if not path.exists():
        raise JuanzongError(f"{path}: no such file or folder; check the path")
    kind = detect(path)
    module, name = READERS[kind]
    reader = getattr(import_module(module), name)
    source: Source = reader(path, record_as) if kind == "text" else reader(path, record_as, options or ReadOptions())
    if not source.text.strip():
        raise JuanzongError(f"{path}: no text found in it ({kind}); check that it is the right file")
    return source
