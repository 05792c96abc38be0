"""Links of a page to its own numbered parts, whose words are nothing but figures ([1](#t1) [2](#t2) …), and what stands over
them (第1~20条：): a site's way about the page, no text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.stages.pages.cleaning import Spans, without_spans

_LINKS = re.compile(r"\s*(?:[-*]\s+)?(?:\[\d{1,3}\]\(#[^()\s]{1,40}\)(?:&[a-z]+;|[\s|·、])*){5,}\s*$")
_OVER = re.compile(r"\s*(?:[-*]\s+)?第\s?\d{1,3}\s?[条章节页]?\s?[~～—–-]{1,2}\s?第?\d{1,3}\s?[条章节页]\s*[:：]?\s*$")


def drop_number_links(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without such links."""
    spans: Spans = defaultdict(list)
    for i, line in enumerate(lines):
        if line.block is None and "](#" in line.text and _LINKS.match(line.text):
            spans[i] = [(0, len(line.text))]
            if i and lines[i - 1].block is None and _OVER.match(lines[i - 1].text):
                spans[i - 1] = [(0, len(lines[i - 1].text))]
    return without_spans(lines, spans, "page-links", ledger)
