"""Glyphs and tables of a page -> its blocks in reading order: the same for a text layer and for a recognised image."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.read.columns import Columns, find_gutter, reading_groups, side_text
from juanzong.read.fill_in import blanks_of, has_blank
from juanzong.read.glyphs import Glyph, lines_of_runs, printed_line, runs_of
from juanzong.read.grid import fill_cell, sorted_into
from juanzong.read.letterheads import letterhead_last
from juanzong.read.printed import Box, PrintedCell, PrintedLine, PrintedTable, around
from juanzong.read.tables import Edge, joined
from juanzong.read.unruled import unruled_tables, with_rows

EDGE = 0.08  # of a page's height: a rule so near its ends parts a running head or a foot
_ENDS = ("。", "！", "？", "”", "）", "：")

CellGlyphs = tuple[PrintedCell, list[Glyph]]


def blocks_of(
    glyphs: Sequence[Glyph],
    tables: Sequence[PrintedTable],
    width: float,
    *,
    edges: Sequence[Edge] = (),
    sideways: Sequence[Glyph] = (),
    above: PrintedTable | None = None,
    before: Columns | None = None,
) -> list[PrintedLine | PrintedTable]:
    """Glyphs in cells fill the cells, the others become tables by their places, or lines; every glyph stands in one
    block. `tables`: what the page's rulings (`edges`) bound on all sides; `width`: the page's; `sideways`: glyphs set
    from below upwards or from above downwards, in drawing order, as labels of rows are; `above`: the table that the page
    before ends with; `before`: the two columns that it is set in."""
    found = [with_rows(table, glyphs) for table in tables]
    loose, inside = _sort_into(found, glyphs)
    free = [e for e in edges if not any(_touches(e, t.bbox) for t in found)]
    more = [t for part, own, room in _sides(loose, free, width, before) for t in unruled_tables(part, own, room, above)]
    loose, also = _sort_into(more, loose)
    for cell, held in [*inside, *also]:
        fill_cell(cell, held)
    beside, labels = _sort_into([*found, *more], sideways)
    for cell, held in labels:
        cell.text += "".join(g.text for g in held).strip()
    left = min((g.x0 for g in loose if not g.text.isspace()), default=0.0)
    runs, side = side_text(runs_of(loose), free)
    blanks = blanks_of(joined(free), width)
    lines: list[PrintedLine | PrintedTable] = []
    for column, group in reading_groups(runs, width, before):
        for on_one_line in letterhead_last(lines_of_runs(group)):
            line = printed_line(on_one_line, None if has_blank(on_one_line, blanks) else left)
            line.column = column
            lines.append(line)
    for group in side:
        aside = [printed_line(runs) for runs in lines_of_runs(group)]
        at = after_paragraph(lines, max(line.bbox[3] for line in aside))
        lines[at:at] = aside
    whole = _with_tables(lines, [*found, *more])
    for line in lines_as_drawn(beside):
        line.watermark = _in_margin(line.bbox, whole)
        whole.append(line)
    return whole


def _sides(
    glyphs: list[Glyph], edges: Sequence[Edge], width: float, before: Columns | None
) -> list[tuple[list[Glyph], Sequence[Edge], float]]:
    """What tables are sought in: glyphs, rulings and the width of a page, or of each of its two columns where no rulings
    across go over both."""
    runs = runs_of(glyphs)
    gutter = find_gutter(runs, width, before) if runs else None
    if gutter is None:
        return [(glyphs, edges, width)]
    top, bottom = min(g.top for g in glyphs), max(g.bottom for g in glyphs)
    inside = [e for e in edges if top + EDGE * (bottom - top) < e["top"] < bottom - EDGE * (bottom - top)]
    if sum(e["orientation"] == "h" and e["x0"] < gutter - 1 and e["x1"] > gutter + 1 for e in inside) > 1:
        return [(glyphs, edges, width)]
    across = {id(g) for r in runs if r.x0 < gutter - 1 and r.x1 > gutter + 1 for g in r.glyphs}
    left = [g for g in glyphs if g.x1 <= gutter + 1 and id(g) not in across]
    right = [g for g in glyphs if g.x1 > gutter + 1 and id(g) not in across]
    return [
        (left, [e for e in edges if e["x1"] <= gutter + 1], width / 2),
        (right, [e for e in edges if e["x0"] >= gutter - 1], width / 2),
    ]


def _in_margin(box: Box, blocks: Sequence[PrintedLine | PrintedTable]) -> bool:
    """Whether a box lies left or right of all that is printed on the page."""
    return all(box[2] <= b.bbox[0] + 2 or box[0] >= b.bbox[2] - 2 for b in blocks)


def _touches(e: Edge, box: Box) -> bool:
    """Whether a ruling lies in the box."""
    x, y = (e["x0"] + e["x1"]) / 2, (e["top"] + e["bottom"]) / 2
    return bool(box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1)


def after_paragraph(lines: Sequence[PrintedLine | PrintedTable], bottom: float) -> int:
    """The index of the first line below `bottom` that begins after a sentence's end; else after all lines."""
    for k, line in enumerate(lines):
        before = lines[k - 1] if k else None
        ended = not isinstance(before, PrintedLine) or before.text.endswith(_ENDS)
        if k and ended and line.bbox[1] > bottom:
            return k
    return len(lines)


def lines_as_drawn(glyphs: Sequence[Glyph]) -> list[PrintedLine]:
    """Glyphs that do not stand upright (marks across the page, a binding line's words), a line for each run of one size."""
    out: list[PrintedLine] = []
    run: list[Glyph] = []
    for g in [*glyphs, None]:
        last = run[-1] if run else None
        if last is not None and (
            g is None
            or abs(g.size - last.size) > 0.1 * g.size
            or abs(g.x0 - last.x0) + abs(g.top - last.top) > 4 * g.size
        ):
            text = "".join(x.text for x in run).strip()
            if text:
                out.append(PrintedLine(text, around([(x.x0, x.top, x.x1, x.bottom) for x in run]), run[0].size))
            run = []
        if g is not None:
            run.append(g)
    return out


def _sort_into(tables: Sequence[PrintedTable], glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[CellGlyphs]]:
    """Glyphs outside all tables, and all cells with theirs."""
    cells = [cell for table in tables for row in table.rows for cell in row]
    held, loose = sorted_into(cells, glyphs)
    return loose, list(zip(cells, held, strict=True))


def _with_tables(
    lines: list[PrintedLine | PrintedTable], tables: Sequence[PrintedTable]
) -> list[PrintedLine | PrintedTable]:
    """Each table before the first line of its column that stands lower than its top."""
    out = list(lines)
    for table in tables:
        at = next(
            (k for k, b in enumerate(out) if b.bbox[1] >= table.bbox[1] and _share_column(b, table.bbox)), len(out)
        )
        out.insert(at, table)
    return out


def _share_column(block: PrintedLine | PrintedTable, box: Box) -> bool:
    """Whether a block stands in one column with a box: a line of a page in one column does, short as it is."""
    alone = isinstance(block, PrintedLine) and not block.column
    return alone or min(block.bbox[2], box[2]) > max(block.bbox[0], box[0])
