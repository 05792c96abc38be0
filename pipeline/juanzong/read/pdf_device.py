"""What a PDF page draws, in drawing order: glyphs, rulings, painted areas. A string or object that is damaged costs itself,
not the page. Points from the top left."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFTextState
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import Matrix, PathSegment, apply_matrix_pt, apply_matrix_rect, translate_matrix

from juanzong.read.glyphs import Glyph
from juanzong.read.pdf_boxes import Displaced, drawn_box, em_box
from juanzong.read.pdf_paths import STRAIGHT, is_upright, subpaths
from juanzong.read.printed import Box
from juanzong.read.tables import Edge, edge

LEANING = 8  # degrees by which a line of text may lean and be read as upright
HALF_RULE = 0.5  # points: half the width of a usual ruling
INKS = ("Separation", "DeviceN")  # colour spaces in which 1 is full ink


class Paint(NamedTuple):
    """How the current graphics state paints: `clip` bounds it, `alpha` is 0 (nothing seen) to 1."""

    clip: Box | None = None
    alpha: float = 1.0
    blends: bool = False


class Drawn(NamedTuple):
    """A glyph as drawn. `advance`: its width in ems; `turn`: degrees clockwise, 0 to 359; `light`: 0 black to 1 white, None
    where a pattern paints; `mode`: the text rendering mode; `order`: its place among all that is drawn."""

    glyph: Glyph
    code: int
    advance: float
    turn: int
    light: float | None
    mode: int
    paint: Paint
    order: int
    origin: tuple[float, float]  # where it stands on its baseline


class Patch(NamedTuple):
    """A painted area: `light` as in Drawn, None for images and patterns; `whole`: it is painted all over, opaque."""

    box: Box
    light: float | None
    whole: bool
    order: int


class Picture(NamedTuple):
    """An upright picture that a soft mask cuts out: `mask` is the stream of the mask."""

    box: Box
    mask: Any
    order: int


@dataclass
class PageContent:
    """All that a page draws. `damaged`: what could not be drawn, by kind; `images`: (share-giving box, pixels)."""

    width: float
    height: float
    glyphs: list[Drawn] = field(default_factory=list)
    edges: list[tuple[Edge, float | None, int]] = field(default_factory=list)  # with its light and its order
    patches: list[Patch] = field(default_factory=list)
    images: list[tuple[Box, int]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    curves: int = 0
    damaged: dict[str, int] = field(default_factory=dict)
    unfinished: bool = False  # more was drawn than is looked at


# its text, its width in ems, and how far it is moved where text runs down
_Glyph = tuple[str, float, Displaced]


def light_of(color: Any, space: PDFColorSpace | None = None) -> float | None:
    """How light a colour is, 0 black to 1 white; None for patterns and what is no colour.

    >>> light_of(0), light_of((1, 1, 1)), light_of((0, 0, 0, 1)), light_of("P1")
    (0.0, 1.0, 0.0, None)
    """
    values = color if isinstance(color, tuple | list) else (color,)
    if not values or not all(isinstance(v, int | float) for v in values):
        return None
    if len(values) == 3:
        r, g, b = values
        return round(float(0.3 * r + 0.59 * g + 0.11 * b), 6)
    if len(values) == 4:
        c, m, y, k = values
        return round(float((1 - k) * (1 - 0.3 * c - 0.59 * m - 0.11 * y)), 6)
    if len(values) == 1:
        return float(1 - values[0] if space is not None and space.name in INKS else values[0])
    return None


def common(a: Box, b: Box | None) -> Box | None:
    """Where two boxes lie over each other; None where they do not. A box of no width counts as one."""
    if b is None:
        return a
    x0, top, x1, bottom = max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])
    return (x0, top, x1, bottom) if x0 <= x1 and top <= bottom else None


class PageDevice(PDFTextDevice):
    """Collects one page's content; `paint` is kept up to date by the interpreter."""

    def __init__(self, rsrcmgr: Any) -> None:
        super().__init__(rsrcmgr)
        self.content = PageContent(0.0, 0.0)
        self.paint = Paint()
        self.layers_off: frozenset[int] = frozenset()
        self.hidden = 0  # parts on layers that are switched off, one in another
        self.order = 0
        self.mode = 0
        self._ink: tuple[Any, PDFColorSpace | None, float | None] = (None, None, None)
        self._fonts: dict[PDFFont, dict[int, _Glyph]] = {}

    def begin_page(self, page: Any, ctm: Matrix) -> None:
        x0, y0, x1, y1 = apply_matrix_rect(ctm, page.mediabox)
        self.content = PageContent(abs(x1 - x0), abs(y1 - y0))

    def damage(self, kind: str) -> None:
        """Note that one thing of this kind could not be drawn."""
        self.content.damaged[kind] = self.content.damaged.get(kind, 0) + 1

    def box_of(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box in PDF space (from the bottom left) as one from the top left."""
        height = self.content.height
        return (min(x0, x1), height - max(y0, y1), max(x0, x1), height - min(y0, y1))

    def render_string(
        self, textstate: PDFTextState, seq: Any, ncs: PDFColorSpace, graphicstate: PDFGraphicState
    ) -> None:
        self.mode = textstate.render
        try:
            super().render_string(textstate, seq, ncs, graphicstate)
        except Exception:  # whatever a damaged font or string does to the library
            self.damage("string")

    def render_string_horizontal(
        self, seq: Any, matrix: Matrix, pos: tuple[float, float], font: PDFFont, fontsize: float, scaling: float,
        charspace: float, wordspace: float, rise: float, dxscale: float, ncs: PDFColorSpace, graphicstate: PDFGraphicState,
    ) -> tuple[float, float]:  # fmt: skip
        """As pdfminer does, but that room between characters also follows the last one, where the next string begins."""
        x, y = pos
        for obj in seq:
            if isinstance(obj, int | float):
                x -= obj * dxscale
                continue
            for cid in font.decode(obj):
                place = translate_matrix(matrix, (x, y))
                x += self.render_char(place, font, fontsize, scaling, rise, cid, ncs, graphicstate) + charspace
                if cid == 32:
                    x += wordspace
        return x, y

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        text, width, disp = self._glyph_of(font, cid)
        self.order += 1
        a, b, c, d, e, f = matrix
        adv = width * fontsize * scaling
        x0, y0, x1, y1 = drawn_box(matrix, em_box(font, fontsize, rise, adv, disp))
        turn = 0 if b == 0 and a > 0 else _turn(a, b, upright=a * d * scaling > 0 and b * c <= 0)
        # the height of a glyph's box is its em; of a turned one it is its box's
        size = abs(fontsize) * math.hypot(c, d) if turn else x1 - x0 if font.is_vertical() else y1 - y0
        height = self.content.height
        box = (x0, height - y1, x1, height - y0)
        paint = self.paint._replace(alpha=0.0) if self.hidden else self.paint
        clip = paint.clip
        seen = box if clip is None else common(box, clip)
        home = None if seen is None or seen == box else ((seen[0] + seen[2]) / 2, (seen[1] + seen[3]) / 2)
        name = font.fontname if isinstance(font.fontname, str) else bytes(font.fontname).decode("gb18030", "replace")
        light = self._light(graphicstate.ncolor, ncs)
        if self.mode in (1, 5):
            light = light_of(graphicstate.scolor, graphicstate.scs)
        elif self.mode in (2, 6):
            edge_light = light_of(graphicstate.scolor, graphicstate.scs)
            light = None if light is None or edge_light is None else min(light, edge_light)
        glyph = Glyph(text, *box, size, height - f, name, None, "", 0.0, home)
        self.content.glyphs.append(
            Drawn(glyph, cid, abs(width * scaling), turn, light, self.mode, paint, self.order, (e, height - f))
        )
        return float(adv)

    def _glyph_of(self, font: PDFFont, cid: int) -> _Glyph:
        """What the font says of a glyph; asked once on a page."""
        known = self._fonts.setdefault(font, {})
        found = known.get(cid)
        if found is None:
            try:
                text = font.to_unichr(cid)
            except PDFUnicodeNotDefined:
                text = f"(cid:{cid})"
            found = known[cid] = (text, font.char_width(cid), font.char_disp(cid))
        return found

    def _light(self, color: Any, space: PDFColorSpace) -> float | None:
        """light_of a glyph's colour, which mostly is the one before it's: the very same object."""
        if self._ink[0] is not color or self._ink[1] is not space or isinstance(color, list):
            self._ink = color, space, light_of(color, space)
        return self._ink[2]

    def render_image(self, name: str, stream: Any) -> None:
        assert self.ctm is not None
        if self.hidden:
            return
        box = common(self.box_of(*apply_matrix_rect(self.ctm, (0, 0, 1, 1))), self.paint.clip)
        self.order += 1
        if box is not None:
            pixels = int(stream.get("Width", 0)) * int(stream.get("Height", 0))
            self.content.images.append((box, pixels))
            self.content.patches.append(Patch(box, None, False, self.order))
            a, b, c, d, _, _ = self.ctm
            mask = resolve1(stream.get("SMask"))
            if isinstance(mask, PDFStream) and a > 0 and d > 0 and abs(b) + abs(c) < STRAIGHT:
                self.content.pictures.append(Picture(box, mask, self.order))

    def paint_path(
        self, graphicstate: PDFGraphicState, stroke: bool, fill: bool, evenodd: bool, path: Sequence[PathSegment]
    ) -> None:
        assert self.ctm is not None
        if self.hidden:
            return
        self.order += 1
        parts = subpaths(path)
        if any(segment[0] in "cvy" for segment in path):
            self.content.curves += 1
        light = light_of(
            graphicstate.scolor if stroke else graphicstate.ncolor, graphicstate.scs if stroke else graphicstate.ncs
        )
        for points in parts:
            placed = [apply_matrix_pt(self.ctm, p) for p in points]
            boxed = self.box_of(
                min(p[0] for p in placed),
                min(p[1] for p in placed),
                max(p[0] for p in placed),
                max(p[1] for p in placed),
            )
            box = common(boxed, self.paint.clip)
            if fill and box is not None:
                plain = len(parts) == 1 and is_upright(placed) and self.paint.alpha == 1 and not self.paint.blends
                self.content.patches.append(
                    Patch(box, light_of(graphicstate.ncolor, graphicstate.ncs), plain, self.order)
                )
            if stroke or (fill and is_upright(placed)):
                self._edges(placed, light)

    def _edges(self, placed: Sequence[tuple[float, float]], light: float | None) -> None:
        for (ax, ay), (bx, by) in pairwise(placed):
            if (abs(ax - bx) < STRAIGHT) == (abs(ay - by) < STRAIGHT):
                continue
            box = common(self.box_of(ax, ay, bx, by), _about(self.paint.clip))
            if box is None:
                continue
            x0, top, x1, bottom = box
            if x1 - x0 < STRAIGHT:
                x0 = x1 = (x0 + x1) / 2
            else:
                top = bottom = (top + bottom) / 2
            self.content.edges.append((edge(x0, top, x1, bottom), light, self.order))


def _about(clip: Box | None) -> Box | None:
    """A clip and the little around it in which a ruling at its edge shows half of its width."""
    return clip and (clip[0] - HALF_RULE, clip[1] - HALF_RULE, clip[2] + HALF_RULE, clip[3] + HALF_RULE)


def _turn(a: float, b: float, *, upright: bool) -> int:
    """Degrees clockwise by which the base line is turned; 0 of a line that leans as scanned pages do. `upright`: as
    pdfminer has it, which also holds of what is turned by less than a quarter."""
    turn = round(math.degrees(math.atan2(-b, a)))
    return 0 if upright and abs(turn) <= LEANING else turn % 360
