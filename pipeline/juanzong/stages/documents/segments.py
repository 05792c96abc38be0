"""Items and contents lists -> segments: what belongs to one document, in order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from juanzong.core.tree import ContentsEntry
from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.stages.documents.contents_found import Contents
from juanzong.stages.documents.contents_placed import Lists, leaves
from juanzong.stages.documents.heads_before import head_start
from juanzong.stages.documents.inner_titles import without_inner
from juanzong.stages.documents.line_lists import title_over_lines
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
from juanzong.stages.documents.repeated_titles import drop_standards_titles, without_repeats
from juanzong.stages.documents.title_names import known_titles
from juanzong.stages.documents.title_worth import DOUBTFUL, Title
from juanzong.stages.documents.titles import titles_of
from juanzong.stages.documents.unnamed_annexes import with_unnamed_annexes
from juanzong.stages.documents.untitled_letters import with_untitled_letters
from juanzong.stages.pieces.items import Item


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
    listed: str = ""  # what the contents list calls it: a sheet above it says so, or it is misread in print

    @property
    def title_text(self) -> str:
        return self.named or "".join(x.s.strip().strip("*") for x in self.title)

    @property
    def doubtful(self) -> bool:
        """Whether another reading of where it begins is nearly as good."""
        return self.margin < DOUBTFUL


def segments_of(items: Sequence[Item], lists: Lists, entries: Sequence[Sequence[ContentsEntry]]) -> list[Segment]:
    """All segments of a volume, in order."""
    titles = _titles(items, lists, entries)
    ends = [lists.begin, *(t.end for t in titles)]
    names = [names_of_page(t, titles[k + 1 :], items) for k, t in enumerate(titles)]
    starts = [
        head_start(items, t.start, end, t.text, called) for t, end, called in zip(titles, ends, names, strict=False)
    ]
    out = _before_titles(items, lists, starts, names[0] if names else frozenset())
    if starts and not out:
        starts[0] = 0  # nothing but furniture
    for t, start, end, after in zip(titles, starts, [*starts[1:], len(items)], [*titles[1:], None], strict=False):
        own = after is not None and after.start == after.end  # a list before a text without a title is that text's
        inside = lists.between(t.end, end - 1 if own else max(end, t.end + 1) - 1, base=t.end)
        head, title, rest = items[start : t.start], items[t.start : t.end], items[t.end : end]
        named = "" if title else t.text
        out.append(Segment(list(head), list(title), list(rest), inside, margin=t.margin, named=named, listed=t.listed))
    _give_lost(out, lists)
    return out


def _titles(items: Sequence[Item], lists: Lists, entries: Sequence[Sequence[ContentsEntry]]) -> list[Title]:
    """The titles that begin documents."""
    begin, own = lists.begin, lists.own
    names = [e.title.text for e in leaves(entries[own])] if own is not None else []
    annexes = [e.title.text for k, es in enumerate(entries) if k != own for e in es if e.number.text.startswith("附")]
    after = [False] * len(items)
    for gap in lists.gaps:
        if gap:
            after[gap - 1] = True
    live = items[begin:]
    titles = titles_of(live, known_titles(items, names, annexes), after[begin:])
    titles = without_letterheads(without_mastheads(without_repeats(titles, live), live), live)
    while own is None and len(titles) > 1 and _is_cover_title(titles, items, after):
        titles = titles[1:]
    gaps = [g - begin for k, g in enumerate(lists.gaps) if k != own]
    titles = with_listed_titles(with_lost_titles(titles, live, gaps), live, gaps, names)
    titles = with_untitled_letters(with_unnamed_annexes(titles, live), live)
    titles = without_inner(titles, live, gaps, [es for k, es in enumerate(entries) if k != own], names)
    drop_standards_titles(titles, live)
    if not titles and not lists.found:
        titles = title_over_lines(live)
    return [t.moved(begin) for t in titles]


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
    labels = titled and all(el.opens_kind("other", x.s) for x in live)  # 项目编号：… above the title of a tender
    noted = titled and all(el.TEXT_NOTE.match(x.s) for x in live)
    return bool(live) and (
        untitled or not (noted or labels or is_masthead(items, first, names) or is_place_and_date(live))
    )


def _is_cover_title(titles: Sequence[Title], items: Sequence[Item], after: Sequence[bool]) -> bool:
    """Whether the first title is a cover's: no text stands between it and the next, or the letterhead of that."""
    a, b = titles[0], titles[1]
    head = head_start(items, b.start, a.end, b.text, frozenset()) if "letterhead" in b.signs else b.start
    between = [x for x in items[a.end : head] if not x.rule]
    named = "kind opens" in a.signs and el.type_of_title(a.text) == "roster"  # names, which are lines as a cover's
    again = skeleton(a.text) == skeleton(b.text)  # papers of one form
    if named or again or has_body(between) or after[a.end - 1]:
        return False
    if "annex mark" in a.signs:  # 支撑材料（三） stands on covers, too, and a number of its parts under it
        return "numbered" in a.signs and el.noun_of(a.text) is None
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
