"""An imprint (版记) that is set as a table, for the rules above and below its lines: its rows are lines."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.core.traced import Traced
from juanzong.language import elements as el
from juanzong.stages.pieces.table_tags import TABLE_TAG, table_tags

_SAYS = ("印发", "印制", "抄送", "抄报")
_MOST_CELLS = 10
_LONGEST = 200  # characters of a cell
_BAR = re.compile(r"\s*\|\s*")
_DELIMITER = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*")
_CELL = re.compile(r"[\t|]|<[^<>]*>")
_NAME = "imprint-table"


def part_imprints(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines, those of such tables without tags, bars and tabs."""
    said = [
        i
        for i, line in enumerate(lines)
        if any(map(line.text.__contains__, _SAYS)) and (line.tabular or _CELL.search(line.text))
    ]
    if not said:
        return list(lines)
    extents = [(e.begin.line, e.end.line + 1) for e in table_tags(lines).tables]
    out = list(lines)
    parted: dict[int, list[Line]] = {}
    for i in said:
        begin, end = next((e for e in extents if e[0] <= i < e[1]), None) or _rows_round(lines, i)
        if begin not in parted and _is_imprint(lines[begin:end]):
            rows = [row for line in lines[begin:end] for row in _rows_of(line, ledger)]
            parted.update({k: [] for k in range(begin, end)} | {begin: rows})
    return [row for i, line in enumerate(out) for row in parted.get(i, [line])]


def _rows_round(lines: Sequence[Line], i: int) -> tuple[int, int]:
    """The rows in bars or tabs, or of the table that the reader knows, that line i stands among."""
    begin, end = i, i + 1
    if lines[i].block is not None:
        own = [
            k
            for k in range(max(0, i - _MOST_CELLS), min(len(lines), i + _MOST_CELLS + 1))
            if lines[k].block is lines[i].block
        ]
        return own[0], own[-1] + 1
    while begin and not lines[begin].blanks and _CELL.search(lines[begin - 1].text):
        begin -= 1
    while end < len(lines) and not lines[end].blanks and _CELL.search(lines[end].text):
        end += 1
    return begin, end


def _is_imprint(rows: Sequence[Line]) -> bool:
    """Whether all that stands in the cells is what an imprint says, the printing among it."""
    cells = [c for line in rows if not _DELIMITER.fullmatch(line.text) for c in _CELL.split(line.text)]
    said = [c.strip() for c in cells if c.strip()]
    printed = any("印" in c for c in said)
    return printed and len(said) <= _MOST_CELLS and all(len(c) <= _LONGEST and _is_of_imprint(c) for c in said)


def _is_of_imprint(text: str) -> bool:
    return bool(el.is_of_imprint(text) or el.printed_on(text) or el.is_organ(text) or el.is_date(text))


def _rows_of(line: Line, ledger: Ledger) -> list[Line]:
    """What a line says, row by row: blanks between the cells of one."""
    if _DELIMITER.fullmatch(line.text):
        ledger.drop_ranges(line.traced.strip(), _NAME, category="format")
        return []
    if "<" not in line.text:
        text = line.text.rstrip()
        bars = [
            (m.start(), m.end(), "  " if m.start() > 0 and m.end() < len(text) else "") for m in _BAR.finditer(text)
        ]
        tabs = [(k, k + 1, "  ") for k, sign in enumerate(text) if sign == "\t" and text[:k].strip()]
        row = ledger.replace_all(line.traced[: len(text)], bars or tabs, _NAME)
        return [line._replace(block=None).holding(row.strip())]
    out: list[Line] = []
    at = 0
    row = Traced()
    for m in TABLE_TAG.finditer(line.text):
        row = Traced((*row.runs, *line.traced[at : m.start()].runs))
        at = m.end()
        tag = line.traced[m.start() : m.end()]
        if m["name"].lower() in ("td", "th") and not m["close"] and row.text.strip():
            row = Traced((*row.runs, *ledger.replace(tag, 0, len(tag), "  ", _NAME).runs))
            continue
        ledger.drop_ranges(tag, _NAME, category="format")
        if m["name"].lower() == "tr" and row.text.strip():
            out.append(line.holding(row.strip(), 0 if out else line.blanks))
            row = Traced()
    row = Traced((*row.runs, *line.traced[at:].runs))
    return [*out, line.holding(row.strip(), 0 if out else line.blanks)] if row.text.strip() else out
