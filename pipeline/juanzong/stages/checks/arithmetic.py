"""Whether tables add up: sums, claimed counts, base and change, serial numbers, star matrices. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex as re

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.language.text import fold, number_of
from juanzong.stages.checks.arithmetic_series import check_serials
from juanzong.stages.checks.arithmetic_stars import check_stars
from juanzong.stages.checks.figures import figure, label, step, unit_of
from juanzong.stages.checks.row_relations import check_relations
from juanzong.stages.checks.sum_parts import SUMS, Slots, sums_of, whole_of
from juanzong.stages.checks.table_content import check_content, check_loops
from juanzong.stages.tables.grid import cells_of
from juanzong.stages.tables.kinds import kind
from juanzong.stages.tables.values import is_unit, unit_in

Sum = tuple[tree.Cell, list[tree.Cell], str]
"""A cell, those it sums up, and what it is called."""

_CHANGE = re.compile(r"\[([-+]?\d+(?:\.\d+)?)\]")
_BRACKETED = re.compile(r"[\]］]\s*$")
_CLAIM = re.compile(r"(\d+)个(?:大项|项目|类|项|专项|小项)")
_RATE = re.compile(
    "增长|增速|增幅|比重|占比|比例|率[（(%％‰]?$|率[（(]|年均|人均|户均|平均|均价|单价|密度|指数|系数|排名|位次|年限|时限|序号|[学证编账]号|号码|电话|手机|代码"
)
_UNITS = re.compile("(计量|数量)?单位")
_PLAUSIBLE = Decimal("0.3")  # a change further off than this share of itself is no difference but a running total
_PERCENT = Decimal("0.1")  # rounding of a change in percent
_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)")  # of a spreadsheet
_LARGE = Decimal(10000)  # from here on amounts may be rounded
_ROUNDED = re.compile("[百千万亿][元人亩吨户]|[万亿]")
_SEVERAL = 4  # rows that together can show what a column sums up


def check_tables(documents: list[tree.Document]) -> list[Finding]:
    """All findings on the tables of the documents, in reading order. `where` names the cell that is off, then the
    cells that take part; `evidence` has `expected` and `actual` as strings."""
    findings: list[Finding] = []
    for document in documents:
        found = [b for b in tree.walk(document.body) if isinstance(b, tree.Table)]
        findings += check_content(found)
        tables = [table for table in found if table.rows]
        for table in tables:
            findings += check_loops(table)
            body, names = body_of(table)
            if not body:
                continue
            columns = _additive(body, names)
            findings += check_totals(body, names, columns)
            findings += check_total_columns(body, names, columns)
            findings += check_claims(body)
            findings += check_changes(body)
            findings += check_serials(body, names)
            findings += check_relations(body, names)
        findings += check_stars(document, tables)
    return findings


def body_of(table: tree.Table) -> tuple[Slots, list[str]]:
    """The rows below the header, each merged cell in all its places, and what the columns are called."""
    slots = cells_of(table)
    names = [" ".join(fold(r[c].text.text) for r in slots[: table.header_rows]) for c in range(len(slots[0]))]
    return slots[table.header_rows :], names


def sums_in(table: tree.Table) -> list[Sum]:
    """All that a table says that it sums up: rows, and the columns of each row."""
    body, names = body_of(table)
    if not body:
        return []
    columns = _additive(body, names)
    total, rest = _total_column(names, columns)
    across: list[Sum] = [(row[total], [row[c] for c in rest], label(row)) for row in body] if rest else []
    return [*_totals(body, names, columns), *across]


def _additive(body: Slots, names: list[str]) -> list[int]:
    """Columns of amounts: mostly plain numbers, and no rates, years or serial numbers by name."""
    out = []
    for c, name in enumerate(names):
        filled = [row[c] for row in body if row[c].text.text.strip() and kind(row[c].text.text) != "dash"]
        numbers = [figure(cell) for cell in filled]
        if c and filled and sum(n is not None for n in numbers) * 2 > len(filled) and not _RATE.search(name):
            out.append(c)
    return out


def check_totals(body: Slots, names: list[str], columns: list[int]) -> list[Finding]:
    """合计 rows against the rows they sum up, and rows with an ordinal against those one level below them. `columns`:
    those of amounts."""
    sums = _totals(body, names, columns)
    exact = _are_exact(sums)
    return [f for some in sums for f in _compare(*some, exact=exact)]


def _totals(body: Slots, names: list[str], columns: list[int]) -> list[Sum]:
    """What the rows of a table say that they sum up, column by column."""
    if any(kind(cell.text.text) == "star" for row in body for cell in row):
        return []
    units = next((c for c, name in enumerate(names) if _UNITS.fullmatch(name) and _holds_units(body, c)), None)
    sums: list[Sum] = []
    for total, parts in sums_of(body):
        mixed = units is not None and len({fold(body[r][units].text.text) for r in parts}) > 1
        for c in columns:
            if mixed and unit_in(names[c]) is None:
                continue  # kilometres and bridges
            sums.append(_sum_of(body, names, total, parts, c))
    if (whole := whole_of(body, columns)) is not None:
        row, parts, told = whole
        sums += [_sum_of(body, names, row, parts, c) for c in told]
    return sums


def _sum_of(body: Slots, names: list[str], total: int, parts: list[int], c: int) -> Sum:
    cells = {id(cell): cell for cell in (body[r][c] for r in parts)}  # one that spans several rows counts once
    return body[total][c], [*cells.values()], f"{label(body[total])}，{names[c]}"


def _are_exact(sums: Sequence[Sum]) -> bool:
    """Whether the sums are of counts that nobody rounded: whole numbers, none large, of which most add up to the last
    digit, two at least."""
    off = [
        abs(sum(values, Decimal(0)) - stands)
        for total, parts, _ in sums
        if (stands := figure(total)) is not None and len(values := [v for v in map(figure, parts) if v is not None]) > 1
        if all(v == v.to_integral_value() and v < _LARGE for v in (stands, *values))
    ]
    rounded = any(_ROUNDED.search(where) for *_, where in sums)
    return not rounded and len(off) == len(sums) and off.count(Decimal(0)) > max(1, len(off) // 2)


def _holds_units(body: Slots, c: int) -> bool:
    """Whether a column named 单位 says what is counted; else it names organs, whose amounts add up."""
    filled = [text for row in body if (text := row[c].text.text.strip())]
    return sum(map(is_unit, filled)) * 2 >= len(filled) > 0


def amounts_of(some: Sum) -> tuple[Decimal, list[Decimal]] | None:
    """What a sum says and the figures that it sums up; None where it cannot be reckoned."""
    total, parts, _ = some
    stands = figure(total)
    values = [v for v in map(figure, parts) if v is not None]
    words = [p for p in parts if figure(p) is None and kind(p.text.text) not in ("", "dash")]
    units = {unit_of(cell) for cell in (total, *parts) if figure(cell) is not None}
    if stands is None or len(values) < 2 or words or len(units) > 1:
        return None
    return stands, values


def _compare(total: tree.Cell, parts: list[tree.Cell], where: str, *, exact: bool = False) -> list[Finding]:
    amounts = amounts_of((total, parts, where))
    if amounts is None:
        return []
    stands, values = amounts
    expected = sum(values, Decimal(0))
    if abs(expected - stands) <= (0 if exact else step([stands, *values])):
        return []
    return [
        Finding(
            "table-sum",
            "error",
            f"{where}：各项之和为 {expected}，表中为 {stands}",
            [total, *parts],
            {"expected": str(expected), "actual": str(stands)},
        )
    ]


def check_total_columns(body: Slots, names: list[str], columns: list[int]) -> list[Finding]:
    """A column named 合计 against the other `columns` of amounts, row by row."""
    total, rest = _total_column(names, columns)
    if not rest:
        return []
    rows = [row for row in body if not any(_ERROR.fullmatch(c.text.text.strip()) for c in row)]  # #REF!: not known
    told: list[Sum] = [(row[total], [row[c] for c in rest], f"{label(row)}，{names[total]}") for row in rows]
    exact = _are_exact([some for some in told if figure(some[0]) is not None])
    found = [f for some in told for f in _compare(*some, exact=exact)]
    compared = sum(figure(row[total]) is not None for row in rows)
    if compared >= _SEVERAL and len(found) * 2 > compared:  # most rows: it sums up others
        return []
    if len(found) == compared and any(_adds_up(rows, total, some) for some in _runs_beside(rest, total)):
        return []
    return found


def _total_column(names: list[str], columns: list[int]) -> tuple[int, list[int]]:
    """The column named 合计 and the other columns of amounts; none of these where nothing shows what it sums up."""
    sums = [c for c in columns if SUMS.search(names[c])]
    rest = [c for c in columns if c not in sums]
    summed = len(sums) == 1 and len(rest) > 1 and not any("其中" in name for name in names)
    return (sums[0], rest) if summed else (0, [])


def _runs_beside(columns: list[int], total: int) -> Iterator[list[int]]:
    """The columns of amounts that a total may sum up in place of all: two or more right before or right behind it."""
    left, right = [c for c in columns if c < total], [c for c in columns if c > total]
    yield from (left[-n:] for n in range(2, len(left) + 1))
    yield from (right[:n] for n in range(2, len(right) + 1))


def _adds_up(rows: Slots, total: int, parts: list[int]) -> bool:
    """Whether the columns add up to the total in all rows that have figures."""
    filled = [row for row in rows if figure(row[total]) is not None]
    return bool(filled) and not any(_compare(row[total], [row[c] for c in parts], "") for row in filled)


def check_claims(body: Slots) -> list[Finding]:
    """A count in the total's label (合计 50 个大项) against the counts in the labels of the groups."""
    found = []
    for r, row in enumerate(body):
        for cell in row[:2]:
            claim = _CLAIM.search(fold(cell.text.text)) if "个" in cell.text.text else None
            if claim:
                found.append((r, cell, int(claim.group(1))))
                break
    totals = [f for f in found if SUMS.match(fold(f[1].text.text))]
    groups = [f for f in found if f not in totals]
    if len(totals) != 1 or len(groups) < 2:
        return []
    _, cell, stands = totals[0]
    expected = sum(n for _, _, n in groups)
    if expected == stands:
        return []
    return [
        Finding(
            "table-count",
            "error",
            f"“{fold(cell.text.text)}”：各组所列之和为 {expected}",
            [cell, *(c for _, c, _ in groups)],
            {"expected": str(expected), "actual": str(stands)},
        )
    ]


def check_changes(body: Slots) -> list[Finding]:
    """A cumulated change in brackets against base and result: 45.14, 44.64, [-0.5]. The base is the row's first figure,
    the result stands before the bracket. Where the change is far off, it is a running total and says nothing."""
    findings = []
    for row in body:
        if not any(_BRACKETED.search(c.text.text) for c in row):
            continue
        cells = list({id(c): c for c in row}.values())
        numbers = [(k, v) for k, v in ((k, figure(c)) for k, c in enumerate(cells)) if v is not None and k]
        for k, cell in enumerate(cells):
            text = fold(cell.text.text)
            change = _CHANGE.fullmatch(text)
            if not change or not numbers or k < 2:
                continue
            base_at, base = next(((i, v) for i, v in numbers if not _is_serial(cells, i)), (k, None))
            result = figure(cells[k - 1])
            if base is None or result is None or base_at >= k - 1:
                continue
            stands = Decimal(change.group(1))
            expected = result - base
            off = abs(abs(expected) - abs(stands)) if stands * expected <= 0 else abs(expected - stands)
            if base and abs(expected / base * 100 - stands) <= _PERCENT:
                continue  # printed in percent of the base
            if step([base, result, stands]) < off <= _PLAUSIBLE * max(abs(expected), abs(stands)):
                findings.append(
                    Finding(
                        "table-change",
                        "warning",
                        f"{label(row)}：{base} 到 {result} 变动 {expected}，表中为 {text}",
                        [cell, cells[base_at], cells[k - 1]],
                        {"expected": str(expected), "actual": str(stands)},
                    )
                )
    return findings


def _is_serial(cells: list[tree.Cell], k: int) -> bool:
    numbered = number_of(fold(cells[0].text.text)) is not None
    return k == 0 or (k == 1 and numbered and kind(cells[1].text.text) == "serial")
