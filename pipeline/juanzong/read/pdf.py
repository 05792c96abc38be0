"""PDF -> Source: the text layer where it is usable, recognition where it is not, decided page by page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from juanzong.core.errors import JuanzongError
from juanzong.core.source import PageReport, Source
from juanzong.read.continued import align_continued_tables
from juanzong.read.hashes import file_hash
from juanzong.read.margins import place_lines
from juanzong.read.options import ReadOptions, nothing
from juanzong.read.pdf_page import UNUSABLE, printed_page, unreadable_share
from juanzong.read.printed import PrintedPage
from juanzong.read.writing import write_pages

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

FEW_CHARACTERS = 30  # a page image with fewer characters beside it is a scan with a stamp or a page number
COVERS = 0.6  # share of the page an image covers on a scanned page


def read_pdf(path: Path, record_as: str, options: ReadOptions) -> Source:
    """Raises JuanzongError for a file that is damaged, protected or empty; troubles of one page become its report."""
    pages, scanned = text_layer_pages(path, options)
    if scanned:
        from juanzong.read.scan import read_scanned_pages

        for page in read_scanned_pages(path, scanned, options):
            page.reports[:0] = pages[page.number - 1].reports
            pages[page.number - 1] = page
    place_lines(pages)
    align_continued_tables(pages)
    readers = ("pdfplumber",) if len(scanned) < len(pages) else ()
    return Source(
        path=record_as,
        sha256=file_hash(path),
        media_type="application/pdf",
        is_text=False,
        readers=(*readers, *(("rapidocr",) if scanned else ())),
        **write_pages(pages).fields(),
    )


def open_pdf(path: Path) -> PDF:
    """The opened file, or a clear line why not."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFSyntaxError

    try:
        pdf = pdfplumber.open(path)
        count = len(pdf.pages)
    except Exception as e:
        causes = [e, *e.args]
        if any(isinstance(c, PDFPasswordIncorrect) for c in causes):
            raise JuanzongError(
                f"{path}: the PDF is protected by a password; save a copy without one and give that"
            ) from None
        what = (
            "not a whole PDF"
            if any(isinstance(c, PDFSyntaxError) for c in causes)
            else f"the PDF cannot be opened ({type(e).__name__})"
        )
        raise JuanzongError(f"{path}: {what}; the file is damaged, export or scan it again") from None
    if not count:
        raise JuanzongError(f"{path}: the PDF has no pages; export or scan it again")
    return pdf


def text_layer_pages(path: Path, options: ReadOptions) -> tuple[list[PrintedPage], list[int]]:
    """All pages, those without a usable text layer left empty, and these pages' numbers. One page in memory at a time."""
    tell = options.progress or nothing
    pages: list[PrintedPage] = []
    scanned: list[int] = []
    with open_pdf(path) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            try:
                done = _read_page(page)
            except Exception as e:  # whatever a damaged page does to the library, the other pages come out
                done = PrintedPage(number, 595.28, 841.89)
                done.reports.append(
                    PageReport(number, "error", "page-unreadable", f"page {number} cannot be read ({type(e).__name__})")
                )
            if done is None:
                scanned.append(number)
                done = PrintedPage(number, float(page.width), float(page.height))
                if _visible(page):
                    done.reports.append(
                        PageReport(
                            number,
                            "info",
                            "page_text_layer",
                            f"page {number}: text layer unusable, read from the page image",
                        )
                    )
            pages.append(done)
            page.close()
            tell(number - len(scanned), len(pdf.pages))
    return pages, scanned


def _read_page(page: Page) -> PrintedPage | None:
    """The page from its text layer; None where it must be recognised from its image."""
    text = _visible(page)
    if not text and not page.images and not page.curves:
        return PrintedPage(page.page_number, float(page.width), float(page.height))
    if unreadable_share(text) > UNUSABLE or (len(text) < FEW_CHARACTERS and _image_share(page) > COVERS):
        return None
    if not text:
        return None
    return printed_page(page)


def _visible(page: Page) -> str:
    return "".join(c["text"] for c in page.chars if not c["text"].isspace())


def _image_share(page: Page) -> float:
    """The share of the page that its largest image covers."""
    area = float(page.width) * float(page.height)
    return max(((i["x1"] - i["x0"]) * (i["bottom"] - i["top"]) for i in page.images), default=0.0) / max(1.0, area)
