"""Tables without content, and rows that a model repeated or counted on without an end."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.language.text import fold
from juanzong.stages.tables.grid import cells_of

_LONGEST_PERIOD = 12  # rows of a block that comes again and again
_COPIES = 3  # of a block that show a loop; a table may well say the same twice
_MOST_BLANK = 40  # rows without a word behind rows with some; no page has room for more to be filled in
_MOST_NUMBERS = 8  # rows of a number alone; more of them, behind rows with words, are no form to fill in

Row = list[tree.Cell]


def check_content(tables: Sequence[tree.Table]) -> list[Finding]:
    """Tables of which a caption is left and no rows, or rows of blank cells alone."""
    out = []
    for table in tables:
        if table.same_as is None and not any(cell.text.text.strip() for row in table.rows for cell in row.cells):
            name = " ".join(filter(None, (table.number.text, table.caption.text)))
            told = f"表“{name}”没有内容" if name else "有一个表没有内容"
            out.append(Finding("table-without-content", "warning", f"{told}：源文件中没有可读的单元格", [table]))
    return out


def check_loops(table: tree.Table) -> list[Finding]:
    """Rows that come again and again, and serial numbers that count on without a word beside them."""
    body = cells_of(table)[table.header_rows :]
    return _repeated(body) + _counted_on(body) + _blank_on(body)


def _repeated(body: Sequence[Row]) -> list[Finding]:
    keys = ["\t".join(fold(cell.text.text) for cell in row) for row in body]
    filled = [len({id(c) for c in row if any(map(str.isalnum, c.text.text))}) > 1 for row in body]
    again = _nearest_again(keys)
    out: list[Finding] = []
    ends = [0] * (_LONGEST_PERIOD + 1)
    k = 0
    while k < len(keys):
        if again[k] > _LONGEST_PERIOD:
            k += 1
            continue
        period, rows = max(
            ((p, _run(keys, k, p, ends)) for p in range(1, _LONGEST_PERIOD + 1)), key=lambda x: (x[1], -x[0])
        )
        if rows >= period * _COPIES and all(filled[k : k + period]):
            told = f"第 {k + 1}—{k + rows} 行：{period} 行的内容连续重复 {rows // period} 遍，疑为转录时的循环"
            where = [next(c for c in body[n] if c.text.text.strip()) for n in range(k, k + 2 * period)]
            out.append(Finding("repeated-passage", "warning", told, [*where], {"rows": rows, "times": rows // period}))
            k += rows
        else:
            k += 1
    return out


def _nearest_again(keys: Sequence[str]) -> list[int]:
    """How many rows below each one the next stands that says the same; beyond all of them where none does."""
    out = [len(keys)] * len(keys)
    last: dict[str, int] = {}
    for k, key in enumerate(keys):
        if key in last:
            out[last[key]] = k - last[key]
        last[key] = k
    return out


def _run(keys: Sequence[str], start: int, period: int, ends: list[int]) -> int:
    """How many rows from `start` on repeat themselves every `period` rows. `ends`: where the last such run ends, by
    period; it is the same one that rows inside it begin."""
    k = start + period
    if k > ends[period]:
        while k < len(keys) and keys[k] == keys[k - period]:
            k += 1
        ends[period] = k
    return min(ends[period], len(keys)) - start


def _counted_on(body: Sequence[Row]) -> list[Finding]:
    numbers = [fold(row[0].text.text) if row and not any(c.text.text.strip() for c in row[1:]) else "" for row in body]
    first = len(body)
    while first and numbers[first - 1].isdecimal():
        first -= 1
    bare = numbers[first:]
    on = all(int(b) == int(a) + 1 for a, b in pairwise(bare))
    if len(bare) <= _MOST_NUMBERS or not on or first == 0 or len(bare) <= first:
        return []
    told = f"序号 {bare[0]}—{bare[-1]} 的 {len(bare)} 行连续只有序号而没有内容，疑为转录时的循环"
    return [Finding("repeated-passage", "warning", told, [body[first][0], body[-1][0]], {"rows": len(bare)})]


def _blank_on(body: Sequence[Row]) -> list[Finding]:
    first = len(body)
    while first and not any(cell.text.text.strip() for cell in body[first - 1]):
        first -= 1
    if first == 0 or len(body) - first <= _MOST_BLANK:
        return []
    told = f"末尾 {len(body) - first} 行连续没有内容，疑为转录时的循环"
    where = next(cell for cell in body[first - 1] if cell.text.text.strip())
    return [Finding("repeated-passage", "warning", told, [where], {"rows": len(body) - first})]
