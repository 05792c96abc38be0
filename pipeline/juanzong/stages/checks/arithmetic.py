"""Whether tables add up: sums, claimed counts, base and change, serial numbers, star matrices. Nothing is changed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex as re

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.language.text import fold, number_of
from juanzong.stages.checks.arithmetic_series import check_serials
from juanzong.stages.checks.arithmetic_stars import check_stars
from juanzong.stages.checks.figures import figure, label, step, unit_of
from juanzong.stages.checks.table_content import check_content, check_loops
from juanzong.stages.tables.grid import cells_of
from juanzong.stages.tables.kinds import is_total, kind
from juanzong.stages.tables.values import is_unit, unit_in

Slots = list[list[tree.Cell]]
Sum = tuple[tree.Cell, list[tree.Cell], str]
"""A cell, those it sums up, and what it is called."""

_CHANGE = re.compile(r"\[([-+]?\d+(?:\.\d+)?)\]")
_CLAIM = re.compile(r"(\d+)个(?:大项|项目|类|项|专项|小项)")
_RATE = re.compile(
    "增长|增速|增幅|比重|占比|比例|率$|率[（(]|年均|人均|户均|平均|均价|单价|密度|指数|系数|排名|位次|年限|时限|序号"
)
_UNITS = re.compile("(计量|数量)?单位")
_SUMS = re.compile("合计|总计|共计|小计")
_PLAUSIBLE = Decimal("0.3")  # a change further off than this share of itself is no difference but a running total
_PERCENT = Decimal("0.1")  # rounding of a change in percent
_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)")  # of a spreadsheet
_LARGE = Decimal(10000)  # from here on amounts may be rounded
_ROUNDED = re.compile("[百千万亿][元人亩吨户]|[万亿]")
_SEVERAL = 4  # rows that together can show what a column sums up
_LEVELS = (
    re.compile(r"[一二三四五六七八九十]{1,3}(、|$)"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"\d{1,3}([.、](?!\d)|$)"),
    re.compile(r"\(\d{1,3}\)"),
)


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
            slots = cells_of(table)
            body = slots[table.header_rows :]
            if not body:
                continue
            names = [" ".join(fold(r[c].text.text) for r in slots[: table.header_rows]) for c in range(len(slots[0]))]
            findings += check_totals(body, names)
            findings += check_total_columns(body, names)
            findings += check_claims(body)
            findings += check_changes(body)
            findings += check_serials(body, names)
        findings += check_stars(document, tables)
    return findings


def level(row: list[tree.Cell]) -> int:
    """The row's depth by its ordinal: 一 above （一） above 1 above （1）; rows without one lie below."""
    text = label(row)
    return next((n for n, form in enumerate(_LEVELS) if form.match(text)), len(_LEVELS))


def _additive(body: Slots, names: list[str]) -> list[int]:
    """Columns of amounts: mostly plain numbers, and no rates, years or serial numbers by name."""
    out = []
    for c, name in enumerate(names):
        filled = [row[c] for row in body if row[c].text.text.strip() and kind(row[c].text.text) != "dash"]
        numbers = [figure(cell) for cell in filled]
        if c and filled and sum(n is not None for n in numbers) * 2 > len(filled) and not _RATE.search(name):
            out.append(c)
    return out


def check_totals(body: Slots, names: list[str]) -> list[Finding]:
    """合计 rows against the rows they sum up, and rows with an ordinal against those one level below them."""
    if any(kind(cell.text.text) == "star" for row in body for cell in row):
        return []
    columns = _additive(body, names)
    units = next((c for c, name in enumerate(names) if _UNITS.fullmatch(name) and _holds_units(body, c)), None)
    sums: list[Sum] = []
    for total, parts in _sums(body):
        mixed = units is not None and len({fold(body[r][units].text.text) for r in parts}) > 1
        for c in columns:
            if mixed and unit_in(names[c]) is None:
                continue  # kilometres and bridges
            sums.append((body[total][c], [body[r][c] for r in parts], f"{label(body[total])}，{names[c]}"))
    exact = _are_exact(sums)
    return [f for some in sums for f in _compare(*some, exact=exact)]


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


def _sums(body: Slots) -> Iterator[tuple[int, list[int]]]:
    """(sum, parts) as row numbers. 合计 sums the highest level of rows in its stretch; 一 sums its （一）, （二）."""
    totals = [r for r, row in enumerate(body) if any(_SUMS.match(fold(c.text.text)) for c in row[:2])]
    sums = set(totals)
    levels = {
        r: level(row)
        for r, row in enumerate(body)
        if r not in sums and not is_total(label(row)) and len({id(c) for c in row}) > 1
    }
    others = list(levels)
    subtotals = [r for r in totals if any("小计" in fold(cell.text.text) for cell in body[r][:2])]
    summed = [
        (r, _with_subtotals(body, r, subtotals, _highest(_stretch(body, r, totals, others), levels))) for r in totals
    ]
    summed += [(r, _next_below(k, others, levels)) for k, r in enumerate(others)]
    yield from ((r, parts) for r, parts in summed if len(parts) > 1)


def _with_subtotals(body: Slots, total: int, subtotals: list[int], parts: list[int]) -> list[int]:
    """The parts of a total: where they are groups that print no figures of their own, the subtotals before it."""
    before = bisect_left(subtotals, total)
    below = "小计" in "".join(cell.text.text for cell in body[total][:2])
    if below or before != len(parts) or any(figure(cell) is not None for r in parts for cell in body[r][1:]):
        return parts
    return subtotals[:before]


def _stretch(body: Slots, total: int, totals: list[int], others: list[int]) -> list[int]:
    """The rows that a total may sum: those before it, a subtotal those since the last one; where none are, those below."""
    here, place = bisect_left(others, total), bisect_left(totals, total)
    if "小计" in label(body[total]) or (len(totals) > 1 and total != totals[-1] and here):
        return others[bisect_left(others, totals[place - 1]) if place else 0 : here]
    return others[:here] or others[here:]


def _next_below(at: int, rows: list[int], levels: dict[int, int]) -> list[int]:
    """The rows one level below rows[at], up to the next row of its own level; none below rows that have no ordinal."""
    own = levels[rows[at]]
    if own >= len(_LEVELS) - 1:
        return []
    end = next((k for k in range(at + 1, len(rows)) if levels[rows[k]] <= own), len(rows))
    block = rows[at + 1 : end]
    return [k for k in _highest(block, levels) if levels[k] < len(_LEVELS)]


def _highest(rows: list[int], levels: dict[int, int]) -> list[int]:
    """Of the rows those of the highest level; none where the first is below it, so that numbers tell no levels."""
    top = min((levels[k] for k in rows), default=0)
    if rows and levels[rows[0]] != top:
        return []
    return [k for k in rows if levels[k] == top]


def _compare(total: tree.Cell, parts: list[tree.Cell], where: str, *, exact: bool = False) -> list[Finding]:
    stands = figure(total)
    values = [v for v in map(figure, parts) if v is not None]
    words = [p for p in parts if figure(p) is None and kind(p.text.text) not in ("", "dash")]
    units = {unit_of(cell) for cell in (total, *parts) if figure(cell) is not None}
    if stands is None or len(values) < 2 or words or len(units) > 1:
        return []
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


def check_total_columns(body: Slots, names: list[str]) -> list[Finding]:
    """A column named 合计 against the other columns of amounts, row by row."""
    columns = _additive(body, names)
    sums = [c for c in columns if _SUMS.search(names[c])]
    rest = [c for c in columns if c not in sums]
    if len(sums) != 1 or len(rest) < 2 or any("其中" in name for name in names):
        return []
    rows = [row for row in body if not any(_ERROR.fullmatch(c.text.text.strip()) for c in row)]  # #REF!: not known
    total = sums[0]
    told: list[Sum] = [(row[total], [row[c] for c in rest], f"{label(row)}，{names[total]}") for row in rows]
    exact = _are_exact([some for some in told if figure(some[0]) is not None])
    found = [f for some in told for f in _compare(*some, exact=exact)]
    compared = sum(figure(row[total]) is not None for row in rows)
    if compared >= _SEVERAL and len(found) * 2 > compared:  # most rows: it sums up others
        return []
    if len(found) == compared and any(_adds_up(rows, total, some) for some in _runs_beside(rest, total)):
        return []
    return found


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
            claim = _CLAIM.search(fold(cell.text.text))
            if claim:
                found.append((r, cell, int(claim.group(1))))
                break
    totals = [f for f in found if _SUMS.match(fold(f[1].text.text))]
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
