"""Text-layer PDF: places, page by page, laws of the layout."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juanzong.read import read
from juanzong.read.glyphs import Glyph
from juanzong.read.grid import table_of
from juanzong.read.legible import unreadable_share
from juanzong.read.printed import PrintedCell, PrintedLine, PrintedPage, PrintedTable, Slant, as_it_lies

FIXTURES = Path(__file__).parent / "fixtures" / "read"


def test_every_character_of_the_text_layer_comes_out_once() -> None:
    import pdfplumber

    for name in ("prose.pdf", "columns.pdf", "crowded.pdf"):
        with pdfplumber.open(FIXTURES / name) as pdf:
            printed = sorted(c["text"] for page in pdf.pages for c in page.chars if not c["text"].isspace())
        import html
        import re

        text = html.unescape(re.sub(r"</?t(?:able|r|d)[^>]*>", "", read(FIXTURES / name, record_as=name).text))
        assert sorted(c for c in text.replace("²", "2") if not c.isspace() and c != "^") == printed


def test_lines_and_cells_stand_where_they_are_printed() -> None:
    source = read(FIXTURES / "prose.pdf", record_as="prose.pdf")
    title = source.marks[0]
    assert title is not None and title.centered and title.size == pytest.approx(22, abs=0.1)
    assert title.bbox == pytest.approx((198.6, 65.85, 396.6, 87.85), abs=1)
    cell = next(w for w in source.words if source.text[w.start : w.end] == "市档案馆")
    assert cell.page == 2 and cell.bbox == pytest.approx((90, 131.89, 200, 191.89), abs=1)


@pytest.mark.parametrize(
    ("text", "usable"),
    [
        ("第一条 为了规范", True),
        ("(cid:1)(cid:22)(cid:3)", False),
        ("\ue001\ue002\ue003", False),
        ("Article 1", True),
        ("\ufffd\ufffd第一条", False),
        ("µÚÒ»ÌõÎªÁË", False),
    ],
)
def test_garbage_text_layers_are_told(text: str, usable: bool) -> None:
    assert (unreadable_share(text) <= 0.2) is usable


def test_a_page_that_cannot_be_read_is_reported_and_the_rest_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from juanzong.read import pdf_page

    real = pdf_page.printed_page

    def broken(content: Any, layer: Any, number: int, *rest: Any) -> PrintedPage:
        if number == 1:
            raise ValueError("damaged")
        return real(content, layer, number, *rest)

    monkeypatch.setattr(pdf_page, "printed_page", broken)
    source = read(FIXTURES / "prose.pdf", record_as="x")
    assert [(r.page, r.severity) for r in source.reports] == [(1, "error")] and "表1 档案移交情况表" in source.text


def test_columns_of_a_continued_table_agree() -> None:
    from juanzong.read.continued import align_continued_tables

    def part(edges: list[float]) -> PrintedTable:
        cells = [PrintedCell((a, 0, b, 10)) for a, b in pairwise(edges)]
        return PrintedTable((edges[0], 0, edges[-1], 10), [cells])

    pages = [
        PrintedPage(1, 595, 842, [part([0, 100, 200])]),
        PrintedPage(2, 595, 842, [PrintedLine("页眉", (0, 0, 9, 9), 9), part([0, 50, 100, 200])]),
    ]
    align_continued_tables(pages)
    first = pages[0].blocks[0]
    assert isinstance(first, PrintedTable) and [c.col_span for c in first.rows[0]] == [2, 1]


@pytest.mark.parametrize(
    ("said", "spans"),
    [("写" * 41, ([[3], [1, 2]], [[3], [2, 1]])), ("工作单位", ([[1], [1, 1]], [[1], [1, 1]]))],
    ids=["a cell that the page cuts", "control: a name"],
)
def test_below_a_cell_that_a_page_cuts_the_table_may_be_parted_otherwise(
    said: str, spans: tuple[list[list[int]], list[list[int]]]
) -> None:
    from juanzong.read.continued import align_continued_tables

    def part(edges: list[float], *, last: bool) -> PrintedTable:
        rows = [[PrintedCell((a, 0, b, 10)) for a, b in pairwise(edges)], [PrintedCell((0, 10, 200, 20), said)]]
        return PrintedTable((0, 0, 200, 20), rows if last else rows[::-1])

    pages = [PrintedPage(1, 595, 842, [part([0, 60, 200], last=True)])]
    pages.append(PrintedPage(2, 595, 842, [part([0, 130, 200], last=False)]))
    align_continued_tables(pages)
    tables = [t for page in pages for t in page.blocks if isinstance(t, PrintedTable)]
    found = [[[c.col_span for c in row] for row in t.rows] for t in tables]
    assert (found[0][::-1], found[1]) == spans


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=4),
    st.lists(st.integers(1, 4), min_size=1, max_size=4),
    st.randoms(),
)
def test_cells_tile_the_grid_whatever_is_missing(widths: list[int], heights: list[int], random: Any) -> None:
    xs, ys = [0], [0]
    for w in widths:
        xs.append(xs[-1] + 20 * w)
    for h in heights:
        ys.append(ys[-1] + 20 * h)
    cells = [
        (float(xs[j]), float(ys[i]), float(xs[j + 1]), float(ys[i + 1]))
        for i in range(len(heights))
        for j in range(len(widths))
    ]
    kept = [c for c in cells if random.random() < 0.7] or cells
    table = table_of(kept)
    columns = {x for c in kept for x in (c[0], c[2])}
    rows = {y for c in kept for y in (c[1], c[3])}
    assert sum(c.row_span * c.col_span for row in table.rows for c in row) == (len(columns) - 1) * (len(rows) - 1)


@given(
    st.integers(0, 3),
    st.floats(-5, 5),
    st.tuples(st.floats(0, 500), st.floats(0, 700), st.floats(1, 80), st.floats(1, 80)),
)
def test_boxes_keep_their_size_on_the_page_as_it_lies(
    turned: int, angle: float, box: tuple[float, float, float, float]
) -> None:
    x, y, w, h = box
    x0, top, x1, bottom = as_it_lies((x, y, x + w, y + h), PrintedPage(1, 595, 842, slant=Slant(turned, angle)))
    assert sorted((x1 - x0, bottom - top)) == pytest.approx(sorted((w, h)), abs=0.03)


def test_bold_shadow_is_one_character() -> None:
    from juanzong.read.glyphs import printed_line, runs_of

    glyphs = [
        Glyph(t, x, 10, x + 10, 20, 10, 20, "Song")
        for x, t in ((0, "总"), (0.4, "总"), (10, "则"), (10.4, "则"), (20, "则"))
    ]
    assert printed_line(runs_of(glyphs)).text == "总则则"
