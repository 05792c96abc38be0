"""Tables in HTML that a group row alone in a line parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.stages.pieces.group_lines import groups_between
from juanzong.stages.pieces.table_tags import Extent

HTML_TABLE = re.compile(r"<\s*/?\s*(?:table|tbody|thead|tr|td|th)\b", re.IGNORECASE)
_ROW = re.compile(r"<\s*tr\b", re.IGNORECASE)
_CELL = re.compile(r"<\s*t[dh]\b(?P<attributes>[^<>]*)>(?P<text>.*?)(?=<\s*/?\s*t[drh]\b|<\s*/\s*table|$)", re.I | re.S)
_COL_SPAN = re.compile(r"colspan\s*=\s*[\"']?(\d{1,3})", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")
_MOST_ALONE = 3  # lines between two parts
_WIDEST = 50  # columns that a span is counted for


def html_group_end(lines: Sequence[Line], i: int, tables: Mapping[int, Extent], taken: set[int]) -> int:
    """The index behind the table in HTML that begins in line i, with the parts behind it that a group row alone in a
    line parts from it. `tables`: the tables by the line in which they begin."""
    table = tables[i]
    end = table.end.line + 1
    while (j := _next_table(end, tables, taken, lines)) is not None:
        inside = not table.closed and not tables[j].opened
        before, after = _cells(lines[i:end]), _cells(lines[j : tables[j].end.line + 1])
        if not before or not after or not groups_between(lines, end, j, before, after, inside=inside):
            break
        table = tables[j]
        end = table.end.line + 1
    return end


def _next_table(end: int, tables: Mapping[int, Extent], taken: set[int], lines: Sequence[Line]) -> int | None:
    """The line in which the next table begins, behind a line or a few that are nothing else."""
    j = end
    while j < len(lines) and j - end < _MOST_ALONE and j not in taken and j not in tables and lines[j].block is None:
        j += 1
    return j if j > end and j in tables else None


def _cells(lines: Sequence[Line]) -> list[list[str]]:
    """What the cells of the rows say, roughly; a cell over several columns stands in each."""
    rows = []
    for piece in _ROW.split("\n".join(line.text for line in lines))[1:]:
        row: list[str] = []
        for cell in _CELL.finditer(piece):
            span = _COL_SPAN.search(cell["attributes"])
            row += [_ANY_TAG.sub("", cell["text"]).strip()] * min(int(span[1]) if span else 1, _WIDEST)
        if row:
            rows.append(row)
    return rows
