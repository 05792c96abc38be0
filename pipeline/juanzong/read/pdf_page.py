"""One page of a PDF's text layer -> a printed page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from juanzong.core.source import PageReport
from juanzong.read.blocks import blocks_of
from juanzong.read.glyphs import Glyph
from juanzong.read.printed import PrintedLine, PrintedPage, PrintedTable
from juanzong.read.tables import tables_of_edges

if TYPE_CHECKING:
    from pdfplumber.page import Page

MAX_EDGES = 6000  # a map's or a chart's drawing, not a table: the table finder would take minutes
UNUSABLE = 0.2  # share of unreadable characters from which a text layer is garbage


def glyphs_of(page: Page) -> tuple[list[Glyph], list[Glyph]]:
    """The page's upright glyphs and its turned ones, in drawing order."""
    upright: list[Glyph] = []
    turned: list[Glyph] = []
    height = float(page.height)
    for c in page.chars:
        glyph = Glyph(
            c["text"], c["x0"], c["top"], c["x1"], c["bottom"], c["size"], height - c["matrix"][5], c["fontname"]
        )
        (upright if c["upright"] else turned).append(glyph)
    return upright, turned


def unreadable_share(text: str) -> float:
    """The share of characters that say nothing: no mapping, private use, replacement, mis-decoded Latin-1 runs.

    >>> unreadable_share("第一条"), unreadable_share("(cid:12)(cid:7)"), unreadable_share("µÚÒ»ÌõÎªÁË")
    (0.0, 1.0, 1.0)
    """
    bare = "".join(text.split())
    if not bare:
        return 0.0
    letters = bare.replace("(cid:", "\ufffd")
    unmapped = letters.count("\ufffd")
    if unmapped:
        return min(
            1.0,
            unmapped
            / max(1, unmapped + sum("\u4e00" <= c <= "\u9fff" or (c.isascii() and c.isalpha()) for c in letters)),
        )
    bad = sum("\ue000" <= c <= "\uf8ff" or c < " " or "\x80" <= c <= "\x9f" for c in bare)
    if not any("\u3000" <= c <= "\u9fff" for c in bare):
        latin = sum("\xa1" <= c <= "\xff" for c in bare)
        bad += latin if latin > 0.3 * len(bare) else 0
        if latin > 0.6 * len(bare):
            return 1.0
    return bad / len(bare)


def printed_page(page: Page) -> PrintedPage:
    """Lines, ruled tables and reading order of one page; every glyph of it stands in one block."""
    upright, turned = glyphs_of(page)
    out = PrintedPage(page.page_number, float(page.width), float(page.height))
    out.blocks = blocks_of(upright, ruled_tables(page, out), out.width)
    out.blocks += turned_lines(turned)
    return out


def ruled_tables(page: Page, out: PrintedPage) -> list[PrintedTable]:
    """The page's tables; notes its sideways rulings in out.rules, and too many lines in out.reports."""
    edges: Sequence[dict[str, Any]] = page.edges
    if not edges:
        return []
    out.rules = [(e["x0"], e["x1"]) for e in edges if e["orientation"] == "h" and e["x1"] - e["x0"] > 0.3 * out.width]
    if len(edges) > MAX_EDGES:
        out.reports.append(
            PageReport(
                out.number,
                "warning",
                "page_drawing",
                f"page {out.number}: {len(edges)} ruled lines, taken for a drawing; no tables looked for",
            )
        )
        return []
    return tables_of_edges(edges)


def turned_lines(glyphs: list[Glyph]) -> list[PrintedLine]:
    """Glyphs that stand askew (watermarks, sideways labels), in drawing order, a line for each run of one size."""
    out: list[PrintedLine] = []
    run: list[Glyph] = []
    for g in [*glyphs, None]:
        if run and (
            g is None
            or abs(g.size - run[-1].size) > 0.1 * g.size
            or abs(g.x0 - run[-1].x0) + abs(g.top - run[-1].top) > 4 * g.size
        ):
            text = "".join(x.text for x in run).strip()
            if text:
                box = (
                    min(x.x0 for x in run),
                    min(x.top for x in run),
                    max(x.x1 for x in run),
                    max(x.bottom for x in run),
                )
                out.append(PrintedLine(text, box, run[0].size))
            run = []
        if g is not None:
            run.append(g)
    return out
