"""Page images -> Source: PNG, JPEG, TIFF with many pages, BMP, GIF, WebP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from juanzong.core.errors import JuanzongError
from juanzong.core.source import Source
from juanzong.read.continued import align_continued_tables
from juanzong.read.hashes import file_hash
from juanzong.read.margins import place_lines
from juanzong.read.options import ReadOptions
from juanzong.read.page_heads import mark_edges
from juanzong.read.scan import PageImage, read_page_images
from juanzong.read.tiff_pages import lost_pages
from juanzong.read.writing import write_pages

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

A4 = (595.28, 841.89)  # points; the page size of images that do not tell their resolution
TELLS_DPI = (72.5, 1300.0)  # 72 and 96 are what programs write that do not know
LONG_SIDE = 3400  # pixels; larger images are reduced: an A4 page at 290 dpi


def read_images(path: Path, record_as: str, options: ReadOptions) -> Source:
    """One image file, each of its frames a page. Raises JuanzongError for a file that is no whole image."""
    frames = frame_count(path, options.max_pixels)
    pages = read_page_images([PageImage(path, k, k + 1) for k in range(frames)], options)
    failed = [r.message for p in pages for r in p.reports if r.check == "page-unreadable"]
    if len(failed) == len(pages):
        raise JuanzongError(f"{path}: {failed[0]}")
    pages[-1].reports += lost_pages(path, frames)
    mark_edges(pages)
    place_lines(pages)
    align_continued_tables(pages)
    return Source(
        path=record_as,
        sha256=file_hash(path),
        media_type=media_type(path),
        is_text=False,
        readers=options.recognisers,
        **write_pages(pages).fields(),
    )


def open_picture(path: Path, max_pixels: int) -> Picture:
    """The opened image, its pixels not yet read; a clear line for a damaged or an overlarge one."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # our own bound, below, gives a clear line and no warning
    try:
        picture = Image.open(path)
        pixels = picture.width * picture.height
    except Exception:  # Pillow lets through whatever its decoders raise on a damaged file
        raise JuanzongError(f"{path}: the image is damaged; scan or export it again") from None
    if pixels > max_pixels:
        raise JuanzongError(
            f"{path}: {picture.width} x {picture.height} pixels, more than the limit of {max_pixels}; reduce the image"
        )
    return picture


def frame_count(path: Path, max_pixels: int) -> int:
    """Pages in an image file; animations count as one page."""
    with open_picture(path, max_pixels) as picture:
        return _frames(picture)


def _frames(picture: Picture) -> int:
    try:
        return int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1
    except Exception:  # its list of pages is damaged; the first one was found
        return 1


def media_type(path: Path) -> str:
    """The image's media type, by its content."""
    with open_picture(path, 1 << 60) as picture:
        return f"image/{(picture.format or 'unknown').lower()}"


def load_picture(image: PageImage, max_pixels: int) -> tuple[Any, float, float]:
    """Pixels (rows x columns x 3, blue green red) and the page's width and height in points."""
    import numpy as np
    from PIL import ImageOps

    with _at_frame(image, max_pixels) as picture:
        try:
            picture.seek(image.frame)
            if picture.width * picture.height > max_pixels:
                raise JuanzongError(
                    f"page {image.number}: {picture.width} x {picture.height} pixels, more than the limit"
                )
            dpi = picture.info.get("dpi", (0, 0))
            upright = ImageOps.exif_transpose(picture)
            flat = _on_white(upright)
        except JuanzongError:
            raise
        except Exception:
            raise JuanzongError(f"page {image.number}: the image is damaged; scan or export it again") from None
    width, height = page_size(flat.width, flat.height, float(dpi[0] or 0))
    if max(flat.size) > LONG_SIDE:
        flat.thumbnail((LONG_SIDE, LONG_SIDE))
    return np.ascontiguousarray(np.asarray(flat)[..., ::-1]), width, height


_kept: dict[Path, Picture] = {}  # the file whose frame was read last, still open


@contextmanager
def _at_frame(image: PageImage, max_pixels: int) -> Iterator[Picture]:
    """The opened image. That of a file with many frames stays open until its last frame, or one of another file, is
    asked for: opened anew, it would be searched from its beginning for each frame."""
    picture = _kept.pop(image.path, None)
    if picture is None:
        for other in _kept.values():
            other.close()
        _kept.clear()
        picture = open_picture(image.path, max_pixels)
    try:
        yield picture
    except BaseException:
        picture.close()
        raise
    if image.frame + 1 < _frames(picture):
        _kept[image.path] = picture
    else:
        picture.close()


def _on_white(picture: Picture) -> Picture:
    """RGB, what is transparent made white."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        ground = Image.new("RGBA", picture.size, "white")
        ground.alpha_composite(picture)
        picture = ground
    if picture.mode.startswith("I;16"):
        picture = picture.point(lambda v: v / 256).convert("L")
    return picture.convert("RGB")


def page_size(width: int, height: int, dpi: float) -> tuple[float, float]:
    """Points; by the resolution if the image tells one that is not a placeholder, else as an A4 page.

    >>> page_size(1654, 2339, 200.0), page_size(1000, 1414, 96.0)[0] < 596
    ((595.44, 842.04), True)
    """
    if TELLS_DPI[0] < dpi < TELLS_DPI[1] and abs(dpi - 96) > 0.5:
        return width * 72 / dpi, height * 72 / dpi
    long_side, short_side = max(width, height), min(width, height)
    scale = min(A4[1] / long_side, A4[0] / short_side * 1.05)
    return width * scale, height * scale
