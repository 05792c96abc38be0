"""Pieces of WordprocessingML that python-docx has no words for: footnotes, tables with spans, styles of official print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from juanzong.model import Table
from juanzong.output.controls import without_controls
from juanzong.output.grid import PlacedCell, placed_cells, table_size
from juanzong.output.sheet_size import column_widths, row_heights

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
TEXT_WIDTH = 8845  # twips: the 156 mm of a GB/T 9704 page
WIDE_WIDTH = 12757  # twips: 225 mm, the same page turned

_MARGINS = "<w:tblCellMar>{}</w:tblCellMar>".format(
    "".join(
        f'<w:{side} w:w="{w}" w:type="dxa"/>' for side, w in (("top", 40), ("left", 60), ("bottom", 40), ("right", 60))
    )
)  # twips
_WHOLE = 150.0  # points: a row as high as this may be cut by a page
_COLUMN = 105.0  # twips: half a character of table-text, 10.5 points
# name: (font, half points, bold, alignment, first line indent in 1/100 characters, space before in points)
_STYLES: dict[str, tuple[str, int, bool, str, int, int]] = {
    "Normal": ("仿宋_GB2312", 32, False, "both", 0, 0),
    "Body Text": ("仿宋_GB2312", 32, False, "both", 200, 0),
    "Title": ("方正小标宋简体", 44, False, "center", 0, 0),
    "Heading 1": ("黑体", 32, False, "both", 200, 0),
    "Heading 2": ("楷体_GB2312", 32, False, "both", 200, 0),
    "Heading 3": ("仿宋_GB2312", 32, True, "both", 200, 0),
    **{f"Heading {n}": ("仿宋_GB2312", 32, False, "both", 200, 0) for n in range(4, 10)},
    "Caption": ("黑体", 28, False, "center", 0, 6),
}
_OWN_STYLES: dict[str, tuple[str, int, bool, str, int, int]] = {
    "letterhead": ("方正小标宋简体", 68, False, "center", 0, 0),
    "doc-number": ("仿宋_GB2312", 32, False, "center", 0, 6),
    "mark": ("黑体", 32, False, "left", 0, 0),
    "annex-number": ("黑体", 32, False, "left", 0, 0),
    "cover": ("仿宋_GB2312", 32, False, "center", 0, 0),
    "approval": ("楷体_GB2312", 32, False, "center", 0, 6),
    "addressees": ("仿宋_GB2312", 32, False, "both", 0, 14),
    "attachment": ("仿宋_GB2312", 32, False, "both", 200, 28),
    "attachment-more": ("仿宋_GB2312", 32, False, "both", 500, 0),
    "signatory": ("仿宋_GB2312", 32, False, "right", 0, 28),
    "date": ("仿宋_GB2312", 32, False, "right", 0, 0),
    "annotation": ("仿宋_GB2312", 32, False, "both", 200, 0),
    "imprint": ("仿宋_GB2312", 28, False, "both", 0, 0),
    "about": ("仿宋_GB2312", 21, False, "left", 0, 0),
    "contents-title": ("黑体", 32, False, "center", 0, 0),
    "contents-line": ("仿宋_GB2312", 32, False, "left", 0, 0),
    "box-title": ("黑体", 28, False, "center", 0, 6),
    "box-text": ("仿宋_GB2312", 28, False, "both", 200, 0),
    "table-text": ("仿宋_GB2312", 21, False, "left", 0, 0),
    "table-head": ("黑体", 21, False, "center", 0, 0),
    "table-unit": ("仿宋_GB2312", 24, False, "right", 0, 0),
    "table-note": ("仿宋_GB2312", 24, False, "left", 0, 0),
    "picture": ("仿宋_GB2312", 24, False, "left", 0, 0),
    "note": ("仿宋_GB2312", 21, False, "left", 0, 0),
}
_BOXED = {"box-title", "box-text"}
_BOX = "".join(
    f'<w:{side} w:val="single" w:sz="8" w:space="4" w:color="000000"/>' for side in ("top", "left", "bottom", "right")
)


def set_styles(document: Any) -> None:
    """The document's styles as GB/T 9704 sets type; ours are made by name."""
    from docx.enum.style import WD_STYLE_TYPE

    for name, form in _STYLES.items():
        _dress(document.styles[name], *form)
    for name, form in _OWN_STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        _dress(style, *form)
        if name in _BOXED:
            style.element.get_or_add_pPr().append(_xml(f"<w:pBdr {NS}>{_BOX}</w:pBdr>"))


def _dress(style: Any, font: str, size: int, bold: bool, align: str, indent: int, before: int) -> None:
    element = style.element
    for tag in ("rPr", "pPr"):
        for old in element.findall(f"{{{NS[9:-1]}}}{tag}"):
            element.remove(old)
    points = {32: 28, 28: 24}.get(size)  # the standard's lines for size 3 and 4 type; others as their type needs
    line = f'w:line="{points * 20}" w:lineRule="exact"' if points else 'w:line="264" w:lineRule="auto"'
    level = ""
    if style.name.startswith("Heading "):
        level = f'<w:outlineLvl w:val="{int(style.name[8:]) - 1}"/>'
    keep = "<w:keepNext/>" if style.name.startswith("Heading ") or style.name in ("Caption", "box-title") else ""
    element.append(
        _xml(
            f'<w:pPr {NS}>{keep}<w:spacing w:before="{before * 20}" w:after="0" {line}/>'
            f'<w:ind w:firstLineChars="{indent}" w:firstLine="{indent * size // 10}"/>'
            f'<w:jc w:val="{align}"/>{level}</w:pPr>'
        )
    )
    color = "C00000" if style.name == "letterhead" else "555555" if style.name == "about" else "000000"
    weight = '<w:b w:val="1"/>' if bold else '<w:b w:val="0"/>'
    element.append(
        _xml(
            f'<w:rPr {NS}><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>{weight}'
            f'<w:i w:val="0"/><w:color w:val="{color}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        )
    )


def _xml(text: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(text)


def runs(pieces: Sequence[tuple[str, bool, list[int]]]) -> str:
    """Runs of text, plain or bold, with references to footnotes (by number, from 1)."""
    out = []
    for text, bold, notes in pieces:
        out.append(_run(text, "<w:rPr><w:b/></w:rPr>" if bold else ""))
        out += [
            f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{n}"/></w:r>'
            for n in notes
        ]
    return "".join(out)


def _run(text: str, look: str) -> str:
    parts = without_controls(text).split("\n")
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(p)}</w:t>' for p in parts)
    return f"<w:r>{look}{inner}</w:r>" if text else ""


def paragraph(style_id: str, content: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/></w:pPr>{content}</w:p>'


def footnotes_part(texts: Sequence[str]) -> bytes:
    """The footnotes part: the two separators that Word wants, then the notes, numbered from 1."""
    notes = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:pPr><w:pStyle w:val="note"/></w:pPr>'
        f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>{_run(" " + text, "")}</w:p></w:footnote>'
        for n, text in enumerate(texts, 1)
    )
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{n}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for n, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {NS}>{lines}{notes}</w:footnotes>'.encode()


def table_xml(table: Table, width: int, content: Callable[[PlacedCell], list[str]]) -> str:
    """The table with its spans; `content` gives the runs of each paragraph of a cell. `width` in twips."""
    rows, columns = table_size(table)
    texts = [(p.row, p.column, p.down, p.right, p.value.text) for p in placed_cells(table)]
    natural = column_widths(texts, columns, width / _COLUMN)
    widths = [max(1, int(w * width / sum(natural))) for w in natural]
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    lines: list[list[tuple[int, str]]] = [[] for _ in range(rows)]
    for p in placed_cells(table):
        style = "table-head" if p.row < table.header_rows else "table-text"
        inner = "".join(paragraph(style, c) for c in content(p)) or paragraph(style, "")
        for k in range(p.down):
            merge = "" if p.down == 1 else '<w:vMerge w:val="restart"/>' if k == 0 else "<w:vMerge/>"
            span = f'<w:gridSpan w:val="{p.right}"/>' if p.right > 1 else ""
            wide = sum(widths[p.column : p.column + p.right])
            cell = f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
            lines[p.row + k].append((p.column, cell + (inner if k == 0 else paragraph(style, "")) + "</w:tc>"))
    heights = row_heights(
        texts, [w / _COLUMN for w in widths], rows
    )  # text of a merged cell is shared out over its rows
    body = "".join(
        _row(sorted(line), r < table.header_rows, height, widths)
        for r, (line, height) in enumerate(zip(lines, heights, strict=True))
    )
    return (
        f'<w:tbl {NS}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>{_MARGINS}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'
    )


def _row(cells: list[tuple[int, str]], head: bool, height: float, widths: list[int]) -> str:
    look = f'<w:trHeight w:val="{int(height * 22)}" w:hRule="atLeast"/>'
    look = ("<w:cantSplit/>" if height < _WHOLE else "") + look + ("<w:tblHeader/>" if head else "")
    if not cells:  # a row needs a cell
        empty = paragraph("table-text", "")
        cells = [(0, f'<w:tc><w:tcPr><w:tcW w:w="{widths[0]}" w:type="dxa"/></w:tcPr>{empty}</w:tc>')]
    return f"<w:tr><w:trPr>{look}</w:trPr>{''.join(xml for _, xml in cells)}</w:tr>"
