"""A code fence (```markdown … ```) that a model set round its answer, or left in it, is no text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.stages.pages.cleaning import Spans, stray_mark, without_spans

_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})\s*(?:[\w+-]{0,16}|\{=?[\w .-]{1,24}\})\s*$")


def drop_fences(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without fences; what stands between them is text. Where one ends and the
    next begins, a page does: each was an answer. One without its partner is told."""
    found = [i for i, line in enumerate(lines) if line.block is None and _FENCE.match(line.text)]
    if len(found) % 2:
        findings.append(stray_mark(lines[found[-1]], lines[found[-1]].text.strip()))
    spans: Spans = defaultdict(list, {i: [(0, len(lines[i].text))] for i in found})
    ends = [b for a, b in zip(found[1::2], found[2::2], strict=False) if b == a + 1]
    return without_spans(lines, spans, "code-fence", ledger, ends)
