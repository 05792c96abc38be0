"""PDF -> Source: the text layer where it is usable, recognition where it is not, decided page by page."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from juanzong.core.errors import JuanzongError
from juanzong.core.source import PageReport, Source
from juanzong.read.continued import align_continued_tables
from juanzong.read.hashes import file_hash
from juanzong.read.margins import place_lines
from juanzong.read.ocr_extra import INSTALL, has_ocr
from juanzong.read.options import ReadOptions, nothing
from juanzong.read.page_heads import mark_edges
from juanzong.read.painted_words import recognised, with_painted_words
from juanzong.read.pdf_lost import tell_lost_text
from juanzong.read.pdf_repair import DamagedPdf, rebuilt
from juanzong.read.printed import PrintedPage
from juanzong.read.told_once import told_once
from juanzong.read.writing import write_pages

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

    from juanzong.read.line_numbers import LineNumbering

MOST_PIXELS = 200_000_000  # in one page's images: an A0 sheet at 400 dpi; more only swells


@dataclass
class LayerPages:
    """All pages as their text layers give them; `scanned`: the numbers of those that must be read from their images."""

    pages: list[PrintedPage] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)
    hidden: dict[int, Counter[str]] = field(default_factory=dict)  # page -> characters that are not seen


def read_pdf(path: Path, record_as: str, options: ReadOptions) -> Source:
    """Raises JuanzongError for a file that is damaged, protected or empty, or one of scanned pages alone where the
    recogniser is not installed; troubles of one page become its report."""
    try:
        return _read_pages(path, record_as, options)
    except DamagedPdf as error:
        return _read_rebuilt(path, record_as, options, error)


def _read_pages(path: Path, record_as: str, options: ReadOptions) -> Source:
    """All pages; raises as read_pdf does."""
    found = text_layer_pages(path, options)
    pages, scanned = found.pages, found.scanned
    if scanned and not has_ocr():
        _without_recognition(path, found)
        scanned = []
    if scanned:
        from juanzong.read.scan import read_scanned_pages

        for page in read_scanned_pages(path, scanned, options):
            page.reports[:0] = pages[page.number - 1].reports
            pages[page.number - 1] = page
    tell_lost_text(path, pages, set(found.scanned), found.hidden)
    mark_edges(pages)
    place_lines(pages)
    align_continued_tables(pages)
    written = write_pages(pages)
    written.reports = told_once(written.reports)
    readers = ("pdfminer",) if len(scanned) < len(pages) else ()
    return Source(
        path=record_as,
        sha256=file_hash(path),
        media_type="application/pdf",
        is_text=False,
        readers=(*readers, *(options.recognisers if scanned else ("rapidocr",) if recognised(pages) else ())),
        **written.fields(),
    )


def _read_rebuilt(path: Path, record_as: str, options: ReadOptions, error: DamagedPdf) -> Source:
    """A damaged file, as another library builds it anew. Raises the error where that cannot either."""
    with rebuilt(path) as copy:
        if copy is None:
            raise error
        try:
            source = _read_pages(copy, record_as, options)
        except JuanzongError:
            raise error from None
    told = "PDF 的结构有缺损，由 PDFium 重建后读入；请对照原文件核对页数与内容"
    report = PageReport(0, "warning", "pdf-repair", told)
    return replace(source, sha256=file_hash(path), reports=(*source.reports, report))


def _without_recognition(path: Path, found: LayerPages) -> None:
    """Tell each page that only recognition could read. Raises JuanzongError where no page is left."""
    if len(found.scanned) == len(found.pages):
        raise JuanzongError(f"{path}: scanned pages without a usable text layer; {INSTALL}")
    for number in found.scanned:
        told = f"第 {number} 页没有可用的文字层，须识别图像而未安装识别程序，该页内容未读（{INSTALL}）"
        found.pages[number - 1].reports.append(PageReport(number, "error", "page-unreadable", told))


def open_pdf(path: Path) -> PDF:
    """The opened file, or a clear line why not."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFSyntaxError

    from juanzong.read.pdf_bounds import StreamTooLarge, bound_streams

    bound_streams()
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # what it warns of is told as findings
    try:
        pdf = pdfplumber.open(path)
        count = len(pdf.pages)
    except Exception as e:
        causes = [e, *e.args]
        if any(isinstance(c, PDFPasswordIncorrect) for c in causes):
            raise JuanzongError(
                f"{path}: the PDF is protected by a password; save a copy without one and give that"
            ) from None
        what = f"the PDF cannot be opened ({type(e).__name__})"
        if any(isinstance(c, StreamTooLarge) for c in causes):
            what = "a part of the PDF swells beyond all bounds when it is unpacked"
        elif any(isinstance(c, PDFSyntaxError) for c in causes):
            what = "not a whole PDF"
        raise DamagedPdf(f"{path}: {what}; the file is damaged, export or scan it again") from None
    if not count:
        raise DamagedPdf(f"{path}: the PDF has no pages; export or scan it again")
    return pdf


def text_layer_pages(path: Path, options: ReadOptions) -> LayerPages:
    """All pages, those without a usable text layer left empty. One page's drawing in memory at a time."""
    from juanzong.read.line_numbers import LineNumbering
    from juanzong.read.pdf_interpreter import SafeResources

    tell = options.progress or nothing
    out = LayerPages()
    with open_pdf(path) as pdf:
        resources, numbering = SafeResources(), LineNumbering()
        for number, page in enumerate(pdf.pages, 1):
            try:
                done, scanned, hidden = _read_page(
                    page, number, resources, numbering, out.pages[-1] if out.pages else None
                )
                out.hidden[number] = hidden
            except Exception as e:  # whatever a damaged page does to the library, the other pages come out
                done, scanned = PrintedPage(number, 595.28, 841.89), False
                told = f"第 {number} 页损坏，未能读出（{type(e).__name__}）"
                done.reports.append(PageReport(number, "error", "page-unreadable", told))
            if scanned:
                out.scanned.append(number)
            out.pages.append(done)
            page.close()
            tell(number - len(out.scanned), len(pdf.pages))
    return out


def _read_page(
    page: Any, number: int, resources: Any, numbering: LineNumbering, before: PrintedPage | None
) -> tuple[PrintedPage, bool, Counter[str]]:
    """The page from its text layer, or an empty one and True where it must be recognised from its image; and what
    nobody sees of it. `before`: the page before it."""
    from juanzong.read.pdf_interpreter import content_of
    from juanzong.read.pdf_page import layer_of, printed_page

    content = content_of(page.page_obj, resources)
    x0, top, x1, bottom = (float(v) for v in page.cropbox)
    left, above = float(page.mediabox[0]), float(page.mediabox[1])
    layer = layer_of(content, number, (x0 - left, top - above, x1 - left, bottom - above))
    if layer.said and layer.usable:
        glyphs, reports = with_painted_words(content, layer.glyphs, number)
        layer = layer._replace(glyphs=glyphs, reports=[*layer.reports, *reports])
        return printed_page(content, layer, number, numbering, before), False, layer.hidden
    out = PrintedPage(number, content.width, content.height, reports=list(layer.reports))
    if not layer.said and not content.images and not content.curves:
        return out, False, layer.hidden
    if content.unfinished or sum(pixels for _, pixels in content.images) > MOST_PIXELS:
        told = f"第 {number} 页的内容大得不合理，未识别其图像，该页未读"
        out.reports.append(PageReport(number, "error", "page-unreadable", told))
        return out, False, layer.hidden
    if layer.said:
        told = f"第 {number} 页的文字层不可用（{layer.unreadable} 个字符无从辨认），改为识别页面图像"
        out.reports.append(PageReport(number, "info", "page-text-layer", told))
    return out, True, layer.hidden
