"""A document's title that lost one of a pair of marks (“十四五规划), or gained a mark (十四五规<划), is put right where the
bundle names the document by the whole title: in its contents list, or in the notice that issues it. The words stay as they
are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex as re

from juanzong.core import tree
from juanzong.core.terms import Evidence
from juanzong.core.traced import Traced
from juanzong.language.misread_brackets import MISREAD
from juanzong.stages.work import Work

_PAIRS = (("“", "”"), ("‘", "’"), ("《", "》"), ("〈", "〉"), ("（", "）"), ("「", "」"), ("『", "』"), ("【", "】"))
_PAIRED = {mark for pair in _PAIRS for mark in pair}
_STRAY = frozenset("<>$|\\^~_*#`")  # no printed title has them between its words
_QUOTED = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")


def mend_title_marks(work: Work) -> None:
    """Titles with odd marks -> the same titles as the bundle writes them, by edit."""
    ledger = work.ledger
    for document in work.documents:
        if _is_right(document.title.text):
            continue
        for name in _names(document, work.contents):
            odd = _odd_marks(document.title.text, name.text)
            if odd:
                note = Evidence(source=(name.first, name.last), text=name.text, note="the bundle names the document so")
                for start, end, mark in reversed(odd):
                    document.title = ledger.replace(
                        document.title, start, end, mark, "title-mark", confidence=0.9, evidence=[note]
                    )
                break


def _is_paired(text: str) -> bool:
    return all(text.count(first) == text.count(last) for first, last in _PAIRS)


def _is_right(text: str) -> bool:
    return _is_paired(text) and _STRAY.isdisjoint(text)


def _names(document: tree.Document, contents: Sequence[tree.ContentsItem]) -> Iterator[Traced]:
    """The whole titles that the bundle gives a document."""
    named = [item.entry.title for item in contents if item.document in (document, document.promulgated_by)]
    if document.promulgated_by is not None:
        notice = document.promulgated_by
        named += [notice.title, *(b.text for b in notice.body[:4] if isinstance(b, tree.Paragraph))]
    for text in named:
        found = [text[m.start(1) : m.end(1)] for m in _QUOTED.finditer(text.text)]
        yield from (name for name in (*found, text) if _is_right(name.text))


def _odd_marks(title: str, name: str) -> list[tuple[int, int, str]]:
    """(start and end in the title, what stands there in the name) of each mark that one of them has and the other lacks;
    nothing where they differ in more.

    >>> _odd_marks("某市“十四五规划", "某市“十四五”规划"), _odd_marks("某市“十三五规划", "某市“十四五”规划")
    ([(6, 6, '”')], [])
    >>> _odd_marks("某办法1试行）", "某办法（试行）"), _odd_marks("某办法（试行l", "某办法（试行）")
    ([(3, 4, '（')], [(6, 7, '）')])
    >>> _odd_marks("某市水利规<划", "某市水利规划"), _odd_marks("某市水利规划（草案）$", "某市水利规划草案")
    ([(5, 6, '')], [])
    """
    gained = _STRAY.union(*(pair for pair in _PAIRS if title.count(pair[0]) != title.count(pair[1])))
    out: list[tuple[int, int, str]] = []
    at = 0
    for c in [*name, ""]:
        while at < len(title) and title[at] != c and (title[at].isspace() or title[at] in gained):
            if not title[at].isspace():
                out.append((at, at + 1, ""))
            at += 1
        if at < len(title) and title[at] == c:
            at += 1
        elif c in _PAIRED and at < len(title) and title[at] in MISREAD and c in "（）":
            out.append((at, at + 1, c))
            at += 1
        elif c in _PAIRED:
            out.append((at, at, c))
        elif c.strip():
            return []
    return out if at == len(title) else []
