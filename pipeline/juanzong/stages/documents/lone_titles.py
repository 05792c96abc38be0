"""A title that nothing but its words and the paragraphs round it tell: prose documents run together, a blank line between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex as re

from juanzong.language import elements as el
from juanzong.language.numbering import BOX, FIGURE_CAPTION, TABLE_CAPTION, UNNUMBERED, heading_of
from juanzong.language.text import ends_sentence
from juanzong.stages.documents.stands_over import WHOSE
from juanzong.stages.pieces.items import Item

_OWN = re.compile(r"\p{Han}{0,20}?关于[\p{Han}“”〇《》]{4,}的\p{Han}+$")  # 关于加强…的意见, 某局关于…的通知
_TOWN = re.compile(r"\p{Han}{2,4}(?:街道|(?<![城乡村集小古重名])镇|(?<![城山水家故下返])乡)(?=\p{Han}{4})")
# the nouns of papers, and hardly of their sections: with two blank lines before them they need not say whose they are
_SURE = re.compile(
    r"(?:规划|方案|预案|纲要|办法|规定|细则|条例|章程|通知|公告|通告|决定)(?:[（(][^（）()]{2,10}[）)])?$"
)
_SHORTEST = 8  # characters of such a title
_SENTENCE = 12  # characters of the paragraph under it
_HEADING = 30  # characters of a heading at most
_AROUND = 60  # items before and behind in which headings are looked for
_COLONS = (":", "：")


def alone_between(
    items: Sequence[Item], before: int | None, start: int, end: int, text: str, *, known: bool
) -> Iterator[str]:
    """Whether items[start:end], which say `text`, stand alone between the paragraphs of two documents: the one above ends
    with a sentence (`before` is its last item) or a table, a sentence follows, or a table that is the whole, the line says whose paper it is or what
    it is about, or begins a page with a noun that no section has, and no headings without numbers stand round, of which
    it might be one. `known`: the bundle names it, and nothing need be asked."""
    noun = el.noun_of(text) if before is not None and items[start].blanks and not known else None
    if before is None or noun is None or el.names_document(text) != (noun[1] == "strong"):
        return
    if not _names_paper(items[start], text) or not _has_ended(items[before]):
        return
    prose = any(x.blanks and _is_paragraph(x) for x in items[end : end + 1])
    if not prose and not (items[start].begins_page and WHOSE.match(text) and _is_table_alone(items, end)):
        return
    if not _heading_before(items, before) and not _heading_behind(items, end):
        yield "alone"
        if noun[1] == "weak" and items[start].begins_page:
            yield "alone on its page"


def _has_ended(above: Item) -> bool:
    """Whether a text ends with an item: with a sentence that announces nothing, or a table."""
    return above.kind == "table" or (ends_sentence(above.s) and not above.s.rstrip().endswith(_COLONS))


def _is_table_alone(items: Sequence[Item], k: int) -> bool:
    """Whether a table, with its unit and notes, stands from item k on and nothing else before the end, or before a page
    that begins with the title of a paper."""
    tables = 0
    while k < len(items) and (items[k].kind == "table" or el.UNIT.match(items[k].s) or el.TABLE_NOTE.match(items[k].s)):
        tables += items[k].kind == "table"
        k += 1
    if not tables or k == len(items):
        return tables > 0
    said, noun = items[k].s.strip().strip("*"), el.noun_of(items[k].s)
    return items[k].begins_page and noun is not None and noun[1] == "strong" and _names_paper(items[k], said)


def _names_paper(item: Item, text: str) -> bool:
    """Whether a line that begins with an item and ends in a noun of titles says whose text it heads, or what that is about
    as titles do; or begins a page and names a paper."""
    if len(text) < _SHORTEST:
        return False
    return any(p.match(text) for p in (WHOSE, _OWN, _TOWN)) or (item.begins_page and _SURE.search(text) is not None)


def _is_paragraph(item: Item) -> bool:
    return item.is_text and len(item.s) >= _SENTENCE and item.s.rstrip().endswith("。") and heading_of(item.s) is None


def _heading_before(items: Sequence[Item], before: int) -> bool:
    """Whether a heading without a number stands above, in the document that ends with item `before`; where its title
    does, it begins, but for one that a colon announces: it is one of a list."""
    for k in range(before, max(-1, before - _AROUND), -1):
        if _is_heading(items[k]):
            titled = el.noun_of(items[k].s) is not None and _names_paper(items[k], items[k].s)
            above = next((x for x in reversed(items[max(0, k - 3) : k]) if not x.rule), None)
            return not titled or (above is not None and above.s.rstrip().endswith(_COLONS))
    return False


def _heading_behind(items: Sequence[Item], end: int) -> bool:
    """Whether a heading without a number stands behind, before another title does."""
    first = next((x for x in items[end : end + _AROUND] if _is_heading(x)), None)
    return first is not None and not (el.noun_of(first.s) is not None and _names_paper(first, first.s))


def _is_heading(item: Item) -> bool:
    """Whether an item is a line such as headings without numbers are: short, no sentence, and nothing that tells it."""
    text = item.s.strip().strip("*")
    if not item.is_text or not text or len(text) > _HEADING or ends_sentence(text) or heading_of(text) is not None:
        return False
    return not (
        any(
            p.match(text)
            for p in (BOX, TABLE_CAPTION, FIGURE_CAPTION, UNNUMBERED, el.UNIT, el.TABLE_NOTE, el.ANNEX_MARK)
        )
        or el.is_date(text)
        or el.is_organ(text)
        or el.is_doc_number(text)
        or el.is_label(text)
        or el.signed_and_dated(text)
    )
