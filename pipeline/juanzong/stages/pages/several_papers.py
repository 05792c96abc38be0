"""Which of the lines that say one title at the edges of pages begin papers of their own: contracts, pledges, summaries of
several years, test reports, each under the same title; and over which of them the title is the running head alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.form_lines import OF_PART, fills_in_anew, is_field, names_field
from juanzong.language.numbering import Heading, heading_of
from juanzong.language.text import ends_sentence, fold
from juanzong.stages.pages.head_words import cuts_sentence

_BRACKETED = re.compile(r"[（(\[【][^（）()\[\]【】]+[）)\]】]")
# who signs, at the end of a paper: 承诺人：张三, 甲方（盖章）：某公司
_SIGNED = re.compile(
    r"[^，。；]{0,12}(?:人|签\s*[名字章]|盖\s*章|单\s*位|代\s*表|[甲乙丙]\s*方)\s*(?:[（(][^（）()]{1,8}[）)])?\s*[:：][^，。；]{0,30}"
)
_CELL_ENDS = re.compile(r"\||\t|\s{2,}|</t[dh]>")
_TAG = re.compile(r"<[^<>]*>")
_RULE = re.compile(r"[|:\s-]+")
_LEAST_ROWS = 2
_TABLES = ("annex_table", "roster")  # what titles of tables tell
_LONGEST_NAME = 4  # characters of a person's name
_TITLE_LINES = 3
_UNDER_TITLE = 6  # lines in which the first heading of a paper stands, or the text before it


def are_several(lines: Sequence[Line], heads: Sequence[int]) -> bool:
    """Whether lines that come back name nothing but the kind of paper that each begins, behind the date of the one before
    (荣誉证书, 聘书), or each says of another year, term or part what it is of in the line below: （2022年）."""
    if el.is_paper(lines[heads[0]].text) and all(el.is_date(lines[i - 1].text) for i in heads[1:]):
        return True
    below = [lines[i + 1].text.strip() for i in heads if i + 1 < len(lines)]
    apart = len(below) == len(heads) == len(set(below))
    return apart and el.type_of_title(lines[heads[0]].text) is not None and all(map(OF_PART.fullmatch, below))


def papers_among(lines: Sequence[Line], heads: Sequence[int], live: Sequence[int]) -> set[int]:
    """Those of the lines `heads`, which say the same at the edges of pages, that begin a paper each: the first one, and
    others below which the text begins as it does there, otherwise filled in. `live`: the lines that are no page numbers."""
    places = [bisect_left(live, at) for at in heads]
    pages = [live[a + 1 : b] for a, b in zip(places, [*places[1:], len(live)], strict=True)]
    texts = [[lines[i].text.strip() for i in page] for page in pages]
    found = set()
    for at, place, text in zip(heads[1:], places[1:], texts[1:], strict=True):
        under = _under_title(lines[at].text, texts[0], text)
        if under is None or text == texts[0] or cuts_sentence(lines, at, live):
            continue
        own, other = texts[0][under:], text[under:]
        tables = el.type_of_title(lines[at].text) in _TABLES and _are_other_tables(own, other)
        if tables or _begins_anew(own, other, _has_ended(lines, live, place)):
            found.add(at)
    return found | {heads[0]} if found else set()


def _under_title(said: str, first: Sequence[str], text: Sequence[str]) -> int | None:
    """How many lines below those that say the same belong to the title as well; None where they say no title."""
    title, under = said.strip(), 0
    for a, b in zip(first[: _TITLE_LINES - 1], text, strict=False):
        if fold(a) != fold(b) or not el.may_be_title(a) or ends_sentence(a):
            break
        if el.type_of_title(title) is not None and el.type_of_title(title + a) is None:
            break
        title, under = title + a, under + 1
    return under if el.type_of_title(title) is not None else None


def _has_ended(lines: Sequence[Line], live: Sequence[int], place: int) -> bool:
    """Whether the page before ends as papers do: with a date, or with who signs; words in brackets may stand below."""
    before = [lines[i].text.strip() for i in live[max(0, place - 2) : place]]
    if len(before) > 1 and _BRACKETED.fullmatch(before[-1]):
        before.pop()
    last = before[-1] if before else ""
    return el.is_date(last) or el.signed_and_dated(last) is not None or _SIGNED.fullmatch(last) is not None


def _begins_anew(first: Sequence[str], text: Sequence[str], ended: bool) -> bool:
    """Whether a text begins as the first paper does, with other things said; `ended`: the one before has ended."""
    if not first or not text:
        return False
    if OF_PART.fullmatch(first[0]) and OF_PART.fullmatch(text[0]):
        return text[0] != first[0]
    if el.UNIT.match(text[0]) is None and fills_in_anew(text[0], first[0]):
        return True
    own, other = _first_heading(first), _first_heading(text)
    if own is not None and other is not None:
        same = own[0].form == other[0].form and own[0].ordinal == other[0].ordinal == 1
        return same and (ended or own[1] == other[1])
    return own is None and other is None and ended and ends_sentence(first[0]) and ends_sentence(text[0])


def _are_other_tables(first: Sequence[str], text: Sequence[str]) -> bool:
    """Whether both are tables, each of another month; or of one form, of which the labels in the first row are the same,
    beside another value; or tables whose serial numbers begin again."""
    if first and text and el.is_date(first[0]) and el.is_date(text[0]) and _cells(first[1:2]):
        return fold(first[0]) != fold(text[0])
    rows, others = _cells(first[:_UNDER_TITLE]), _cells(text[:_UNDER_TITLE])
    if len(rows) < _LEAST_ROWS or len(others) < _LEAST_ROWS or rows == others:
        return False
    labels, asked = rows[0][::2], others[0][::2]
    if rows[0] == others[0]:  # the names of columns
        return rows[1][0] == others[1][0] in ("1", "01", "001")
    return labels == asked and len(rows[0]) % 2 == 0 and all(map(names_field, labels)) and rows[0][1] != others[0][1]


def _cells(lines: Sequence[str]) -> list[list[str]]:
    """The cells of the lines that are rows of a table, but for blank ones and rules."""
    found = (_CELL_ENDS.sub(" | ", line) if _CELL_ENDS.search(line) else "" for line in lines)
    rows = (
        [fold(_TAG.sub("", cell)) for cell in line.split("|")] for line in found if line and not _RULE.fullmatch(line)
    )
    return [kept for row in rows if len(kept := [cell for cell in row if cell]) > 1]


def _first_heading(text: Sequence[str]) -> tuple[Heading, str] | None:
    """The first heading near the head of a page, below nothing but what stands under a title; and what it says."""
    for line in text[:_UNDER_TITLE]:
        head = heading_of(line.lstrip("# "))
        if head is not None:
            return head, fold(line)
        if not _stands_under_title(line):
            return None
    return None


def _stands_under_title(text: str) -> bool:
    """Whether a line is text, or an element that stands under titles, and no name of a part."""
    return (
        ends_sentence(text)
        or _BRACKETED.fullmatch(text) is not None
        or is_field(text)
        or el.is_organ(text)
        or bool(el.is_date(text) or el.is_doc_number(text) or el.is_addressee(text))
        or len(fold(text)) <= _LONGEST_NAME
    )
