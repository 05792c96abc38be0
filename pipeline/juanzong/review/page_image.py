"""A page of a PDF as an image, with the place boxed."""

from __future__ import annotations

import io
import threading
from pathlib import Path

SCALE = 1.6  # pixels a PDF point: small print stays legible
MARGIN = 70.0  # points of the page shown above and below the place
_PDFIUM = threading.Lock()  # the library is not safe in several threads


def page_image(pdf: Path, page: int, bbox: tuple[float, float, float, float]) -> bytes:
    """PNG of the strip of page `page` (from 1) around `bbox` (x0, top, x1, bottom in points from the top left)."""
    import pypdfium2  # type: ignore[import-untyped]
    from PIL import Image, ImageDraw

    with _PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            image: Image.Image = document[page - 1].render(scale=SCALE).to_pil().convert("RGB")
        finally:
            document.close()
    x0, top, x1, bottom = (v * SCALE for v in bbox)
    ImageDraw.Draw(image).rectangle((x0 - 3, top - 3, x1 + 3, bottom + 3), outline=(168, 40, 30), width=2)
    edge = MARGIN * SCALE
    strip = image.crop((0, int(max(0, top - edge)), image.width, int(min(image.height, bottom + edge))))
    out = io.BytesIO()
    strip.save(out, "PNG")
    return out.getvalue()
