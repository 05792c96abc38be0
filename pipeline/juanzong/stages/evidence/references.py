"""Documents -> their references: to their own parts, to their annexes and to other documents."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core import tree
from juanzong.core.spots import Row, Spot, spot_of
from juanzong.stages.evidence.lists import (
    annex_references,
    contents_references,
    note_references,
    sequence_references,
)
from juanzong.stages.evidence.pointers import Find, Numbered, pointers
from juanzong.stages.evidence.reference import Reference
from juanzong.stages.evidence.signs import count_references, sign_references


def references(
    documents: Sequence[tree.Document], source: str, passages: Sequence[tuple[int, int]], named: Find
) -> list[Reference]:
    """All references; `passages` are the ranges in which a document quotes another, `named` finds a document by title."""
    out: list[Reference] = []
    numbered = Numbered()
    for d in documents:
        if d.type != "front_matter":
            out += contents_references(d, named)
        out += annex_references(d, documents)
        out += note_references(d, source)
        out += sequence_references(d, source)
        out += pointers(d, passages, named, numbered)
        out += sign_references(d)
        out += count_references(d)
    return [r for r in out if r.source]


def reference_row(r: Reference) -> Row:
    return {
        "kind": "reference",
        "place": Spot(r.source),
        "text": r.text,
        "type": r.type,
        "target": spot_of(r.target) if r.target is not None and r.target.ranges else None,
        "verdict": r.verdict,
        "deviation": r.deviation,
    }
