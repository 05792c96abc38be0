"""A table that cannot be built costs itself: its cells come out a line each, and the document goes on behind it."""

from __future__ import annotations

from collections.abc import Callable

from juanzong.core import tree
from juanzong.stages.containment import failure, flat_item
from juanzong.stages.structure.build import Build


def contained(b: Build, k: int, take: Callable[[Build, int], int]) -> int:
    """take(b, k): the table or box that begins with item k, and how many items it takes. One that raises comes out
    flat."""
    siblings, told = b.siblings(), len(b.findings)
    before = (len(siblings), len(b.anchors), len(b.notes), len(b.document.footnotes), b.box, b.tail)
    try:
        with b.ledger.trial() as trial:
            taken = take(b, k)
            trial.keep()
        return taken
    except Exception as error:
        if not b.contain:
            raise
        placed, anchors, notes, footnotes, b.box, b.tail = before
        del siblings[placed:], b.anchors[anchors:], b.notes[notes:], b.document.footnotes[footnotes:]
        del b.findings[told:]
        b.table = None
        flat: list[tree.Block] = [tree.Paragraph(text) for text in flat_item(b.items[k], b.ledger)]
        siblings += flat
        b.findings.append(failure("structure", error, [line.n for line in b.items[k].lines], flat[:1]))
        return 1
