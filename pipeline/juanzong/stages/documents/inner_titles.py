"""Titles that stand among the chapters of a document whose own contents list names these: forms and samples that a tender
holds (投标函, 授权委托书), no documents of the bundle's."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import inf

import regex as re

from juanzong.core.tree import ContentsEntry
from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.numbering import heading_of
from juanzong.stages.documents.title_worth import Title
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.chapter_lists import FORMS, without_listed

_OF_FORMS = re.compile(r"(?:格式|样式|样本|样表|范本)(?:[与及和]\p{Han}{2,4})?[）)]?\s*$")
_FORM = re.compile(
    r"(?:[书函表]|声明|承诺|协议|证明|证明材料|方案|目录|清单|情况|封面)(?:[（(][^（）()]{1,12}[）)])*\s*$"
)
_OWN = re.compile(r"关于|《|\d{4}|[〇零一二三四五六七八九]{4}年")
_LEAST, _NEARLY_ALL = 3, 0.7  # chapters that show it; of those listed, that stand in the text


def without_inner(
    titles: Sequence[Title],
    items: Sequence[Item],
    gaps: Sequence[int],
    lists: Sequence[Sequence[ContentsEntry]],
    names: Sequence[str],
) -> list[Title]:
    """The titles but for those between the first and the last chapter that one of the lists names, and those of forms that
    the last one holds (第六章 投标文件格式). `gaps`: the item that follows each list; `names`: what the bundle's own list
    names."""
    listed = {skeleton(name) for name in names}
    own = [t.start for t in titles if skeleton(t.text) in listed]
    placed = [_chapters(items, gap, entries, own) for gap, entries in zip(gaps, lists, strict=True)]
    spans = [span for span in placed if span is not None]
    ends = [last if not _OF_FORMS.search(items[last].s) else _forms_end(titles, last, listed) for _, last in spans]
    return [
        t
        for t in titles
        if ("annex mark" in t.signs and not any(first < t.start < last for first, last in spans))
        or not any(first < t.start < end for (first, _), end in zip(spans, ends, strict=True))
    ]


def _forms_end(titles: Sequence[Title], last: int, listed: Collection[str]) -> float:
    """Where the first title stands behind a chapter of forms, item `last`, that is none of theirs: it names an organ, a
    year or what it is about, is a contract, or the bundle's own list names it; such as are marked as annexes stay."""
    for t in titles:
        if t.start > last and "annex mark" not in t.signs:
            own = _OWN.search(t.text) or el.organs_in(t.text) is not None or skeleton(t.text) in listed
            if own or not _FORM.search(t.text):
                return t.start
    return inf


def _chapters(
    items: Sequence[Item], gap: int, entries: Sequence[ContentsEntry], own: Sequence[int]
) -> tuple[int, int] | None:
    """Where the first and the last of a list's chapters stand in the text behind it, in their order; None where few do.
    `own`: where the titles stand that the bundle's own list names; a chapter behind the next of them is of that document,
    though it is called the same (第九章 附则)."""
    listed = [skeleton(e.number.text + e.title.text) for e in entries if _is_chapter(e)]
    if len(listed) < _LEAST:
        return None
    texts = [x.s if x.is_text else "" for x in items[gap:]]
    at: dict[str, int] = {}
    for k, head in enumerate(without_listed(texts, [heading_of(s) for s in texts]), gap):
        if head is not None and head.form in FORMS:
            at.setdefault(skeleton(items[k].s), k)
    found: list[int] = []
    end = inf
    for said in listed:
        k = at.get(said, -1)
        if (found[-1] if found else -1) < k <= end:
            found.append(k)
            if len(found) == 1:
                end = min((n for n in own if n > k), default=inf)
    return (found[0], found[-1]) if len(found) >= max(_LEAST, _NEARLY_ALL * len(listed)) else None


def _is_chapter(entry: ContentsEntry) -> bool:
    head = heading_of(f"{entry.number.text} {entry.title.text}")
    return head is not None and head.form in FORMS
