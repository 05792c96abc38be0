"""A second walk over a PDF, by another library: what it finds on a page that the reader did not give out is lost text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from unicodedata import normalize

from juanzong.core.source import PageReport
from juanzong.read.printed import PrintedLine, PrintedPage

FEW = 3  # characters that two libraries may decode differently on a page
SHARE = 0.01  # of the page's characters
SAMPLE = 20
GIVEN_UP = ("page-unreadable", "page-drawing", "damaged-object")  # told already; the other library may choke on it


def counted(text: str) -> Counter[str]:
    """Letters, figures and Chinese characters, each in one form whatever its width."""
    return Counter(c for c in normalize("NFKC", text) if c.isalnum())


def text_of(page: PrintedPage) -> str:
    """All that the reader gives out of the page."""
    return "".join(
        block.text if isinstance(block, PrintedLine) else "".join(c.text for row in block.rows for c in row)
        for block in page.blocks
    )


def tell_lost_text(
    path: Path, pages: Sequence[PrintedPage], scanned: set[int], hidden: Mapping[int, Counter[str]]
) -> None:
    """Add the finding `reader-lost-text` to each page that lacks characters of its text layer, but for scanned ones and
    for characters that are `hidden`. Without the second library (or where it fails) nothing is told."""
    import pypdfium2  # type: ignore[import-untyped]

    try:
        pdf = pypdfium2.PdfDocument(path)
    except Exception:  # what one library opens and the other does not
        return
    with pdf:
        for page in pages:
            if page.number in scanned or page.number > len(pdf) or any(r.check in GIVEN_UP for r in page.reports):
                continue
            try:
                layer = counted(pdf[page.number - 1].get_textpage().get_text_range())
            except Exception:
                continue
            unseen = counted("".join(hidden.get(page.number, Counter()).elements()))
            lost = layer - counted(text_of(page)) - unseen
            many = sum(lost.values())
            if many > max(FEW, SHARE * sum(layer.values())):
                shown = "".join(sorted(lost.elements())[:SAMPLE])
                told = f"第 {page.number} 页的文字层比读出的文字多 {many} 个字符：{shown}"
                page.reports.append(PageReport(page.number, "error", "reader-lost-text", told))
