"""What recognition saw on an image -> a printed page, by the same ways as a text layer's glyphs. Points from here on."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from unicodedata import normalize

from juanzong.core.source import PageReport
from juanzong.read.blocks import blocks_of
from juanzong.read.glyphs import Glyph, half_widths
from juanzong.read.pdf_lost import counted, text_of
from juanzong.read.printed import PrintedPage, PrintedTable, Slant
from juanzong.read.recognized import Seen, SeenLine, SeenPage
from juanzong.read.tables import edge, tables_of_edges

RAISED_SIZE, RAISED_BY = 0.6, 0.35  # how a raised mark is set, in ems of its line
BLANK = 1.35  # ems from middle to middle: between two Chinese characters stands a blank
WIDE = 2.5  # ems from middle to middle: a gap between any two characters
SNAP = 4.5  # points; an image's rulings are surer than this
_FORMS = {"(": "（", ")": "）", ":": "：", ";": "；", ",": "，", "?": "？", "!": "！"}
DASH_SURE = 0.9  # confidence of a dash found by its shape
OPENING = "（(“‘《〈「『【〔［"  # their ink begins in the second half of their square
HEIGHT_TO_SIZE = 0.92  # a line box's height to the font's size, where no pitch tells


def printed_scan(seen: SeenPage, number: int, width: float, height: float) -> PrintedPage:
    """`width`, `height`: the page's, in points, as it lies (before `seen.turned` set it upright)."""
    if seen.turned % 2:
        width, height = height, width
    scale = width / max(1, seen.width)
    page = PrintedPage(number, width, height, slant=Slant(seen.turned, seen.angle))
    rulings = [tuple(v * scale for v in r) for r in seen.rulings if not _is_stroke(r, seen.lines)]
    page.rules = [(x0, x1) for x0, y0, x1, y1 in rulings if y0 == y1 and x1 - x0 > 0.3 * width]
    edges = [edge(*r) for r in rulings]
    tables = tables_of_edges(edges, SNAP)
    sizes = sizes_of(seen.lines)
    lines = [line._replace(characters=in_chinese_forms(line.characters)) for line in seen.lines]
    glyphs = [g for line, size in zip(lines, sizes, strict=True) for g in glyphs_of_line(line, size, scale)]
    glyphs += _dashes(seen, tables, glyphs, scale)
    page.blocks = blocks_of(glyphs, tables, width, edges=edges)
    _tell_lost(page, lines)
    if seen.stamps:
        page.reports.append(
            PageReport(number, "info", "page-stamp", f"第 {number} 页有 {seen.stamps} 枚印章，章内文字未计入正文")
        )
    return page


def _tell_lost(page: PrintedPage, lines: Sequence[SeenLine]) -> None:
    """Compare what is given out with what was recognised, line by line."""
    seen = ["".join(c.text for c in line.characters) for line in lines]
    given = text_of(page)
    lost = counted("".join(seen)) - counted(given)
    if lost:
        texts = [text for text in seen if counted(text) & lost and text not in given]
        told = f"第 {page.number} 页识别出的文字有 {sum(lost.values())} 个字符未读出，在 {len(texts)} 行中：{''.join(texts)[:40]}"
        page.reports.append(PageReport(page.number, "error", "reader-lost-text", told, "\n".join(texts)))


def _dashes(seen: SeenPage, tables: Sequence[PrintedTable], glyphs: Sequence[Glyph], scale: float) -> list[Glyph]:
    """Dashes that stand alone in cells where nothing was recognised."""
    out = []
    for table in tables:
        for cell in (c for row in table.rows for c in row):
            left, top, right, bottom = cell.bbox
            if any(left <= (g.x0 + g.x1) / 2 < right and top <= (g.top + g.bottom) / 2 < bottom for g in glyphs):
                continue
            for x0, y0, x1, y1 in ([v * scale for v in d] for d in seen.dashes):
                middle = (y0 + y1) / 2
                if left <= (x0 + x1) / 2 < right and top <= middle < bottom:
                    size = x1 - x0
                    out.append(
                        Glyph("—", x0, middle - size / 2, x1, middle + size / 2, size, middle + size / 2, "", DASH_SURE)
                    )
    return out


def _is_stroke(ruling: tuple[float, float, float, float], lines: Sequence[SeenLine]) -> bool:
    """Whether a ruling is a stroke of a large character: no longer than the text line it lies in is high."""
    x0, y0, x1, y1 = ruling
    length, x, y = max(x1 - x0, y1 - y0), (x0 + x1) / 2, (y0 + y1) / 2
    return any(line.x0 <= x <= line.x1 and line.y0 <= y <= line.y1 and length <= 1.15 * line.height for line in lines)


def _is_wide(c: Seen) -> bool:
    return "\u3400" <= c.text <= "\u9fff"


def in_chinese_forms(seen: Sequence[Seen]) -> tuple[Seen, ...]:
    """In a line of Chinese, marks that recognition gives in either width are the wide ones; a one beside figures is a
    dash. A rival that differs in width only is no rival.

    >>> "".join(c.text for c in in_chinese_forms([Seen(t, 1.0, 0.5) for t in "(一)任务:4.20:1"]))
    '（一）任务：4.20:1'
    """
    wide = sum(_is_wide(c) for c in seen)
    other = sum(c.text.isalpha() for c in seen) - wide
    out = []
    for k, c in enumerate(seen):
        before = seen[k - 1].text if k else ""
        after = seen[k + 1].text if k + 1 < len(seen) else ""
        narrow = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
        if wide > other and c.text in _FORMS and not narrow:
            c = c._replace(text=_FORMS[c.text])
        elif c.text == "一" and (before.isdigit() or not before) and (after.isdigit() or not after) and len(seen) > 1:
            c = c._replace(text="—", other="")
        if c.other and normalize("NFKC", c.other) == normalize("NFKC", c.text):
            c = c._replace(other="", other_sure=0.0)
        out.append(c)
    return tuple(out)


def _pitch(line: SeenLine) -> float | None:
    """The distance from one Chinese character to the next, in pixels: the font's size, set solid."""
    length = line.x1 - line.x0
    steps = [
        (b.middle - a.middle) * length
        for a, b in zip(line.characters, line.characters[1:], strict=False)
        if _is_wide(a) and _is_wide(b)
    ]
    if len(steps) < 3:
        return None
    usual = median(steps)  # places come in steps of a sixth of a character: so the mean of the usual
    usual_steps = [s for s in steps if 0.7 * usual < s < 1.3 * usual]
    return sum(usual_steps) / len(usual_steps) if len(usual_steps) >= 3 else None


def sizes_of(lines: Sequence[SeenLine]) -> list[float]:
    """Font sizes in pixels: by pitch, else by height as the page's other lines relate the two."""
    pitches = [_pitch(line) for line in lines]
    known = [p / line.height for p, line in zip(pitches, lines, strict=True) if p]
    ratio = median(known) if len(known) >= 3 else HEIGHT_TO_SIZE
    return [p or line.height * ratio for p, line in zip(pitches, lines, strict=True)]


def glyphs_of_line(line: SeenLine, size: float, scale: float) -> list[Glyph]:
    """Glyphs in points that touch one another, but for blanks that the distances tell. `size` in pixels."""
    length = line.x1 - line.x0
    middles = [line.x0 + c.middle * length for c in line.characters]
    out: list[Glyph] = []
    centre = (line.y0 + line.y1) / 2
    for k, c in enumerate(line.characters):
        half = size * half_widths(c.text) / 4
        x0 = max(line.x0, middles[k] - half)
        opens = k == 0 and c.text in OPENING
        if opens:
            x0 = line.x0 - 0.45 * size
        if k:
            distance = middles[k] - middles[k - 1]
            before = line.characters[k - 1]
            if distance > (BLANK if _is_wide(c) and _is_wide(before) else WIDE) * size:
                out.append(_glyph(Seen(" ", 1.0, 0.0), middles[k - 1] + size / 2, x0, centre, size, scale))
            else:
                x0 = out[-1].x1 / scale
        x1 = (
            min(line.x1, max(x0 + 1, middles[k] + half))
            if k + 1 == len(middles)
            else max(x0 + 1, (middles[k] + middles[k + 1]) / 2)
        )
        if k + 1 < len(middles):
            both = _is_wide(c) and _is_wide(line.characters[k + 1])
            if middles[k + 1] - middles[k] > (BLANK if both else WIDE) * size:
                x1 = max(x0 + 1, middles[k] + half)
        out.append(_glyph(c, x0, x1, centre, size, scale))
        if opens:  # its square may reach out of its cell, its ink does not
            out[-1] = out[-1]._replace(home=(middles[k] * scale, centre * scale))
    return out


def _glyph(c: Seen, x0: float, x1: float, centre: float, size: float, scale: float) -> Glyph:
    top, bottom, em, level = centre - size / 2, centre + size / 2, size, centre  # boxes of one line share its middle
    if c.raised:
        em, bottom, level = RAISED_SIZE * size, bottom - RAISED_BY * size, centre - RAISED_BY * size
    return Glyph(
        c.text,
        x0 * scale,
        top * scale,
        x1 * scale,
        bottom * scale,
        em * scale,
        level * scale,
        "",
        c.sure,
        c.other,
        c.other_sure,
    )
