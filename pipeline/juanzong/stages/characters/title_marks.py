"""A document's title that lost one of a pair of marks (“十四五规划) gets it back where the bundle names the document by the
whole title: in its contents list, or in the notice that issues it. The words stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex as re

from juanzong.core import tree
from juanzong.core.terms import Evidence
from juanzong.core.traced import Traced
from juanzong.stages.work import Work

_PAIRS = (("“", "”"), ("‘", "’"), ("《", "》"), ("〈", "〉"), ("（", "）"))
_PAIRED = {mark for pair in _PAIRS for mark in pair}
_QUOTED = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")


def mend_title_marks(work: Work) -> None:
    """Titles with odd marks -> the same titles as the bundle writes them, by edit."""
    ledger = work.ledger
    for document in work.documents:
        if _is_paired(document.title.text):
            continue
        for name in _names(document, work.contents):
            lost = _lost(document.title.text, name.text)
            if lost:
                note = Evidence(source=(name.first, name.last), text=name.text, note="the bundle names the document so")
                for at, mark in reversed(lost):
                    document.title = ledger.replace(
                        document.title, at, at, mark, "title-mark", confidence=0.9, evidence=[note]
                    )
                break


def _is_paired(text: str) -> bool:
    return all(text.count(first) == text.count(last) for first, last in _PAIRS)


def _names(document: tree.Document, contents: Sequence[tree.ContentsItem]) -> Iterator[Traced]:
    """The whole titles that the bundle gives a document."""
    named = [item.entry.title for item in contents if item.document in (document, document.promulgated_by)]
    if document.promulgated_by is not None:
        notice = document.promulgated_by
        named += [notice.title, *(b.text for b in notice.body[:4] if isinstance(b, tree.Paragraph))]
    for text in named:
        found = [text[m.start(1) : m.end(1)] for m in _QUOTED.finditer(text.text)]
        yield from (name for name in (*found, text) if _is_paired(name.text))


def _lost(title: str, name: str) -> list[tuple[int, str]]:
    """(place in the title, mark) of each mark that the name has and the title lacks; nothing where they differ in more.

    >>> _lost("某市“十四五规划", "某市“十四五”规划"), _lost("某市“十三五规划", "某市“十四五”规划")
    ([(6, '”')], [])
    """
    out: list[tuple[int, str]] = []
    at = 0
    for c in name:
        while at < len(title) and title[at].isspace():
            at += 1
        if at < len(title) and title[at] == c:
            at += 1
        elif c in _PAIRED:
            out.append((at, c))
        elif not c.isspace():
            return []
    return out if at == len(title) else []
