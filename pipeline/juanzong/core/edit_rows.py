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
    in_order = sorted(entries, key=lambda e: (e.start, e.end, e.rule, e.kind, e.after))
    for stage, rule, category, kind, start, end, before, after, confidence, status, evidence in in_order:
        digest = digest_of(source, start, end, rule, kind, before, after)
        seen[digest] += 1
        out.append(
            {
                "id": digest if seen[digest] == 1 else f"{digest}-{seen[digest]}",
                "stage": stage,
                "rule": rule,
                "category": category,
                "kind": kind,
                "source": (start, end),
                "before": before,
                "after": after,
                "confidence": float(confidence),
                "status": status,
                "evidence": [x.row() for x in evidence],
            }
        )
    return out


def digest_of(source: str, start: int, end: int, rule: str, kind: str, before: str, after: str) -> str:
    """An edit's id, but for the number that tells apart those that are alike."""
    context = source[max(0, start - _CONTEXT) : start] + "\0" + source[end : end + _CONTEXT]
    return hashlib.sha1("\0".join((rule, kind, before, after, context)).encode()).hexdigest()[:10]
