"""Pages as images -> printed pages: rendering, the cache, and the processes that recognise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from juanzong.core.errors import JuanzongError
from juanzong.core.given_back import give_back_memory
from juanzong.core.source import PageReport
from juanzong.read import cache
from juanzong.read.image_damage import damage_report
from juanzong.read.ocr_extra import INSTALL, has_ocr
from juanzong.read.options import ReadOptions, nothing
from juanzong.read.printed import PrintedPage
from juanzong.read.recognized import SeenPage, as_kept
from juanzong.read.scan_page import printed_scan

SMALLEST = 8  # pixels of an image's short side: no letter is lower
SLIM = 6  # times its short side: a longer image is a strip
DPI = 200  # what the models read best; finer gains nothing and costs time by the square


class PageImage(NamedTuple):
    """Where one page image is: page `frame` (from 0) of the file; `number` counts in the bundle, from 1."""

    path: Path
    frame: int
    number: int


def read_scanned_pages(path: Path, numbers: Sequence[int], options: ReadOptions) -> list[PrintedPage]:
    """The pages of a PDF with these numbers (from 1), recognised from their images."""
    return read_page_images([PageImage(path, n - 1, n) for n in numbers], options)


def read_page_images(images: Sequence[PageImage], options: ReadOptions) -> list[PrintedPage]:
    """All pages, in order; what was recognised before comes from the cache, the rest by `options.jobs` processes."""
    if not has_ocr():
        raise JuanzongError(f"{images[0].path}: {INSTALL}")
    tell = options.progress or nothing
    pages: dict[int, PrintedPage] = {}
    todo: dict[str, list[tuple[PageImage, float, float]]] = {}  # key of the pixels -> the pages that show them
    for image in images:
        try:
            pixels, width, height = load_image(image, options.max_pixels)
        except JuanzongError as error:
            pages[image.number] = _failed(image, str(error))
            continue
        key = cache.key_of(pixels)
        seen = cache.load(key)
        if seen is None:
            todo.setdefault(key, []).append((image, width, height))
        else:
            pages[image.number] = printed_scan(seen, image.number, width, height)
        tell(len(pages), len(images))
    results = _recognized([alike[0][0] for alike in todo.values()], options)
    for (key, alike), result in zip(todo.items(), results, strict=True):
        if not isinstance(result, str):
            cache.store(key, result)
        for image, width, height in alike:
            if isinstance(result, str):
                pages[image.number] = _failed(image, result)
            else:
                pages[image.number] = printed_scan(result, image.number, width, height)
        tell(len(pages), len(images))
    if todo or cache.is_bounded():
        cache.trim()
    out = [pages[image.number] for image in images]
    for image, page in zip(images, out, strict=True):
        page.reports += damage_report(image.path, image.frame, image.number)
    if options.second_reader:
        from juanzong.read.second import add_second_readings

        add_second_readings(images, out, options)
    return out


def _failed(image: PageImage, why: str) -> PrintedPage:
    return PrintedPage(
        image.number, 595.28, 841.89, reports=[PageReport(image.number, "error", "page-unreadable", why)]
    )


def _recognized(images: Sequence[PageImage], options: ReadOptions) -> Iterator[SeenPage | str]:
    """For each image what was seen, or why not. Each process has one thread; one job runs in this process."""
    jobs = min(options.jobs, len(images))
    if jobs:
        from juanzong.read.ocr import engine

        engine()  # a missing extra is told before any process starts
    give_back_memory()  # what reading the text layers left
    if jobs <= 1:
        yield from (_recognize(image, options.max_pixels) for image in images)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_recognize, images, [options.max_pixels] * len(images))


def _recognize(image: PageImage, max_pixels: int) -> SeenPage | str:
    """In a worker: render and read one page."""
    from juanzong.read.ocr import recognize

    try:
        return as_kept(recognize(load_image(image, max_pixels)[0]))
    except JuanzongError as error:
        return str(error)
    except Exception as e:  # one page's trouble is that page's report
        return f"page {image.number} cannot be recognised ({type(e).__name__})"
    finally:
        give_back_memory()


def load_image(image: PageImage, max_pixels: int) -> tuple[Any, float, float]:
    """Pixels (rows x columns x 3, blue green red) and the page's width and height in points."""
    from juanzong.read.detect import file_head
    from juanzong.read.image import load_picture

    is_pdf = b"%PDF-" in file_head(image.path)[:1024]
    pixels, width, height = _render(image, max_pixels) if is_pdf else load_picture(image, max_pixels)
    return _widened(image, pixels, width, height)


def _widened(image: PageImage, pixels: Any, width: float, height: float) -> tuple[Any, float, float]:
    """A strip with white below or beside it: recognition makes the short side as long as it needs, and the long one with
    it. Raises JuanzongError for an image on which no letter has room."""
    import numpy as np

    rows, columns = pixels.shape[:2]
    if min(rows, columns) < SMALLEST:
        raise JuanzongError(f"第 {image.number} 页的图像只有 {columns} × {rows} 像素，无从识别")
    more_rows, more_columns = max(0, columns // SLIM - rows), max(0, rows // SLIM - columns)
    if not more_rows and not more_columns:
        return pixels, width, height
    padded = np.pad(pixels, ((0, more_rows), (0, more_columns), (0, 0)), constant_values=255)
    return padded, width * (columns + more_columns) / columns, height * (rows + more_rows) / rows


def _render(image: PageImage, max_pixels: int) -> tuple[Any, float, float]:
    import pypdfium2  # type: ignore[import-untyped]

    try:
        with pypdfium2.PdfDocument(image.path) as pdf:
            page = pdf[image.frame]
            width, height = page.get_size()
            if width * height * (DPI / 72) ** 2 > max_pixels:
                raise JuanzongError(
                    f"page {image.number}: {width:.0f} x {height:.0f} points, more than {max_pixels} pixels at "
                    f"{DPI} dpi; not recognised"
                )
            return page.render(scale=DPI / 72).to_numpy()[..., :3].copy(), width, height
    except pypdfium2.PdfiumError:
        raise JuanzongError(f"第 {image.number} 页损坏，无法绘出图像，未能识别") from None
