"""Tokens that vision models write beside the text: <|ref|>title<|/ref|>, <|det|>[[…]]<|/det|>, <box>(1,2),(3,4)</box>,
<loc_12>, <|page_break|>, <｜end▁of▁sentence｜>, text[[120, 80, 880, 110]]."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.stages.pages.cleaning import Spans, without_spans

_COORDINATES = r"[\s\d.,;:()\[\]<>_a-z|/-]*?"
_TOKEN = re.compile(
    # a block's kind, in Latin letters; words of the text may stand in the same tags and stay
    r"<\|(?P<a>ref|object_ref_start|ref_start|label|type)\|>[\w\s-]{0,40}<\|(?:/(?P=a)|object_ref_end|ref_end)\|>"
    rf"|<\|(?P<b>det|box_start|quad_start|poly|bbox)\|>{_COORDINATES}<\|(?:/(?P=b)|box_end|quad_end)\|>"
    rf"|<(?P<c>box|quad|bbox|poly)>{_COORDINATES}</(?P=c)>"
    r"|<watermark>[^<>]{0,80}</watermark>|<::[^\n]{1,400}?::>|<\|im_start\|>\s*(?:assistant|user|system)\b"
    r"|<page\b[^<>]{0,40}>\s*\d{0,4}\s*</page>|</?page\b[^<>]{0,40}/?>"
    r"|<(?P<d>div|p|span|hr|br)\b[^<>]{0,80}\b(?:page-break-(?:before|after)|break-(?:before|after))\s*:\s*(?:always|page)[^<>]{0,40}>(?:\s*</(?P=d)>)?"
    r"|<div\b[^<>]{0,40}\b(?:class|id)\s*=\s*[\"']?page(?:[-_ ]?(?:break|\d{1,4}))?[\"'\s>][^<>]{0,40}>?(?:\s*</div>)?"
    r"|<(?P<e>span|a)\s+(?:id|name)\s*=\s*[\"']?page[-_]?\d+(?:-0)?[\"']?\s*(?:/>|>\s*</(?P=e)>)"
    r"|<loc_\d+>|<\|/?[A-Za-z_]{1,30}\d*\|>|</?(?:page_break|pagebreak|pb|newpage|eos|bos|s|pad|unk|ref)(?:\s[^<>]{0,40})?\s*/?>"
    r"|<｜[A-Za-z_▁ ]{2,40}｜>|<w:p>\s*<w:r>\s*<w:br\s+w:type=\"page\"\s*/>\s*</w:r>\s*</w:p>"
    r"|^\s*(?:title|sub_title|text|image|table|list|formula|caption|header|footer|figure|image_caption|table_caption)?"
    r"\s*\[\[\s*\d+(?:\s*,\s*\d+){3}\s*\]\]\s*$|^\s*\[\d{1,4}(?:,\s*\d{1,4}){3}\]\s*$",
    re.ASCII,
)
_PAGE = re.compile(r"page|<pb|end▁of", re.IGNORECASE)


def drop_grounding(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without a model's tokens; one that names a page's end is one."""
    spans: Spans = defaultdict(list)
    ends: set[int] = set()
    for i, line in enumerate(lines):
        if line.block is not None or not ("<" in line.text or "]" in line.text):
            continue
        for m in _TOKEN.finditer(line.text):
            spans[i].append(m.span())
            if _PAGE.search(m[0]):
                ends.add(i)
    return without_spans(lines, spans, "grounding-token", ledger, ends)
