"""Heads and feet of pages that a model gives with their label: 【页眉】…, [页脚：第2页], **页眉：** …."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language.text import fold
from juanzong.stages.pages.cleaning import Spans, without_spans

_NAME = r"(?:页眉|页脚|页面?顶部|页面?底部|页码|[Pp]age[ -]?(?:[Hh]eader|[Ff]ooter|[Nn]umber)|[Hh]eader|[Ff]ooter)"
_IN_BRACKETS = re.compile(
    rf"[\s#>*_]*(?:[【\[［]\s*{_NAME}\s*[】\]］].*|[【\[［（(]\s*{_NAME}\s*[:：].*[】\]］）)][\s*_]*)$"
)
_LABELLED = re.compile(rf"[\s#>*_-]*{_NAME}[\s*_]*[:：].*$")
_FIGURES = re.compile(r"\d+")
_LONGEST = 80  # characters


def drop_labelled_heads(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without heads and feet that are called so: in brackets, or page after page in the same words; behind
    them a page begins."""
    may = [i for i, line in enumerate(lines) if line.block is None and len(line.text) <= _LONGEST]
    labelled = {i: key for i in may if (key := _label_of(lines[i].text)) is not None}
    if not labelled:
        return list(lines)
    often = Counter(labelled.values())
    ends = {i for i, key in labelled.items() if often[key] > 1 or _IN_BRACKETS.match(lines[i].text)}
    spans: Spans = {i: [(0, len(lines[i].text))] for i in ends}
    return without_spans(lines, spans, "running-head", ledger, ends)


def _label_of(text: str) -> str | None:
    """A line that labels a head or foot, without figures; None for any other line.

    >>> _label_of("**页脚：** 第3页"), _label_of("页眉应当注明编号。")
    ('页脚:第页', None)
    """
    if not ("页" in text or "eader" in text or "ooter" in text or "umber" in text):
        return None
    if not (_LABELLED.match(text) or _IN_BRACKETS.match(text)):
        return None
    return _FIGURES.sub("", fold(text)).strip("*#>_ -")
