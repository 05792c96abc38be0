"""Titles printed with the number that the bundle's contents list gives them: 二、教师名单, 材料3 学校章程."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.core.tree import ContentsEntry
from juanzong.language.alike import skeleton
from juanzong.language.document_types import names_document
from juanzong.language.numbering import heading_of
from juanzong.stages.documents.contents_placed import leaves
from juanzong.stages.pieces.items import Item

_LONGEST = 120  # characters of such a line
_BETWEEN = re.compile(r"[\s.．、:：)）】\]]*")


def without_contents_numbers(
    items: Sequence[Item], begin: int, entries: Sequence[ContentsEntry], ledger: Ledger
) -> list[Item]:
    """The items; behind the list, from `begin` on, the first that says an entry with its number begins with the title:
    the number is the list's, and goes by edit."""
    named = {
        skeleton(e.number.text + e.title.text): e
        for e in entries
        if e.title and e.number.text[:1] not in ("", "附") and not _heads_group(e, entries)
    }
    out = list(items)
    above: dict[str, tuple[int, bool]] = {}  # numbering -> the last heading's ordinal, and whether the list names it
    for k in range(begin, len(items)):
        item = items[k]
        if not item.is_text or len(item.s) > _LONGEST:
            continue
        entry = named.get(skeleton(item.s))
        start = _title_start(item.s, entry) if entry is not None else 0
        head = heading_of(item.s)
        last, listed = above.get(head.form, (0, True)) if head is not None else (0, True)
        goes_on = head is not None and not listed and head.ordinal == last + 1  # a heading of the text above
        if head is not None:
            above[head.form] = (head.ordinal, bool(start) and not goes_on)
        if entry is None or not start or (goes_on and not _follows_listed(entry, entries, named)):
            continue
        del named[skeleton(item.s)]
        ledger.drop_ranges(item.text[:start].strip(), "contents-number")
        out[k] = item.holding(item.text[start:].strip())
    return out


def _heads_group(entry: ContentsEntry, entries: Sequence[ContentsEntry]) -> bool:
    """Whether an entry only heads those below it, which name the documents: 第一部分 规章制度."""
    return all(e is not entry for e in leaves(entries)) and not names_document(entry.title.text)


def _follows_listed(entry: ContentsEntry, entries: Sequence[ContentsEntry], open_: Mapping[str, ContentsEntry]) -> bool:
    """Whether an entry names a document, and the one before it in the list was found already: so it is no heading that
    happens to count on."""
    at = next(k for k, e in enumerate(entries) if e is entry)
    found = at > 0 and all(e is not entries[at - 1] for e in open_.values())
    return found and names_document(entry.title.text)


def _title_start(said: str, entry: ContentsEntry) -> int:
    """Where the title begins behind the entry's number; 0 where the line does not begin with that."""
    number = skeleton(entry.number.text)
    at = next((k for k in range(1, len(said)) if skeleton(said[:k]) == number), 0)
    m = _BETWEEN.match(said, at) if at else None
    return m.end() if m is not None and m.end() < len(said) else 0
