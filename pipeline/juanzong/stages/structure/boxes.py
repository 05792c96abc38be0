"""Boxes (专栏): their titles, where they begin and end, and tables that are the frame of one."""

from __future__ import annotations

from typing import Literal

import regex as re

from juanzong.core import tree
from juanzong.core.traced import Traced
from juanzong.language.numbering import BOX, RANK, Heading
from juanzong.language.openings import starts_anew
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.build import Build, skip_emphasis, tried_rows, tried_texts
from juanzong.stages.structure.verdicts import plain, verdict_of
from juanzong.stages.tables.grid import Grid, Line, expand
from juanzong.stages.tables.read import syntax_of, texts_of

Frame = Literal["text", "table"]

_AROUND = re.compile(r"^(?:[\s：:【】〖〗]|\*\*|__)+|(?:[\s：:【】〖〗]|\*\*|__)+$")
_MARK = re.compile(r"[。：](?=\s*\S)")
_COUNTED = re.compile(r"表\s?(?P<n>\d{1,2})(?![\d-])")
_DEEPEST = 99  # rank of a form that has none of its own
_TITLE_WITHIN = 4  # lines of a table's source in which its first cell's text begins


def names_box(s: str) -> bool:
    """Whether a piece of text is a box's number and title."""
    return bool(BOX.match(s)) and len(s) < 60 and not ends_sentence(s)


def open_box(b: Build, text: Traced) -> None:
    """A box begins; `text` is its number and title."""
    m = BOX.match(text.text, skip_emphasis(text.text))
    cut = m.end() if m else 0
    kept = []
    for i, j in ((0, cut), (cut, len(text))):
        bare = _AROUND.sub("", text.text[i:j])
        at = text.text.index(bare, i)
        for gap in (text[i:at], text[at + len(bare) : j]):
            if gap.strip():
                b.ledger.drop_ranges(gap.strip(), "label", category="format")
        kept.append(text[at : at + len(bare)])
    box = tree.Box(number=kept[0], title=kept[1])
    b.box, b.box_stack, b.inner, b.inner_leads, b.tail, b.table = None, [], {}, False, None, None
    b.place(box)
    b.box = box


def close_box(b: Build) -> None:
    if b.box is not None:
        b.box, b.box_stack, b.inner = None, [], {}
        b.tail = None


def resumes(b: Build, box: tree.Box) -> bool:
    """Whether a paragraph with a lead phrase is of the section round the box: those of the section open so, or nothing
    but items whose titles end in a colon stands in the box."""
    if b.tail is None:
        return False
    items = [x for x in box.children if isinstance(x, tree.Section) and len(x.children) == 1]
    whole = len(items) > 1 and len(items) == len(box.children) and ends_sentence(b.tail.text.text)
    return b.outer_leads or (whole and all(_told_by_colon(b, x) for x in items))


def ends_box(b: Build, k: int, head: Heading) -> bool:
    """Whether a numbered line goes on with the outer outline, not with the box's own numbers."""
    if b.items[k].key in b.listed:
        return True
    if head.form in ("编", "分编", "章", "节", "条"):
        return True
    if _counted_again(b, k):
        return False
    if (b.inner.get(head.form, 0) + 1 == head.ordinal and head.form in b.inner) or (
        head.ordinal == 1 and head.form not in b.inner
    ):
        return _stands_otherwise(b, k) or (head.ordinal == 1 and _outer_waits_for_one(b, head))
    if head.form not in b.outer:
        return not b.outer and head.form not in b.inner
    highest = head.form not in b.inner and head.rank <= min(RANK.get(f, _DEEPEST) for f in b.outer)
    return b.outer[head.form] + 1 == head.ordinal or highest  # a box counts its own from one


def _outer_waits_for_one(b: Build, head: Heading) -> bool:
    """A box with items of its own, then “1.” of a deeper outer level: seen only where the box has higher numbers of its own."""
    return bool(b.inner) and min(RANK.get(f, _DEEPEST) for f in b.inner) > head.rank and head.form in b.outer


def leaves_box(b: Build, k: int) -> bool:
    """Whether item k is the caption of a numbered table, or the paragraph right above one that points to it (见表3): tables
    are counted in the text round a box, and one that has said something is over there."""
    if b.box is None or not (b.box.children):
        return False
    if _table_number(b, k):
        return True
    number = _table_number(b, k + 1)
    return bool(number) and b.outline.heads[k] is None and re.search(rf"表\s?{number}(?!\d)", b.items[k].s) is not None


def _table_number(b: Build, k: int) -> str:
    """The figure of the table whose caption item k is."""
    m = _COUNTED.match(plain(b.items[k].s)) if k < len(b.items) and b.items[k].kind == "text" else None
    below = any(x.kind == "table" for x in b.items[k + 1 : k + 3])  # a unit may stand between
    return m["n"] if m and below and not ends_sentence(b.items[k].s) else ""


def _stands_otherwise(b: Build, k: int) -> bool:
    """Whether a number that goes on both in the box and outside it stands alone in its line, as a heading, where the one
    before it in the box has its text behind it, and text follows under it; or has its title end as those outside do (1.
    排查仓库。…), and none in the box does (1. 仓库：…)."""
    head = b.outline.heads[k]
    if (
        head is None
        or head.form not in b.inner
        or not b.inner[head.form] + 1 == head.ordinal == b.outer.get(head.form, 0) + 1
    ):
        return False
    last = next(
        (j for j in range(k - 1, -1, -1) if (h := b.outline.heads[j]) is not None and h.form == head.form), None
    )
    if _ends_as_outside(b, k, head.form):
        return True
    below = b.items[k + 1] if k + 1 < len(b.items) else None
    return (
        last is not None
        and below is not None
        and below.kind == "text"
        and _kind_at(b, last) == "run-in"
        and _kind_at(b, k) == "heading"
    )


def _counted_again(b: Build, k: int) -> bool:
    """Whether the next number of the form of item k, right under a box's title, is the same once more: the one outside, and
    item k's the box's own."""
    head = b.outline.heads[k]
    if b.box is None or b.box.children or head is None:
        return False
    below = next((h for h in b.outline.heads[k + 1 :] if h is not None and h.rank <= head.rank), None)
    return below is not None and (below.form, below.ordinal) == (head.form, head.ordinal)


def _ends_as_outside(b: Build, k: int, form: str) -> bool:
    """Whether the mark behind the title of item k is that of the numbers of its form before the box, and not that of those
    in the box, two at least."""
    begin = next((j for j in range(k - 1, -1, -1) if names_box(plain(b.items[j].s))), -1)
    numbered = [j for j in range(k) if (h := b.outline.heads[j]) is not None and h.form == form]
    inside = [_mark_behind(b, j) for j in numbered if j > begin]
    outside = next((_mark_behind(b, j) for j in reversed(numbered) if j < begin), "")
    own = _mark_behind(b, k)
    return len(inside) > 1 and len(set(inside)) == 1 and own == outside != inside[0] and "" not in (own, inside[0])


def _mark_behind(b: Build, k: int) -> str:
    """The first stop or colon in a numbered piece, where text follows it; '' where none does."""
    head = b.outline.heads[k]
    m = _MARK.search(plain(b.items[k].s), head.end if head is not None else 0)
    return m[0] if m else ""


def _kind_at(b: Build, k: int) -> str:
    """What a numbered piece is by its words, outside boxes."""
    head = b.outline.heads[k]
    return verdict_of(plain(b.items[k].s)[head.end :], head.form, False) if head is not None else "item"


def _told_by_colon(b: Build, section: tree.Section) -> bool:
    """Whether the title of a run-in section ends in a colon."""
    at = section.title.ranges[-1][1] if section.title else 0
    return b.seams.source[at : at + 3].lstrip("* ")[:1] in ("：", ":")


def frame_of(b: Build, item: Item) -> Frame | None:
    """What a table holds that is the frame of a box: `text` in one column, or a `table`. None where it is no frame:
    its first row is not one cell with a box's title."""
    if item.kind != "table" or not any(BOX.search(line.text) for line in item.lines[:_TITLE_WITHIN]):
        return None
    rows = expand(tried_rows(b, item))
    if _one_column(rows):
        return "text" if names_box(plain(tried_texts(b, item)[0].text)) else None
    first = _filled(rows[0]) if rows else []
    return "table" if len(first) == 1 and names_box(plain(first[0].text)) else None


def take_framed_text(b: Build, k: int) -> int:
    """The box whose frame is item k and holds text: each row, or line of a cell, is a paragraph; how many items it
    takes. Tables of one column right behind it are the rest of the frame, on the next page. It ends with the frame; a
    title alone opens a box as a line of text does."""
    title, *texts = texts_of(b.items[k].lines, b.ledger)
    open_box(b, title)
    n = 1
    while texts and k + n < len(b.items) and _is_rest(b, b.items[k + n]):
        first, *more = texts_of(b.items[k + n].lines, b.ledger)
        if ends_sentence(texts[-1].text) or starts_anew(first.text):
            texts.append(first)
        else:
            texts[-1] = b.ledger.join(texts[-1], first, "cut-box")
        texts += more
        n += 1
    for text in texts:
        paragraph = tree.Paragraph(text)
        b.place(paragraph)
        b.anchors.append(paragraph)
    if texts:
        close_box(b)
    return n


def _is_rest(b: Build, item: Item) -> bool:
    """Whether an item behind a framed box is a table of one column on the next page, and no frame of its own."""
    return (
        item.kind == "table"
        and item.begins_page
        and syntax_of(item.lines) in ("html", "pipes")
        and _one_column(expand(tried_rows(b, item)))
        and frame_of(b, item) is None
    )


def _one_column(rows: Grid) -> bool:
    return bool(rows) and all(len(_filled(row)) == 1 for row in rows)


def _filled(row: Line) -> list[Traced]:
    return [place.text for place in dict.fromkeys(row) if not place.blank]
