"""A contents list (目录), as it was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from juanzong.core.lines import Line
from juanzong.language.annex_marks import ANNEX_MARK
from juanzong.stages.documents.contents_lines import Span

_BARE = 4  # characters of a heading that says 目录 alone
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


def may_be_annex(lines: Sequence[Line], i: int, heading: int) -> bool:
    """Whether a list's heading names an annex as well: 材料清单, or 废止文件目录 right under the annex's mark."""
    named = "".join(lines[i].text[:heading].split())
    return "单" in named or (len(named) > _BARE and i > 0 and ANNEX_MARK.match(lines[i - 1].text) is not None)
