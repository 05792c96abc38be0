"""A ledger's entries -> edits.jsonl. It holds thousands of rows, and nothing else waits for it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from juanzong.core.edit_rows import rows_of
from juanzong.core.journal import Entry
from juanzong.emit.json_text import one_a_line

if TYPE_CHECKING:
    from juanzong.stages.work import Work


def edits_text(source: str, entries: Iterable[Entry]) -> str:
    """All entries, one a line, in the order of the source."""
    return one_a_line("".join([edit_line(row) for row in rows_of(source, entries)]))


def write_meanwhile(work: Work) -> None:
    """Let another process write them, where there is one, while this one goes on: no edit is made any more."""
    if work.aside is not None:
        work.edits = work.aside.ask(edits_text, work.source.text, list(work.ledger.entries.values()))


def edit_line(row: dict[str, Any]) -> str:
    """One row of edits.jsonl, of which there are thousands: the same text as `json.dumps` gives, in half its time.

    >>> row = {"id": "0a", "stage": "pages", "rule": "r", "category": "layout", "kind": "drop", "source": (0, 1)}
    >>> row |= {"before": "\\n", "after": "", "confidence": 1.0, "status": "applied", "evidence": [{"text": "甲"}]}
    >>> edit_line(row) == json.dumps(row, ensure_ascii=False) + "\\n"
    True
    """
    text, (start, end) = encode_basestring, row["source"]
    why = json.dumps(row["evidence"], ensure_ascii=False) if row["evidence"] else "[]"
    return (
        f'{{"id": {text(row["id"])}, "stage": {text(row["stage"])}, "rule": {text(row["rule"])}, '
        f'"category": {text(row["category"])}, "kind": {text(row["kind"])}, "source": [{start}, {end}], '
        f'"before": {text(row["before"])}, "after": {text(row["after"])}, "confidence": {row["confidence"]!r}, '
        f'"status": {text(row["status"])}, "evidence": {why}}}\n'
    )
