"""Body items -> the tree: sections, paragraphs, boxes, tables, figures; pieces that a page cut are joined here, after
all that is no running text has been lifted out."""

from __future__ import annotations

import regex as re

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.traced import Traced
from juanzong.language import elements as el
from juanzong.language.numbering import RANK, TABLE_CAPTION, UNNUMBERED, Heading
from juanzong.language.text import fold
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.boxes import close_box, ends_box, leaves_box, names_box, open_box, resumes
from juanzong.stages.structure.build import (
    BRACKETS,
    Anchor,
    Build,
    Note,
    Tail,
    bare_caption,
    is_cut,
    is_note,
    page_seen,
    skip_emphasis,
    take_note,
)
from juanzong.stages.structure.contained import contained
from juanzong.stages.structure.heading_text import without_partner, without_stars, without_stop
from juanzong.stages.structure.note_rests import take_rest_of_note
from juanzong.stages.structure.notes import markers_in, note_head
from juanzong.stages.structure.outline import outline_of
from juanzong.stages.structure.pictures import is_figure_line, take_figure
from juanzong.stages.structure.seams import Seams
from juanzong.stages.structure.source_lists import listed_sources
from juanzong.stages.structure.table_notes import heads_table_notes, take_table_note
from juanzong.stages.structure.tabular import captioned, take_box, take_caption_below, take_table
from juanzong.stages.structure.verdicts import ALONE, STRUCTURAL, plain, run_in_at, verdict
from juanzong.stages.structure.worded_notes import worded_notes

_DOUBTFUL = 0.5  # a step of the numbers' search: what a reading is better by at least (sequence.py)
_DEEPEST = 99  # rank of a form that has none of its own
_UNNUMBERED_RANK = 1  # 前言 stands beside the chapters
_BEHIND_NUMBER = ("：", ":", "、", ".", "．")  # a stop that the number of a chapter or an article needs none of
_PARTS = ("编", "分编", "章", "节", "一、", "（一）")  # forms under which prose begins anew
_REMARK = re.compile(r"\W*附?\s*注\s*[:：]\W*")  # a label, which heads no list of notes as a heading does
_LEAD = re.compile(r"\**[^。：:；;\d]{2,26}。\**(?=\S)")


def build_body(
    document: tree.Document,
    items: list[Item],
    in_brackets: set[int],
    ledger: Ledger,
    findings: list[Finding],
    seams: Seams,
    contain: bool,
) -> tuple[list[Note], list[Anchor]]:
    """Fill document.body; the notes found and the texts that may carry their markers come back. `in_brackets`: the
    items that are notes whose marker is [n]."""
    listed = frozenset(fold(e.number.text + e.title.text) for e in document.contents)
    numbered = worded_notes(items)
    b = Build(document, items, outline_of(items, listed), ledger, findings, seams, in_brackets, numbered, contain)
    b.called = _called(document.title.text, items)
    b.sources = listed_sources(items)
    b.listed = listed
    if b.outline.margin < _DOUBTFUL:
        told = f"“{document.title.text[:30]}”的层次序号另有一种读法，与所取的几乎一样合理"
        findings.append(
            Finding("structure-doubtful", "warning", told, [document], {"margin": round(b.outline.margin, 2)})
        )
    k = 0
    while k < len(items):
        k += _step(b, k)
    return b.notes, b.anchors


def _called(title: str, items: list[Item]) -> dict[str, int]:
    """{figure of a mark ① that stands in the text: index of the item that has it first}, -1 for the title; BRACKETS for all
    marks [n] together."""
    said = [(k, s) for k, x in enumerate(items) for s in x.strings]
    out: dict[str, int] = {}
    for k, s in [(-1, title), *said]:
        for m in markers_in(s):
            if m.form == "circled":
                out.setdefault(m.figure, k)
            elif m.form == "bracket" and m.start:
                out.setdefault(BRACKETS, k)
    return out


def _step(b: Build, k: int) -> int:
    """Take item k (and those that belong to it); how many were taken."""
    item = b.items[k]
    b.at = k
    if item.kind == "table":
        return contained(b, k, take_box) or take_table(b, k)
    s = plain(item.s)
    if leaves_box(b, k):
        close_box(b)
    caption = captioned(b, k)
    if caption:
        return caption
    if names_box(s):
        open_box(b, item.text)
        return 1
    if is_figure_line(b, k):
        return take_figure(b, k)
    if heads_table_notes(b, k):
        b.ledger.drop_ranges(item.text, "label", category="format")
        return 1
    if el.CLOSING_NOTES.match(item.s):
        return _take_notes_label(b, k)
    if k in b.worded_notes:
        take_note(b, item, b.worded_notes[k])
        return 1
    marker = note_head(item.s)
    if marker and is_note(b, item, marker, b.at):
        take_note(b, item, marker)
        return 1
    if b.table is not None and (take_caption_below(b, item) or take_table_note(b, item)):
        return 1
    b.table = None
    head = b.outline.heads[k]
    if head is not None:
        _numbered(b, k, head)
        return 1
    if UNNUMBERED.match(s) and not el.CLOSING_NOTES.match(s):
        close_box(b)
        b.open_section(max(_top_rank(b, k), _interrupted(b, k)), tree.Section(1, title=item.text))
        b.tail, b.outer_leads = None, False
        return 1
    if k in b.outline.told:
        _told(b, item, b.outline.told[k])
        return 1
    if not take_rest_of_note(b, item):
        _prose(b, item, fresh=marker is not None and marker.form == "circled")
    return 1


def _take_notes_label(b: Build, k: int) -> int:
    """注释 above the notes at a document's end is their label, or heads a list that runs on ([1]) as a section does;
    without notes, or above items ① that nothing calls, it is a line of text."""
    marker = note_head(b.items[k + 1].s) if k + 1 < len(b.items) else None
    uncalled = marker is not None and marker.form == "circled" and b.called.get(marker.figure, k) >= k
    if uncalled or (marker is None and k + 1 not in b.worded_notes):
        _prose(b, b.items[k], fresh=True)
        return 1
    close_box(b)
    if marker is not None and marker.form == "bracket" and not _REMARK.fullmatch(b.items[k].s):
        b.open_section(_top_rank(b, k), tree.Section(1, title=b.items[k].text))
    else:
        b.ledger.drop_ranges(b.items[k].text, "label", category="format")
    b.ending, b.tail, b.table = True, None, None
    return 1


def _top_rank(b: Build, at: int) -> float:
    """前言 and its like stand beside the document's highest headings: those before item `at`, where there are some."""
    numbered = [
        (k, float(h.rank))
        for k, h in enumerate(b.outline.heads)
        if h is not None and h.form != "条" and not b.outline.groups[k].is_list
    ]
    ranks = [*numbered, *b.outline.told.items()]
    before = [rank for k, rank in ranks if k < at]
    return min(before or [rank for _, rank in ranks], default=_UNNUMBERED_RANK)


def _interrupted(b: Build, k: int) -> float:
    """The rank of the count that item k interrupts (第三节, 附则, 第四节): it stands beside the headings counted, not above
    them; -1 where it interrupts none."""
    numbered = [j for j, h in enumerate(b.outline.heads) if h is not None and not b.outline.groups[j].is_list]
    after = next((j for j in numbered if j > k), None)
    head = b.outline.heads[after] if after is not None else None
    for j in reversed([j for j in numbered if j < k]):
        before = b.outline.heads[j]
        if head is None or before is None or before.rank < head.rank:
            break
        if before.form == head.form:
            return float(head.rank) if before.ordinal + 1 == head.ordinal and head.form != "条" else -1.0
    return -1.0


def _told(b: Build, item: Item, rank: float) -> None:
    """A heading without a number, or with that of a sheet (表一 …), which a tool marks as one."""
    close_box(b)
    text = item.text
    for mark in reversed(list(re.finditer(r"\*\*", text.text))):
        b.ledger.drop_ranges(text[mark.start() : mark.end()], "emphasis-mark", category="format")
        text = text[: mark.start()] + text[mark.end() :]
    text = text.strip()
    sheet = TABLE_CAPTION.match(text.text)
    end = sheet.end("number") if sheet else 0
    b.open_section(rank, tree.Section(1, text[:end], bare_caption(b, text[end:]) if sheet else text))
    b.tail, b.outer_leads, b.ending = None, False, False


def _numbered(b: Build, k: int, head: Heading) -> None:
    """A piece with a number before it: a heading, one with its text in the same line, an article, an item of a list."""
    item, group = b.items[k], b.outline.groups[k]
    if b.box is not None and ends_box(b, k, head):
        close_box(b)
    kind = "item" if k in b.outline.said else verdict(item, head, group, b.box is not None)
    if kind != "item":
        _count(b, head, kind)
        _open_numbered(b, item, head, kind)
        return
    cut = not b.outline.articles and b.tail is not None and is_cut(b)
    if cut and head.ordinal != 1 and len(group.members) == 1:
        _prose(b, item)  # “（二）款规定…”: a cut piece that begins like a number
        return
    if b.box is not None:  # items of a list do not move the outline's own count
        b.inner[head.form] = head.ordinal
    elif not group.is_list and head.ordinal == b.outer.get(head.form, 0) + 1:
        b.close_beside(head.rank)  # a whole paragraph among headings stands beside them, not in the last one
        b.outer[head.form] = head.ordinal
    elif group.is_list:
        b.close_beside_first(head.rank, k, group.members[0])
    _prose(b, item, fresh=True)


def _count(b: Build, head: Heading, kind: str) -> None:
    """A number joins the count of its box, or of the document; deeper ones begin anew under it."""
    counts = b.outer if b.box is None else b.inner
    counts[head.form] = head.ordinal
    for form in [f for f in counts if RANK.get(f, _DEEPEST) > head.rank]:
        del counts[form]
    if kind == "heading":
        b.ending = False
    if b.box is None and head.form in _PARTS:
        b.outer_leads = False


def _open_numbered(b: Build, item: Item, head: Heading, kind: str) -> None:
    """The section that a heading or an article opens."""
    text, offset = item.text, skip_emphasis(item.s)
    number_end = offset + head.end
    number, rest = text[offset:number_end].strip(), text[number_end:].strip()
    mark = text[:offset].strip()
    b.ledger.drop_ranges(mark, "emphasis-mark", category="format")
    if head.form in STRUCTURAL and rest.text[:1] in _BEHIND_NUMBER:  # 第一章：总则, 第一条.标的
        b.ledger.drop_ranges(rest[:1], "label", category="format")
        rest = rest[1:].strip()
    if head.form == "条":
        b.open_section(head.rank, tree.Section(1, number=number))
        _prose_text(b, item, without_partner(b, mark, rest, stars=False))
    elif kind == "heading":
        title = without_stop(b, item, without_partner(b, mark, rest))
        b.open_section(head.rank, tree.Section(1, number=number, title=title))
        b.tail = None
    else:
        end, begin = run_in_at(item.s, number_end, b.box is not None)
        title = without_partner(b, mark, text[number_end:end].strip())
        b.open_section(head.rank, tree.Section(1, number=number, title=title))
        b.ledger.drop_ranges(text[end:begin], "run-in-stop", category="format")
        _prose_text(b, item, without_stars(b, text[begin:].strip()))


def _prose(b: Build, item: Item, fresh: bool = False) -> None:
    """A piece of running text: the rest of the last one where that was cut, else a paragraph."""
    if not fresh and b.tail is not None and b.seams.joins(b.tail.text, b.tail.item, item, page_seen(b), b.ledger):
        text = b.seams.join(b.tail.text, item.text, b.tail.item, item, b.ledger)
        b.tail.put(text)
        b.tail.item, b.tail.at = item, b.at
        return
    leads = bool(_LEAD.match(plain(item.s)))
    if b.box is not None and not fresh and leads and not b.inner_leads and resumes(b, b.box):
        close_box(b)
    if b.box is not None:
        b.inner_leads = b.inner_leads or (leads and not fresh)
    else:
        b.outer_leads = b.outer_leads or leads
    _prose_text(b, item, item.text)


def _prose_text(b: Build, item: Item, text: Traced) -> None:
    if not text:
        b.tail = None
        return
    paragraph = tree.Paragraph(text)
    b.place(paragraph)
    b.anchors.append(paragraph)
    marked = item.level > 0 and len(item.s) <= ALONE  # a heading that no form tells: nothing goes on with it
    b.tail = None if marked else Tail(paragraph, item, b.at)
