"""Documents -> their references: to their own parts, to their annexes and to other documents."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core import tree
from juanzong.core.spans import end_to_end
from juanzong.core.spots import Row, Spot, spot_of
from juanzong.core.traced import Traced
from juanzong.stages.evidence.lists import (
    annex_references,
    contents_references,
    note_references,
    sequence_references,
)
from juanzong.stages.evidence.mentions import mention_without_marks, mentions_in
from juanzong.stages.evidence.pointers import Find, Numbered, pointers
from juanzong.stages.evidence.reference import Reference, mark_of, ordinal
from juanzong.stages.evidence.signs import count_references, sign_references


def references(
    documents: Sequence[tree.Document], source: str, passages: Sequence[tuple[int, int]], named: Find
) -> list[Reference]:
    """All references; `passages` are the ranges in which a document quotes another, `named` finds a document by title."""
    out: list[Reference] = []
    numbered, quoted = Numbered(_bound(documents, named)), end_to_end(passages, 0)
    for d in documents:
        if d.type != "front_matter":
            out += contents_references(d, named)
        out += annex_references(d, documents)
        out += note_references(d, source)
        out += sequence_references(d, source)
        out += pointers(d, quoted, named, numbered)
        out += sign_references(d)
        out += count_references(d)
    return [r for r in out if r.source]


def _bound(documents: Sequence[tree.Document], named: Find) -> dict[int, Traced]:
    """{N: 附件N as printed above a document that the bundle's own contents list names}."""
    listed: set[int] = set()
    for front in documents:
        for entry in front.contents if front.type == "front_matter" else ():
            m = next(mentions_in(entry.title, front, ""), None) or mention_without_marks(entry.title, front, "")
            if m is not None and (d := named(m.title)) is not None:
                listed.add(id(d))
    out: dict[int, Traced] = {}
    for d in documents if listed else ():
        mark = mark_of(d)
        n = ordinal(mark.text) if mark is not d.title else None
        if n is not None and any(id(k) in listed for k in (d, *d.promulgates)):
            out.setdefault(n, mark)
    return out


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
