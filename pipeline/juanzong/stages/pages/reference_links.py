"""Links of Markdown whose addresses stand in lines of their own ([发展现状][s1], and below [s1]: #1-发展现状): the words
stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.stages.pages.cleaning import Spans, without_spans

_ADDRESS = re.compile(
    r"\s{0,3}\[(?P<label>[^\[\]^\n]{1,60})\]:\s*(?:<[^<>\s]*>|(?:#|(?:https?|ftp)://|mailto:|\.{0,2}/)\S*|[\w.%/-]+\.\w{2,5})"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*$"
)
_LINK = re.compile(r"(?P<image>!?)\[(?P<said>[^\[\]\n]{0,200})\]\[(?P<label>[^\[\]\n]{0,60})\]")


def plain_references(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without such brackets, and without the lines that hold an address which a link names. A bracket alone
    ([1]) is no link: it may be the mark of a note."""
    at = {
        _folded(m["label"]): i
        for i, line in enumerate(lines)
        if line.block is None and "]:" in line.text and (m := _ADDRESS.match(line.text))
    }
    if not at:
        return list(lines)
    spans: Spans = defaultdict(list)
    for i, line in enumerate(lines):
        for m in _LINK.finditer(line.text) if line.block is None and "][" in line.text else ():
            target = at.get(_folded(m["label"] or m["said"]))
            if target is None or not (m["said"] or m["image"]):
                continue
            spans[target] = [(0, len(lines[target].text))]
            if m["image"]:
                spans[i].append(m.span())
            else:
                spans[i] += [(m.start(), m.start("said")), (m.end("said"), m.end())]
    return without_spans(lines, spans, "markdown-link", ledger)


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()
