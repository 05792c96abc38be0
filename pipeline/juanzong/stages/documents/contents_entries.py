"""A contents list -> its entries: number, title and page, with leaders, marks and a table's header gone by edit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.core.traced import EMPTY, Traced, concat
from juanzong.core.tree import ContentsEntry
from juanzong.language.numbering import ANNEX, UNNUMBERED
from juanzong.language.text import fold
from juanzong.stages.documents.contents_cells import number_alone
from juanzong.stages.documents.contents_found import Contents
from juanzong.stages.documents.contents_lines import GLUED, GOES_ON, HEADING, LEADERS, Span, number_at, paged, read_line
from juanzong.stages.tables.grid import slots_of
from juanzong.stages.tables.raw import RawRow
from juanzong.stages.tables.read import rows_of

_GROUP = re.compile(
    r"\s*[【〖［\[][^【】〖〗［］\[\]]{1,20}[】〗］\]]\s*$"
)  # what heads entries of a kind: 【部门文件】
# where each entry has a chapter's number as well, the figure before it is that of a list in Markdown
_LIST_ITEM = re.compile(r"\d{1,3}[.、]\s+(?=\[?第\s?[一二三四五六七八九十百\d]{1,5}\s?[编章节])")
_GROUP_LEVEL = -9  # above every number
_BELOW = 8  # levels: 1.1 below all others, where 1. came before it
_OFF = 2  # columns that the lines of one cell may begin apart
_LEAST_HALF = 2  # columns of a half
_LEAST_PAGED, _PAGED = 3, 0.8  # rows, and the share of them, that end in a page
_PAGE = re.compile(r"\s*[\dIVXivx]{1,5}(?:\s*[-—–]\s*\d{1,5})?\s*")
_PAGE_FIRST = re.compile(r"[PpＰ]\.?\s?\d{1,4}(?:\s?[-—–]\s?\d{1,4})?\s*")
_OTHER = (
    r"来\s*源|备\s*注|份\s*数|类\s*[型别]|级\s*别|提供\S{0,4}|责任\S{0,4}|形\s*式|密\s*级|数\s*量|作\s*者"
    r"|(?:发\s*文|发\s*布|印\s*发|颁\s*布|制\s*定|出\s*台)\s*(?:单\s*位|机\s*关|机\s*构|部\s*门)"
    r"|(?:发\s*文|发\s*布|印\s*发|颁\s*布|成\s*文)?\s*(?:日\s*期|时\s*间)"
)
_HEADER_CELL = re.compile(
    r"(?:序\s*号|编\s*号|页\s*[码数次]?|起[始止]页|题\s*名|文件\S{0,4}|材料\S{0,4}|\S{0,8}(?:名\s*称|标\s*题)"
    rf"|内\s*容|目\s*录|章\s*节|项\s*目|文\s*号|发文字号|{_OTHER})$"
)
_NOTHING = frozenset(("—", "——", "-", "–", "－", "/", "／", "无"))  # what a cell says that has no value
# a number that is no figure alone: 三, 第二章, 2-1, 1.1.2, A3-1, 材料4, 证据二
_NUMBER_CELL = re.compile(
    r"[一二三四五六七八九十]{1,3}|第.{1,3}[章节编]|[A-Z]?\d{1,2}(?:\s?[-—－–.．]\s?\d{1,2}){1,3}|[A-Z]\d{1,2}"
    r"|(?:支撑|佐证|证明)?(?:材料|证据)\s?(?:\d{1,2}(?:-\d{1,2})?|[一二三四五六七八九十]{1,3})"
)
_OTHER_CELL = re.compile(rf"(?:{_OTHER})$")


def entries_of(lines: Sequence[Line], found: Contents, ledger: Ledger) -> list[ContentsEntry]:
    """The entries in order, each with level, number, title and page."""
    _drop_titles(lines, found, ledger)
    if found.rows:
        return _table_entries([lines[i] for i in found.rows], ledger)
    if found.cells:
        _drop_header(lines, found, ledger)
    out: list[ContentsEntry] = []
    last: dict[str, int] = {}
    said = [lines[e[-1].line].text[e[-1].start : e[-1].end].strip().strip("*") for e in found.entries]
    items = len(said) > 1 and all(map(_LIST_ITEM.match, said))
    some_paged = any(map(paged, said)) or (found.paged > 0 and _glued(said))
    for spans in found.entries:
        pieces: list[Traced] = []
        page = EMPTY
        for span in spans:
            if pieces and span is spans[-1] and _PAGE.fullmatch(lines[span.line].text):  # in a line of its own
                page = lines[span.line].cut().strip()
                continue
            piece, at_end = _piece(lines[span.line], span, some_paged and span is spans[-1], last, ledger)
            pieces.append(piece)
            page = at_end or page
        pieces = [p for p in pieces if p]
        for first, second in pairwise(pieces[found.cells :]):
            ledger.join(first, second, "wrapped-contents-entry")
        text = concat(pieces[found.cells :])
        if found.cells and (number := number_alone(pieces[0].text)) is not None:
            last[number.form] = number.ordinal
            out.append(ContentsEntry(int(number.rank), pieces[0], text, page))
            continue
        if items and (mark := _LIST_ITEM.match(text.text)):
            ledger.drop_ranges(text[: mark.end()], "list-mark", category="format")
            text = text[mark.end() :]
        out.append(_entry(text, page, last))
    ranks = sorted({e.level for e in out})
    for e in out:
        e.level = ranks.index(e.level) + 1
    return out


def _drop_titles(lines: Sequence[Line], found: Contents, ledger: Ledger) -> None:
    """The list's heading goes by edit, and what heads its next pages."""
    ledger.drop_ranges(lines[found.title.line].cut(found.title.start, found.title.end), "contents-title")
    taken = {found.title.line, *(span.line for entry in found.entries for span in entry)}
    for i in (k for k in found.lines if k not in taken):
        if HEADING.fullmatch(lines[i].text) or (not found.rows and GOES_ON.fullmatch(lines[i].text)):
            ledger.drop_ranges(lines[i].cut(), "contents-title")


def _drop_header(lines: Sequence[Line], found: Contents, ledger: Ledger) -> None:
    """The names of the columns, a line each, go by edit."""
    said = {found.title.line, *(span.line for entry in found.entries for span in entry)}
    for i in found.lines:
        if i not in said:
            ledger.drop_ranges(lines[i].cut(), "contents-header")


def _glued(entries: Sequence[str]) -> bool:
    """Whether entries end in their pages without anything between: 一、发展基础1, 二、发展目标3."""
    found = [m for s in entries if (m := GLUED.match(s))]
    pages = [int(m["page"]) for m in found]
    return len(pages) > 1 and len(pages) == len(entries) and pages == sorted(pages) and pages[0] < pages[-1]


def _glued_page(said: str, expected: int) -> re.Match[str] | None:
    """An entry and its page with nothing between: behind a number, or behind 前言 and the like."""
    m = GLUED.match(said)
    return m if m is not None and (number_at(said, expected) or UNNUMBERED.match(m["head"])) else None


def _piece(line: Line, span: Span, may_glue: bool, last: dict[str, int], ledger: Ledger) -> tuple[Traced, Traced]:
    """What a line says of an entry, and the page it ends with; marks, links and leaders around them are dropped."""
    expected = last.get("1", 0) + 1
    inner = read_line(line.text, span, expected).span
    for a, b in ((span.start, inner.start), (inner.end, span.end)):
        mark = line.cut(a, b)
        if mark:
            ledger.drop_ranges(mark, "list-mark", category="format")
    said = line.text[inner.start : inner.end]
    if said.endswith("**"):
        ledger.drop_ranges(line.cut(inner.end - 2, inner.end), "emphasis-mark", category="format")
        said, inner = said[:-2], inner._replace(end=inner.end - 2)
    m = paged(said) or (_glued_page(said, expected) if may_glue else None)
    if m is None:
        leaders = LEADERS.search(said)
        end = leaders.start() if leaders else len(said)
        ledger.drop_ranges(line.cut(inner.start + end, inner.end), "dot-leader")
        return line.cut(inner.start, inner.start + end), EMPTY
    a = inner.start
    bare = len(m["head"].removesuffix("**"))
    ledger.drop_ranges(line.cut(a + bare, a + m.end("head")), "emphasis-mark", category="format")
    leader, rest = line.cut(a + m.end("head"), a + m.start("page")), line.cut(a + m.end("page"), inner.end)
    ledger.drop_ranges(leader, "dot-leader")
    ledger.drop_ranges(rest, "dot-leader")
    return line.cut(a, a + bare), line.cut(a + m.start("page"), a + m.end("page"))


def _entry(text: Traced, page: Traced, last: dict[str, int]) -> ContentsEntry:
    """`last`: the last ordinal of each form of number, in the order in which they came first; this entry's is put in."""
    s = text.text
    number = number_at(s, last.get("1", 0) + 1)
    annex = ANNEX.match(s)
    if number and number.end < len(s):
        if not page and _PAGE_FIRST.fullmatch(s[: number.end]):
            return ContentsEntry(1, EMPTY, text[number.end :].strip(), text[: number.end].strip())
        last[number.form] = number.ordinal
        decimal = number.form.startswith("1.1") and next((f for f in last if f in ("1.", "1.1")), "") == "1."
        return ContentsEntry(
            int(number.rank) + _BELOW * decimal, text[: number.end].strip(), text[number.end :].strip(), page
        )
    if annex and annex.end() < len(s):
        return ContentsEntry(1, text[: annex.end()].strip(), text[annex.end() :].strip(), page)
    return ContentsEntry(_GROUP_LEVEL if _GROUP.match(s) and not page else 1, EMPTY, text.strip(), page)


def _table_entries(rows: Sequence[Line], ledger: Ledger) -> list[ContentsEntry]:
    """The rows, those of a header left out: a figure at the left is the number, one at the right the page, the rest the
    title."""
    body = _whole_rows(rows_of(rows, ledger), ledger) or [RawRow()]
    while len(body) > 1 and HEADING.fullmatch("".join(c.text.text for c in body[0].cells)):
        for cell in body.pop(0).cells:
            ledger.drop_ranges(cell.text, "contents-title")
    body = _halves(body)
    first = [c.text.text.strip() for c in body[0].cells]
    named = [c for c in first if c]
    headed = bool(named) and sum(bool(_HEADER_CELL.match(c)) for c in named) * 2 >= len(named)
    if headed:
        body = _without_header(body, ledger)
    paged_column = (headed and "页" in named[-1]) or _are_pages(body)
    # columns that say nothing by which a document is known: where it is from, remarks
    other = {k for k, c in enumerate(first) if headed and _OTHER_CELL.match(c)}
    out: list[ContentsEntry] = []
    for row, gone in zip(body, _cells_in(other, body, len(first)), strict=True):
        cells = _said_of_document(row, gone, ledger)
        if cells:
            expected = max((int(s) for e in out if (s := e.number.text).isdecimal()), default=0) + 1
            out.append(_row_entry(cells, paged_column, not out, expected, ledger))
    _set_below_groups(out)
    return out


def _without_header(rows: Sequence[RawRow], ledger: Ledger) -> list[RawRow]:
    """The rows but for the first, which goes by edit, on each page that prints it."""
    said = [[fold(c.text.text) for c in row.cells] for row in rows]
    for row in (row for row, cells in zip(rows, said, strict=True) if cells == said[0]):
        for cell in row.cells:
            ledger.drop_ranges(cell.text, "contents-header")
    return [row for row, cells in zip(rows, said, strict=True) if cells != said[0]]


def _cells_in(columns: set[int], rows: Sequence[RawRow], width: int) -> list[set[int]]:
    """For each row which of its cells stand in these columns: as spans tell, else where it has all cells."""
    if not columns:
        return [set() for _ in rows]
    if any(c.row_span > 1 for row in rows for c in row.cells):
        return [
            {slot[1] for c, slot in enumerate(line) if slot and slot[0] == r and line.index(slot) == c in columns}
            for r, line in enumerate(slots_of(rows))
        ]
    return [columns if len(row.cells) == width else set() for row in rows]


def _whole_rows(rows: Sequence[RawRow], ledger: Ledger) -> list[RawRow]:
    """Printed rows, the rest of a title that stands alone below its row and begins where it does put to it."""
    out: list[RawRow] = []
    for row in rows:
        above = out[-1].cells if out and row.syntax == "printed" and len(row.cells) == 1 else []
        if len(above) > 1 and _is_number(above[0].text.text) and abs(row.cells[0].at - above[1].at) <= _OFF:
            above[1].text = ledger.join(above[1].text, row.cells[0].text, "contents-columns")
        else:
            out.append(row)
    return out


def _set_below_groups(entries: Sequence[ContentsEntry]) -> None:
    """Entries with pages below rows that name a group: 一、 across the table, 1 and 2 below it."""
    below = [e for e in entries if e.page or not e.number or e.number.text[:1].isdecimal()]
    if any(e.page and e.number for e in below) and len(below) < len(entries):
        for e in below:
            e.level += 1


def _halves(rows: Sequence[RawRow]) -> list[RawRow]:
    """The rows; those of a list set in two halves side by side, under the same names of columns, one a half: the numbers
    tell whether it goes on in the other half of the row, or of the table."""
    names = [c.text.text.strip() for c in rows[0].cells]
    n = len(names) // 2
    if n < _LEAST_HALF or names[:n] != names[n:] or any(len(row.cells) > len(names) for row in rows):
        return list(rows)
    left = [replace(row, cells=row.cells[:n]) for row in rows]
    right = [replace(row, cells=row.cells[n:]) for row in rows if any(c.text for c in row.cells[n:])]
    both = [*left[1:], *right[1:]]
    numbers = [row.cells[0].text.text.strip() for row in both]
    if all(number.isdecimal() for number in numbers):
        both.sort(key=lambda row: int(row.cells[0].text.text))
    return [rows[0], *both]


def _are_pages(rows: Sequence[RawRow]) -> bool:
    """Whether most rows end in a figure, and none in a lower one than the row above."""
    last = [
        filled[-1].strip() for row in rows if len(filled := [c.text.text for c in row.cells if c.text.text.strip()]) > 1
    ]
    pages = [int(text) for text in last if text.isdecimal()]
    return len(pages) >= _LEAST_PAGED and pages == sorted(pages) and len(pages) >= _PAGED * len(rows)


def _said_of_document(row: RawRow, other: set[int], ledger: Ledger) -> list[Traced]:
    """A row's filled cells but for those of `other` columns, and dashes for no value, which go by edit."""
    other = other | {k for k, c in enumerate(row.cells) if c.text.text.strip() in _NOTHING}
    for k in other:
        ledger.drop_ranges(row.cells[k].text, "contents-column")
    return [c.text for k, c in enumerate(row.cells) if c.text and k not in other]


def _row_entry(cells: list[Traced], paged_column: bool, first: bool, expected: int, ledger: Ledger) -> ContentsEntry:
    """`expected`: the figure that a number without a stop must be."""
    number = cells.pop(0) if len(cells) > 1 and _is_number(cells[0].text) else EMPTY
    told = paged_column or number or _numbered(cells[0].text, expected)
    page = cells.pop() if len(cells) > 1 and _PAGE.fullmatch(cells[-1].text) and told else EMPTY
    title = cells[0]
    for piece in cells[1:]:
        title = ledger.join(title, piece, "contents-columns")
    if not page and (m := paged(title.text)):  # the leader and the page in the title's cell
        ledger.drop_ranges(title[m.end("head") : m.start("page")], "dot-leader")
        ledger.drop_ranges(title[m.end("page") :], "dot-leader")
        title, page = title[: m.end("head")], title[m.start("page") : m.end("page")]
    elif page and (leaders := LEADERS.search(title.text)):  # the leader there, the page in the next cell
        ledger.drop_ranges(title[leaders.start() :], "dot-leader")
        title = title[: leaders.start()]
    level = 1 if number or first else 2
    if not number and (end := _numbered(title.text, expected)) and end < len(title):
        number, title, level = title[:end].strip(), title[end:].strip(), 1
    return ContentsEntry(level + number.text.rstrip(".．").count("."), number, title, page)


def _numbered(text: str, expected: int) -> int:
    """Where the number ends that an entry begins with; 0 where it has none."""
    head, annex = number_at(text, expected), ANNEX.match(text)
    return head.end if head is not None else annex.end() if annex is not None else 0


def _is_number(text: str) -> bool:
    bare = text.strip("　 .．、()（）")
    return bare.isdecimal() or _NUMBER_CELL.fullmatch(bare) is not None
