"""One page of a PDF's text layer -> a printed page."""
from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipeline.read.columns import reading_groups
from pipeline.read.glyphs import Glyph, lines_of_runs, printed_line, runs_of
from pipeline.read.grid import fill_cell, table_of
from pipeline.read.printed import Box, PrintedLine, PrintedPage, PrintedTable
from pipeline.source import PageReport

if TYPE_CHECKING:
    from pdfplumber.page import Page

MAX_EDGES = 6000           # a map's or a chart's drawing, not a table: the table finder would take minutes
UNUSABLE = 0.2             # share of unreadable characters from which a text layer is garbage


def glyphs_of(page: Page) -> tuple[list[Glyph], list[Glyph]]:
    """The page's upright glyphs and its turned ones, in drawing order."""
    upright: list[Glyph] = []
    turned: list[Glyph] = []
    height = float(page.height)
    for c in page.chars:
        glyph = Glyph(c["text"], c["x0"], c["top"], c["x1"], c["bottom"], c["size"], height - c["matrix"][5], c["fontname"])
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
        return min(1.0, unmapped / max(1, unmapped + sum("\u4e00" <= c <= "\u9fff" or c.isascii() and c.isalpha() for c in letters)))
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
    tables = ruled_tables(page, out)
    loose, inside = _sort_into(tables, upright)
    blocks: list[PrintedLine | PrintedTable] = []
    for table, cells in zip(tables, inside, strict=True):
        for cell, glyphs in cells:
            fill_cell(cell, [printed_line(runs) for runs in lines_of_runs(runs_of(glyphs))])
    left = min((g.x0 for g in loose if not g.text.isspace()), default=0.0)
    for group in reading_groups(runs_of(loose), out.width):
        blocks += [printed_line(runs, left) for runs in lines_of_runs(group)]
    blocks = _with_tables(blocks, tables)
    out.blocks = blocks + turned_lines(turned)
    return out


def ruled_tables(page: Page, out: PrintedPage) -> list[PrintedTable]:
    """Tables of two columns or more, from the top; frames around text are no tables. Notes rulings in out.rules."""
    edges: Sequence[dict[str, Any]] = page.edges
    if not edges:
        return []
    out.rules = [(e["x0"], e["x1"]) for e in edges if e["orientation"] == "h" and e["x1"] - e["x0"] > 0.3 * out.width]
    if len(edges) > MAX_EDGES:
        out.reports.append(PageReport(out.number, "warning", "page_drawing", f"page {out.number}: {len(edges)} ruled lines, taken for a drawing; no tables looked for"))
        return []
    found = [table_of(t.cells) for t in page.find_tables(_settings(edges))]
    return [t for t in found if any(len(row) > 1 for row in t.rows)]


def _settings(edges: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Settings for the table finder: tables open at their sides get their outer edges."""
    heights = {round(e["top"]) for e in edges if e["orientation"] == "v"}
    if not heights:
        return {}
    level: dict[tuple[int, int], list[float]] = {}
    for e in edges:
        if e["orientation"] == "h":
            level.setdefault((round(e["x0"]), round(e["x1"])), []).append(e["top"])
    sides: list[dict[str, Any]] = []
    for (x0, x1), tops in level.items():
        if len(tops) < 3:
            continue
        top, bottom = min(tops), max(tops)
        upright = [e for e in edges if e["orientation"] == "v" and e["top"] < bottom and e["bottom"] > top]
        if not any(x0 + 3 < e["x0"] < x1 - 3 for e in upright):
            continue
        sides += [{"object_type": "line", "orientation": "v", "x0": x, "x1": x, "top": top, "bottom": bottom,
                   "height": bottom - top, "width": 0} for x in (x0, x1) if not any(abs(e["x0"] - x) <= 3 for e in upright)]
    return {"explicit_vertical_lines": sides} if sides else {}


def _sort_into(tables: list[PrintedTable], glyphs: list[Glyph]) -> tuple[list[Glyph], list[list[tuple[Any, list[Glyph]]]]]:
    """Glyphs outside all tables, and for each table its cells with their glyphs; a glyph belongs where its middle is."""
    inside = [[(cell, list[Glyph]()) for row in table.rows for cell in row] for table in tables]
    if not tables:
        return glyphs, inside
    loose: list[Glyph] = []
    for g in glyphs:
        x, y = (g.x0 + g.x1) / 2, (g.top + g.bottom) / 2
        home = _home(x, y, tables, inside)
        (loose if home is None else home).append(g)
    return loose, inside


def _home(x: float, y: float, tables: list[PrintedTable], inside: list[list[tuple[Any, list[Glyph]]]]) -> list[Glyph] | None:
    for table, cells in zip(tables, inside, strict=True):
        if _holds(table.bbox, x, y):
            for cell, held in cells:
                if _holds(cell.bbox, x, y):
                    return held
    return None


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _with_tables(lines: list[PrintedLine | PrintedTable], tables: list[PrintedTable]) -> list[PrintedLine | PrintedTable]:
    """Each table before the first line that stands lower than its top."""
    out = list(lines)
    for table in tables:
        at = next((k for k, b in enumerate(out) if b.bbox[1] >= table.bbox[1] and _share_column(b.bbox, table.bbox)), len(out))
        out.insert(at, table)
    return out


def _share_column(a: Box, b: Box) -> bool:
    return min(a[2], b[2]) > max(a[0], b[0])


def turned_lines(glyphs: list[Glyph]) -> list[PrintedLine]:
    """Glyphs that stand askew (watermarks, sideways labels), in drawing order, a line for each run of one size."""
    out: list[PrintedLine] = []
    run: list[Glyph] = []
    for g in [*glyphs, None]:
        if run and (g is None or abs(g.size - run[-1].size) > 0.1 * g.size
                    or abs(g.x0 - run[-1].x0) + abs(g.top - run[-1].top) > 4 * g.size):
            text = "".join(x.text for x in run).strip()
            if text:
                box = (min(x.x0 for x in run), min(x.top for x in run), max(x.x1 for x in run), max(x.bottom for x in run))
                out.append(PrintedLine(text, box, run[0].size))
            run = []
        if g is not None:
            run.append(g)
    return out
