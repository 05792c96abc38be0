"""What stands around a line that may be a title, as signs for or against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex as re

from juanzong.core.remembered import remembered
from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.annex_marks import MARK_NOTED, marks_annex
from juanzong.language.doc_numbers import names_gazette
from juanzong.language.form_lines import label_before_value
from juanzong.language.numbering import BOX, heading_of
from juanzong.language.personal_names import names_speaker, says_where_spoken
from juanzong.language.standards import are_head_of_standard, standard_mark
from juanzong.language.text import ends_sentence
from juanzong.stages.documents.bylines import opens_paper
from juanzong.stages.documents.on_cover import is_cover, stands_on_cover
from juanzong.stages.documents.page_titles import OF_FILE, is_file_name
from juanzong.stages.documents.sheet_titles import heads_sheet
from juanzong.stages.documents.stands_over import WHOSE, names_below, stands_over
from juanzong.stages.documents.table_notes import (
    is_caption_again,
    is_table_below,
    marks_table,
    noted_table,
    tables_alone,
    tables_in_turn,
)
from juanzong.stages.documents.title_numbering import begins_numbering, numbering_goes_on
from juanzong.stages.documents.title_worth import MOST_BEHIND, most_between, worth_of
from juanzong.stages.documents.translations import behind_translation
from juanzong.stages.pieces.items import Item, next_shown

_CLOSING = 60  # characters at the end of a paragraph in which it puts its text into force
LONGEST_PRINT = 2000  # characters of lines that may print a title once more
_LETTER = 60  # characters of a letter's opening in which it says what it does


def last_before(items: Sequence[Item], i: int) -> int | None:
    """The last item before item i that says something: no furniture but a web page's, no picture, no note of a mark."""
    return next((k for k in range(i - 1, -1, -1) if items[k].kind != "text" or _says(items[k])), None)


def _says(item: Item) -> bool:
    return item.rule in ("", "web-chrome") and not item.s.startswith("![") and MARK_NOTED.match(item.s) is None


def marks_of(items: Sequence[Item], i: int, *, gap: str) -> Iterator[str]:
    """How the line itself is set. `gap`: what a blank line before it tells."""
    item = items[i]
    if item.begins_page:
        yield "page"
    elif gap and item.blanks:
        yield gap
    if item.level or item.bold or item.centered:
        yield "marked"
    if heads_sheet(items, i):
        yield "heads sheet"


def around(
    items: Sequence[Item],
    before: int | None,
    end: int,
    contents_after: Sequence[bool],
    text: str,
    *,
    known: bool,
    first: bool,
    so: bool,
    lacking: float,
) -> list[str] | None:
    """What stands before and behind items[..:end], which say `text`; `before` is the index of the last item before
    them that is no furniture; `so`: they are set as titles are. None where no signs could make up for the worth that is
    `lacking`: then most are not looked for."""
    strong = (noun := el.noun_of(text)) is not None and noun[1] == "strong"
    above = before + 1 if before is not None and before + 1 < len(items) else 0
    covered = before is not None and items[above].begins_page and is_cover(items, above)
    first = first or covered
    signs = ["first"] if (top := before is None) or first else []
    start = _first_of(items[above:end])
    set_over = start.begins_page and start.level == 1
    if before is not None and (sign := _marked_above(items, before, text, first=top or first)):
        signs.append(sign)
    elif before is not None:
        named = known or so or set_over or noun is not None
        signs += _look_back(items[noted_table(items, before)], text, known or covered, named=named)
        signs += _far_above(items, before, text, strong=strong)
    between = most_between(begins_page=start.begins_page, told=start.level > 0)
    if not top and worth_of(signs) + MOST_BEHIND + between < lacking:
        return None
    kind, fresh = noun[0] if noun else None, start.begins_page and before is not None
    signs += _look_on(items, end, contents_after, kind, text, first=top or first, named=strong, fresh=fresh)
    if top and not strong and not known:
        signs += _at_top(items, end, noun is None)
    if worth_of(signs) + between < lacking:
        return None
    if before is not None:
        signs += _look_between(items, before, end, start, text, loose=not known and "in series" not in signs)
    if start.begins_page:
        signs += _on_its_page(signs, text, items[max(above - 1, 0) : above], set_over=set_over)
    return signs


def _first_of(items: Sequence[Item]) -> Item:
    """The first of a title's lines; behind a page's number the first that Markdown or the tool marks, if one is."""
    paged = items[0].rule != ""
    return next((x for x in items if not paged or (x.level and not x.rule)), items[0])


def _marked_above(items: Sequence[Item], before: int, text: str, *, first: bool) -> str:
    """The sign that item `before`, the last above the lines, is by itself; '' where it is none."""
    if before and are_head_of_standard(items[before - 1].s, items[before].s):
        return "of standard"
    if first and standard_mark(items[before].s) in ("doc_number", "cover"):
        return "head before"
    named = before > 0 and marks_annex(items[before - 1].s) and names_below(items[before].s, text)
    if named or (el.noun_of(text) is not None and marks_table(items, before)):
        return "annex mark"
    return "head before" if items[before].is_text and stands_over(items[before].s, text) else ""


def _on_its_page(signs: Sequence[str], text: str, before: Sequence[Item], *, set_over: bool) -> Iterator[str]:
    """What lines that begin a page tell together with the signs so far, and with the item `before` them. `set_over`:
    Markdown or the reader's tool sets them above all else."""
    noun = el.noun_of(text)
    if "numbering restarts" in signs or (set_over and "signed off" in signs):
        yield "fresh page"
    if noun is not None and el.is_bare_kind(text):
        yield "bare kind"
    ended = any(x.kind == "table" or ends_sentence(x.s) for x in before)
    if ended and noun is not None and noun[1] == "strong" and WHOSE.match(text):
        yield "whose"


def _at_top(items: Sequence[Item], end: int, bare: bool) -> Iterator[str]:
    """What speaks for the first line of all, where its words do not; `bare`: they name no kind at all."""
    after = next((x for x in items[end : end + 12] if not x.rule), None)
    said = after is not None and after.kind == "text" and ends_sentence(after.s) and not el.is_addressee(after.s)
    if bare or said or items[end - 1].level == 1:
        yield "top"
    if bare and said:
        yield "text follows"


def _look_between(
    items: Sequence[Item], before: int, end: int, start: Item, text: str, *, loose: bool
) -> Iterator[str]:
    """What the text before the lines tells together with what they are, or what follows them. `loose`: nothing else of
    the bundle names them, nor does a number stand before them."""
    if is_caption_again(items, before, end, text):
        yield "table goes on"
    if numbering_goes_on(items, before, end):
        yield "numbering goes on"
    if loose and items[before].level > 1 and not start.level:
        yield "in series"  # under a heading that Markdown or the reader's tool marks
    if start.level and el.ends_rules(items[before].s[-_CLOSING:]):
        yield "in force"


@remembered
def is_head_line(text: str) -> bool:
    """Whether a line stands before titles: a label with its value, a letterhead, a document number."""
    return bool(
        el.is_label(text)
        or el.ABOUT.match(text)
        or el.LETTERHEAD.match(text)
        or el.is_doc_number(text)
        or el.signed_number(text)
        or el.GRADES.match(text)
        or el.BARE_INDEX.match(text)
        or el.signed_and_dated(text)
        or (names_gazette(text) and re.search(r"\d", text))
    )


def _far_above(items: Sequence[Item], before: int, text: str, *, strong: bool) -> Iterator[str]:
    """What stands above item `before`: a letterhead over a number, tables with titles like this one. `strong`: the title
    ends in a title's noun."""
    if strong and before > 0 and el.is_doc_number(items[before].s) and el.LETTERHEAD.match(items[before - 1].s):
        yield "letterhead"
    if strong and tables_in_turn(items, before, text):
        yield "in turn"


def _look_back(before: Item, text: str, known: bool, *, named: bool) -> Iterator[str]:
    if before.is_text and OF_FILE.search(before.s):
        yield "head before" if before.level or is_file_name(before.s, text) else "closed"
    elif before.rule == "web-chrome" or (
        before.kind == "text" and is_head_line(before.s) and (named or el.signed_and_dated(before.s) is None)
    ):
        yield "head before"
    elif before.kind == "text" and el.ANNEX_MARK.match(before.s):
        yield "annex mark"
    elif named and before.kind == "text" and (el.is_date(before.s) or el.signs_off(before.s)):
        yield from ("closed", "signed off")
    elif (
        before.kind == "table"
        or el.closes(before.s)
        or before.s.startswith("[")
        or el.ATTACHMENT_LIST.match(before.s)
        or el.TABLE_NOTE.match(before.s)
    ):
        yield "closed"
    elif (
        not ends_sentence(before.s)
        and len(before.s) > 12
        and not heading_of(before.s)
        and not el.may_be_title(before.s)
    ):
        yield "cut before"
    elif not known and not ends_sentence(before.s) and (heading_of(before.s) or BOX.match(before.s)):
        yield "in series"


def _look_on(
    items: Sequence[Item],
    end: int,
    contents_after: Sequence[bool],
    kind: str | None,
    text: str,
    *,
    first: bool,
    named: bool,
    fresh: bool,
) -> Iterator[str]:
    """`fresh`: the lines begin a page."""
    if contents_after[end - 1] or (first and kind is not None and stands_on_cover(items, end, contents_after)):
        yield "head follows"
        return
    k = _after_repeats(items, end, text)
    if k is None:
        return
    k = k + 1 if k + 1 < len(items) and is_note_of_head(items[k], items[k + 1]) else k
    below = behind_translation(items, k)
    if named and below > k:
        yield "translated"
        k = below
    after = items[k]
    if is_table_below(items, k):
        if not (first or kind == "roster"):
            yield "table alone" if fresh and tables_alone(items, k) else "table follows"
        return
    if after.s and (el.is_of_imprint(after.s) or el.printed_on(after.s)):
        yield "imprint follows"
        return
    if opens_paper(items, k):
        yield "writers follow"
        return
    dated = says_where_spoken(text) or (k + 1 < len(items) and el.is_date(items[k + 1].s))
    spoken = dated and names_speaker(after.s)
    if contents_after[k] or spoken or _is_of_head(after.s, kind):
        yield "head follows"
        if el.is_approval(after.s):
            yield "adopted"
        return
    if el.opens_kind(kind, after.s):
        yield "kind opens"
        return
    if named and label_before_value(after.s):
        yield "form follows"
    if begins_numbering(items, k, first=first):
        yield "numbering restarts"


def _is_of_head(text: str, kind: str | None) -> bool:
    """Whether a line is one of those that stand under titles of that kind."""
    return bool(
        is_head_line(text)
        or el.is_approval(text)
        or el.is_addressee(text)
        or el.is_date(text)
        or (el.organs_in(text) is not None and len(text) < 60)
        or (kind in ("notice", "certificate") and el.OPENS_LETTER.search(text[:_LETTER]))
    )


def is_note_of_head(item: Item, after: Item) -> bool:
    """Whether a line says who may have the text, above those whom it is for or above its number."""
    below = after.kind == "text" and (el.is_addressee(after.s) or el.is_doc_number(after.s))
    return below and item.kind == "text" and el.HEAD_NOTE.match(item.s) is not None


def _after_repeats(items: Sequence[Item], end: int, text: str) -> int | None:
    """The next item that is no furniture and no second print of the title."""
    k = next_shown(items, end)
    run, key = "", skeleton(text)
    while k is not None and k < len(items) and items[k].kind == "text" and len(run) < len(text):
        run += items[k].s.strip()
        if len(run) > LONGEST_PRINT or not key.startswith(skeleton(run)):
            break
        if skeleton(run) == key:
            return next_shown(items, k + 1)
        k += 1
    return next_shown(items, end)
