"""Lines of a table to rows of cells, in whatever syntax the transcription wrote them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.core.traced import Traced
from juanzong.stages.tables.blanks import blank_rows, lone_rows
from juanzong.stages.tables.drawn import grid_rows, is_part_rule
from juanzong.stages.tables.html import html_rows, html_texts, inline, inline_texts
from juanzong.stages.tables.printed import printed_rows
from juanzong.stages.tables.raw import RawCell, RawRow, Syntax
from juanzong.stages.tables.typed import typed_rows, typed_texts
from juanzong.stages.tables.wrapped import join_wrapped

_HTML = re.compile(r"<\s*/?\s*(table|tbody|thead|tr|td|th)\b[^<>]*>", re.IGNORECASE)
_PIPES = re.compile(r"\s*\|.*\|\s*")
_DASHES = r"\s*[:：]?\s*(?:-{2,}|={2,}|[—–－]{2,}|-(?:\s-){2,})\s*[:：]?\s*|\s*(?:[:：]\s*[-—–－]\s*[:：]?|[-—–－]\s*[:：])\s*"
_RULE = re.compile(
    rf"\s*\|?(?:{_DASHES})(?:\|(?:{_DASHES}))*\|?\s*|\s*\+(?:[-=:]{{2,}}\+)+\s*|\s*\|?[-=:]{{2,}}(?:\+[-=:]{{2,}})+\|?\s*"
)
_SHORT_RULE = re.compile(r"\s*\|?(?:\s*[:：]?[-—–－]+[:：]?\s*\|)+(?:\s*[:：]?[-—–－]+[:：]?)?\s*")


def is_rule(text: str) -> bool:
    """Whether a line is the delimiter row below the header of a pipe table: | --- | :-: |, | === |, --- | ---, +---+---+."""
    return ("|" in text or "+" in text) and _RULE.fullmatch(text) is not None


def _is_rule_at(lines: Sequence[Line], k: int) -> bool:
    """Whether line k is a delimiter row, or rules off some cells and says nothing in the others: right below the header
    also one of single dashes, which are values elsewhere."""
    text = lines[k].text
    return is_rule(text) or is_part_rule(text, alone=True) or (k == 1 and _SHORT_RULE.fullmatch(text) is not None)


def syntax_of(lines: Sequence[Line]) -> Syntax:
    """Which syntax a table's lines are written in; `html` also where the reader knows the cells, `printed` where no mark
    parts them."""
    if any(line.tabular or _HTML.search(line.text) for line in lines):
        return "html"
    if sum("\t" in line.text for line in lines) * 2 >= len(lines):
        return "tabs"
    piped = sum(_PIPES.fullmatch(line.text) is not None for line in lines) * 2 >= len(lines)
    bare = sum(" | " in line.text or line.text.count("|") > 1 for line in lines) * 2 >= len(lines) > 1
    if piped or bare or any(is_rule(line.text) for line in lines):
        return "pipes"
    return "printed"


def rows_of(lines: Sequence[Line], ledger: Ledger) -> list[RawRow]:
    """The rows of one table fragment. Each non-blank character of the lines goes to a cell or into a drop edit of the
    ledger, so call it once for a fragment."""
    if lines and lines[0].tabular:
        return [row for run in _runs(lines) for row in _typed_or_lone(run, ledger)]
    syntax = syntax_of(lines)
    if syntax == "html":
        return html_rows(lines, ledger)
    if syntax == "printed":
        return lone_rows(lines, ledger) or blank_rows(lines) or printed_rows(lines)
    if syntax == "pipes" and (ruled_off := grid_rows(lines, ledger)) is not None:
        return ruled_off
    rows: list[RawRow] = []
    blank: list[RawRow] = []
    opened: list[bool] = []
    closes = sum(line.text.rstrip().endswith("|") for line in lines) * 2 > len(lines)
    inner = _inner_bars(lines)
    apart = min((line.blanks for line in lines[1:]), default=0)  # blank lines between all rows part no pages
    for k, line in enumerate(lines):
        if syntax == "pipes" and _is_rule_at(lines, k):
            ledger.drop_ranges(line.traced, "table-rule", category="format")
            continue
        cells = line.cells() if syntax == "tabs" else _pipe_cells(line, ledger, inner)
        texts = [RawCell(inline(c, ledger)) for c in cells]
        row = RawRow(texts, line.n, k > 0 and line.blanks > apart, syntax)
        if not any(cell.text for cell in row.cells):
            blank += [row] if rows and _is_blank_row(line.text) else []
        else:
            rows.append(row)
            wraps = _wraps(row, rows[0], lines[k + 1 : k + 2])
            opened.append(wraps if syntax == "tabs" else closes and _goes_on(line, opened))
    if opened and opened[-1] and len(rows[-1].cells) > 1:
        rows[-1].cut = True
    joined = join_wrapped(rows, opened, ledger)
    return [*joined, *blank] if len(joined) == 1 else joined  # a form; among filled rows they are what a page left


def _goes_on(line: Line, opened: Sequence[bool]) -> bool:
    """Whether a row of a table whose rows end with a bar has no end in this line; `opened`: those before it."""
    return ("|" in line.text or (opened[-1:] == [True] and not line.blanks)) and not line.text.rstrip().endswith("|")


def _wraps(row: RawRow, first: RawRow, below: Sequence[Line]) -> bool:
    """Whether the last cell of a row between tabs goes on in the next line, which has none: it breaks off in mid
    sentence."""
    said = row.cells[-1].text.text.rstrip()
    lone = bool(below) and "\t" not in below[0].text and not below[0].blanks
    return lone and len(row.cells) == len(first.cells) > 1 and said.endswith(("，", "、", "（", "《", "和", "与", "及"))


def _is_blank_row(text: str) -> bool:
    """Whether a line is a row to be filled in: nothing but bars, at both ends too."""
    return text.count("|") > 2 and not text.replace("|", "").strip() and text.strip()[0] == text.strip()[-1] == "|"


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines in runs: rows that the reader knows, and groups between them."""
    return [list(run) for _, run in itertools.groupby(lines, key=lambda line: line.tabular)]


def _typed_or_lone(lines: Sequence[Line], ledger: Ledger) -> list[RawRow]:
    if lines[0].tabular:
        return typed_rows(lines, ledger)
    return [RawRow([RawCell(inline(line.cut(), ledger))], line.n, syntax="html") for line in lines]


def texts_of(lines: Sequence[Line], ledger: Ledger) -> list[Traced]:
    """What the cells of a table of one column say, each line of a cell by itself; in place of `rows_of` where such a
    table only frames text."""
    if all(line.tabular for line in lines):
        return typed_texts(lines)
    if syntax_of(lines) == "html":
        return html_texts(lines, ledger)
    out = []
    for k, line in enumerate(lines):
        if _is_rule_at(lines, k):
            ledger.drop_ranges(line.traced, "table-rule", category="format")
        else:
            out += [text for cell in _pipe_cells(line, ledger) for text in inline_texts(cell, ledger)]
    return out


def _with_bars(cell: Traced, ledger: Ledger) -> Traced:
    escapes = [(m.start(), m.start() + 1, "") for m in re.finditer(r"\\\|", cell.text)]
    return ledger.replace_all(cell, escapes, "markdown-escape") if escapes else cell


def _inner_bars(lines: Sequence[Line]) -> int:
    """How many bars part the cells of a row where the delimiter row has none at its sides, or no row begins with one
    under no delimiter row; 0 where there are some."""
    rules = [line.text.strip() for k, line in enumerate(lines) if _is_rule_at(lines, k)]
    if not rules and not any(line.text.lstrip().startswith("|") for line in lines):
        return max(line.text.count("|") for line in lines)
    return rules[0].count("|") if rules and "|" not in (rules[0][0], rules[0][-1]) else 0


def _pipe_cells(line: Line, ledger: Ledger, inner: int = 0) -> list[Traced]:
    r"""The cells between pipes; the pipes are dropped, an escaped one (\|) is text. A row of as many as the `inner` ones
    has none at its sides: its first and last cells may be empty."""
    texts, bars = line.parted([m.start() for m in re.finditer(r"(?<!\\)\|", line.text)])
    for bar in bars:
        ledger.drop_ranges(bar, "table-bar", category="format")
    cells = [_with_bars(text, ledger) for text in texts]
    if inner and len(bars) == inner:
        return cells
    first, last = not cells[0], not cells[-1]  # the outer bars part nothing
    return cells[1 if first and len(cells) > 1 else 0 : -1 if last and len(cells) > 1 else None]
