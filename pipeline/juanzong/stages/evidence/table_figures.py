"""Tables of indicators -> the figures they state, each with its year and whether it is a target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex as re

from juanzong.core import tree
from juanzong.core.traced import Traced
from juanzong.language.text import fold
from juanzong.stages.evidence.prints import Print
from juanzong.stages.evidence.statements import (
    Bound,
    Statement,
    Status,
    first_year,
    home_of,
    region_of,
    status_of,
    year_after,
)
from juanzong.stages.tables.values import unit_in

_YEAR = re.compile(r"(?:19|20)\d{2}(?=年|\D|$)")
_NO_VALUE = re.compile(r"年均|增长|增速|增幅|累计|比重变化|变动|变化|属性|单位|序号|责任|备注|较|比上年|排名|位次")
_TARGET = re.compile(r"目标|规划[值数]|预期|计划")
_ACTUAL = re.compile(r"完成|实际|实现|现状|基期|基数|达到|基准")
_FIGURE = re.compile(
    r"\s*(?P<sign>[≥≤><＞＜≧≦]|约|大于|小于|超过|不低于|不高于)?\s*(?P<value>-?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[%‰％])?\s*(?P<tail>左右|以上|以下|以内|及以上)?\s*"
)
_YEARS = frozenset({"年份", "年度", "年"})  # the name of a column of years
_VALUES = frozenset({"数值", "数量", "指标值", "实际值", "完成值", "统计值"})  # ... of figures
_PAST = re.compile(r"历年|历史|统计")  # a table of what was
_KIND = re.compile(r"属性|指标(?:性质|类型)")
_INDICATORS = re.compile(r"指标")
_SERIAL = re.compile(
    r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)]|\d{1,3}\s?[.．、](?!\d)|[①-⑳]|[一二三四五六七八九十]{1,3}、|其中[:：]?)\s*"
)
_ENDING = re.compile(r"[（(][^（）()]{1,10}[）)]$")
_NO_NAME = re.compile(r"(?:合计|总计|小计|其他|其中|备注|\d+|.*(?:省|市|县|区|镇|乡))$")
_OVER, _OVER_TAILS = (*"≥>＞≧", "大于", "超过", "不低于"), ("以上", "及以上")
_UNDER, _UNDER_TAILS = (*"≤<＜≦", "小于", "不高于"), ("以下", "以内")

Slot = tuple[Traced, bool]


@dataclass
class Sheet:
    """A table's header and body as slots; `table` is the one that has the caption."""

    document: tree.Document
    table: tree.Table
    head: list[list[Slot]]
    body: list[list[Slot]]


def sheets(prints: Sequence[Print]) -> list[Sheet]:
    """The tables that may hold figures; a piece with no header and no caption goes on with the table before it."""
    out: list[Sheet] = []
    for p in prints:
        slots = p.slots
        rows = p.header_rows
        while rows < min(len(slots), 3) and _is_head(slots[rows]):  # a header that was taken for rows
            rows += 1
        last = out[-1] if out else None
        if rows:
            out.append(Sheet(p.document, p.table, slots[:rows], slots[rows:]))
        elif last and last.document is p.document and not p.table.caption and _width(last.head) == _width(slots):
            last.body += slots
    return out


def _width(slots: Sequence[Sequence[Slot]]) -> int:
    return max(map(len, slots), default=0)


def _is_head(line: Sequence[Slot]) -> bool:
    """Whether a row that no header was found in names columns: a year or two, and no figure."""
    texts = [t.text for t, begins in line if begins and t]
    return any(_YEAR.search(t) and "年" in t for t in texts) and not any(_FIGURE.fullmatch(t) for t in texts)


def table_figures(sheet: Sheet) -> Iterator[Statement]:
    """Every figure that stands in a column of a year, in a row that names an indicator with its unit."""
    caption, document = sheet.table.caption.text, sheet.document
    region = region_of(caption) or home_of(document)
    names = _names(sheet.head)
    start = _start(caption, document, names)
    columns = _columns(names, start) or _column_of_caption(names, caption or document.title.text, start)
    if region is None:
        return
    named = bool(_INDICATORS.search("".join(names) + caption))
    if not columns:
        yield from _figures_of_years(sheet, names, region, None if _PAST.search(caption) else start)
        return
    unit_column = next((c for c, n in enumerate(names) if n in ("单位", "计量单位")), None)
    for r, line in enumerate(sheet.body):
        label, unit = _label(sheet.body, r, min(columns), unit_column)
        unit = unit or (fold(sheet.table.unit.text) or None if named else None)
        if len(label) < 2 or _NO_NAME.fullmatch(label) or not (unit or named):
            continue
        for c, (year, status) in columns.items():
            if (stated := _stated(sheet, line, c, (region, label, year, status), unit)) is not None:
                yield stated


def _stated(
    sheet: Sheet, line: Sequence[Slot], c: int, of: tuple[str, str, str, Status], unit: str | None
) -> Statement | None:
    """The figure that a cell of a row states."""
    m = _FIGURE.fullmatch(line[c][0].text) if c < len(line) and line[c][1] else None
    if m is None or m["sign"] == "约" or m["tail"] == "左右":  # an estimate contradicts nothing
        return None
    text = line[c][0][m.start("value") : m.end("value")]
    value, own = fold(m["value"]).replace(",", ""), fold(m["unit"] or "")
    return Statement(sheet.document, text, *of, value, own or unit, _bound(m), True)


def _figures_of_years(sheet: Sheet, names: Sequence[str], region: str, start: int | None) -> Iterator[Statement]:
    """The figures of a table with a year in each row: its columns name the indicators, each with its unit."""
    first = next((c for c, n in enumerate(names) if n in _YEARS), None)
    if first is None or first > 1:
        return
    indicators = {c: (_ENDING.sub("", n), unit) for c, n in enumerate(names) if c > first and (unit := unit_in(n))}
    for line in sheet.body:
        said = fold(line[first][0].text) if first < len(line) else ""
        when = _columns([said], start).get(0) if _YEAR.match(said) else None
        for c, (label, unit) in indicators.items() if when else ():
            if _NO_VALUE.search(label) or len(label) < 2:
                continue
            if when and (stated := _stated(sheet, line, c, (region, label, *when), unit)) is not None:
                yield stated


def _column_of_caption(names: Sequence[str], caption: str, start: int | None) -> dict[int, tuple[str, Status]]:
    """The one column of figures of a table whose caption names the year."""
    found = [c for c, n in enumerate(names) if n in _VALUES]
    if len(found) != 1 or _TARGET.search(caption) or re.search(r"[-—–~至]", caption):
        return {}
    year = _columns([caption], start).get(0)
    return {found[0]: year} if year else {}


def _start(caption: str, document: tree.Document, names: Sequence[str]) -> int | None:
    """The year in which the plan begins that a table belongs to; one that tells what was reached stands at its end. Of a
    plan that names no years, the year after the first of a table that tells what kind of goals its figures are."""
    start = first_year(caption) or first_year(document.title.text)
    if re.search("完成|实现情况", caption):
        return start + 5 if start is not None else None
    years = [int(y) for n in names for y in _YEAR.findall(n)]
    of_goals = min(years) + 1 if years and any(_KIND.search(n) for n in names) else None
    return start or year_after(document) or of_goals


def _bound(m: re.Match[str]) -> Bound | None:
    """Whether a figure is the least or the most of what it states."""
    if m["sign"] in _OVER or m["tail"] in _OVER_TAILS:
        return "over"
    return "under" if m["sign"] in _UNDER or m["tail"] in _UNDER_TAILS else None


def _names(head: Sequence[Sequence[Slot]]) -> list[str]:
    """What stands above each column, from the top; a merged cell counts once."""
    width = max(map(len, head))
    out = []
    for c in range(width):
        texts = dict.fromkeys(fold(line[c][0].text) for line in head if c < len(line))
        out.append("".join(texts))
    return out


def _columns(names: Sequence[str], start: int | None) -> dict[int, tuple[str, Status]]:
    """{column: (year, what its figures are)} of the columns that hold figures of a year."""
    out: dict[int, tuple[str, Status]] = {}
    for c, name in enumerate(names):
        years = _YEAR.findall(name)
        if len(set(years)) != 1 or _NO_VALUE.search(name):
            continue
        status: Status = (
            "actual" if _ACTUAL.search(name) else "target" if _TARGET.search(name) else status_of(years[0], start)
        )
        out[c] = (years[0], status)
    return out


_ORDINAL = re.compile(r"[\d一二三四五六七八九十]{1,3}")


def _label(body: Sequence[Sequence[Slot]], r: int, first: int, unit_column: int | None) -> tuple[str, str | None]:
    """(the indicator, its unit) of a row: the last of its leading cells, the rest of one that a page cut put to it."""
    line = body[r]
    last = r
    while last + 1 < len(body) and _goes_on(body, last, first):
        last += 1
    cells: list[str] = []
    for c in range(min(first, len(line))):
        if c == unit_column:
            continue
        parts = dict.fromkeys(
            id(t) for row in body[r : last + 1] if c < len(row) for t, begins in [row[c]] if begins or row is line
        )
        texts = {id(row[c][0]): row[c][0].text for row in body[r : last + 1] if c < len(row)}
        text = fold("".join(texts[i] for i in parts))
        if text and text not in cells and not _ORDINAL.fullmatch(text):
            cells.append(text)
    if not cells:
        return "", None
    unit = next((u for text in reversed(cells) if (u := unit_in(text))), None)
    if unit is None and unit_column is not None and unit_column < len(line):
        unit = fold(line[unit_column][0].text) or None
    inner = cells[-1].startswith(("#", "其中")) and len(cells) > 1
    name = _SERIAL.sub("", cells[-1], count=1) if _SERIAL.match(cells[-1]) else cells[-1]
    if unit_in(name):
        name = _ENDING.sub("", name)
    if inner:
        name = _ENDING.sub("", _SERIAL.sub("", cells[-2], count=1)) + name
    return name, unit


def _goes_on(body: Sequence[Sequence[Slot]], r: int, first: int) -> bool:
    """Whether the row below only goes on with this row's label: all its figures stand in cells that begin above."""
    above, below = body[r], body[r + 1]
    values = range(first, min(len(above), len(below)))
    return (
        bool(values)
        and all(below[c][0] is above[c][0] and not below[c][1] for c in values)
        and any(below[c][1] and below[c][0] for c in range(min(first, len(below))))
    )
