"""The boxes of one page drawn on its image: for debugging readers."""

from __future__ import annotations

from pathlib import Path

from juanzong.core.errors import JuanzongError
from juanzong.read.options import ReadOptions
from juanzong.read.printed import Box

LINE, INDENTED, CENTERED, CELL = (40, 90, 220), (20, 150, 60), (235, 130, 20), (215, 30, 40)
DPI = 110


def draw_page(path: Path, number: int, target: Path) -> int:
    """Read the file, write page `number` (from 1) with its boxes as a PNG; returns how many boxes."""
    from PIL import Image, ImageDraw

    from juanzong.read import read
    from juanzong.read.scan import PageImage, load_image

    options = ReadOptions()
    source = read(path, record_as=path.name, options=options)
    lines = source.text.split("\n")
    boxes: list[tuple[Box, tuple[int, int, int]]] = [(w.bbox, CELL) for w in source.words if w.page == number]
    for text, mark in zip(lines, source.marks, strict=False):
        if mark and mark.page == number and not text.startswith(("<table", "<tr")):
            boxes.append((mark.bbox, CENTERED if mark.centered else INDENTED if text.startswith("    ") else LINE))
    if not boxes:
        last = max((m.page for m in source.marks if m), default=0)
        raise JuanzongError(f"{path}: nothing was read on page {number}; its last page with text is {last}")
    pixels, width, height = load_image(PageImage(path, number - 1, number), options.max_pixels)
    picture = Image.fromarray(pixels[..., ::-1].copy())
    picture.thumbnail((int(width * DPI / 72), int(height * DPI / 72)))
    scale = picture.width / width
    pen = ImageDraw.Draw(picture)
    for (x0, top, x1, bottom), colour in boxes:
        pen.rectangle((x0 * scale, top * scale, x1 * scale, bottom * scale), outline=colour, width=1)
    picture.save(target, format="PNG")
    return len(boxes)
