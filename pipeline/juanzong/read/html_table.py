"""A table of a web page, or of a tool's HTML -> its rows, and what stands in it that is no cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import regex as re

from juanzong.read.glyphs import raised_text
from juanzong.read.html_mend import mended
from juanzong.read.html_tree import Element, is_code, is_hidden, parse_fragment, walk
from juanzong.read.printed import PrintedCell
from juanzong.read.tool_text import NOWHERE, Place, ToolText

_GROUPS = ("tbody", "thead", "tfoot")
_FIGURES = re.compile(r"\s*\+?(\d{1,9})")
_NEW_LINE = re.compile(
    r"address|blockquote|[bh]r|caption|center|d[dlt]|div|fieldset|h[1-6]|li|[ou]l|p|pre|section|table|tr"
)
_HEADING = re.compile(r"h[1-6]")
_BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")
_MOST_SPAN = 1000  # HTML Standard, 4.9.11
_FORM_LABEL = re.compile(r"[\p{Han}\w（）()、/ ]{2,16}[:：]?")  # of a form's cell to fill in
_COLUMNS = 2  # a table of fewer only places things on the page
_HEAD = 40  # characters of a form's title, or of what heads a group of its rows
_PAGE_SHARE, _PAGE_LENGTH = (
    0.8,
    300,
)  # one cell with so much of a table's text, and so many characters, is a page's frame


class Rows(NamedTuple):
    """Rows of a table that follow one another; the first `heads` of them are its header by their tags."""

    rows: list[list[PrintedCell]]
    heads: int = 0


class Loose(NamedTuple):
    """Text that stands in no cell."""

    text: str
    caption: bool = False


Part = Rows | Element | str
"""Rows; a caption or another element that is no row; text that stands between rows."""


def parts_of(table: Element) -> list[Part]:
    """The table's parts in order: what stands between its rows and is no row ends it there, as a lost end tag left it."""
    out: list[Part] = []
    for part in _parts(table):
        if isinstance(part, list):
            last = out[-1] if out else None
            if isinstance(last, Rows):
                last.rows.append(part)
            else:
                out.append(Rows([part], 0 if any(isinstance(p, Rows) for p in out) else _heads(table)))
        elif not isinstance(part, str) and is_hidden(part):
            out.insert(max(0, len(out) - 1), part)  # it ends nothing
        else:
            out.append(part)
    return out


def _heads(table: Element) -> int:
    """How many rows at the top are in a thead, or of th alone.

    >>> _heads(parse_fragment("<table><thead><tr><td>甲<tbody><tr><th>乙<th>丙<tr><th>丁<td>1</table>").find(".//table"))
    2
    """
    of_head = {tr for group in table if group.tag == "thead" for tr in _own_rows(group)}
    n = 0
    for tr in _own_rows(table):
        cells = [cell.tag for cell in tr if cell.tag in ("td", "th")]
        if tr not in of_head and (not cells or "td" in cells):
            break
        n += 1
    return n


def _is_foot(part: Element) -> bool:
    """Whether it is shown below the other rows, wherever it is written; not where text follows it, as at a lost end tag."""
    return part.tag == "tfoot" and not (part.tail or "").strip()


def _parts(group: Element) -> Iterator[list[PrintedCell] | Element | str]:
    if (group.text or "").strip():
        yield group.text
    for child in sorted(group, key=_is_foot):
        if is_code(child) or is_hidden(child):
            if is_hidden(child):
                yield child
        elif child.tag in _GROUPS:
            yield from _parts(child)
        elif child.tag == "tr":
            yield from _row(child)
        elif child.tag not in ("colgroup", "col", "br") and (child.text or len(child)):
            yield child
        if (child.tail or "").strip():
            yield child.tail


def _row(tr: Element) -> Iterator[list[PrintedCell] | Element | str]:
    """The row, then what stands in it behind its cells; loose words between two cells are the first one's, where that is
    empty, else a cell of their own."""
    cells: list[PrintedCell] = []
    rest: list[Element | str] = [tr.text] if (tr.text or "").strip() else []
    last = next((child for child in reversed(tr) if child.tag in ("td", "th")), None)
    for child in tr:
        if child.tag in ("td", "th") and not is_hidden(child):
            cells.append(
                PrintedCell(NOWHERE, cell_text(child), _span(child.get("rowspan")), _span(child.get("colspan")))
            )
        elif not is_code(child) and (child.text or len(child)):
            rest.append(child)
        if not (loose := (child.tail or "").strip()):
            continue
        if not cells or child is last:
            rest.append(loose)
        elif cells[-1].text:  # its start tag was lost
            cells.append(PrintedCell(NOWHERE, _line(loose)))
        else:  # ended twice
            cells[-1] = replace(cells[-1], text=_line(loose))
    yield cells
    yield from rest


def _line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def cell_text(cell: Element) -> str:
    """A cell's text: its paragraphs, items, broken lines and the cells of a table in it in lines of their own.

    >>> cell_text(parse_fragment("<p>甲 </p>乙<br>丙<ul><li>丁<li>戊</ul><table><tr><td>1<td>2</table>10<sup>4</sup>"))
    '甲\\n乙\\n丙\\n丁\\n戊\\n1\\n2\\n10⁴'
    """
    out = ""
    raised = 0
    for what, text, _ in walk(cell):
        if what == "text":
            bare = _BLANKS.sub(" ", text)
            out += raised_text(bare.strip()) if raised and bare.strip() else bare
        elif _NEW_LINE.fullmatch(text) or text in ("td", "th"):
            out += "\n"
        elif text == "sup":
            raised += 1 if what == "open" else -1 if what == "close" else 0
    return "\n".join(line for part in out.split("\n") if (line := _BLANKS.sub(" ", part).strip()))


def frames_page(table: Element, parts: list[Part]) -> bool:
    """Whether the table only places things on the page: one column, headings or whole tables in it, or nearly all of
    its text in one cell."""
    rows = [row for part in parts if isinstance(part, Rows) for row in part.rows]
    if _is_blank_form(table, rows):
        return False
    lengths = [len(cell.text) for row in rows for cell in row]
    if max((sum(bool(c.text) for c in row) for row in rows), default=0) < _COLUMNS:
        return True
    cells = [el for el in table.iter() if el.tag in ("td", "th")]
    inner = {el: tag for cell in cells for what, tag, el in walk(cell) if what == "open"}
    tables = [el for el, tag in inner.items() if tag == "table"]
    if any(_HEADING.fullmatch(tag) for tag in inner.values()):
        return True
    if tables and sum(bool(n) for n in lengths) < 4 * len(tables) and not _has_rows(table):
        return True
    return max(lengths) >= max(_PAGE_LENGTH, _PAGE_SHARE * sum(lengths)) and not _is_labelled(table, rows)


def _is_labelled(table: Element, rows: list[list[PrintedCell]]) -> bool:
    """Whether the rows are labels, each with what belongs to it, however long one is: rows of one width, three or more
    that begin with a short name, the others short, and no links."""
    widths = {sum(cell.col_span for cell in row) for row in rows}
    if len(widths) != 1 or any(el.tag in ("a", "img", "input") for el in table.iter()):
        return False
    named = [len(row) > 1 and bool(_FORM_LABEL.fullmatch(row[0].text) and row[1].text) for row in rows]
    others = (cell for row, is_named in zip(rows, named, strict=True) if not is_named for cell in row)
    return sum(named) > _COLUMNS and all(len(cell.text) <= _HEAD for cell in others)


def _is_blank_form(table: Element, rows: list[list[PrintedCell]]) -> bool:
    """Whether the rows, two or more, are labels with empty cells to fill in: as many cells in each, no links, no tables."""
    widths = {sum(cell.col_span for cell in row) for row in rows}
    if len(rows) < _COLUMNS or len(widths) != 1 or widths.pop() < _COLUMNS:
        return False
    filled = [[cell.text for cell in row if cell.text] for row in rows]
    return (
        all(len(texts) == 1 and _FORM_LABEL.fullmatch(texts[0]) for texts in filled)
        and all(row[0].text for row in rows)
        and not any(el.tag in ("a", "img", "input") or (el is not table and el.tag == "table") for el in table.iter())
    )


def _has_rows(table: Element) -> bool:
    """Whether at least two rows are of several cells with words and without tables in them: no page is framed so."""
    rows = [[cell for cell in tr if cell.tag in ("td", "th")] for tr in _own_rows(table)]
    plain = [
        row
        for row in rows
        if sum(bool(cell_text(cell)) for cell in row) >= _COLUMNS
        and not any(cell.find(".//table") is not None for cell in row)
    ]
    return len(plain) >= _COLUMNS


def _own_rows(group: Element) -> Iterator[Element]:
    for child in group:
        if child.tag == "tr":
            yield child
        elif child.tag in _GROUPS:
            yield from _own_rows(child)


def html_parts(html: str) -> Iterator[Rows | Loose]:
    """The tables in a piece of HTML, and the texts that stand in none of their cells, in order.

    >>> html = "<table><caption>表1</caption><tr><td rowspan=2>甲</td><td>乙</td></tr></table>注：略"
    >>> caption, table, note = html_parts(html)
    >>> caption, [(c.text, c.row_span) for c in table.rows[0]], note.text
    (Loose(text='表1', caption=True), [('甲', 2), ('乙', 1)], '注：略')
    """
    run = ""
    for what, text, element in walk(parse_fragment(mended(html)[0]), whole=frozenset({"table"})):
        if what == "text":
            run += text
        elif _NEW_LINE.fullmatch(text):
            yield from _loose(run)
            run = ""
        if what == "whole":
            for part in parts_of(element):
                if isinstance(part, Rows):
                    yield part
                elif isinstance(part, str):
                    yield from _loose(part)
                else:
                    yield from _loose(cell_text(part), part.tag == "caption")
    yield from _loose(run)


def write_html(out: ToolText, html: str, place: Place | None) -> int:
    """A tool's table in HTML, all of it at one place; how many of its rows hold text."""
    filled = 0
    for part in html_parts(html):
        if isinstance(part, Rows):
            out.table(part.rows, place, heads=part.heads)
            filled += sum(any(cell.text for cell in row) for row in part.rows)
        else:
            out.paragraph(part.text, place, kind="caption" if part.caption else "paragraph")
    return filled


def _loose(text: str, caption: bool = False) -> Iterator[Loose]:
    bare = " ".join(text.split())
    if bare:
        yield Loose(bare, caption)


def _span(value: str | None) -> int:
    """A span as browsers read it: the figures at its head, whatever follows them.

    >>> _span("2;"), _span(" 3 "), _span("0"), _span("x"), _span(None)
    (2, 3, 1, 1, 1)
    """
    m = _FIGURES.match(value or "")
    return min(_MOST_SPAN, max(1, int(m[1]))) if m else 1
