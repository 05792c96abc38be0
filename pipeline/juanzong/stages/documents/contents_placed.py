"""The contents lists of a bundle: which is the bundle's own, and where further volumes begin with a cover and one of theirs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple

import regex as re

from juanzong.core.tree import ContentsEntry
from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.numbering import DECIMAL, RANK, heading_of
from juanzong.stages.documents.contents_found import Contents
from juanzong.stages.documents.mastheads import has_body
from juanzong.stages.documents.prefaces import preface_of
from juanzong.stages.pieces.items import Item

_OF_COVER = re.compile(r"(?:台账|汇编|材料|资料|档案|目录|清单|[卷册集])\W*$")
_DECIMAL = re.compile(DECIMAL)
_INDICATOR = re.compile(rf"\s*\d+[.．]{DECIMAL}\s?\p{{Han}}")  # 3.1.2 某规范
_FIRST = re.compile(r"\s*[1１]\s+\p{Han}")  # 1 范围
_PART = re.compile(r"\d+\s*[-—－–]\s*\d|[材证资文佐附]")  # numbers that parts of a bundle bear and no sections
_PAPERS = frozenset(("notice", "minutes", "agreement", "certificate"))  # what papers are, and hardly sections
_HALF, _NEARLY_ALL = 0.5, 0.7  # of a list's entries
_SURE = 2  # entries that come again as titles: a list that names documents
_LINE = 120  # characters of a line that prints an entry
_COVER = 20  # lines of a cover, at most
_COVER_LINE = 40  # characters of a line of it
_SAYS = 4  # characters of one by which a further cover is known


class _Printed:
    """Items, and which of them prints a short line: all are looked at once, where it is asked."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        out: dict[str, list[int]] = {}
        for k, x in enumerate(self.items):
            if x.is_text and len(x.s) <= _LINE:
                out.setdefault(skeleton(x.s), []).append(k)
        return out

    def behind(self, begin: int, words: Collection[str]) -> list[int]:
        """The items from `begin` on that say one of the words, in order."""
        return sorted(k for said in words for k in self._places.get(said, ()) if k >= begin)


class Lists(NamedTuple):
    """The contents lists of a bundle: each with the item that follows it, and which is the bundle's own."""

    found: Sequence[Contents]
    n: list[int]  # list -> source line number of its title
    gaps: list[int]  # list -> index of the item that follows it
    own: int | None

    @property
    def begin(self) -> int:
        """The item behind the bundle's own list: nothing before it can begin a document."""
        return 0 if self.own is None else self.gaps[self.own]

    def between(self, low: int, high: int, base: int) -> list[tuple[int, Contents]]:
        """The documents' own lists whose place is from item `low` to item `high`, counted from `base`."""
        places = enumerate(zip(self.gaps, self.found, strict=True))
        return [(gap - base, c) for j, (gap, c) in places if j != self.own and low <= gap <= high]


def placed_lists(
    items: Sequence[Item], found: Sequence[Contents], entries: Sequence[Sequence[ContentsEntry]], lines_n: Sequence[int]
) -> Lists:
    """Where the contents lists stand among the items, and which is the bundle's own. `lines_n[i]` is the source line number
    of line i, by which lists and items are ordered."""
    numbers = [lines_n[c.title.line] for c in found]
    highest = list(accumulate((x.n for x in items), max)) if found else []
    gaps = [bisect_right(highest, n) for n in numbers]
    own = _bundle_list(_Printed(items), range(gaps[0]), found[0], entries[0]) if found else False
    return Lists(found, numbers, gaps, 0 if own else None)


class Volume(NamedTuple):
    """One of the volumes that were bound together."""

    part: range  # its items, the cover's first
    lists: Lists  # its contents lists, placed among these items
    entries: Sequence[Sequence[ContentsEntry]]  # of each list

    @property
    def listed(self) -> Sequence[ContentsEntry]:
        """What the volume's own list names."""
        return self.entries[self.lists.own] if self.lists.own is not None else ()


def volumes(items: Sequence[Item], lists: Lists, entries: Sequence[Sequence[ContentsEntry]]) -> list[Volume]:
    """The volumes in order, mostly one: all that follow the first begin with a cover on a page of its own and a list that
    names documents, as the first does."""
    begins = [(0, 0), *_later_volumes(items, lists, entries)]
    ends = [*begins[1:], (len(items), len(lists.found))]
    out: list[Volume] = []
    for (start, j), (end, k) in zip(begins, ends, strict=True):
        gaps = [min(gap, end) - start for gap in lists.gaps[j:k]]
        own = lists.own if j == 0 else 0
        out.append(Volume(range(start, end), Lists(lists.found[j:k], lists.n[j:k], gaps, own), entries[j:k]))
    return out


def _later_volumes(
    items: Sequence[Item], lists: Lists, entries: Sequence[Sequence[ContentsEntry]]
) -> Iterator[tuple[int, int]]:
    """(first item of the cover, contents list) of each volume behind the first. What the first one's list names is one of
    its documents, with a cover or not."""
    if lists.own is None:
        return
    names = [skeleton(el.bare_title(e.title.text)) for e in entries[lists.own]]
    said = {words for x in items[: lists.begin] if x.is_text and len(words := skeleton(x.s)) >= _SAYS}
    printed = _Printed(items)
    for j, gap in enumerate(lists.gaps):
        start = _cover_start(items, gap, said) if j > lists.own and lists.found[j].titled >= _SURE else None
        if start is None:
            continue
        cover = "".join(skeleton(x.s) for x in items[start:gap])
        if any(name and name in cover for name in names):
            continue
        if _bundle_list(printed, range(start, gap), lists.found[j], entries[j]):
            yield start, j


def _cover_start(items: Sequence[Item], gap: int, said: Collection[str]) -> int | None:
    """The first item of the cover that stands before a contents list, lines that are no text: where a page begins, or
    what the first volume's cover says (`said`) stands again."""
    for k in range(gap - 1, max(0, gap - 1 - _COVER), -1):
        x = items[k]
        if not x.rule and (x.kind != "text" or len(x.s) > _COVER_LINE or has_body([x])):
            return None
        if x.page_break and any(not y.rule for y in items[k:gap]):
            return k
        if skeleton(x.s) in said and skeleton(items[k - 1].s) not in said:
            return k
    return None


def _bundle_list(printed: _Printed, ahead: range, found: Contents, entries: Sequence[ContentsEntry]) -> bool:
    """Whether a list names documents: its entries come again as titles and not as numbered headings, or look like titles;
    and no text stands before it (in the items `ahead` of it), but for a stray line."""
    names = leaves(entries)
    titles = sum(bool(el.type_of_title(el.bare_title(e.title.text))) or "《" in e.title.text for e in names)
    titled, headed = found.titled, found.headed
    sure = titled >= _SURE and 2 * titles >= len(names)
    lines = printed.items[ahead.start : ahead.stop]
    above = lines[: preface_of(lines) if sure else None]
    if _stands_behind_text([x for x in above if x.kind == "text"], sure=sure, whole=sure and titled >= len(names)):
        return False
    chapters = sum(_is_chapter(e) for e in names)
    told = found.of_documents and titled >= _SURE and titled > headed
    apart = titled >= max(headed, _SURE)
    named = told or _names_documents(names, apart=apart) or _head_texts(printed, ahead.stop, names, found)
    if named and not any(_heads_one_text(x.s) for x in lines if x.is_text):
        return True
    if titled > headed:
        return (2 * titles >= len(names) and 2 * chapters < len(names) + 1) or (titles > 0 and titled >= 2)
    return 2 * titles >= len(names) and 2 * chapters < len(names) and headed == 0


def _outranked(printed: _Printed, begin: int, entries: Sequence[ContentsEntry]) -> bool:
    """Whether the entries come again with their numbers and head what sections never do: 一、 or 第一条 under 1."""
    keys = {skeleton(e.number.text + e.title.text) for e in entries if e.number}
    items = printed.items
    found = [(k, heading_of(items[k].s)) for k in printed.behind(begin, keys)]
    ranks = {head.rank for _, head in found if head is not None}
    if len(found) < max(_SURE, _NEARLY_ALL * len(entries)) or len(ranks) != 1:
        return False
    ends = [*(k for k, _ in found[1:]), len(items)]
    below = [
        next((h for x in items[k + 1 : end] if x.is_text and (h := heading_of(x.s)) is not None), None)
        for (k, _), end in zip(found, ends, strict=True)
    ]
    heads = [h.rank for h in below if h is not None]
    return bool(heads) and max(heads) < min(ranks)


def _head_texts(printed: _Printed, begin: int, names: Sequence[ContentsEntry], found: Contents) -> bool:
    """Whether the entries of a list head texts of their own behind it, from item `begin` on, as the numbers there tell, whatever they are
    called."""
    if found.headed == 0 and found.titled >= max(_SURE, len(names)) and _count_anew(printed.items[begin:], names):
        return True
    return found.headed > 1 and (_outranked(printed, begin, names) or _head_papers(printed, begin, names))


def _head_papers(printed: _Printed, begin: int, entries: Sequence[ContentsEntry]) -> bool:
    """Whether nearly all entries are titles that come again with their numbers, and right under one stands what heads a
    letter and no section (its number, whom it is addressed to), or right above one the date on which a paper was signed."""
    titled = [e for e in entries if el.noun_of(el.bare_title(e.title.text)) is not None]
    keys = {skeleton(e.number.text + e.title.text) for e in titled if e.number}
    places = printed.behind(begin, keys)
    if min(len(titled), len(places)) < max(_SURE, _NEARLY_ALL * len(entries)):
        return False
    items = printed.items
    below = [x.s for k in places for x in items[k + 1 : k + 2] if x.is_text]
    above = [x.s for k in places for x in items[max(begin, k - 1) : k] if x.is_text]
    return any(el.is_doc_number(s) or el.is_addressee(s) for s in below) or any(
        el.is_date(s) or el.signed_and_dated(s) for s in above
    )


def _count_anew(items: Sequence[Item], entries: Sequence[ContentsEntry]) -> bool:
    """Whether all entries are numbered and come again without their numbers, above text that counts from one: what they
    name are texts of their own, though no noun tells it."""
    if not all(e.number for e in entries):
        return False
    keys = {skeleton(el.bare_title(e.title.text)) for e in entries}
    found: set[str] = set()
    for item, below in pairwise(x for x in items if not x.rule):
        if (said := skeleton(item.s)) in keys and below.is_text and _counts_from_one(below.s):
            found.add(said)
    return len(found) == len(keys)


def _counts_from_one(text: str) -> bool:
    head = heading_of(text)
    return head.ordinal == 1 if head is not None else _FIRST.match(text) is not None


def _heads_one_text(title: str) -> bool:
    """Whether a line above a contents list is the title of one text, and no cover's: 某某台账, 某某材料, 3.5.2.1 某规范."""
    return el.names_document(title) and not _OF_COVER.search(title) and not _INDICATOR.match(title)


def _names_documents(entries: Sequence[ContentsEntry], *, apart: bool) -> bool:
    """Whether nearly all entries say what documents say at their head, and sections hardly do; also where they come
    again with their number, but decimals, which must mostly come again without (`apart`)."""
    titles = [el.bare_title(e.title.text) for e in entries]
    named = sum(1.0 if el.names_document(t) else 0.5 if el.noun_of(t) else 0.0 for t in titles)
    parts = all(_PART.match(e.number.text) for e in entries)
    kinds = _PAPERS & {el.type_of_title(t) for t in titles}
    # 1.1 under 1; no text has sections that are contracts and certificates
    nested = not apart and len(kinds) < _SURE and any(_DECIMAL.match(e.number.text) for e in entries)
    return (
        len(entries) > 1
        and named >= (_HALF if parts else _NEARLY_ALL) * len(entries)
        and not nested
        and not any(map(_is_chapter, entries))
    )


def _stands_behind_text(before: Sequence[Item], *, sure: bool, whole: bool) -> bool:
    """Whether text stands before a contents list. Before one that is `sure` to name documents a single line makes none,
    where nothing else of a document is with it; before one whose entries all come again behind it (`whole`) no lines do
    but under numbers of sections and articles: what the evidence is for, in the words of the standard."""
    if not has_body(before):
        return False
    if not sure or len(before) > _COVER or any(el.is_addressee(x.s) or el.is_doc_number(x.s) for x in before):
        return True
    if whole and not any(head.rank < RANK["1."] for x in before if (head := heading_of(x.s)) is not None):
        return False
    return all(has_body([*before[:k], *before[k + 1 :]]) for k in range(len(before)))


def _is_chapter(entry: ContentsEntry) -> bool:
    head = heading_of(entry.number.text + "　")
    return head is not None and head.form in ("编", "分编", "章", "节", "条")


def _is_part_of(entry: ContentsEntry, below: ContentsEntry) -> bool:
    """Whether the entry below counts within an entry that names no document: 1.1 某办法 under 1 规章制度."""
    number = entry.number.text.rstrip(".．")
    return bool(number) and below.number.text.startswith(f"{number}.") and not el.names_document(entry.title.text)


def leaves(entries: Sequence[ContentsEntry]) -> list[ContentsEntry]:
    """The entries that name documents: where groups head them (一、制度文件; 【部门文件】; 1 制度文件 above 1.1), the ones
    below."""
    if any(_DECIMAL.match(e.number.text) for e in entries):
        groups = [_is_part_of(e, below) for e, below in pairwise(entries)]
        entries = [e for e, group in zip(entries, [*groups, False], strict=True) if not group]
    levels = {e.level for e in entries}
    items = [e for e in entries if e.number.text[:1].isdigit()]
    if len(levels) > 1 and not items and not any(e.number for e in entries if e.level == min(levels)):
        return [e for e in entries if e.level > min(levels)]
    over = {id(e) for e, below in pairwise(entries) if below.level > e.level}
    named = {id(e) for e in entries if el.names_document(e.title.text)}
    # where each entry of a level heads some, and one of them names no document, none does: 第二部分 规划通知
    headed = {e.level for e in entries if id(e) in over - named} - {e.level for e in entries if id(e) not in over}
    return [e for e in entries if id(e) not in over or (id(e) in named and e.level not in headed)]
