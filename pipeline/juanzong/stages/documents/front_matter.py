"""The bundle's own pages before its documents: cover, preface and contents list."""

from __future__ import annotations

import regex as re

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language.alike import skeleton
from juanzong.stages.documents.prefaces import preface_of
from juanzong.stages.documents.segments import Segment
from juanzong.stages.documents.wrapped_title import joined_title
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.covers import cover_title_lines

_MARKED = re.compile(r"\s*(?:\||<t)", re.IGNORECASE)


def front_matter(
    segment: Segment, entries: dict[int, list[tree.ContentsEntry]], ledger: Ledger
) -> tuple[tree.Document, list[Item]]:
    """The bundle's own pages before its documents, and what stands in them as text or tables: its preface."""
    preface = preface_of(segment.rest) if segment.contents else None
    for item in segment.rest:
        if item.rule:
            ledger.drop_ranges(item.text, item.rule)
    cover = [x for x in segment.rest[:preface] if x.is_text]
    listed = [skeleton(entry.title.text) for _, c in segment.contents for entry in entries[id(c)]]
    best, end = cover_title_lines(cover, listed)
    document = tree.Document("front_matter", joined_title(cover[best:end] if best >= 0 else (), ledger))
    rest = [x.text for k, x in enumerate(cover) if not best <= k < end]
    tables = [x for x in segment.rest[:preface] if x.kind == "table"]
    marked = [x for x in tables if any(map(_is_marked, x.lines))]
    rest += [line.cut() for x in tables if x not in marked for line in x.lines]
    if rest:
        document.metadata["cover"] = list(rest)
    return document, marked + ([x for x in segment.rest[preface:] if not x.rule] if preface is not None else [])


def _is_marked(line: Line) -> bool:
    """Whether a row is marked as one, or the reader knows it: columns of a cover's lines need not be a table."""
    return line.block is not None or _MARKED.match(line.text) is not None
