"""Items -> items: a heading that its line broke in two is one. Where blank lines part all else, the line right below it,
with a blank line behind, is its rest; so are the lines of what a reader knows as one heading."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.language import elements as el
from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item

_FULL, _REST = 20, 24  # characters of a line that may wrap, at least; of what it wraps to, at most
_SAID = re.compile("[：:。；！？]")


def join_wrapped_headings(items: Sequence[Item], ledger: Ledger, *, parted: bool) -> list[Item]:
    """The items of one document. `parted`: blank lines part its paragraphs."""
    out: list[Item] = []
    for k, item in enumerate(items):
        alone = parted and not item.blanks and (k + 1 == len(items) or items[k + 1].blanks > 0)
        if out and ((alone and _breaks_off(out[-1]) and not item.level and _is_rest(item)) or _goes_on(out[-1], item)):
            out[-1].take_rest(item, "wrapped-heading", ledger)
        else:
            out.append(item)
    return out


def _breaks_off(item: Item) -> bool:
    """Whether an item is a heading in a full line of its own that has no stop."""
    if not item.is_text or not item.blanks or len(item.s) < _FULL or ends_sentence(item.s):
        return False
    head = heading_of(item.s)
    return head is not None and head.form != "条" and _SAID.search(item.s) is None


def _goes_on(before: Item, item: Item) -> bool:
    """Whether an item is the second line of what a reader knows as one heading (`<h2>一、总体<br>要求</h2>`)."""
    block = item.lines[0].block
    if block is None or block.kind != "heading" or before.lines[-1].block is not block:
        return False
    return before.is_text and not ends_sentence(before.s) and _SAID.search(before.s) is None and _is_rest(item)


def _is_rest(item: Item) -> bool:
    """Whether a line is a few words that say nothing by themselves."""
    return (
        item.is_text
        and len(item.s) <= _REST
        and heading_of(item.s) is None
        and _SAID.search(item.s) is None
        and not (el.is_date(item.s) or el.is_organ(item.s))
    )
