"""Docling's JSON (DoclingDocument) -> Source: the body in reading order, page furniture where it stands."""
from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.errors import JuanzongError
from pipeline.read.hashes import file_hash
from pipeline.read.json_file import load_json
from pipeline.read.options import ReadOptions
from pipeline.read.printed import Box, PrintedCell
from pipeline.read.tool_text import A4, NOWHERE, Place, ToolText
from pipeline.source import Source

_HEADINGS = ("title", "section_header")
_LISTS = ("texts", "tables", "groups", "pictures", "key_value_items", "form_items")


def read_docling(path: Path, record_as: str, options: ReadOptions) -> Source:
    """Raises JuanzongError where the document holds no text."""
    data = load_json(path)
    out = ToolText()
    heights = {int(k): float(p["size"]["height"]) for k, p in (data.get("pages") or {}).items()
               if k.isdigit() and isinstance(p, dict) and isinstance(p.get("size"), dict)}
    seen: set[str] = set()
    for name in ("body", "furniture"):
        for item in _in_order(data, data.get(name) or {}, seen):
            _write(out, item, heights)
    for name in ("texts", "tables"):                           # what no tree names still comes out
        for item in data.get(name) or []:
            if isinstance(item, dict) and item.get("self_ref") not in seen:
                _write(out, item, heights)
    if not out.writing.lines:
        raise JuanzongError(f"{path}: no text in Docling's output; export it again")
    return Source(path=record_as, sha256=file_hash(path), media_type="application/json", is_text=False,
                  readers=("docling",), **out.writing.fields())


def _in_order(data: dict[str, Any], node: dict[str, Any], seen: set[str]) -> list[dict[str, Any]]:
    """The items below a node, depth first, captions before their table; each once."""
    out: list[dict[str, Any]] = []
    stack = list(reversed(_references(node)))
    while stack:
        reference = stack.pop()
        item = _item(data, reference)
        if item is None or reference in seen:
            continue
        seen.add(reference)
        out += [c for c in (_item(data, r) for r in _claim(item.get("captions"), seen)) if c]
        out.append(item)
        out += [c for c in (_item(data, r) for r in _claim(item.get("footnotes"), seen)) if c]
        stack += reversed(_references(item))
    return out


def _claim(references: Any, seen: set[str]) -> list[str]:
    found = [r["$ref"] for r in references or [] if isinstance(r, dict) and r.get("$ref") not in seen]
    seen.update(found)
    return found


def _references(node: dict[str, Any]) -> list[str]:
    return [c["$ref"] for c in node.get("children") or [] if isinstance(c, dict) and isinstance(c.get("$ref"), str)]


def _item(data: dict[str, Any], reference: str) -> dict[str, Any] | None:
    """What a reference like #/texts/3 names, or None."""
    parts = reference.split("/")
    if len(parts) != 3 or parts[1] not in _LISTS or not parts[2].isdigit():
        return None
    items = data.get(parts[1]) or []
    item = items[int(parts[2])] if int(parts[2]) < len(items) else None
    return item if isinstance(item, dict) else None


def _place(item: dict[str, Any], heights: dict[int, float]) -> Place | None:
    for where in item.get("prov") or []:
        page = where.get("page_no")
        if isinstance(page, int):
            return page, _box(where.get("bbox"), heights.get(page, A4[1])) or (0.0, 0.0, *A4)
    return None


def _box(raw: Any, height: float) -> Box | None:
    try:
        left, top, right, bottom = (float(raw[k]) for k in ("l", "t", "r", "b"))
    except (TypeError, KeyError, ValueError):
        return None
    if raw.get("coord_origin", "TOPLEFT") == "BOTTOMLEFT":
        top, bottom = height - top, height - bottom
    return (left, min(top, bottom), right, max(top, bottom))


def _write(out: ToolText, item: dict[str, Any], heights: dict[int, float]) -> None:
    place = _place(item, heights)
    cells = item.get("data", {}).get("table_cells") if isinstance(item.get("data"), dict) else None
    if cells:
        out.table(_rows(cells, heights.get(place[0], A4[1]) if place else A4[1]), place)
        return
    text = item.get("text")
    if not isinstance(text, str):
        return
    marker = item.get("marker")
    number = f"{marker} " if item.get("enumerated") and isinstance(marker, str) and marker else ""
    out.paragraph(number + text, place, heading=item.get("label") in _HEADINGS)


def _rows(cells: list[Any], height: float) -> list[list[PrintedCell]]:
    """Docling's cells, each once, by the row and column they begin in."""
    placed = sorted((c for c in cells if isinstance(c, dict)),
                    key=lambda c: (c.get("start_row_offset_idx", 0), c.get("start_col_offset_idx", 0)))
    count = max((int(c.get("end_row_offset_idx", c.get("start_row_offset_idx", 0) + 1)) for c in placed), default=0)
    rows: list[list[PrintedCell]] = [[] for _ in range(min(count, 100_000))]
    for c in placed:
        cell = PrintedCell(_box(c.get("bbox"), height) or NOWHERE, " ".join(str(c.get("text") or "").split()),
                           max(1, int(c.get("row_span") or 1)), max(1, int(c.get("col_span") or 1)))
        rows[int(c.get("start_row_offset_idx", 0))].append(cell)
    return rows
