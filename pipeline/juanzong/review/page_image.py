"""A page of the source as a picture, drawn when it is asked for: of a PDF or of an image file."""

from __future__ import annotations

import io
import threading
from functools import lru_cache
from pathlib import Path

SCALES = (1.0, 1.5, 2.0, 3.0)  # pixels a point that are drawn
PIXELS_MAX = 12_000_000  # of one drawn page: about 36 MB while it is drawn
IMAGE_PIXELS_MAX = 200_000_000  # of an image file, as the reader takes it at most
KEPT = 8  # drawn pages kept as PNG
_ONE = threading.Lock()  # PDFium is not safe in several threads, and one page at a time bounds the memory


def has_pages(media_type: str) -> bool:
    """Whether pages of such a file can be drawn."""
    return media_type == "application/pdf" or media_type.startswith("image/")


def page_image(source: Path, media_type: str, page: int, scale: float) -> bytes:
    """PNG of page `page` (from 1) at `scale` pixels a point, or fewer for a large page. Raises LookupError where there is
    no such page."""
    nearest = min(SCALES, key=lambda s: abs(s - scale))
    stamp = source.stat().st_mtime_ns
    with _ONE:
        return _drawn(source, stamp, media_type == "application/pdf", page, nearest)


@lru_cache(maxsize=KEPT)
def _drawn(source: Path, stamp: int, pdf: bool, page: int, scale: float) -> bytes:
    return (_of_pdf if pdf else _of_picture)(source, page, scale)


def _of_pdf(pdf: Path, page: int, scale: float) -> bytes:
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(pdf)
    try:
        if not 1 <= page <= len(document):
            raise LookupError(page)
        width, height = document[page - 1].get_size()
        fitting = (PIXELS_MAX / max(width * height, 1.0)) ** 0.5
        return _png(document[page - 1].render(scale=min(scale, fitting)).to_pil())
    finally:
        document.close()


def _of_picture(path: Path, page: int, scale: float) -> bytes:
    from PIL import ImageOps

    from juanzong.read.image import open_picture, page_size

    with open_picture(path, IMAGE_PIXELS_MAX) as picture:
        try:
            picture.seek(page - 1)
        except EOFError:
            raise LookupError(page) from None
        dpi = float(picture.info.get("dpi", (0, 0))[0] or 0)
        upright = ImageOps.exif_transpose(picture)
        width, height = page_size(upright.width, upright.height, dpi)
        fitting = min(scale, (PIXELS_MAX / max(width * height, 1.0)) ** 0.5)
        upright.thumbnail((max(1, int(width * fitting)), max(1, int(height * fitting))))
        return _png(upright)


def _png(picture: object) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, "PNG")  # type: ignore[attr-defined]
    return out.getvalue()
