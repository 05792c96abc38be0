"""Excel workbooks (.xlsx, .xlsm) -> Source: each sheet a page, its cells as they are shown, each with its name."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from itertools import accumulate, pairwise, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree

import regex as re

from juanzong.core.errors import JuanzongError
from juanzong.core.source import PageReport, Source
from juanzong.read.hashes import file_hash
from juanzong.read.number_format import shown
from juanzong.read.options import ReadOptions
from juanzong.read.printed import PrintedLine, PrintedPage
from juanzong.read.sheet import SheetCell, blocks_of_sheet
from juanzong.read.sheet_rows import own_cells
from juanzong.read.strict_xlsx import transitional
from juanzong.read.writing import write_pages
from juanzong.read.zip_bounds import open_zip

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHARACTER = 5.25  # points: a column's width is given in characters of the default font
WIDTH, HEIGHT = 8.43, 14.0  # characters and points of columns and rows that tell none
MOST_MERGED = 1_000_000  # places under merged cells
SAMPLE = 5  # names of cells, or beginnings of texts, that a finding shows
_DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表|表格)\s*\d*(?:\s*\(\d+\))?", re.IGNORECASE)
_NAMED = re.compile(r"\p{Han}|[A-Za-z]{2,}\s[A-Za-z]")  # words; programs name sheets data, Result_1
_NO_TITLE = re.compile(
    r"(?:附[件表]\d*[:：]?$|[（(]?(?!附)\p{Han}{2,6}[:：]|填[报表]|编制|审核|日期|\d{4}年(?:度|[\d年月日至—\-]*)$)"
)
_MERGED_CELLS = re.compile(rb'<mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_FORMULA_ALONE = re.compile(
    rb'<c [^>]*?\br="([A-Z]+\d+)"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:(?:<v\s*/>|<v></v>)\s*)?</c>'
)


def read_xlsx(path: Path, record_as: str, options: ReadOptions) -> Source:
    """Raises JuanzongError for a damaged or protected file, or where the extra is not installed."""
    try:
        import openpyxl
    except ImportError:
        told = f"{path}: Excel files need one more package; install it: pip install juanzong[office]"
        raise JuanzongError(told) from None
    try:
        with open_zip(path, "Excel file") as archive:
            if _merged_area(archive) > MOST_MERGED:
                told = f"{path}: merged cells over more than {MOST_MERGED:,} places; save the used part alone"
                raise JuanzongError(told)
            uncounted = _formulas_without_values(archive)
            boxes = _text_boxes(archive)
        with warnings.catch_warnings(action="ignore"):  # of what it leaves out of a copy; people get one line
            book = openpyxl.load_workbook(transitional(path), data_only=True)
        sheets = list(book.worksheets)
        pages = [_page(sheet, number, boxes.get(number, [])) for number, sheet in enumerate(sheets, 1)]
    except JuanzongError:
        raise
    except Exception as e:  # openpyxl lets through whatever XML, zipfile and itself raise on a damaged file
        told = f"{path}: the Excel file is damaged ({type(e).__name__}); save it again and give that"
        raise JuanzongError(told) from None
    for number, names in uncounted.items():
        if number <= len(pages):
            told = f"工作表“{sheets[number - 1].title}”有 {len(names)} 个公式没有存下结果，按空格读：{'、'.join(names[:SAMPLE])}"
            pages[number - 1].reports.append(PageReport(number, "warning", "formula-without-value", told))
    return Source(
        path=record_as,
        sha256=file_hash(path),
        media_type=MEDIA_TYPE,
        is_text=False,
        readers=("openpyxl",),
        **write_pages(pages).fields(),
    )


def _page(sheet: Worksheet, number: int, boxes: list[str]) -> PrintedPage:
    """A sheet as a page: what is shown of it, and findings on what is not."""
    xs = _edges([_width(sheet, column) for column in range(1, sheet.max_column + 1)])
    ys = _edges([_height(sheet, row) for row in range(1, sheet.max_row + 1)])
    page = PrintedPage(number, max(1.0, xs[-1]), max(1.0, ys[-1]))
    cells = list(_cells(sheet, xs, ys))
    sheet._cells.clear()  # a workbook refers to itself: it would lie in memory until the collector looks
    if sheet.sheet_state != "visible":
        _tell(page, f"工作表“{sheet.title}”已隐藏", [c for c in cells if c.text])
        return page
    seen = [c for c in cells if c.box[2] > c.box[0] and c.box[3] > c.box[1]]
    hidden = [c for c in cells if c.text and not (c.box[2] > c.box[0] and c.box[3] > c.box[1])]
    if hidden:
        _tell(page, f"工作表“{sheet.title}”的隐藏行列", hidden)
    page.sheet = sheet.title
    page.blocks = blocks_of_sheet(own_cells(seen, page))
    if _is_untitled(page) and _NAMED.search(sheet.title) and not _DEFAULT_NAME.fullmatch(sheet.title.strip()):
        title = PrintedLine(sheet.title.strip(), (0.0, 0.0, page.width, 0.0), HEIGHT, bold=True, centered=True)
        page.blocks.insert(0, title)
    page.blocks += [PrintedLine(text, (0.0, ys[-1], page.width, ys[-1]), HEIGHT) for text in boxes]
    return page


def _is_untitled(page: PrintedPage) -> bool:
    """Whether a table stands on the sheet and nothing that may be its title above it."""
    above = list(takewhile(lambda block: isinstance(block, PrintedLine), page.blocks))
    texts = ["".join(block.text.split()) for block in above if isinstance(block, PrintedLine)]
    return len(above) < len(page.blocks) and all(_NO_TITLE.match(text) for text in texts)


def _tell(page: PrintedPage, what: str, cells: list[SheetCell]) -> None:
    if cells:
        names = "、".join(f"{c.name} {c.text[:12]}" for c in cells[:SAMPLE])
        told = f"{what}有 {len(cells)} 个单元格有内容，未计入正文：{names}"
        page.reports.append(PageReport(page.number, "warning", "hidden-text", told, "\n".join(c.text for c in cells)))


def _edges(sizes: list[float]) -> list[float]:
    """Where columns (or rows) begin, and where the last one ends, in points."""
    out = [0.0]
    for size in sizes:
        out.append(out[-1] + max(0.0, size))
    return out


def _height(sheet: Worksheet, row: int) -> float:
    """A row's height in points; 0 of a hidden one."""
    if row not in sheet.row_dimensions:
        return HEIGHT
    dimension = sheet.row_dimensions[row]
    return 0.0 if dimension.hidden else float(dimension.height or HEIGHT)


def _width(sheet: Worksheet, column: int) -> float:
    """A column's width in points, by its own entry or that of the group of columns that it stands in; 0 of a hidden one."""
    from openpyxl.utils import get_column_letter

    dimensions = sheet.column_dimensions
    letter = get_column_letter(column)
    own = dimensions.get(letter)
    if own is None:
        own = next((d for d in dimensions.values() if d.min and d.max and d.min <= column <= d.max), None)
    if own is not None and own.hidden:
        return 0.0
    usual = sheet.sheet_format.defaultColWidth or WIDTH
    return float((own.width if own is not None else 0) or usual) * CHARACTER


class _Style(NamedTuple):
    """How cells are set; many share one."""

    number_format: str
    ruled: bool
    size: float
    bold: bool
    centered: bool


_PLAIN = _Style("General", ruled=False, size=11.0, bold=False, centered=False)


def _style_of(cell: Any) -> _Style:
    borders = cell.border
    ruled = any(side is not None and side.style for side in (borders.left, borders.right, borders.top, borders.bottom))
    font = cell.font
    centered = cell.alignment.horizontal == "center"
    return _Style(cell.number_format or "General", ruled, float(font.sz or 11), bool(font.b), centered)


def _cells(sheet: Worksheet, xs: list[float], ys: list[float]) -> Iterator[SheetCell]:
    """Every cell with text or rulings, a merged one once, with the text that is shown; hidden rows do not count."""
    from openpyxl.cell.cell import MergedCell

    shown_to = list(accumulate((b > a for a, b in pairwise(ys)), initial=0))  # rows that are shown, up to each

    merged = {(m.min_row, m.min_col): m for m in sheet.merged_cells.ranges}
    styles: dict[bytes, _Style] = {}
    for _, cell in sorted(sheet._cells.items()):  # those that are there, not all that could be
        if isinstance(cell, MergedCell):
            continue
        array = getattr(cell, "_style")  # noqa: B009 (no public name, nor a typed one)
        key = b"" if array is None else array.tobytes()  # none where a link has a place and no cell is
        style = styles.get(key) or styles.setdefault(key, _style_of(cell) if key else _PLAIN)
        text = "" if cell.value is None else shown(cell.value, style.number_format)
        text = "\n".join(line.strip() for line in text.replace("\r", "").split("\n")).strip()
        if not text and not style.ruled:
            continue
        area = merged.get((cell.row, cell.column))
        last_row, last_column = (area.max_row, area.max_col) if area else (cell.row, cell.column)
        last_row, last_column = min(last_row, len(ys) - 1), min(last_column, len(xs) - 1)
        row, column = _first_shown(ys, cell.row, last_row), _first_shown(xs, cell.column, last_column)
        box = (xs[column - 1], ys[row - 1], xs[last_column], ys[last_row])
        wide = sum(xs[c] > xs[c - 1] for c in range(column, last_column + 1))
        deep = max(1, shown_to[last_row] - shown_to[row - 1])
        yield SheetCell(
            text, shown_to[row], column, deep, last_column - column + 1, box, cell.coordinate,
            style.size, style.bold, style.centered and wide > 1, style.ruled,
        )  # fmt: skip


def _first_shown(edges: list[float], first: int, last: int) -> int:
    """The first column (or row) of a merged cell that is not hidden: there it is seen to begin."""
    return next((k for k in range(first, last + 1) if edges[k] > edges[k - 1]), first)


def _formulas_without_values(archive: Any) -> dict[int, list[str]]:
    """Sheet number -> cells whose formula was never calculated (a program wrote the file, and no one opened it)."""
    out = {}
    for number, name in _sheet_parts(archive).items():
        data = archive.read(name)
        if b"<f" in data:
            names = [m[1].decode() for m in _FORMULA_ALONE.finditer(data)]
            if names:
                out[number] = names
    return out


def _merged_area(archive: Any) -> int:
    """How many places all merged cells cover: openpyxl keeps an object for each."""
    area = 0
    for name in _sheet_parts(archive).values():
        for m in _MERGED_CELLS.finditer(archive.read(name)):
            left, top, right, bottom = (g.decode() for g in m.groups())
            area += (_index(right) - _index(left) + 1) * (int(bottom) - int(top) + 1)
    return area


def _index(letters: str) -> int:
    """A column's number by its letters."""
    out = 0
    for c in letters:
        out = 26 * out + ord(c) - 64
    return out


def _sheet_parts(archive: Any) -> dict[int, str]:
    """Sheet number, in the book's order -> its part."""
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return {}
    try:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except ElementTree.ParseError:
        return {}
    targets = {link.get("Id"): str(link.get("Target", "")) for link in links}
    out = {}
    for number, sheet in enumerate(book.iterfind(".//{*}sheet"), 1):
        rid = next((v for k, v in sheet.attrib.items() if str(k).endswith("}id")), None)
        target = targets.get(rid, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in names:
            out[number] = part
    return out


def _text_boxes(archive: Any) -> dict[int, list[str]]:
    """Sheet number -> the paragraphs of the text boxes that lie on it."""
    names, out = set(archive.namelist()), dict[int, list[str]]()
    for number, part in _sheet_parts(archive).items():
        folder, _, name = part.rpartition("/")
        rels = f"{folder}/_rels/{name}.rels"
        if rels not in names:
            continue
        try:
            targets = [str(link.get("Target", "")) for link in ElementTree.fromstring(archive.read(rels))]
            for target in targets:
                drawing = target.lstrip("/") if target.startswith("/") else f"xl/{target.removeprefix('../')}"
                if "drawing" in drawing and drawing.endswith(".xml") and drawing in names:
                    root = ElementTree.fromstring(archive.read(drawing))
                    texts = ["".join(t.text or "" for t in p.iterfind(".//{*}t")) for p in root.iterfind(".//{*}p")]
                    out.setdefault(number, []).extend(t.strip() for t in texts if t.strip())
        except ElementTree.ParseError:
            continue
    return out
