"""Which glyphs of a PDF page nobody sees: white on white, invisible, without size, cut off, outside the page, painted over."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from juanzong.core.source import PageReport
from juanzong.read.pdf_device import Drawn, PageContent, Patch, common
from juanzong.read.printed import Box

SMALLEST = 1.0  # points; smaller type is a mark for machines
WHITE = 0.96  # light from which type on white paper is not seen
FAINT = 0.03  # alpha below which nothing is seen
INVISIBLE = 3  # text rendering mode
BAND = 20.0  # points: rows of the index of places
SAMPLE = 30  # characters of hidden text that a finding shows

_WHY = {
    "size": "字号为零或小得看不见",
    "invisible": "设为不可见",
    "white": "白底白字",
    "outside": "在页面或裁切框之外",
    "covered": "被色块盖住",
}


def parted(content: PageContent, crop: Box) -> tuple[list[Drawn], list[tuple[Drawn, str]]]:
    """The glyphs that are seen, and the others with why not (a key of _WHY). `crop`: what of the page is shown."""
    covered = _covered(content)
    why = ["covered" if k in covered else _why_hidden(d, content.patches, crop) for k, d in enumerate(content.glyphs)]
    heights = {round(d.glyph.baseline) for d, w in zip(content.glyphs, why, strict=True) if not w}
    seen: list[Drawn] = []
    hidden: list[tuple[Drawn, str]] = []
    for drawn, reason in zip(content.glyphs, why, strict=True):
        over_edge = reason == "edge" and round(drawn.glyph.baseline) in heights  # the end of a line that is seen
        if not reason or over_edge:
            seen.append(drawn)
        else:
            hidden.append((drawn, "outside" if reason == "edge" else reason))
    return seen, hidden


def _why_hidden(drawn: Drawn, patches: Sequence[Patch], crop: Box) -> str:
    g = drawn.glyph
    if g.size < SMALLEST:
        return "size"
    if drawn.mode == INVISIBLE or drawn.paint.alpha < FAINT:
        return "invisible"
    box = (g.x0, g.top, g.x1, g.bottom)
    if common(box, drawn.paint.clip) is None:
        return "outside"
    if common(box, crop) is None:
        return "edge"
    if drawn.light is not None and drawn.light >= WHITE and not _on_ground(drawn, patches):
        return "white"
    return ""


def _on_ground(drawn: Drawn, patches: Sequence[Patch]) -> bool:
    """Whether anything but white is painted under the glyph: a picture, a pattern, a colour."""
    g = drawn.glyph
    x, y = (g.x0 + g.x1) / 2, (g.top + g.bottom) / 2
    under = [p for p in patches if p.order < drawn.order and p.box[0] <= x <= p.box[2] and p.box[1] <= y <= p.box[3]]
    return any(p.light is None or p.light < WHITE for p in under[-1:])


def _covered(content: PageContent) -> set[int]:
    """The indices of the glyphs over which an opaque area was painted afterwards."""
    later = [p for p in content.patches if p.whole]
    if not later or not content.glyphs:
        return set()
    bands: defaultdict[int, list[int]] = defaultdict(list)
    for k, drawn in enumerate(content.glyphs):
        bands[int((drawn.glyph.top + drawn.glyph.bottom) / 2 // BAND)].append(k)
    out: set[int] = set()
    first = content.glyphs[0].order
    for patch in later:
        x0, top, x1, bottom = patch.box
        if patch.order < first or bottom - top < SMALLEST or x1 - x0 < SMALLEST:
            continue
        for band in range(int(top // BAND), int(bottom // BAND) + 1):
            for k in bands.get(band, ()):
                drawn = content.glyphs[k]
                g = drawn.glyph
                w, h = 0.2 * (g.x1 - g.x0), 0.25 * (g.bottom - g.top)
                inside = x0 <= g.x0 + w and g.x1 - w <= x1 and top <= g.top + h and g.bottom - h <= bottom
                if inside and drawn.order < patch.order:
                    out.add(k)
    return out


def is_scan_layer(content: PageContent, share: float) -> bool:
    """Whether all text is invisible over a picture of the page (its share given): a scan with its own recognised text."""
    return share > 0.6 and bool(content.glyphs) and all(d.mode == INVISIBLE for d in content.glyphs)


def hidden_reports(number: int, hidden: Sequence[tuple[Drawn, str]]) -> list[PageReport]:
    """One finding for each kind of hidden text on the page, with the beginning of what it says."""
    count = Counter(why for d, why in hidden if not d.glyph.text.isspace())
    out = []
    for why, many in sorted(count.items()):
        text = "".join(d.glyph.text for d, w in hidden if w == why and not d.glyph.text.isspace())
        shown = text[:SAMPLE] + ("……" if len(text) > SAMPLE else "")
        out.append(
            PageReport(
                number,
                "warning",
                "hidden-text",
                f"第 {number} 页有 {many} 个字符{_WHY[why]}，未计入正文：{shown}",
                text,
            )
        )
    return out
