"""A sheet's cells -> those of its text: a program that reads tables names a column without a name Unnamed: 2, and writes that
out again into the first row; one that prints reports page by page writes the head of each page into the sheet."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

import regex as re

from juanzong.core.source import PageReport
from juanzong.read.printed import PrintedPage
from juanzong.read.sheet import SheetCell

_UNNAMED = re.compile(r"Unnamed: (?P<n>\d{1,4})(?:_level_\d)?")
_PAGE = re.compile(r"第\s*\d+\s*[页頁](?:\s*[，,/]?\s*共\s*\d+\s*[页頁])?")
_ABOVE = 8  # rows among which a table's header stands
_COLUMNS = 3  # that it names at least
_HEAD = 4  # rows of a header that such a program may have read as one


def own_cells(cells: Sequence[SheetCell], page: PrintedPage) -> list[SheetCell]:
    """The cells of a sheet's text; what is left out is told among the page's reports."""
    out = list(cells)
    for without in (_without_unnamed, _without_page_heads):
        out, told = without(out, page.number)
        page.reports += told
    return out


def _without_unnamed(cells: Sequence[SheetCell], page: int) -> tuple[list[SheetCell], list[PageReport]]:
    """The cells without such names at a sheet's head, each of which says the number of its own column, counted from 0 or from
    1; and the report that tells of them."""
    out: list[SheetCell] = []
    gone: list[str] = []
    for cell in cells:
        found = _UNNAMED.fullmatch(cell.text) if cell.row <= _HEAD and cell.text.startswith("Unnamed") else None
        if found is not None and int(found["n"]) in (cell.column - 1, cell.column):
            gone.append(cell.text)
        else:
            out.append(cell)
    if not gone:
        return out, []
    told = f"{len(gone)} 个“{gone[0]}”一类的列名由程序所加，未计入正文"
    return out, [PageReport(page, "info", "unprinted-text", told, "\n".join(gone))]


def _without_page_heads(cells: Sequence[SheetCell], page: int) -> tuple[list[SheetCell], list[PageReport]]:
    """The cells without the rows above a table's header that are printed again, but for the number of the page, before the
    same header further down; what stands below them moves up."""
    rows: defaultdict[int, list[str]] = defaultdict(list)
    for cell in sorted(cells, key=lambda c: (c.row, c.column)):
        if cell.text:
            rows[cell.row].append(cell.text)
    said = sorted(rows)
    header = next((r for r in said[:_ABOVE] if len(rows[r]) >= _COLUMNS), None)
    heads = {_said(rows[r]) for r in said if header is not None and r < header}
    gone: list[int] = []
    run: list[int] = []
    for r in said if heads else ():
        whole = {_said(rows[k]) for k in run} == heads
        if header is not None and r > header and whole and rows[r] == rows[header]:
            gone += range(run[0], r)
        run = [*run, r] if header is not None and r > header and _said(rows[r]) in heads else []
    if not gone:
        return list(cells), []
    texts = [text for r in gone for text in rows.get(r, ())]
    left = set(gone)
    out = [c for c in cells if c.row not in left]
    for cell in out:
        cell.row -= bisect_left(gone, cell.row)
        if header is not None and cell.row < header and (found := _PAGE.search(cell.text)) is not None:
            texts.append(found[0])
            cell.text = (cell.text[: found.start()] + cell.text[found.end() :]).strip()
    told = f"页眉、页脚 {len(heads)} 种，未入正文"
    return out, [PageReport(page, "info", "page-furniture", told, "\n".join(texts))]


def _said(texts: Sequence[str]) -> str:
    return _PAGE.sub("", "".join("".join(texts).split()))
