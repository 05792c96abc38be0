"""Raw file -> Source. The format is told by the content; the one reader that is needed is imported then."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Literal, NamedTuple

from juanzong.core.errors import JuanzongError
from juanzong.core.source import PageReport, Source
from juanzong.read.detect import detect
from juanzong.read.options import ReadOptions

__all__ = ["READERS", "ReadOptions", "Reader", "read"]


class Reader(NamedTuple):
    """`function` of `module` takes (path, record_as, options) and gives a Source; that of plain text has no options.

    `walk`: how its file's text is counted a second time (read/walks.py; pages of PDFs and scans are counted as they are
    read). `whole`: such a file is a tool's output for a whole bundle, and what lies beside it in a folder says the same
    again. `names`: what the output may record as its readers; of files in a folder all sorts."""

    module: str
    function: str
    walk: Literal["", "text", "csv", "html", "json", "docx", "xlsx", "ofd", "ocr", "office"] = ""
    whole: bool = False
    names: tuple[str, ...] = ()


READERS = {
    "text": Reader("juanzong.read.text", "read_text_source", walk="text"),
    "pdf": Reader("juanzong.read.pdf", "read_pdf", names=("pdfminer", "rapidocr", "tesseract")),
    "image": Reader("juanzong.read.image", "read_images", names=("rapidocr", "tesseract")),
    "mineru": Reader("juanzong.read.mineru", "read_mineru", walk="json", whole=True, names=("mineru",)),
    "paddle": Reader("juanzong.read.paddle", "read_paddle", walk="json", whole=True, names=("paddleocr",)),
    "docling": Reader("juanzong.read.docling", "read_docling", walk="json", whole=True, names=("docling",)),
    "json-text": Reader("juanzong.read.json_text", "read_json_text", walk="json", names=("json",)),
    "docx": Reader("juanzong.read.docx", "read_docx", walk="docx", names=("docx",)),
    "xlsx": Reader("juanzong.read.xlsx", "read_xlsx", walk="xlsx", names=("openpyxl",)),
    "csv": Reader("juanzong.read.csv_file", "read_csv", walk="csv", names=("csv",)),
    "word": Reader("juanzong.read.office", "read_word", walk="office", names=("libreoffice", "docx")),
    "sheet": Reader("juanzong.read.office", "read_sheet", walk="office", names=("libreoffice", "openpyxl")),
    "slides": Reader(
        "juanzong.read.office", "read_slides", walk="office", names=("libreoffice", "pdfminer", "rapidocr", "tesseract")
    ),
    "ofd": Reader("juanzong.read.ofd", "read_ofd", walk="ofd", names=("ofd",)),
    "ocr": Reader("juanzong.read.ocr_files", "read_ocr_file", walk="ocr", names=("ocr",)),
    "hocr": Reader("juanzong.read.hocr", "read_hocr", walk="html", names=("ocr", "html")),
    "zip": Reader("juanzong.read.packed", "read_zip"),
    "mht": Reader("juanzong.read.packed", "read_mht"),
    "epub": Reader("juanzong.read.packed", "read_epub"),
    "flat": Reader("juanzong.read.packed", "read_flat"),
    "html": Reader("juanzong.read.html", "read_html", walk="html", names=("html",)),
    "folder": Reader("juanzong.read.folder", "read_folder"),
}


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
    entry = READERS[kind]
    reader = getattr(import_module(entry.module), entry.function)
    try:
        source: Source = reader(path, record_as) if kind == "text" else reader(path, record_as, options)
    except RecursionError:
        raise JuanzongError(f"{path}: its parts are nested too deep to be read; save it again and give that") from None
    if not source.text.strip():
        raise JuanzongError(f"{path}: no text found in it ({kind}); check that it is the right file")
    if entry.walk and not (kind == "text" and _is_its_file(source, path)):
        from juanzong.read.account import with_losses

        source = replace(source, reports=(*source.reports, *_more_reports(entry, path)))
        return with_losses(source, path, entry.walk)
    return source


def _more_reports(entry: Reader, path: Path) -> tuple[PageReport, ...]:
    """What is told of a file beside what its reader told."""
    if entry.walk in ("docx", "xlsx"):
        from juanzong.read.charts import chart_reports

        return tuple(chart_reports(path))
    return ()


def _is_its_file(source: Source, path: Path) -> bool:
    """Whether a text is what its file holds in UTF-8, character for character: then no second walk can find more."""
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n") == source.text
