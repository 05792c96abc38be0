"""What no pass gave a home: it is dropped by an edit and told as an error, never lost silently."""

from __future__ import annotations

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.stages.apart import place_apart
from juanzong.stages.work import Work


def place_the_rest(work: Work) -> None:
    """Lines that were set apart go where they stood, what is left then is dropped. In place."""
    place_apart(work)
    text, ledger = work.source.text, work.ledger
    placed = bytearray(len(text))
    for document in work.documents:
        for piece in tree.texts(document):
            for a, b in piece.ranges:
                placed[a:b] = b"\1" * (b - a)
    for e in ledger.entries.values():
        if e.status in ("applied", "accepted") and e.kind in ("drop", "merge", "replace"):
            placed[e.start : e.end] = b"\1" * (e.end - e.start)
    at = placed.find(0)
    while at >= 0:
        end = placed.find(1, at)
        end = len(text) if end < 0 else end
        rest = text[at:end]
        if rest.strip():
            a, b = at + len(rest) - len(rest.lstrip()), end - (len(rest) - len(rest.rstrip()))
            ledger.drop(a, b, "unplaced", confidence=0.0)
            told = f"这段文字没有归入任何文件：{text[a:b][:60]}"
            work.findings.append(Finding("unplaced-text", "error", told, [], {"source": [a, b]}))
        at = placed.find(0, end)
