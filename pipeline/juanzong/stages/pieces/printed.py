"""Where the transcriber kept printed lines: which of them go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex as re

from juanzong.core.lines import Line
from juanzong.language.elements import (
    APPROVAL,
    LETTERHEAD,
    TABLE_NOTE,
    is_addressee,
    is_doc_number,
    is_organ,
    organs_in,
    signed_number,
    type_of_title,
)
from juanzong.language.form_lines import is_field
from juanzong.language.numbering import BOX, heading_of
from juanzong.language.openings import (
    is_dated,
    names_parts,
    starts_anew,
    weak_start,
)
from juanzong.language.personal_names import ends_officer, names_officer
from juanzong.language.text import display_width, ends_sentence, indent_of, unbalanced
from juanzong.stages.pieces.alone import heads_chapter, is_listed, is_translated, says_again
from juanzong.stages.pieces.apart import stands_apart
from juanzong.stages.pieces.page_widths import FIRST_SHORTER, FULL_SLACK, print_width
from juanzong.stages.pieces.placing import INDENT, stands_even

ATTACHMENTS = re.compile(r"\s*(?:附件?\s*[:：]|\d{1,2}[.．])")
_OF_YEAR = re.compile(r"\s*\d{1,2}[.．、]\s?(?:19|20)\d{2}\s?年")  # 2.2025年某某表
_SHORT = 0.6  # of a page's width
_ONE_CHARACTER = re.compile(r"\p{Han}[，。；：]?")
_ORGANS = 40  # characters of a line that says whose a text is
_CLAUSE = re.compile("[，。；]")
_IN_PROSE = re.compile("[。；]|[：，].")  # no title says so much
_HEADING, _LEAST_WORDS = 0.6, 3  # of a page's width, and characters, that a heading's line has at most, at least
_OPEN_ENDS = frozenset(
    "、，：；第至和与及或到即—-－~～一二三四五六七八九十"
)  # with which a text breaks off in a list of numbers
_LONG = 16  # columns of a line that may leave a single character over
_MOST_HEAD_LINES = 8  # lines of 主送机关, or of who adopted a text
_PARAGRAPH = 8  # and those that a paragraph is set in at most: deeper, a line stands in the middle
_IN_BRACKETS = re.compile(r"[（(][^（）()]+[）)]")  # （联系人：…，电话：…）: whole
# 副组长：吴玉兰　市财政局局长; 组　长：…
_POST = re.compile(r"\s*\p{Han}(?:(?:\s*\p{Han}){1,5}[：:]\s*\p{Han}{2,4}[ 　]+\p{Han}{2}|[ 　]+\p{Han}[：:]\s*\S)")
_ITEM_NUMBER = re.compile(r"\s*(?:\d{1,2}(?:[.．](?!\d{1,2}(?!\d))|、)|[（(]\d{1,2}[)）]|[①-⑳])\s*(?=\S)")
_ITEM_SIGN = re.compile(r"\s*(?:——|[●■◆▲★•])\s*\p{Han}")
# how a paragraph of an article begins that speaks of it: of 2,700 such sentences in laws all but 64 begin a paragraph
_OF_ARTICLE = re.compile(r"\s*(?:前款|本条|本\p{Han}{1,3}所称)")
_STRIPPED = 2  # first lines that show by their length alone that they were indented


_LEADING = re.compile(r"[A-Za-z0-9.,%‰/:：+-]+[％%‰]?|\S[，。；：、！？）》”]?")


def _leading_token(text: str) -> int:
    """Columns of what could not be parted at the head of a line: a figure, a word, or one character with its stop."""
    m = _LEADING.match(text.strip())
    return display_width(m[0]) if m else 0


class Sheet(NamedTuple):
    """What is known of a printed page: columns of a full line; whether paragraphs are indented; whether they were, and
    the transcriber stripped the blanks."""

    width: int
    indented: bool
    stripped: bool


def goes_on(piece: Sequence[Line], after: Line, follows: Line | None, sheet: Sheet, note: bool) -> bool:
    """Printed style: whether `after` is the rest of the piece printed so far; `follows` is the line after it."""
    before = piece[-1]
    ended, full = ends_sentence(before.text), _fills(before, after, sheet.width)
    cut = full and not ended
    said = "".join(line.text.strip() for line in piece) if len(piece) <= _MOST_HEAD_LINES else ""
    if says_again(before.text, after.text) or begins_anew(after, cut, said, sheet.width):
        return False
    if _ends_entry(said, after, follows) or (not ended and _is_last_character(before, after)):
        return True
    if _stands_alone(before, said, after, sheet.width) or _stands_under_title(piece, said, after, sheet):
        return False
    if stands_apart(piece, said, after, ended):
        return False
    if not ended and len(piece) == 1 and _may_end_early(said, before, after, sheet.width):
        full = False  # a title's line, for which less will do
    # the lines of a note may be set in as far as its words are
    if (note and cut) or _hangs(piece[0], after, ended, full):
        return True
    if sheet.indented and indent_of(after.text) >= INDENT:
        return False
    if note:
        return _note_goes_on(before.text.rstrip(), ended, full)
    if ended and (is_addressee(said) or TABLE_NOTE.match(piece[0].text) or _begins(piece, after, follows, sheet)):
        return False
    return full or (sheet.indented and _is_at_margin(piece, after, sheet.width))


def _heads_section(said: str, after: Line, width: int) -> bool:
    """Whether a short line is a heading (三、…) though the line before it, that of a paragraph without its stop, is full: no
    text breaks off before such a number but in a list of them, or in a bracket or a quotation."""
    text = after.text.strip()
    head = heading_of(text) if text[1:2] == "、" or text[2:3] == "、" else None
    if head is None or head.form != "一、" or print_width(text) > _HEADING * width:
        return False
    words = text[head.end :].strip()
    whole = len(words) >= _LEAST_WORDS and not ends_sentence(text) and _CLAUSE.search(words) is None
    return whole and bool(said) and said[-1] not in _OPEN_ENDS and not unbalanced(said)


def _note_goes_on(before: str, ended: bool, full: bool) -> bool:
    """Whether a note goes on in the next line: at its foot text may follow, but not behind a semicolon that fills its line."""
    return not ended or (full and before.endswith(("；", ";")))


def _may_end_early(said: str, before: Line, after: Line, width: int) -> bool:
    """Whether a line that is hardly full is a title's, and no name in a list of attachments, as long as a first line is."""
    if ATTACHMENTS.match(said) and print_width(before.text) + FIRST_SHORTER == width:
        return False
    return _is_title(said) and not _fills(before, after, width, slack=0)


def _stands_under_title(piece: Sequence[Line], said: str, after: Line, sheet: Sheet) -> bool:
    """Whether a line is the text under a heading that Markdown marks, or under a box's title, or says for whom a text is, under its title or
    number, or 组长：… under that of a list of names."""
    if said.startswith("#") and ends_sentence(after.text) and not _CLAUSE.search(said):
        return True
    if BOX.match(said) and _IN_PROSE.search(after.text):
        return True
    if _heads_letter(after.text) and (type_of_title(said) or (is_addressee(after.text) and is_doc_number(said))):
        return True
    named = is_field(after.text) and stands_even(piece[0].text, sheet.width)
    return named and type_of_title(said) is not None


def _heads_letter(text: str) -> bool:
    """Whether a line under a whole title says whom the text is for, or whose it is."""
    return is_addressee(text) or (len(text) < _ORGANS and organs_in(text) is not None)


def _stands_alone(before: Line, said: str, after: Line, width: int) -> bool:
    """Whether nothing goes on: behind a date, who adopted a text, a letterhead or a number with who signed; at the heading of
    a chapter, under a title in English."""
    chapter = print_width(after.text) < _SHORT * width and heads_chapter(after.text)
    signed = "签" in said and signed_number(said) is not None
    return (
        chapter
        or signed
        or _is_letterhead(said, after.text)
        or is_dated(before.text)
        or bool(APPROVAL.match(said))
        or is_translated(said, after.text)
    )


def _is_letterhead(said: str, after: str) -> bool:
    """Whether words are a letterhead, over the number: that of several organs is as long as a full line."""
    numbered = "号" in after and (is_doc_number(after) or signed_number(after) is not None)
    return numbered and LETTERHEAD.match(said) is not None


def begins_anew(after: Line, cut: bool, said: str = "", width: int = 0) -> bool:
    """Whether a line begins as something new does; one that only may be a number is none where the text before, `said`, is
    cut, but a heading that is a line of its own."""
    if not after.text.lstrip().startswith("#") and weak_start(after.text):
        return not cut or _heads_section(said, after, width)
    if _POST.match(after.text) or (names_officer(said) and names_officer(after.text)):
        return True
    if is_field(after.text) and is_field(said) and _CLAUSE.search(said) is None:
        return True
    if _OF_YEAR.match(after.text) and ATTACHMENTS.match(said):
        return True
    return (after.mark is None and is_listed(after.text)) or starts_anew(after.text) or names_parts(after.text)


def _ends_entry(said: str, after: Line, follows: Line | None) -> bool:
    """Whether a line closes the bracket that the text so far is, or brings the end of what one of a list of officers is."""
    listed = follows is not None and names_officer(follows.text)
    return _is_bracketed(said, after) or (listed and ends_officer(said, after.text))


def _is_bracketed(said: str, after: Line) -> bool:
    """Who adopted it, in brackets: set in the middle, so its lines are never full."""
    return said.startswith(("（", "(")) and unbalanced(said) > 0 and not unbalanced(said + after.text)


def _is_last_character(before: Line, after: Line) -> bool:
    """…的通|知"""
    return _ONE_CHARACTER.fullmatch(after.text.strip()) is not None and print_width(before.text) >= _LONG


def _is_at_margin(piece: Sequence[Line], after: Line, width: int) -> bool:
    """Whether a line is prose at the margin, where paragraphs are indented: its piece began with an indent, and it ends
    a sentence, or the line before was cut and is hardly short."""
    first = piece[0].text
    if not INDENT <= indent_of(first) <= _PARAGRAPH or ATTACHMENTS.match(first):
        return False
    said = "".join(line.text.strip() for line in piece)
    if (stands_even(first, width) and _is_title(said)) or _IN_BRACKETS.fullmatch(said):
        return False
    before = piece[-1].text
    return ends_sentence(after.text) or (not ends_sentence(before) and print_width(before) >= 0.6 * width)


def _hangs(first: Line, after: Line, ended: bool, full: bool) -> bool:
    """Whether a line is set in as the rest of the title of an attachment is, or that of an item with a number. Under a short
    line that says no clause, a heading, it is a paragraph as well."""
    said = full or _CLAUSE.search(first.text) is not None
    return _hangs_under_attachment(first, after) or (not ended and said and _hangs_under_number(first, after))


def _hangs_under_number(first: Line, after: Line) -> bool:
    """Whether a line is set in as far as the words behind the number of an item in its own line: 1. 甲乙，/ 丙丁."""
    m = _ITEM_NUMBER.match(first.text)
    return m is not None and display_width(after.text[: indent_of(after.text)]) == display_width(m[0])


def _hangs_under_attachment(first: Line, after: Line) -> bool:
    """Whether a line is set in under the title of an attachment (附件：1. …): the rest of that title, not the next
    attachment and not who signs."""
    m = ATTACHMENTS.match(first.text)
    if m is None or ATTACHMENTS.match(after.text) or is_organ(after.text):
        return False
    indent, hang = (indent_of(line.text) for line in (first, after))
    if "附" in m[0]:
        return indent + INDENT <= hang <= display_width(m[0]) + FIRST_SHORTER
    return indent > 2 * FIRST_SHORTER and indent <= hang <= display_width(m[0])  # 2. and on, under the first


def _begins(piece: Sequence[Line], after: Line, follows: Line | None, sheet: Sheet) -> bool:
    """Whether a line after a complete sentence begins something new by its sign (——), by its words (前款所称), or by its
    length: it breaks off short of the margin and is no sentence's end (a title, a name); or blanks were stripped, and it is
    as short as first lines are, or there was room for its first character in the line before."""
    if _OF_ARTICLE.match(after.text) or _ITEM_SIGN.match(after.text):
        return True
    if not ends_sentence(after.text) and not _fills(after, follows, sheet.width):
        return True
    if not sheet.stripped:
        return False
    short = 0 if len(piece) > 1 else FIRST_SHORTER
    if _fills(piece[-1], after, sheet.width - short, slack=0):
        return not ends_sentence(after.text) and not _fills(after, follows, sheet.width, slack=0)
    return True


def _fills(line: Line, after: Line | None, width: int, slack: int = FULL_SLACK) -> bool:
    """Whether the line left no room for what comes after it."""
    token = _leading_token(after.text) if after is not None else 2
    return print_width(line.text) + token >= width - slack


def _is_title(said: str) -> bool:
    """Whether words are a title by their noun, and break off in no quotation."""
    return type_of_title(said) is not None and not unbalanced(said) and said.count("《") == said.count("》")


def stripped_indents(lines: Sequence[Line], widths: dict[int, int], indented: dict[int, bool], skip: set[int]) -> bool:
    """Whether paragraphs were indented and the blanks were stripped: on pages without indents, what begins after a
    line that ends short of the margin is mostly two characters shorter than lines that go on."""
    shorter = full = 0
    for i in range(1, len(lines) - 1):
        if i not in widths or indented[i] or skip.intersection((i - 1, i, i + 1)) or ends_sentence(lines[i].text):
            continue
        before, line, width = lines[i - 1], lines[i], widths[i]
        if _fills(before, line, width - 2 * FIRST_SHORTER):
            continue
        room = width - print_width(line.text)
        shorter += abs(room - FIRST_SHORTER) <= 1
        full += abs(room) <= 1
    return shorter >= _STRIPPED and shorter > full
