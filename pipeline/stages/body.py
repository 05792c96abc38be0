"""Body items -> the tree: sections, paragraphs, boxes, tables, figures; pieces that a page cut are joined here, after
all that is no running text has been lifted out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex as re

from pipeline import tree
from pipeline.findings import Finding
from pipeline.ledger import Ledger
from pipeline.stages import elements as el
from pipeline.stages.forms import BOX, FIGURE_CAPTION, RANK, TABLE_CAPTION, UNNUMBERED, Heading
from pipeline.stages.items import Item, is_columnar
from pipeline.stages.notes import Marker, note_head
from pipeline.stages.outline import Outline, outline_of, plain, run_in_at, verdict
from pipeline.stages.seams import Seams
from pipeline.tables.build import table_of
from pipeline.tables.read import rows_of
from pipeline.tables.stitch import continues
from pipeline.text import ends_sentence
from pipeline.traced import EMPTY, Traced

STAGE = "body"
_UNNUMBERED_RANK = 1  # 前言 stands beside the chapters
_NOTE_NUMBER = re.compile(r"\s*(\d{1,2})\s*[.．、]")
_IMAGE = re.compile(r"\s*!\[[^\]]*\]\(")
_TAG = re.compile(r"<[^<>]*>")
_MAP = re.compile(r"(?:示意|布局|分布|区位|规划|格局)图$")
_EMPHASIS = re.compile(r"\s*(?:\*\*|__)?\s*")
_CIRCLED = re.compile(r"[①-⑳]")
_LEAD = re.compile(r"\**[^。：:；;\d]{2,26}。\**(?=\S)")


Anchor = tree.Paragraph | tree.Section | tree.Cell


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
    stack: list[tuple[int, tree.Section]] = field(default_factory=list)
    box: tree.Box | None = None
    box_stack: list[tuple[int, tree.Section]] = field(default_factory=list)
    outer: dict[str, int] = field(default_factory=dict)  # last ordinal by form, outside boxes
    inner: dict[str, int] = field(default_factory=dict)  # the same in the box
    outer_leads: bool = False  # paragraphs of the section open with lead phrases
    inner_leads: bool = False
    tail: Tail | None = None
    anchors: list[Anchor] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    ending: bool = False  # in the list of end notes
    at: int = 0  # index of the item in hand
    table: tree.Table | None = None  # the last table, while its notes may follow

    def place(self, block: tree.Block) -> None:
        if self.box is not None:
            (self.box_stack[-1][1].children if self.box_stack else self.box.children).append(block)
        else:
            (self.stack[-1][1].children if self.stack else self.document.body).append(block)

    def open_section(self, rank: int, section: tree.Section) -> None:
        stack = self.box_stack if self.box is not None else self.stack
        while stack and stack[-1][0] >= rank:
            stack.pop()
        section.level = len(stack) + 1
        self.place(section)
        stack.append((rank, section))
        self.anchors.append(section)


def build_body(
    document: tree.Document, items: list[Item], source: str, ledger: Ledger, findings: list[Finding], seams: Seams
) -> tuple[list[Note], list[Anchor]]:
    """Fill document.body; the notes found and the texts that may carry their markers come back."""
    b = Build(document, items, outline_of(items), ledger, findings, seams)
    k = 0
    while k < len(items):
        k += _step(b, k, source)
    return b.notes, b.anchors


def _step(b: Build, k: int, source: str) -> int:
    """Take item k (and those that belong to it); how many were taken."""
    item = b.items[k]
    b.at = k
    if item.kind == "table":
        return _table(b, k, source)
    s = plain(item.s)
    caption = _captioned(b, k, source)
    if caption:
        return caption
    if BOX.match(s) and len(s) < 60 and not ends_sentence(s):
        _open_box(b, item)
        return 1
    if _is_figure_line(b, k):
        return _figure(b, k, source)
    if el.CLOSING_NOTES.match(item.s):
        _close_box(b)
        b.open_section(_UNNUMBERED_RANK, tree.Section(1, title=item.text))
        b.ending, b.tail, b.table = True, None, None
        return 1
    marker = note_head(item.s)
    if marker and _is_note(b, item, marker):
        _note(b, item, marker)
        return 1
    if b.table is not None and _table_note(b, item):
        return 1
    b.table = None
    head = b.outline.heads[k]
    if head is not None:
        _numbered(b, k, head)
        return 1
    if UNNUMBERED.match(s):
        _close_box(b)
        b.open_section(_top_rank(b), tree.Section(1, title=item.text))
        b.tail, b.outer_leads = None, False
        return 1
    _prose(b, item)
    return 1


def _top_rank(b: Build) -> int:
    """前言 and its like stand beside the document's highest headings."""
    return min(
        (
            h.rank
            for k, h in enumerate(b.outline.heads)
            if h is not None and h.form != "条" and not b.outline.groups[k].is_list
        ),
        default=_UNNUMBERED_RANK,
    )


# ---- headings and lists


def _numbered(b: Build, k: int, head: Heading) -> None:
    item, group = b.items[k], b.outline.groups[k]
    if b.box is not None and _ends_box(b, k, head):
        _close_box(b)
    boxed = b.box is not None
    kind = verdict(item, head, group, boxed)
    if (
        kind == "item"
        and not b.outline.articles
        and b.tail is not None
        and _cut(b)
        and head.ordinal != 1
        and len(group.members) == 1
    ):
        _prose(b, item)  # “（二）款规定…”: a cut piece that begins like a number
        return
    (b.inner if boxed else b.outer)[head.form] = head.ordinal
    if kind == "item":
        _prose(b, item, fresh=True)
        return
    if kind == "heading" and head.form != "条":
        b.ending = False
    if not boxed and head.form in ("编", "章", "节", "一、", "（一）"):
        b.outer_leads = False
    for form in [f for f in (b.inner if boxed else b.outer) if RANK[f] > head.rank]:
        del (b.inner if boxed else b.outer)[form]
    text, offset = item.text, _skip(item.s)
    number_end = offset + head.end
    number = text[offset:number_end].strip()
    if offset and text[:offset].strip():
        b.ledger.drop_ranges(text[:offset].strip(), "emphasis-mark", stage=STAGE, category="format")
    if head.form == "条":
        section = tree.Section(1, number=number)
        b.open_section(head.rank, section)
        _prose_text(b, item, text[number_end:].strip())
        return
    if kind == "heading":
        section = tree.Section(1, number=number, title=text[number_end:].strip())
        b.open_section(head.rank, section)
        b.tail = None
        return
    end, begin = run_in_at(item.s, number_end, boxed)
    section = tree.Section(1, number=number, title=text[number_end:end].strip())
    b.open_section(head.rank, section)
    stop = text[end:begin]
    if stop:
        b.ledger.drop_ranges(stop, "run-in-stop", stage=STAGE, category="format")
    rest = text[begin:].strip()
    marks = re.match(r"\*\*\s*", rest.text)
    if marks and marks.end() < len(rest):
        b.ledger.drop_ranges(rest[:2], "emphasis-mark", stage=STAGE, category="format")
        rest = rest[marks.end() :]
    _prose_text(b, item, rest)


def _skip(s: str) -> int:
    """Where a line's number begins: after emphasis marks."""
    m = _EMPHASIS.match(s)
    return m.end() if m else 0


def _ends_box(b: Build, k: int, head: Heading) -> bool:
    """Whether a numbered line goes on with the outer outline, not with the box's own numbers."""
    if head.form in ("编", "章", "节", "条"):
        return True
    if (b.inner.get(head.form, 0) + 1 == head.ordinal and head.form in b.inner) or (
        head.ordinal == 1 and head.form not in b.inner
    ):
        return head.ordinal == 1 and head.form not in b.inner and _outer_waits_for_one(b, head)
    return b.outer.get(head.form, 0) + 1 == head.ordinal and head.form in b.outer


def _outer_waits_for_one(b: Build, head: Heading) -> bool:
    """A box with items of its own, then “1.” of a deeper outer level: seen only where the box has higher numbers of its own."""
    return bool(b.inner) and min(RANK[f] for f in b.inner) > head.rank and head.form in b.outer


# ---- boxes


def _open_box(b: Build, item: Item) -> None:
    m = BOX.match(item.s)
    start = _skip(item.s)
    m = BOX.match(item.s, start)
    end = m.end() if m else start
    box = tree.Box(number=item.text[start:end].strip(" \t：:"), title=item.text[end:].strip(" \t：:").strip())
    for gap in (item.text[:start], item.text[start + len(box.number.text) : end]):
        if gap.strip():
            b.ledger.drop_ranges(gap.strip(), "label", stage=STAGE, category="format")
    b.box, b.box_stack, b.inner, b.inner_leads, b.tail, b.table = None, [], {}, False, None, None
    b.place(box)
    b.box = box


def _close_box(b: Build) -> None:
    if b.box is not None:
        b.box, b.box_stack, b.inner = None, [], {}
        b.tail = None


# ---- running text


def _cut(b: Build) -> bool:
    return b.tail is not None and bool(b.tail.text) and not ends_sentence(b.tail.text.text)


def _page_seen(b: Build) -> bool:
    """Whether a page visibly ended since the last piece of running text: a break, or notes at the page's foot."""
    since = b.items[b.tail.at + 1 : b.at + 1] if b.tail else []
    return any(x.page_break or x.blanks >= 2 for x in since) or any(note_head(x.s) for x in since[:-1])


def _prose(b: Build, item: Item, fresh: bool = False) -> None:
    """A piece of running text: the rest of the last one where that was cut, else a paragraph."""
    if not fresh and b.tail is not None and b.seams.joins(b.tail.text, b.tail.item, item, _page_seen(b), b.ledger):
        text = b.seams.join(b.tail.text, item.text, b.tail.item, item, b.ledger)
        b.tail.put(text)
        b.tail.item, b.tail.at = item, b.at
        return
    leads = bool(_LEAD.match(plain(item.s)))
    if (
        b.box is not None
        and b.tail is not None
        and not fresh
        and leads
        and b.outer_leads
        and not b.inner_leads
        and (b.box.children or b.box_stack)
    ):
        _close_box(b)
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
    b.tail = Tail(paragraph, item, b.at)


# ---- notes


def _is_note(b: Build, item: Item, marker: Marker) -> bool:
    if marker.form == "bracket":
        return (
            b.ending
            or (bool(b.notes) and b.notes[-1].marker.form == "bracket")
            or "^" in item.s[: marker.end]
            or (item.s[: marker.end].isascii() and not b.tail)
        )
    if b.tail is not None and item.flush and _cut(b) and item.s[marker.end : marker.end + 1] in "，。；：、）”":
        return False
    return not _is_legend(item.s)


def _is_legend(s: str) -> bool:
    """“① 水库 ② 河流”: the legend of a map, or an enumeration in one line."""
    return len(s) < 60 and len(_CIRCLED.findall(s)) > 1


def _note(b: Build, item: Item, marker: Marker) -> None:
    note = tree.Footnote(item.text[marker.start : marker.end].strip(), item.text[marker.end :].strip())
    b.document.footnotes.append(note)
    b.notes.append(Note(note, marker, len(b.anchors), b.ending))


# ---- tables and figures


def _captioned(b: Build, k: int, source: str) -> int:
    """A caption (and unit) before a table, or a figure's caption with what is left of the figure."""
    item = b.items[k]
    s = plain(item.s)
    if FIGURE_CAPTION.match(s) and len(s) < 80 and not ends_sentence(s):
        return _figure(b, k, source)
    n = 0
    numbered = bool(TABLE_CAPTION.match(s)) and len(s) < 90 and not re.search(r"[。；]", s)
    unit = bool(el.UNIT.match(s))
    if not numbered and not unit and not _is_caption(b, k):
        return 0
    j = k + 1
    while (
        j < len(b.items)
        and j - k <= 3
        and b.items[j].kind == "text"
        and (el.UNIT.match(b.items[j].s) or (numbered and _wrapped_caption(b, k, j)))
    ):
        j += 1
    if j >= len(b.items) or b.items[j].kind != "table" or _is_picture(b, j):
        if numbered:  # its table is lost, or stands apart
            b.place(_table_named(b, [item], EMPTY))
            b.tail = None
            return 1
        return 0
    n = j - k
    captions = [x for x in b.items[k:j] if not el.UNIT.match(x.s)]
    units = [x for x in b.items[k:j] if el.UNIT.match(x.s)]
    taken = _table(b, j, source)
    assert b.table is not None
    _name(b, b.table, captions, units)
    return n + taken


def _is_caption(b: Build, k: int) -> bool:
    """A short line that is no heading and no sentence, right before a table (or its unit)."""
    item = b.items[k]
    after = b.items[k + 1] if k + 1 < len(b.items) else None
    s = plain(item.s)
    if (
        after is None
        or b.outline.heads[k] is not None
        or len(s) > 50
        or ends_sentence(s)
        or (item.flush and _cut(b) and not el.type_of_title(s))
    ):
        return False
    beyond = b.items[k + 2] if k + 2 < len(b.items) else None
    table = after.kind == "table" or (el.UNIT.match(after.s) and beyond is not None and beyond.kind == "table")
    return bool(table) and el.may_be_title(s) and not (_cut(b) and not el.type_of_title(s))


def _wrapped_caption(b: Build, k: int, j: int) -> bool:
    s = plain(b.items[j].s)
    return (
        j == k + 1
        and b.items[j].blanks == 0
        and len(s) < 30
        and not ends_sentence(s)
        and b.outline.heads[j] is None
        and el.may_be_title(s)
    )


def _table_named(b: Build, captions: Sequence[Item], unit: Traced) -> tree.Table:
    table = tree.Table(unit=unit)
    _name(b, table, captions, [])
    return table


def _name(b: Build, table: tree.Table, captions: Sequence[Item], units: Sequence[Item]) -> None:
    if captions:
        text = captions[0].text
        for x in captions[1:]:
            text = b.ledger.join(text, x.text, "wrapped-caption", stage=STAGE)
        start = _skip(text.text)
        m = TABLE_CAPTION.match(text.text, start)
        if m:
            number = re.match(r"\S+?\s?[\d一二三四五六七八九十]+(?:[-–—.－]\d+)*", m[0])
            end = start + (number.end() if number else m.end())
            table.number, table.caption = text[start:end], text[end:].strip(" \t：:.．、").strip()
            gap = text[end : len(text) - len(table.caption.text)].strip()
            if gap:
                b.ledger.drop_ranges(gap, "label", stage=STAGE, category="format")
        else:
            table.caption = text
    for x in units:
        m = el.UNIT.match(x.s)
        if m and not table.unit:
            table.unit = x.text[m.start("value") : m.end("value")].strip()
            for gap in (x.text[: m.start("value")].strip(), x.text[m.end("value") :].strip()):
                if gap:
                    b.ledger.drop_ranges(gap, "label", stage=STAGE, category="format")
        else:
            b.ledger.drop_ranges(x.text, "second-print", stage=STAGE, kind="merge")


def _table(b: Build, k: int, source: str) -> int:
    """The table that begins with item k, over all its pages; footnotes printed between its pieces are lifted out."""
    if _is_picture(b, k):
        return _figure(b, k, source)
    fragments = [rows_of(b.items[k].lines, source, b.ledger)]
    end = j = k + 1
    between: list[Item] = []
    while j < len(b.items) and len(between) <= 8:
        item = b.items[j]
        if item.kind == "table":
            rows = rows_of(item.lines, source, b.seams.scratch(source))
            if not continues(fragments[-1], rows, []) or _is_picture(b, j):
                break
            fragments.append(rows_of(item.lines, source, b.ledger))
            for x in between:
                marker = note_head(x.s)
                if marker:
                    _note(b, x, marker)
            between = []
            end = j + 1
        elif (marker := note_head(item.s)) and _is_note(b, item, marker):
            between.append(item)
        else:
            break
        j += 1
    table = table_of(fragments, b.ledger, b.findings, context=b.document.title.text[:30])
    b.place(table)
    b.table, b.tail = table, None
    b.anchors += [cell for row in table.rows for cell in row.cells if cell.text]
    return end - k


def _table_note(b: Build, item: Item) -> bool:
    """Notes under a table: “注：1. …”, the numbered lines that go on with it, and their cut ends."""
    assert b.table is not None
    notes = b.table.notes
    number = _NOTE_NUMBER.match(item.s)
    cut = bool(notes) and b.tail is not None and not ends_sentence(notes[-1].text)
    if el.TABLE_NOTE.match(item.s) or (notes and number and _counts_on(notes, int(number[1]))):
        notes.append(item.text)
    elif b.tail is not None and cut and (item.flush or len(item.s) < 12 or not el.may_be_title(item.s)):
        notes[-1] = b.seams.join(notes[-1], item.text, b.tail.item, item, b.ledger)
    else:
        return False
    b.tail = Tail(b.table, item, b.at)
    return True


def _counts_on(notes: Sequence[Traced], number: int) -> bool:
    last = re.match(r"\s*(?:\S{1,4}[:：]\s*)?(\d{1,2})\s*[.．、]", notes[-1].text)
    return bool(last) and number == int(last[1]) + 1  # type: ignore[index]


def _is_picture(b: Build, k: int) -> bool:
    """Whether a table region is what is left of a chart: few rows of figures and years, a figure's caption beside it."""
    item = b.items[k]
    if len(item.lines) > 6 or "<t" in item.lines[0].text:
        return False
    text = "".join(x.text for x in item.lines)
    sparse = sum(c.isdigit() or c in "年.,%" for c in text) > 0.5 * len(re.sub(r"\s", "", text))
    return (
        any(
            0 <= j < len(b.items) and b.items[j].kind == "text" and FIGURE_CAPTION.match(plain(b.items[j].s))
            for j in range(k - 1, k + 3)
        )
        and sparse
    ) or _in_map(b, k)


def _in_map(b: Build, k: int) -> bool:
    """Under a line that names a map (…布局图), until prose, a heading or a real table."""
    for j in range(k - 1, max(-1, k - 40), -1):
        x = b.items[j]
        if x.kind == "text" and _MAP.search(plain(x.s)) and not ends_sentence(x.s):
            return True
        if b.outline.heads[j] is not None or (
            x.kind == "text" and ((len(x.s) > 40 and ends_sentence(x.s)) or TABLE_CAPTION.match(x.s))
        ):
            return False
    return False


def _is_figure_line(b: Build, k: int) -> bool:
    s = b.items[k].s
    if _IMAGE.match(s):
        return True
    if _MAP.search(plain(s)) and len(s) < 70 and not ends_sentence(s) and b.outline.heads[k] is None:
        nearby = b.items[k + 1 : k + 6]
        return sum(x.kind == "table" or (len(x.s) < 20 and not ends_sentence(x.s)) for x in nearby) >= 3
    return False


def _figure(b: Build, k: int, source: str) -> int:
    """What is left of a picture: its caption, and labels, legends, numbers around it."""
    if (
        b.items[k].s.startswith("![")
        and not _captioned_next(b, k)
        and not (k and FIGURE_CAPTION.match(plain(b.items[k - 1].s)))
    ):
        b.ledger.drop_ranges(b.items[k].text, "image-link", stage=STAGE)
        return 1
    figure = tree.Figure()
    n = 0
    caption = False
    in_map = False
    while k + n < len(b.items):
        item = b.items[k + n]
        s = plain(item.s)
        if item.kind == "text" and not caption and FIGURE_CAPTION.match(s):
            _caption_figure(b, figure, item)
            caption = True
            n += 1
            if not in_map and not _labels_follow(b, k + n):
                break
            continue
        if item.kind == "text" and n == 0 and _is_figure_line(b, k) and not s.startswith("!["):
            figure.caption, caption, in_map = item.text, True, True
            n += 1
            continue
        said = _TAG.sub("", s)
        wordy = len(said) > 60 and not s.startswith("![") and ("，" in said or not in_map)
        if item.kind == "text" and (
            (b.outline.heads[k + n] is not None and not _is_legend(s))
            or ends_sentence(said)
            or wordy
            or BOX.match(s)
            or TABLE_CAPTION.match(s)
            or FIGURE_CAPTION.match(s)
            or UNNUMBERED.match(s)
            or el.TABLE_NOTE.match(s)
        ):
            if el.TABLE_NOTE.match(s) and in_map:
                figure.text.append(item.text)
                n += 1
            break
        if (
            in_map
            and n > 1
            and item.kind == "text"
            and (
                _is_figure_line(b, k + n)
                or (item.page_break and el.may_be_title(s) and len(s) > 12)
                or _heads_table(b, k + n)
            )
        ):
            break
        if not in_map and n >= 1 and caption:
            break
        if not in_map and n >= 1 and item.kind == "text" and not s.startswith("![") and not _captioned_next(b, k + n):
            break
        if item.kind == "table":
            for line in item.lines:
                for part in _cells(line.text):
                    figure.text.append(line.cut(*part))
        else:
            figure.text.append(item.text)
        n += 1
    b.place(figure)
    b.table = None
    return max(1, n)


def _heads_table(b: Build, k: int) -> bool:
    """A line that heads a real table: many columns, many rows."""
    after = b.items[k + 1] if k + 1 < len(b.items) else None
    return (
        after is not None and after.kind == "table" and len(after.lines) >= 5 and after.lines[0].text.count("\t") >= 6
    )


def _captioned_next(b: Build, k: int) -> bool:
    return any(x.kind == "text" and bool(FIGURE_CAPTION.match(plain(x.s))) for x in b.items[k : k + 2])


def _labels_follow(b: Build, k: int) -> bool:
    if k >= len(b.items) or b.items[k].page_break:
        return False
    item = b.items[k]
    return (
        item.kind == "table"
        and _is_picture(b, k)
        and not any(FIGURE_CAPTION.match(plain(x.s)) for x in b.items[k + 1 : k + 2])
    )


def _cells(text: str) -> list[tuple[int, int]]:
    """Places of a line's parts: parted by tabs, or by two blanks and more."""
    gap = r"\t" if "\t" in text else r"\s{2,}" if is_columnar(text) else r"\n"
    out, at = [], 0
    for m in [*re.finditer(gap, text), None]:
        end = m.start() if m else len(text)
        if text[at:end].strip():
            out.append((at, end))
        at = m.end() if m else end
    return out


def _caption_figure(b: Build, figure: tree.Figure, item: Item) -> None:
    text = item.text
    start = _skip(text.text)
    number = re.match(r"\S+?\s?[\d一二三四五六七八九十]+(?:[-–—.－]\d+)*", text.text[start:])
    end = start + (number.end() if number else 0)
    figure.number, figure.caption = text[start:end], text[end:].strip(" \t：:.．、").strip()
    gap = text[end : len(text) - len(figure.caption.text)].strip()
    if gap:
        b.ledger.drop_ranges(gap, "label", stage=STAGE, category="format")
