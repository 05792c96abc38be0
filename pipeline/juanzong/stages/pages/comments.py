"""Comments of HTML (<!-- … -->) are no text; one that speaks of a page stands where a page ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.stages.pages.cleaning import Spans, stray_mark, without_spans

_MARK = re.compile(r"<!--+|--+>")
_PAGE = re.compile(r"page|break|slide|页", re.IGNORECASE)
_TOC = re.compile(  # where a contents list is to stand
    r"\[TOC\]|\[\[_?TOC_?\]\]|\{:?\s*toc\s*\}|@\[toc\](?:\([^()]*\))?|\$\{toc\}", re.IGNORECASE
)
_PICTURE = re.compile(r"<!--+\s*(?:image|figure|picture|图片?)\s*$", re.IGNORECASE)
_MOST_LINES = 40  # a comment that seems longer was never closed


def drop_comments(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without comments. The mark of one that never ends goes alone, and is told."""
    marks = [
        (i, m)
        for i, line in enumerate(lines)
        if line.block is None and "--" in line.text
        for m in _MARK.finditer(line.text)
    ]
    places = [i for i, line in enumerate(lines) if line.block is None and _TOC.fullmatch(line.text.strip())]
    if not marks and not places:
        return list(lines)
    spans: Spans = defaultdict(list, {i: [(0, len(lines[i].text))] for i in places})
    ends: set[int] = set()
    for (i, opens), (j, closes) in zip(marks, [*marks[1:], (-1, None)][: len(marks)], strict=True):
        if not opens[0].startswith("<"):
            continue
        if closes is None or closes[0].startswith("<") or j - i > _MOST_LINES:
            mark = _PICTURE.match(lines[i].text, opens.start()) or opens  # what was to say that a picture stood there
            spans[i].append(mark.span())
            findings.append(stray_mark(lines[i], opens[0]))
            continue
        said = ""
        for k in range(i, j + 1):
            text = lines[k].text
            span = (opens.start() if k == i else 0, closes.end() if k == j else len(text))
            spans[k].append(span)
            said += text[slice(*span)]
        if _PAGE.search(said):
            ends.add(j)
    return without_spans(lines, spans, "comment", ledger, ends)
