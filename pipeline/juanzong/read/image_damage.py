"""Page images whose data are damaged where the library that opens them says nothing: a fax or a JPEG is drawn all the same,
what follows the damage shifted, garbled or white. OpenCV hears what the decoders complain of, and writes it to the
standard error, from where it is taken."""

from __future__ import annotations

import os
import tempfile
import threading
import warnings
import zlib
from collections.abc import Callable
from pathlib import Path

import regex as re

from juanzong.core.source import PageReport

CHECK = "page-image-damaged"
_COMPLAINTS = re.compile(rb"Fax[34]\w*: [^\n]*|Corrupt JPEG[^\n]*|[Pp]remature end[^\n]*|JPEGLib: [^\n]*")
_FAX_OR_JPEG = re.compile(r"group[34]|tiff_ccitt|tiff_raw_16|jpeg")
_ONE_AT_A_TIME = threading.Lock()  # the standard error is the process's


def damage_report(path: Path, frame: int, number: int) -> list[PageReport]:
    """The finding that the image of page `number`, `frame` (from 0) of an image file or a PDF, is damaged, if it is."""
    try:
        if not (_broken_png(path) or _complaints(_decoder(path, frame))):
            return []
    except Exception:  # whatever a damaged file does to a library; that it cannot be read is told elsewhere
        return []
    told = f"第 {number} 页的图像数据有缺损，图像后部可能错乱或缺失，识别的文字不可全信；请重新扫描或导出"
    return [PageReport(number, "warning", CHECK, told)]


def _broken_png(path: Path) -> bool:
    """Whether a part of a PNG file is not what its check sum says: the picture is drawn without asking."""
    with path.open("rb") as file:
        if file.read(8) != b"\x89PNG\r\n\x1a\n":
            return False
        while len(head := file.read(8)) == 8 and head[4:] != b"IEND":
            body, told = file.read(int.from_bytes(head[:4])), file.read(4)
            if zlib.crc32(head[4:] + body) != int.from_bytes(told):
                return True
        return False


def _decoder(path: Path, frame: int) -> Callable[[], object] | None:
    """What decodes the page's image anew; None where damage does not go unsaid."""
    from juanzong.read.detect import file_head

    head = file_head(path)
    if b"%PDF-" in head[:1024]:
        return _decoder_in_pdf(path, frame)
    import cv2
    from PIL import Image

    if head.startswith(b"\xff\xd8\xff"):
        return lambda: cv2.imread(str(path))
    if head[:2] not in (b"II", b"MM"):
        return None
    with warnings.catch_warnings(action="ignore"), Image.open(path) as picture:
        picture.seek(frame)
        if not _FAX_OR_JPEG.search(str(picture.info.get("compression", ""))):
            return None
    return lambda: cv2.imreadmulti(str(path), start=frame, count=1)


def _decoder_in_pdf(path: Path, frame: int) -> Callable[[], object] | None:
    """Of a page's JPEGs; the other kinds of images carry their own sums, or are told by the library."""
    import cv2
    import numpy as np
    import pypdfium2  # type: ignore[import-untyped]
    import pypdfium2.raw as raw  # type: ignore[import-untyped]

    with pypdfium2.PdfDocument(path) as pdf:
        found = [
            bytes(image.get_data(decode_simple=True))
            for image in pdf[frame].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
            if image.get_filters(skip_simple=True) == ["DCTDecode"]
        ]
    if not found:
        return None
    return lambda: [cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE) for data in found]


def _complaints(decode: Callable[[], object] | None) -> list[bytes]:
    """What the decoders write to the standard error meanwhile."""
    if decode is None:
        return []
    with _ONE_AT_A_TIME, tempfile.TemporaryFile() as said:
        kept = os.dup(2)
        try:
            os.dup2(said.fileno(), 2)
            decode()
        finally:
            os.dup2(kept, 2)
            os.close(kept)
        said.seek(0)
        return _COMPLAINTS.findall(said.read())
