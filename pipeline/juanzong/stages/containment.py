"""What comes out where a pass failed: the text as it was printed, flat, and a finding that names the pass and the lines.

A failure costs a table, a document or a few lines, never the bundle: a table or a document that raises is built again
flat; where a pass raises, the lines that make it are set apart (`apart.py`); where no few lines do, it is left out and
the bundle read once more without it (`juanzong.run`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from juanzong.core import tree
from juanzong.core.findings import Finding, Target
from juanzong.core.ledger import Ledger
from juanzong.core.traced import EMPTY, Traced
from juanzong.stages.documents.segments import Segment
from juanzong.stages.documents.wrapped_title import joined_title
from juanzong.stages.pieces.items import Item
from juanzong.stages.work import Work


def failure(name: str, error: Exception, lines: Sequence[int], where: Iterable[Target] = ()) -> Finding:
    """The finding of a failed pass. `lines`: numbers of the source lines it read, from 1; may be empty."""
    place = f"第 {lines[0]}—{lines[-1]} 行" if lines else "全卷"
    told = f"“{name}”一步在{place}出错（{type(error).__name__}: {error}），这部分按原文逐行保留，未作整理"
    evidence = {"pass": name, "lines": [lines[0], lines[-1]] if lines else [], "error": type(error).__name__}
    return Finding("pass-failed", "error", told, list(where), evidence)


def flat_lines(segment: Segment) -> list[int]:
    """The numbers of a segment's first and last source lines."""
    lines = [line.n for item in (*segment.head, *segment.title, *segment.rest) for line in item.lines]
    return [min(lines), max(lines)] if lines else []


def flat_document(
    segment: Segment, ledger: Ledger, entries: Mapping[int, Sequence[tree.ContentsEntry]]
) -> tree.Document:
    """A segment as a document without structure: its title, its contents lists (`entries`, by the id of the list they
    were read from), then a paragraph a piece, a cell a line."""
    title = joined_title(segment.title, ledger)
    document = tree.Document("front_matter" if segment.front else "other", title)
    for _, found in segment.contents:
        document.contents += entries[id(found)]
    for item in (*segment.head, *segment.rest):
        document.body += [tree.Paragraph(text) for text in flat_item(item, ledger)]
    return document


def flat_item(item: Item, ledger: Ledger) -> list[Traced]:
    """The texts of an item as printed: a line a text, of a table a cell a text; furniture goes by its edit."""
    if item.rule:
        ledger.drop_ranges(item.text, item.rule)
        return []
    return [item.text] if item.kind == "text" else [text for line in item.lines for text in line.cells() if text]


def flat_bundle(work: Work) -> None:
    """The whole bundle as one document, a paragraph a line: where its documents cannot be told apart."""
    texts = [text for line in work.lines for text in line.cells() if text]
    work.documents = [tree.Document("other", EMPTY, body=[tree.Paragraph(text) for text in texts])]
