"""Words that a page paints as pictures, a line in each, as office programs do with faces that they may not or cannot embed:
no text layer holds them. The pictures' soft masks draw them, without ground or rulings, and recognition reads those."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean
from typing import Any, NamedTuple

import regex as re

from juanzong.core.source import PageReport
from juanzong.read import cache
from juanzong.read.ocr_extra import INSTALL, has_ocr
from juanzong.read.pdf_device import Drawn, PageContent, Paint, Picture
from juanzong.read.printed import Box, PrintedPage, around
from juanzong.read.recognized import SeenLine, SeenPage, as_kept
from juanzong.read.scan_page import glyphs_of_line, in_chinese_forms, sizes_of

HIGH = (3.0, 60.0)  # points: a line of type
MOST = 2_000  # pictures on a page; more are a drawing's
INK = (0.03, 0.6)  # share of a mask that letters paint
LOW = 48  # pixels: the height that recognition works in
TOUCH = 0.2  # of the height: pictures that stand so close are one line
SURE = 0.9  # recognition confidence, of a picture's characters on the whole, from which it is words
CHECK = "page-painted-words"
_HAN = re.compile(r"\p{Han}")


class _Candidate(NamedTuple):
    box: Box
    order: int
    image: Any  # black letters on white


def with_painted_words(
    content: PageContent, glyphs: Sequence[Drawn], number: int
) -> tuple[list[Drawn], list[PageReport]]:
    """The page's glyphs with those that its pictures paint, and what is to be told of them."""
    found = _candidates(content, glyphs)
    if not found:
        return list(glyphs), []
    if not has_ocr():
        told = f"第 {number} 页有 {len(found)} 处图形或为文字，须识别而未安装识别程序，未读（{INSTALL}）"
        return list(glyphs), [PageReport(number, "warning", CHECK, told)]
    lines = [line._replace(characters=in_chinese_forms(line.characters)) for line in _read(found)]
    words = [(c, line) for c, line in zip(found, lines, strict=True) if _is_sure(line)]
    if not any(_HAN.search(_text(line)) for _, line in words):
        return list(glyphs), []
    out = list(glyphs)
    for (candidate, line), size in zip(words, sizes_of([line for _, line in words]), strict=True):
        for g in glyphs_of_line(line, size, 1.0):
            out.append(Drawn(g, 0, 1.0, 0, 0.0, 0, Paint(), candidate.order, (g.x0, g.baseline)))
    sample = "".join(_text(line) for _, line in words)
    told = f"第 {number} 页有 {len(words)} 处文字以图形绘出，文字层中没有，由识别读出：{sample[:40]}"
    return out, [PageReport(number, "info", CHECK, told)]


def recognised(pages: Sequence[PrintedPage]) -> bool:
    """Whether words of the pages' text were read from pictures."""
    return any(r.check == CHECK and r.severity == "info" for page in pages for r in page.reports)


def _text(line: SeenLine) -> str:
    return "".join(c.text for c in line.characters)


def _is_sure(line: SeenLine) -> bool:
    said = [c.sure for c in line.characters if not c.text.isspace()]
    return bool(said) and mean(said) >= SURE and any(c.text.isalnum() for c in line.characters)


def _candidates(content: PageContent, glyphs: Sequence[Drawn]) -> list[_Candidate]:
    """The pictures that are as high as a line of type, stand where no text does, and whose mask draws something; those that
    touch are one line."""
    fit = [p for p in content.pictures if HIGH[0] <= p.box[3] - p.box[1] <= HIGH[1] and not _holds_text(p.box, glyphs)]
    if not fit or len(fit) > MOST:
        return []
    lines: list[list[tuple[Picture, Any]]] = []
    for picture in fit:
        mask = _mask(picture)
        if mask is None:
            continue
        if lines and _touch(lines[-1][-1][0].box, picture.box):
            lines[-1].append((picture, mask))
        else:
            lines.append([(picture, mask)])
    return [_in_one(line) for line in lines if any(INK[0] <= float((m > 127).mean()) <= INK[1] for _, m in line)]


def _touch(a: Box, b: Box) -> bool:
    """Whether the second picture goes on where the first one ends, in its height."""
    high = a[3] - a[1]
    return abs(b[0] - a[2]) < TOUCH * high and abs(b[1] - a[1]) < TOUCH * high and abs(b[3] - a[3]) < TOUCH * high


def _in_one(line: Sequence[tuple[Picture, Any]]) -> _Candidate:
    """Pictures that follow one another as one, black letters on white."""
    import numpy as np

    image = 255 - np.concatenate([mask for _, mask in line], axis=1)
    return _Candidate(around([p.box for p, _ in line]), line[0][0].order, np.repeat(image[..., None], 3, axis=2))


def _holds_text(box: Box, glyphs: Sequence[Drawn]) -> bool:
    return any(
        box[0] <= (d.glyph.x0 + d.glyph.x1) / 2 <= box[2]
        and box[1] <= (d.glyph.top + d.glyph.bottom) / 2 <= box[3]
        and not d.glyph.text.isspace()
        for d in glyphs
    )


def _mask(picture: Picture) -> Any:
    """What the soft mask paints (rows x columns, 255 ink), as low as recognition wants it; None where it cannot be unpacked."""
    import cv2
    import numpy as np

    width, height, bits = (int(picture.mask.get(k, 0)) for k in ("Width", "Height", "BitsPerComponent"))
    data = np.frombuffer(picture.mask.get_data(), np.uint8)
    row = (width * bits + 7) // 8
    if bits not in (1, 8) or not width or not height or len(data) < row * height:
        return None
    rows = data[: row * height].reshape(height, row)
    if bits == 1:
        rows = np.unpackbits(rows, axis=1)[:, :width] * np.uint8(255)
    wide = max(1, round((picture.box[2] - picture.box[0]) / (picture.box[3] - picture.box[1]) * LOW))
    return cv2.resize(rows, (wide, LOW), interpolation=cv2.INTER_AREA)


def _read(found: Sequence[_Candidate]) -> list[SeenLine]:
    """What stands in each picture, in points of the page; known again from the cache."""
    import numpy as np

    from juanzong.read.ocr import characters_on

    key = cache.key_of(np.concatenate([c.image.ravel() for c in found]))
    seen = cache.load(key)
    if seen is None or len(seen.lines) != len(found):
        lines = [
            SeenLine(x0, top, x1, bottom, bottom - top, tuple(characters))
            for ((x0, top, x1, bottom), _, _), characters in zip(
                found, characters_on([c.image for c in found]), strict=True
            )
        ]
        seen = as_kept(SeenPage(0, 0, 0, 0.0, tuple(lines), ()))
        cache.store(key, seen)
    return [
        line._replace(x0=c.box[0], y0=c.box[1], x1=c.box[2], y1=c.box[3], height=c.box[3] - c.box[1])
        for c, line in zip(found, seen.lines, strict=True)
    ]
