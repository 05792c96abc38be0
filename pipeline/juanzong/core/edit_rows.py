"""A ledger's entries as the rows of edits.jsonl."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

from juanzong.core.journal import Entry

_CONTEXT = 12  # characters on either side that go into an edit's id


def rows_of(source: str, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """All entries in the order of the source, with ids that depend on rule, change and context, not on offsets. They
    are made without models, which would take most of the time."""
    out: list[dict[str, Any]] = []
    seen: Counter[str] = Counter()
    for e in sorted(entries, key=lambda e: (e.start, e.end, e.rule, e.kind, e.after)):
        digest = digest_of(source, e.start, e.end, e.rule, e.kind, e.before, e.after)
        seen[digest] += 1
        out.append(
            {
                "id": digest if seen[digest] == 1 else f"{digest}-{seen[digest]}",
                "stage": e.stage,
                "rule": e.rule,
                "category": e.category,
                "kind": e.kind,
                "source": (e.start, e.end),
                "before": e.before,
                "after": e.after,
                "confidence": float(e.confidence),
                "status": e.status,
                "evidence": [x.row() for x in e.evidence],
            }
        )
    return out


def digest_of(source: str, start: int, end: int, rule: str, kind: str, before: str, after: str) -> str:
    """An edit's id, but for the number that tells apart those that are alike."""
    context = source[max(0, start - _CONTEXT) : start] + "\0" + source[end : end + _CONTEXT]
    return hashlib.sha1("\0".join((rule, kind, before, after, context)).encode()).hexdigest()[:10]
