"""Serial numbers of a table's rows: without gaps, none twice."""

from __future__ import annotations

import itertools

import regex as re

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.language.text import fold
from juanzong.stages.tables.kinds import is_total

_SERIAL = re.compile(r"(\d{1,3})(?:$|[.、](?!\d))")
_CODE = re.compile("代[码号]|编码|学号|门牌")
_NAMED = re.compile("[序号次目项]|№|(?i:no)|^$")  # what a second column of numbers is called; 缺勤 may be 1, 2, 3, 1, 3
_SIGNS = 3  # of what a number may be misread as
_ENOUGH = 3  # serial numbers that make a series
_SHARE = 0.6  # of the column's filled cells that must carry one


def check_serials(body: list[list[tree.Cell]], names: list[str]) -> list[Finding]:
    """Where the numbers of the first column that counts 1, 2, 3 ... leave one out or print one twice."""
    rows = [row for row in body if len({id(x) for x in row}) > 1 and not is_total(row[0].text.text)]
    for c in range(min(2, len(body[0]))):
        cells = [cell for cell in {id(row[c]): row[c] for row in rows}.values() if cell.text.text.strip()]
        found = [(cell, int(m.group(1))) for cell in cells if (m := _SERIAL.match(fold(cell.text.text)))]
        if len(found) < _ENOUGH or len(found) < _SHARE * len(cells):
            continue
        if (c and (found[0][1] != 1 or not _NAMED.search(names[c]))) or _CODE.search(names[c]):  # amounts that rise
            continue
        steps = [b - a for (_, a), (_, b) in itertools.pairwise(found)]
        if sum(s == 1 for s in steps) * 2 < len(steps):
            continue
        return [
            _finding(last, _misread_between(cells, last, cell, s) or cell, a)
            for (last, a), (cell, b), s in zip(found, found[1:], steps, strict=False)
            if s != 1 and b != 1
        ]
    return []


def _misread_between(cells: list[tree.Cell], last: tree.Cell, cell: tree.Cell, step: int) -> tree.Cell | None:
    """The one cell that stands between two numbers in the place of the one left out, in a few signs: 3, A, 5."""
    first, end = (next(k for k, c in enumerate(cells) if c is x) for x in (last, cell))
    between = cells[first + 1 : end]
    alone = step == 2 and len(between) == 1 and len(between[0].text) <= _SIGNS
    return between[0] if alone else None


def _finding(last: tree.Cell, cell: tree.Cell, a: int) -> Finding:
    stands = m.group(1) if (m := _SERIAL.match(fold(cell.text.text))) else cell.text.text
    return Finding(
        "table-serial",
        "warning",
        f"序号 {a} 之后应为 {a + 1}，表中为 {stands}",
        [cell, last],
        {"expected": str(a + 1), "actual": stands},
    )
