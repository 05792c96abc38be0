"""Running text -> what it points to: 见表3, 专栏2, 附件1, 第二章, 第十条 of the document itself or of another one, 如下."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import regex as re

from juanzong.core import tree
from juanzong.core.terms import ReferenceVerdict
from juanzong.core.traced import Traced
from juanzong.stages.evidence.reference import (
    Reference,
    annexes_of,
    boxes_of,
    inside,
    mark_of,
    ordinal,
    paragraphs_of,
    sections_of,
    tables_of,
)

_CN = "一二三四五六七八九十百零〇"
_POINTER = re.compile(
    rf"(?P<table>(?<![\p{{Han}}附续]|[报图代列])表\s?\d{{1,2}}(?![\d.\-—－]|\s?[个张份份册格]))"
    rf"|(?P<see>(?<=见|如|详见|参见|参照|按照|列入|列于|[（(])表\s?\d{{1,2}}(?![\d.\-—－]))"
    rf"|(?P<box>专栏\s?(?:\d{{1,2}}|[{_CN}]{{1,3}})(?![\d\-—－]))"
    rf"|(?P<annex>(?<=见|如|按照|参照|按|照|附|[（(])附件\s?(?:\d{{1,2}}|[{_CN}]{{1,2}}(?![、，](?!附件)))?(?![\p{{Han}}]{{0,2}}[:：]))"
    rf"|(?P<further>(?<=附件\s?(?:\d{{1,2}}|[{_CN}]{{1,2}})[、和及与至到])附件\s?(?:\d{{1,2}}|[{_CN}]{{1,2}}))"
    rf"|(?P<chapter>第\s?(?:[{_CN}]{{1,4}}|\d{{1,2}})\s?章)"
    rf"|(?P<article>第\s?(?:[{_CN}]{{1,5}}|\d{{1,3}})\s?条)"
    rf"|(?P<following>(?:如下|以下)[^。；，\n]{{0,8}}[:：]\s*$)"
)
_OWN = re.compile(r"本(?:规划|纲要|方案|行动计划|计划|措施|意见|条例|办法|规定|细则|章程|规则|法|决定|通知)\s*$")
_OTHERS = re.compile(
    r"(?:《[^《》]{2,60}》|(?:该|同|上述|前述)(?:法|条例|办法|规定|方案|规划)|\p{Han}{1,12}(?<!本)(?:法|条例))(?:[（(][^（）()]{0,40}[）)])?\s*$"
)
_GOES_ON = re.compile(
    r"第\s?\p{Han}{1,6}[条章](?:之[一二三四五六七八九十]+)?(?:(?:[和及或、]|以及|或者)?第?[（(]?[一二三四五六七八九十\d]{1,4}[）)]?[款项目])*"
    r"(?:[（(][^（）()]{0,30}[）)])?\s*(?:、|，|和|或者?|以?及|至|到|与)\s*$"
)
Find = Callable[[str], "tree.Document | None"]


def pointers(document: tree.Document, passages: Sequence[tuple[int, int]], named: Find) -> Iterator[Reference]:
    """Every pointer in the document's running text; in a passage that quotes another document none can be told."""
    for text in paragraphs_of(document):
        before: tuple[str, int, tree.Document | None] | None = None  # owner of the pointer before, its end, document
        for m in _POINTER.finditer(text.text):
            kind = m.lastgroup or ""
            if (
                kind in ("article", "chapter")
                and m.start() == 0
                and len(text) > m.end()
                and text.text[m.end()] in " 　"
            ):
                continue  # the text's own number
            owner, other = _owner(text.text, m.start(), before, named)
            before = (owner, m.end(), other)
            span = text[m.start() : m.end()].strip()
            if inside(span.ranges, passages):
                yield Reference(document, _TYPES[kind], span.text, span.ranges, "undecided", None, "在引文中")
                continue
            verdict, target = _resolve(kind, span.text, owner, other, document)
            yield Reference(document, _TYPES[kind], span.text, span.ranges, verdict, target)


_TYPES = {
    "table": "table",
    "see": "table",
    "box": "box",
    "annex": "annex",
    "further": "annex",
    "chapter": "chapter",
    "article": "article",
    "following": "following",
}


def _owner(
    text: str, at: int, before: tuple[str, int, tree.Document | None] | None, named: Find
) -> tuple[str, tree.Document | None]:
    """("own", None), ("other", the document if it is in the bundle) or ("", None) where nothing tells."""
    ahead = text[:at]
    if _OWN.search(ahead[-12:]):
        return "own", None
    m = _OTHERS.search(ahead[-110:])
    if m is not None:
        title = re.match(r"《([^《》]+)》", m[0])
        return "other", named(title[1]) if title else None
    if before is not None and _GOES_ON.search(ahead[max(before[1] - 8, 0) :]):
        return before[0], before[2]
    return "", None


def _resolve(
    kind: str, text: str, owner: str, other: tree.Document | None, document: tree.Document
) -> tuple[ReferenceVerdict, Traced | None]:
    if owner == "other" and kind in ("article", "chapter", "table", "box"):
        if other is None:
            return "undecided", None
        document = other
    n = ordinal(text)
    if kind in ("table", "see"):
        return _among([(t.number, t.number + t.caption) for t in tables_of(document)], n)
    if kind == "box":
        return _among([(b.number, b.number + b.title) for b in boxes_of(document)], n)
    if kind in ("annex", "further"):
        return _annex(document, n)
    if kind == "following":
        return "undecided", None
    unit = "章" if kind == "chapter" else "条"
    heads = [s for s in sections_of(document) if s.number.text.rstrip().endswith(unit)]
    if not heads:
        return ("does not resolve" if kind == "chapter" and owner == "own" else "undecided"), None
    verdict, target = _among([(s.number, s.number + s.title) for s in heads], n)
    if verdict == "does not resolve" and kind == "article" and not _whole(heads):
        return "undecided", None
    return verdict, target


def _whole(heads: Sequence[tree.Section]) -> bool:
    """Whether the articles are all there: numbered from one on, none missing."""
    found = [ordinal(s.number.text) for s in heads]
    return found == list(range(1, len(found) + 1))


def _among(found: Sequence[tuple[Traced, Traced]], n: int | None) -> tuple[ReferenceVerdict, Traced | None]:
    hits = [target for number, target in found if number and ordinal(number.text) == n]
    if n is None:
        return "undecided", None
    return ("resolves", hits[0]) if hits else ("does not resolve", None)


def _annex(document: tree.Document, n: int | None) -> tuple[ReferenceVerdict, Traced | None]:
    annexes = annexes_of(document)
    if n is None:
        return ("resolves", mark_of(annexes[0])) if annexes else ("does not resolve", None)
    for k, annex in enumerate(annexes, 1):
        own = ordinal(mark_of(annex).text) if mark_of(annex) is not annex.title else None
        if own == n or (own is None and k == n and len(annexes) > 1):
            return "resolves", mark_of(annex)
    return "does not resolve", None
