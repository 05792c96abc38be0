"""Lines -> documents: told apart, typed, titled, with head, body and notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.core.traced import EMPTY, Traced
from juanzong.language import elements as el
from juanzong.language.numbering import heading_of
from juanzong.language.text import fold
from juanzong.stages.documents.annexes import part_annex_marks
from juanzong.stages.documents.contents import contents_lists, entries_of
from juanzong.stages.documents.labels import join_label_lines, read_label_tables
from juanzong.stages.documents.segments import Segment, segments_of
from juanzong.stages.pages.furniture import furniture_of, titles_beside_numbers
from juanzong.stages.pieces.items import Item, items_of, text_item
from juanzong.stages.pieces.title_rows import part_title_rows
from juanzong.stages.structure.body import build_body
from juanzong.stages.structure.cuts import learn_cuts, shows_pages
from juanzong.stages.structure.footnotes import anchor_notes
from juanzong.stages.structure.heads import Body, cover_title, read_head_and_tail, title_of
from juanzong.stages.structure.notes import bracket_notes
from juanzong.stages.structure.seams import Seams
from juanzong.stages.structure.tails import Imprint
from juanzong.stages.structure.values import hook_years

STAGE = "documents"


@dataclass
class Structure:
    """All documents in order, the bundle's own contents list, the transcription styles, and the imprints with the
    documents that they are printed in."""

    documents: list[tree.Document]
    contents: list[tree.ContentsEntry]
    styles: list[str]
    imprints: list[tuple[tree.Document, Imprint]]


def documents_of(lines: Sequence[Line], source: str, ledger: Ledger, findings: list[Finding]) -> Structure:
    """The whole of the structure: what each stage finds is handed to the next, nothing is looked for twice."""
    paging = furniture_of(lines)
    titles = titles_beside_numbers(lines, paging)
    lines = _with_bare_titles(lines, titles, ledger)
    gone, breaks = {i: rule for i, rule in paging.rules.items() if i not in titles}, paging.breaks
    lists = contents_lists(lines, gone)
    taken = {i for c in lists for e in c.entries for i in e} | {c.title for c in lists}
    rules = {i: rule for i, rule in gone.items() if i not in taken}
    items, styles = items_of(lines, rules, taken, breaks, ledger)
    furniture = []
    for i, rule in sorted(rules.items()):
        item = Item(
            [lines[i]],
            lines[i].cut(),
            lines[i].text.strip(),
            fold(lines[i].text),
            rule=rule,
            page_break=breaks[i],
            blanks=lines[i].blanks,
        )
        furniture.append(item)
    items = _with_page_breaks(sorted(items + furniture, key=lambda x: x.n))
    items = part_title_rows(read_label_tables(items, ledger), ledger)
    items = part_annex_marks(join_label_lines(items, ledger))
    entries = [entries_of(lines, c, ledger) for c in lists]
    items = _with_whole_headings(items, {fold(e.number.text + e.title.text) for es in entries for e in es}, ledger)
    segments, own = segments_of(items, lists, entries, [line.n for line in lines])
    segments = _without_empty_front(segments)
    known = {id(c): e for c, e in zip(lists, entries, strict=True)}
    pages_shown = shows_pages([[x for x in s.rest if not x.rule] for s in segments])
    documents = [
        _document(s, lines, known, source, shown, ledger, findings)
        for s, shown in zip(segments, pages_shown, strict=True)
    ]
    imprints = [(d, body.imprint) for d, body in documents if body.imprint]
    return Structure([d for d, _ in documents], entries[own] if own is not None else [], styles, imprints)


def _with_bare_titles(lines: Sequence[Line], titles: Mapping[int, tuple[int, int]], ledger: Ledger) -> list[Line]:
    """A running head that is the only print of a title is that title; the page number beside it goes. `titles`:
    {index of its line: where in the line the title stands}."""
    out = list(lines)
    for i, (start, end) in titles.items():
        line = lines[i]
        ledger.drop_ranges(line.cut(0, start), "page-number", stage="furniture")
        ledger.drop_ranges(line.cut(end), "page-number", stage="furniture")
        out[i] = line.holding(line.traced[start:end])
    return out


def _without_empty_front(segments: list[Segment]) -> list[Segment]:
    """A front that holds nothing but furniture (the running head of the first page) goes with the document after it."""
    front, *rest = segments or [Segment([], [], [])]
    if not front.front or front.contents or not rest or any(not x.rule for x in front.rest):
        return segments
    rest[0].head = [*front.rest, *rest[0].head]
    return rest


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
            and before.kind == item.kind == "text"
            and not before.rule
            and not item.rule
            and before.key not in entries
            and before.key + item.key in entries
            and heading_of(before.s) is not None
        ):
            before.text = ledger.join(before.text, item.text, "wrapped-heading", stage=STAGE)
            before.s, before.key = before.text.text, before.key + item.key
            before.lines = [*before.lines, *item.lines]
        else:
            out.append(item)
    return out


def _document(
    segment: Segment,
    lines: Sequence[Line],
    entries: dict[int, list[tree.ContentsEntry]],
    source: str,
    pages_shown: bool,
    ledger: Ledger,
    findings: list[Finding],
) -> tuple[tree.Document, Body]:
    if segment.front:
        return _front_matter(segment, lines, entries, ledger), Body()
    document = tree.Document(_type_of(segment), title_of(segment, ledger))
    _contents(document, segment, lines, entries, ledger)
    body = read_head_and_tail(segment, document, ledger)
    hook_years(document.metadata, ledger)
    in_brackets = bracket_notes(body.items)
    seams = Seams(source, learn_cuts(body.items, in_brackets, pages_shown), pages_shown)
    notes, anchors = build_body(document, body.items, in_brackets, ledger, findings, seams)
    anchor_notes(notes, anchors, ledger, findings)
    document.type = _settle_type(document, segment)
    return document, body


def _type_of(segment: Segment) -> str:
    return el.type_of_title(segment.title_text) or "other"


def _settle_type(document: tree.Document, segment: Segment) -> str:
    """The type that title and body tell together."""
    articles = sum(isinstance(b, tree.Section) and b.number.text.endswith("条") for b in tree.walk(document.body))
    if document.type in ("plan", "other") and articles >= 5:
        return "regulation"
    if document.type == "annex_table" and not any(isinstance(b, tree.Table) for b in document.body):
        return "other" if "annex_number" not in document.metadata else "annex"
    tables = [b for b in document.body if isinstance(b, tree.Table) and b.rows]
    if document.type == "other" and document.title and tables and len(tables) == len(document.body):
        return "annex_table"  # whatever noun its title ends in
    return document.type


def _contents(
    document: tree.Document,
    segment: Segment,
    lines: Sequence[Line],
    entries: dict[int, list[tree.ContentsEntry]],
    ledger: Ledger,
) -> None:
    for _, c in segment.contents:
        ledger.drop_ranges(text_item([lines[c.title]], ledger, page_break=False).text, "contents-title", stage=STAGE)
        document.contents += entries[id(c)]


def _front_matter(
    segment: Segment, lines: Sequence[Line], entries: dict[int, list[tree.ContentsEntry]], ledger: Ledger
) -> tree.Document:
    cover = []
    for item in segment.rest:
        if item.rule:
            ledger.drop_ranges(item.text, item.rule, stage="furniture")
        elif item.kind == "text":
            cover.append(item)
    best, end = _cover_title_lines(cover)
    title: Traced = EMPTY
    for item in cover[best:end] if best >= 0 else []:
        title = ledger.join(title, item.text, "wrapped-title", stage=STAGE) if title else item.text
    document = tree.Document("front_matter", title)
    rest = [x.text for k, x in enumerate(cover) if not best <= k < end]
    for item in segment.rest:
        if item.kind == "table" and not item.rule:
            rest += [line.cut() for line in item.lines]
    if rest:
        document.metadata["cover"] = list(rest)
    _contents(document, segment, lines, entries, ledger)
    return document


def _cover_title_lines(cover: Sequence[Item]) -> tuple[int, int]:
    """The lines that print the cover's title: the chosen one, and short ones right after it."""
    best = cover_title(cover)
    end = best + 1
    while (
        best >= 0
        and end < len(cover)
        and cover[end].blanks == 0
        and not cover[end].s.isascii()
        and not el.is_date(cover[end].s)
        and len(cover[end].s) <= len(cover[best].s)
        and not el.is_organ(cover[end].s)
    ):
        end += 1
    return best, end
