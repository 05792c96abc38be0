"""A contents list (目录), as it was found."""

from __future__ import annotations

from dataclasses import dataclass, field

from juanzong.stages.documents.contents_lines import Span

_SURE = 2  # entries that come again as titles


@dataclass
class Contents:
    """A contents list: where its heading stands, its entries as the places of their pieces, all the lines it takes; of
    one set as a table, the lines of its rows."""

    title: Span
    end: int  # index after its last line
    lines: list[int]  # all of them, in order, that of the heading too
    entries: list[list[Span]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    headed: int = 0  # entries that come again as numbered headings
    titled: int = 0  # ... as lines without a number
    paged: int = 0  # ... with their pages
    of_documents: bool = False  # its heading says what it lists: 材料目录, 卷内目录
    cells: bool = False  # the first line of each entry is its number alone

    @property
    def comes_again(self) -> bool:
        """Whether some entries come again as titles, or many with their numbers: groups come not."""
        known = self.titled + self.headed
        return self.titled >= _SURE or (self.headed > _SURE and 3 * known >= len(self.entries))
