"""The bundle's own pages before its documents: cover, preface and contents list."""

from __future__ import annotations

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.language.alike import skeleton
from juanzong.stages.documents.prefaces import preface_of
from juanzong.stages.documents.segments import Segment
from juanzong.stages.documents.wrapped_title import joined_title
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.covers import cover_title_lines


def front_matter(
    segment: Segment, entries: dict[int, list[tree.ContentsEntry]], ledger: Ledger
) -> tuple[tree.Document, list[Item]]:
    """The bundle's own pages before its documents, and what stands in them as text: its preface."""
    preface = preface_of(segment.rest) if segment.contents else None
    for item in segment.rest:
        if item.rule:
            ledger.drop_ranges(item.text, item.rule)
    cover = [x for x in segment.rest[:preface] if x.is_text]
    listed = [skeleton(entry.title.text) for _, c in segment.contents for entry in entries[id(c)]]
    best, end = cover_title_lines(cover, listed)
    document = tree.Document("front_matter", joined_title(cover[best:end] if best >= 0 else (), ledger))
    rest = [x.text for k, x in enumerate(cover) if not best <= k < end]
    for item in segment.rest[:preface]:
        if item.kind == "table":
            rest += [line.cut() for line in item.lines]
    if rest:
        document.metadata["cover"] = list(rest)
    return document, [x for x in segment.rest[preface:] if not x.rule] if preface is not None else []
