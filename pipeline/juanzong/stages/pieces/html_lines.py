"""Lines of tables in HTML: where one ends that its tags do not end, and what stands between two parts of one."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.numbering import ANNEX, TABLE_CAPTION, heading_of
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.group_lines import groups_between

HTML_TABLE = re.compile(r"<\s*/?\s*(?:table|tbody|thead|tr|td|th)\b", re.IGNORECASE)
_TAG = re.compile(r"<\s*(?P<close>/?)\s*(?P<name>table|tbody|thead|tr|td|th|caption)\b[^<>]*(?:>|$)", re.IGNORECASE)
_ROW = re.compile(r"<\s*tr\b", re.IGNORECASE)
_CELL = re.compile(r"<\s*t[dh]\b(?P<attributes>[^<>]*)>(?P<text>.*?)(?=<\s*/?\s*t[drh]\b|<\s*/\s*table|$)", re.I | re.S)
_COL_SPAN = re.compile(r"colspan\s*=\s*[\"']?(\d{1,3})", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")
_MOST_LINES_IN_CELL = 40  # without a tag of the table


def html_end(lines: Sequence[Line], i: int) -> int:
    """The index behind the table that begins in line i: behind its end tag; where that is lost, before what cannot
    stand in a table."""
    depth = 0
    inside = False  # a cell is open
    k = i
    while k < len(lines):
        text = lines[k].text
        tags = list(_TAG.finditer(text))
        if lines[k].block is not None:
            return k
        if k > i and not tags:
            if depth == 0:
                return k
            ahead = _next_tag(lines, k)
            if ahead is None or not _stands_in_table(lines, k, ahead, inside):
                return _cut_off(lines, k, inside)
            k = ahead
            continue
        if k > i and depth == 0 and tags[0]["name"].lower() == "table" and not tags[0]["close"]:
            return k
        if k > i and depth > 0 and not inside and tags[0]["name"].lower() == "table" and not tags[0]["close"]:
            return k  # the one before was never closed
        for tag in tags:
            name, closes = tag["name"].lower(), bool(tag["close"])
            if name == "table":
                depth = max(0, depth - 1) if closes else depth + 1
                inside = depth > 0 and closes and inside
            elif name in ("td", "th"):
                inside = not closes
            elif name == "tr":
                inside = False
        k += 1
    return k


def _next_tag(lines: Sequence[Line], k: int) -> int | None:
    """The next line with a tag of a table, near by."""
    return next((j for j in range(k, min(k + _MOST_LINES_IN_CELL, len(lines))) if _TAG.search(lines[j].text)), None)


def _stands_in_table(lines: Sequence[Line], k: int, ahead: int, inside: bool) -> bool:
    """Whether the lines without tags from k up to line `ahead` can stand in the table that is open there."""
    first = _TAG.search(lines[ahead].text)
    if first and first["name"].lower() == "table" and not first["close"] and not (inside and ahead == k):
        return False
    return not any(_ends_table(lines[j]) for j in range(k, ahead))


def _ends_table(line: Line) -> bool:
    """What cannot stand in a table: a heading of Markdown, a chapter or an article, the title of a document or table."""
    bare = line.text.strip()
    head = heading_of(bare)
    return (
        bare.startswith("#")
        or bool(head and head.rank <= 3)
        or bool(ANNEX.fullmatch(bare) or TABLE_CAPTION.match(bare))
        or (bool(el.type_of_title(bare)) and "关于" in bare and not ends_sentence(bare))
    )


def _cut_off(lines: Sequence[Line], k: int, inside: bool) -> int:
    """Where a table ends that is never closed: before line k, or behind the lines that wrap in its last cell."""
    while inside and k < len(lines) and lines[k].blanks == 0 and not _TAG.search(lines[k].text):
        bare = lines[k].text.strip()
        if _ends_table(lines[k]) or heading_of(bare) or ends_sentence(bare):
            break
        k += 1
    return k


def html_group_end(lines: Sequence[Line], i: int, end: int, taken: set[int]) -> int:
    """The table of lines i to end, with the parts behind it that a group row alone in a line parts from it."""
    while end < len(lines):
        j = end
        while j < len(lines) and j - end < 3 and j not in taken and not HTML_TABLE.search(lines[j].text):
            j += 1
        if j in (end, len(lines)) or j in taken or not HTML_TABLE.search(lines[j].text):
            return end
        stop = html_end(lines, j)
        before, after = _cells(lines[i:end]), _cells(lines[j:stop])
        if not before or not after or not groups_between(lines, end, j, before, after):
            return end
        end = stop
    return end


def _cells(lines: Sequence[Line]) -> list[list[str]]:
    """What the cells of the rows say, roughly; a cell over several columns stands in each."""
    rows = []
    for piece in _ROW.split("\n".join(line.text for line in lines))[1:]:
        row: list[str] = []
        for cell in _CELL.finditer(piece):
            span = _COL_SPAN.search(cell["attributes"])
            row += [_ANY_TAG.sub("", cell["text"]).strip()] * min(int(span[1]) if span else 1, 50)
        if row:
            rows.append(row)
    return rows
