"""What is filled into a PDF's form fields and typed over its pages: printed with the page, but no part of its text layer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex as re
from pdfminer.pdftypes import dict_value, list_value, resolve1
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import decode_text

from juanzong.read.glyphs import Glyph, half_widths
from juanzong.read.pdf_device import Drawn, PageDevice, Paint

HIDDEN = 0b100010  # annotation flags: Hidden, NoView
MULTILINE = 1 << 12  # flag of a text field
PASSWORD = 1 << 13
TYPE = (6.0, 12.0)  # points: smallest and largest type of a field that says nothing of it
DEEP = 30  # parents of a field; more refer to themselves
_SIZE = re.compile(r"([\d.]+)\s+Tf")
_TICKS = {True: "☑", False: "☐"}


def filled_in(page: Any, device: PageDevice) -> Iterator[Drawn]:
    """The glyphs of the page's form fields and typed notes, laid out in their boxes. `page`: pdfminer's, drawn on `device`."""
    for ref in list_value(resolve1(page.annots) or []):
        try:
            annotation = dict_value(ref)
            kind = literal_name(annotation.get("Subtype"))
            flags = int(resolve1(annotation.get("F", 0)) or 0)
            if flags & HIDDEN or kind not in ("Widget", "FreeText"):
                continue
            text, lines = (_contents(annotation), True) if kind == "FreeText" else _value(annotation)
            if text.strip():
                yield from _laid_out(text, lines, annotation, page, device)
        except Exception:  # a damaged field costs itself
            device.damage("field")


def _inherited(field: dict[str, Any], key: str) -> Any:
    """A field's entry, its own or that of one of its parents."""
    for _ in range(DEEP):
        if key in field:
            return resolve1(field[key])
        if "Parent" not in field:
            return None
        field = dict_value(field["Parent"])
    return None


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return str(decode_text(value))
    return str(value.name) if isinstance(value, PSLiteral) else value if isinstance(value, str) else ""


def _contents(annotation: dict[str, Any]) -> str:
    return _text(resolve1(annotation.get("Contents", b"")))


def _value(field: dict[str, Any]) -> tuple[str, bool]:
    """What is printed in the field, and whether over several lines."""
    kind = _inherited(field, "FT")
    flags = int(_inherited(field, "Ff") or 0)
    name = literal_name(kind) if kind is not None else ""
    if name == "Btn":
        if flags & (1 << 16):  # a push button
            return "", False
        state = resolve1(field.get("AS", _inherited(field, "V")))
        return _TICKS[state is not None and _text(state) not in ("Off", "")], False
    if name not in ("Tx", "Ch") or flags & PASSWORD:
        return "", False
    value = _inherited(field, "V")
    if isinstance(value, list):
        return "、".join(_text(resolve1(v)) for v in value), False
    return _text(value), name == "Tx" and bool(flags & MULTILINE)


def _laid_out(text: str, lines: bool, annotation: dict[str, Any], page: Any, device: PageDevice) -> Iterator[Drawn]:
    """Each character in its place, as a reader program sets it: from the left, in the middle of its line."""
    x0, y0, x1, y1 = (float(resolve1(v)) for v in list_value(annotation["Rect"]))
    origin_x, origin_y = page.mediabox[0], page.mediabox[1]
    left, top, right, bottom = device.box_of(x0 - origin_x, y0 - origin_y, x1 - origin_x, y1 - origin_y)
    height = max(1.0, bottom - top)
    told = _SIZE.search(_text(_inherited(annotation, "DA")) or "")
    size = float(told[1]) if told else 0.0
    if size <= 0:
        size = min(TYPE[1], max(TYPE[0], 0.7 * height)) if not lines else TYPE[1]
    rows = _wrapped(text, (right - left) / size) if lines else [" ".join(text.split("\n"))]
    y = top + 2 if lines else top + (height - size) / 2
    for row in rows:
        x = left + 2
        for c in row:
            width = size * half_widths(c) / 2
            device.order += 1
            glyph = Glyph(c, x, y, x + width, y + size, size, y + 0.85 * size, "field")
            yield Drawn(glyph, ord(c), width / size, 0, 0.0, 0, Paint(), device.order, (x, y + 0.85 * size))
            x += width
        y += 1.2 * size


def _wrapped(text: str, ems: float) -> list[str]:
    out = []
    for paragraph in re.split(r"\r\n?|\n", text):
        row, room = "", 2 * ems
        for c in paragraph:
            if row and half_widths(row + c) > room:
                out.append(row)
                row = ""
            row += c
        out.append(row)
    return out
