"""Lines -> where tables in HTML begin and end, and which table tags belong to none.

Tags are damaged as often as words are: closed twice, never closed, cut off with the page, left behind after a
paragraph. A table therefore begins where a row or cell can be seen to follow, and ends at the latest where something
stands that cannot stand in it; every other table tag is stray."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

import regex as re

from juanzong.core.lines import Line
from juanzong.core.table_ends import TableTag, early_ends
from juanzong.language import elements as el
from juanzong.language.numbering import heading_of

_NAMES = r"table|thead|tbody|tfoot|tr|td|th|caption|colgroup|col"
# a tag, or what is left of one at its line's end (its attributes may go on in the next line)
TABLE_TAG = re.compile(
    rf"<\s*(?P<close>(?:\\?/|\\)?)\s*(?P<name>{_NAMES})(?:\b(?![-:])|(?=(?:row|col)span\s*=))[^<>]*(?:>|$|(?=<))",
    re.IGNORECASE,
)
_CELLS = ("td", "th")
_MOST_WRAPPED = 12  # lines that a cell without an end tag may hold; the longest seen in print has nine
_MOST_CLOSED = 60  # lines that a cell with its end tag may hold
_LONGEST_LOST = 20  # characters of a first cell; a sentence before a stray end of a cell is longer
# the attributes of a tag that goes over into the next lines: all of a line, or the rest of the tag with its end
_ATTRIBUTES = re.compile(r"(?:\s*[A-Za-z][\w:-]*\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s<>\"']+))*\s*(?P<end>>)?")
_FEWEST_BARS = 3  # of a row of two cells
_MOST_OF_TAG = 8  # lines of one
CUT_TAG = re.compile(r"<\s*/?\s*[A-Za-z]{0,8}$")  # “<”, “</t”: what is left of a tag where a table was cut off


class Spot(NamedTuple):
    """A place in the lines: index of the line, character in its text."""

    line: int
    at: int


class _Tag(NamedTuple):
    begin: Spot
    end: Spot
    name: str
    closes: bool


class Extent(NamedTuple):
    """One table in HTML: from the first character of its first tag to behind its last one, or to the end of the cell
    that was cut off with it."""

    begin: Spot
    end: Spot
    opened: bool  # it begins with <table>
    closed: bool  # it ends with </table>


class TableTags(NamedTuple):
    """The tables, in order, and the tags that belong to none (first and last character behind it)."""

    tables: list[Extent]
    strays: list[tuple[Spot, Spot]]


@lru_cache(maxsize=8192)  # three passes ask for the same lines
def _tags_in(text: str) -> list[tuple[int, int, str, bool]]:
    return [(*m.span(), m["name"].lower(), bool(m["close"])) for m in TABLE_TAG.finditer(text)]


def table_tags(lines: Sequence[Line]) -> TableTags:
    """Which stretches of the lines are tables in HTML; every table tag is in one of them or stray."""
    tags = [
        _Tag(Spot(i, begin), Spot(i, end) if line.text[end - 1] == ">" else _end_of(lines, i, end), name, close)
        for i, line in enumerate(lines)
        if line.block is None and "<" in line.text
        for begin, end, name, close in _tags_in(line.text)
    ]
    tables: list[Extent] = []
    early = [tag for tag in tags if _is_of_pipes(lines[tag.begin.line].text)]
    early += _early_ends(lines, [tag for tag in tags if tag not in early] if early else tags)
    strays: list[tuple[Spot, Spot]] = [(tag.begin, tag.end) for tag in early]
    tags = [tag for tag in tags if tag not in early] if early else tags
    k = 0
    while k < len(tags):
        if _begins_table(lines, tags, k):
            extent, k = _table_from(lines, tags, k)
            tables.append(extent)
        elif _ends_first_cell(lines, tags, k):
            extent, k = _table_from(lines, tags, k)
            tables.append(extent._replace(begin=Spot(extent.begin.line, 0)))
        else:
            tag = tags[k]
            begin = strays.pop()[0] if strays and strays[-1][1] == tag.begin else tag.begin
            strays.append((begin, tag.end))
            k += 1
    return TableTags(tables, sorted(strays))


def _is_of_pipes(text: str) -> bool:
    """Whether a line is a row of a Markdown table: what stands in it of a table in HTML is left over.

    >>> [_is_of_pipes(s) for s in ("| 东坪站 | <td>新建 |", "<td>| 东 | 西 |</td>", "| 东 | <table><tr><td>西</td></tr></table> |")]
    [True, False, False]
    """
    bare = text.strip()
    return bare[:1] == "|" == bare[-1:] and bare.count("|") >= _FEWEST_BARS and "<table" not in bare.lower()


def lines_of_tables(tables: Sequence[Extent]) -> set[int]:
    """The indices of the lines that tables in HTML stand in."""
    return {i for table in tables for i in range(table.begin.line, table.end.line + 1)}


def _end_of(lines: Sequence[Line], i: int, end: int) -> Spot:
    """Where a tag ends that stands in line i up to `end`: below, where its attributes have lines of their own."""
    if end < len(lines[i].text):
        return Spot(i, end)
    for j in range(i + 1, min(i + _MOST_OF_TAG, len(lines))):
        m = _ATTRIBUTES.match(lines[j].text) if lines[j].block is None and not lines[j].blanks else None
        if m is not None and m["end"]:
            return Spot(j, m.end())
        if m is None or m.end() < len(lines[j].text):
            break
    return Spot(i, end)


def _early_ends(lines: Sequence[Line], tags: Sequence[_Tag]) -> list[_Tag]:
    """The tags that say a table ends within one of its rows."""
    if not any(tag.name == "table" and tag.closes for tag in tags):
        return []
    said = [False, *(a.name == "table" and a.closes and _said(lines, a.end, b.begin) for a, b in pairwise(tags))]
    return [
        tags[i] for i in sorted(early_ends([TableTag(t.name, t.closes, s) for t, s in zip(tags, said, strict=True)]))
    ]


def _begins_table(lines: Sequence[Line], tags: Sequence[_Tag], k: int) -> bool:
    """Whether a cell follows the tag, nothing but tags of rows before it; the cell itself must be seen to end."""
    before: _Tag | None = None
    for j in range(k, len(tags)):
        tag = tags[j]
        if (before is None and tag.closes) or (before is not None and _said(lines, before.end, tag.begin)):
            return False
        if tag.name in _CELLS and not tag.closes:
            alone = before is None and j + 1 < len(tags) and any(map(_ends_table, _between(lines, tag, tags[j + 1])))
            return j + 1 < len(tags) and not alone and _goes_on(lines, tag, tags[j + 1], open_cell=True)
        if tag.name == "table" and before is not None:
            return False
        if tag.name == "caption":
            return True
        before = tag
    return False


def _ends_first_cell(lines: Sequence[Line], tags: Sequence[_Tag], k: int) -> bool:
    """Whether the tag ends a cell whose beginning was lost with that of its table: words stand before it in its line, and
    right behind it a cell begins and ends."""
    tag, begins_line = tags[k], k == 0 or tags[k - 1].end.line < tags[k].begin.line
    if tag.name not in _CELLS or not tag.closes or not begins_line or k + 2 >= len(tags):
        return False
    said = lines[tag.begin.line].text[: tag.begin.at].strip()
    below, after = tags[k + 1], tags[k + 2]
    return (
        0 < len(said) <= _LONGEST_LOST
        and ">" not in said  # the rest of a tag
        and (below.name, below.closes, after.name, after.closes) == (tag.name, False, tag.name, True)
        and below.begin == tag.end
        and after.begin.line == tag.begin.line
    )


def _table_from(lines: Sequence[Line], tags: Sequence[_Tag], k: int) -> tuple[Extent, int]:
    """The table that begins with tag k, and the first tag behind it."""
    first = last = tags[k]
    opened = first.name == "table"
    depth, open_cell = 1, first.name in _CELLS
    for j in range(k + 1, len(tags)):
        tag = tags[j]
        nests = open_cell and _same_block(lines, last.end, tag.begin)
        if (tag.name == "table" and not tag.closes and not nests) or not _goes_on(lines, last, tag, open_cell):
            return Extent(first.begin, _end_of_cut(lines, last.end, open_cell), opened, False), j
        last = tag
        if tag.name == "table":
            depth += -1 if tag.closes else 1
            open_cell = tag.closes
            if depth == 0:
                return Extent(first.begin, tag.end, opened, True), j + 1
        elif tag.name in (*_CELLS, "caption"):
            open_cell = not tag.closes
        elif tag.name == "tr":
            open_cell = False
    return Extent(first.begin, _end_of_cut(lines, last.end, open_cell), opened, False), len(tags)


def _goes_on(lines: Sequence[Line], last: _Tag, tag: _Tag, open_cell: bool) -> bool:
    """Whether what stands between two neighbouring tags may stand in one table."""
    if last.end.line == tag.begin.line:
        return True
    if not open_cell:
        return not _said(lines, last.end, tag.begin)
    said = _between(lines, last, tag)
    if tag.closes and tag.name == last.name:
        return len(said) <= _MOST_CLOSED
    return len(said) <= _MOST_WRAPPED and not any(map(_ends_table, said))


def _between(lines: Sequence[Line], last: _Tag, tag: _Tag) -> list[Line]:
    """The lines below a tag that say something before the next."""
    return [
        lines[i]
        for i in range(last.end.line + 1, tag.begin.line + 1)
        if i < tag.begin.line or lines[i].text[: tag.begin.at].strip()
    ]


def _same_block(lines: Sequence[Line], end: Spot, begin: Spot) -> bool:
    """Whether no blank line parts two places."""
    return not any(lines[i].blanks for i in range(end.line + 1, begin.line + 1))


def _end_of_cut(lines: Sequence[Line], end: Spot, open_cell: bool) -> Spot:
    """Where a table ends that was not closed: what stands behind its last tag on that line is its last cell, or a
    piece of a tag."""
    text = lines[end.line].text
    rest = text[end.at :]
    cut = CUT_TAG.search(rest)
    return Spot(end.line, len(text)) if open_cell or (cut and not rest[: cut.start()].strip()) else end


def _ends_table(line: Line) -> bool:
    """Whether a line cannot stand in a cell: a heading by a tool's mark or a chapter, a title or annex mark that
    stands by itself."""
    text = line.text.strip()
    if re.match(r"#{1,6}\s", text):
        return True
    head = heading_of(text)
    if head is not None and head.rank <= 3:
        return True
    return line.blanks > 0 and bool(el.type_of_title(text) or el.ANNEX_MARK.match(text))


def _said(lines: Sequence[Line], begin: Spot, end: Spot) -> bool:
    """Whether there is text between two places."""
    for i, line in enumerate(islice(lines, begin.line, end.line + 1), begin.line):
        a = begin.at if i == begin.line else 0
        b = end.at if i == end.line else len(line.text)
        if line.text[a:b].strip():
            return True
    return False
