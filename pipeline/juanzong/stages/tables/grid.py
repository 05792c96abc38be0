"""A table as a matrix of places: a merged cell is one place that stands in several slots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from juanzong.core import tree
from juanzong.core.traced import EMPTY, Traced
from juanzong.stages.tables.raw import RawRow


@dataclass(eq=False, slots=True)
class Place:
    """A cell. `given`: the source says how far it spans or that it is empty; `lost`: the source has none there."""

    text: Traced = EMPTY
    given: bool = False
    lost: bool = False
    exact: bool = False  # of a file whose cells are known: an empty one is a cell, too

    @property
    def blank(self) -> bool:
        text = self.text.text
        return not text or text.isspace()

    @property
    def open(self) -> bool:
        """Whether it is blank and the source does not say so: it may be part of a merged cell."""
        return self.blank and (self.lost or not self.given)


Line = list[Place]
Grid = list[Line]


def layout(rows: Sequence[Sequence[tuple[int, int]]]) -> list[list[tuple[int, int] | None]]:
    """Rows of (row span, column span) to slots: for each the (row, cell) that stands there, None where nothing does.

    >>> layout([[(2, 1), (1, 2)], [(1, 1)]])
    [[(0, 0), (0, 1), (0, 1)], [(0, 0), (1, 0)]]
    """
    grid: list[list[tuple[int, int] | None]] = []
    below: dict[int, tuple[int, tuple[int, int]]] = {}  # column -> rows still to fill, with what
    for r, spans in enumerate(rows):
        line: list[tuple[int, int] | None] = []
        k = 0
        last = max(below, default=-1)
        while k < len(spans) or last >= len(line):
            column = len(line)
            if column in below:
                left, owner = below.pop(column)
                line.append(owner)
                if left > 1:
                    below[column] = (left - 1, owner)
                continue
            if k == len(spans):
                line.append(None)
                continue
            down, right = spans[k]
            for c in range(column, column + right):
                if c > column and c in below:  # a span that runs into another one ends there
                    break
                line.append((r, k))
                if down > 1:
                    below[c] = (down - 1, (r, k))
            k += 1
        grid.append(line)
    return grid


def slots_of(rows: Sequence[RawRow] | Sequence[tree.Row]) -> list[list[tuple[int, int] | None]]:
    """The slots of rows with their spans, as of `layout`."""
    return layout([[(c.row_span, c.col_span) for c in row.cells] for row in rows])


def expand(rows: Sequence[RawRow]) -> Grid:
    """Rows with spans to slots; the slots of one cell hold the same place. Rows may differ in length."""
    merged = _has_spans(rows)
    given = merged or any(row.exact and row.cells for row in rows)
    places = [[Place(cell.text, given, False, row.exact) for cell in row.cells] for row in rows]
    return _spread(places, slots_of(rows)) if merged else places


def _has_spans(rows: Sequence[RawRow] | Sequence[tree.Row]) -> bool:
    for row in rows:
        for cell in row.cells:
            if cell.row_span != 1 or cell.col_span != 1:
                return True
    return False


def _spread(places: Grid, slots: Sequence[Sequence[tuple[int, int] | None]]) -> Grid:
    """The places of cells in the slots that they fill."""
    return [[places[s[0]][s[1]] if s else Place(lost=True) for s in line] for line in slots]


def width_of(grid: Grid) -> int:
    """Columns that hold anything: trailing padding that all rows share is none."""
    return max((k + 1 for line in grid for k, place in enumerate(line) if not place.blank or place.exact), default=0)


def fit(grid: Grid, width: int) -> None:
    """Every row gets `width` slots: padding goes, what is missing is marked as lost."""
    for line in grid:
        del line[width:]
        line += [Place(lost=True) for _ in range(width - len(line))]


def stands_alone(line: Line) -> bool:
    """Whether nothing but the first cell is filled: a group row."""
    return not line[0].blank and all(p.blank or p is line[0] for p in line)


def is_whole(line: Line) -> bool:
    """Whether one cell fills the row."""
    return len(set(line)) == 1


def swap(grid: Grid, old: Place, new: Place) -> None:
    """Every slot of `old` shows `new`."""
    for line in grid:
        for k, place in enumerate(line):
            if place is old:
                line[k] = new


def rows_of_grid(grid: Grid) -> list[tree.Row]:
    """The grid as rows of cells: a merged cell stands once, at its top left. Slots of one place that form no rectangle
    are parted: the text stays in the topmost rectangle, the others are empty."""
    if len({id(place) for line in grid for place in line}) == sum(map(len, grid)):  # no merged cell, as mostly
        return [tree.Row([tree.Cell(place.text) for place in line]) for line in grid]
    rows: list[tree.Row] = []
    done: set[tuple[int, int]] = set()
    told: set[int] = set()
    for r, line in enumerate(grid):
        cells = []
        for c, place in enumerate(line):
            if (r, c) in done:
                continue
            right = c
            while right + 1 < len(line) and line[right + 1] is place and (r, right + 1) not in done:
                right += 1
            down = r
            while down + 1 < len(grid) and all(
                k < len(grid[down + 1]) and grid[down + 1][k] is place and (down + 1, k) not in done
                for k in range(c, right + 1)
            ):
                down += 1
            done |= {(i, k) for i in range(r, down + 1) for k in range(c, right + 1)}
            cells.append(tree.Cell(EMPTY if id(place) in told else place.text, down - r + 1, right - c + 1))
            told.add(id(place))
        rows.append(tree.Row(cells))
    return rows


def grid_of(table: tree.Table) -> Grid:
    """The slots of a finished table; blank where no cell stands."""
    merged = _has_spans(table.rows)
    grid = [[Place(cell.text, merged) for cell in row.cells] for row in table.rows]
    grid = _spread(grid, slots_of(table.rows)) if merged else grid
    fit(grid, max(map(len, grid), default=0))
    return grid


def cells_of(table: tree.Table) -> list[list[tree.Cell]]:
    """The cell that stands in each slot of a finished table; rows have one length, a slot with no cell an empty one."""
    width = max((len(row.cells) for row in table.rows), default=0)
    if not _has_spans(table.rows):
        return [[*row.cells, *(tree.Cell() for _ in range(width - len(row.cells)))] for row in table.rows]
    grid = grid_of(table)
    places = [p for p in dict.fromkeys(p for line in grid for p in line) if not p.lost]
    cell = dict(zip(places, (c for row in table.rows for c in row.cells), strict=False))
    return [[cell.get(p) or tree.Cell() for p in line] for line in grid]
