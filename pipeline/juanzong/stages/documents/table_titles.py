"""Items -> items: an annex's mark and a title that stand in the first rows of a table are taken out of it, as if each had
its own line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.core.traced import Traced
from juanzong.language import elements as el
from juanzong.language.text import fold
from juanzong.stages.pieces.items import Item

STAGE = "documents"
_MOST_ROWS = 3
_OPENING = re.compile(r"\s*(?:<\s*(?:table|thead|tbody)\b[^<>]*>\s*)*", re.IGNORECASE)
_ROW = re.compile(
    r"<\s*tr\b[^<>]*>\s*<\s*t[dh]\b[^<>]*>(?:<p>|\s)*(?P<cell>[^<>]+?)(?:</p>|\s)*<\s*/\s*t[dh]\s*>\s*"
    r"(?:<\s*t[dh]\b[^<>]*>\s*<\s*/\s*t[dh]\s*>\s*)*<\s*/\s*tr\s*>\s*",
    re.IGNORECASE,
)
_PLAIN_ROW = re.compile(r"[\s|]*(?P<cell>[^|\t]*[^|\s])[\s|]*$")


@dataclass
class _Row:
    """A row of one cell: lines[line].text[start:end] is all of it, text[a:b] what it says."""

    line: int
    start: int
    end: int
    a: int
    b: int
    said: str


def part_table_titles(items: Sequence[Item], ledger: Ledger) -> list[Item]:
    """Items in order. A table begins a document where its first row is an annex's mark, or where nothing but such a
    mark stands before it and its first row is a title."""
    out: list[Item] = []
    for item in items:
        before = next((x for x in reversed(out) if not x.rule), None)
        rows = _single_rows(item.lines) if item.kind == "table" and not item.rule else []
        n = _how_many(rows, before)
        out += _parted(item, rows[:n], ledger) if n and n < _MOST_ROWS + 1 else [item]
    return out


def _how_many(rows: Sequence[_Row], before: Item | None) -> int:
    """How many of a table's first rows are mark and title."""
    if not rows:
        return 0
    marked = bool(el.ANNEX_MARK.match(rows[0].said))
    titled = rows[1:2] if marked else rows[:1]
    alone = before is None or (before.kind == "text" and bool(el.ANNEX_MARK.match(before.s)))
    if not marked and not alone:
        return 0
    is_title = bool(titled) and el.may_be_title(titled[0].said) and (marked or el.noun_of(titled[0].said) is not None)
    return marked + is_title


def _single_rows(lines: Sequence[Line]) -> list[_Row]:
    """The first rows of a table that have one cell with words in it; others must follow."""
    out: list[_Row] = []
    for k, line in enumerate(lines):
        html = "<" in line.text and not line.tabular
        if not html:
            m = _PLAIN_ROW.match(line.text)
            if m is None or len(out) >= _MOST_ROWS:
                return out
            out.append(_Row(k, 0, len(line.text), m.start("cell"), m.end("cell"), m["cell"]))
            continue
        opening = _OPENING.match(line.text)
        at = opening.end() if opening else 0
        while (m := _ROW.match(line.text, at)) and len(out) < _MOST_ROWS:
            out.append(_Row(k, m.start(), m.end(), m.start("cell"), m.end("cell"), m["cell"]))
            at = m.end()
        if line.text[at:].strip():
            return out
    return []  # nothing but such rows: a frame round text


def _parted(item: Item, rows: Sequence[_Row], ledger: Ledger) -> list[Item]:
    """The rows as texts of their own, and the table without them."""
    lines = list(item.lines)
    out: list[Item] = []
    for k, row in enumerate(rows):
        line = item.lines[row.line]
        for a, b in ((row.start, row.a), (row.b, row.end)):
            ledger.drop_ranges(line.cut(a, b), "table-tag", stage=STAGE, category="format")
        text = line.cut(row.a, row.b)
        first = k == 0
        piece = Item([line], text, text.text, fold(text.text), page_break=first and item.page_break)
        piece.blanks = item.blanks if first else 0
        out.append(piece)
    for index in {row.line for row in rows}:
        own = [row for row in rows if row.line == index]
        line = item.lines[index]
        rest: Traced = line.traced[: own[0].start] + line.traced[own[-1].end :]
        lines[index] = line.holding(rest)
    left = [line for line in lines if line.text.strip()]
    out.append(
        replace(item, lines=left, fragments=[left], page_break=False, blanks=0, s=left[0].text, key=fold(left[0].text))
    )
    return out
