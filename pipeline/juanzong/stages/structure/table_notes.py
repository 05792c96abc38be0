"""The notes under a table."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.traced import Traced
from juanzong.language import elements as el
from juanzong.language.openings import starts_anew
from juanzong.language.text import ends_sentence, fold
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.build import Build, Tail, page_seen
from juanzong.stages.structure.counted_notes import NOTES_LABEL
from juanzong.stages.structure.table_pages import add_note
from juanzong.stages.structure.verdicts import plain

_NOTE_NUMBER = re.compile(r"\s*(\d{1,2})\s*[.．、]")
_SIGN = re.compile(r"\s*[★☆√✓✔×●○◎▲△◆◇■□*＊※#§]+(?=\s*[\p{Han}：:—])")


def heads_table_notes(b: Build, k: int) -> bool:
    """Whether item k is the label 注： alone, under a table and over the first of its notes, which have numbers."""
    if b.table is None or b.table.notes or not 0 < k < len(b.items) - 1 or b.items[k - 1].kind != "table":
        return False
    first = _NOTE_NUMBER.match(b.items[k + 1].s) if b.items[k + 1].is_text else None
    return first is not None and int(first[1]) == 1 and NOTES_LABEL.fullmatch(plain(b.items[k].s)) is not None


def take_table_note(b: Build, item: Item) -> bool:
    """Notes under a table: “注：1. …”, the numbered lines that go on with it, and their cut ends; what a sign in it means."""
    assert b.table is not None
    notes = b.table.notes
    cut = bool(notes) and b.tail is not None and not ends_sentence(notes[-1].text) and not starts_anew(item.s)
    told = item.lines[0].block is not None and item.lines[0].block.kind == "note"
    if fold(item.s) in {fold(n.text) for n in notes}:
        add_note(b, notes, item)
    elif told or el.TABLE_NOTE.match(item.s) or _follows(b, notes, item) or _explains_sign(b, item):
        notes.append(item.text)
    elif (
        b.tail is not None
        and cut
        and (item.flush or len(item.s) < 12 or not el.may_be_title(item.s))
        and b.seams.joins(notes[-1], b.tail.item, item, page_seen(b), b.ledger)
    ):
        notes[-1] = b.seams.join(notes[-1], item.text, b.tail.item, item, b.ledger)
    else:
        return False
    b.tail = Tail(b.table, item, b.at)
    return True


def _follows(b: Build, notes: Sequence[Traced], item: Item) -> bool:
    return _goes_on(notes, item) if notes else heads_table_notes(b, b.at - 1)


def _explains_sign(b: Build, item: Item) -> bool:
    """Whether a line says what a sign means that stands in the table's cells, alone or at the end of one: ●必配；○不配. The
    items of a list below a table all have one sign."""
    said = _SIGN.match(item.s)
    if said is None or b.table is None:
        return False
    sign = said[0].strip()
    if b.at + 1 < len(b.items) and b.items[b.at + 1].s.lstrip().startswith(sign):
        return False
    return any(cell.text.text.rstrip().endswith(sign) for row in b.table.rows for cell in row.cells)


def _goes_on(notes: Sequence[Traced], item: Item) -> bool:
    """Whether a line is the next of the notes: by its number, or in a sheet, where a paragraph has a cell of its own."""
    number = _NOTE_NUMBER.match(item.s)
    counted = number is not None and _counts_on(notes, int(number[1]))
    return counted or (item.lines[0].in_sheet and ends_sentence(item.s))


def _counts_on(notes: Sequence[Traced], number: int) -> bool:
    """Whether a note's number follows the last one's, or the last of those that stand in one line: 注：1.甲。2.乙。"""
    last = re.findall(r"(?:^\s*(?:\S{1,4}[:：]\s*)?|(?<=[。；])\s*)(\d{1,2})\s*[.．、]", notes[-1].text)
    return bool(last) and number == int(last[-1]) + 1
