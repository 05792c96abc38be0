"""Lines -> documents: told apart, typed, titled, with head, body and notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.core.traced import EMPTY, Run, Traced
from juanzong.language import elements as el
from juanzong.language.alike import is_one_slip, skeleton
from juanzong.language.numbering import heading_of
from juanzong.language.stuck_figures import without_stuck_figure
from juanzong.language.text import fold
from juanzong.stages.annexed import is_annex
from juanzong.stages.containment import failure, flat_document, flat_lines
from juanzong.stages.documents.annexes import join_attachment_labels, join_wrapped_attachments, part_annex_marks
from juanzong.stages.documents.attachment_colons import put_attachment_colons
from juanzong.stages.documents.contents import contents_lists
from juanzong.stages.documents.contents_entries import entries_of
from juanzong.stages.documents.contents_numbers import (
    without_contents_numbers,
    without_group_names,
    without_lone_numbers,
)
from juanzong.stages.documents.contents_placed import placed_lists, volumes
from juanzong.stages.documents.front_matter import front_matter
from juanzong.stages.documents.labels import read_labels
from juanzong.stages.documents.number_lines import join_number_lines
from juanzong.stages.documents.page_titles import OF_FILE
from juanzong.stages.documents.segments import Segment, segments_of
from juanzong.stages.documents.settled_type import settled_type
from juanzong.stages.documents.standard_annexes import part_standard_annexes
from juanzong.stages.documents.told_titles import told_titles
from juanzong.stages.documents.wrapped_title import (
    Prints,
    joined_title,
    part_number,
    without_page_number,
    without_title_marks,
)
from juanzong.stages.pages.paging import Paging
from juanzong.stages.pages.running_heads import furniture_of, titles_beside_numbers
from juanzong.stages.pieces.bold_elements import plain_elements
from juanzong.stages.pieces.cut_rests import join_cut_rests
from juanzong.stages.pieces.element_rows import part_element_rows
from juanzong.stages.pieces.foreign_lines import move_foreign_lines, move_strays
from juanzong.stages.pieces.items import Item, items_of
from juanzong.stages.pieces.note_numbers import raise_note_numbers
from juanzong.stages.pieces.running_titles import part_running_titles
from juanzong.stages.pieces.title_rows import part_title_rows
from juanzong.stages.structure.body import build_body
from juanzong.stages.structure.cuts import blanks_part, learn_cuts, shows_pages
from juanzong.stages.structure.footnotes import anchor_notes
from juanzong.stages.structure.heads import Body, read_head_and_tail
from juanzong.stages.structure.joined_notes import part_joined_notes
from juanzong.stages.structure.notes import bracket_notes
from juanzong.stages.structure.seams import Seams
from juanzong.stages.structure.values import hook_years
from juanzong.stages.structure.wrapped_headings import join_wrapped_headings
from juanzong.stages.work import Work


def find_pages(work: Work) -> None:
    """Lines -> which of them are page furniture, where pages begin; a head that is a title's only print is a title."""
    paging = furniture_of(work.lines)
    titles = titles_beside_numbers(work.lines, paging)
    work.lines = _with_bare_titles(work.lines, titles, work.ledger)
    work.paging = Paging({i: rule for i, rule in paging.rules.items() if i not in titles}, paging.breaks)


def find_contents(work: Work) -> None:
    """Lines -> the contents lists among them, entry by entry."""
    work.lists = contents_lists(work.lines, work.paging.rules)
    work.entries = [entries_of(work.lines, c, work.ledger) for c in work.lists]


def make_pieces(work: Work) -> None:
    """Lines -> items: headings, pieces of paragraphs, tables; furniture stands among them until the texts are built."""
    lines, breaks, ledger = work.lines, work.paging.breaks, work.ledger
    taken = {i for c in work.lists for i in c.lines}
    rules = {i: rule for i, rule in work.paging.rules.items() if i not in taken}
    work.lines = lines = raise_note_numbers(lines, {*rules, *taken}, breaks, ledger)
    items, work.styles = items_of(lines, rules, taken, breaks, ledger)
    for i, rule in rules.items():
        line = lines[i]
        piece = Item([line], line.cut(), line.text.strip(), fold(line.text), rule=rule)
        piece.page_break, piece.blanks = breaks[i], line.blanks
        items.append(piece)
    items = _with_page_breaks(sorted(items, key=lambda x: x.n))
    titles = {fold(el.bare_title(e.title.text)) for es in work.entries for e in es}
    items = told_titles(read_labels(plain_elements(items, ledger), ledger), ledger)
    items = part_element_rows(part_title_rows(items, ledger, titles), ledger)
    items = join_number_lines(items, ledger)
    items = join_attachment_labels(put_attachment_colons(items, ledger), ledger)
    items = move_foreign_lines(part_annex_marks(part_standard_annexes(join_wrapped_attachments(items, ledger))))
    names = {fold(e.number.text + e.title.text) for es in work.entries for e in es}
    work.items = join_cut_rests(_with_whole_headings(items, names, ledger), ledger)


def find_documents(work: Work) -> None:
    """Items and contents lists -> segments, one a document, and what the bundle's own lists name."""
    named = [e.title.text for es in work.entries for e in es]
    quoted = [x.s for x in work.items if x.is_text and "《" in x.s]
    names = [*map(el.bare_title, named), *(name for text in quoted for name in el.promulgated_titles(text))]
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    for e in (e for es in work.entries for e in es):
        numbers[skeleton(el.bare_title(e.title.text))].add(skeleton(e.number.text))
    work.items = move_strays(part_running_titles(work.items, names, numbers), names)
    placed = placed_lists(work.items, work.lists, work.entries, [line.n for line in work.lines])
    for v in volumes(work.items, placed, work.entries):
        part = slice(v.part.start, v.part.stop)
        bare = without_lone_numbers(work.items[part], v.lists.begin, v.listed)
        bare = without_group_names(bare, v.lists.begin, v.listed)
        work.items[part] = without_contents_numbers(bare, v.lists.begin, v.listed, work.ledger)
        work.segments += segments_of(work.items[part], v.lists, v.entries)
        work.listed.append(v.listed)


def build_documents(work: Work) -> None:
    """Segments -> documents: head, body and notes. One that cannot be built comes out flat, with a finding."""
    known = {id(c): e for c, e in zip(work.lists, work.entries, strict=True)}
    pages_shown = shows_pages([[x for x in s.rest if not x.rule] for s in work.segments])
    parted = blanks_part([s.rest for s in work.segments])
    prints = Prints(work.lines)
    for segment, shown, apart in zip(work.segments, pages_shown, parted, strict=True):
        told = len(work.findings)
        try:
            with work.ledger.trial() as trial:
                document, body = _document(segment, work, known, prints, shown, apart)
                trial.keep()
        except Exception as error:
            if not work.contain:
                raise
            del work.findings[told:]
            document, body = flat_document(segment, work.ledger, known), Body()
            work.findings.append(failure("structure", error, flat_lines(segment), [document]))
        work.documents.append(document)
        if segment.doubtful:
            work.findings.append(_doubt(document, segment))
        if segment.named or (not segment.title and is_annex(document)):
            work.findings.append(_untitled(document))
        if body.imprint:
            work.imprints.append((document, body.imprint))


def _doubt(document: tree.Document, segment: Segment) -> Finding:
    """That another reading of where a document begins is nearly as good as the one taken."""
    told = f"“{document.title.text.replace('**', '')[:40]}”是否为一份文件的标题不能确定，另一种读法几乎同样可信"
    return Finding("structure-doubtful", "warning", told, [document], {"margin": round(segment.margin, 2)})


def _untitled(document: tree.Document) -> Finding:
    """That a text prints no title."""
    mark = document.metadata.get("annex_number")
    if not document.title and isinstance(mark, Traced):
        return Finding("title-not-printed", "warning", f"“{mark.text}”没有印出标题", [document])
    told = f"“{document.title.text}”没有印出标题：取自本卷目录或印发它的通知"
    return Finding("title-not-printed", "warning", told, [document])


def _told_title(segment: Segment) -> Traced:
    """The title of a text that prints none, as the notice before it has it: a text without a range of its own."""
    at = segment.rest[0].text.ranges[0][0] if segment.named and segment.rest and segment.rest[0].text.ranges else 0
    return Traced([Run(segment.named, at, at, edited=True)]) if segment.named else EMPTY


def _with_bare_titles(lines: Sequence[Line], titles: Mapping[int, tuple[int, int]], ledger: Ledger) -> list[Line]:
    """A running head that is the only print of a title is that title; the page number beside it goes. `titles`:
    {index of its line: where in the line the title stands}."""
    out = list(lines)
    for i, (start, end) in titles.items():
        line = lines[i]
        ledger.drop_ranges(line.cut(0, start), "page-number")
        ledger.drop_ranges(line.cut(end), "page-number")
        out[i] = line.holding(line.traced[start:end])
    return out


def _with_page_breaks(items: list[Item]) -> list[Item]:
    """A page that begins with furniture begins, for the text, with the item after it."""
    pending = False
    for item in items:
        if item.rule:
            pending = pending or item.page_break or item.rule == "page-number"
        else:
            item.page_break = item.page_break or pending
            pending = False
    return items


def _with_whole_headings(items: list[Item], entries: set[str], ledger: Ledger) -> list[Item]:
    """A heading that its line broke in two is put together where a contents list has it whole."""
    out: list[Item] = []
    for item in items:
        before = out[-1] if out else None
        if (
            before is not None
            and before.is_text
            and item.is_text
            and before.key not in entries
            and before.key + item.key in entries
            and heading_of(before.s) is not None
        ):
            before.take_rest(item, "wrapped-heading", ledger)
        else:
            out.append(item)
    return out


def _document(
    segment: Segment,
    work: Work,
    entries: dict[int, list[tree.ContentsEntry]],
    prints: Prints,
    pages_shown: bool,
    parted: bool,
) -> tuple[tree.Document, Body]:
    ledger = work.ledger
    if segment.front:
        document, preface = front_matter(segment, entries, ledger)
        _contents(document, segment, entries)
        _build(document, preface, work, pages_shown, parted)
        return document, Body()
    title = _told_title(segment) or without_page_number(joined_title(segment.title, ledger), prints, ledger)
    title = without_title_marks(title, ledger)
    document = tree.Document(_type_of(segment), title, listed=segment.listed)
    part_number(document, ledger)
    _contents(document, segment, entries)
    body = read_head_and_tail(segment, document, ledger)
    hook_years(document.metadata, ledger)
    _build(document, body.items, work, pages_shown, parted)
    document.type = settled_type(document)
    return document, body


def _build(document: tree.Document, items: list[Item], work: Work, pages_shown: bool, parted: bool) -> None:
    """Items -> the document's body and notes."""
    items = join_wrapped_headings(part_joined_notes(items), work.ledger, parted=parted)
    in_brackets = bracket_notes(items)
    seams = Seams(work.source.text, learn_cuts(items, in_brackets, pages_shown), pages_shown, parted)
    notes, anchors = build_body(document, items, in_brackets, work.ledger, work.findings, seams, work.contain)
    anchor_notes(notes, [document, *anchors], work.ledger, work.findings)


def _type_of(segment: Segment) -> str:
    title = OF_FILE.sub("", segment.title_text).rstrip("。：: ")
    order = el.order_number(title) is not None
    bare = title[: el.number_start(title)].rstrip()  # a contents list may name the number that stands under it
    found = el.type_of_title(without_stuck_figure(title)) or el.type_of_title(bare)
    if found is None and segment.listed and is_one_slip(skeleton(title), skeleton(segment.listed)):
        found = el.type_of_title(segment.listed)
    return found or ("notice" if order else "other")


def _contents(document: tree.Document, segment: Segment, entries: dict[int, list[tree.ContentsEntry]]) -> None:
    """The contents lists that belong to the document are its own."""
    for _, c in segment.contents:
        document.contents += entries[id(c)]
