"""A PDF -> one PDF for each document that was found in it."""

from __future__ import annotations

import hashlib
import io
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import regex as re

from juanzong.core.errors import JuanzongError
from juanzong.core.names import fitting
from juanzong.output.aside import write_whole
from juanzong.output.bundle import Bundle

_NO_NAME = re.compile(r"""[\x00-\x1f\x7f<>:"/\\|?*]""")  # characters that some file system forbids


class Part(NamedTuple):
    name: str  # of the file, without its ending
    pages: list[int]  # from 1, in order


def split_pdf(pdf: Path, bundle: Bundle, out: Path) -> list[Path]:
    """Write each document's pages as `out`/<n>-<type>-<title>.pdf; says which files. A page that two documents share
    is in both. Raises JuanzongError where the PDF is not the one that the bundle was made from, or is damaged."""
    import pypdfium2 as pdfium  # type: ignore[import-untyped]

    if not any(row.pages for row in bundle.rows.values()):
        raise JuanzongError(f"{bundle.folder}: its documents have no pages; give an output made from a PDF")
    if hashlib.sha256(pdf.read_bytes()).hexdigest() != bundle.entry.sources[0].sha256:
        raise JuanzongError(f"{pdf}: is not the file that {bundle.folder} was made from; give that, or run again")
    try:
        source = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as error:
        raise JuanzongError(f"{pdf}: cannot be opened as PDF ({error})") from None
    written = []
    out.mkdir(parents=True, exist_ok=True)
    try:
        for part in parts_of(bundle, len(source)):
            target = out / fitting(part.name, ".pdf")
            new = pdfium.PdfDocument.new()
            new.import_pages(source, [page - 1 for page in part.pages])
            whole = io.BytesIO()  # PDFium tells nobody that a disk is full
            new.save(whole)
            new.close()
            write_whole(target, whole.getvalue())
            written.append(target)
    finally:
        source.close()
    return written


def parts_of(bundle: Bundle, pages: int) -> list[Part]:
    """Which pages each document of a bundle with pages stands on. A page without text (a picture, a blank back) goes
    with the page before it."""
    order = {d.id: n for n, d in enumerate(bundle.documents)}
    on_page: dict[int, set[int]] = defaultdict(set)
    for (document, _), row in bundle.rows.items():
        for p in row.pages or ():
            on_page[p.page].add(order[document])
    of: dict[int, list[int]] = defaultdict(list)
    owner = min(on_page[min(on_page)])
    for page in range(1, pages + 1):
        here = on_page.get(page) or {owner}
        for n in sorted(here):
            of[n].append(page)
        owner = max(here)
    digits = len(str(len(order)))
    return [
        Part(_NO_NAME.sub("", f"{n + 1:0{digits}}-{d.label or d.type}-{d.title or d.id}"), of[n])
        for n, d in enumerate(bundle.documents)
        if n in of
    ]
