"""The rows of a contents list that is set as a table -> its entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.core.traced import EMPTY, Traced
from juanzong.core.tree import ContentsEntry
from juanzong.language.doc_numbers import is_doc_number
from juanzong.language.numbering import ANNEX
from juanzong.language.text import fold
from juanzong.stages.documents.contents_lines import HEADING, LEADERS, number_at, paged
from juanzong.stages.tables.grid import slots_of
from juanzong.stages.tables.raw import RawRow
from juanzong.stages.tables.read import rows_of

PAGE = re.compile(r"\s*(?:[PpＰ]\.?\s?)?[\dIVXivx]{1,5}(?:\s*[-—–]\s*\d{1,5})?\s*")
_OFF = 2  # columns that the lines of one cell may begin apart
_LONGEST_NUMBER = 8  # characters
_LEAST_HALF = 2  # columns of a half
_LEAST_PAGED, _PAGED = 2, 0.8  # rows, and the share of them, that end in a page
_OTHER = (
    r"来\s*源|备\s*注|份\s*数|责\s*任\s*者|类\s*[型别]|级\s*别|提供\S{0,4}|责任\S{0,4}|形\s*式|密\s*级|数\s*量|作\s*者"
    r"|(?:发\s*文|发\s*布|印\s*发|颁\s*布|制\s*定|出\s*台)\s*(?:单\s*位|机\s*关|机\s*构|部\s*门)"
    r"|(?:发\s*文|发\s*布|印\s*发|颁\s*布|成\s*文)?\s*(?:日\s*期|时\s*间)"
)
_IN_BRACKETS = re.compile(r"[（(]\d{1,2}[)）]")
_PART = re.compile(r"[-.]\d{1,3}$")  # of a code: A1-1, B2.1
_HEADER_CELL = re.compile(
    r"(?:顺?\s*序\s*号|编\s*号|页\s*[码数次号]?|起[始止]页|题\s*名|文件\S{0,4}|\S{0,4}材料\S{0,4}|\S{0,4}指\s*标|\S{0,8}(?:名\s*称|标\s*题)"
    rf"|内\s*容|目\s*录|章\s*节|项\s*目|文\s*号|发文字号|{_OTHER})$"
)
_NOTHING = frozenset(("—", "——", "-", "–", "－", "/", "／", "无"))  # what a cell says that has no value
_PART_OF_PART = re.compile(r"(?:支撑|佐证|证明)?(?:材料|证据)\s?\d{1,2}-\d{1,2}")  # 材料2-1
_OTHER_CELL = re.compile(rf"(?:{_OTHER})$")
# what names the column of titles, and those of what else an entry says: number, document number, page
_TITLES_CELL = re.compile(
    r"(?:题\s*名|文件|\S{0,6}材料|\S{0,8}(?:名\s*称|标\s*题|题\s*目))(?:名\s*称|清\s*单|内\s*容|目\s*录)?(?:[（(].*)?$"
)
_SAID_CELL = re.compile(
    r"\S{0,4}(?:序\s*号|编\s*号|文\s*号|字\s*号)|\S{0,4}页\s*[码数次]?\S{0,4}$|内\s*容|目\s*录|章\s*节|项\s*目"
)


def table_entries(rows: Sequence[Line], ledger: Ledger) -> list[ContentsEntry]:
    """The rows, those of a header left out: a figure at the left is the number, one at the right the page, the rest the
    title."""
    body = _whole_rows(rows_of(rows, ledger), ledger) or [RawRow()]
    while len(body) > 1 and HEADING.fullmatch("".join(c.text.text for c in body[0].cells)):
        for cell in body.pop(0).cells:
            ledger.drop_ranges(cell.text, "contents-title")
    body = _halves(body)
    first = [c.text.text.strip() for c in body[0].cells]
    starts = [c.at for c in body[0].cells]
    named = [c for c in first if c]
    headed = bool(named) and sum(bool(_HEADER_CELL.match(c)) for c in named) * 2 >= len(named)
    if headed:
        body = _without_header(body, ledger)
    paged_column = (headed and "页" in named[-1]) or _are_pages(body)
    # columns that say nothing by which a document is known: where it is from, remarks
    other = {k for k, c in enumerate(first) if headed and _OTHER_CELL.match(c)}
    other |= _beside_titles(first, body) if headed else set()
    out: list[ContentsEntry] = []
    for row, gone in zip(body, _cells_in(other, body, starts), strict=True):
        cells = _said_of_document(row, gone, ledger)
        if cells:
            expected = max((int(s) for e in out if (s := e.number.text).isdecimal()), default=0) + 1
            out.append(_row_entry(cells, paged_column, not out, expected, ledger))
    numbered = any(e.number for e in out)
    least = min((e.level for e in out), default=1)
    for e in out:
        e.level = e.level - least + 1 if numbered else 1
    _set_below_groups(out)
    _set_below_figures(out)
    set_below_codes(out)
    return out


def _beside_titles(names: Sequence[str], rows: Sequence[RawRow]) -> set[int]:
    """The columns that say something else of an entry (一级指标, 出具单位), where one column is named as that of the titles;
    one of numbers stays where no other is."""
    titles = [k for k, c in enumerate(names) if _TITLES_CELL.match(c)]
    if len(titles) != 1:
        return set()
    other = {k for k, c in enumerate(names) if k not in titles and c and not _SAID_CELL.match(c)}
    if any("序" in c or "编" in c for c in names):
        return other
    return {k for k in other if not any(_is_number(row.cells[k].text.text) for row in rows if k < len(row.cells))}


def _without_header(rows: Sequence[RawRow], ledger: Ledger) -> list[RawRow]:
    """The rows but for the first, which goes by edit, on each page that prints it."""
    said = [[fold(c.text.text) for c in row.cells] for row in rows]
    for row in (row for row, cells in zip(rows, said, strict=True) if cells == said[0]):
        for cell in row.cells:
            ledger.drop_ranges(cell.text, "contents-header")
    return [row for row, cells in zip(rows, said, strict=True) if cells != said[0]]


def _cells_in(columns: set[int], rows: Sequence[RawRow], starts: Sequence[int]) -> list[set[int]]:
    """For each row which of its cells stand in these columns, of which `starts` are where the names begin: as spans tell, or
    print below the names, else where it has all cells."""
    if not columns:
        return [set() for _ in rows]
    if any(c.row_span > 1 for row in rows for c in row.cells):
        return [
            {slot[1] for c, slot in enumerate(line) if slot and slot[0] == r and line.index(slot) == c in columns}
            for r, line in enumerate(slots_of(rows))
        ]
    return [columns if len(row.cells) == len(starts) else _printed_in(columns, row, starts) for row in rows]


def _printed_in(columns: set[int], row: RawRow, starts: Sequence[int]) -> set[int]:
    """Which cells of a printed row begin below the names of these columns, or nearer to them than to others."""
    if row.syntax != "printed":
        return set()
    below = [min(range(len(starts)), key=lambda n: abs(starts[n] - cell.at)) for cell in row.cells]
    return {k for k, column in enumerate(below) if column in columns}


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


def _set_below_figures(entries: Sequence[ContentsEntry]) -> None:
    """Entries with a figure in brackets stand below the one with a bare figure before them: 4, （1）, （2）, 5."""
    above: ContentsEntry | None = None
    for e in entries:
        if _IN_BRACKETS.fullmatch(e.number.text) is None:
            above = e if e.number.text.strip(" .．、").isdecimal() else None
        elif above is not None:
            e.level = max(e.level, above.level + 1)


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
    page = cells.pop() if len(cells) > 1 and PAGE.fullmatch(cells[-1].text) and told else EMPTY
    title = cells[0]
    if len(cells) > 1 and is_doc_number(title.text):  # a column of the documents' numbers before that of the titles
        title = ledger.replace(title, len(title), len(title), " ", "contents-columns")
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
    """Whether a cell is a number and nothing else: 3, 三, 第二章, 2-1, A1-1, 材料4."""
    bare = text.strip("　 .．、()（）")
    if bare.isdecimal() or _PART_OF_PART.fullmatch(bare):
        return True
    head = number_at(f"{bare} 某某") if 0 < len(bare) <= _LONGEST_NUMBER else None
    return head is not None and head.end >= len(bare)


def set_below_codes(entries: Sequence[ContentsEntry]) -> None:
    """Entries whose number is that of one before and a part more stand below it: A1, A1-1; 4, 4-1."""
    before: dict[str, ContentsEntry] = {}
    for e in entries:
        code = fold(e.number.text)
        part = _PART.search(code)
        above = before.get(code[: part.start()]) if part is not None else None
        if above is not None:
            e.level = max(e.level, above.level + 1)
        before[code] = e
