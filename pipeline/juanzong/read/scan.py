"""Pages as images -> printed pages: rendering, the cache, and the processes that recognise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from juanzong.core.errors import JuanzongError
from juanzong.core.source import PageReport
from juanzong.read import cache
from juanzong.read.options import ReadOptions, nothing
from juanzong.read.printed import PrintedPage
from juanzong.read.recognized import SeenPage
from juanzong.read.scan_page import printed_scan

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
    tell = options.progress or nothing
    pages: dict[int, PrintedPage] = {}
    todo: list[tuple[PageImage, str, float, float]] = []
    for image in images:
        try:
            pixels, width, height = load_image(image, options.max_pixels)
        except JuanzongError as error:
            pages[image.number] = _failed(image, str(error))
            continue
        key = cache.key_of(pixels)
        seen = cache.load(key)
        if seen is None:
            todo.append((image, key, width, height))
        else:
            pages[image.number] = printed_scan(seen, image.number, width, height)
        tell(len(pages), len(images))
    for (image, key, width, height), result in zip(todo, _recognized([t[0] for t in todo], options), strict=True):
        if isinstance(result, str):
            pages[image.number] = _failed(image, result)
        else:
            cache.store(key, result)
            pages[image.number] = printed_scan(result, image.number, width, height)
        tell(len(pages), len(images))
    out = [pages[image.number] for image in images]
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
    if jobs <= 1:
        yield from (_recognize(image, options.max_pixels) for image in images)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_recognize, images, [options.max_pixels] * len(images))


def _recognize(image: PageImage, max_pixels: int) -> SeenPage | str:
    """In a worker: render and read one page."""
    from juanzong.read.ocr import recognize

    try:
        return recognize(load_image(image, max_pixels)[0])
    except JuanzongError as error:
        return str(error)
    except Exception as e:  # one page's trouble is that page's report
        return f"page {image.number} cannot be recognised ({type(e).__name__})"


def load_image(image: PageImage, max_pixels: int) -> tuple[Any, float, float]:
    """Pixels (rows x columns x 3, blue green red) and the page's width and height in points."""
    from juanzong.read.detect import file_head

    if b"%PDF-" in file_head(image.path)[:1024]:
        return _render(image, max_pixels)
    from juanzong.read.image import load_picture

    return load_picture(image, max_pixels)


def _render(image: PageImage, max_pixels: int) -> tuple[Any, float, float]:
    import pypdfium2  # type: ignore[import-untyped]

    with pypdfium2.PdfDocument(image.path) as pdf:
        page = pdf[image.frame]
        width, height = page.get_size()
        if width * height * (DPI / 72) ** 2 > max_pixels:
            raise JuanzongError(
                f"page {image.number}: {width:.0f} x {height:.0f} points, more than {max_pixels} pixels at "
                f"{DPI} dpi; not recognised"
            )
        return page.render(scale=DPI / 72).to_numpy()[..., :3].copy(), width, height
