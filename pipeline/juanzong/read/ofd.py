"""OFD (GB/T 33190-2016, the page format of Chinese government) -> Source: text with its places, rulings, pages."""

from __future__ import annotations

import math
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import regex as re

from juanzong.core.errors import JuanzongError
from juanzong.core.source import PageReport, Source
from juanzong.read.blocks import blocks_of, lines_as_drawn
from juanzong.read.continued import align_continued_tables
from juanzong.read.glyphs import Glyph, half_widths
from juanzong.read.hashes import file_hash
from juanzong.read.margins import place_lines
from juanzong.read.options import ReadOptions
from juanzong.read.page_heads import mark_edges
from juanzong.read.printed import PrintedPage
from juanzong.read.tables import Edge, edge, tables_of_edges
from juanzong.read.writing import write_pages
from juanzong.read.zip_bounds import open_zip

POINT = 72 / 25.4  # points in a millimetre, OFD's unit
A4 = (210.0, 297.0)
ASCENT = 0.86  # ems from a line's top to its baseline
MOST_PAGES = 5_000
STRAIGHT = 0.2  # millimetres by which a ruling may lean
LONGEST_DELTAS = 100_000
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_PATH = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass
class _Found:
    """What a page shows: glyphs upright and askew, rulings, pictures."""

    glyphs: list[Glyph] = field(default_factory=list)
    askew: list[Glyph] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    images: int = 0


def read_ofd(path: Path, record_as: str, options: ReadOptions) -> Source:
    """Raises JuanzongError for a damaged or protected file, and where no page of it can be read."""
    with open_zip(path, "OFD file") as archive:
        package = _Package(archive)
        try:
            pages = [page for document in package.documents() for page in package.pages(document)]
        except (ElementTree.ParseError, KeyError, ValueError) as error:
            raise JuanzongError(f"{path}: the OFD file is damaged ({type(error).__name__}); export it again") from None
    for number, page in enumerate(pages, 1):
        page.number = number
        page.reports = [PageReport(number, r.severity, r.check, f"第 {number} 页{r.message}") for r in page.reports]
    if not pages:
        raise JuanzongError(f"{path}: the OFD file has no pages; export it again")
    mark_edges(pages)
    place_lines(pages)
    align_continued_tables(pages)
    return Source(
        path=record_as,
        sha256=file_hash(path),
        media_type="application/ofd",
        is_text=False,
        readers=("ofd",),
        **write_pages(pages).fields(),
    )


class _Package:
    """The archive's parts, found by the paths that the parts give of each other."""

    def __init__(self, archive: Any) -> None:
        self.archive = archive
        self.names = {name.lower(): name for name in archive.namelist()}
        self.fonts: dict[str, str] = {}

    def xml(self, name: str) -> Any:
        """A part's root; KeyError where it is not there."""
        return ElementTree.fromstring(self.archive.read(self.names[name.lstrip("/").lower()]))

    def documents(self) -> Iterator[str]:
        """The paths of the documents' roots."""
        for root in self.xml("OFD.xml").iterfind(".//{*}DocRoot"):
            yield (root.text or "").strip().lstrip("/")

    def pages(self, document: str) -> Iterator[PrintedPage]:
        """The document's pages; one that is damaged is reported."""
        home, root = posixpath.dirname(document), self.xml(document)
        templates = {t.get("ID"): _join(home, t.get("BaseLoc")) for t in root.iterfind(".//{*}TemplatePage")}
        common = _box(root.find("{*}CommonData/{*}PageArea/{*}PhysicalBox"))
        for kind in ("PublicRes", "DocumentRes"):
            for part in root.iterfind(".//{*}" + kind):
                self._read_fonts(_join(home, (part.text or "").strip()))
        seals = any(True for _ in root.iterfind(".//{*}Signatures"))
        for number, entry in enumerate(root.iterfind("{*}Pages/{*}Page")):
            if number >= MOST_PAGES:
                return
            try:
                page = self._page(_join(home, entry.get("BaseLoc")), templates, common)
            except (ElementTree.ParseError, KeyError, ValueError) as error:
                page = PrintedPage(1, A4[0] * POINT, A4[1] * POINT)
                told = f"损坏，未能读出（{type(error).__name__}）"
                page.reports.append(PageReport(0, "error", "page-unreadable", told))
            if seals and not number:
                page.reports.append(PageReport(0, "info", "page-stamp", "所附签章未计入正文"))
            yield page

    def _read_fonts(self, name: str) -> None:
        if name.lower() in self.names:
            for font in self.xml(name).iterfind(".//{*}Font"):
                bold = " Bold" if font.get("Bold") == "true" else ""
                self.fonts[font.get("ID", "")] = font.get("FontName", "") + bold

    def _page(
        self, name: str, templates: dict[str, str], common: tuple[float, float, float, float] | None
    ) -> PrintedPage:
        root = self.xml(name)
        area = _box(root.find("{*}Area/{*}PhysicalBox")) or common or (0.0, 0.0, *A4)
        found = _Found()
        for template in root.iterfind("{*}Template"):
            part = templates.get(template.get("TemplateID", ""))
            if part and part.lower() in self.names:
                self._collect(self.xml(part).find("{*}Content"), found, (1, 0, 0, 1, -area[0], -area[1]))
        self._collect(root.find("{*}Content"), found, (1, 0, 0, 1, -area[0], -area[1]))
        page = PrintedPage(1, area[2] * POINT, area[3] * POINT)
        page.rules = [
            (e["x0"], e["x1"]) for e in found.edges if e["orientation"] == "h" and e["x1"] - e["x0"] > 0.3 * page.width
        ]
        tables = tables_of_edges(found.edges) if found.edges else []
        page.blocks = blocks_of(found.glyphs, tables, page.width, edges=found.edges)
        for line in lines_as_drawn(found.askew):
            line.watermark = True
            page.blocks.append(line)
            page.reports.append(PageReport(0, "info", "page-watermark", f"的水印未计入正文：{line.text}"))
        if found.images and not found.glyphs:
            page.reports.append(
                PageReport(0, "error", "page-unreadable", "只有图像而没有文字，未读；请导出为 PDF 后识别")
            )
        return page

    def _collect(self, node: Any, found: _Found, outer: Matrix) -> None:
        """All objects below a layer or block, in drawing order."""
        if node is None:
            return
        for child in node:
            tag = child.tag.rpartition("}")[2]
            if child.get("Visible") == "false":
                continue
            if tag in ("Layer", "PageBlock"):
                self._collect(child, found, outer)
            elif tag == "TextObject":
                self._text(child, found, outer)
            elif tag == "PathObject":
                _rulings(child, found, outer)
            elif tag == "ImageObject":
                found.images += 1

    def _text(self, node: Any, found: _Found, outer: Matrix) -> None:
        matrix = _placed(node, outer)
        size = float(node.get("Size", "3"))
        stretch = float(node.get("HScale", "1"))
        font = self.fonts.get(node.get("Font", ""), "")
        x = y = 0.0
        for code in node.iterfind("{*}TextCode"):
            text = code.text or ""
            x, y = float(code.get("X", x)), float(code.get("Y", y))
            across, down = _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY"))
            for k, c in enumerate(text):
                usual = size * stretch * half_widths(c) / 2
                step = across[k] if k < len(across) else 0.0 if k < len(down) else usual
                # a mark's advance may be less than its square; a glyph is as wide as what follows leaves it
                width = min(usual, step) if 0 < step < usual else usual
                _add(found, c, (x, y), width, size, matrix, font)
                x += step
                y += down[k] if k < len(down) else 0.0


def _add(found: _Found, c: str, at: tuple[float, float], width: float, size: float, m: Matrix, font: str) -> None:
    scale = math.hypot(m[2], m[3])
    x, y = m[0] * at[0] + m[2] * at[1] + m[4], m[1] * at[0] + m[3] * at[1] + m[5]
    em = size * scale * POINT
    left, base = x * POINT, y * POINT
    upright = m[0] > 0 and abs(m[1]) < 0.02 * abs(m[0])
    wide = width * math.hypot(m[0], m[1]) * POINT
    glyph = Glyph(c, left, base - ASCENT * em, left + wide, base + (1 - ASCENT) * em, em, base, font)
    (found.glyphs if upright else found.askew).append(glyph)


def _rulings(node: Any, found: _Found, outer: Matrix) -> None:
    """The straight lines of a path, upright and across."""
    if node.get("Stroke") == "false" and node.get("Fill") != "true":
        return
    matrix = _placed(node, outer)
    data = node.find("{*}AbbreviatedData")
    if data is None or not data.text:
        return
    here = start = (0.0, 0.0)
    tokens = _PATH.findall(data.text)
    k = 0
    while k < len(tokens):
        command, k = tokens[k].upper(), k + 1
        count = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7}.get(command, 0)
        try:
            values = [float(v) for v in tokens[k : k + count]]
        except ValueError:
            return
        k += count
        if command in "MS" and len(values) == 2:
            here = start = (values[0], values[1])
        elif command in ("L", "C") and (command == "C" or len(values) == 2):
            there = start if command == "C" else (values[0], values[1])
            _ruling(found, here, there, matrix)
            here = there
        elif values:
            here = (values[-2], values[-1])


def _ruling(found: _Found, a: tuple[float, float], b: tuple[float, float], m: Matrix) -> None:
    (ax, ay), (bx, by) = ((m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]) for x, y in (a, b))
    flat, steep = abs(ay - by) < STRAIGHT, abs(ax - bx) < STRAIGHT
    if flat == steep:
        return
    if flat:
        ay = by = (ay + by) / 2
    else:
        ax = bx = (ax + bx) / 2
    found.edges.append(edge(min(ax, bx) * POINT, min(ay, by) * POINT, max(ax, bx) * POINT, max(ay, by) * POINT))


def _placed(node: Any, outer: Matrix) -> Matrix:
    """From an object's own coordinates to the page's, in millimetres."""
    box = _numbers(node.get("Boundary"))
    x, y = (box[0], box[1]) if len(box) == 4 else (0.0, 0.0)
    own = _numbers(node.get("CTM"))
    inner = (own[0], own[1], own[2], own[3], own[4], own[5]) if len(own) == 6 else UNIT
    return (inner[0], inner[1], inner[2], inner[3], inner[4] + x + outer[4], inner[5] + y + outer[5])


def _deltas(text: str | None) -> list[float]:
    """The distances between characters; `g 5 3.2` stands for five of 3.2."""
    out: list[float] = []
    parts = (text or "").split()
    k = 0
    while k < len(parts) and len(out) < LONGEST_DELTAS:
        if parts[k] == "g" and k + 2 < len(parts):
            out += [float(parts[k + 2])] * min(int(parts[k + 1]), LONGEST_DELTAS)
            k += 3
        else:
            out.append(float(parts[k]))
            k += 1
    return out


def _numbers(text: str | None) -> list[float]:
    return [float(v) for v in _NUMBER.findall(text or "")]


def _box(node: Any) -> tuple[float, float, float, float] | None:
    values = _numbers(node.text) if node is not None else []
    return (values[0], values[1], values[2], values[3]) if len(values) == 4 else None


def _join(home: str, name: str | None) -> str:
    """A part's path: absolute, or below the part that names it."""
    return (
        (name or "").lstrip("/")
        if (name or "").startswith("/")
        else posixpath.normpath(posixpath.join(home, name or ""))
    )
