"""Rules across that are drawn cell by cell, as browsers and offices draw the lower edges of cells: where their pieces end,
columns do, though no upright is printed. Points from the top left."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from juanzong.read.continued import column_edges, is_among
from juanzong.read.glyphs import SEGMENT_GAP, Glyph, Run, lines_of_runs, runs_of
from juanzong.read.printed import PrintedTable
from juanzong.read.rows import HANGING, HANGS
from juanzong.read.tables import Edge, edge, joined

SAME_HEIGHT = 2.0  # pieces of one rule; a thick one has two edges
TOUCHING = 2.0  # pieces that follow one another without a gap
SAME_EDGE = 3.0
OVER = (
    2.5  # what a rule reaches over the sides, which those of other tables may draw aside: less than a side of its own
)
ACROSS = 1.0  # a text runs over an upright that it passes by so much on both sides
LARGER = 1.15  # times the type of the rows is another text's
MOST_WIDE = 0.2  # of the cells may hold texts side by side
GAP = 0.25  # ems between the texts of two cells, which narrow margins set close
FEW = 3  # rules of one width, one below the other
# ems above a table's first rule: its open row, that row's last line, from one of its lines to the next
FAR, NEAR, OPEN = 6.0, 1.5, 0.6
LEAST_NAMED = 2  # cells of that row
TILED = 2  # of them are made of several pieces

Piece = tuple[float, float]
"""x0, x1."""
Rule = tuple[float, list[Piece]]
"""Its height, its pieces from left to right."""


def uprights_of(edges: Sequence[Edge], glyphs: Sequence[Glyph], before: PrintedTable | None = None) -> list[Edge]:
    """The uprights that tables without any have by the pieces of their rules, but where text runs across: that is a cell
    which spans columns; and the lower edge of such a table, where none is printed above the next one. Where uprights are
    printed nothing is added. `before`: the table that the page before ends with."""
    tables = _tables(_rules(edges))
    if not tables:
        return []
    printed = [e for e in edges if e["orientation"] == "v" and e["height"] > SAME_EDGE]
    runs = [r for r in runs_of(glyphs, GAP) if r.x1 > r.x0]
    out: list[Edge] = []
    parts = [part for table in tables for part in _parted(table, runs)]
    several = len(parts) > len(tables)
    for rules in parts:
        top, bottom = rules[0][0], rules[-1][0]
        left, right = _span(rules[0][1])
        inner = [e for e in printed if left + SAME_EDGE < e["x0"] < right - SAME_EDGE]
        if any(e["top"] < bottom and e["bottom"] > top for e in inner) or _hold_columns(rules, runs):
            continue
        open_row = _row_above(rules[0], runs, before)
        for height, pieces in [*open_row, *(rules if several else ())]:
            x0, x1 = _span(pieces)
            out.append(edge(x0 - OVER, height, x1 + OVER, height))
        rules = [*open_row, *rules]
        uprights = list[Edge]()
        for k, ((above, _), (below, _)) in enumerate(pairwise(rules)):
            inside = _between(runs, above, below)
            ends = _ends([pieces for _, pieces in rules[k + 1 :]])
            free = [x for x in ends if not any(runs_across(r, x) for r in inside)]
            uprights += [edge(x, above, x, below) for x in free]
        out += joined(uprights)  # one that goes on ends at no row
    return out


def _row_above(rule: Rule, runs: Sequence[Run], before: PrintedTable | None) -> list[Rule]:
    """The rule over the row that stands above a table's first one, where each cell is drawn with its lower edge alone: that
    row's texts each stand in one of the rule's pieces, and nearly all of these hold one, or one does where the table goes
    on from the page `before`, which cut that row. None where no such row does."""
    height, pieces = rule
    lines = lines_of_runs([r for r in runs if r.bottom <= height + SAME_HEIGHT and height - r.bottom < FAR * r.size])
    top, held = height, set[int]()
    for line in reversed(lines):
        homes = [next((k for k, (a, b) in enumerate(pieces) if a <= (r.x0 + r.x1) / 2 <= b), None) for r in line]
        size = max(r.size for r in line)
        apart = top - max(r.bottom for r in line)
        crossed = any(runs_across(r, x) for r in line for _, x in pieces[:-1])
        if None in homes or crossed or apart > (OPEN if held else NEAR) * size:
            break
        held.update(k for k in homes if k is not None)
        top = min(r.top for r in line)
    edges = column_edges(before) if before is not None else []
    goes_on = all(is_among(x, edges) for piece in pieces for x in piece)
    if len(held) < (1 if goes_on else max(LEAST_NAMED, len(pieces) - 1)):
        return []
    return [(top - TOUCHING, pieces)]


def runs_across(run: Run, x: float) -> bool:
    """Whether a text stands on both sides of an upright; not where a stop hangs over it, behind which the next cell's text
    begins."""
    if not run.x0 < x - ACROSS < run.x1 - 2 * ACROSS:
        return False
    for a, b in pairwise([*run.glyphs, None]):
        if a is not None and a.text in HANGING and a.x0 < x - ACROSS and (b is None or b.x0 > x):
            return b is not None and abs(b.x0 - a.x1) <= HANGS * run.size
    return True


def _hold_columns(rules: Sequence[Rule], runs: Sequence[Run]) -> bool:
    """Whether many pieces have texts side by side above them: they are no cells' edges."""
    cells = wide = 0
    for (above, _), (below, pieces) in pairwise(rules):
        inside = _between(runs, above, below)
        for a, b in pieces:
            own = sorted((r for r in inside if a <= (r.x0 + r.x1) / 2 <= b), key=lambda r: (round(r.top), r.x0))
            cells += bool(own)
            wide += any(abs(q.top - p.top) < 2 and q.x0 - p.x1 > SEGMENT_GAP * p.size for p, q in pairwise(own))
    return wide > MOST_WIDE * cells


def _between(runs: Sequence[Run], above: float, below: float) -> list[Run]:
    return [r for r in runs if above <= (r.top + r.bottom) / 2 <= below]


def _parted(rules: list[Rule], runs: Sequence[Run]) -> list[list[Rule]]:
    """The rules of one width as those of one table or of several: what stands between two tables is no row, but larger
    than their text, or lines of one piece each, or it stands over the header that began the table above. Nor is a line
    under the rule of the page's head, which is in one piece, a row."""
    size = median([r.size for r in _between(runs, rules[0][0], rules[-1][0])] or [0.0])
    held = [_between(runs, above[0], below[0]) for above, below in pairwise(rules)]
    out, head = [[rules[0]]], _said(held[0])
    for k, inside in enumerate(held):
        lines = {round((r.top + r.bottom) / 2 / max(r.size, 1.0)) for r in inside}
        of_page = k == 0 and not _is_tiled(rules[0][1]) and _name_below(inside) is not None and len(lines) == 1
        if k and len(inside) > 1 and _said(inside) == head and len(out[-1]) > 1:
            out[-1] = _without_name(out[-1], held[k - 1])
            out.append([rules[k]])
        elif inside and (of_page or min(r.size for r in inside) > LARGER * size or len(inside) == len(lines) > 1):
            out.append([])
            head = _said(held[k + 1]) if k + 1 < len(held) else ""
        out[-1].append(rules[k + 1])
    return [part for part in out if len(part) >= FEW]


def _without_name(rules: list[Rule], inside: Sequence[Run]) -> list[Rule]:
    """A table's rules, of which the last is that over the next table's header, without what names that table: it stands
    in a line of its own below the rows. `inside`: what stands between the last two rules."""
    name = _name_below(inside)
    if name is None:
        return rules
    rows = [r.bottom for r in inside if r.bottom < name]
    return [*rules[:-1], ((max(rows) + name) / 2, rules[-2][1])] if rows else rules[:-1]


def _name_below(inside: Sequence[Run]) -> float | None:
    """The top of the last line, where it holds but one piece; None where it holds more."""
    last = max(lines_of_runs(inside), key=lambda line: line[0].top, default=[])
    apart = any(b.x0 - a.x1 > SEGMENT_GAP * a.size for a, b in pairwise(last))
    return min(r.top for r in last) if last and not apart else None


def _said(runs: Sequence[Run]) -> str:
    in_order = sorted(runs, key=lambda r: (r.x0, r.top))
    return "".join(g.text for r in in_order for g in r.glyphs if not g.text.isspace())


def _rules(edges: Sequence[Edge]) -> list[Rule]:
    """(height, pieces from left to right) of the rules, from the top."""
    out: list[Rule] = []
    across = [e for e in edges if e["orientation"] == "h" and e["width"] > SAME_EDGE]
    for e in sorted(across, key=lambda e: (e["top"], e["x0"])):
        if not out or e["top"] - out[-1][0] > SAME_HEIGHT:
            out.append((e["top"], []))
        if not any(abs(a - e["x0"]) < TOUCHING and abs(b - e["x1"]) < TOUCHING for a, b in out[-1][1]):
            out[-1][1].append((e["x0"], e["x1"]))
    return [(height, sorted(pieces)) for height, pieces in out]


def _tables(rules: Sequence[tuple[float, list[Piece]]]) -> list[list[Rule]]:
    """Rules of one width, one below the other, of which some are made of pieces that touch one another; between them also
    such as leave out cells at one end, which go on below."""
    groups: list[list[Rule]] = []
    for rule in rules:
        whole = next((r for r in reversed(groups[-1]) if _is_as_wide(groups[-1][0], r)), rule) if groups else rule
        if groups and (_is_as_wide(whole, rule) or _leaves_out(whole, rule)):
            groups[-1].append(rule)
        else:
            groups.append([rule])
    for g in groups:
        while not _is_as_wide(g[0], g[-1]):
            g.pop()
    return [g for g in groups if len(g) >= FEW and sum(_is_tiled(pieces) for _, pieces in g) >= TILED]


def _is_as_wide(a: Rule, b: Rule) -> bool:
    return all(abs(x - y) <= SAME_EDGE for x, y in zip(_span(a[1]), _span(b[1]), strict=True))


def _leaves_out(whole: Rule, rule: Rule) -> bool:
    """Whether a rule begins, or ends, with one of the whole rule's pieces behind the first, or before the last."""
    (left, right), (x0, x1) = _span(whole[1]), _span(rule[1])
    inner = [b for _, b in whole[1][:-1]]
    if abs(x1 - right) <= SAME_EDGE:
        return any(abs(x0 - x) <= TOUCHING for x in inner)
    return abs(x0 - left) <= SAME_EDGE and any(abs(x1 - x) <= TOUCHING for x in inner)


def _span(pieces: Sequence[Piece]) -> Piece:
    return pieces[0][0], max(b for _, b in pieces)


def _is_tiled(pieces: Sequence[Piece]) -> bool:
    return len(pieces) > 1 and all(abs(b[0] - a[1]) <= TOUCHING for a, b in pairwise(pieces))


def _ends(below: Sequence[Sequence[Piece]]) -> list[float]:
    """Where the cells above the first of the rules end: its pieces, and, where it has a gap, those of the rules below,
    to which a cell goes on that spans rows."""
    found: list[Piece] = []
    for pieces in below:
        found += [(a, b) for a, b in pieces if not any(a < d - TOUCHING and c < b - TOUCHING for c, d in found)]
    return sorted({round(x, 1) for piece in found for x in piece})
