"""A second walk over a PDF, by another library: what it finds on a page that the reader did not give out is lost text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from unicodedata import normalize

from juanzong.core.source import PageReport
from juanzong.language.radicals import unified
from juanzong.read.printed import PrintedLine, PrintedPage
from juanzong.read.walks_packed import layer_texts

FEW = 3  # characters that two libraries may decode differently on a page
SHARE = 0.01  # of the page's characters
SAMPLE = 20
GIVEN_UP = (
    "page-unreadable",
    "page-drawing",
    "page-text-layer",
    "damaged-object",
)  # told already; the other library may choke on it


def counted(text: str) -> Counter[str]:
    """Letters, figures and Chinese characters, each in one form whatever its width; a radical is its character."""
    return Counter(c for c in normalize("NFKC", "".join(map(unified, text))) if c.isalnum())


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
    for characters that are `hidden`. Where the second library fails nothing is told."""
    given_up = {page.number for page in pages if any(r.check in GIVEN_UP for r in page.reports)}
    layers = layer_texts(path, scanned | given_up)
    for page in pages:
        if page.number not in layers:
            continue
        layer = counted(layers[page.number])
        unseen = counted("".join(hidden.get(page.number, Counter()).elements()))
        lost = layer - counted(text_of(page)) - unseen
        many = sum(lost.values())
        if many > max(FEW, SHARE * sum(layer.values())):
            characters = "".join(sorted(lost.elements()))
            told = f"第 {page.number} 页的文字层比读出的文字多 {many} 个字符：{characters[:SAMPLE]}"
            page.reports.append(PageReport(page.number, "error", "reader-lost-text", told, characters))
    _tell_lost_pages(pages, layers)


def _tell_lost_pages(pages: Sequence[PrintedPage], layers: Mapping[int, str]) -> None:
    """The pages that only the other library found in a damaged file, told at the last one that was read."""
    for number in sorted(layers.keys() - {page.number for page in pages}):
        if pages and counted(layers[number]):
            told = f"第 {number} 页未读出：{layers[number][:SAMPLE].strip()}"
            pages[-1].reports.append(PageReport(number, "error", "reader-lost-text", told, layers[number]))
