"""Items -> tables in the tree: caption and unit, the pieces that pages made of one, the notes below."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import regex as re

from juanzong.core import tree
from juanzong.language import elements as el
from juanzong.language.captions import number_line
from juanzong.language.form_lines import FILLED_IN, is_of_form
from juanzong.language.numbering import TABLE_CAPTION, TABLE_LABEL
from juanzong.language.text import ends_sentence, fold
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.boxes import close_box, frame_of, names_box, open_box, take_framed_text
from juanzong.stages.structure.build import (
    Build,
    is_cut,
    take_note,
)
from juanzong.stages.structure.contained import contained
from juanzong.stages.structure.notes import note_head
from juanzong.stages.structure.over_tables import bare_name, says_sentence, says_whose, whose_and_unit
from juanzong.stages.structure.pictures import is_picture, names_figure, take_figure
from juanzong.stages.structure.table_names import MARK, UNIT_BEHIND, name_table
from juanzong.stages.structure.table_pages import foot_note, take_rows
from juanzong.stages.structure.verdicts import plain
from juanzong.stages.tables.read import rows_of

_OF_LIST = ("list", "list_item")  # what tools call the items of a list
_MOST_NOTES = 8  # at the foot of one page
_IN_BRACKETS = re.compile(r"[（(][^（）()：:]{2,20}[）)]")
_REACH = 4 + _MOST_NOTES + 1  # items from a caption to its table, at most
_COUNTED = re.compile(r"\s*(附?表)\s*(\d{1,2})\s*[:：.．、\s]")


def captioned(b: Build, k: int) -> int:
    """A caption (and unit) before a table, or a figure's caption with what is left of the figure."""
    item = b.items[k]
    s = plain(item.s)
    if names_figure(item) and len(s) < 80 and not ends_sentence(s):
        return take_figure(b, k)
    if n := _boxed(b, k):
        return n
    numbered = bool(TABLE_CAPTION.match(s)) and len(s) < 90 and "。" not in s and "；" not in s
    if k in b.outline.told if numbered else _stands_in_text(b, k):
        return 0
    if (parted := whose_and_unit(item)) and _table_at(b, k + 1):
        b.place(tree.Paragraph(parted[0].text))
        item, s = parted[1], plain(parted[1].s)
    numbers = numbered or number_line(s) is not None or _names_form(b, k)
    if not numbers and not _is_label(b, k, s) and not _is_caption(b, k):
        return 0
    j = _above_table(b, k, numbers)
    if not _table_at(b, j) or (not numbered and frame_of(b, b.items[j])):
        return _name_above(b, k) if numbered and not _is_listed(b, k) else 0
    others = [item, *_naming(b, k + 1, j, bare_name(s))]
    captions = [x for x in others if not el.UNIT.match(x.s)]
    units = [x for x in others if el.UNIT.match(x.s)]
    before = len(b.siblings())
    taken = take_table(b, j, captions, units)
    if b.table is not None:
        name_table(b, b.table, captions, units)
    else:  # it came out flat: what names it stands before it, as printed
        b.siblings()[before:before] = [tree.Paragraph(x.text) for x in (*captions, *units)]
    return j - k + taken


def _stands_in_text(b: Build, k: int) -> bool:
    """Whether no table is near below item k: as below most."""
    return not any(x.kind == "table" for x in b.items[k + 1 : k + _REACH])


def _is_label(b: Build, k: int, s: str) -> bool:
    """Whether item k, which says `s`, is a unit, or a label right over a table: 附表：…"""
    return bool(el.UNIT.match(s)) or (bool(TABLE_LABEL.match(s)) and _table_at(b, k + 1))


def _name_above(b: Build, k: int) -> int:
    """Takes item k, a numbered caption over no table: it stands below its own, or its table is lost."""
    above = b.table if k and b.items[k - 1].kind == "table" else None
    if above is None or above.caption or above.number:
        above = tree.Table()
        b.place(above)
        b.tail = None
    name_table(b, above, [b.items[k]], [])
    return 1


def _boxed(b: Build, k: int) -> int:
    """How many items a box takes that is its title and the table right below; 0 where item k is no box's title."""
    j = k + 1
    if not names_box(plain(b.items[k].s)):
        return 0
    while j < len(b.items) and b.items[j].kind == "text" and el.UNIT.match(b.items[j].s):
        j += 1
    if not _table_at(b, j):
        return 0
    units = b.items[k + 1 : j]
    open_box(b, b.items[k].text)
    taken = take_table(b, j, (), units)
    if b.table is not None:
        name_table(b, b.table, (), units)
    close_box(b)
    return j - k + taken


def _naming(b: Build, k: int, j: int, caption: str) -> list[Item]:
    """Items k to j that name the table below; notes are taken, whose it is stands above, the `caption` again goes."""
    out = []
    for at, item in enumerate(b.items[k:j], k):
        if marker := foot_note(b, at):
            take_note(b, item, marker)
        elif caption and fold(plain(item.s)) == caption:
            b.ledger.drop_ranges(item.text, "second-print", kind="merge")
        elif says_whose(item):
            whose, *unit = whose_and_unit(item) or (item,)
            b.place(tree.Paragraph(whose.text))
            out += unit
        else:
            out.append(item)
    return out


def _is_listed(b: Build, k: int) -> bool:
    """Whether a numbered caption is one of a list of them, line by line: what is attached, or what follows."""
    here = _COUNTED.match(b.items[k].s)
    last = k + 1 if _table_at(b, k + 2) else k + 2  # one over its own table is of no list
    near = [_COUNTED.match(x.s) for x in (*b.items[max(0, k - 1) : k], *b.items[k + 1 : last]) if x.kind == "text"]
    return here is not None and any(m and m[1] == here[1] and abs(int(m[2]) - int(here[2])) == 1 for m in near)


def _table_at(b: Build, j: int) -> bool:
    return j < len(b.items) and b.items[j].kind == "table" and not is_picture(b, j)


def _above_table(b: Build, k: int, numbered: bool) -> int:
    """The index of the item behind those that may stand between a caption (or unit), item k, and its table: the
    caption's wrapped end, units, and the notes at the foot of the page that a numbered caption ends."""
    j, notes = k + 1, 0
    while j < len(b.items) and j - k - notes <= 3 and notes <= _MOST_NOTES and b.items[j].kind == "text":
        if numbered and foot_note(b, j):
            notes += 1
        elif numbered and j == k + 1 and fold(plain(b.items[j].s)) == bare_name(plain(b.items[k].s)):
            pass  # the form's own title
        elif not (el.UNIT.match(b.items[j].s) or (numbered and _goes_with_caption(b, k, j))):
            break
        j += 1
    return j


def _goes_with_caption(b: Build, k: int, j: int) -> bool:
    """Whether item j belongs to a caption, item k, above it: its wrapped end, the table's number, whose the table is."""
    named = j == k + 1 and number_line(b.items[k].s) is None and number_line(b.items[j].s) is not None
    return named or says_whose(b.items[j]) or _wrapped_caption(b, k, j)


def _names_form(b: Build, k: int) -> bool:
    """Whether item k is the name of a form, over what says whose it is and the table: 科室人员登记表 / 科室：外科; or of a
    table, over the year or part that it is of, in brackets: 资金使用情况表 / （2022年）, or over its number."""
    below = b.items[k + 1] if k + 1 < len(b.items) else None
    if below is None or not below.is_text or b.outline.heads[k] is not None:
        return False
    told = below.blanks == 0 and (number_line(below.s) or _IN_BRACKETS.fullmatch(plain(below.s)))
    if not told and not says_whose(below):
        return False
    return el.type_of_title(plain(b.items[k].s)) == "annex_table" and _table_at(b, _above_table(b, k, True))


def _is_caption(b: Build, k: int) -> bool:
    """A short line that is no heading and no sentence, right before a table (or its unit)."""
    item = b.items[k]
    after = b.items[k + 1] if k + 1 < len(b.items) else None
    s = UNIT_BEHIND.sub("", plain(item.s))
    if (
        after is None
        or b.outline.heads[k] is not None
        or len(s) > 50
        or ends_sentence(s)
        or note_head(s) is not None  # a note that a stray row cuts
        or is_of_form(s)
        or says_sentence(s)
        or (item.flush and is_cut(b) and not el.type_of_title(s))
    ):
        return False
    block = item.lines[0].block
    if block is not None and block.kind == "caption" and after.kind == "table":
        return True  # the tool says so
    filled_in = FILLED_IN.fullmatch(s.strip()) and MARK.match(s) is None  # 填报单位：甲局, 2024年  月  日
    if filled_in or (block is not None and block.label in _OF_LIST):
        return False
    beyond = b.items[k + 2] if k + 2 < len(b.items) else None
    table = after.kind == "table" or (el.UNIT.match(after.s) and beyond is not None and beyond.kind == "table")
    return bool(table) and el.may_be_title(s) and not (is_cut(b) and not el.type_of_title(s))


def _wrapped_caption(b: Build, k: int, j: int) -> bool:
    s = plain(b.items[j].s)
    return (
        j == k + 1
        and not b.items[j].lines[0].in_sheet
        and (b.items[j].blanks == 0 or number_line(plain(b.items[k].s)) is not None)
        and len(s) < 30
        and not ends_sentence(s)
        and b.outline.heads[j] is None
        and el.may_be_title(s)
    )


def take_table(b: Build, k: int, captions: Sequence[Item] = (), units: Sequence[Item] = ()) -> int:
    """The table that begins with item k, over all its pages; footnotes printed between its pieces are lifted out.
    `captions` and `units` are the lines above it."""
    return contained(b, k, partial(_take_table, captions=captions, units=units))


def _take_table(b: Build, k: int, captions: Sequence[Item], units: Sequence[Item]) -> int:
    if is_picture(b, k):
        return take_figure(b, k)
    return take_rows(b, k, rows_of(b.items[k].lines, b.ledger), captions, units)


def take_box(b: Build, k: int) -> int:
    """The box that item k, a table, is the frame of, and that ends with it; how many items it takes, 0 where the table
    is no frame. A table in the box leaves its first row, the title, to the box."""
    frame = frame_of(b, b.items[k])
    if frame is None:
        return 0
    if frame == "text":
        return take_framed_text(b, k)
    title, *rows = rows_of(b.items[k].lines, b.ledger)
    open_box(b, next(cell.text for cell in title.cells if cell.text))
    taken = take_rows(b, k, rows, (), ())
    close_box(b)
    return taken


def take_caption_below(b: Build, item: Item) -> bool:
    """The caption that stands under its table with the mark Pandoc sets before it: “: 表1 …”, “Table: …”."""
    if b.table is None or MARK.match(item.s) is None or b.table.caption or ends_sentence(item.s):
        return False
    name_table(b, b.table, [item], [])
    return True
