"""A bundle on its way through the passes: what each pass takes up and what it leaves for the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line, lines_of
from juanzong.core.source import Source
from juanzong.core.spots import Ranges, Row
from juanzong.stages.pages.paging import Paging

if TYPE_CHECKING:
    from juanzong.core.aside import Aside
    from juanzong.review.decisions import Decision
    from juanzong.stages.apart import Apart
    from juanzong.stages.characters.witnesses import Ahead
    from juanzong.stages.documents.contents_found import Contents
    from juanzong.stages.documents.segments import Segment
    from juanzong.stages.evidence.prints import Print
    from juanzong.stages.pieces.items import Item
    from juanzong.stages.structure.imprints import Imprint


@dataclass
class Work:
    """Filled from top to bottom. `ledger` and `findings` grow all the way."""

    source: Source
    decisions: Sequence[Decision] = ()
    contain: bool = True  # what raises inside costs a table, a document or a pass; else it is raised
    aside: Aside | None = None  # another process, which may look ahead
    apart: Sequence[Apart] = ()  # lines that are not read, for a pass cannot
    only: range | None = None  # of the rest, the only ones that are read, by their place
    ledger: Ledger = field(init=False)
    findings: list[Finding] = field(default_factory=list)
    lines: list[Line] = field(init=False)
    paging: Paging = field(init=False)  # which lines are furniture, where pages begin
    lists: list[Contents] = field(default_factory=list)  # contents lists, and their entries
    entries: list[list[tree.ContentsEntry]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    listed: list[Sequence[tree.ContentsEntry]] = field(default_factory=list)  # by the own list of each volume
    documents: list[tree.Document] = field(default_factory=list)
    imprints: list[tuple[tree.Document, Imprint]] = field(default_factory=list)  # and what they are printed in
    contents: list[tree.ContentsItem] = field(default_factory=list)
    prints: list[Print] = field(default_factory=list)  # every table as it was printed
    evidence: list[tuple[object, Row]] = field(default_factory=list)  # what the bundle says of itself, checked
    passages: Ranges = field(default_factory=list)  # where a document quotes another: never mended
    ahead: Ahead | None = None  # what the other process looks for, for the pass after the next
    edits: Callable[[], str | None] | None = None  # edits.jsonl, which it writes meanwhile

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.source.text)
        unread = {line.n for apart in self.apart for line in apart.lines}
        lines = [line for line in lines_of(self.source) if line.n not in unread]
        self.lines = lines if self.only is None else lines[self.only.start : self.only.stop]
        self.paging = Paging({}, [False] * len(self.lines))
