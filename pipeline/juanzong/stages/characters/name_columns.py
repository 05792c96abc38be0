"""Columns that list names: cells that all say something else, so that none of them tells how another is written."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core import tree
from juanzong.stages.tables.grid import cells_of

_LEAST_ROWS = 10
_NEARLY_ALL = 0.95  # of a column's cells say what no other does
_LONGEST = 24  # characters of a name


def name_columns(documents: Sequence[tree.Document]) -> dict[int, tuple[int, int]]:
    """{id of a cell's text: its table and column}, of the cells in such columns."""
    out = {}
    tables = (b for d in documents for b in tree.walk(d.body) if isinstance(b, tree.Table))
    for n, table in enumerate(tables):
        if len(table.rows) < _LEAST_ROWS:
            continue
        rows = cells_of(table)[table.header_rows :]
        for c in range(max(map(len, rows), default=0)):
            texts = [row[c].text for row in rows if c < len(row) and row[c].text and row[c].col_span == 1]
            said = {t.text for t in texts}
            if len(texts) >= _LEAST_ROWS and len(said) >= _NEARLY_ALL * len(texts) and max(map(len, said)) <= _LONGEST:
                out.update(dict.fromkeys(map(id, texts), (n, c)))
    return out
