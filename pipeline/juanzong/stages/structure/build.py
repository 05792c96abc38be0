"""The tree of one document as it grows, and what all that build it share."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex as re

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.traced import Traced
from juanzong.language.numbering import BOX
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.notes import Marker, explains, markers_in, note_head
from juanzong.stages.structure.outline import Outline
from juanzong.stages.structure.seams import Seams
from juanzong.stages.tables.raw import RawRow
from juanzong.stages.tables.read import rows_of, texts_of

_ROUND_CAPTION = " \t：:.．、"
_EMPHASIS = re.compile(r"\s*(?:\*\*|__)?\s*")
_RAISED = re.compile(r"\$\s*(?:\{\s*\}\s*)?\^\s*\{?\s*(?P<said>[^\s{}$]+)\s*\}?\s*\$")
_CIRCLED = re.compile(r"[①-⑳]")
# by stages/pages/star_notes.py and stages/pieces/note_numbers.py
_MADE = re.compile(r"\^\{(?P<said>[*＊]{1,3}|[※†‡§]|\d{1,3})\}")
_COLON = re.compile(r"\s*[：:]")  # [注1]：…
_STOP = re.compile(r"\s*[.．、)）:：]")  # behind a note's plain figure
_MOST_ON_PAGE = 40  # items in which the marks of a page's notes stand


Anchor = tree.Paragraph | tree.Section | tree.Cell | tree.Document | tree.Table


@dataclass
class Tail:
    """The string that a cut piece would go on: where it lives, and what it says so far."""

    owner: tree.Paragraph | tree.Table
    item: Item
    at: int  # its index among the items

    @property
    def text(self) -> Traced:
        return self.owner.notes[-1] if isinstance(self.owner, tree.Table) else self.owner.text

    def put(self, text: Traced) -> None:
        if isinstance(self.owner, tree.Table):
            self.owner.notes[-1] = text
        else:
            self.owner.text = text


@dataclass
class Note:
    """A note as found, before it is anchored."""

    note: tree.Footnote
    marker: Marker
    place: int  # how many anchors (paragraphs, headings) were printed before it
    ending: bool  # under 注释 at the document's end


@dataclass
class Build:
    """The tree of one document as it grows."""

    document: tree.Document
    items: list[Item]
    outline: Outline
    ledger: Ledger
    findings: list[Finding]
    seams: Seams
    bracket_notes: set[int]  # indices of items: notes whose marker is [n]
    worded_notes: dict[int, Marker]  # by indices of items: notes whose marker is a word and a number
    contain: bool = True  # a table that raises comes out flat
    stack: list[tuple[float, tree.Section]] = field(default_factory=list)
    box: tree.Box | None = None
    box_stack: list[tuple[float, tree.Section]] = field(default_factory=list)
    outer: dict[str, int] = field(default_factory=dict)  # last ordinal by form, outside boxes
    inner: dict[str, int] = field(default_factory=dict)  # the same in the box
    lists: dict[int, int] = field(default_factory=dict)  # first item of a list, by index -> sections open there
    outer_leads: bool = False  # paragraphs of the section open with lead phrases
    inner_leads: bool = False
    tail: Tail | None = None
    anchors: list[Anchor] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    note_at: int = -1  # index of the item that printed the last note
    ending: bool = False  # in the list of end notes
    at: int = 0  # index of the item in hand
    table: tree.Table | None = None  # the last table, while its notes may follow
    called: dict[str, int] = field(default_factory=dict)  # figures of the marks ① in the text -> item of the first
    sources: frozenset[int] = frozenset()  # indices of items that list sources, and are no notes
    listed: frozenset[str] = frozenset()  # headings that the document's contents list names, folded

    def siblings(self) -> list[tree.Block]:
        """The blocks beside which the next one goes."""
        if self.box is not None:
            return self.box_stack[-1][1].children if self.box_stack else self.box.children
        return self.stack[-1][1].children if self.stack else self.document.body

    def place(self, block: tree.Block) -> None:
        self.siblings().append(block)

    def close_beside(self, rank: float) -> None:
        """End the sections of a rank and below."""
        stack = self.box_stack if self.box is not None else self.stack
        while stack and stack[-1][0] >= rank:
            stack.pop()

    def close_beside_first(self, rank: float, item: int, first: int) -> None:
        """End the deeper sections that have opened since the first item of a list: the next one (二、 behind the run-in
        heading （三） that stands under 一、) stands beside it."""
        if item == first:
            self.lists[first] = len(self.stack)
        while first in self.lists and len(self.stack) > self.lists[first] and self.stack[-1][0] > rank:
            self.stack.pop()

    def open_section(self, rank: float, section: tree.Section) -> None:
        stack = self.box_stack if self.box is not None else self.stack
        self.close_beside(rank)
        section.level = len(stack) + 1
        self.place(section)
        stack.append((rank, section))
        self.anchors.append(section)


def skip_emphasis(s: str) -> int:
    """Where a line's number begins: after emphasis marks."""
    m = _EMPHASIS.match(s)
    return m.end() if m else 0


def drop_emphasis(b: Build, text: Traced) -> int:
    """Where a caption's number begins; the emphasis marks before it go by edit."""
    start = skip_emphasis(text.text)
    b.ledger.drop_ranges(text[:start].strip(), "emphasis-mark", category="format")
    return start


def bare_caption(b: Build, rest: Traced) -> Traced:
    """What stands behind a table's or figure's number, without the signs round it, which go by edit."""
    caption = rest.strip(_ROUND_CAPTION)
    left = len(rest) - len(rest.text.lstrip(_ROUND_CAPTION))
    for gap in (rest[:left].strip(), rest[left + len(caption) :].strip()):
        b.ledger.drop_ranges(gap, "label", category="format")
    return caption


def is_cut(b: Build) -> bool:
    return b.tail is not None and not ends_sentence(b.tail.text.text)


def page_seen(b: Build) -> bool:
    """Whether a page visibly ended since the last piece of running text: a break, or notes at the page's foot."""
    since = b.items[b.tail.at + 1 : b.at + 1] if b.tail else []
    return any(x.begins_page for x in since) or any(note_head(x.s) for x in since[:-1])


BRACKETS = "[]"
"""Among the marks that the text calls: any mark in brackets."""


def is_note(b: Build, item: Item, marker: Marker, at: int) -> bool:
    """Whether an item that begins with a marker, the one with index `at`, is a note."""
    if at in b.sources:
        return False
    if marker.form == "bracket":
        if not b.ending and BRACKETS not in b.called and not explains(item.s, marker.end):
            return "^" in item.s[: marker.end]  # [1] numbers an item where the text has no such mark at all
        return (
            b.ending
            or at in b.bracket_notes
            or (bool(b.notes) and b.notes[-1].marker.form == "bracket")
            or (item.s[: marker.end].isascii() and not b.tail)
        )
    if b.tail is not None and item.flush and is_cut(b) and item.s[marker.end : marker.end + 1] in "，。；：、）”,;:)":
        return False
    if is_legend(item.s):
        return False
    if marker.form == "circled" and b.ending:
        return b.note_at == at - 1 or b.called.get(marker.figure, at) < at
    return marker.form != "circled" or not _in_list(b, item, marker, at)


def _in_list(b: Build, item: Item, marker: Marker, at: int) -> bool:
    """Whether ① begins an item of a list, not a note: it stands nowhere in the text before, or counts on from a list's
    first item, which is announced (包括：) or stands nowhere in the text."""
    if b.called.get(marker.figure, at) >= at:
        return True  # what stands behind it alone speaks of the item: 第①种情形, A．①②
    if _begins_box(b, at, marker):
        return True
    if explains(item.s, marker.end):
        return False
    k, figure = at, int(marker.figure)
    after = note_head(b.items[k + 1].s) if k + 1 < len(b.items) else None
    if figure == 1 and (after is None or after.form != "circled"):
        return False  # a list has two items
    while figure > 1 and k:
        k, figure = k - 1, figure - 1
        above = note_head(b.items[k].s)
        if above is None or above.figure != str(figure):
            return False
    if b.called.get("1", k) >= k:
        return True  # its ① is an item, as nothing calls it
    told = k - 1
    while b.items[k].begins_page and told > 0 and note_head(b.items[told].s):  # notes at the foot of the page before
        told -= 1
    announced = k > 0 and b.items[told].kind == "text" and b.items[told].s.rstrip().endswith(("：", ":"))
    return announced and not _are_foot_notes(b, k)


def _are_foot_notes(b: Build, first: int) -> bool:
    """Whether the run of ①, ② … that begins with item `first` ends its page, the text of which calls each of them: a list
    that the last line announces may begin on the next page."""
    end = first
    while end < len(b.items) and (head := note_head(b.items[end].s)) and head.figure == str(end - first + 1):
        end += 1
    if end < len(b.items) and not b.items[end].begins_page:
        return False
    begin = first
    while begin > max(0, first - _MOST_ON_PAGE) and not b.items[begin].begins_page:
        begin -= 1
    calls = {m.figure for x in b.items[begin:first] for m in markers_in(x.s) if m.form == "circled" and m.start}
    return all(str(n + 1) in calls for n in range(end - first))


def _begins_box(b: Build, at: int, marker: Marker) -> bool:
    """Whether the run of ①, ② … that the item with index `at` is of begins right behind the title of a box, and is of its
    items: more is said on the page behind the first two, or a page cuts the second, as at a page's foot it does no note."""
    first = at - int(marker.figure) + 1
    if first < 1 or first + 2 >= len(b.items):
        return False
    run = [note_head(x.s) for x in b.items[first : max(first + 2, at + 1)]]
    if [m.figure for m in run if m is not None and m.form == "circled"] != [str(k) for k in range(1, len(run) + 1)]:
        return False
    title, _, second, behind = b.items[first - 1 : first + 3]
    whole = behind.begins_page and ends_sentence(second.s)
    return not whole and bool(BOX.match(title.s.replace("**", "")))


def is_legend(s: str) -> bool:
    """“① 水库 ② 河流”: the legend of a map, or an enumeration in one line."""
    return len(s) < 60 and len(_CIRCLED.findall(s)) > 1


def take_note(b: Build, item: Item, marker: Marker) -> None:
    rest = item.text[marker.end :]
    stop = (_STOP if b.at in b.worded_notes else _COLON).match(rest.text)
    if stop:
        b.ledger.drop_ranges(rest[: stop.end()].strip(), "label", category="format")
        rest = rest[stop.end() :]
    note = tree.Footnote(_without_signs(b, item.text[marker.start : marker.end].strip()), rest.strip())
    b.document.footnotes.append(note)
    b.note_at = b.at
    b.notes.append(Note(note, marker, len(b.anchors), b.ending))


def _without_signs(b: Build, marker: Traced) -> Traced:
    """A marker that a formula raises ($^{①}$), as it was printed."""
    if made := _MADE.fullmatch(marker.text):
        rule = "note-number" if made["said"].isdecimal() else "star-note-mark"
        return b.ledger.replace(marker, 0, len(marker), made["said"], rule)
    bare = _RAISED.fullmatch(marker.text)
    if bare is None:
        return marker
    for sign in (marker[: bare.start("said")], marker[bare.end("said") :]):
        b.ledger.drop_ranges(sign, "latex-delimiter", category="format")
    return marker[bare.start("said") : bare.end("said")]


def tried_rows(b: Build, item: Item) -> list[RawRow]:
    """The rows of a table item, to look at: nothing is entered for them."""
    with b.ledger.trial():
        return rows_of(item.lines, b.ledger)


def tried_texts(b: Build, item: Item) -> list[Traced]:
    """What the cells of a table item say, to look at."""
    with b.ledger.trial():
        return texts_of(item.lines, b.ledger)
