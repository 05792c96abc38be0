"""What the rows of a table have in common without saying so: one column is the sum, or the product, of others in every row
but one, which is told. (许可 less 实际 is 剩余, 数量 times 单价 is 金额.)"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

import regex as re

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.stages.checks.figures import figure, label, step
from juanzong.stages.checks.sum_parts import SUMS, Slots
from juanzong.stages.tables.kinds import is_total

_ROWS = 5  # with all their figures; all of them but one agree
_COLUMNS = 10  # of figures: in wider tables some agree by chance
_PLAIN = 10  # below it numbers often add up by chance
_NAMES = re.compile("序号|编号|[学证账]号|号码|代码|年份|电话|手机")


class _Form(NamedTuple):
    """Column `of` is made of the `parts`: their product, else their sum."""

    of: int
    parts: tuple[int, ...]
    product: bool


def check_relations(body: Slots, names: Sequence[str]) -> list[Finding]:
    """The one row of each such relation that does not agree. `where`: the cell that is made of others, then those."""
    rows = [row for row in body if len({id(c) for c in row}) == len(row) and not is_total(label(row))]
    if len(rows) < _ROWS:
        return []
    columns = [
        c
        for c, name in enumerate(names)
        if c and not _NAMES.search(name) and sum(figure(row[c]) is not None for row in rows) >= _ROWS
    ]
    if not 3 <= len(columns) <= _COLUMNS:
        return []
    known = {c: [figure(row[c]) for row in rows] for c in columns}
    told: dict[int, Finding] = {}
    for form in _forms(columns, names):
        at = _odd_one(form, known)
        if at is not None and at not in told:
            told[at] = _finding(form, rows[at], names)
    return [told[at] for at in sorted(told)]


def _forms(columns: Sequence[int], names: Sequence[str]) -> Iterator[_Form]:
    """A column named 合计 is compared elsewhere."""
    for a in columns:
        others = [c for c in columns if c != a]
        if not SUMS.search(names[a]):
            left, right = [c for c in others if c < a], [c for c in others if c > a]
            runs = [some for side in (left[::-1], right) for n in range(3, len(side) + 1) for some in [tuple(side[:n])]]
            for parts in (*combinations(others, 2), *runs):
                yield _Form(a, parts, False)
        for parts in combinations(others, 2):
            yield _Form(a, parts, True)


def _odd_one(form: _Form, known: dict[int, list[Decimal | None]]) -> int | None:
    """The one row that does not agree, if all others that have the figures do, and not by chance."""
    odd: int | None = None
    agree = telling = 0
    for at, figures in enumerate(zip(known[form.of], *(known[c] for c in form.parts), strict=True)):
        stands, *parts = figures
        values = [p for p in parts if p is not None]
        if stands is None or len(values) < len(parts):
            continue
        off = abs(stands - _made(form, values))
        if off <= (step([stands]) / 2 if form.product else 0):
            agree += 1
            telling += _tells(form, stands, values)
        elif odd is not None:
            return None
        else:
            odd = at
    return odd if odd is not None and agree >= _ROWS - 1 and telling >= _ROWS - 1 else None


def _made(form: _Form, parts: Sequence[Decimal]) -> Decimal:
    if not form.product:
        return sum(parts, Decimal(0))
    out = Decimal(1)
    for part in parts:
        out *= part
    return out


def _tells(form: _Form, stands: Decimal, parts: Sequence[Decimal]) -> bool:
    """Whether figures agree otherwise than by chance, as small ones, nothing and one do."""
    if form.product:
        return all(abs(p) not in (0, 1) for p in parts)
    digits = abs(stands).normalize().as_tuple().digits
    return (abs(stands) >= _PLAIN or len(digits) > 1) and sum(p != 0 for p in parts) > 1


def _finding(form: _Form, row: list[tree.Cell], names: Sequence[str]) -> Finding:
    parts = [figure(row[c]) for c in form.parts]
    expected = _made(form, [p for p in parts if p is not None])
    of, said = names[form.of] or f"第{form.of + 1}列", "、".join(names[c] or f"第{c + 1}列" for c in form.parts)
    end = f"为 {expected}，表中“{of}”为 {figure(row[form.of])}；其余各行均相符"
    return Finding(
        "table-relation",
        "warning",
        f"{label(row)}：{said}之积{end}" if form.product else f"{label(row)}：{said}之和{end}",
        [row[form.of], *(row[c] for c in form.parts)],
        {"expected": str(expected), "actual": str(figure(row[form.of]))},
    )
