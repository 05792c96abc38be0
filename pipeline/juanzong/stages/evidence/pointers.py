"""Running text -> what it points to: 见表3, 专栏2, 附件1, 第二章, 第十条 of the document itself or of another one, 如下."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

import regex as re

from juanzong.core import tree
from juanzong.core.terms import ReferenceVerdict
from juanzong.core.traced import Traced
from juanzong.stages.evidence.mentions import bare_noun
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
_BACK = re.compile(r"(?:该|上述|前述)(?P<noun>法|条例|办法|规定|方案|规划)")
_GOES_ON = re.compile(
    r"第\s?\p{Han}{1,6}[条章](?:之[一二三四五六七八九十]+)?(?:(?:[和及或、]|以及|或者)?第?[（(]?[一二三四五六七八九十\d]{1,4}[）)]?[款项目])*"
    r"(?:[（(][^（）()]{0,30}[）)])?\s*(?:、|，|和|或者?|以?及|至|到|与)\s*$"
)
Kind = Literal["table", "box", "章", "条"]
Find = Callable[[str], "tree.Document | None"]


class Numbered:
    """What of the documents pointers may point to, by its numbers; each kind is looked for once in each of them. `bound`:
    the documents that the bundle's own list names and 附件N is printed above."""

    def __init__(self, bound: Mapping[int, Traced]) -> None:
        self.bound = bound
        self._found: dict[tuple[int, Kind], list[tuple[Traced, Traced]]] = {}
        self._by_ordinal: dict[tuple[int, Kind], dict[int | None, int]] = {}
        self._whole: dict[int, bool] = {}

    def of(self, document: tree.Document, kind: Kind) -> list[tuple[Traced, Traced]]:
        """Numbers and titles, in order."""
        key = id(document), kind
        if key not in self._found:
            found = self._found[key] = list(_numbered(document, kind))
            ordinals = self._by_ordinal[key] = {}
            for k, (number, _) in enumerate(found):
                if number:
                    ordinals.setdefault(ordinal(number.text), k)
        return self._found[key]

    def among(self, document: tree.Document, kind: Kind, n: int | None) -> tuple[ReferenceVerdict, Traced | None]:
        """Which of them has the number n."""
        found = self.of(document, kind)
        if n is None:
            return "undecided", None
        k = self._by_ordinal[id(document), kind].get(n)
        return ("does not resolve", None) if k is None else ("resolves", found[k][0] + found[k][1])

    def whole(self, document: tree.Document) -> bool:
        """Whether the articles are all there: numbered from one on, none missing."""
        if id(document) not in self._whole:
            found = [ordinal(number.text) for number, _ in self.of(document, "条")]
            self._whole[id(document)] = found == list(range(1, len(found) + 1))
        return self._whole[id(document)]


def _numbered(document: tree.Document, kind: Kind) -> Iterator[tuple[Traced, Traced]]:
    if kind == "table":
        yield from ((t.number, t.caption) for t in tables_of(document))
    elif kind == "box":
        yield from ((b.number, b.title) for b in boxes_of(document))
    else:
        yield from ((s.number, s.title) for s in sections_of(document) if s.number.text.rstrip().endswith(kind))


def pointers(
    document: tree.Document, passages: Sequence[tuple[int, int]], named: Find, numbered: Numbered
) -> Iterator[Reference]:
    """Every pointer in the document's running text; in a passage that quotes another document none can be told.
    `passages` are where such stand, in order and apart; `numbered` holds what they may point to, and is kept for all documents."""
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
            verdict, target = _resolve(kind, span.text, owner, other, document, numbered)
            yield Reference(document, _TYPES[kind], span.text, span.ranges, verdict, target)


_REPORTS = frozenset({"report", "summary", "other", "annex_table"})  # what may point to the bundle's own annexes
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
        return "other", named(title[1]) if title else _named_before(ahead[: len(ahead) - len(m[0])], m[0], named)
    if before is not None and _GOES_ON.search(ahead[max(before[1] - 8, 0) :]):
        return before[0], before[2]
    return "", None


def _named_before(ahead: str, words: str, named: Find) -> tree.Document | None:
    """The document named last in 《》, where words point back to it (该条例) and its title ends in their noun."""
    back = _BACK.match(words)
    titles = re.findall(r"《([^《》]+)》", ahead) if back is not None else []
    said = bare_noun(titles[-1]) if titles else ""
    return named(titles[-1]) if back is not None and said.endswith(back["noun"]) else None


def _resolve(
    kind: str, text: str, owner: str, other: tree.Document | None, document: tree.Document, numbered: Numbered
) -> tuple[ReferenceVerdict, Traced | None]:
    if owner == "other" and kind in ("article", "chapter", "table", "box"):
        if other is None:
            return "undecided", None
        document = other
    n = ordinal(text)
    if kind in ("table", "see"):
        return numbered.among(document, "table", n)
    if kind == "box":
        return numbered.among(document, "box", n)
    if kind in ("annex", "further"):
        found = _annex(document, n)
        mark = numbered.bound.get(n or 0) if document.type in _REPORTS and found[1] is None else None
        return found if mark is None else ("resolves", mark)
    if kind == "following":
        return "undecided", None
    unit: Kind = "章" if kind == "chapter" else "条"
    if not numbered.of(document, unit):
        return ("does not resolve" if kind == "chapter" and owner == "own" else "undecided"), None
    verdict, target = numbered.among(document, unit, n)
    if verdict == "does not resolve" and kind == "article" and not numbered.whole(document):
        return "undecided", None
    return verdict, target


def _annex(document: tree.Document, n: int | None) -> tuple[ReferenceVerdict, Traced | None]:
    annexes = annexes_of(document)
    if n is None:
        return ("resolves", mark_of(annexes[0])) if annexes else ("does not resolve", None)
    for k, annex in enumerate(annexes, 1):
        own = ordinal(mark_of(annex).text) if mark_of(annex) is not annex.title else None
        if own == n or (own is None and k == n):
            return "resolves", mark_of(annex)
    return "does not resolve", None
