"""A PDF whose objects cannot be found any more (cut off, bytes lost, its table of objects wrong) -> the same file built
anew by PDFium, which looks for the objects themselves."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import regex as re

from juanzong.core.errors import JuanzongError

_ROOT = re.compile(rb"/Type\s*/(?:Catalog|(?P<page>Page))\b")
_OBJECT = re.compile(rb"(\d+)\s+\d+\s+obj\b")
_BEFORE = 4000  # bytes of an object that may stand before its type


class DamagedPdf(JuanzongError):
    """The file cannot be opened as it is, for damage and no other reason."""


@contextmanager
def rebuilt(path: Path) -> Iterator[Path | None]:
    """A copy of the file built anew; None where PDFium finds no text in it either."""
    with tempfile.TemporaryDirectory(prefix="juanzong-pdf-") as room:
        copy = Path(room) / "rebuilt.pdf"
        data = path.read_bytes()
        yield copy if any(_saved(whole, copy) for whole in _ended(data)) else None


def _ended(data: bytes) -> Iterator[bytes]:
    """The file as it is; with an end, that of the part in which it breaks off before it; without that part."""
    yield data
    end = _new_end(data)
    yield b"%s\nendstream\nendobj\n%s" % (data, end)
    yield data[: data.rfind(b"endobj") + 6] + b"\n" + end


def _saved(data: bytes, copy: Path) -> bool:
    """Whether PDFium opened it, found text in a page, and wrote it."""
    import pypdfium2  # type: ignore[import-untyped]

    try:
        with pypdfium2.PdfDocument(data) as pdf:
            pages = [n for n in range(len(pdf)) if _readable(pdf, n)]  # the objects of others are lost
            if not any(pdf[n].get_textpage().count_chars() for n in pages):
                return False
            with pypdfium2.PdfDocument.new() as new:
                new.import_pages(pdf, pages)
                new.save(copy)
    except (pypdfium2.PdfiumError, OSError, ValueError):
        return False
    return True


def _readable(pdf: Any, number: int) -> bool:
    import pypdfium2

    try:
        return bool(pdf[number].get_textpage())
    except pypdfium2.PdfiumError:
        return False


def _new_end(data: bytes) -> bytes:
    """A trailer for a file that was cut off before its own: it names the catalogue, or one of the pages that are there."""
    found = [
        (m, named[-1]) for m in _ROOT.finditer(data) if (named := _OBJECT.findall(data, m.start() - _BEFORE, m.start()))
    ]
    roots = [n for m, n in found if not m["page"]]
    if roots:
        return b"trailer\n<< /Root %s 0 R >>\nstartxref\n0\n%%%%EOF\n" % roots[-1]
    pages = list(dict.fromkeys(n for m, n in found if m["page"]))
    if not pages:
        return b""
    free = max(map(int, _OBJECT.findall(data))) + 1
    kids = b" ".join(b"%s 0 R" % n for n in pages)
    return (
        b"%d 0 obj\n<< /Type /Pages /Count %d /Kids [%s] >>\nendobj\n" % (free, len(pages), kids)
        + b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n" % (free + 1, free)
        + b"trailer\n<< /Root %d 0 R >>\nstartxref\n0\n%%%%EOF\n" % (free + 1)
    )
