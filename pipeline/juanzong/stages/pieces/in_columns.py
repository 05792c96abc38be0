"""Whether a printed line stands in the columns of the table above it."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core.lines import Line
from juanzong.stages.tables.columns import begin_in_columns, rest_of_cell
from juanzong.stages.tables.printed import printed_rows

MOST_SEEN = 40  # lines of a table that show where its columns stand


def goes_on_below(lines: Sequence[Line], i: int, k: int, taken: set[int]) -> bool:
    """Whether line k, one piece, is the rest of a cell of the line above in the table from line i on: set in no deeper
    than a paragraph is, it stands in a column behind a narrow one."""
    rows = printed_rows([lines[j] for j in range(max(i, k - MOST_SEEN), k) if j not in taken])
    return bool(rows) and rest_of_cell(rows, printed_rows([lines[k]])[0].cells[0], full=True)


def stands_in_column(lines: Sequence[Line], i: int, k: int, taken: set[int]) -> bool:
    """Whether line k begins where a column of the table from line i on does."""
    rows = printed_rows([lines[j] for j in range(max(i, k - MOST_SEEN), k) if j not in taken])
    return begin_in_columns(rows, printed_rows([lines[k]])[0].cells[:1])
