"""A code fence (```markdown … ```) that a model set round its answer, or left in it, is no text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language.model_words import is_beside_answer
from juanzong.stages.pages.cleaning import Spans, stray_mark, without_spans

_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})\s*(?:[\w+-]{0,16}|\{=?[\w .-]{1,24}\})\s*$")
_MARKS = ("`", "~")
_NEAR = 2  # lines from a fence
_FEW = 4  # times as many lines stand within the fences as outside


def drop_fences(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without fences; what stands between them is text. Where one ends and the next begins, a page does: each was
    an answer, and what the model says beside it goes too. One without its partner is told."""
    found = _fences_in(lines)
    if not found:
        return list(lines)
    lines = _without_words_beside(lines, found, ledger)
    found = _fences_in(lines)
    if len(found) % 2:
        findings.append(stray_mark(lines[found[-1]], lines[found[-1]].text.strip()))
    spans: Spans = defaultdict(list, {i: [(0, len(lines[i].text))] for i in found})
    ends = [b for a, b in zip(found[1::2], found[2::2], strict=False) if b == a + 1]
    return without_spans(lines, spans, "code-fence", ledger, ends)


def _fences_in(lines: Sequence[Line]) -> list[int]:
    return [
        i
        for i, line in enumerate(lines)
        if line.text.lstrip()[:1] in _MARKS and line.block is None and _FENCE.match(line.text)
    ]


def _without_words_beside(lines: Sequence[Line], found: Sequence[int], ledger: Ledger) -> Sequence[Line]:
    """The lines without a model's words next to the fences, where these hold the text: little else stands outside."""
    if len(found) % 2:
        return lines
    edges = [-1, *found, len(lines)]
    outside = [i for a, b in zip(edges[::2], edges[1::2], strict=True) for i in range(a + 1, b)]
    near = {k for i in found for k in range(i - _NEAR, i + _NEAR + 1)}
    said = [i for i in outside if i in near and lines[i].block is None and is_beside_answer(lines[i].text)]
    inside = len(lines) - len(outside) - len(found)
    if _FEW * (len(outside) - len(said)) > inside:
        return lines
    return without_spans(lines, {i: [(0, len(lines[i].text))] for i in said}, "model-chatter", ledger)
