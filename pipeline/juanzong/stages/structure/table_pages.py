"""The pieces that pages made of one table: what may stand between them, and whether the next one goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import regex as re

from juanzong.core.traced import Traced
from juanzong.language import elements as el
from juanzong.language.numbering import CONTINUED_BEHIND, COUNT, GOES_ON
from juanzong.language.text import fold, number_of
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.build import Build, is_note, take_note, tried_rows
from juanzong.stages.structure.notes import Marker, note_head
from juanzong.stages.structure.pictures import is_picture
from juanzong.stages.structure.verdicts import plain
from juanzong.stages.tables.build import table_of
from juanzong.stages.tables.continues import continues, counts_on, goes_on_below_its_header, of_one_width
from juanzong.stages.tables.cut_rows import label_of_rows
from juanzong.stages.tables.edges import without_idle_edges
from juanzong.stages.tables.kinds import is_value
from juanzong.stages.tables.raw import RawRow
from juanzong.stages.tables.read import rows_of

_MOST_NOTES = 8  # at the foot of one page
_LONGEST_LABEL = 60
_MOST_SHOWN = 200  # rows of a table that are looked at where the next piece may go on with it
_MOST_HEADS = 2  # lines above a table that later pages may print again
_MOST_BETWEEN = 4  # labels, captions and units at the head of one page
# 续表, 续表1 某某表, （续上表）, 接上页, 表1（续） 某某表
_LABEL = re.compile(
    rf"(?:[（(【\[]?\s*{GOES_ON}\s*(?P<number>{COUNT})?\s*[）)】\]]?"
    rf"|附?表\s?(?P<number>{COUNT})\s*[（(]\s*(?:续\s*上?\s*表?|接上表|续前)\s*[）)](?=\s*\S))\s*(?P<caption>.*)"
)
_NAMES_TABLE = ("表", "单", "录", "册", "账")  # how the title of a table ends
_PAGE_NUMBER = re.compile(r"\s*\d{1,3}\s*")
_TABLE_NUMBER = re.compile(rf"附?表\s?(?P<number>{COUNT})")


@dataclass
class _Between:
    """What stands between two pieces of a table, until it is known whether the second goes on with the first."""

    foot_notes: list[tuple[Item, Marker]] = field(default_factory=list)
    labels: list[Item] = field(default_factory=list)  # 续表
    numbers: list[Item] = field(default_factory=list)  # of pages, where nothing else shows that they are
    again: list[Item] = field(default_factory=list)  # the caption or unit once more; 续表一, a count of its own
    others: list[Item] = field(default_factory=list)  # 续表4 below 表3: the rows alone can show that it goes on
    notes: list[Item] = field(default_factory=list)  # 注：…


def take_rows(b: Build, k: int, rows: list[RawRow], captions: Sequence[Item], units: Sequence[Item]) -> int:
    """The table whose first piece has the given rows, of item k, and goes on over the items behind it; what stands
    between its pieces (footnotes, notes, the caption again) is taken too. How many items it takes."""
    fragments = [rows]
    table_notes: list[Traced] = []
    heads = [x for x in b.items[max(0, k - len(captions) - len(units) - _MOST_HEADS) : k] if x.kind == "text"]
    names = {fold(plain(x.s)) for x in (*captions, *units, *(x for x in heads if len(x.s) <= _LONGEST_LABEL))}
    end = j = k + 1
    between = _Between()
    while j < len(b.items):
        item = b.items[j]
        if item.kind == "table":
            after = without_idle_edges(tried_rows(b, item), _shown(fragments))
            anew = _is_on_same_page(b.items[end - 1], item) and _begins_anew(rows, fragments, after)
            anew = anew or (_is_on_other_sheet(b.items[end - 1], item) and not counts_on(_shown(fragments), after))
            picture = is_picture(b, j) and not counts_on(_shown(fragments), after) and not _headed_alike(rows, after)
            if picture or anew or not _goes_on(b, j, fragments, after, between, captions):
                break
            fragments.append(without_idle_edges(rows_of(item.lines, b.ledger), _shown(fragments)))
            _commit(b, between, table_notes)
            between = _Between()
            end = j + 1
        elif not _may_stand_between(b, j, between, captions, names, len(fragments)):
            break
        j += 1
    if not any(fragments) and not captions and not units:  # tags without a row
        b.table = None
        return end - k
    table = table_of(fragments, b.ledger, b.findings, context=b.document.title.text[:30])
    table.notes = table_notes
    b.place(table)
    b.table, b.tail = table, None
    b.anchors += [table, *(cell for row in table.rows for cell in row.cells if cell.text)]
    return end - k


def _may_stand_between(
    b: Build, j: int, between: _Between, captions: Sequence[Item], names: set[str], pieces: int
) -> bool:
    """Whether a text item, with index j, can stand between two of the table's pieces, of which there are so many as yet;
    it is put with its like."""
    item = b.items[j]
    s = plain(item.s)
    if (found := foot_note(b, j)) is not None:
        between.foot_notes.append((item, found))
        return len(between.foot_notes) <= _MOST_NOTES
    parts = (between.labels, between.again, between.others, between.notes, between.numbers)
    if sum(map(len, parts)) >= _MOST_BETWEEN:
        return False
    if (goes_on := says_it_goes_on(s, captions, pieces)) is not None:
        {"own": between.labels, "counted": between.again, "other": between.others}[goes_on].append(item)
    elif _is_printed_again(s, names, b.document.title.text):
        between.again.append(item)
    elif _PAGE_NUMBER.fullmatch(s) and item.blanks and not between.numbers:
        between.numbers.append(item)
    elif el.TABLE_NOTE.match(item.s) and not between.labels and not between.again:
        between.notes.append(item)
    else:
        return False
    return True


def _is_printed_again(s: str, names: set[str], title: str) -> bool:
    """Whether the head of a page may print a line again over the next rows: the caption, the unit, the document's
    title."""
    return fold(s) in {*names, fold(title)} or bool(el.UNIT.match(s))


def says_it_goes_on(s: str, captions: Sequence[Item], pieces: int) -> Literal["own", "counted", "other"] | None:
    """Whether a line says that the table under it goes on, as 续表 does: `own`, with the table's own number and caption if
    any; `counted`, with a number that may count the table's pieces, or with another one and its caption; `other`, with
    what may be another table's; None where it says no such thing.

    In: the line; the lines that print the table's caption (none where it has none); how many pieces it has so far.
    """
    s = s.strip()
    label, ending = _LABEL.fullmatch(s), CONTINUED_BEHIND.search(s)
    if (label is None and ending is None) or len(s) > _LONGEST_LABEL:
        return None
    said = fold(label["caption"] if label else s[: ending.start()] if ending else "")
    own = fold("".join(plain(x.s) for x in captions))
    number = _TABLE_NUMBER.match(own)
    printed = fold(label["number"] or "") if label else (m["number"] if (m := _TABLE_NUMBER.match(said)) else "")
    said = said[m.end() :] if (m := _TABLE_NUMBER.match(said)) else said
    named = not said or not own or said in own
    counts = 0 < (number_of(printed) or 0) <= pieces
    if named and (not printed or (_same_number(number["number"], printed) if number else counts)):
        return "own"
    if label is None:
        return None
    return "counted" if named and (said or counts or number is None) else "other"


def _same_number(own: str, printed: str) -> bool:
    """Whether both are one count: 三 is 3."""
    return own == printed or (number_of(own) is not None and number_of(own) == number_of(printed))


def _goes_on(
    b: Build,
    j: int,
    fragments: Sequence[list[RawRow]],
    after: list[RawRow],
    between: _Between,
    captions: Sequence[Item],
) -> bool:
    """Whether the table of item j goes on with the pieces so far, by its rows and by what stands between."""
    before = _shown(fragments)
    if not before or not after:
        return False
    labelled = says_it_goes_on(label_of_rows(after), captions, len(fragments))
    if between.others or labelled == "other":
        return counts_on(before, after)
    if between.labels or labelled is not None:
        return of_one_width(before, after)
    if between.again and not between.numbers and _is_head_of_page(b, between):
        return continues(before, after)
    if between.again or between.numbers:
        return counts_on(before, after) or (bool(between.again) and goes_on_below_its_header(before, after))
    if between.notes:
        again = _headed_alike(before, after) or _begins_with_values(after)
        again = _noted_again(b, j, between) or (b.items[j].begins_page and again)
        return counts_on(before, after) or (again and continues(before, after))
    return continues(fragments[-1] if before[0].syntax == "printed" else before, after)


def _is_on_same_page(above: Item, item: Item) -> bool:
    """Whether the reader knows both for tables of one page."""
    last, first = above.lines[-1], item.lines[0]
    return last.tabular and first.tabular and bool(last.mark and first.mark and last.mark.page == first.mark.page)


def _is_on_other_sheet(above: Item, item: Item) -> bool:
    """Whether both are tables of a workbook, on two of its sheets."""
    last, first = above.lines[-1].mark, item.lines[0].mark
    return bool(last and first and last.sheet and first.sheet and last.page != first.page)


def _begins_anew(rows: Sequence[RawRow], fragments: Sequence[list[RawRow]], after: Sequence[RawRow]) -> bool:
    """Whether rows on a table's own page begin with its header once more, and do not count on: another table."""
    return _headed_alike(rows, after) and not counts_on(_shown(fragments), after)


def _headed_alike(rows: Sequence[RawRow], after: Sequence[RawRow]) -> bool:
    """Whether the first rows of both say the same."""
    heads = [[fold(c.text.text) for c in part[0].cells] for part in (rows, after) if part]
    return len(heads) == 2 and heads[0] == heads[1]


def _begins_with_values(rows: Sequence[RawRow]) -> bool:
    """Whether the first row is none of names: a figure stands in it."""
    return bool(rows) and any(is_value(cell.text.text) for cell in rows[0].cells)


def _shown(fragments: Sequence[list[RawRow]]) -> list[RawRow]:
    """The rows of the first piece and of the last ones: they show a table's habits, and a table of a thousand pages is
    not read a thousand times."""
    first, *rest = fragments
    shown: list[list[RawRow]] = []
    rows = 0
    for fragment in reversed(rest):
        if rows >= _MOST_SHOWN:
            break
        shown.append(fragment)
        rows += len(fragment)
    return [*first, *(row for fragment in reversed(shown) for row in fragment)]


def _is_head_of_page(b: Build, between: _Between) -> bool:
    """Whether nothing but the title of a document that is no table stands before the next rows."""
    title = fold(b.document.title.text)
    named = not title.endswith(_NAMES_TABLE) and all(fold(x.s) == title for x in between.again)
    return named and not between.notes


def _noted_again(b: Build, j: int, between: _Between) -> bool:
    """Whether the notes that stand before a table stand below it once more, as every page of one table repeats them."""
    below = {fold(x.s) for x in b.items[j + 1 : j + 1 + len(between.notes)] if x.kind == "text"}
    return all(fold(x.s) in below for x in between.notes)


def _commit(b: Build, between: _Between, notes: list[Traced]) -> None:
    """The table does go on: what stands between finds its place."""
    for note, marker in between.foot_notes:
        take_note(b, note, marker)
    for item in (*between.labels, *between.others):
        b.ledger.drop_ranges(item.text, "continued-table")
    for item in between.numbers:
        b.ledger.drop_ranges(item.text, "page-number")
    for item in between.again:
        b.ledger.drop_ranges(item.text, "repeated-caption", kind="merge")
    for item in between.notes:
        add_note(b, notes, item)


def add_note(b: Build, notes: list[Traced], item: Item) -> None:
    """A note under the table; one that stands there already is a second print, as each page repeats them."""
    if fold(item.s) in {fold(text.text) for text in notes}:
        b.ledger.drop_ranges(item.text, "repeated-note", kind="merge")
    else:
        notes.append(item.text)


def foot_note(b: Build, at: int) -> Marker | None:
    """The marker of a note at the page's foot; None where the item with that index is none."""
    item = b.items[at]
    marker = note_head(item.s)
    return marker if marker and is_note(b, item, marker, at) else None
