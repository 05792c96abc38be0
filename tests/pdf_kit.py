"""Small PDFs, written by hand: the objects a test needs and nothing else. Places in points from the bottom left."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts "
    "[<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) "
    "/Supplement 2 >> /DW 1000 /W [1 95 500] /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 "
    "/FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 752 /Descent -271 /CapHeight 737 /StemV 58 >> >>] >>"
)
LEFT, SIZE = 90.0, 12.0


def show(x: float, y: float, text: str, size: float = SIZE, matrix: str = "1 0 0 1") -> str:
    """Drawing instructions that set the text at (x, y); `matrix` turns or leans it."""
    return f"BT /F1 {size} Tf {matrix} {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A ruling."""
    return f"{x0} {y0} m {x1} {y1} l S\n"


def rows(cells: Sequence[Sequence[str]], xs: Sequence[float], top: float, step: float = 22.0) -> str:
    """Text of a table, row below row, each cell at its x."""
    return "".join(
        show(x, top - step * n, text) for n, row in enumerate(cells) for x, text in zip(xs, row, strict=False) if text
    )


def paragraphs(texts: Sequence[str], top: float, width: int = 30) -> str:
    """Prose set solid, the first line of each paragraph indented."""
    out, y = "", top
    for text in texts:
        first = width - 2
        for k, part in enumerate([text[:first], *(text[i : i + width] for i in range(first, len(text), width))]):
            out += show(LEFT + (2 * SIZE if k == 0 else 0), y, part)
            y -= 20
    return out


def make_pdf(
    path: Path,
    pages: Sequence[str],
    *,
    objects: Sequence[bytes | str] = (),
    resources: str = "",
    page: str = "",
    catalog: str = "",
    compress: bool = False,
) -> Path:
    """Write the pages' instructions. `objects` become objects 4, 5, …; `resources`, `page` and `catalog` are entries
    added to every page's resources, to every page and to the catalog."""
    bodies: list[bytes] = [b"", b"", FONT.encode(), *(o if isinstance(o, bytes) else o.encode() for o in objects)]
    kids = []
    for content in pages:
        data = content.encode()
        packed = zlib.compress(data) if compress else data
        filters = "/Filter /FlateDecode " if compress else ""
        bodies.append(f"<< {filters}/Length {len(packed)} >>\nstream\n".encode() + packed + b"\nendstream")
        stream = len(bodies)
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {stream} 0 R {page} "
            f"/Resources << /Font << /F1 3 0 R >> {resources} >> >>".encode()
        )
        kids.append(f"{len(bodies)} 0 R")
    bodies[0] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()
    bodies[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for n, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{n} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{p:010d} 00000 n \n".encode() for p in places)
    out += f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    path.write_bytes(bytes(out))
    return path


def stream(data: bytes, entries: str = "") -> bytes:
    """A stream object."""
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"
