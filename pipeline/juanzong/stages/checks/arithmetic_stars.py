"""Star matrices: the counts beside and below the stars, the legend's highest mark, and what a map repeats of them."""

from __future__ import annotations

from dataclasses import dataclass

import regex as re

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.language.text import fold
from juanzong.stages.tables.grid import cells_of
from juanzong.stages.tables.kinds import is_raised, kind, unmarked

_LEGEND = re.compile("标注|表示|代表|用★")
_STARS = re.compile("★+")
_IN_BRACKETS = re.compile(r"\((\d{1,3})\)")
_NUMBER = re.compile(r"^\d{1,2}[.、]?")


@dataclass
class Matrix:
    """A table most of whose inner cells are stars. `stars`: its columns of stars; `count`: the column that counts them
    by row; `sums`: the row that counts them by column."""

    body: list[list[tree.Cell]]
    heads: list[tree.Cell]
    stars: list[int]
    count: int | None
    sums: list[tree.Cell] | None


def matrix_of(table: tree.Table) -> Matrix | None:
    """The table as a star matrix, if it is one."""
    slots = cells_of(table)
    body, width = slots[table.header_rows :], len(slots[0])
    if width < 3:  # labels, and stars in two columns at the least
        return None
    share = [[kind(row[c].text.text) == "star" for row in body if row[c].text.text.strip()] for c in range(width)]
    stars = [c for c in range(1, width) if share[c] and sum(share[c]) * 2 > len(share[c])]
    legend = any(kind(row[0].text.text) == "star" for row in body)
    if len(stars) < 2 or not table.header_rows or legend:
        return None
    last = body[-1]
    counted = any(_int(last[c]) is not None for c in stars) and not _filled([last[c] for c in stars])
    rows = body[:-1] if counted else body
    count = next(
        (c for c in range(max(stars) + 1, width) if sum(_int(row[c]) is not None for row in rows) * 2 > len(rows)), None
    )
    return Matrix(rows, slots[table.header_rows - 1], stars, count, last if counted else None)


def _int(cell: tree.Cell) -> int | None:
    text = fold(unmarked(cell.text.text))
    return int(text) if text.isdecimal() and not is_raised(cell.text.text) else None


def _filled(cells: list[tree.Cell]) -> list[tree.Cell]:
    return [c for c in cells if kind(c.text.text) == "star"]


def check_stars(document: tree.Document, tables: list[tree.Table]) -> list[Finding]:
    """Findings on the star matrices of one document."""
    findings: list[Finding] = []
    highest = _legend(document, tables)
    matrices = [m for m in map(matrix_of, tables) if m is not None]
    figures = [block for block in tree.walk(document.body) if isinstance(block, tree.Figure)]
    for matrix in matrices:
        for row in matrix.body:
            if matrix.count is not None:
                findings += _counted(row[matrix.count], [row[c] for c in matrix.stars], fold(row[0].text.text))
        for c in matrix.stars:
            if matrix.sums is not None:
                findings += _counted(matrix.sums[c], [row[c] for row in matrix.body], fold(matrix.heads[c].text.text))
        if highest:
            above = [row[c] for row in matrix.body for c in matrix.stars if len(fold(row[c].text.text)) > highest]
            findings += _above(above, highest)
    for figure in figures:
        named = sorted(((_named(matrix, figure), -k) for k, matrix in enumerate(matrices)), reverse=True)
        if named and named[0][0] > 1 and (len(named) == 1 or named[1][0] < named[0][0]):
            findings += _repeated(matrices[-named[0][1]], figure)
    return findings


def _kinds(matrix: Matrix) -> dict[str, list[tree.Cell]]:
    return {_NUMBER.sub("", fold(row[0].text.text)): row for row in matrix.body}


def _named(matrix: Matrix, figure: tree.Figure) -> int:
    """How many of the matrix's rows the figure names."""
    text = fold("".join(line.text for line in figure.text))
    return sum(name in text for name in _kinds(matrix))


def _counted(cell: tree.Cell, row: list[tree.Cell], name: str) -> list[Finding]:
    stands, expected = _int(cell), len(_filled(row))
    marks = "".join(c.text.text for c in _filled(row))  # where stars are a rating, each may count
    full = sum("★" in c.text.text for c in _filled(row))
    if stands is None or stands in (expected, full, marks.count("★")):
        return []
    return [
        Finding(
            "table-stars",
            "error",
            f"{name}：标★ {expected} 处，表中计为 {stands}",
            [cell, *row],
            {"expected": str(expected), "actual": str(stands)},
        )
    ]


def _legend(document: tree.Document, tables: list[tree.Table]) -> int:
    """The most stars that a legend in the document explains; 0 where there is none or legends differ."""
    told = [n.text for t in tables for n in t.notes]
    told += [b.text.text for b in tree.walk(document.body) if isinstance(b, tree.Paragraph)]
    marks = {max(map(len, _STARS.findall(text))) for text in told if "★" in text and _LEGEND.search(text)}
    return marks.pop() if len(marks) == 1 else 0


def _above(cells: list[tree.Cell], highest: int) -> list[Finding]:
    """One finding for all cells of a matrix that show more stars than its legend knows."""
    if not cells:
        return []
    most = max(len(fold(cell.text.text)) for cell in cells)
    told = f"“{'★' * most}”等 {len(cells)} 格多于图例中的最多 {highest} 颗★"
    return [Finding("table-legend", "warning", told, [*cells], {"expected": f"≤{highest}", "actual": str(most)})]


def _count_behind(text: str, name: str) -> int | None:
    """The figure of one to three digits that the text ends in, right behind the name."""
    for digits in (3, 2, 1):
        at = len(text) - digits
        if at >= len(name) and text[at:].isdecimal() and text.endswith(name, 0, at):
            return int(text[at:])
    return None


def _repeated(matrix: Matrix, figure: tree.Figure) -> list[Finding]:
    """Counts that a map prints beside a place (甲市（10）) or behind a kind (新材料 15), against the matrix."""
    places = {fold(matrix.heads[c].text.text): c for c in matrix.stars}
    rows = _kinds(matrix)
    findings = []
    for line in figure.text:
        text = fold(line.text)
        counts = list(_IN_BRACKETS.finditer(text))
        said = [(name, int(m[1])) for name in places for m in counts if text.endswith(name, 0, m.start())]
        said += [(name, n) for name in rows if name in text and (n := _count_behind(text, name)) is not None]
        for name, n in said:
            column = name in places
            cells = [row[places[name]] for row in matrix.body] if column else [rows[name][c] for c in matrix.stars]
            expected = len(_filled(cells))
            if n != expected:
                head = matrix.heads[places[name]] if column else rows[name][0]
                findings.append(
                    Finding(
                        "table-figure",
                        "warning",
                        f"{name}：图中为 {n}，表中标★ {expected} 处",
                        [head, figure],
                        {"expected": str(expected), "actual": str(n)},
                    )
                )
    return findings
