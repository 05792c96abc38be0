"""What a tool folds away below a picture (<details><summary>natural_image</summary> … </details>): its own description of
the picture goes, and so does one that it draws anew in code (```mermaid); words and figures that it read in the picture
stay, without the marks round them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.stages.pages.cleaning import Spans, without_spans

_OPENS = re.compile(r"\s*<details\b[^<>]*>", re.IGNORECASE)
_CLOSES = re.compile(r"</details>\s*$", re.IGNORECASE)
_KIND = re.compile(r"<summary>\s*(?P<kind>[A-Za-z][A-Za-z_ -]{2,40})\s*</summary>", re.IGNORECASE)
_DESCRIBED = re.compile(
    r"(?:natural|photo|scene|seal|stamp|logo|signature|icon|decorat|background|other)\w*", re.IGNORECASE
)
_DRAWN = re.compile(r"\s*(?P<fence>`{3,}|~{3,})\s*(?:mermaid|plantuml|graphviz|dot)\s*$", re.IGNORECASE)
_MOST_LINES = 80  # that stand folded away


def drop_image_details(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without what is described, and without the marks round what was read. A summary in Chinese is the text's."""
    spans: Spans = defaultdict(list)
    for i, line in enumerate(lines):
        if line.block is None and line.text.lstrip()[:1] in "`~" and (m := _DRAWN.match(line.text)):
            spans.update((k, [(0, len(lines[k].text))]) for k in range(i, _fence_end(lines, i, m["fence"])))
            continue
        if line.block is not None or "<" not in line.text or not _OPENS.match(line.text):
            continue
        end = next((j for j in range(i, min(i + _MOST_LINES, len(lines))) if _CLOSES.search(lines[j].text)), None)
        kind = None if end is None else next((m for k in range(i, end + 1) if (m := _KIND.search(lines[k].text))), None)
        if end is None or kind is None:
            continue
        described = _DESCRIBED.match(kind["kind"].strip()) is not None
        for k in range(i, end + 1):
            text = lines[k].text
            marks = [m.span() for p in (_OPENS, _KIND, _CLOSES) if (m := p.search(text))]
            spans[k] += [(0, len(text))] if described else marks
    return without_spans(lines, spans, "image-description", ledger)


def _fence_end(lines: Sequence[Line], i: int, fence: str) -> int:
    """The index behind the fence that closes the one in line i; i where none does."""
    return next((k + 1 for k in range(i + 1, min(i + _MOST_LINES, len(lines))) if lines[k].text.strip() == fence), i)
