"""Items -> items: elements of an official letter that Markdown sets in bold (**各学校：**, **2022年3月1日**, **附件：**某表),
the unit and the notes of a table, and notes, without the marks, which would hide what they are."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.core.traced import concat
from juanzong.language import elements as el
from juanzong.stages.pieces.items import Item

_BOLD = re.compile(r"\s*\*\*(?P<said>[^*]+)\*\*(?P<rest>[^*]*)$")
_LONGEST = 400  # characters of an element
_MOST_NOTES = 6  # below a table
_MARK = re.compile(r"[①-⑳⁰¹²³⁴-⁹]+|[\[［]\d{1,2}[\]］]")  # that calls a note
_NEAR = 40  # items above a note, one of which calls it
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
    return [_plain(x, items, k, ledger) if "**" in x.s and x.is_text else x for k, x in enumerate(items)]


def _plain(item: Item, items: Sequence[Item], k: int, ledger: Ledger) -> Item:
    m = _BOLD.match(item.text.text) if len(item.s) <= _LONGEST else None
    if m is None or not (
        _is_element(said := m["said"] + m["rest"]) or _is_of_table(said, items, k) or _is_note(said, items, k)
    ):
        return item
    text = item.text
    for a, b in ((m.start("said") - 2, m.start("said")), (m.end("said"), m.end("said") + 2)):
        ledger.drop_ranges(text[a:b], "emphasis-mark", category="format")
    text = concat([text[m.start("said") : m.end("said")], text[m.start("rest") :]])
    return item.holding(text)


def _is_of_table(text: str, items: Sequence[Item], k: int) -> bool:
    """Whether a line is the unit right above a table, or a note below one."""
    if k + 1 < len(items) and items[k + 1].kind == "table" and el.UNIT.match(text):
        return True
    above = next(
        (x for x in reversed(items[max(0, k - _MOST_NOTES) : k]) if not el.TABLE_NOTE.match(x.s.lstrip("* "))), None
    )
    return above is not None and above.kind == "table" and el.TABLE_NOTE.match(text) is not None


def _is_note(text: str, items: Sequence[Item], k: int) -> bool:
    """Whether a line begins with a mark that stands within a text above it: a note."""
    m = _MARK.match(text)
    return m is not None and any(x.is_text and x.s.find(m[0], 1) > 0 for x in items[max(0, k - _NEAR) : k])


def _is_element(text: str) -> bool:
    return any(look(text) for look in _LOOKS) or any(p.match(text) for p in _PATTERNS)
