"""Raw file -> Source. The format is told by the content; the one reader that is needed is imported then."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from juanzong.core.errors import JuanzongError
from juanzong.core.source import Source
from juanzong.read.detect import detect
from juanzong.read.options import ReadOptions

__all__ = ["READERS", "ReadOptions", "read"]

READERS = {
    "text": ("juanzong.read.text", "read_text_source"),
    "pdf": ("juanzong.read.pdf", "read_pdf"),
    "image": ("juanzong.read.image", "read_images"),
    "mineru": ("juanzong.read.mineru", "read_mineru"),
    "paddle": ("juanzong.read.paddle", "read_paddle"),
    "docling": ("juanzong.read.docling", "read_docling"),
    "json-text": ("juanzong.read.json_text", "read_json_text"),
    "docx": ("juanzong.read.docx", "read_docx"),
    "xlsx": ("juanzong.read.xlsx", "read_xlsx"),
    "csv": ("juanzong.read.csv_file", "read_csv"),
    "word": ("juanzong.read.office", "read_word"),
    "sheet": ("juanzong.read.office", "read_sheet"),
    "slides": ("juanzong.read.office", "read_slides"),
    "ofd": ("juanzong.read.ofd", "read_ofd"),
    "zip": ("juanzong.read.zip_file", "read_zip"),
    "html": ("juanzong.read.html", "read_html"),
    "folder": ("juanzong.read.folder", "read_folder"),
}
"""Format -> module and function(path, record_as, options) -> Source (the text reader has no options)."""

ACCOUNTED = ("html", "docx", "mineru", "paddle", "docling", "json-text")
"""Formats whose text is counted a second time."""


def read(path: Path, *, record_as: str, options: ReadOptions | None = None) -> Source:
    """Read one bundle: a file, or a folder whose files make one bundle. `record_as` goes into bundle.json.

    The input is read once: what is written into its place meanwhile is neither read nor hashed. Raises JuanzongError,
    one line, where nothing can be read; what befalls single pages is in Source.reports.
    """
    if not path.exists():
        raise JuanzongError(f"{path}: no such file or folder; check the path")
    options = options or ReadOptions()
    if path.is_file() and detect(path) == "text":  # that reader takes the bytes in one go, and hashes them
        return read_held(path, record_as=record_as, options=options)
    from juanzong.read.held import held, named

    with held(path) as copy:
        try:
            return named(read_held(copy, record_as=record_as, options=options), copy, path)
        except JuanzongError as error:
            raise JuanzongError(str(error).replace(str(copy), str(path))) from error


def read_held(path: Path, *, record_as: str, options: ReadOptions) -> Source:
    """Read what nobody changes meanwhile: by the reader of its format."""
    kind = detect(path)
    module, name = READERS[kind]
    reader = getattr(import_module(module), name)
    try:
        source: Source = reader(path, record_as) if kind == "text" else reader(path, record_as, options)
    except RecursionError:
        raise JuanzongError(f"{path}: its parts are nested too deep to be read; save it again and give that") from None
    if not source.text.strip():
        raise JuanzongError(f"{path}: no text found in it ({kind}); check that it is the right file")
    if kind in ACCOUNTED:
        from juanzong.read.account import with_losses

        return with_losses(source, path, kind)
    return source
