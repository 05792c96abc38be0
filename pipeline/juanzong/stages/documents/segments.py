"""Items and contents lists -> segments: what belongs to one document, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex as re

from juanzong.core.tree import ContentsEntry
from juanzong.language import elements as el
from juanzong.language.numbering import RANK, heading_of
from juanzong.language.text import ends_sentence, fold
from juanzong.stages.documents.contents import Contents
from juanzong.stages.documents.titles import Title, known_titles, titles_of
from juanzong.stages.pieces.items import Item


@dataclass
class Segment:
    """One document's items: what stands before the title, the title, the rest; and its own contents lists."""

    head: list[Item]
    title: list[Item]
    rest: list[Item]
    contents: list[tuple[int, Contents]] = field(default_factory=list)  # (index in rest that follows it, list)
    front: bool = False

    @property
    def title_text(self) -> str:
        return "".join(x.s.strip().strip("*") for x in self.title)


def segments_of(
    items: Sequence[Item], lists: Sequence[Contents], entries: Sequence[Sequence[ContentsEntry]], lines_n: Sequence[int]
) -> tuple[list[Segment], int | None]:
    """All segments in order, and which contents list is the bundle's own (None where there is none).

    `lines_n[i]` is the source line number of line i, by which lists and items are ordered.
    """
    gaps = [next((k for k, x in enumerate(items) if x.n > lines_n[c.title]), len(items)) for c in lists]
    own = _bundle_list(items, lists, entries, gaps)
    names = [e.title.text for e in _leaves(entries[own])] if own is not None else []
    annexes = [
        e.title.text
        for k, es in enumerate(entries)
        if k != own
        for e in es
        if re.match(r"附\s?[件录表]", e.number.text)
    ]
    after = [False] * len(items)
    for gap in gaps:
        if gap:
            after[gap - 1] = True
    begin = gaps[own] if own is not None else 0
    titles = titles_of(items[begin:], known_titles(items, names, annexes), after[begin:])
    while (
        own is None
        and len(titles) > 1
        and not _has_body(items[titles[0].end : titles[1].start])
        and not after[titles[0].end - 1]
    ):
        titles = titles[1:]  # a cover's own title
    titles = _without_repeats([Title(t.start + begin, t.end + begin, t.text, t.signs) for t in titles], items)
    ends = [begin, *(t.end for t in titles)]
    starts = [_head_start(items, t.start, end) for t, end in zip(titles, ends, strict=False)]
    out: list[Segment] = []
    first = starts[0] if starts else len(items)
    untitled = list(items[begin:first]) if _has_body(items[begin:first]) else []
    cover = list(items[:begin] if untitled else items[:first])
    if own is not None or cover:
        out.append(Segment([], [], cover, [(min(begin, first), lists[own])] if own is not None else [], front=True))
    if untitled:  # text that no title heads: kept as a document of its own
        seg = Segment([], [], untitled)
        seg.contents = [
            (gap - begin, c)
            for j, (gap, c) in enumerate(zip(gaps, lists, strict=True))
            if j != own and begin < gap <= first
        ]
        out.append(seg)
    for k, t in enumerate(titles):
        end = starts[k + 1] if k + 1 < len(titles) else len(items)
        seg = Segment(list(items[starts[k] : t.start]), list(items[t.start : t.end]), list(items[t.end : end]))
        seg.contents = [
            (gap - t.end, c)
            for j, (gap, c) in enumerate(zip(gaps, lists, strict=True))
            if j != own and t.end <= gap < max(end, t.end + 1)
        ]
        out.append(seg)
    lost = [
        (gap, c)
        for j, (gap, c) in enumerate(zip(gaps, lists, strict=True))
        if j != own and not any(c is x for s in out for _, x in s.contents)
    ]
    for _, c in lost:  # a list before any title: with what follows it
        home = next((s for s in out if s.rest and items and s.rest[-1].n > lines_n[c.title]), out[-1] if out else None)
        if home is not None:
            home.contents.append(
                (next((k for k, x in enumerate(home.rest) if x.n > lines_n[c.title]), len(home.rest)), c)
            )
    return out, own


def _bundle_list(
    items: Sequence[Item], lists: Sequence[Contents], entries: Sequence[Sequence[ContentsEntry]], gaps: Sequence[int]
) -> int | None:
    """The first list, where it names documents: its entries are titles, not chapters, and no document began before it."""
    if not lists or gaps[0] > 12:
        return None
    names = _leaves(entries[0])
    flat = sum(bool(el.type_of_title(el.bare_title(e.title.text)) or "《" in e.title.text) for e in names)
    chapters = sum(bool(re.match(r"第.{1,4}[章节编条]|[一二三四五六七八九十]+、|[（(]", e.number.text)) for e in names)
    return 0 if flat >= 0.5 * len(names) and chapters < 0.5 * len(names) else None


def _leaves(entries: Sequence[ContentsEntry]) -> list[ContentsEntry]:
    """The entries that name documents: where groups head them (一、制度文件), the numbered ones below."""
    items = [e for e in entries if re.match(r"\d", e.number.text)]
    return items if items and len({e.level for e in entries}) > 1 else list(entries)


def _has_body(items: Sequence[Item]) -> bool:
    """Whether there is text to read: a table, a sentence, numbered headings; a cover and contents have none, though a
    cover may print the chapter (第三章 …) that the evidence is for."""
    live = [x for x in items if not x.rule]
    heads = [heading_of(x.s) for x in live if x.s[:1] in "第（(一二三四五六七八九十"]
    ranks = [head.rank for head in heads if head is not None]
    return (
        any(
            x.kind == "table"
            or len(x.s) > 60
            or (ends_sentence(x.s) and not el.is_addressee(x.s) and not el.is_label(x.s))
            for x in live
        )
        or len(ranks) > len(set(ranks))
        or any(rank > RANK["节"] for rank in ranks)
    )


def _head_start(items: Sequence[Item], start: int, least: int) -> int:
    """Where the head of the document titled at `start` begins: its annex mark, letterhead, web page's head."""
    k = start
    labelled = False
    while k > least:
        x = items[k - 1]
        label = x.kind == "text" and el.is_label(x.s)
        if x.kind == "text" and (
            x.rule == "web-chrome"
            or label
            or el.LETTERHEAD.match(x.s)
            or el.is_doc_number(x.s)
            or el.DOC_NUMBER_SIGNER.match(x.s)
            or el.SECURITY.match(x.s)
            or el.URGENCY.match(x.s)
            or (el.is_organ(x.s) and k < len(items) and el.is_doc_number(items[k].s))
            or (labelled and (el.is_organ(x.s) or x.s.isascii()) and len(x.s) < 60)
        ):
            if x.rule == "web-chrome" and not labelled and _ends_page(items, k - 1, least):
                break
            labelled = labelled or label
            k -= 1
        elif x.rule in ("running-head", "page-number"):
            k -= 1
        elif x.kind == "text" and el.ANNEX_MARK.match(x.s):
            return k - 1
        elif labelled and x.kind == "text" and k >= 2 and el.is_label(items[k - 2].s) and len(x.s) < 60:
            k -= 1  # the rest of a wrapped label line
        else:
            break
    while k < start and items[k].rule in ("running-head", "page-number"):
        k += 1
    return k


def _ends_page(items: Sequence[Item], k: int, least: int) -> bool:
    """Whether chrome stands at the foot of the web page before, not at the head of the one that follows."""
    return not items[k].page_break and k + 1 < len(items) and (items[k + 1].page_break or items[k + 1].blanks >= 2)


def _without_repeats(titles: list[Title], items: Sequence[Item]) -> list[Title]:
    """A title printed again before its text begins (after the cover and contents, in a web page) starts no document."""
    out: list[Title] = []
    for t in titles:
        if (
            out
            and fold(out[-1].text) == fold(t.text)
            and not _has_body([x for x in items[out[-1].end : t.start] if not x.rule])
        ):
            continue
        out.append(t)
    return out
