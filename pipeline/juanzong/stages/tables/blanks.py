"""Rows whose cells a single blank parts: their cells."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.stages.tables.raw import RawCell, RawRow

_CELL = re.compile(r"\S+")
_WIDE = re.compile(r"\S[ \u3000]{2,}\S|\u3000\u3000")


def cells_of(text: str) -> list[str]:
    """The pieces that single blanks part; none where wider ones do, or a mark of another syntax stands in the line.

    >>> cells_of("小学 32 38000"), cells_of("小学  32"), cells_of("| 小学 | 32 |")
    (['小学', '32', '38000'], [], [])
    """
    bare = text.strip()
    return [] if _WIDE.search(bare) or "\t" in bare or "|" in bare or bare.startswith(("#", "<")) else bare.split()


def blank_rows(lines: Sequence[Line]) -> list[RawRow] | None:
    """The rows of such a table, one for each line; None where wider blanks part its columns, or its lines differ by more
    than groups, which are a cell alone."""
    counts = {len(cells_of(line.text)) for line in lines}
    if 0 in counts or len(counts - {1}) != 1 or len(lines) < 2:
        return None
    return [
        RawRow([RawCell(line.cut(*m.span())) for m in _CELL.finditer(line.text)], line.n, k > 0 and line.blanks > 0)
        for k, line in enumerate(lines)
    ]
