"""One page of a PDF's text layer -> a printed page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from juanzong.core.source import PageReport
from juanzong.read.blocks import blocks_of, lines_as_drawn
from juanzong.read.columns import columns_of
from juanzong.read.cut_row import table_at_foot
from juanzong.read.glyphs import Glyph
from juanzong.read.legible import unreadable
from juanzong.read.line_numbers import LineNumbering, without_line_numbers
from juanzong.read.painted_rows import sides_between
from juanzong.read.pdf_device import Drawn, PageContent, Patch
from juanzong.read.pdf_hidden import WHITE, hidden_reports, is_scan_layer, parted
from juanzong.read.printed import Box, PrintedLine, PrintedPage, Slant, around
from juanzong.read.seams import without_seams
from juanzong.read.stacked import stacked_in_margin
from juanzong.read.tables import Edge, edge, in_one, tables_of_edges
from juanzong.read.tiled_rules import uprights_of

MAX_EDGES = 6000  # a map's or a chart's drawing, not a table: the table finder would take minutes
MOSTLY = 0.7  # of a page's glyphs are turned alike: the page is turned
LEAST_DOWN = 12  # glyphs of a page that is set in columns of characters
PALE = 0.55  # light, and ...
THIN = 0.7  # ... alpha from which large type is a watermark's
LARGE = 1.6  # times the page's usual type
FEW_CHARACTERS = 30  # a page image with fewer characters beside it is a scan with a stamp or a page number
COVERS = 0.6  # share of the page an image covers on a scanned page
STARS = "★☆"
DASHES = "—–―－-"
BOTH = 2  # dashes of a page's number
MOST_FIGURES = 4  # of one
BAND = 20.0  # points of the page's height
UNUSABLE = 0.2  # share of unreadable characters from which a text layer is garbage


class Layer(NamedTuple):
    """A page's text layer: what is seen of it, the report of the rest, and what it is worth."""

    glyphs: list[Drawn]
    reports: list[PageReport]
    image_share: float
    unreadable: int  # glyphs
    hidden: Counter[str]  # characters that are not seen

    @property
    def said(self) -> int:
        """How many visible characters it has."""
        return sum(not d.glyph.text.isspace() for d in self.glyphs)

    @property
    def usable(self) -> bool:
        """Whether it says what the page says."""
        if self.said < FEW_CHARACTERS and self.image_share > COVERS:
            return False
        return self.unreadable <= UNUSABLE * max(1, self.said)


def layer_of(content: PageContent, number: int, crop: Box) -> Layer:
    """What the page's text layer says. `crop`: what of the page is shown, in points from the top left."""
    area = max(1.0, content.width * content.height)
    share = max(((b[2] - b[0]) * (b[3] - b[1]) for b, _ in content.images), default=0.0) / area
    if is_scan_layer(content, share):
        seen, hidden = list(content.glyphs), list[tuple[Drawn, str]]()
    else:
        seen, hidden = parted(content, crop)
    reports = hidden_reports(number, hidden)
    if content.damaged:
        many = sum(content.damaged.values())
        reports.append(PageReport(number, "warning", "damaged-object", f"第 {number} 页有 {many} 处内容损坏，未能读出"))
    if content.unfinished:
        reports.append(
            PageReport(number, "warning", "page-drawing", f"第 {number} 页绘图指令过多，其后的内容未读；请核对该页")
        )
    return Layer(seen, reports, share, sum(unreadable(seen)), Counter(c for d, _ in hidden for c in d.glyph.text))


def printed_page(
    content: PageContent, layer: Layer, number: int, numbering: LineNumbering, before: PrintedPage | None = None
) -> PrintedPage:
    """Lines, tables and reading order of one page; every glyph of the layer stands in one block. `numbering`: what the
    pages before have shown of lines numbered in the margin; it is told what this one shows; `before`: the page before."""
    above = None if before is None else table_at_foot(before)
    glyphs = layer.glyphs
    if _runs_down(glyphs):  # with its first column on top it reads as lines do
        glyphs = [d._replace(turn=(d.turn + 90) % 360) for d in glyphs]
    turned = _turned(glyphs)
    out = PrintedPage(number, content.width, content.height, reports=list(layer.reports))
    edges = without_seams(seen_edges(content), content.patches, [d.glyph for d in layer.glyphs])
    if turned:
        out.slant = Slant(turned)
        for _ in range(turned):
            glyphs = [_turned_glyph(d, out.height) for d in glyphs]
            edges = [_turned_edge(e, out.height) for e in edges]
            out.width, out.height = out.height, out.width
    flow, askew, sideways = _by_direction(glyphs, turned)
    flow, pale = _without_watermarks(flow)
    tables = []
    out.rules = [(e["x0"], e["x1"]) for e in edges if e["orientation"] == "h" and e["x1"] - e["x0"] > 0.3 * out.width]
    drawn, edges = edges, in_one(edges)
    if len(edges) > MAX_EDGES:
        out.reports.append(
            PageReport(
                number, "warning", "page-drawing", f"第 {number} 页有 {len(edges)} 条线，按图形处理，未从中找表格"
            )
        )
        edges = []
    elif edges:
        edges += uprights_of(drawn if len(drawn) <= MAX_EDGES else edges, [d.glyph for d in flow], above)
        edges += sides_between(edges, [d.glyph for d in flow])
        tables = tables_of_edges(edges)
    text, line_numbers = without_line_numbers([d.glyph for d in flow], numbering)
    stacked = stacked_in_margin(text, [table.bbox for table in tables], out.rules)
    text = [g for g in text if g not in stacked] if stacked else text
    out.blocks = blocks_of(
        text,
        tables,
        out.width,
        edges=edges,
        sideways=[d.glyph for d in sideways],
        above=above,
        before=None if before is None else columns_of(before),
    )
    for line in (*lines_as_drawn([d.glyph for d in (*pale, *askew)]), *lines_as_drawn(stacked), *line_numbers):
        line.watermark = True
        out.blocks.append(line)
    _tell_watermarks(out, median([d.glyph.size for d in flow] or [0.0]))
    return out


def _tell_watermarks(page: PrintedPage, usual: float) -> None:
    """Report what is no text of the page, a seal's star that is drawn alone too; `usual`: the size of most glyphs."""
    for block in page.blocks:
        if not isinstance(block, PrintedLine):
            continue
        block.watermark = block.watermark or (block.text in STARS and block.size > LARGE * usual)
        if block.watermark:
            told = f"第 {page.number} 页的水印或页边文字未计入正文：{block.text}"
            page.reports.append(PageReport(page.number, "info", "page-watermark", told))


def seen_edges(content: PageContent) -> list[Edge]:
    """The rulings that are seen: not white ones on white paper."""
    out = []
    grounds = _coloured(content)
    for found, light, order in content.edges:
        if light is None or light < WHITE or _on_colour(found, order, grounds):
            out.append(found)
    return out


def _coloured(content: PageContent) -> dict[int, list[Patch]]:
    """The coloured grounds by the bands of the page's height that they reach."""
    out: dict[int, list[Patch]] = {}
    for p in content.patches:
        if p.light is not None and p.light < WHITE:
            top, bottom = max(p.box[1] - 1, 0.0), min(p.box[3] + 1, content.height)
            for band in range(int(top // BAND), int(bottom // BAND) + 1):
                out.setdefault(band, []).append(p)
    return out


def _on_colour(ruling: Edge, order: int, grounds: dict[int, list[Patch]]) -> bool:
    """Whether a white ruling stands on a coloured ground, as between the cells of a coloured header."""
    x, y = (ruling["x0"] + ruling["x1"]) / 2, (ruling["top"] + ruling["bottom"]) / 2
    return any(
        p.order != order and p.box[0] - 1 <= x <= p.box[2] + 1 and p.box[1] - 1 <= y <= p.box[3] + 1
        for p in grounds.get(int(y // BAND), ())
    )


def _runs_down(glyphs: Sequence[Drawn]) -> bool:
    """Whether the page's text is set in columns, each character below the one drawn before it."""
    said = [d.glyph for d in glyphs if not d.turn and not d.glyph.text.isspace()]
    if len(said) < LEAST_DOWN or 2 * len(said) < len(glyphs):
        return False
    below = sum(
        abs(a.x0 + a.x1 - b.x0 - b.x1) < b.size and 0.8 * b.size < b.top - a.top < 2 * b.size for a, b in pairwise(said)
    )
    return below > MOSTLY * len(said)


def _turned(glyphs: Sequence[Drawn]) -> int:
    """Quarter turns clockwise that set the page's text upright; 0 where it mostly is."""
    said = [d for d in glyphs if not d.glyph.text.isspace()]
    for turn in (90, 180, 270):
        if sum(d.turn == turn for d in said) > MOSTLY * max(1, len(said)):
            return (360 - turn) // 90
    return 0


def _turned_glyph(d: Drawn, height: float) -> Drawn:
    """The glyph after one quarter turn clockwise of a page this high."""
    g = d.glyph
    x, y = d.origin
    home = (height - g.home[1], g.home[0]) if g.home else None
    box = (height - g.bottom, g.x0, height - g.top, g.x1)
    glyph = Glyph(g.text, *box, g.size, x, g.font, home=home)
    return d._replace(glyph=glyph, origin=(height - y, x))


def _turned_edge(e: Edge, height: float) -> Edge:
    return edge(height - e["bottom"], e["x0"], height - e["top"], e["x1"])


def _by_direction(glyphs: Sequence[Drawn], turned: int) -> tuple[list[Drawn], list[Drawn], list[Drawn]]:
    """The glyphs that stand upright (after the page's own turns), those that stand askew (the star in a seal's round words
    goes with them, the letter that stands upright between two of them, the one beside that lies), those set sideways."""
    out: tuple[list[Drawn], list[Drawn], list[Drawn]] = ([], [], [])
    turns = [(d.turn + 90 * turned) % 360 for d in glyphs]
    for k, (d, turn) in enumerate(zip(glyphs, turns, strict=True)):
        beside = sum(turns[n] % 90 != 0 for n in (k - 1, k + 1) if 0 <= n < len(turns))
        out[1 if turn % 90 or beside > (turn == 0) else 0 if turn == 0 else 2].append(d)
    if out[1] and any(d.glyph.text in STARS for d in out[0]):
        x0, top, x1, bottom = around([(d.glyph.x0, d.glyph.top, d.glyph.x1, d.glyph.bottom) for d in out[1]])
        stars = [
            d
            for d in out[0]
            if d.glyph.text in STARS and x0 < d.glyph.x0 < x1 and top < d.glyph.top and d.glyph.bottom < bottom
        ]
        out = ([d for d in out[0] if d not in stars], [*out[1], *stars], out[2])
    if dashes := _dashes_of_numbers(out[0], out[2]):
        ids = {id(d) for d in dashes}
        kept = {id(d) for d in (*out[2], *dashes)}
        out = ([d for d in out[0] if id(d) not in ids], out[1], [d for d in glyphs if id(d) in kept])
    return out


def _dashes_of_numbers(flow: Sequence[Drawn], sideways: Sequence[Drawn]) -> list[Drawn]:
    """The dashes right above and below a number that is set sideways in the margin: of a page set across, the program that
    wrote it turns the figures alone."""
    figures = [d.glyph for d in sideways if d.glyph.text.isdigit()]
    if not 0 < len(figures) == sum(not d.glyph.text.isspace() for d in sideways) <= MOST_FIGURES:
        return []
    x0, top, x1, bottom = around([(g.x0, g.top, g.x1, g.bottom) for g in figures])
    reach, middle = 2 * figures[0].size, (x0 + x1) / 2
    found = [
        d
        for d in flow
        if d.glyph.text in DASHES
        and d.glyph.x0 <= middle <= d.glyph.x1
        and (0 <= top - d.glyph.bottom < reach or 0 <= d.glyph.top - bottom < reach)
    ]
    return found if len(found) == BOTH else []


def _without_watermarks(flow: list[Drawn]) -> tuple[list[Drawn], list[Drawn]]:
    """The text, and large pale type that stands behind it."""
    said = [d for d in flow if not d.glyph.text.isspace()]
    if not said:
        return flow, []
    light = [d for d in said if d.paint.alpha < THIN or (d.light is not None and PALE <= d.light < WHITE)]
    if not light:
        return flow, []
    own = {id(d) for d in light}
    usual = median([d.glyph.size for d in said if id(d) not in own] or [d.glyph.size for d in said])
    pale = [d for d in light if d.glyph.size > LARGE * usual]
    if not pale or len(pale) > 0.5 * len(said):
        return flow, []
    ids = {id(d) for d in pale}
    return [d for d in flow if id(d) not in ids], pale
