"""Tables behind which a title may stand: with notes at their foot; marked 附表 behind a signed text; alone on their pages; one
after the other from the top, each under a title of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import regex as re

from juanzong.language.annex_marks import marks_annex, ordinal_in
from juanzong.language.captions import is_over_table
from juanzong.language.dates import is_date
from juanzong.language.document_types import noun_of
from juanzong.language.labels import TABLE_NOTE, UNIT, is_label
from juanzong.language.numbering import CONTINUED, CONTINUED_BEHIND, TABLE_CAPTION, heading_of
from juanzong.language.organs import LETTERHEAD
from juanzong.language.text import ends_sentence, fold
from juanzong.stages.documents.stands_over import WHOSE
from juanzong.stages.pieces.items import Item
from juanzong.stages.pieces.record_heads import fills_in
from juanzong.stages.structure.notes import note_head

_SERIALS = re.compile(r"(?m)(?:^\|?|<tr[^<>]*>\s*<t[dh][^<>]*>)\s*(\d{1,4})\s*[\t|<]")  # that begin the rows of a table
_MOST_ABOVE = 3  # lines between a caption and its table
_MOST = 8  # notes of one table
_SHORT = 60  # characters of a title, a unit, a note
_NEAR = 24  # items from the mark of one table to the next one's


def noted_table(items: Sequence[Item], k: int) -> int:
    """The index of the table whose notes end with item k, each with a mark that stands in the table; k where that is
    none of their last."""
    at, marks = k, []
    while at and items[at].is_text and k - at < _MOST and (marker := note_head(items[at].s)) is not None:
        marks.append(items[at].s[marker.start : marker.end])
        at -= 1
    if not marks or items[at].kind != "table":
        return k
    said = "".join(line.text for line in items[at].lines)
    return at if all(mark.strip() in said for mark in marks) else k


def marks_table(items: Sequence[Item], k: int) -> bool:
    """Whether item k is 附表1 right behind the date that closes a text, or alone in its line behind the last sentence of one
    that is not signed, or 附表2 behind such a table, with no text of sentences between: it marks an annex, and numbers no
    table of the text."""
    while items[k].is_text and marks_annex(items[k].s) and (number := ordinal_in(items[k].s)) is not None:
        above = next((x for x in reversed(items[max(0, k - _MOST) : k]) if not x.rule), None)
        if number == 1:
            dated = above is not None and above.is_text and bool(is_date(above.s))
            return dated or (above is not None and above.is_text and ends_sentence(above.s) and _ends_text(items, k))
        marks = (j for j in range(k - 1, max(-1, k - _NEAR), -1) if items[j].is_text and marks_annex(items[j].s))
        last = next(marks, None)
        if last is None or ordinal_in(items[last].s) != number - 1 or above is None or not _is_of_table(items, last, k):
            return False
        k = last
    return False


def is_table_below(items: Sequence[Item], k: int) -> bool:
    """Whether item k is a table, or what stands between a caption and its table: its number, the unit, a note."""
    return items[_table_from(items, k)].kind == "table"


def tables_alone(items: Sequence[Item], k: int) -> bool:
    """Whether the table under a title, item k or below its unit, has its pages for itself: behind it, its notes and who
    filled it in a page begins with a title or with what stands over one."""
    fresh = False
    for at in range(_table_from(items, k) + 1, len(items)):
        item = items[at]
        if item.kind == "table":
            fresh = False
            continue
        fresh = fresh or item.begins_page
        if item.rule or TABLE_NOTE.match(item.s) or CONTINUED.match(item.s) or fills_in(item.s):
            continue
        return fresh and _heads_document(items[at : at + 2])
    return False


def _heads_document(lines: Sequence[Item]) -> bool:
    """Whether a title begins here, in one line or two, or a letterhead or the labels of a web page stand over it."""
    text = lines[0].s.strip()
    if heading_of(text) is not None or TABLE_CAPTION.match(text):
        return False
    nouns = (noun_of("".join(x.s.strip() for x in lines[:n])) for n in (1, 2))
    titled = any(noun is not None and noun[1] == "strong" for noun in nouns)
    return titled or marks_annex(text) or is_label(text) or LETTERHEAD.match(text) is not None


def tables_in_turn(items: Sequence[Item], before: int, text: str) -> bool:
    """Whether nothing stands above a line that names a table and begins with whose it is but other such tables of the same
    owner, each under its title, from the top of all on."""
    whose = WHOSE.match(text)
    if whose is None or _names_no_table(text):
        return False
    at: int | None = before
    while at is not None and before - at < _NEAR:
        shown = (k for k in range(at, -1, -1) if not items[k].rule and not TABLE_NOTE.match(items[k].s))
        if (table := next(shown, None)) is None or items[table].kind != "table":
            return False
        above = (k for k in range(table - 1, -1, -1) if not items[k].rule and not is_over_table(items[k].s))
        title = next(above, None)
        if title is None or not items[title].s.startswith(whose[0]) or _names_no_table(items[title].s):
            return False
        at = next((k for k in range(title - 1, -1, -1) if not items[k].rule), None)
    return at is None


def _names_no_table(text: str) -> bool:
    return (
        noun_of(text) != ("annex_table", "strong")
        or heading_of(text) is not None
        or TABLE_CAPTION.match(text) is not None
    )


def _table_from(items: Sequence[Item], k: int) -> int:
    """The index behind the number, the unit and the notes that stand over a table from item k on."""
    while k + 1 < len(items) and items[k].is_text and is_over_table(items[k].s):
        k += 1
    return k


def _ends_text(items: Sequence[Item], k: int) -> bool:
    """Whether nothing stands behind the mark of a table, item k, but tables with such marks, up to another title."""
    tables = 0
    for item in (x for x in islice(items, k + 1, None) if not x.rule):
        tables += item.kind == "table"
        if item.kind == "table" or marks_annex(item.s) or TABLE_NOTE.match(item.s) or note_head(item.s) is not None:
            continue
        if heading_of(item.s) is not None or len(item.s) > _SHORT or ends_sentence(item.s):
            return False
        noun = noun_of(item.s) if tables else None
        if noun is not None and noun[1] == "strong" and noun[0] != "annex_table":
            return True
    return tables > 0


def _is_of_table(items: Sequence[Item], mark: int, end: int) -> bool:
    """Whether a table stands between, and nothing that goes on over many lines."""
    between = [x for x in items[mark + 1 : end] if not x.rule]
    return any(x.kind == "table" for x in between) and all(x.kind == "table" or len(x.s) <= _SHORT for x in between)


def is_caption_again(items: Sequence[Item], before: int, end: int, text: str) -> bool:
    """Whether a line between two tables is the caption of the first once more, whose rows the second goes on with."""
    while before and TABLE_NOTE.match(items[before].s):
        before -= 1
    after = next((x for x in items[end : end + 12] if not x.rule and not UNIT.match(x.s)), None)
    if items[before].kind != "table" or after is None or after.kind != "table":
        return False
    above, below = (_SERIALS.findall("\n".join(line.text for line in x.lines)) for x in (items[before], after))
    ended = CONTINUED_BEHIND.sub("", text)
    captions = {fold(x.s) for x in items[max(0, before - _MOST_ABOVE) : before] if x.kind == "text"}
    counted = bool(above and below) and int(below[0]) == int(above[-1]) + 1
    return fold(ended) in captions and (counted or ended != text)
