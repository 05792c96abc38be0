"""A table of Word -> its rows of cells; and where a floating table stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from juanzong.language.form_lines import is_of_form
from juanzong.language.labels import TABLE_NOTE
from juanzong.read.docx_parts import Element, is_on, value_of, whole_number
from juanzong.read.printed import PrintedCell
from juanzong.read.tool_text import NOWHERE

_WRAPPERS = ("sdt", "sdtContent", "customXml", "ins", "moveTo")
_LINE = 312  # twentieths of a point: a line of 12 points set at 1.3
_CHARACTERS = 35  # of a line of running text
_SLIVER = 113  # twentieths of a point, 2 mm: columns at the edge that are no wider stand for rows drawn a little longer
_FRAMED, _MOSTLY = 4, 0.6  # paragraphs of a frame round a text, and the share of the text that it holds
_MOST_SPAN = 63  # columns of a table of Word, at most

Paragraphs = Callable[[Element], str]


def rows_of_table(table: Element, text_of: Paragraphs, gone: list[str]) -> list[list[PrintedCell]]:
    """The cells, each once; vertical merges become row spans, the paragraphs of a cell its lines. `text_of` reads a
    paragraph; the text of deleted and hidden rows, and of deleted cells, is added to `gone`."""
    rows: list[list[PrintedCell]] = []
    above: dict[int, PrintedCell] = {}
    widths = [whole_number(column.get("w")) for column in table.iterfind("tblGrid/gridCol")]
    for tr in _inside(table, "tr"):
        properties = tr.find("trPr")
        if properties is not None and (properties.find("del") is not None or is_on(properties, "hidden")):
            gone.append("".join(t.text or "" for t in tr.iter() if t.tag in ("t", "delText")))
            continue
        row: list[PrintedCell] = []
        column = min(_MOST_SPAN, max(0, whole_number(value_of(properties, "gridBefore"))))
        if column:
            row.append(PrintedCell(NOWHERE, "", 1, column))
        last: PrintedCell | None = None  # the row's last cell, where it begins in this row
        for tc in _inside(tr, "tc"):
            cell_properties = tc.find("tcPr")
            if cell_properties is not None and cell_properties.find("cellDel") is not None:
                gone += filter(None, ["".join(t.text or "" for t in tc.iter() if t.tag in ("t", "delText"))])
                continue
            span = min(_MOST_SPAN, max(1, whole_number(value_of(cell_properties, "gridSpan"), 1)))
            text = "\n".join(_lines(tc, text_of))
            upper = above.get(column)
            if row and _goes_on(cell_properties, "hMerge"):
                row[-1].col_span += span
                row[-1].text = "\n".join(filter(None, (row[-1].text, text)))
            elif upper is not None and _goes_on(cell_properties, "vMerge"):
                upper.row_span += 1
                upper.text = "\n".join(filter(None, (upper.text, text)))
                last = None
            else:
                last = above[column] = PrintedCell(NOWHERE, text, 1, span)
                row.append(last)
            column += span
        if last is not None and sum(widths[column:]) <= _SLIVER:
            last.col_span += max(0, len(widths) - column)
        rows.append(row)
    return rows


def heads_of_table(table: Element) -> int:
    """How many rows at its top are marked as its header, which Word prints again on every page."""
    n = 0
    for tr in _inside(table, "tr"):
        properties = tr.find("trPr")
        gone = properties is not None and (properties.find("del") is not None or is_on(properties, "hidden"))
        if not gone and not is_on(properties, "tblHeader"):
            break
        n += not gone
    return n


def _goes_on(properties: Element | None, merge: str) -> bool:
    """Whether a cell is the rest of a merged one: beside it (`hMerge`) or above it (`vMerge`)."""
    found = properties.find(merge) if properties is not None else None
    return found is not None and found.get("val", "continue") == "continue"


def _inside(container: Element, tag: str) -> Iterator[Element]:
    """The rows of a table, or the cells of a row, also those in content controls."""
    for child in container:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _lines(cell: Element, text_of: Paragraphs) -> Iterator[str]:
    """The lines of a cell: its paragraphs, and the cells of tables in it."""
    for child in cell:
        if child.tag == "p":
            yield from (bare for line in text_of(child).split("\n") if (bare := " ".join(line.split())))
        elif child.tag == "tbl":
            for tr in _inside(child, "tr"):
                yield from (line for tc in _inside(tr, "tc") for line in _lines(tc, text_of))
        elif child.tag in _WRAPPERS:
            yield from _lines(child, text_of)


def framed(table: Element, container: Element) -> list[Element]:
    """The cells of a table that is but a frame: one round the text of its container, or one in each row, with tables in
    them; none of another table."""
    rows = [list(_inside(row, "tc")) for row in _inside(table, "tr")]
    cells = [cell for row in rows for cell in row]
    if len(cells) == len(rows) and any(True for cell in cells for _ in _inside(cell, "tbl")):
        return cells
    if len(cells) != 1:
        return []
    texts = ["".join(t.text or "" for t in p.iter("t")).strip() for p in _inside(cells[0], "p")]
    said = sum(map(len, texts))
    whole = sum(len((t.text or "").strip()) for t in container.iter("t"))
    return cells if sum(map(bool, texts)) >= _FRAMED and said >= _MOSTLY * whole else []


def float_down(blocks: Sequence[Element]) -> list[Element]:
    """The blocks, each floating table below the paragraphs beside whose text it is set: it is anchored to the paragraph
    behind it in the file and stands `tblpY` below that one's top (ECMA-376, 17.4.57)."""
    out = list(blocks)
    for table in [b for b in blocks if b.tag == "tbl"]:
        place = table.find("tblPr/tblpPr")
        down = whole_number(place.get("tblpY")) if place is not None and place.get("vertAnchor") == "text" else 0
        at = out.index(table)
        k, top = at + 1, 0
        while k < len(out) and out[k].tag == "p" and 2 * top + _height(out[k]) <= 2 * down and not _is_below(out[k]):
            top += _height(out[k])
            k += 1
        out.insert(k - 1, out.pop(at))
    return out


def _is_below(paragraph: Element) -> bool:
    """Whether a paragraph says what stands under tables alone: a note, who drew up the form."""
    text = "".join(t.text or "" for t in paragraph.iter("t"))
    return TABLE_NOTE.match(text) is not None or is_of_form(text.strip())


def _height(paragraph: Element) -> int:
    length = sum(len(t.text or "") for t in paragraph.iter("t"))
    return _LINE * max(1, -(-length // _CHARACTERS))
