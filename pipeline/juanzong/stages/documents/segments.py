"""Items and contents lists -> segments: what belongs to one document, in order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import regex as re

from juanzong.core.tree import ContentsEntry
from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.numbering import heading_of
from juanzong.stages.documents.contents_found import Contents
from juanzong.stages.documents.heads_before import head_start
from juanzong.stages.documents.listed_titles import with_listed_titles
from juanzong.stages.documents.lost_titles import with_lost_titles
from juanzong.stages.documents.mastheads import (
    has_body,
    is_masthead,
    is_place_and_date,
    names_of_page,
    without_letterheads,
    without_mastheads,
)
from juanzong.stages.documents.prefaces import preface_of
from juanzong.stages.documents.repeated_titles import without_repeats
from juanzong.stages.documents.title_names import known_titles
from juanzong.stages.documents.title_worth import DOUBTFUL, START, Title
from juanzong.stages.documents.titles import titles_of
from juanzong.stages.documents.unnamed_annexes import with_unnamed_annexes
from juanzong.stages.pieces.items import Item

_OF_COVER = re.compile(r"(?:台账|汇编|材料|资料|档案|目录|清单|[卷册集])\W*$")
_DECIMAL = re.compile(r"\d+[.．]\d")
_PART = re.compile(r"\d+\s*[-—－–]\s*\d|[材证资文佐附]")  # numbers that parts of a bundle bear and no sections
_HALF, _NEARLY_ALL = 0.5, 0.7  # of a list's entries
_SURE = 2  # entries that come again as titles: a list that names documents
_LINE = 120  # characters of a line that prints an entry
_COVER = 20  # lines of a cover, at most


@dataclass
class Segment:
    """One document's items: what stands before the title, the title, the rest; and its own contents lists."""

    head: list[Item]
    title: list[Item]
    rest: list[Item]
    contents: list[tuple[int, Contents]] = field(default_factory=list)  # (index in rest that follows it, list)
    front: bool = False
    margin: float = 9.0  # of its title; see titles.py
    named: str = ""  # the title that is not printed, as the notice that issues the text names it

    @property
    def title_text(self) -> str:
        return self.named or "".join(x.s.strip().strip("*") for x in self.title)

    @property
    def doubtful(self) -> bool:
        """Whether another reading of where it begins is nearly as good."""
        return self.margin < DOUBTFUL


@dataclass
class Parting:
    """The bundle parted: segments in order, which contents list is the bundle's own (None where there is none), and
    lines that nearly were titles."""

    segments: list[Segment]
    own: int | None
    nearly: list[Title]


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
    gaps = [next((k for k, x in enumerate(items) if x.n > n), len(items)) for n in numbers]
    return Lists(found, numbers, gaps, _bundle_list(items, found, entries, gaps))


def segments_of(items: Sequence[Item], placed: Lists, entries: Sequence[Sequence[ContentsEntry]]) -> Parting:
    """All segments in order."""
    titles, nearly = _titles(items, placed, entries)
    ends = [placed.begin, *(t.end for t in titles)]
    names = [names_of_page(t, titles[k + 1 :], items) for k, t in enumerate(titles)]
    starts = [
        head_start(items, t.start, end, t.text, called) for t, end, called in zip(titles, ends, names, strict=False)
    ]
    out = _before_titles(items, placed, starts, names[0] if names else frozenset())
    if starts and not out:
        starts[0] = 0  # nothing but furniture
    for t, start, end, after in zip(titles, starts, [*starts[1:], len(items)], [*titles[1:], None], strict=False):
        own = after is not None and after.start == after.end  # a list before a text without a title is that text's
        inside = placed.between(t.end, end - 1 if own else max(end, t.end + 1) - 1, base=t.end)
        head, title, rest = items[start : t.start], items[t.start : t.end], items[t.end : end]
        out.append(Segment(list(head), list(title), list(rest), inside, margin=t.margin, named="" if title else t.text))
    _give_lost(out, placed)
    return Parting(out, placed.own, nearly)


def _titles(
    items: Sequence[Item], lists: Lists, entries: Sequence[Sequence[ContentsEntry]]
) -> tuple[list[Title], list[Title]]:
    """The titles that begin documents, and the lines that nearly did."""
    begin, own = lists.begin, lists.own
    names = [e.title.text for e in _leaves(entries[own])] if own is not None else []
    annexes = [e.title.text for k, es in enumerate(entries) if k != own for e in es if e.number.text.startswith("附")]
    after = [False] * len(items)
    for gap in lists.gaps:
        if gap:
            after[gap - 1] = True
    live = items[begin:]
    titles, others = titles_of(live, known_titles(items, names, annexes), after[begin:])
    nearly = [t for t in others if START - DOUBTFUL <= t.worth < START and {"noun", "known"} & set(t.signs)]
    titles = without_letterheads(without_mastheads(without_repeats(titles, live), live), live)
    while own is None and len(titles) > 1 and _is_cover_title(titles, items, after):
        titles = titles[1:]
    gaps = [g - begin for k, g in enumerate(lists.gaps) if k != own]
    titles = with_listed_titles(with_lost_titles(titles, live, gaps), live, gaps, names)
    titles = with_unnamed_annexes(titles, live)
    return [t.moved(begin) for t in titles], [t.moved(begin) for t in nearly]


def _before_titles(items: Sequence[Item], lists: Lists, starts: Sequence[int], names: Collection[str]) -> list[Segment]:
    """What stands before the first title: the bundle's cover with its contents list, and text that no title heads, kept
    as a document of its own."""
    begin, first = lists.begin, starts[0] if starts else len(items)
    untitled = list(items[begin:first]) if has_body(items[begin:first]) else []
    cover = list(items[:begin] if untitled else items[:first])
    out: list[Segment] = []
    if lists.own is not None or _is_cover(cover, bool(untitled), bool(starts), items, first, names):
        own = [] if lists.own is None else [(min(begin, first), lists.found[lists.own])]
        out.append(Segment([], [], cover, own, front=True))
    if untitled:
        out.append(Segment([], [], untitled, lists.between(begin, first, base=begin)))
    return out


def _is_cover(
    cover: Sequence[Item], untitled: bool, titled: bool, items: Sequence[Item], first: int, names: Collection[str]
) -> bool:
    """Whether what stands before the first title is a cover: something is printed there, and it is not the head of a web
    page. Where it is all that there is, it is kept as one, furniture too."""
    if not untitled and not titled:
        return bool(cover)
    live = [x for x in cover if not x.rule]
    return bool(live) and (untitled or not (is_masthead(items, first, names) or is_place_and_date(live)))


def _is_cover_title(titles: Sequence[Title], items: Sequence[Item], after: Sequence[bool]) -> bool:
    """Whether the first title is a cover's: no text stands between it and the next."""
    a, b = titles[0], titles[1]
    between = [x for x in items[a.end : b.start] if not x.rule]
    if has_body(between) or after[a.end - 1] or "annex mark" in a.signs:
        return False
    signed = all(el.is_date(x.s) or el.is_organ(x.s) for x in between) and el.type_of_title(a.text) in (None, "other")
    return "head follows" not in a.signs or signed


def _give_lost(out: list[Segment], lists: Lists) -> None:
    """A list before any title goes with what follows it; where that is nothing, it is a front page of its own."""
    for j, (c, n) in enumerate(zip(lists.found, lists.n, strict=True)):
        if j == lists.own or any(c is x for s in out for _, x in s.contents):
            continue
        if not out:
            out.append(Segment([], [], [], front=True))
        home = next((s for s in out if s.rest and s.rest[-1].n > n), out[-1])
        home.contents.append((next((k for k, x in enumerate(home.rest) if x.n > n), len(home.rest)), c))


def _bundle_list(
    items: Sequence[Item], lists: Sequence[Contents], entries: Sequence[Sequence[ContentsEntry]], gaps: Sequence[int]
) -> int | None:
    """The first list, where it names documents: its entries come again as titles and not as numbered headings, or look
    like titles; and no text stands before it, but for a stray line."""
    if not lists:
        return None
    names = _leaves(entries[0])
    titles = sum(bool(el.type_of_title(el.bare_title(e.title.text))) or "《" in e.title.text for e in names)
    sure = lists[0].titled >= _SURE and 2 * titles >= len(names)
    above = items[: gaps[0]]
    above = above[: preface_of(above) if sure else None]
    if _stands_behind_text([x for x in above if x.kind == "text"], sure=sure):
        return None
    chapters = sum(_is_chapter(e) for e in names)
    told = lists[0].of_documents and lists[0].titled >= _SURE and lists[0].titled > lists[0].headed
    named = told or _names_documents(names) or (lists[0].headed > 1 and _outranked(items[gaps[0] :], names))
    if named and not any(_heads_one_text(x.s) for x in items[: gaps[0]] if x.is_text):
        return 0
    titled, headed = lists[0].titled, lists[0].headed
    if titled > headed:
        return (
            0 if (2 * titles >= len(names) and 2 * chapters < len(names) + 1) or (titles > 0 and titled >= 2) else None
        )
    return 0 if 2 * titles >= len(names) and 2 * chapters < len(names) and headed == 0 else None


def _outranked(items: Sequence[Item], entries: Sequence[ContentsEntry]) -> bool:
    """Whether the entries come again with their numbers and head what sections never do: 一、 or 第一条 under 1."""
    keys = {skeleton(e.number.text + e.title.text) for e in entries if e.number}
    found = [
        (k, heading_of(x.s)) for k, x in enumerate(items) if x.is_text and len(x.s) <= _LINE and skeleton(x.s) in keys
    ]
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


def _heads_one_text(title: str) -> bool:
    """Whether a line above a contents list is the title of one text, and no cover's: 某某台账, 某某材料."""
    return el.names_document(title) and not _OF_COVER.search(title)


def _names_documents(entries: Sequence[ContentsEntry]) -> bool:
    """Whether nearly all entries say what documents say at their head, and sections hardly do; also where they come
    again with their number."""
    titles = [el.bare_title(e.title.text) for e in entries]
    named = sum(1.0 if el.names_document(t) else 0.5 if el.noun_of(t) else 0.0 for t in titles)
    parts = all(_PART.match(e.number.text) for e in entries)
    nested = any(_DECIMAL.match(e.number.text) for e in entries)  # 1.1 under 1
    return (
        len(entries) > 1
        and named >= (_HALF if parts else _NEARLY_ALL) * len(entries)
        and not nested
        and not any(map(_is_chapter, entries))
    )


def _stands_behind_text(before: Sequence[Item], *, sure: bool) -> bool:
    """Whether text stands before a contents list. Before one that is `sure` to name documents a single line makes none,
    where nothing else of a document is with it."""
    if not has_body(before):
        return False
    if not sure or len(before) > _COVER or any(el.is_addressee(x.s) or el.is_doc_number(x.s) for x in before):
        return True
    return all(has_body([*before[:k], *before[k + 1 :]]) for k in range(len(before)))


def _is_chapter(entry: ContentsEntry) -> bool:
    head = heading_of(entry.number.text + "　")
    return head is not None and head.form in ("编", "分编", "章", "节", "条")


def _leaves(entries: Sequence[ContentsEntry]) -> list[ContentsEntry]:
    """The entries that name documents: where groups head them (一、制度文件; 【部门文件】), the ones below."""
    levels = {e.level for e in entries}
    items = [e for e in entries if e.number.text[:1].isdigit()]
    if len(levels) > 1 and not items and not any(e.number for e in entries if e.level == min(levels)):
        return [e for e in entries if e.level > min(levels)]
    return items if items and len(levels) > 1 else list(entries)
