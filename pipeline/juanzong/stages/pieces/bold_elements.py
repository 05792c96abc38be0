"""Items -> items: elements of an official letter that Markdown sets in bold (**各学校：**, **2022年3月1日**, **附件：**某表)
without the marks, which would hide what they are."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.core.traced import concat
from juanzong.language import elements as el
from juanzong.stages.pieces.items import Item

_BOLD = re.compile(r"\s*\*\*(?P<said>[^*]+)\*\*(?P<rest>[^*]*)$")
_LONGEST = 400  # characters of an element
_PATTERNS = (el.ATTACHMENT_LIST, el.ATTACHMENT_NAMED, el.ANNEX_MARK, el.BARE_MARK, el.LETTERHEAD, el.GRADES)
_LOOKS = (
    el.is_date,
    el.is_doc_number,
    el.is_addressee,
    el.is_of_imprint,
    el.printed_on,
    el.labels_in,
    el.is_approval,
    el.signed_and_dated,
    el.organs_in,
)


def plain_elements(items: Sequence[Item], ledger: Ledger) -> list[Item]:
    """All items in order, such elements plain."""
    return [_plain(x, ledger) if "**" in x.s and x.is_text else x for x in items]


def _plain(item: Item, ledger: Ledger) -> Item:
    m = _BOLD.match(item.text.text) if len(item.s) <= _LONGEST else None
    if m is None or not _is_element(m["said"] + m["rest"]):
        return item
    text = item.text
    for a, b in ((m.start("said") - 2, m.start("said")), (m.end("said"), m.end("said") + 2)):
        ledger.drop_ranges(text[a:b], "emphasis-mark", category="format")
    text = concat([text[m.start("said") : m.end("said")], text[m.start("rest") :]])
    return item.holding(text)


def _is_element(text: str) -> bool:
    return any(look(text) for look in _LOOKS) or any(p.match(text) for p in _PATTERNS)
