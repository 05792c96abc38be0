"""Laws of the pieces that chunks are made of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from juanzong.model import Table
from juanzong.output.exports.chunk_tables import table_pieces
from juanzong.output.exports.pieces import parted, pieces_of
from juanzong.output.exports.sentences import sentences
from juanzong.output.exports.strings import source_of_part
from juanzong.output.grid import placed_cells, table_size
from juanzong.output.rendering import Edits

TEXTS = st.text(alphabet="甲乙丙。；，、！”）1.,\n a", max_size=300)


@given(TEXTS, st.integers(1, 50))
def test_sentences_cover_the_text_and_keep_to_the_limit(text: str, limit: int) -> None:
    found = sentences(text, limit)
    assert "".join(text[a:b] for a, b in found) == text
    assert all(0 < b - a <= limit for a, b in found) or not text


@given(st.lists(TEXTS, max_size=12), st.integers(20, 200))
def test_runs_keep_order_and_limit(texts: list[str], limit: int) -> None:
    pieces = [p for k, t in enumerate(texts) for p in pieces_of(t, f"/{k}", limit - 1)]
    runs = parted(pieces, limit)
    assert [p for run in runs for p in run] == pieces
    assert all(sum(p.length for p in run) <= limit for run in runs)


@given(TEXTS.filter(bool), st.data())
def test_parts_of_a_string_without_edits_are_their_ranges(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(text)))
    ranges = [r for r in ((100, 100 + cut), (200 + cut, 200 + len(text))) if r[0] < r[1]]
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    offsets = [o for a, b in ranges for o in range(a, b)]
    found = source_of_part(len(text), ranges, Edits([]), start, end)
    assert [o for a, b in found for o in range(a, b)] == offsets[start:end]


SPANS = st.integers(1, 3)
CELLS = st.builds(lambda t, r, c: {"text": t, "row_span": r, "col_span": c}, TEXTS, SPANS, SPANS)
TABLES = st.builds(
    lambda rows, head: Table.model_validate(
        {"kind": "table", "header_rows": min(head, len(rows)), "rows": [{"cells": r} for r in rows]}
    ),
    st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=6),
    st.integers(0, 2),
)


@given(TABLES)
def test_every_cell_stands_once_in_the_grid(table: Table) -> None:
    rows, columns = table_size(table)
    taken = [(p.row + r, p.column + c) for p in placed_cells(table) for r in range(p.down) for c in range(p.right)]
    assert all(r < rows and c < columns for r, c in taken)
    assert len(list(placed_cells(table))) == sum(len(row.cells) for row in table.rows)


@given(TABLES, st.integers(100, 400))
def test_pieces_of_a_table_hold_every_character_once(table: Table, limit: int) -> None:
    head, body = table_pieces(table, "/body/0", limit)
    shown = {(p, k) for piece in head + body for p, a, b in piece.strings for k in range(a, b)}
    count = sum(b - a for piece in head + body for _, a, b in piece.strings)
    assert count == len(shown) == sum(len(c.text) for row in table.rows for c in row.cells)
