"""What the bundle's contents list gives its documents, printed at their heads: a number before the title (二、教师名单, 材料3
学校章程), the name of their group in a line of its own (第二部分 规章制度)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.core.tree import ContentsEntry
from juanzong.language.alike import skeleton
from juanzong.language.document_types import names_document, number_start
from juanzong.language.numbering import heading_of
from juanzong.language.organs import is_organ, organs_in
from juanzong.stages.documents.contents_lines import number_at
from juanzong.stages.documents.contents_placed import leaves
from juanzong.stages.documents.title_signs import is_head_line
from juanzong.stages.pieces.items import Item

_LONGEST = 120  # characters of such a line
_LEAST = 6  # characters of an entry that a longer title may end in
_MOST_WRAPPED = 4  # lines of a title
_MOST_OF_HEAD = 8  # lines from a letter's head to its title
_PARTED = re.compile(r"\d{1,2}(?:[-—－–.．]\d{1,2}){1,3}")  # the number of an entry that two figures or more make
_OF_PART = re.compile(r"\s*\d{1,2}\s?[-—－–]\s?(\d{1,2})[.．、]?\s*(?=[\p{Han}《“])")  # the third part's second: 3-2
_LABEL = re.compile(r"^\s*\p{Han}{2,10}[：:]\s*")
_IN_MARKS = re.compile("《([^《》]+)》")
_BETWEEN = re.compile(r"[\s.．、:：)）】\]]*")


def without_contents_numbers(
    items: Sequence[Item], begin: int, entries: Sequence[ContentsEntry], ledger: Ledger
) -> list[Item]:
    """The items; behind the list, from `begin` on, the first that says an entry with its number begins with the title:
    the number is the list's, and goes by edit."""
    leaf_ids = {id(e) for e in leaves(entries)}
    named = {
        skeleton(e.number.text + name): e
        for e in entries
        if e.title and e.number.text[:1] not in ("", "附") and not _only_heads(e, leaf_ids)
        for name in _names_of(e)
    }
    out = list(items)
    above: dict[str, tuple[int, bool]] = {}  # numbering -> the last heading's ordinal, and whether the list names it
    for k in range(begin, len(items)):
        item = items[k]
        if not item.is_text or len(item.s) > _LONGEST:
            continue
        entry = named.get(skeleton(item.s))
        start = _title_start(item.s, entry) if entry is not None else 0
        if entry is None and (m := _OF_PART.match(item.s)) and _counts_as(int(m[1]), item.s[m.end() :], entries):
            ledger.drop_ranges(item.text[: m.end()].strip(), "contents-number")
            out[k] = item.holding(item.text[m.end() :].strip())
            continue
        head = heading_of(item.s)
        last, listed = above.get(head.form, (0, True)) if head is not None else (0, True)
        goes_on = head is not None and not listed and head.ordinal == last + 1  # a heading of the text above
        if head is not None:
            above[head.form] = (head.ordinal, bool(start) and not goes_on)
        if entry is None or not start or (goes_on and not _follows_listed(entry, entries, named)):
            continue
        for name in _names_of(entry):
            named.pop(skeleton(entry.number.text + name), None)
        ledger.drop_ranges(item.text[:start].strip(), "contents-number")
        out[k] = item.holding(item.text[start:].strip())
    return out


def _names_of(entry: ContentsEntry) -> list[str]:
    """What an entry calls its document: all its words, and the name behind one that says what it is for: 获奖文件：关于表彰…
    的决定."""
    name = _LABEL.sub("", entry.title.text)
    return [entry.title.text, *([name] if name != entry.title.text and names_document(name) else [])]


def _counts_as(ordinal: int, said: str, entries: Sequence[ContentsEntry]) -> bool:
    """Whether the entry with this number names what a line says, or says it without who issues it: 3-6 某县委关于… of the
    list of a third part, where it is 6."""
    key = skeleton(said)
    for e in entries:
        title = skeleton(e.title.text)
        head = number_at(e.number.text.strip() + "　", ordinal) if e.number and key.endswith(title) else None
        if head is None or head.ordinal != ordinal:
            continue
        issuers = organs_in(said[: said.find("关于")].strip()) if title.startswith("关于") else None
        if key == title or issuers:
            return True
    return False


def without_group_names(items: Sequence[Item], begin: int, entries: Sequence[ContentsEntry]) -> list[Item]:
    """The items; behind the list, from `begin` on, a line that says what heads a group of entries, right above the text
    that the first of them names, is furniture: it parts the bundle, and is of no document."""
    leaf_ids = {id(e) for e in leaves(entries)}
    below = {
        skeleton(e.number.text + e.title.text): after
        for e, after in pairwise(entries)
        if e.title and after.level > e.level and id(e) not in leaf_ids
    }
    out = list(items)
    for k in range(begin, len(items) - 1 if below else 0):
        item = items[k]
        entry = below.get(skeleton(item.s)) if item.is_text and len(item.s) <= _LONGEST else None
        if entry is not None and _heads(items, k + 1, entry):
            out[k] = replace(item, rule="contents-group")
            out[k + 1] = replace(items[k + 1], page_break=items[k + 1].page_break or item.begins_page)
    return out


def without_lone_numbers(items: Sequence[Item], begin: int, entries: Sequence[ContentsEntry]) -> list[Item]:
    """The items; behind the list, from `begin` on, a line that says nothing but the number of an entry (5.1, 2-3), right
    above the text that the entry names, is furniture: the sheet that parts the bundle. A figure alone numbers a page."""
    numbered = {skeleton(e.number.text): e for e in entries if e.title and _PARTED.fullmatch(e.number.text.strip())}
    out = list(items)
    for k in range(begin, len(items) - 1 if numbered else 0):
        item = items[k]
        entry = numbered.get(skeleton(item.s)) if item.is_text and _PARTED.fullmatch(item.s.strip()) else None
        if entry is not None and (_heads(items, k + 1, entry) or _ends_in(items[k + 1], entry)):
            out[k] = replace(item, rule="contents-number")
            out[k + 1] = replace(items[k + 1], page_break=True)
    return out


def _ends_in(item: Item, entry: ContentsEntry) -> bool:
    """Whether a line is a title that ends in an entry's words: 2022年上半年隐患排查情况汇总."""
    key = skeleton(entry.title.text)
    return item.is_text and len(key) >= _LEAST and skeleton(item.s).endswith(key) and names_document(item.s)


def _heads(items: Sequence[Item], k: int, entry: ContentsEntry) -> bool:
    """Whether an entry's title stands from item k on, with its number or its issuers before it perhaps, under a letter's
    head or none; or whether the letter that sends it out does, which names it in marks."""
    title, number = skeleton(entry.title.text[: number_start(entry.title.text)]), skeleton(entry.number.text)
    near = items[k : k + _MOST_OF_HEAD]
    for n, item in enumerate(near):
        run = "".join(skeleton(x.s) for x in items[k + n : k + n + _MOST_WRAPPED] if x.is_text)
        at = run.find(title)
        if title and (at == 0 or run[:at] == number or (at > 0 and title.startswith("关于") and is_organ(run[:at]))):
            return True
        if title and item.is_text and any(skeleton(named).startswith(title) for named in _IN_MARKS.findall(item.s)):
            return True
        if not item.rule and not (item.is_text and (is_head_line(item.s) or organs_in(item.s))):
            return False
    return False


def _only_heads(entry: ContentsEntry, leaf_ids: Set[int]) -> bool:
    """Whether an entry only heads those below it, which name the documents (`leaf_ids`, by identity): 第一部分 规章制度."""
    return id(entry) not in leaf_ids and not names_document(entry.title.text)


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
