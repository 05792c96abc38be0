"""Tables that have fewer rulings than cells: columns ruled and rows not, rules only above and below, none at all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import median

from juanzong.read.bands import SAME, Line, UprightBand, beside_row, is_left_of, ruled_bands, upright_bands
from juanzong.read.centred import all_named, is_one_row, rows_around_middles
from juanzong.read.continued import column_edges
from juanzong.read.cut_row import rest_of_table
from juanzong.read.fill_in import blanks_of, has_blank
from juanzong.read.filled import LEAST_COLUMNS, RULED_ROWS, between, filled, rows_under_labels, with_labels
from juanzong.read.free_cells import PIECE_GAP, columns_parted, free_between
from juanzong.read.free_columns import CROSSED, column_of, finer, free_columns, gaps_of, is_tabular, narrowed
from juanzong.read.free_heads import heads_over, is_named
from juanzong.read.glyphs import Glyph, Run, lines_of_runs, runs_of
from juanzong.read.grid import sorted_into
from juanzong.read.header_cells import levels_parted
from juanzong.read.printed import Box, PrintedCell, PrintedTable, around
from juanzong.read.row_beyond import row_beyond
from juanzong.read.row_blocks import LEAST_ROWS, header_alone, open_end, row_blocks
from juanzong.read.row_names import names_parted
from juanzong.read.rows import (
    FIRM,
    Piece,
    are_centred,
    breaks_between,
    cut_at,
    is_row_by_row,
    is_value,
    names_group,
    piece_of,
    printed_rows,
    without_sum,
)
from juanzong.read.tables import Edge, joined
from juanzong.read.upper_names import two_levels

HEAD_ALONE = 2  # rules: above a header and below it
TWO_COLUMNS = 3  # edges
PROSE = 14  # characters of a column's usual line: more are running text beside a rule


def with_rows(table: PrintedTable, glyphs: Sequence[Glyph]) -> PrintedTable:
    """The table, those of its rows split in which printed lines stand one row below the other. `glyphs`: the page's."""
    cells = [cell for row in table.rows for cell in row]
    held = dict(zip(map(id, cells), sorted_into(cells, glyphs)[0], strict=True))
    own = [held[id(cell)] for cell in cells]
    if (parted := columns_parted(table, own) or names_parted(table, own)) is not None:
        return with_rows(parted, glyphs)
    bands = len(table.rows)
    out: list[list[PrintedCell]] = []
    spanned = 0  # rows that a cell from above still covers
    for n, row in enumerate(table.rows):
        free = spanned == 0 and all(c.row_span == 1 for c in row)
        spanned = max([spanned - 1, *(c.row_span - 1 for c in row)], default=0)
        head = n == 0 and bands > 1
        said = [held[id(c)] for c in row]
        if head and (levels := levels_parted(row, said, table)) is not None:
            out += levels
        elif not head and free and (labelled := _under_labels(row, said)) is not None:
            out += labelled
        else:
            out += _cut(row, [] if head or not free or len(row) < 2 else _cuts_in(row, said, bands))
    return PrintedTable(table.bbox, out, table.ruled and len(out) == bands)


def _under_labels(row: Sequence[PrintedCell], held: Sequence[Sequence[Glyph]]) -> list[list[PrintedCell]] | None:
    """The rows of a ruled row in whose first cell labels stand in the middle of several of them; None where they do not."""
    if len(row) <= LEAST_COLUMNS or any(c.col_span > 1 for c in row):
        return None
    found = [(column, piece_of(line)) for column, own in enumerate(held) for line in lines_of_runs(runs_of(own))]
    labelled = rows_under_labels(printed_rows(found), [c.bbox[2] - c.bbox[0] for c in row], ())
    if labelled is None:
        return None
    box = around([c.bbox for c in row])
    return with_labels([*(c.bbox[0] for c in row), box[2]], box, found, labelled).rows


def _cuts_in(row: Sequence[PrintedCell], held: Sequence[Sequence[Glyph]], bands: int) -> list[float]:
    """The heights at which a ruled row is cut into rows; none where its printed lines are one row's. `held`: the cells'
    glyphs; `bands`: how many ruled rows the table has."""
    found = [(column, piece_of(line)) for column, own in enumerate(held) for line in lines_of_runs(runs_of(own))]
    rows = printed_rows(found)
    if len(rows) < 2:
        return []
    widths = [c.bbox[2] - c.bbox[0] for c in row]
    ends = rows_around_middles(rows, widths, [False] * len(rows))
    if ends is not None and all_named(rows, ends):
        return [between(a, b) for (a, b), end in zip(pairwise(rows), ends, strict=True) if end]
    if are_centred(found):
        return []
    scores = breaks_between(rows, widths)
    valued = sum(sum(is_value(r[c].text) for r in rows if c in r) > max(1, 0.6 * len(rows)) for c in range(len(row)))
    ruled = bands >= RULED_ROWS
    if not valued:
        if ruled or len(rows) < LEAST_ROWS:
            return []
        # between texts alone, a row begins with its name: a line without is the rest of one
        scores = [score if 0 in below else -inf for score, below in zip(scores, rows[1:], strict=True)]
    least = FIRM if ruled else 0.0
    if not is_row_by_row(rows, scores, len(row), least):
        return []
    return [between(a, b) for (a, b), score in zip(pairwise(rows), scores, strict=True) if score > least]


def _cut(row: list[PrintedCell], cuts: Sequence[float]) -> list[list[PrintedCell]]:
    if not cuts:
        return [row]
    top, bottom = min(c.bbox[1] for c in row), max(c.bbox[3] for c in row)
    return [
        [PrintedCell((c.bbox[0], a, c.bbox[2], b), col_span=c.col_span) for c in row]
        for a, b in pairwise([top, *cuts, bottom])
    ]


def unruled_tables(
    glyphs: Sequence[Glyph], edges: Sequence[Edge], width: float, above: PrintedTable | None = None
) -> list[PrintedTable]:
    """Tables among glyphs that stand in no ruled table: between rules of one width, and without any. `width`: the page's;
    `above`: the table that the page before ends with."""
    edges = joined(edges)
    blanks = blanks_of(edges, width)
    lines = [
        [piece_of(line)] if has_blank(line, blanks) else _pieces(line)
        for line in lines_of_runs(runs_of(glyphs, PIECE_GAP))
    ]
    out: list[PrintedTable] = []
    taken: set[int] = set()
    rules_across = [(e["x0"], e["x1"], e["top"]) for e in edges if e["orientation"] == "h"]
    if above is not None and (rest := rest_of_table(lines, above, rules_across)) is not None:
        taken.update(rest[0])
        out.append(_rest_of(rest[1], column_edges(above), [y for _, _, y in rules_across]))
    for rules, x0, x1 in ruled_bands(lines, edges, width):
        bottom = _reach(lines, rules, x0, x1)
        inside = [k for k, line in enumerate(lines) if k not in taken and _stands_in(line, (x0, rules[0], x1, bottom))]
        box = (x0, rules[0], x1, bottom)
        short = _short_rules(rules_across, (x0, rules[0], x1, rules[1]))
        table = _table_of([lines[k] for k in inside], box, rules, short) or header_alone(lines, inside, box)
        if table is not None:
            out.append(table)
            taken.update(inside)
    for band in upright_bands(edges):
        inside = [k for k, line in enumerate(lines) if band.top <= line[0].middle <= band.bottom and k not in taken]
        own = [g for g in glyphs if band.top <= (g.top + g.bottom) / 2 <= band.bottom]
        table = _table_between([lines[k] for k in inside], own, band) if inside else None
        if table is not None:
            out.append(table)
            taken.update(inside)
    free = [line for k, line in enumerate(lines) if k not in taken]
    for block in row_blocks(free):
        table = _under_two_levels(free, block) or _table_of(block, _around(block), ())
        if table is not None:
            out.append(table)
    return sorted(out, key=lambda t: t.bbox[1])


def _around(lines: Sequence[Line]) -> Box:
    return around([(p.x0, p.top, p.x1, p.bottom) for line in lines for p in line])


def _under_two_levels(lines: Sequence[Line], block: Sequence[Line]) -> PrintedTable | None:
    """The rows of a block with the header of two levels above or in it, no rule anywhere; None where they have none."""
    for head, body in heads_over(lines, block):
        box = _around([*head, *body])
        rule = (max(p.bottom for p in head[-1]) + min(p.top for p in body[0])) / 2
        table = _with_two_levels([*head, *body], box, (box[1], rule, box[3]), ())
        if table is not None and is_named(table, head):
            return table
    return None


def _short_rules(across: Sequence[tuple[float, float, float]], head: Box) -> list[tuple[float, float]]:
    """The ends of the rules across (x0, x1, height) inside a header that go over a part of it."""
    x0, top, x1, bottom = head
    return [(a, b) for a, b, y in across if top + SAME < y < bottom - SAME and b - a < x1 - x0 - SAME]


def _reach(lines: Sequence[Line], rules: Sequence[float], x0: float, x1: float) -> float:
    """How far the rows of a table with these rules across reach down."""
    if len(rules) == HEAD_ALONE:
        return open_end(lines, rules[0], rules[1], x0, x1)
    return row_beyond(lines, rules)


def _stands_in(line: Line, box: Box) -> bool:
    return box[1] <= line[0].middle <= box[3] and box[0] - SAME <= line[0].x0 and line[-1].x1 <= box[2] + SAME


def _rest_of(found: list[tuple[int, Piece]], xs: list[float], rules: Sequence[float]) -> PrintedTable:
    """The table that goes on from the page before, of pieces with their columns: one row where they tell no others."""
    box = (xs[0], min(p.top for _, p in found), xs[-1], max(p.bottom for _, p in found))
    table = filled(xs, box, found, [y for y in rules if box[1] < y < box[3]])
    row = [PrintedCell((a, box[1], b, box[3])) for a, b in pairwise(xs)]
    return table or PrintedTable(box, [row])


def _pieces(line: Sequence[Run]) -> Line:
    """The runs of a line, those that stand close together as one piece."""
    groups: list[list[Run]] = []
    for run in line:
        if groups and run.x0 - max(r.x1 for r in groups[-1]) < PIECE_GAP * max(run.size, groups[-1][-1].size):
            groups[-1].append(run)
        else:
            groups.append([run])
    return [piece_of(group) for group in groups]


def _table_between(lines: list[Line], glyphs: Sequence[Glyph], band: UprightBand) -> PrintedTable | None:
    """The lines, of these glyphs, as a table whose columns the upright rules part, and what its rows leave free between
    two of them; None where they part running text."""
    pieces = [p for line in lines for p in line]
    rules = [x for x, _ in band.uprights]
    left, right = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    inner = [(x, top) for x, top in band.uprights if left < x < right]
    if not inner or any(_is_crossed(g, band.uprights) for g in glyphs):
        return None
    columns: list[list[Glyph]] = [[] for _ in range(len(inner) + 1)]
    for g in glyphs:
        middle = (g.x0 + g.x1) / 2
        columns[max((k for k, (x, top) in enumerate(inner, 1) if middle > x and g.bottom > top), default=0)].append(g)
    free = [x for own in columns for x in free_between(own)]
    xs = sorted([min(left, *rules), *(x for x, _ in inner), *free, max(right, *rules)])
    found = [
        (column_of(xs[1:-1], part), part)
        for own in columns
        for line in lines_of_runs(runs_of(own))
        for _, part in cut_at(piece_of(line), free)
    ]
    said = [[len(p.text) for c, p in found if c == column] for column in range(len(xs) - 1)]
    if not all(said) or (len(xs) <= TWO_COLUMNS and any(median(lengths) > PROSE for lengths in said)):
        return None
    return filled(xs, (xs[0], band.top, xs[-1], band.bottom), found)


def _is_crossed(g: Glyph, uprights: Sequence[tuple[float, float]]) -> bool:
    """Whether a glyph stands over one of the uprights (its place, where it begins)."""
    return not g.text.isspace() and any(
        g.x0 < x - 0.3 * g.size and g.x1 > x + 0.3 * g.size and g.bottom > top for x, top in uprights
    )


def _table_of(
    lines: list[Line], box: Box, rules: Sequence[float], short: Sequence[tuple[float, float]] = ()
) -> PrintedTable | None:
    """The lines as a table with the columns that are free between all of them; None where they are none. `rules`: the
    heights of rulings across; `short`: the ends of those that part some columns' names in the header."""
    if (parted := _with_two_levels(lines, box, rules, short)) is not None:
        return parted
    several = [line for line in lines if len(line) > 1]
    many = [line for line in lines if len(line) > 1 or (rules and any(is_left_of(line[0], m) for m in several))]
    if len(several) < (1 if len(rules) > 1 and len(lines) > 1 else 2):
        return None
    alone = [k for k, line in enumerate(lines) if len(line) == 1 and not names_group(line[0].text)]
    beside = [lines[k] for k in alone if beside_row(lines, k)]
    gaps = free_columns([*map(without_sum, many), *beside], [lines[k] for k in alone])
    columns = len(gaps) + 1
    if columns < 2 or not (rules or is_tabular(many, gaps)):
        return None
    return filled([box[0], *gaps, box[2]], box, _by_column(lines, gaps), rules)


def _by_column(lines: Sequence[Line], gaps: Sequence[float]) -> list[tuple[int, Piece]]:
    """The pieces of all lines with their columns, cut where they are two columns'."""
    return [
        (column_of(gaps, part) if home is None else home, part)
        for line in lines
        for p in line
        for home, part in cut_at(p, gaps)
    ]


def _with_two_levels(
    lines: Sequence[Line], box: Box, rules: Sequence[float], short: Sequence[tuple[float, float]]
) -> PrintedTable | None:
    """The lines as a table whose header, between its two rules, has names over several columns; None where it has none."""
    head = [line for line in lines if len(rules) > 1 and line[0].middle < rules[1]]
    body = list(lines[len(head) :])
    rows = [line for line in body if len(line) > 1]
    if len(head) < 2 or len(rows) < 2:
        return None
    at, allowed = head.index(max(head, key=len)) or 1, int(CROSSED * len(rows))
    told = [*map(without_sum, rows)]
    between_rows = gaps_of(told, allowed)
    if any(p.x0 < a and b < p.x1 for line in head[at:] for p in line for a, b in between_rows):
        head[at:] = map(finer, head[at:])  # names that stand close
    free = gaps_of([*head[at:], *told], allowed)
    gaps = [(a + b) / 2 for a, b in narrowed(free, [line for line in lines if len(line) == 1])]
    xs = [box[0], *gaps, box[2]]
    if is_one_row(printed_rows([(column_of(gaps, p), p) for line in head for p in line])):
        return None
    levels = two_levels(head, rows, xs, (box[0], box[1], box[2], rules[1]), short)
    found = _by_column(body, gaps)
    below = filled(xs, (box[0], rules[1], *box[2:]), found, rules[1:]) if levels else None
    return PrintedTable(box, [*levels, *below.rows]) if levels and below else None
