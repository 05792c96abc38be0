"""In which lines a title may begin that the bundle does not name."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.language import elements as el
from juanzong.language.numbering import heading_of
from juanzong.stages.documents.title_lines import is_indented, may_print_title, names_act, stands_centred
from juanzong.stages.documents.title_words import is_order
from juanzong.stages.pieces.items import Item

_BLOCK = 3  # lines of a title that is set as paragraphs are
_STOP = re.compile("[，。；：！？]")


def where_usable(items: Sequence[Item], i: int, *, annexed: bool) -> tuple[bool, int]:
    """Whether a title may begin in item i; and where one ends that is set as paragraphs are, 0 where none is. `annexed`: the
    mark of an annex stands above."""
    usable = (may_print_title(items[i]) and (not is_indented(items[i]) or _stands_over(items, i))) or is_order(items, i)
    usable = usable or (annexed and el.is_legend(items[i].s))
    return usable, _block_on_top(items, i) if not usable and (annexed or items[i].begins_page) else 0


def _block_on_top(items: Sequence[Item], i: int) -> int:
    """Where a title ends that begins with item i, set as paragraphs are, at the head of a page or below the mark of an annex:
    a few lines without a stop that end in the noun of a document, and a blank line below; 0 where none does."""
    if not is_indented(items[i]):
        return 0
    end = next((k for k in range(i + 1, min(i + 1 + _BLOCK, len(items))) if items[k].blanks), None)
    if end is None or not all(x.is_text and not x.rule for x in items[i:end]):
        return 0
    run = "".join(x.s.strip() for x in items[i:end])
    whole = _STOP.search(run) is None and heading_of(run) is None and el.names_document(run) and el.may_be_title(run)
    return end if whole else 0


def _stands_over(items: Sequence[Item], i: int) -> bool:
    """Whether an order begins here, by an organ's name and its number below, or a title in the middle or over an addressee."""
    if i + 1 == len(items):
        return False
    below = items[i + 1]
    named = (names_act(items[i].s) and el.is_doc_number(below.s)) or (el.is_addressee(below.s) and not below.indent)
    return named or stands_centred(items[i], below)
